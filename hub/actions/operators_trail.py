"""What operators do stands in the trail, in the transaction in which it is done."""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from hub.actions.hub_desk import HubHouse
from hub.core import access
from hub.store.engine import Store
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.statement_fields import Statement


def note_operator(session: Session, verb: str, subject: str, *, by: str | None, now: datetime) -> None:
    """Asks whether somebody may operate the hub, and notes what they do.

    Args:
        session: the transaction of what they do.
        subject: `kind/id`.
        by: their name; None: whoever has the machine itself, at its command line.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    person = None if by is None else acting(session, by, access.may_operate, now).id
    audit.note(session, person=person, verb=verb, subject=subject, now=now)


def note_statement(
    store: Store, doing: Literal["prepare", "bring"], statement: Statement, *, by: str, now: datetime
) -> None:
    """Notes, before it is done, that somebody has an officer's statement made, or brings it signed.

    Args:
        statement: of a kind that officers sign at the pages.

    Raises:
        NotYours, NotFound: as `note_operator`.
    """
    with HubHouse(store).begin() as session:
        note_operator(session, f"{doing}_{statement.kind}", _subject(statement), by=by, now=now)


def _subject(statement: Statement) -> str:
    if statement.about is not None:
        return f"candidate/{statement.about}"
    assert statement.member is not None  # every kind of `EFFECTS` is about a member
    return f"member/{statement.member.id}"
