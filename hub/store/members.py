"""Acks, candidates, invitations, request nonces and heartbeats."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import delete
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from hub.core.values import Candidate, Heartbeat
from hub.store.inserts import insert_and_say, insert_new
from hub.store.tables import AckRow, HeartbeatRow, InvitationRow, NonceRow, OldMemberRow, RequestRow
from protocol import canonical
from protocol.carried import OldMember
from protocol.house.store.queries import ask_plain


def keep_ack(session: Session, member: int, size: int, envelope: bytes) -> bool:
    """Keeps a member's Ack if it reaches at least as far as the one that is here; whether it does."""
    insert_new(session, AckRow, [{"member": member, "size": size, "envelope": envelope}])
    row = session.get_one(AckRow, member, with_for_update=True)
    if size < row.size:
        return False
    row.size, row.envelope = size, envelope
    return True


def acked_sizes(session: Session) -> dict[int, int]:
    """Member → `seen.size` of its latest Ack."""
    return {row.member: row.size for row in session.exec(select(AckRow))}


_MARK = sql_select(func.coalesce(func.sum(col(AckRow.size)), 0))


def acks_mark(session: Session) -> int:
    """A number that grows with each Ack: the sum of how far they reach."""
    ((mark,),) = ask_plain(session, _MARK)
    return int(mark)


def ack_envelopes(session: Session) -> list[bytes]:
    """The latest Ack of each member, by member id."""
    return list(session.exec(select(AckRow.envelope).order_by(col(AckRow.member))))


def _code_hash(code: str) -> str:
    return hashlib.sha256(f"invitation:{code}".encode()).hexdigest()


def add_invitation(session: Session, code: str, expires_on: date) -> None:
    """Keeps the hash of an invitation (128 random bits: a hash needs no salt)."""
    session.add(InvitationRow(code_hash=_code_hash(code), expires_on=expires_on))


def use_invitation(session: Session, code: str, today: date) -> bool:
    """Takes an invitation; False if there is none, or its day has passed."""
    row = session.get(InvitationRow, _code_hash(code), with_for_update=True)
    if row is None:
        return False
    session.delete(row)
    return row.expires_on >= today


def keep_candidate(session: Session, candidate: Candidate) -> None:
    """Keeps a request to join; again: changes nothing."""
    insert_new(session, RequestRow, [msgspec.structs.asdict(candidate)])


def candidates(session: Session) -> list[Candidate]:
    """Those who wait, by digest."""
    rows = session.exec(select(RequestRow).order_by(col(RequestRow.digest)))
    return [Candidate(row.digest, row.envelope, row.name, row.contact) for row in rows]


def forget_candidate(session: Session, digest: str) -> None:
    """Erases a candidate's request, name and contact."""
    session.execute(delete(RequestRow).where(col(RequestRow.digest) == digest))


def add_old_members(session: Session, members: Sequence[OldMember]) -> None:
    """Keeps who was a member of the log that this one succeeds."""
    for member in members:
        session.add(OldMemberRow(id=member.id, leaf=canonical.encode(member)))


def old_members(session: Session) -> tuple[OldMember, ...]:
    """Who was a member of the log that this one succeeds, by id."""
    rows = session.exec(select(OldMemberRow.leaf).order_by(col(OldMemberRow.id)))
    return tuple(msgspec.json.decode(leaf, type=OldMember) for leaf in rows)


class Nonce(msgspec.Struct, frozen=True):
    """A request's nonce, until when it must be remembered."""

    keyid: str
    nonce: str
    expires_at: datetime


def use_nonces(session: Session, nonces: Sequence[Nonce]) -> list[bool]:
    """Takes requests' nonces; for each, whether it was not taken before."""
    wanted = {(one.keyid, one.nonce): one for one in nonces}
    new = insert_and_say(session, NonceRow, [msgspec.structs.asdict(one) for one in wanted.values()], "keyid", "nonce")
    return [(one.keyid, one.nonce) in new and wanted.pop((one.keyid, one.nonce), None) is not None for one in nonces]


def forget_nonces(session: Session, now: datetime) -> None:
    """Drops nonces of requests whose signatures have expired."""
    session.execute(delete(NonceRow).where(col(NonceRow.expires_at) < now))


def forget_invitations(session: Session, today: date) -> None:
    """Drops invitations past their day."""
    session.execute(delete(InvitationRow).where(col(InvitationRow.expires_on) < today))


def beat(session: Session, job: str, started_at: datetime, succeeded_at: datetime | None, problem: str) -> None:
    """Notes that a job began, or ended well or badly."""
    insert_new(session, HeartbeatRow, [{"job": job, "started_at": started_at, "problem": problem}])
    row = session.get_one(HeartbeatRow, job, with_for_update=True)
    row.started_at, row.problem = started_at, problem
    if succeeded_at is not None:
        row.succeeded_at = succeeded_at


def heartbeats(session: Session) -> list[Heartbeat]:
    """All jobs, by name."""
    rows = session.exec(select(HeartbeatRow).order_by(col(HeartbeatRow.job)))
    return [
        Heartbeat(
            row.job,
            row.started_at.isoformat(),
            "" if row.succeeded_at is None else row.succeeded_at.isoformat(),
            row.problem,
        )
        for row in rows
    ]
