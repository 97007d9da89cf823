"""What schemes counted before this network did: yearly totals, by hand, with source and definition. Pure.

They are other schemes' numbers under other definitions: shown beside what is computed, never added to it. Small ones
are not shown, and all are rounded, as everything is. Source: PEOPLE 3.9.
"""

import datetime as dt
from typing import Final

import msgspec

from hub.core.masking import Shown, mask_alone

FIRST_YEAR: Final = 2006
"""The first year of which any scheme is known to have kept a total."""

MOST_DECLARED: Final = 100_000
"""A thousand times what a large scheme takes in a year: more is a mistake in typing."""

MAX_WORDS: Final = 300
"""Characters of a definition or a source: two sentences."""

MAX_SCHEME: Final = 80


class DeclaredTotal(msgspec.Struct, frozen=True):
    """One year of one scheme.

    Attributes:
        scheme: its name.
        definition: what it counted, in its own words.
        source: where the number stands: a report and its page, an address.
        declared_on: when it was entered here.
    """

    scheme: str
    year: int
    total: int
    definition: str
    source: str
    declared_on: dt.date

    @property
    def shown(self) -> Shown:
        """The total as it may be shown."""
        return mask_alone(self.total)
