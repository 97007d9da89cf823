"""The ways in which something of an account ends, played on a node with two accounts."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from protocol.house.core.account import INVITATION_LASTS
from protocol.house.core.session import LASTS, KeptForm
from protocol.house.core.throttling import FORGOTTEN_AFTER
from protocol.house.store import accounts, devices, passkeys, sessions, tries
from protocol.house.store.passkeys import CHALLENGE_LASTS
from tests.contract.played import Played, Row, all_rows
from tests.node.builders import NOW, a_desk


def _with_account(session: Any, desk: Any, person: int, at: dt.datetime) -> None:
    """Somebody with everything that an account can have, signed in on a device of their own."""
    accounts.put_account(session, desk.vault, person=person, password_hash="x", totp_secret="Mia", last_step=0, now=at)
    accounts.put_recovery(session, person, [f"code {person}"])
    invited = {"code": f"invitation {person}", "totp_secret": "Mia"}
    accounts.insert_invitation(session, desk.vault, person=person, now=at, **invited)
    device = devices.insert_device(session, token=f"device {person}", name="van phone", now=at)
    devices.enrol_person(session, device, person, at)
    of_theirs: dict[str, Any] = {"credential": f"passkey {person}", "public_key": b"key", "uses": 0, "name": "phone"}
    passkeys.insert_passkey(session, person=person, now=at, **of_theirs)
    begun = sessions.insert_session(session, person=person, device=device, token=f"{person}", csrf="a", now=at)
    form = KeptForm("/reports/1/words", (("text", "Mia"),))
    sessions.keep_form(session, desk.vault, begun, form, at)
    passkeys.use_challenge(session, f"challenge {person}", NOW + dt.timedelta(minutes=person - 1))
    tries.count_try(session, desk.vault, ("name", f"{person}"), at)


def played_on_accounts(folder: Path, end: Callable[[Any, Any], None]) -> Played:
    """What is the first person's, on the first device, in the first session, ends in one of its ways; another's not."""
    desk = a_desk(folder)
    with desk.store.begin() as session:
        _with_account(session, desk, 1, NOW)
        tried = {row["key"] for row in session.connection().exec_driver_sql("SELECT key FROM sign_in_tries").mappings()}
        _with_account(session, desk, 2, NOW + LASTS / 2)
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end(session, desk)
    after = all_rows(desk.store)
    desk.store.close()

    def is_about(table: str, row: Row) -> bool:
        if table == "sign_in_tries":
            return row["key"] in tried
        if table == "passkey_challenges":
            return bool(row["used_at"] == min(one["used_at"] for one in before[table]))
        if table in ("devices", "device_people"):
            return bool(row.get("device_id", row.get("id")) == 1)
        if table == "kept_forms":
            return bool(row["session_id"] == 1)
        return table in ACCOUNTS and row["person_id"] == 1

    return Played(is_about, before, after)


ACCOUNTS: Final = ("accounts", "recovery_codes", "account_invitations", "passkeys", "sessions")


def _shift_over(session: Any, _desk: Any) -> None:
    sessions.insert_session(session, person=3, device=2, token="three", csrf="c", now=NOW + LASTS)


def _another_invitation(session: Any, desk: Any) -> None:
    of_another = {"code": "invitation 3", "totp_secret": "Mia"}
    at = NOW + INVITATION_LASTS
    accounts.insert_invitation(session, desk.vault, person=3, now=at, **of_another)


def _another_try(session: Any, desk: Any) -> None:
    tries.count_try(session, desk.vault, ("name", "3"), NOW + FORGOTTEN_AFTER)


def _another_challenge(session: Any, _desk: Any) -> None:
    passkeys.use_challenge(session, "challenge 3", NOW + 2 * CHALLENGE_LASTS)


ENDS: Final[dict[str, Callable[[Any, Any], None]]] = {
    "end_account": lambda session, _: accounts.end_account(session, 1),
    "end_invitation": lambda session, _: accounts.end_invitation(session, "invitation 1"),
    "insert_invitation": _another_invitation,
    "use_recovery": lambda session, _: assert_true(accounts.use_recovery(session, 1, "code 1")),
    "end_device": lambda session, _: assert_true(devices.end_device(session, 1) == 1),
    "end_passkey": lambda session, _: passkeys.end_passkey(session, 1, 1),
    "use_challenge": _another_challenge,
    "count_try": _another_try,
    "forgive": lambda session, desk: tries.forgive(session, desk.vault, ("name", "1"), NOW),
    "end_session": lambda session, _: sessions.end_session(session, 1),
    "insert_session": _shift_over,
    "forget_form": lambda session, _: sessions.forget_form(session, 1),
}
"""The ways in which something of an account ends."""


def assert_true(done: bool) -> None:
    assert done
