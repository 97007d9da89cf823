"""Sessions: begun, found by their token on their device, touched, locked, ended; and what was being sent meanwhile."""

from datetime import datetime
from typing import Final, cast

import msgspec
from sqlmodel import Session, col, delete, select

from protocol.at_rest import SEAL_RANDOMNESS
from protocol.house.core.account import WRONG_TRIES
from protocol.house.core.errors import NotFound
from protocol.house.core.session import LASTS, KeptForm, Practice, SignedIn, is_idle, is_over
from protocol.house.store.account_tables import DeviceRow, KeptFormRow, SessionRow
from protocol.house.store.hashed import token_hash
from protocol.house.store.people import get_person
from protocol.house.store.vault import Vault

NOBODY: Final = "nobody is signed in by this: sign in again"


def insert_session(session: Session, *, person: int, device: int, token: str, csrf: str, now: datetime) -> int:
    """A new one; its number. Those whose shift is over are deleted on the way."""
    for over in session.exec(select(SessionRow.id).where(col(SessionRow.began_at) <= now - LASTS)).all():
        end_session(session, over)
    row = SessionRow(
        token_hash=token_hash(token), person_id=person, device_id=device, csrf=csrf, began_at=now, seen_at=now
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def touch_session(session: Session, token: str, device_token: str, now: datetime) -> SignedIn:
    """Who is signed in by this token; locks the screen if it was idle, and otherwise notes that it was used.

    Args:
        device_token: what the device holds: a session is good on its own device alone.

    Raises:
        NotFound: `not_found.session`: no such token, another device, or its shift is over.
    """
    row = session.exec(select(SessionRow).where(SessionRow.token_hash == token_hash(token))).one_or_none()
    if row is None or row.id is None or is_over(row.began_at, now):
        raise NotFound("session", NOBODY)
    device = session.get(DeviceRow, row.device_id)
    if device is None or device.token_hash != token_hash(device_token):
        raise NotFound("session", NOBODY)
    if is_idle(row.seen_at, now):
        row.locked = True
    elif not row.locked:
        row.seen_at = device.seen_at = now
    person = get_person(session, row.person_id, now)
    return SignedIn(
        id=row.id,
        device=row.device_id,
        began_at=row.began_at,
        staff=person.staff,
        csrf=row.csrf,
        locked=row.locked,
        practice=cast(Practice, row.practice),
        reads_in=person.reads_in,
    )


def lock_session(session: Session, session_id: int) -> None:
    """Locks its screen."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.locked = True


def set_practice(session: Session, session_id: int, practice: Practice) -> None:
    """Practice mode on or off."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.practice = practice


def unlock_session(session: Session, session_id: int, now: datetime) -> None:
    """Opens its screen again."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.locked, row.failures, row.seen_at = False, 0, now


def count_wrong(session: Session, session_id: int) -> bool:
    """One more wrong PIN or password on it, before it is looked at; False: those were all, and it is ended."""
    row = session.get(SessionRow, session_id)
    if row is None:
        return False
    row.failures += 1
    if row.failures > WRONG_TRIES:
        end_session(session, session_id)
        return False
    return True


def forgive_wrong(session: Session, session_id: int) -> None:
    """It was right."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.failures = 0


def end_session(session: Session, session_id: int | None) -> None:
    """Ends it, if it is there, and forgets what was being sent."""
    session.exec(delete(KeptFormRow).where(col(KeptFormRow.session_id) == session_id))
    session.exec(delete(SessionRow).where(col(SessionRow.id) == session_id))


def end_sessions(
    session: Session, *, person: int | None = None, device: int | None = None, but: int | None = None
) -> int:
    """Ends all of a person or a device but one; how many there were."""
    whose = col(SessionRow.person_id) == person if device is None else col(SessionRow.device_id) == device
    found = session.exec(select(SessionRow.id).where(whose, col(SessionRow.id) != (but or 0))).all()
    for one in found:
        end_session(session, one)
    return len(found)


def keep_form(session: Session, vault: Vault, session_id: int, form: KeptForm, now: datetime) -> None:
    """Keeps what was being sent, sealed; the last takes the place of one before."""
    forget_form(session, session_id)
    row = KeptFormRow(session_id=session_id, path=form.path, at=now)
    row.put(vault.epochs.seal(msgspec.json.encode(form.pairs), row.place(), vault.randomness(SEAL_RANDOMNESS)))
    session.add(row)
    session.flush()


def kept_form(session: Session, vault: Vault, session_id: int) -> KeptForm | None:
    """What was being sent, or None."""
    row = session.get(KeptFormRow, session_id)
    sealed = None if row is None else row.sealed()
    if row is None or sealed is None:
        return None
    opened = vault.epochs.open(sealed, row.place())
    return KeptForm(row.path, msgspec.json.decode(opened, type=tuple[tuple[str, str], ...]))


def forget_form(session: Session, session_id: int) -> None:
    """It was sent after all, or is not wanted."""
    session.exec(delete(KeptFormRow).where(col(KeptFormRow.session_id) == session_id))
