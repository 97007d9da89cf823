"""Open one alert's body on a page of the hub, and tell its origin so: which, on which day, in which role and why.

Its origin learns of it at its next sync, asked of the hub and not in the log; never who it was. That stands in the
hub's own trail. Source: spec/exchange.md §8; promise 14.
"""

import datetime as dt
import secrets
from collections.abc import Sequence

import msgspec

from hub.actions.hub_desk import HubHouse
from hub.core import access
from hub.core.descriptors import Described
from hub.core.sealed_bodies import open_alert
from hub.log_view import LogView
from hub.store import deciding, descriptors, finding
from hub.store.deciding import Look
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.body_fields import AlertBody
from protocol.house.core.errors import NotFound, Refused
from protocol.house.store.audit import note
from protocol.house.store.people import acting
from protocol.replay import Link
from protocol.wording.codes import LOOK_REASONS

MAX_LOOKS = 256
"""Looks in one answer."""

LOOK_BYTES = 16
"""Of a look's identity: drawn, so that it tells nobody of looks at others', and never comes again."""

LOOKS_KEPT_DAYS = 366
"""A project that was away for a year hears of what was looked at meanwhile."""

LOOKED, SAW_CLOSED = "opened_alert", "saw_alert_closed"
"""Verbs in the trail."""


class Opened(msgspec.Struct, frozen=True):
    """One alert as it is in force: `link` is its place in the log."""

    described: Described
    link: Link
    body: AlertBody


def show_closed(
    store: Store, view: LogView, chains: Sequence[str], *, by: str, now: dt.datetime
) -> tuple[Described, ...]:
    """Alerts in coarse words, before they are opened; that somebody saw them is noted.

    Args:
        chains: identities of the first alerts, each another.
        by: name of who looks.

    Returns:
        One for each of `chains`, in that order.

    Raises:
        NotFound: `not_found.warning`: as `open_alert_body`, of any of them.
        NotYours: `access.role`.
    """
    state = view.refresh().state
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_analyse, now)
        heads = [state.links[state.chains[one].head].index for one in chains if one in state.chains]
        found = {one.chain: one for one in descriptors.described_at(session, heads)}
        theirs = [found[one] for one in chains if one in found and (found[one].police or access.sees_all_bodies(who))]
        if len({one.chain for one in theirs}) != len(chains):
            raise NotFound("warning", "this warning is not here any more")
        for one in theirs:
            note(session, person=who.id, verb=SAW_CLOSED, subject=f"alert/{one.chain}", now=now)
    return tuple(theirs)


def open_alert_body(
    store: Store,
    view: LogView,
    epochs: Epochs,
    chain: str,
    reason: str,
    *,
    by: str,
    now: dt.datetime,
) -> Opened:
    """What an alert says now; that it was opened is noted, and kept for its origin, before anybody sees it.

    Args:
        chain: identity of the first alert.
        reason: of `LOOK_REASONS`.
        by: name of who looks.

    Raises:
        NotFound: `not_found.warning`: it is not here any more, or not the reader's to see: the two look the same.
        Refused: `refused.reason`: no reason of the list.
        NotYours: `access.role`.
    """
    (opened,) = open_alerts(store, view, epochs, [chain], reason, verb=LOOKED, by=by, now=now)
    return opened


def open_alerts(
    store: Store,
    view: LogView,
    epochs: Epochs,
    chains: Sequence[str],
    reason: str,
    *,
    verb: str,
    by: str,
    now: dt.datetime,
) -> tuple[Opened, ...]:
    """What several alerts say now, as `open_alert_body`: all of them, or none and nothing is noted.

    Args:
        chains: identities of the first alerts, each another.
        verb: what the trail calls it.

    Returns:
        One for each of `chains`, in that order.

    Raises:
        NotFound, Refused, NotYours: as `open_alert_body`.
    """
    if reason not in LOOK_REASONS:
        raise Refused("reason", "choose why you open this warning")
    state = view.refresh().state
    links = [state.links[state.chains[one].head] for one in dict.fromkeys(chains) if one in state.chains]
    indices = [link.index for link in links]
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_analyse, now)
        found = finding.bodies_at(session, indices, for_police=not access.sees_all_bodies(who))
        if len(found) != len(chains):
            raise NotFound("warning", "this warning is not here any more")
        coarse = {one.idx: one for one in descriptors.described_at(session, indices)}
        opened = tuple(Opened(coarse[link.index], link, open_alert(epochs, found[link.index], link)) for link in links)
        role = "lead" if access.may_decide(who) else "analyst"
        for chain, link in zip(chains, links, strict=True):
            identity, today = secrets.token_hex(LOOK_BYTES), now.date()
            deciding.add_look(session, identity, alert=chain, origin=link.origin, today=today, role=role, reason=reason)
            note(session, person=who.id, verb=verb, subject=f"alert/{chain}", now=now, reason=reason)
    return opened


def looks_at(store: Store, origin: int, after: str | None) -> list[Look]:
    """Looks at alerts of this origin that came after that one, the oldest first, at most `MAX_LOOKS`."""
    with store.read() as session:
        return deciding.looks_after(session, origin, after, MAX_LOOKS)


def forget_looks(store: Store, today: dt.date) -> None:
    """Erases looks of longer ago than `LOOKS_KEPT_DAYS`."""
    with store.begin() as session:
        deciding.drop_looks(session, today - dt.timedelta(days=LOOKS_KEPT_DAYS))
