"""What may be of one person, as somebody at the hub sees it: what is said, what waits, and what the comparing proposes.

Each reader sees what speaks of warnings that they may see, and nothing of the rest (promise 3). Opening the list or a
pair is a look, and is noted (promise 14).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlmodel import Session

from hub.actions.hub_desk import HubDesk
from hub.actions.tell_origins import open_alerts
from hub.core import access
from hub.core.deciding import can_take_back, is_settled, standing_series
from hub.core.descriptors import Described
from hub.core.linking import Comparison, compare
from hub.core.sealed_bodies import open_body
from hub.log_view import LogView, Snapshot
from hub.store import bodies, deciding, descriptors, suggestions
from hub.store.deciding import Decision
from hub.store.engine import Store
from hub.store.suggestions import Suggested
from protocol.bodies import parse_body
from protocol.body_fields import SeriesBody
from protocol.house.core.staff import Staff
from protocol.house.store.audit import note
from protocol.house.store.people import acting
from protocol.replay import Link, Series, is_told, told_from

MOST_SUGGESTED: Final = 50
MOST_SERIES: Final = 50
"""The newest on the list: who looks for an older one opens one of its warnings."""

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
        named = {chain for one in snapshot.state.series.values() for chain in one.alerts}
        decisions = deciding.decisions(session) if access.may_decide(who) else []
        named.update(chain for one in decisions for chain in one.alerts)
        coarse = shown.coarse(named)
        found = suggestions.newest_suggestions(session, MOST_SUGGESTED, for_police=shown.for_police)
        return AlikeList(
            waiting=tuple(shown.waiting(decisions, coarse)),
            series=tuple(shown.series(coarse)),
            suggested=tuple(one for one in found if not shown.is_said(one, coarse)),
        )


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
    """What one person may read at one moment."""

    def __init__(self, session: Session, desk: HubDesk, snapshot: Snapshot, who: Staff, today: dt.date) -> None:
        self._session, self._desk, self._state, self._today = session, desk, snapshot.state, today
        self.for_police = not access.sees_all_bodies(who)

    def coarse(self, chains: Iterable[str]) -> dict[str, Described]:
        """Of those of these chains whose body in force is here and theirs to see."""
        heads = [self._state.links[self._state.chains[one].head].index for one in chains]
        found = descriptors.described_at(self._session, heads)
        return {one.chain: one for one in found if one.police or not self.for_police}

    def waiting(self, decisions: Sequence[Decision], coarse: dict[str, Described]) -> Iterable[Waiting]:
        """What the lead's node has not signed yet, the newest first."""
        for one in reversed(decisions):
            if is_settled(self._state, one.alerts, one.undoes, self._today):
                continue  # the log has it: the job that forgets it has not come by yet
            named = one.alerts or self._state.series[one.undoes].alerts
            if self._is_theirs(named, coarse):
                yield Waiting(one, tuple((chain, coarse.get(chain)) for chain in named))

    def series(self, coarse: dict[str, Described]) -> Iterable[SeriesShown]:
        """What was said, ended ones too, the newest first."""
        newest = sorted(self._state.series, key=lambda one: -self._state.links[one].index)
        theirs = [one for one in newest if self._is_theirs(self._state.series[one].alerts, coarse)][:MOST_SERIES]
        digests = [ref.digest for one in theirs if (ref := self._state.links[one].body) is not None]
        kept = bodies.live_bodies(self._session, digests)
        for identity in theirs:
            link, series = self._state.links[identity], self._state.series[identity]
            sealed = None if link.body is None else kept.get(link.body.digest)
            body = None if sealed is None else parse_body(open_body(self._desk.vault.epochs, sealed), "series.v1")
            told = is_told(self._state, identity, self._today.isoformat())
            by_lead = self._state.members[link.origin].role == "lead"
            yield SeriesShown(
                identity=identity,
                series=series,
                link=link,
                alerts=tuple((chain, coarse.get(chain)) for chain in series.alerts),
                body=body if isinstance(body, SeriesBody) else None,
                told=told,
                told_on=None if told or not by_lead or series.ended is not None else told_from(link),
                by_lead=by_lead,
                can_be_undone=can_take_back(self._state, identity),
            )

    def is_said(self, suggested: Suggested, coarse: dict[str, Described]) -> bool:
        """Whether a series that stands, and that they are shown, names both."""
        chain = self._state.chains.get(suggested.earlier.chain)
        named = () if chain is None else (self._state.series[one] for one in chain.series)
        standing = (one for one in named if one.ended is None and self._is_theirs(one.alerts, coarse))
        return any(suggested.later.chain in one.alerts for one in standing)

    def _is_theirs(self, chains: Sequence[str], coarse: dict[str, Described]) -> bool:
        """Police are told of a series only while every warning that it names is here and theirs to see."""
        return not self.for_police or all(chain in coarse for chain in chains)
