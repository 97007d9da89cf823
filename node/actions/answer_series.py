"""This project's word about a series: agrees, objects with a reason, or takes back what it said itself."""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.series import SERIES_WORDS, speaks_of
from node.core.voice import Said, Voice, say_agreed, say_cancel, say_objection
from node.store.outbox import add_to_outbox, on_their_way
from protocol.bodies import encode_body
from protocol.body_fields import ObjectionBody
from protocol.house.core.errors import NotFound, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import Series, State

SERIES_OBJECTIONS = ("different_person", "different_incident", "too_little_to_say", "safeguarding", "other")
"""Why a series is wrong, of `vocabulary.OBJECTION_REASONS`, in the order in which it is asked."""


def agree_to_series(desk: CaseDesk, voice: Voice, state: State, *, identity: str, by: str, now: datetime) -> str:
    """Stands by it; the identity of the statement. With the last project concerned, others are told.

    Raises:
        Refused: `refused.series_ended`, `refused.series_not_ours`, `refused.series_agreed`, `refused.series_said`.
        NotYours: `access.role`.
        NotFound: `not_found.series`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_speak_of_series, now)
        series = _concerning(session, state, identity, voice.member_id)
        if voice.member_id in {member for member, _ in series.agreed}:
            raise Refused("series_agreed", "this project has said so already")
        said = say_agreed(voice, nonce=desk.vault.new_nonce(), day=now.date(), series=identity)
        send_out_said(session, desk, said, None, now)
        audit.note(session, person=who.id, verb="agree_to_series", subject=f"series/{identity}", now=now)
        return said.identity


def object_to_series(
    desk: CaseDesk, voice: Voice, state: State, *, identity: str, reason: str, by: str, now: datetime
) -> str:
    """Ends it for everybody, before others were told or after; the identity of the statement.

    Args:
        reason: of `SERIES_OBJECTIONS`.

    Raises:
        Refused: `refused.reason`, `refused.series_ended`, `refused.series_not_ours`, `refused.series_said`.
        NotYours: `access.role`.
        NotFound: `not_found.series`, `not_found.person`.
    """
    if reason not in SERIES_OBJECTIONS:
        raise Refused("reason", "the reason is one of: " + ", ".join(SERIES_OBJECTIONS))
    with desk.store.begin() as session:
        who = acting(session, by, access.may_speak_of_series, now)
        _concerning(session, state, identity, voice.member_id)
        body = ObjectionBody(type="objection.v1", salt=desk.vault.new_salt(), reason=reason)
        stored = encode_body(body)
        said = say_objection(
            voice, nonce=desk.vault.new_nonce(), day=now.date(), series=identity, body=body, stored=stored
        )
        send_out_said(session, desk, said, stored, now)
        audit.note(
            session, person=who.id, verb="object_to_series", subject=f"series/{identity}", now=now, reason=reason
        )
        return said.identity


def take_back_series(desk: CaseDesk, voice: Voice, state: State, *, identity: str, by: str, now: datetime) -> str:
    """Takes back what this project said itself; the Cancel's identity.

    Raises:
        Refused: `refused.series_ended`, `refused.series_not_ours`: another said it: object to it;
            `refused.series_said`.
        NotYours: `access.role`.
        NotFound: `not_found.series`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_speak_of_series, now)
        _standing(session, state, identity)
        if state.links[identity].origin != voice.member_id:
            raise Refused("series_not_ours", "another said this: object to it")
        said = say_cancel(voice, nonce=desk.vault.new_nonce(), day=now.date(), status="actual", chain=identity)
        send_out_said(session, desk, said, None, now)
        audit.note(session, person=who.id, verb="take_back_series", subject=f"series/{identity}", now=now)
        return said.identity


def _standing(session: Session, state: State, identity: str) -> Series:
    series = state.series.get(identity)
    if series is None:
        raise NotFound("series", "nothing of that identity is said of several warnings")
    if series.ended is not None:
        raise Refused("series_ended", "it has ended already")
    require_not_on_its_way(session, state, about=identity)
    return series


def _concerning(session: Session, state: State, identity: str, member: int) -> Series:
    series = _standing(session, state, identity)
    if member not in series.concerned:
        raise Refused("series_not_ours", "none of the warnings named is this project's own")
    return series


def require_not_on_its_way(
    session: Session, state: State, *, about: str | None = None, alerts: tuple[str, ...] | None = None
) -> None:
    """Nothing of ours is on its way that says something of this series, or of exactly these alerts.

    Raises:
        Refused: `refused.series_said`.
    """
    if any(
        speaks_of(said, about=about, alerts=alerts) for said in on_their_way(session, state.statements, SERIES_WORDS)
    ):
        raise Refused("series_said", "this project's word is on its way: wait until the log has it")


def send_out_said(session: Session, desk: CaseDesk, said: Said, stored: bytes | None, now: datetime) -> None:
    """Puts a word about a series on its way, in the caller's transaction. `stored`: its body, if it has one."""
    add_to_outbox(
        session,
        identity=said.identity,
        kind=said.kind,
        envelope=said.envelope,
        body=stored,
        not_before=now,
        release_id=None,
        epochs=desk.vault.epochs,
    )
