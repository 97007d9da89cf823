"""Decide on the hub's pages what alerts may be of each other, and hand it to the lead's node, which signs it.

The hub holds no key that speaks for the lead. What waits here names statements and says nothing of bodies: the reasons
are made anew from the bodies whenever the node asks, and with a body that goes, they go. Source: spec/exchange.md §8.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from itertools import combinations

import msgspec
from sqlmodel import Session

from hub.actions.hub_desk import HubHouse
from hub.core import access
from hub.core.deciding import (
    can_take_back,
    is_settled,
    leads_that_may_read,
    problem_of_parts,
    problem_of_series,
)
from hub.core.linking import compare, reasons_of
from hub.core.sealed_bodies import open_alert, open_body
from hub.log_view import LogView, Snapshot
from hub.store import bodies, deciding, finding
from hub.store.deciding import Decision
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.bodies import parse_body
from protocol.body_fields import SeriesBody, SeriesReason
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.staff import Staff
from protocol.house.store.audit import note
from protocol.house.store.people import acting
from protocol.replay import State
from protocol.vocabulary import SERIES_RELATIONS

DECIDED, UNDID, TOOK_BACK = "decided_series", "undid_series", "took_back_decision"
"""Verbs in the trail."""

MAX_TOLD = 64
"""Decisions in one answer: a lead's node signs them one by one, and asks again."""


NUMBER_BITS = 53
"""Of a decision's number: the greatest integers that every reader of JSON reads alike."""


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a lead's node is asked to sign: a series with its reasons, or one of its own to undo."""

    id: int
    relation: str | None = None
    alerts: tuple[str, ...] | None = None
    reasons: tuple[SeriesReason, ...] | None = None
    undo: str | None = None


def decide_series(
    store: Store, view: LogView, epochs: Epochs, relation: str, alerts: Sequence[str], *, by: str, now: dt.datetime
) -> int:
    """Keeps that these alerts may be of each other, until the lead's node has signed it; its number.

    Args:
        alerts: identities of the first alerts of chains.
        by: name of who decides; what they may not see, they cannot decide about.

    Raises:
        NotFound: `not_found.warning`: one of them is not here, or not theirs to see: the two look the same.
        Refused: `refused.series`: it was said already, one was taken back, or no lead's node may read all of them.
        NotYours: `access.role`.
    """
    snapshot, ordered = view.refresh(), tuple(sorted(set(alerts)))
    state = snapshot.state
    if relation not in SERIES_RELATIONS:
        raise Refused("series", "choose what the warnings may be of each other")
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_decide, now)
        known = all(one in state.chains for one in ordered)
        if not known or not _are_here(session, state, ordered, for_police=not access.sees_all_bodies(who)):
            raise NotFound("warning", "one of these warnings is not here any more")
        return _decide(session, snapshot, epochs, who, relation, ordered, now)


def undo_series(store: Store, view: LogView, series: str, *, by: str, now: dt.datetime) -> int:
    """Keeps that a series that a lead said is to be taken back by its own node; its number.

    Raises:
        Refused: `refused.series`: it has ended, a project said it: that project takes it back; or it names a warning
            that is not theirs to see: the same as a series that there is not.
        NotYours: `access.role`.
    """
    state = view.refresh().state
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_decide, now)
        _require_undoable(session, state, who, series)
        return _undo(session, who, series, now)


def split_series(
    store: Store,
    view: LogView,
    epochs: Epochs,
    series: str,
    parts: Sequence[Sequence[str]],
    *,
    by: str,
    now: dt.datetime,
) -> None:
    """Keeps that a series that a lead said is to be taken back, and which of its alerts still belong together.

    All of it or nothing is kept. The lead's node signs each by itself: until it has, a part waits on the list, and what
    it refuses is a part less that is claimed. The projects concerned have their time to object to each part.

    Args:
        parts: identities of first alerts; each part is said to be what the whole was.

    Raises:
        Refused: `refused.parts`: they are no split of it; `refused.series`: as `undo_series`, and as `decide_series`.
        NotYours: `access.role`.
    """
    snapshot = view.refresh()
    state, ordered = snapshot.state, [tuple(sorted(part)) for part in parts]
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_decide, now)
        _require_undoable(session, state, who, series)
        if (problem := problem_of_parts(state.series[series].alerts, ordered)) is not None:
            raise Refused("parts", problem)
        relation = _relation_of(session, state, epochs, series)
        _undo(session, who, series, now)
        for part in ordered:
            _decide(session, snapshot, epochs, who, relation, part, now)


def _require_undoable(session: Session, state: State, who: Staff, series: str) -> None:
    if not can_take_back(state, series) or not _is_theirs(session, state, who, state.series[series].alerts):
        raise Refused("series", "only a proposal of the lead that stands can be undone here")


def _undo(session: Session, who: Staff, series: str, now: dt.datetime) -> int:
    waiting = next((one.id for one in deciding.decisions(session) if one.undoes == series), None)
    if waiting is not None:
        return waiting
    number = _new_number()
    deciding.add_decision(session, number, undoes=series, by=who.id, today=now.date())
    note(session, person=who.id, verb=UNDID, subject=f"series/{series}", now=now)
    return number


