"""What may be of one person, as somebody at the hub sees it: what is said, what waits, and what the comparing proposes.

Each reader sees what speaks of warnings that they may see, and nothing of the rest (promise 3). Opening the list or a
pair is a look, and is noted (promise 14).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec
from sqlmodel import Session

from hub.actions.hub_desk import HubDesk
from hub.actions.tell_origins import open_alerts
from hub.core import access
from hub.core.deciding import can_take_back, is_settled, standing_series
from hub.core.descriptors import Described
from hub.core.linking import Comparison, compare
from hub.core.sealed_bodies import open_body
from hub.core.values import StoredBody
from hub.log_view import LogView, Snapshot
from hub.store import bodies, deciding, descriptors, suggestions
from hub.store.deciding import Decision
from hub.store.descriptors import MOST_PLACES
from hub.store.engine import Store
from hub.store.suggestions import Suggested
from protocol.bodies import parse_body
from protocol.body_fields import SeriesBody
from protocol.house.core.errors import NotFound
from protocol.house.core.staff import Staff
from protocol.house.store.audit import note
from protocol.house.store.people import acting
from protocol.replay import Link, Series, is_told, told_from
from protocol.statement_fields import MAX_IN_SERIES

MOST_SUGGESTED: Final = 50
MOST_SERIES: Final = 50
"""The newest on the list: who looks for an older one opens one of its warnings."""

_Named = TypeVar("_Named")
"""What names warnings: a decision, or a series by its identity."""

LISTED, COMPARED = "listed_alike", "compared_warnings"
"""Verbs in the trail."""


class SeriesShown(msgspec.Struct, frozen=True, kw_only=True):
    """One series.

    Attributes:
        alerts: identities of the first alerts, with their coarse columns where they are here.
        body: what may be and why, or None: it has ended, and its body is erased.
        told: whether others than those concerned are told of it; `told_on`: the day from which they will be.
        by_lead: whether a lead said it.
        can_be_undone: a lead's, which stands: its node can take it back.
    """

    identity: str
    series: Series
    link: Link
    alerts: tuple[tuple[str, Described | None], ...]
    body: SeriesBody | None
    told: bool
    told_on: dt.date | None
    by_lead: bool
    can_be_undone: bool


class Waiting(msgspec.Struct, frozen=True):
    """A decision that waits for the lead's node. `alerts`: as `SeriesShown.alerts`."""

    decision: Decision
    alerts: tuple[tuple[str, Described | None], ...]


