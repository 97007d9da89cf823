"""An agency says who funds it, whose staff work in it, with whom it shares premises; and everybody can see it."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.agencies import Agency, Tie, require_ties
from node.store.agencies import known_agencies, put_ties, read_agency, require_agency_here
from protocol.house.core.errors import NotYours
from protocol.house.store import audit
from protocol.house.store.people import acting


def declare_ties(desk: CaseDesk, *, agency: str, ties: tuple[Tie, ...], by: str, now: datetime) -> None:
    """Keeps a declaration in place of the last; none is one, too.

    Raises:
        Refused: `refused.tie`, `refused.agency`, `refused.agency_left`.
        NotYours: `access.role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    require_ties(ties)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_keep_records, now)
        require_agency_here(session, desk.config, agency)
        if not access.may_take_for(who, agency):
            raise NotYours("agency", "an agency's ties are declared by its own people or the project's coordinators")
        put_ties(session, agency, ties, by=who.id, now=now)
        audit.note(session, person=who.id, verb="declare_ties", subject="agency/ties", now=now)


def list_agencies(desk: CaseDesk) -> tuple[Agency, ...]:
    """This project and its member agencies, with their ties: nothing in it is private."""
    with desk.store.read() as session:
        return tuple(read_agency(session, name) for name in known_agencies(desk.config))
