"""Open one alert's body on a page of the hub, and tell its origin so: which, on which day, in which role and why.

Its origin learns of it at its next sync, asked of the hub and not in the log; never who it was. That stands in the
hub's own trail. Source: spec/exchange.md §8; promise 14.
"""

import datetime as dt

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

LOOKS_KEPT_DAYS = 366
"""A project that was away for a year hears of what was looked at meanwhile."""

LOOKED = "opened_alert"
"""The verb in the trail."""


class Opened(msgspec.Struct, frozen=True):
    """One alert as it is in force: `link` is its place in the log."""

    described: Described
    link: Link
    body: AlertBody


def show_closed(store: Store, view: LogView, chain: str, *, sees_all: bool) -> Described:
    """One alert in coarse words, before it is opened.

    Args:
        chain: identity of the first alert.
        sees_all: `access.sees_all_bodies` of the reader.

    Raises:
        NotFound: `not_found.warning`: as `open_alert_body`.
    """
    state = view.refresh().state
    standing = state.chains.get(chain)
    index = -1 if standing is None else state.links[standing.head].index
    with store.read() as session:
        found = descriptors.described_at(session, [index])
    if not found or not (found[0].police or sees_all):
        raise NotFound("warning", "this warning is not here any more")
    return found[0]


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
    if reason not in LOOK_REASONS:
        raise Refused("reason", "choose why you open this warning")
    state = view.refresh().state
    standing = state.chains.get(chain)
    if standing is None:
        raise NotFound("warning", "this warning is not here any more")
    link = state.links[standing.head]
    with HubHouse(store).begin() as session:
        who = acting(session, by, access.may_analyse, now)
        found = finding.bodies_at(session, [link.index], for_police=not access.sees_all_bodies(who))
        if not found:
            raise NotFound("warning", "this warning is not here any more")
        opened = open_alert(epochs, found[link.index])
        (coarse,) = descriptors.described_at(session, [link.index])
        role = "lead" if access.may_decide(who) else "analyst"
        deciding.add_look(session, alert=chain, origin=link.origin, today=now.date(), role=role, reason=reason)
        note(session, person=who.id, verb=LOOKED, subject=f"alert/{chain}", now=now, reason=reason)
    return Opened(coarse, link, opened)


def looks_at(store: Store, origin: int, since: int) -> list[Look]:
    """Looks at alerts of this origin with a number above `since`, ascending, at most `MAX_LOOKS`."""
    with store.read() as session:
        return deciding.looks_since(session, origin, since, MAX_LOOKS)


def forget_looks(store: Store, today: dt.date) -> None:
    """Erases looks of longer ago than `LOOKS_KEPT_DAYS`."""
    with store.begin() as session:
        deciding.drop_looks(session, today - dt.timedelta(days=LOOKS_KEPT_DAYS))
