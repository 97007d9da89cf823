"""Who works at the nodes in the journeys, with accounts that are set up: once, to be copied."""

import datetime as dt
import json
from pathlib import Path
from typing import Final

import pyotp

from protocol.house.actions.invite_person import invite_again, invite_person
from protocol.house.actions.set_up_account import set_up_account, show_invitation
from protocol.house.store.people import person_id
from tests.federation.network import Federation
from tests.federation.project import RELEASER, START, WRITER, Node

PASSWORD = "violet kettle on a morning lamp"
OTHER_AGENCY: Final = "BLAST"
AGENCY_WORKER, LEAD, AUDITOR = "Carwyn", "Dilys", "Eleri"
SET_UP_AT: Final = START + dt.timedelta(hours=11)
"""Before any journey begins: a code of the app is good once."""

_SECRETS: Final = "secrets.json"


def set_up_staff(fed: Federation) -> None:
    """Genesis: coordinator, caseworker, one of an agency, safeguarding lead, auditor. Bradford: the first two."""
    fed.clock.now = SET_UP_AT
    genesis, bradford = fed.genesis, fed.bradford
    secrets = {f"{node.name}/{name}": _known(node, name) for node in (genesis, bradford) for name in (RELEASER, WRITER)}
    for name, role, agency in (
        (AGENCY_WORKER, "caseworker", OTHER_AGENCY),
        (LEAD, "safeguarding_lead", None),
        (AUDITOR, "auditor", None),
    ):
        invited = invite_person(genesis.cases, name=name, roles=(role,), agency=agency, by=RELEASER, now=fed.clock())
        secrets[f"genesis/{name}"] = _set_up(genesis, invited.code)
    (fed.folder / _SECRETS).write_text(json.dumps(secrets))


def _known(node: Node, name: str) -> str:
    """Somebody who is in the node's list already; the coordinator is the first to have an account."""
    with node.store.read() as session:
        person = person_id(session, name)
    by = None if name == RELEASER else RELEASER
    return _set_up(node, invite_again(node.cases, person=person, by=by, now=node.clock()).code)


def _set_up(node: Node, code: str) -> str:
    secret = show_invitation(node.cases, code=code, now=node.clock()).secret
    app_code = figures(secret, node.clock())
    set_up_account(node.cases, code=code, password=PASSWORD, app_code=app_code, device_token=None, now=node.clock())
    return secret


def secret_of(folder: Path, node: Node, name: str) -> str:
    """What the app of one of them makes codes of."""
    secrets: dict[str, str] = json.loads((folder / _SECRETS).read_text())
    return secrets[f"{node.name}/{name}"]


def figures(secret: str, now: dt.datetime) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(now)
