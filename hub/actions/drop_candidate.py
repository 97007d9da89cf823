"""Forgets somebody who asks to join: name and contact are deleted. They need a new invitation."""

from datetime import datetime

from hub.actions.hub_desk import HubHouse
from hub.actions.operators_trail import note_operator
from hub.store import members
from hub.store.engine import Store
from protocol.house.core.errors import NotFound


def drop_candidate(store: Store, digest: str, *, by: str | None, now: datetime) -> None:
    """Forgets the candidate whose request has this digest.

    Args:
        by: an operator's name; None: whoever has the machine itself, at its command line.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.request`, `not_found.person`.
    """
    with HubHouse(store).begin() as session:
        if digest not in {one.digest for one in members.candidates(session)}:
            raise NotFound("request", "nobody who asks to join has a request of that digest")
        note_operator(session, "drop_candidate", f"candidate/{digest}", by=by, now=now)
        members.forget_candidate(session, digest)
    store.checkpoint_wal()
