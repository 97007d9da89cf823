"""How this node speaks in the log: who it is there, what it has seen, and the statements of its own that it builds.

Pure, but for `sign`, which a caller brings: keys stay where they are. Source: spec/statement.md §4.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from protocol.bodies import new_body_ref, parse_body
from protocol.body_fields import ObjectionBody, SeriesBody
from protocol.figures_fields import FiguresBody
from protocol.statement import encode_statement, statement_identity
from protocol.statement_fields import Audience, Charter, Seen, Statement, Status


class Lead(msgspec.Struct, frozen=True):
    """A lead that is a member: its id, and whether it is a police body."""

    id: int
    police: bool


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A member's voice at one moment.

    Attributes:
        log: identity of the log, 64 hex digits.
        member_id: this node's.
        seen: the latest checkpoint that it holds.
        charter: entry 0.
        sign: from a statement to its envelope, under this node's `sign` key.
        leads: those who look for patterns across regions.
    """

    log: str
    member_id: int
    seen: Seen
    charter: Charter
    sign: Callable[[Statement], bytes]
    leads: tuple[Lead, ...] = ()


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A signed statement of our own: its identity and its envelope."""

    identity: str
    kind: str
    envelope: bytes


def say_alert(
    voice: Voice,
    *,
    nonce: str,
    day: date,
    expires: date,
    audience: Audience,
    stored: bytes,
    status: Status,
    supersedes: str | None,
) -> Said:
    """An alert, or, where it supersedes one, a live update, over exactly these stored bytes."""
    body = parse_body(stored, "alert.v1")
    statement = Statement(
        kind="alert" if supersedes is None else "update",
        log=voice.log,
        nonce=nonce,
        status=status,
        origin=voice.member_id,
        day=day.isoformat(),
        expires=expires.isoformat(),
        audience=audience,
        seen=voice.seen,
        supersedes=supersedes,
        state=None if supersedes is None else "live",
        body=new_body_ref(body, stored, voice.log, voice.member_id, nonce),
    )
    return _said(voice, statement)


def say_pause(voice: Voice, *, nonce: str, day: date, status: Status, supersedes: str) -> Said:
    """A paused update: no body."""
    return _said(voice, _bare(voice, "update", nonce, day, status, supersedes, state="paused"))


def say_cancel(voice: Voice, *, nonce: str, day: date, status: Status, chain: str, origin: int | None = None) -> Said:
    """A Cancel of a whole chain, named by its first alert.

    Args:
        voice: whose key signs.
        nonce: 32 hex digits.
        day: of today.
        status: of the chain.
        chain: identity of its first alert.
        origin: the member that published it, where that is a predecessor; None for this one.
    """
    statement = _bare(voice, "cancel", nonce, day, status, chain)
    return _said(voice, statement if origin is None else replace(statement, origin=origin))


def say_figures(voice: Voice, *, nonce: str, day: date, body: FiguresBody, stored: bytes) -> Said:
    """Figures of a quarter, over exactly these sealed bytes."""
    ref = new_body_ref(body, stored, voice.log, voice.member_id, nonce)
    return _said(voice, _common(voice, "figures", nonce, day, body=ref))


def say_series(
    voice: Voice, *, nonce: str, day: date, alerts: tuple[str, ...], body: SeriesBody, stored: bytes
) -> Said:
    """What alerts may be of each other. `alerts` ascend."""
    ref = new_body_ref(body, stored, voice.log, voice.member_id, nonce)
    return _said(voice, _common(voice, "series", nonce, day, alerts=alerts, body=ref))


def say_agreed(voice: Voice, *, nonce: str, day: date, series: str) -> Said:
    """Our word for a series that another says."""
    return _said(voice, _common(voice, "endorse", nonce, day, about=series))


def say_objection(voice: Voice, *, nonce: str, day: date, series: str, body: ObjectionBody, stored: bytes) -> Said:
    """Our word against a series: it ends it."""
    ref = new_body_ref(body, stored, voice.log, voice.member_id, nonce)
    return _said(voice, _common(voice, "object", nonce, day, about=series, body=ref))


def _common(voice: Voice, kind: str, nonce: str, day: date, **fields: Any) -> Statement:
    return Statement(
        kind=kind,
        log=voice.log,
        nonce=nonce,
        status="actual",
        origin=voice.member_id,
        day=day.isoformat(),
        seen=voice.seen,
        **fields,
    )


def _bare(
    voice: Voice, kind: str, nonce: str, day: date, status: Status, supersedes: str, state: str | None = None
) -> Statement:
    return Statement(
        kind=kind,
        log=voice.log,
        nonce=nonce,
        status=status,
        origin=voice.member_id,
        day=day.isoformat(),
        seen=voice.seen,
        supersedes=supersedes,
        state="paused" if state == "paused" else None,
    )


def _said(voice: Voice, statement: Statement) -> Said:
    identity = statement_identity(encode_statement(statement))
    return Said(identity=identity, kind=statement.kind, envelope=voice.sign(statement))
