"""Forgets somebody who asks to join: name and contact are deleted. They need a new invitation."""

from hub.store import members
from hub.store.engine import Store
from protocol.house.core.errors import NotFound


def drop_candidate(store: Store, digest: str) -> None:
    """Forgets the candidate whose request has this digest.

    Raises:
        NotFound: `not_found.request`.
    """
    with store.begin() as session:
        if digest not in {one.digest for one in members.candidates(session)}:
            raise NotFound("request", "nobody who asks to join has a request of that digest")
        members.forget_candidate(session, digest)
    store.checkpoint_wal()
