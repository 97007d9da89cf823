"""Shows what the scheme decided about its warnings, with the names of those who decided it."""

import msgspec

from node.actions.case_desk import CaseDesk
from node.core.leak.never_alert import NeverAlert
from node.core.leak.small_cells import Cell
from node.store.scheme_rules import read_scheme_rules
from protocol.house.store.people import names_by_id, person_id


class ListedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the never-alert list. `confirmed_by` is None while it waits for a second person."""

    number: int
    entry: NeverAlert
    proposed_by: str
    confirmed_by: str | None


class ShownRules(msgspec.Struct, frozen=True, kw_only=True):
    """The inclusion rule, the never-alert list and the small-cell table."""

    inclusion: str
    listed: tuple[ListedEntry, ...]
    cells: tuple[Cell, ...]


def show_scheme_rules(desk: CaseDesk, *, by: str) -> ShownRules:
    """Shows them. There is nothing of anybody's record in them.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.read() as session:
        person_id(session, by)
        rules, names = read_scheme_rules(session, desk.vault), names_by_id(session)
    return ShownRules(
        inclusion=rules.inclusion,
        listed=tuple(
            ListedEntry(
                number=one.number,
                entry=one.entry,
                proposed_by=names[one.proposed_by],
                confirmed_by=None if one.confirmed_by is None else names[one.confirmed_by],
            )
            for one in rules.listed
        ),
        cells=rules.cells,
    )
