"""Erase bodies with all that was derived from them, in the transaction that says that they are gone.

Source: DESIGN §4 body, §6; promises 6, 12.
"""

from collections.abc import Sequence

from sqlmodel import Session

from hub.actions.count_incidents import count_out
from hub.core.descriptors import LAPSED, Gone
from hub.core.sealed_bodies import index_of
from hub.store import bodies, descriptors
from protocol.replay import State


def erase_bodies(session: Session, state: State, digests: Sequence[str]) -> list[Gone]:
    """Erases bodies, their coarse columns and search keys. Again: changes nothing.

    What is counted from bodies is told here: these are the last words about them.

    Args:
        state: the log that says that they are gone; of what it does not say so, the lease has lapsed.

    Returns:
        Those of them that were described, in the order of the log.
    """
    places = [index_of(state, digest) for digest in digests]
    bodies.lock_bodies(session, places)
    went = [Gone(one, state.links[one.identity].why or LAPSED) for one in descriptors.described_at(session, places)]
    count_out(session, state, digests, went)
    bodies.erase_bodies(session, places)
    return went
