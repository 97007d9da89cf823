"""Enter, and take back, what a scheme says that it counted in a year before this network did. Source: PEOPLE 3.9."""

import datetime as dt

from hub.actions.hub_desk import HubHouse
from hub.core import access
from hub.core.declared import FIRST_YEAR, MAX_SCHEME, MAX_WORDS, MOST_DECLARED, DeclaredTotal
from hub.store import releases
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.staff import Staff, require
from protocol.house.store import audit


def declare_total(store: HubHouse, who: Staff, declared: DeclaredTotal, now: dt.datetime) -> None:
    """Keeps one year of one scheme, in the place of what it declared before.

    Raises:
        NotYours: `access.role`.
        Refused: `refused.<field>`: a field is empty, too long or out of bounds.
    """
    require(access.may_declare, who)
    _check(declared, now.date())
    with store.begin() as session:
        releases.keep_declared(session, declared)
        audit.note(session, person=who.id, verb="declare_total", subject=f"declared/{declared.year}", now=now)


def take_back_declared(store: HubHouse, who: Staff, scheme: str, year: int, now: dt.datetime) -> None:
    """Takes back what a scheme declared of a year.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.declared`.
    """
    require(access.may_declare, who)
    with store.begin() as session:
        if not releases.forget_declared(session, scheme, year):
            raise NotFound("declared", "nothing is declared of that scheme and year")
        audit.note(session, person=who.id, verb="take_back_declared", subject=f"declared/{year}", now=now)


def _check(declared: DeclaredTotal, today: dt.date) -> None:
    if not 1 <= len(declared.scheme) <= MAX_SCHEME:
        raise Refused("scheme", f"a scheme has a name of at most {MAX_SCHEME} characters")
    if not FIRST_YEAR <= declared.year < today.year:
        raise Refused("year", f"the year is {FIRST_YEAR} or later, and over")
    if not 0 <= declared.total <= MOST_DECLARED:
        raise Refused("total", f"the total is a whole number, 0 to {MOST_DECLARED:,}")
    for field in ("definition", "source"):
        if not 1 <= len(getattr(declared, field)) <= MAX_WORDS:
            raise Refused(field, f"the {field} is said in at most {MAX_WORDS} characters")
