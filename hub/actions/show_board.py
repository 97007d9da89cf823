"""Proposals that may be one person, by skin as seen: the yearly table for the scheme's board. Source: PEOPLE 3.14.

Years that are over only: their counts change no more, so nobody learns of one proposal by looking twice (promise 13).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from hub.core import access
from hub.core.linking import DIFFERS, NOT_SAID
from hub.core.masking import Shown, mask_table
from hub.store import suggestions
from hub.store.engine import Store
from hub.store.suggestions import SkinCount
from protocol.house.store.people import acting
from protocol.person_vocabulary import SKIN_CODES

SKINS: Final = (*sorted(SKIN_CODES), DIFFERS, NOT_SAID)
"""In the order of the table, which is fixed: `mask_table` chooses by place."""


class BoardRow(msgspec.Struct, frozen=True):
    """One code of skin as seen, or that they differ or do not say; None: too few to show."""

    skin: str
    suggested: Shown
    agreed: Shown
    disagreed: Shown


class BoardYear(msgspec.Struct, frozen=True):
    """One year that is over."""

    year: int
    rows: tuple[BoardRow, ...]


def show_board(store: Store, *, by: str, now: dt.datetime) -> tuple[BoardYear, ...]:
    """Every year that is over and has proposals, the newest first.

    Raises:
        NotYours: `access.role`: police would see what the comparing finds in warnings that they may not see.
    """
    with store.read() as session:
        acting(session, by, access.sees_all_bodies, now)
        counts = suggestions.skin_counts(session)
    years = sorted({one.year for one in counts if one.year < now.year}, reverse=True)
    return tuple(BoardYear(year, _rows({one.skin: one for one in counts if one.year == year})) for year in years)


def _rows(counts: Mapping[str, SkinCount]) -> tuple[BoardRow, ...]:
    """Of every code, also one that has no proposals: which rows there are says nothing."""
    whole = [counts.get(skin, SkinCount(0, skin, 0, 0, 0)) for skin in SKINS]
    columns = [mask_table([getattr(one, column) for one in whole]) for column in ("suggested", "agreed", "disagreed")]
    return tuple(BoardRow(*row) for row in zip(SKINS, *columns, strict=True))