def _decide(
    session: Session,
    snapshot: Snapshot,
    epochs: Epochs,
    who: Staff,
    relation: str,
    alerts: tuple[str, ...],
    now: dt.datetime,
) -> int:
    state = snapshot.state
    problem = problem_of_series(state, alerts) or _problem_here(session, snapshot, epochs, alerts, now.date())
    if problem is not None:
        raise Refused("series", problem)
    number = _new_number()
    deciding.add_decision(session, number, relation=relation, alerts=alerts, by=who.id, today=now.date())
    note(session, person=who.id, verb=DECIDED, subject=f"decision/{number}", now=now)
    return number


def _relation_of(session: Session, state: State, epochs: Epochs, series: str) -> str:
    """What the alerts of a series that stands are said to be of each other."""
    link = state.links[series]
    sealed = bodies.bodies_at(session, [link.index]).get(link.index)
    said = None if sealed is None else parse_body(open_body(epochs, sealed, link), "series.v1")
    if not isinstance(said, SeriesBody):
        raise Refused("series", "what was said of these warnings is not here any more: undo it")
    return said.relation


def take_back(store: Store, view: LogView, number: int, *, by: str, now: dt.datetime) -> None:
    """Takes back a decision that was not signed yet.

    Raises:
        NotFound: `not_found.decision`: it was taken back, the log has it: a series is undone; or it names a warning
            that is not theirs to see: the two look the same.
        NotYours: `access.role`.
    """
    state = view.refresh().state
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_decide, now)
        named = (_named(state, one) for one in deciding.decisions(session) if one.id == number)
        theirs = any(_is_theirs(session, state, who, alerts) for alerts in named)
        if not theirs or not deciding.drop_decisions(session, [number]):
            raise NotFound("decision", "this waits no more: it was signed or taken back")
        note(session, person=who.id, verb=TOOK_BACK, subject=f"decision/{number}", now=now)


def forget_decisions(store: Store, view: LogView, today: dt.date) -> int:
    """Erases what the log has, or can never have any more; how many. Again: changes nothing."""
    state = view.refresh().state
    with store.read() as session:
        waiting = deciding.decisions(session)
    settled = [one.id for one in waiting if is_settled(state, one.alerts, one.undoes, today)]
    if not settled:
        return 0
    with store.begin() as session:
        return deciding.drop_decisions(session, settled)


def decisions_waiting(store: Store) -> list[Decision]:
    """What waits for the lead's node, the oldest day first."""
    with store.read() as session:
        return deciding.decisions(session)


def wanted_of(store: Store, view: LogView, epochs: Epochs, member: int, today: dt.date) -> list[Wanted]:
    """What this lead's node may sign now, the oldest day first, at most `MAX_TOLD`.

    Not what it may not read, and no reason that was made from a body that is kept from it.
    """
    now = view.refresh()
    wanted: list[Wanted] = []
    with store.read() as session:
        for one in deciding.decisions(session):
            if is_settled(now.state, one.alerts, one.undoes, today):
                continue
            if one.undoes:
                if now.state.links[one.undoes].origin == member:
                    wanted.append(Wanted(one.id, undo=one.undoes))
            elif member in _signers(session, now, one.alerts, today):
                reasons = _reasons(session, now.state, epochs, one.alerts)
                wanted.append(Wanted(one.id, one.relation, one.alerts, reasons))
    return wanted[:MAX_TOLD]


def _problem_here(
    session: Session, snapshot: Snapshot, epochs: Epochs, alerts: tuple[str, ...], today: dt.date
) -> str | None:
    if any(one.alerts == alerts for one in deciding.decisions(session)):
        return "this was proposed already"
    if not _signers(session, snapshot, alerts, today):
        return "no lead's node may read all of these warnings: only their projects can propose this"
    if not _reasons(session, snapshot.state, epochs, alerts):
        return "no field of these warnings says anything about it"
    return None


def _new_number() -> int:
    """Drawn: nobody reads from it how much else was decided, and a hub that is built anew draws none twice."""
    return secrets.randbelow(2**NUMBER_BITS)


def _named(state: State, decision: Decision) -> tuple[str, ...]:
    return state.series[decision.undoes].alerts if decision.undoes else decision.alerts


def _is_theirs(session: Session, state: State, who: Staff, alerts: Sequence[str]) -> bool:
    """Police decide on what names only warnings that are here and theirs to see; whoever sees all, on anything."""
    return access.sees_all_bodies(who) or _are_here(session, state, alerts, for_police=True)


def _indices(state: State, alerts: Sequence[str]) -> list[int]:
    return [state.links[state.chains[one].head].index for one in alerts]


def _are_here(session: Session, state: State, alerts: Sequence[str], *, for_police: bool) -> bool:
    return len(finding.bodies_at(session, _indices(state, alerts), for_police=for_police)) == len(alerts)


def _signers(session: Session, now: Snapshot, alerts: Sequence[str], today: dt.date) -> set[int]:
    """Leads whose node may read all of these, where it is a police body's only if police may."""
    for_police = _are_here(session, now.state, alerts, for_police=True)
    if not for_police and not _are_here(session, now.state, alerts, for_police=False):
        return set()
    leads = leads_that_may_read(now.state, alerts, now.confirmed_size, today.isoformat())
    return {lead.id for lead in leads if for_police or not lead.police}


def _reasons(session: Session, state: State, epochs: Epochs, alerts: Sequence[str]) -> tuple[SeriesReason, ...]:
    sealed = finding.bodies_at(session, _indices(state, alerts), for_police=False)
    opened = [open_alert(epochs, body) for body in sealed.values()]
    return reasons_of([compare(one, other) for one, other in combinations(opened, 2)])
