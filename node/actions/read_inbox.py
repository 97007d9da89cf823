"""What other projects warn of, as people may see it today. Reads only; hidden fields are not in what it returns."""

import datetime as dt

import msgspec
from sqlmodel import Session

from node.core.arrival import Hidden, as_shown
from node.core.errors import NotFound, Refused
from node.core.in_force import InForce, alerts_in_force, has_lapsed
from node.core.wording import render_alert
from node.log_view import LogView
from node.store.acks import acked_sizes
from node.store.engine import Store
from node.store.inbox import Received, received_body
from node.store.mirror import entry_at
from protocol.at_rest import Epochs, SealBroken
from protocol.body_fields import AlertBody, MemberBody, SightingBody
from protocol.envelope import decode_envelope
from protocol.replay import Link, State, confirmed_by, holders
from protocol.statement import parse_statement

SHORTEST_PREFIX = 8
"""So many digits of an identity name a warning, where no other begins with them."""


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """A warning in force, from another project.

    Attributes:
        identity: of its first alert: what `show` takes.
        head: of the statement that is in force.
        origin: member id of the project that sent it.
        force: police-force area of that project.
        project: its name, or "member <id>" where that is not here.
        region: police-force area of the event, or None while the content is not here.
        in_force_until: midnight UTC of this date it goes dark.
        danger_now: to be shown first.
        practice: an exercise or test: not real.
        seen_by: witnesses that have seen it.
        witnesses: how many there are.
        lines: the warning in words; empty while its content is not here yet.
        hidden: fields that held something private and are not shown.
        flags: for the coordinator to look at.
    """

    identity: str
    head: str
    origin: int
    force: str | None
    project: str
    region: str | None
    in_force_until: str
    danger_now: bool
    practice: bool
    seen_by: int
    witnesses: int
    lines: tuple[str, ...]
    hidden: tuple[Hidden, ...] = ()
    flags: tuple[str, ...] = ()


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One warning, whatever has become of it.

    Attributes:
        identity: of its first alert.
        state: `in force`, `paused`, `no longer in force` or `taken back`.
        project: who sent it.
        warning: as in the inbox, if it is in force.
        taken_back_on: date of the Cancel as its signer wrote it, or None.
        deleted_by: members that confirmed, signed, that they hold its last content no more.
        deleted_of: members whose word for that is needed.
        seen_by: witnesses that have seen its last statement.
        witnesses: how many there are.
        known_too: projects that say they know of this too.
        thought_wrong: projects that think it is wrong.
    """

    identity: str
    state: str
    project: str
    warning: Warned | None
    taken_back_on: str | None
    deleted_by: int
    deleted_of: int
    seen_by: int
    witnesses: int
    known_too: int
    thought_wrong: int


def read_inbox(store: Store, view: LogView, epochs: Epochs, today: dt.date) -> list[Warned]:
    """The warnings of other projects that are in force and meant for this one: danger now first, then the newest.

    Args:
        store: the node's.
        view: the log, refreshed.
        epochs: the epoch keys.
        today: the date, UTC.
    """
    me = view.member
    if me is None:
        return []
    meant = [
        alert
        for alert in alerts_in_force(view.state, today, view.confirmed_size, view.seen_by)
        if alert.link.origin != me.id and _is_meant(alert.link, me.id, me.region)
    ]
    with store.read() as session:
        return [_warned(session, view.state, alert, epochs) for alert in meant]


def show_alert(store: Store, view: LogView, epochs: Epochs, identity: str, today: dt.date) -> Shown:
    """One warning by its identity, or by the first digits of it.

    Raises:
        NotFound: `not_found.alert`. Refused: `refused.ambiguous`.
    """
    state, first = view.state, find_alert(view.state, identity)
    chain = state.chains[first]
    head = state.links[chain.head]
    with store.read() as session:
        acked = acked_sizes(session)
        in_force = alerts_in_force(state, today, view.confirmed_size, view.seen_by)
        alert = next((alert for alert in in_force if alert.first == first), None)
        sightings = [_sighting(session, state, one, epochs) for one in chain.sightings]
        seen_by, witnesses = view.seen_by(head.index)
        return Shown(
            identity=first,
            state=_state_of(state, head, chain.cancelled, today),
            project=project_name(session, state, chain.origin, epochs),
            warning=None if alert is None else _warned(session, state, alert, epochs),
            taken_back_on=_day_of(session, chain.cancelled),
            deleted_by=len(confirmed_by(state, chain.head, acked)) if head.gone is not None else 0,
            deleted_of=len(holders(state, chain.head)),
            seen_by=seen_by,
            witnesses=witnesses,
            known_too=sightings.count("known_here"),
            thought_wrong=sightings.count("thought_wrong"),
        )


def find_alert(state: State, identity: str) -> str:
    """The first alert of a chain, by its identity or at least eight digits of it.

    Raises:
        NotFound: `not_found.alert`. Refused: `refused.ambiguous`.
    """
    wanted = identity.strip().lower()
    found = [first for first in state.chains if first.startswith(wanted)] if len(wanted) >= SHORTEST_PREFIX else []
    if not found:
        raise NotFound("alert", "there is no warning with that identity in the log")
    if len(found) > 1:
        raise Refused("ambiguous", "more than one warning begins like that: give more digits")
    return found[0]


def project_name(session: Session, state: State, member_id: int, epochs: Epochs) -> str:
    """A member's name, or `member <id>` where its entry is not here."""
    member = state.members.get(member_id)
    received = None if member is None else _open(session, member.body, epochs)
    if received is None or not isinstance(received.body, MemberBody):
        return f"member {member_id}"
    return received.body.name


