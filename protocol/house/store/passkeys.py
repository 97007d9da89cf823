"""Passkeys: public halves, by the name that the browser gives them; challenges, answered once."""

from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlmodel import Session, col, delete, select

from protocol.house.core.errors import NotFound, Refused
from protocol.house.store.account_tables import ChallengeRow, PasskeyRow
from protocol.house.store.hashed import token_hash

CHALLENGE_LASTS: Final = timedelta(minutes=5)
MAX_PASSKEYS: Final = 10


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """One of somebody's.

    Attributes:
        credential: as the browser names it, base64url.
        uses: as the authenticator counts them; 0: it does not.
    """

    id: int
    person: int
    credential: str
    public_key: bytes
    uses: int
    name: str
    added_at: datetime


def insert_passkey(
    session: Session, *, person: int, credential: str, public_key: bytes, uses: int, name: str, now: datetime
) -> int:
    """A new one; its number.

    Raises:
        Refused: `refused.passkey_known`, `refused.passkeys_full`.
    """
    if find_passkey(session, credential) is not None:
        raise Refused("passkey_known", "this passkey is in use already")
    if len(passkeys_of(session, person)) >= MAX_PASSKEYS:
        raise Refused("passkeys_full", f"{MAX_PASSKEYS} passkeys at most: give one up first")
    row = PasskeyRow(person_id=person, credential=credential, public_key=public_key, uses=uses, name=name, added_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def find_passkey(session: Session, credential: str) -> Passkey | None:
    """The one that the browser names so, or None."""
    row = session.exec(select(PasskeyRow).where(PasskeyRow.credential == credential)).one_or_none()
    return None if row is None else _passkey(row)


def passkeys_of(session: Session, person: int) -> list[Passkey]:
    """Somebody's, the first first."""
    rows = select(PasskeyRow).where(PasskeyRow.person_id == person).order_by(col(PasskeyRow.id))
    return [_passkey(row) for row in session.exec(rows)]


def note_use(session: Session, passkey: int, uses: int) -> None:
    """What the authenticator counts now."""
    row = session.get(PasskeyRow, passkey)
    assert row is not None
    row.uses = uses


def end_passkey(session: Session, passkey: int, person: int) -> None:
    """Gives one up.

    Raises:
        NotFound: `not_found.passkey`: also somebody else's.
    """
    mine = (col(PasskeyRow.id) == passkey, col(PasskeyRow.person_id) == person)
    if not session.exec(delete(PasskeyRow).where(*mine)).rowcount:
        raise NotFound("passkey", "you have no such passkey")


def use_challenge(session: Session, challenge: str, now: datetime) -> bool:
    """Uses it up; False: it was. Those that are too old to be answered go."""
    session.exec(delete(ChallengeRow).where(col(ChallengeRow.used_at) <= now - 2 * CHALLENGE_LASTS))
    if session.get(ChallengeRow, token_hash(challenge)) is not None:
        return False
    session.add(ChallengeRow(challenge_hash=token_hash(challenge), used_at=now))
    session.flush()
    return True


def _passkey(row: PasskeyRow) -> Passkey:
    assert row.id is not None
    return Passkey(
        id=row.id,
        person=row.person_id,
        credential=row.credential,
        public_key=row.public_key,
        uses=row.uses,
        name=row.name,
        added_at=row.added_at,
    )
