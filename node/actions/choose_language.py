"""Somebody chooses the language in which they read warnings."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from protocol.house.core.session import SignedIn
from protocol.house.store import audit
from protocol.house.store.people import put_reading_language


def choose_language(desk: CaseDesk, who: SignedIn, *, language: str, now: datetime) -> None:
    """Keeps it with their name: it holds on every device of theirs.

    Args:
        language: an ISO 639-1 code of a catalogue that is here.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        put_reading_language(session, who.staff.id, language)
        audit.note(session, person=who.staff.id, verb="choose_language", subject=f"person/{who.staff.id}", now=now)