def _force_of(state: State, member_id: int) -> str | None:
    member = state.members.get(member_id)
    return None if member is None else member.region


def _is_meant(link: Link, member: int, region: str | None) -> bool:
    return link.audience is None or link.audience.includes(member, region)


def _open(session: Session, identity: str, epochs: Epochs) -> Received | None:
    """A received body; None where it is not here or its epoch key is destroyed: a dark field, not a broken screen."""
    try:
        return received_body(session, identity, epochs)
    except SealBroken:
        return None


def _warned(session: Session, state: State, alert: InForce, epochs: Epochs) -> Warned:
    received = _open(session, alert.head, epochs)
    body = received.body if received is not None and isinstance(received.body, AlertBody) else None
    arrival = received.arrival if received is not None else None
    lines: tuple[str, ...] = ()
    if body is not None and arrival is not None:
        lines = render_alert(as_shown(body, arrival.hidden), status=alert.link.status)
    return Warned(
        identity=alert.first,
        head=alert.head,
        origin=alert.link.origin,
        force=_force_of(state, alert.link.origin),
        project=project_name(session, state, alert.link.origin, epochs),
        region=None if body is None else body.region,
        in_force_until=alert.link.expires or "",
        danger_now=alert.danger_now,
        practice=alert.practice,
        seen_by=alert.seen_by,
        witnesses=alert.witnesses,
        lines=lines,
        hidden=arrival.hidden if arrival is not None else (),
        flags=arrival.flags if arrival is not None else (),
    )


def _state_of(state: State, head: Link, cancelled: int | None, today: dt.date) -> str:
    if cancelled is not None or head.gone is not None:
        return "taken back"
    if has_lapsed(state, head, today):
        return "no longer in force"
    return "in force" if head.body is not None else "paused"


def _day_of(session: Session, index: int | None) -> str | None:
    entry = entry_at(session, index) if index is not None else None
    return None if entry is None else parse_statement(decode_envelope(entry).payload).day


def _sighting(session: Session, state: State, identity: str, epochs: Epochs) -> str:
    received = _open(session, identity, epochs) if state.links[identity].gone is None else None
    return received.body.sighting if received is not None and isinstance(received.body, SightingBody) else ""
