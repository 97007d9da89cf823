"""Practice mode: a desk with fictional cases beside the real one. Its key is in memory, its signature nobody's."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from nacl.signing import SigningKey

from node.actions.case_desk import CaseDesk
from node.actions.take_report import take_report
from node.config import NodeConfig
from node.core.access import Role
from node.core.permissions import Answer, Switch
from node.core.practice import ACCOUNTS, COLLEAGUE, DONE, cases
from node.core.report import Facts
from node.core.voice import Voice
from node.store.engine import Store
from protocol.at_rest import KEY_BYTES, Epochs
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.house.core.session import Practice
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.audit import read_trail
from protocol.house.store.people import insert_person, names_by_id
from protocol.house.store.sessions import set_practice
from protocol.house.store.vault import Vault
from protocol.statement import encode_statement
from protocol.statement_fields import Statement

_COLLEAGUES_ROLES: Final[tuple[Role, ...]] = ("coordinator",)
_YES: Final[dict[Switch, Answer]] = {
    "record": "yes",
    "warn_own": "yes",
    "warn_others": "yes",
    "police_anonymous": "no",
}


def open_practice(config: NodeConfig, now: datetime) -> CaseDesk:
    """A fresh practice desk: what was practised before is gone.

    Args:
        config: of the real node; the practice database lies beside the real one.
    """
    path = config.database.with_name(f"{config.database.stem}-practice.db")
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    epochs = Epochs({1: secrets.token_bytes(KEY_BYTES)})
    made = msgspec.structs.replace(config, database=path)
    desk = CaseDesk(made, Store.create(path), Vault(epochs, secrets.token_bytes), is_practice=True)
    with desk.store.begin() as session:
        insert_person(session, COLLEAGUE, _COLLEAGUES_ROLES, now)
    for account, scheme in zip(ACCOUNTS, cases(now.date()), strict=True):
        take_report(
            desk,
            agency=config.name,
            facts=Facts(age_at_event="adult", age_now="adult"),
            scheme=scheme,
            answers=_YES,
            by=COLLEAGUE,
            now=now,
            account=account,
        )
    return desk


def join_practice(desk: CaseDesk, who: Staff, now: datetime) -> None:
    """Somebody is known at the practice desk, by their name and with their roles."""
    with desk.store.begin() as session:
        if who.name not in names_by_id(session).values():
            insert_person(session, who.name, sorted(who.roles), now, force=who.force)


def practice_voice(voice: Voice | None) -> Voice | None:
    """The node's voice as it sounds in practice: signed with a key that is made for it and forgotten."""
    if voice is None:
        return None
    key = SigningKey.generate()

    def sign(statement: Statement) -> bytes:
        return sign_envelope(encode_statement(statement), STATEMENT_TYPE, key)

    return msgspec.structs.replace(voice, sign=sign)


def switch_practice(desk: CaseDesk, *, session_id: int, to: Practice, who: Staff, now: datetime) -> None:
    """Begins it, becomes the colleague, or ends it. `desk`: the real one, whose trail says that somebody practised."""
    with desk.store.begin() as session:
        set_practice(session, session_id, to)
        audit.note(session, person=who.id, verb=f"practice_{to or 'end'}", subject=f"session/{session_id}", now=now)


def what_was_practised(desk: CaseDesk, names: Sequence[str]) -> tuple[str, ...]:
    """What these people did at the practice desk, in words, each once, in the order in which it was first done."""
    with desk.store.read() as session:
        known = names_by_id(session)
        people = {number for number, name in known.items() if name in names}
        verbs = dict.fromkeys(entry.verb for entry in read_trail(session) if entry.person in people)
    return tuple(DONE[verb] for verb in verbs if verb in DONE)
