"""What other projects warn of, as people may see it today. Reads only; hidden fields are not in what it returns."""

import datetime as dt
from collections.abc import Callable

import msgspec
from sqlmodel import Session

from node.core.arrival import Hidden, as_shown
from node.core.in_force import InForce, alerts_in_force, has_lapsed
from node.log_view import LogView
from node.store.acks import acked_sizes
from node.store.engine import Store
from node.store.inbox import Received, received_body
from node.store.mirror import entry_at
from node.store.old_logs import old_entry_at
from protocol.at_rest import Epochs, SealBroken
from protocol.body_fields import AlertBody, MemberBody, SightingBody
from protocol.envelope import decode_envelope
from protocol.house.core.errors import NotFound, Refused
from protocol.replay import Chain, Link, Member, State, confirmed_by, holders
from protocol.statement import parse_statement
from protocol.wording.alert import brief_alert, render_alert
from protocol.wording.catalogue import ENGLISH, Catalogue

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
        day: when its last statement was written.
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
    day: str
    in_force_until: str
    danger_now: bool
    practice: bool
    seen_by: int
    witnesses: int
    lines: tuple[str, ...]
    hidden: tuple[Hidden, ...] = ()
    flags: tuple[str, ...] = ()


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """A warning of another project that was in force not long ago.

    Attributes:
        identity: of its first alert.
        taken_back_on: date of the Cancel as its signer wrote it; None: its lease ran out.
    """

    identity: str
    project: str
    taken_back_on: str | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One warning, whatever has become of it.

    Attributes:
        identity: of its first alert.
        state: `in force`, `paused`, `no longer in force` or `taken back`.
        project: who sent it.
        warning: as in the inbox, if it is in force.
        taken_back_on: date of the Cancel as its signer wrote it, or None.
        deleted_by: members that confirmed, signed, that they hold the content asked for no more.
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


def read_inbox(
    store: Store,
    view: LogView,
    epochs: Epochs,
    today: dt.date,
    words: Catalogue = ENGLISH,
    *,
    brief_since: dt.date | None = None,
) -> list[Warned]:
    """The warnings of other projects that are in force and meant for this one: danger now first, then the newest.

    Those of logs before this one come after: they are shown until they are cancelled, or their lease ends.

    Args:
        store: the node's.
        view: the log, refreshed.
        epochs: the epoch keys.
        today: the date, UTC.
        words: the language to read them in.
        brief_since: in few lines, for a sheet that holds many; those of this day and before without what to do.
    """
    with store.read() as session:
        return [
            _warned(session, log.state, alert, epochs, words, brief_since=brief_since)
            for log in _logs(view)
            if log.member is not None
            for alert in alerts_in_force(log.state, today, log.confirmed_size, log.seen_by)
            if alert.link.origin != log.member.id and _is_meant(alert.link, log.member.id, log.member.region)
        ]


def ended_lately(store: Store, view: LogView, epochs: Epochs, since: dt.date, today: dt.date) -> list[Ended]:
    """Warnings of other projects, meant for this one, that were taken back or ran out from `since` to `today`."""
    found = []
    with store.read() as session:
        for log in _logs(view):
            for first, chain in log.state.chains.items():
                head = log.state.links[chain.head]
                if log.member is None or chain.origin == log.member.id:
                    continue
                if not _is_meant(head, log.member.id, log.member.region):
                    continue
                cancelled_on = _cancelled_on(session, view, log.state, chain)
                ended_on = cancelled_on or head.expires
                if ended_on is not None and since <= dt.date.fromisoformat(ended_on) <= today:
                    project = project_name(session, log.state, chain.origin, epochs)
                    found.append(Ended(identity=first, project=project, taken_back_on=cancelled_on))
    return found


class _Log(msgspec.Struct, frozen=True):
    """A log that warnings stand in: the present one, or one that another has succeeded, whose warnings run out."""

    state: State
    member: Member | None
    confirmed_size: int
    seen_by: Callable[[int], tuple[int, int]]


def _logs(view: LogView) -> list[_Log]:
    present = _Log(view.state, view.member, view.confirmed_size, view.seen_by)
    old = [_Log(one.state, one.member, one.kept.confirmed_size, one.seen_by) for one in reversed(view.old)]
    return [present, *old]