class AlikeList(msgspec.Struct, frozen=True):
    """What waits for the lead's node, what is said, and what is proposed; each the newest first."""

    waiting: tuple[Waiting, ...]
    series: tuple[SeriesShown, ...]
    suggested: tuple[Suggested, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two warnings beside each other. `standing`: the series of exactly these two, or None."""

    one: Described
    other: Described
    comparison: Comparison
    standing: str | None


def list_alike(desk: HubDesk, store: Store, view: LogView, *, by: str, now: dt.datetime) -> AlikeList:
    """What this person may see of what may be of one person.

    Raises:
        NotYours: `access.role`.
    """
    snapshot = view.refresh()
    with desk.store.begin() as session:
        who = acting(session, by, access.may_analyse, now)
        note(session, person=who.id, verb=LISTED, subject="series/all", now=now)
    with store.read() as session:
        shown = _Reading(session, desk, snapshot, who, now.date())
        found = suggestions.newest_suggestions(session, MOST_SUGGESTED, for_police=shown.for_police)
        return AlikeList(
            waiting=shown.waiting(deciding.decisions(session) if access.may_decide(who) else []),
            series=shown.series(),
            suggested=shown.unsaid(found),
        )


def show_series(desk: HubDesk, store: Store, view: LogView, series: str, *, by: str, now: dt.datetime) -> SeriesShown:
    """One series that a lead can undo.

    Raises:
        NotFound: `not_found.series`: there is none, it cannot be undone here, or it is not theirs to see.
        NotYours: `access.role`.
    """
    snapshot = view.refresh()
    with desk.store.begin() as session:
        who = acting(session, by, access.may_decide, now)
        note(session, person=who.id, verb=LISTED, subject="series/one", now=now)
    with store.read() as session:
        found = _Reading(session, desk, snapshot, who, now.date()).one(series)
    if found is None or not found.can_be_undone:
        raise NotFound("series", "there is nothing here that can be undone")
    return found


def show_pair(
    desk: HubDesk, store: Store, view: LogView, chains: tuple[str, str], reason: str, *, by: str, now: dt.datetime
) -> Pair:
    """Two warnings, and what speaks for one person and against it, in words that say nothing of what either says.

    Both are opened for it: each of their origins is told, as of a warning that is opened by itself.

    Args:
        chains: identities of the first alerts.
        reason: of `LOOK_REASONS`.

    Raises:
        NotFound: `not_found.warning`: one of them is not here, or not theirs to see: the two look the same.
        Refused: `refused.reason`: no reason of the list.
        NotYours: `access.role`.
    """
    one, other = open_alerts(store, view, desk.vault.epochs, chains, reason, verb=COMPARED, by=by, now=now)
    standing = standing_series(view.now.state, sorted(chains))
    return Pair(one.described, other.described, compare(one.body, other.body), standing)


class _Reading:
    """What one person may read at one moment. Police are told of what names several warnings while all are theirs."""

    def __init__(self, session: Session, desk: HubDesk, snapshot: Snapshot, who: Staff, today: dt.date) -> None:
        self._session, self._desk, self._state, self._today = session, desk, snapshot.state, today
        self.for_police = not access.sees_all_bodies(who)

    def waiting(self, decisions: Sequence[Decision]) -> tuple[Waiting, ...]:
        """What the lead's node has not signed yet, the newest first."""
        named = {
            one: one.alerts or self._state.series[one.undoes].alerts
            for one in reversed(decisions)
            if not is_settled(self._state, one.alerts, one.undoes, self._today)
        }  # of what is settled the log has it: the job that forgets it has not come by yet
        theirs = self._theirs(named)
        coarse = self._coarse(named[one] for one in theirs)
        return tuple(Waiting(one, _with_words(named[one], coarse)) for one in theirs)

    def series(self) -> tuple[SeriesShown, ...]:
        """What was said, ended ones too, the newest first."""
        return self._said(self._newest_series())

    def one(self, identity: str) -> SeriesShown | None:
        """One series, or None: there is none of that identity, or it is not theirs to see."""
        said = self._state.series.get(identity)
        return next(iter(self._said(self._theirs({} if said is None else {identity: said.alerts}))), None)

    def _said(self, theirs: Sequence[str]) -> tuple[SeriesShown, ...]:
        coarse = self._coarse(self._state.series[one].alerts for one in theirs)
        kept = bodies.bodies_at(self._session, [self._state.links[one].index for one in theirs])
        return tuple(self._shown(one, coarse, kept) for one in theirs)

    def unsaid(self, suggested: Sequence[Suggested]) -> tuple[Suggested, ...]:
        """Those of which no series that stands, and that they are shown, names both."""
        saying = {
            (one.earlier.chain, one.later.chain, identity): self._state.series[identity].alerts
            for one in suggested
            if one.earlier.chain in self._state.chains
            for identity in self._state.chains[one.earlier.chain].series
            if self._state.series[identity].ended is None and one.later.chain in self._state.series[identity].alerts
        }
        said = {(earlier, later) for earlier, later, _ in self._theirs(saying)}
        return tuple(one for one in suggested if (one.earlier.chain, one.later.chain) not in said)

    def _newest_series(self) -> list[str]:
        """Looked for in steps that grow, each one question: most readers' are among the newest."""
        newest = sorted(self._state.series, key=lambda one: -self._state.links[one].index)
        found: list[str] = []
        start, step = 0, MOST_SERIES
        while start < len(newest) and len(found) < MOST_SERIES:
            found += self._theirs({one: self._state.series[one].alerts for one in newest[start : start + step]})
            start, step = start + step, min(10 * step, MOST_PLACES // MAX_IN_SERIES)
        return found[:MOST_SERIES]

    def _theirs(self, named: Mapping[_Named, Sequence[str]]) -> list[_Named]:
        """Those of which every warning that they name is here and theirs to see, in their order."""
        if not self.for_police:
            return list(named)
        places = {chain: self._head(chain) for chains in named.values() for chain in chains}
        here = descriptors.open_to_police(self._session, places.values())
        return [one for one, chains in named.items() if all(places[chain] in here for chain in chains)]

    def _coarse(self, named: Iterable[Sequence[str]]) -> dict[str, Described]:
        """Of those of these chains whose body in force is here and theirs to see."""
        heads = {self._head(chain) for chains in named for chain in chains}
        found = descriptors.described_at(self._session, heads)
        return {one.chain: one for one in found if one.police or not self.for_police}

    def _head(self, chain: str) -> int:
        return self._state.links[self._state.chains[chain].head].index

    def _shown(self, identity: str, coarse: dict[str, Described], kept: Mapping[int, StoredBody]) -> SeriesShown:
        link, series = self._state.links[identity], self._state.series[identity]
        sealed = kept.get(link.index)
        body = None if sealed is None else parse_body(open_body(self._desk.vault.epochs, sealed, link), "series.v1")
        told = is_told(self._state, identity, self._today.isoformat())
        by_lead = self._state.members[link.origin].role == "lead"
        return SeriesShown(
            identity=identity,
            series=series,
            link=link,
            alerts=_with_words(series.alerts, coarse),
            body=body if isinstance(body, SeriesBody) else None,
            told=told,
            told_on=None if told or not by_lead or series.ended is not None else told_from(link),
            by_lead=by_lead,
            can_be_undone=can_take_back(self._state, identity),
        )


def _with_words(chains: Sequence[str], coarse: Mapping[str, Described]) -> tuple[tuple[str, Described | None], ...]:
    return tuple((chain, coarse.get(chain)) for chain in chains)
