"""Accounts: set up, read, used, ended; the recovery codes that are left; invitations into them."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlmodel import Session, col, delete, func, select

from protocol.at_rest import SEAL_RANDOMNESS
from protocol.house.core.account import INVITATION_LASTS, Account
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.account_tables import AccountRow, DevicePersonRow, InvitationRow, PasskeyRow, RecoveryRow
from protocol.house.store.hashed import token_hash
from protocol.house.store.registry import SealedColumns
from protocol.house.store.sessions import end_sessions
from protocol.house.store.vault import Vault


class Invitation(Unprinted, frozen=True):
    """Whose account is to be set up, and with which secret for the second step."""

    person: int
    totp_secret: str


def put_account(
    session: Session, vault: Vault, *, person: int, password_hash: str, totp_secret: str, last_step: int, now: datetime
) -> None:
    """Sets it up, or up anew: what opened it before opens it no more, and nobody is signed in by it."""
    end_account(session, person)
    row = AccountRow(person_id=person, password_hash=password_hash, last_step=last_step, set_up_at=now)
    _seal(vault, row, totp_secret)
    session.add(row)
    session.flush()


def get_account(session: Session, vault: Vault, person: int) -> Account | None:
    """It, or None: it is not set up, or they left."""
    row = session.get(AccountRow, person)
    if row is None:
        return None
    codes = session.exec(select(RecoveryRow.code_hash).where(RecoveryRow.person_id == person))
    return Account(
        person=person,
        password_hash=row.password_hash,
        totp_secret=_open(vault, row),
        last_step=row.last_step,
        recovery=frozenset(codes),
        set_up_at=row.set_up_at,
    )


def people_with_account(session: Session) -> frozenset[int]:
    """Numbers of all who can sign in."""
    return frozenset(session.exec(select(AccountRow.person_id)))


def put_password(session: Session, person: int, password_hash: str) -> None:
    """Replaces the password.

    Raises:
        NotFound: `not_found.account`: it was ended meanwhile.
    """
    _account(session, person).password_hash = password_hash


def _account(session: Session, person: int) -> AccountRow:
    row = session.get(AccountRow, person)
    if row is None:
        raise NotFound("account", "there is no account any more: a coordinator can invite you again")
    return row


def use_step(session: Session, person: int, step: int) -> bool:
    """Uses a code of the second step up; False where it, or a later one, was used meanwhile."""
    row = session.get(AccountRow, person)
    if row is None or step <= row.last_step:
        return False
    row.last_step = step
    return True


def use_recovery(session: Session, person: int, code_hash: str) -> bool:
    """Uses a recovery code up; False where it is not, or was, one of theirs."""
    mine = (col(RecoveryRow.code_hash) == code_hash, col(RecoveryRow.person_id) == person)
    return bool(session.exec(delete(RecoveryRow).where(*mine)).rowcount)


def put_recovery(session: Session, person: int, hashes: Iterable[str]) -> None:
    """Replaces all that are left.

    Raises:
        NotFound: `not_found.account`.
    """
    _account(session, person)
    session.exec(delete(RecoveryRow).where(col(RecoveryRow.person_id) == person))
    session.add_all(RecoveryRow(code_hash=one, person_id=person) for one in hashes)
    session.flush()


def count_recovery(session: Session, person: int) -> int:
    """How many codes are left."""
    return session.exec(select(func.count()).select_from(RecoveryRow).where(RecoveryRow.person_id == person)).one()


def end_account(session: Session, person: int) -> None:
    """Nothing opens it any more: no password, code, passkey, PIN, invitation or open session."""
    end_sessions(session, person=person)
    for table in (AccountRow, RecoveryRow, InvitationRow, PasskeyRow, DevicePersonRow):
        session.exec(delete(table).where(col(table.person_id) == person))
    session.expire_all()


def insert_invitation(
    session: Session, vault: Vault, *, person: int, code: str, totp_secret: str, now: datetime
) -> None:
    """A new one; an earlier one of theirs, and those that are too old, go."""
    stale = (col(InvitationRow.person_id) == person) | (col(InvitationRow.made_at) <= now - INVITATION_LASTS)
    session.exec(delete(InvitationRow).where(stale))
    row = InvitationRow(code_hash=token_hash(code), person_id=person, made_at=now)
    _seal(vault, row, totp_secret)
    session.add(row)
    session.flush()


def read_invitation(session: Session, vault: Vault, code: str, now: datetime) -> Invitation:
    """The one of this code.

    Raises:
        NotFound: `not_found.invitation`: used, replaced, or older than seven days.
    """
    found = select(InvitationRow).where(InvitationRow.code_hash == token_hash(code))
    row = session.exec(found).one_or_none()
    if row is None or not row.made_at <= now < row.made_at + INVITATION_LASTS:
        raise NotFound("invitation", "this invitation was used, or is too old: ask for another")
    return Invitation(row.person_id, _open(vault, row))


def end_invitation(session: Session, code: str) -> None:
    """It was used."""
    session.exec(delete(InvitationRow).where(col(InvitationRow.code_hash) == token_hash(code)))


def invited_people(session: Session, now: datetime) -> dict[int, datetime]:
    """Until when the invitations that are open can be used, by person."""
    rows = session.exec(select(InvitationRow).where(col(InvitationRow.made_at) > now - INVITATION_LASTS))
    return {row.person_id: row.made_at + INVITATION_LASTS for row in rows}


def _seal(vault: Vault, row: SealedColumns, text: str) -> None:
    row.put(vault.epochs.seal(msgspec.json.encode(text), row.place(), vault.randomness(SEAL_RANDOMNESS)))


def _open(vault: Vault, row: SealedColumns) -> str:
    sealed = row.sealed()
    assert sealed is not None
    return msgspec.json.decode(vault.epochs.open(sealed, row.place()), type=str)