def show_alert(
    store: Store,
    view: LogView,
    epochs: Epochs,
    identity: str,
    today: dt.date,
    words: Catalogue = ENGLISH,
    *,
    content: str | None = None,
) -> Shown:
    """One warning by its identity, or by the first digits of it, in the language of `words`.

    Args:
        content: the statement of the chain whose content's deletion is told; None: the last one.

    Raises:
        NotFound: `not_found.alert`. Refused: `refused.ambiguous`.
    """
    first = find_alert(view, identity)
    log = next(one for one in _logs(view) if first in one.state.chains)
    state, chain = log.state, log.state.chains[first]
    head = state.links[chain.head]
    with store.read() as session:
        asked = content if content is not None and content in state.links else chain.head
        deleted_by, deleted_of = deletion_of(view, state, asked, acked_sizes(session))
        in_force = alerts_in_force(state, today, log.confirmed_size, log.seen_by)
        alert = next((alert for alert in in_force if alert.first == first), None)
        sightings = [_sighting(session, state, one, epochs) for one in chain.sightings]
        seen_by, witnesses = log.seen_by(head.index)
        return Shown(
            identity=first,
            state=_state_of(state, head, chain.cancelled, today),
            project=project_name(session, state, chain.origin, epochs),
            warning=None if alert is None else _warned(session, state, alert, epochs, words),
            taken_back_on=_cancelled_on(session, view, state, chain),
            deleted_by=deleted_by,
            deleted_of=deleted_of,
            seen_by=seen_by,
            witnesses=witnesses,
            known_too=sightings.count("known_here"),
            thought_wrong=sightings.count("thought_wrong"),
        )


def deletion_of(view: LogView, state: State, identity: str, acked: dict[int, int]) -> tuple[int, int]:
    """How many members confirmed, signed, that they hold the gone body of this link no more; and how many must.

    A pause has no body: asked for is then the one that it took, also after a Cancel, which found none. Of a log before
    this one, those must who could hold it there; their word is an Ack here, from after they came over.

    Args:
        state: of the log that it stands in.
        acked: member id → `seen.size` of its latest Ack.
    """
    link = state.links[identity]
    taken = () if link.body is not None else state.gone.get(link.index, ())
    asked = state.bodies[taken[0]] if taken else identity
    needed = holders(state, asked)
    if state is view.state:
        return len(confirmed_by(state, asked, acked)), len(needed)
    cancelled = view.cancelled_at(state, state.links[asked].gone or 0)
    present = view.state.members
    said = [one for one in needed if one in present and acked.get(one, 0) > max(cancelled, present[one].admitted)]
    return len(said), len(needed)


def find_alert(view: LogView, identity: str) -> str:
    """The first alert of a chain, in this log or one before it, by its identity or at least eight digits of it.

    Raises:
        NotFound: `not_found.alert`. Refused: `refused.ambiguous`.
    """
    wanted = identity.strip().lower().replace("-", "")
    chains = [first for log in _logs(view) for first in log.state.chains]
    found = [first for first in chains if first.startswith(wanted)] if len(wanted) >= SHORTEST_PREFIX else []
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


def _warned(
    session: Session,
    state: State,
    alert: InForce,
    epochs: Epochs,
    words: Catalogue,
    *,
    brief_since: dt.date | None = None,
) -> Warned:
    received = _open(session, alert.head, epochs)
    body = received.body if received is not None and isinstance(received.body, AlertBody) else None
    arrival = received.arrival if received is not None else None
    lines: tuple[str, ...] = ()
    if body is not None and arrival is not None:
        shown, status = as_shown(body, arrival.hidden), alert.link.status
        if brief_since is None:
            lines = render_alert(shown, words=words, status=status)
        else:
            is_new = dt.date.fromisoformat(alert.link.day) > brief_since
            lines = brief_alert(shown, words=words, status=status, advised=is_new)
    return Warned(
        identity=alert.first,
        head=alert.head,
        origin=alert.link.origin,
        force=_force_of(state, alert.link.origin),
        project=project_name(session, state, alert.link.origin, epochs),
        region=None if body is None else body.region,
        day=alert.link.day,
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


def _cancelled_on(session: Session, view: LogView, state: State, chain: Chain) -> str | None:
    """The day of the Cancel that ended a chain, in whichever log it stands."""
    if chain.cancelled is None:
        return None
    number, index = view.entry_of(state, chain.cancelled)
    entry = entry_at(session, index) if number == len(view.old) else old_entry_at(session, number, index)
    return None if entry is None else parse_statement(decode_envelope(entry).payload).day


def _sighting(session: Session, state: State, identity: str, epochs: Epochs) -> str:
    received = _open(session, identity, epochs) if state.links[identity].gone is None else None
    return received.body.sighting if received is not None and isinstance(received.body, SightingBody) else ""
