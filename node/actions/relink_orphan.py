"""Says that a message of ours, which this node does not know any more, still stands: it is not taken back."""

from datetime import datetime

from node.core import access
from node.store.engine import Store
from node.store.orphans import relink_orphan
from protocol.house.store import audit
from protocol.house.store.people import acting


def relink(store: Store, *, identity: str, by: str, now: datetime) -> None:
    """Keeps it, and who said so.

    Raises:
        NotFound: `not_found.orphan`, `not_found.person`.
        NotYours: `access.role`.
    """
    with store.begin() as session:
        person = acting(session, by, access.may_release, now)
        relink_orphan(session, identity, now)
        audit.note(session, person=person.id, verb="relink", subject=f"message/{identity}", now=now)
