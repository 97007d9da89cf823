"""How many people could have reported this: a table that the scheme keeps, and what it stops. Pure.

A warning says a force area, and often a way of working. Where few people fit both, it says who reported. Numbers are a
coordinator's estimate; where there is none nothing is known, and `concerns` stays empty. Source: promise 13, DESIGN §4,
PEOPLE §5 (k for release: 20 warns, 8 stops).
"""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from protocol.body_fields import AlertBody
from protocol.vocabulary import CONCERNS

STOPS_BELOW: Final = 8
WARNS_BELOW: Final = 20
MOST_PEOPLE: Final = 1_000_000

GROUPS: Final = CONCERNS - {"everyone"}
"""Whom a warning can concern; a row without any is everybody who could report in that area."""

_MARKET_OF_PLACE: Final = {"street": "street", "working_premises": "indoor", "online": "online"}
_MARKET_OF_CONTACT: Final = {"street": "street", "premises": "indoor", "app_or_site": "online", "advert": "online"}


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table.

    Attributes:
        area: police-force area.
        groups: of `GROUPS`, ascending: people to whom all of them apply; none: everybody.
        people: how many could plausibly report there, as the scheme estimates it.
    """

    area: str
    groups: tuple[str, ...] = ()
    people: int


class Small(msgspec.Struct, frozen=True):
    """A cell that is too small: the field that says so, and whether it stops the warning."""

    field: Literal["region", "place", "contact", "concerns"]
    stops: bool


def small_cells(body: AlertBody, cells: tuple[Cell, ...]) -> Iterator[Small]:
    """Where the warning narrows down who reported to too few."""
    people = {(cell.area, cell.groups): cell.people for cell in cells}
    everybody = people.get((body.region, ()))
    if everybody is not None and everybody < WARNS_BELOW:
        yield Small("region", everybody < STOPS_BELOW)
    shown = {"place": _MARKET_OF_PLACE.get(body.place or ""), "contact": _MARKET_OF_CONTACT.get(body.contact or "")}
    for field, market in (("place", shown["place"]), ("contact", shown["contact"])):
        count = None if market is None else people.get((body.region, (market,)))
        if count is not None and count < WARNS_BELOW:
            yield Small("place" if field == "place" else "contact", count < STOPS_BELOW)
    if body.concerns:
        markets = {market for market in shown.values() if market is not None}
        counts = [people.get((body.region, tuple(sorted(set(body.concerns) | extra)))) for extra in (set(), markets)]
        least = min(0 if count is None else count for count in counts)
        if least < WARNS_BELOW:
            yield Small("concerns", least < STOPS_BELOW)
