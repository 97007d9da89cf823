"""What a scheme decides about its warnings: its published rule, numbers that are never warned of, the small-cell table.

Pure. Kept sealed at the node. Source: PEOPLE 2.8, 5.6, §5.
"""

from datetime import datetime
from typing import Final

import msgspec

from node.core.leak.never_alert import NeverAlert
from node.core.leak.small_cells import GROUPS, MOST_PEOPLE, Cell
from protocol.house.core.errors import NotFound, Refused

MAX_RULE: Final = 4_000
"""Characters of the published rule: a page."""

MAX_CELLS: Final = 500
MAX_ENTRIES: Final = 500


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the never-alert list, as proposed and, once a second person agrees, in use.

    Attributes:
        number: counts up; never given twice.
        proposed_by: number of a person.
        confirmed_by: number of a second person, or None: it stops nothing yet.
    """

    number: int
    entry: NeverAlert
    proposed_by: int
    proposed_at: datetime
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None


class SchemeRules(msgspec.Struct, frozen=True, kw_only=True):
    """All of it.

    Attributes:
        inclusion: what is warned about, what is local only, what is never listed: the scheme's published words.
        listed: the never-alert list, proposals too.
        cells: the small-cell table.
        last_number: the highest number that an entry ever had.
    """

    inclusion: str = ""
    listed: tuple[Listed, ...] = ()
    cells: tuple[Cell, ...] = ()
    last_number: int = 0

    @property
    def never_alert(self) -> tuple[NeverAlert, ...]:
        """What two people put on the list."""
        return tuple(one.entry for one in self.listed if one.confirmed_by is not None)


def proposed(rules: SchemeRules, entry: NeverAlert, by: int, now: datetime) -> SchemeRules:
    """With a further proposal at the end.

    Raises:
        Refused: `refused.never_alert_known`, `refused.never_alert_full`.
    """
    if any((one.entry.kind, one.entry.value) == (entry.kind, entry.value) for one in rules.listed):
        raise Refused("never_alert_known", "value: it is on the list, or proposed, already")
    if len(rules.listed) >= MAX_ENTRIES:
        raise Refused("never_alert_full", f"the list is full: it has {MAX_ENTRIES} entries")
    number = rules.last_number + 1
    listed = Listed(number=number, entry=entry, proposed_by=by, proposed_at=now)
    return msgspec.structs.replace(rules, listed=(*rules.listed, listed), last_number=number)


def confirmed(rules: SchemeRules, number: int, by: int, now: datetime) -> SchemeRules:
    """With a proposal in use, by a second person.

    Raises:
        Refused: `refused.second_person`, `refused.never_alert_confirmed`. NotFound: `not_found.never_alert`.
    """
    one = find_listed(rules, number)
    if one.confirmed_by is not None:
        raise Refused("never_alert_confirmed", "this is on the list already")
    if one.proposed_by == by:
        raise Refused("second_person", "a second person puts it on the list: not the one who proposed it")
    made = msgspec.structs.replace(one, confirmed_by=by, confirmed_at=now)
    return msgspec.structs.replace(rules, listed=tuple(made if it is one else it for it in rules.listed))


def removed(rules: SchemeRules, number: int) -> SchemeRules:
    """Without an entry, or without a proposal.

    Raises:
        NotFound: `not_found.never_alert`.
    """
    gone = find_listed(rules, number)
    return msgspec.structs.replace(rules, listed=tuple(one for one in rules.listed if one is not gone))


def find_listed(rules: SchemeRules, number: int) -> Listed:
    """An entry by its number.

    Raises:
        NotFound: `not_found.never_alert`.
    """
    found = next((one for one in rules.listed if one.number == number), None)
    if found is None:
        raise NotFound("never_alert", "there is no entry of that number on the list")
    return found


def with_cell(rules: SchemeRules, cell: Cell) -> SchemeRules:
    """With a row of the table, in the place of an earlier one for the same people.

    Raises:
        Refused: `refused.cell_groups`, `refused.cell_people`, `refused.cells_full`.
    """
    if not GROUPS.issuperset(cell.groups) or tuple(sorted(set(cell.groups))) != cell.groups:
        raise Refused("cell_groups", "groups: each once, of " + ", ".join(sorted(GROUPS)))
    if not 0 <= cell.people <= MOST_PEOPLE:
        raise Refused("cell_people", "people: a whole number that is not negative")
    others = [one for one in rules.cells if (one.area, one.groups) != (cell.area, cell.groups)]
    if len(others) >= MAX_CELLS:
        raise Refused("cells_full", f"the table is full: it has {MAX_CELLS} rows")
    ordered = sorted((*others, cell), key=lambda one: (one.area, len(one.groups), one.groups))
    return msgspec.structs.replace(rules, cells=tuple(ordered))


def without_cell(rules: SchemeRules, area: str, groups: tuple[str, ...]) -> SchemeRules:
    """Without a row: how many it was is not known any more."""
    kept = tuple(one for one in rules.cells if (one.area, one.groups) != (area, groups))
    return msgspec.structs.replace(rules, cells=kept)


def with_inclusion(rules: SchemeRules, text: str) -> SchemeRules:
    """With another published rule.

    Raises:
        Refused: `refused.inclusion`.
    """
    if len(text) > MAX_RULE:
        raise Refused("inclusion", f"the rule: at most {MAX_RULE} characters")
    return msgspec.structs.replace(rules, inclusion=text)
