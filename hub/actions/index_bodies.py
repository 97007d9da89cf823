"""Write what is to be found of open alert bodies: coarse columns and search keys, some bodies at a time.

After they were ordered, so that no sender waits for it. `erase_bodies` takes it away with the body: erasing before
indexing is harmless, for there is nothing yet; a body is never indexed after it is gone, for the job holds its row, and
what is gone has none. Source: DESIGN §6; promises 6, 12.
"""

from collections.abc import Callable, Iterable, Sequence

from sqlmodel import Session

from hub.actions.count_incidents import count_in
from hub.core.descriptors import Described, describe, groups_of
from hub.core.sealed_bodies import index_of, open_alert
from hub.core.search_keys import index_secret, key_of, words_of
from hub.core.values import StoredBody
from hub.log_view import LogView
from hub.store import bodies, descriptors, finding
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.body_fields import AlertBody
from protocol.replay import State

PAGE = 200
"""Bodies indexed in one transaction: some thirty milliseconds, for which a Cancel of one of them waits."""

KINDS = ("alert", "update")


def index_bodies(store: Store, view: LogView, epochs: Epochs, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Describes every live body that was not described yet; practice, and what is no alert, is passed over.

    A crash leaves whole pages: the next run goes on where this one stopped. Again: changes nothing.

    Args:
        goes_on: asked before each page: whether to take it now.

    Returns:
        How many bodies were described.
    """
    with store.read() as session:
        if not bodies.any_unindexed(session):
            return 0
    state, made = view.refresh().state, 0
    while goes_on():
        with store.begin() as session:
            page = bodies.lock_unindexed(session, PAGE)
            known = {
                index: body
                for index, body in page.items()
                if body.digest in state.bodies and index_of(state, body.digest) == index
            }
            made += _describe_page(session, state, epochs, list(known.values()))
            bodies.mark_indexed(session, known)
        if len(known) < PAGE:
            break
    return made


def rekey_bodies(store: Store, epochs: Epochs) -> int:
    """Makes search keys anew under today's epoch key, so that the secret of the old ones can be destroyed.

    Returns:
        How many bodies have new keys.
    """
    made = 0
    while True:
        with store.begin() as session:
            places = descriptors.indices_of_other_epochs(session, epochs.current, PAGE)
            kept, page = bodies.bodies_at(session, places), descriptors.described_at(session, places)
            descriptors.drop_keys(session, [one.idx for one in page], epochs.current)
            _add_keys(session, epochs, [(one, open_alert(epochs, kept[one.idx])) for one in page])
        made += len(page)
        if len(page) < PAGE:
            return made


def secrets_in_use(session: Session, epochs: Epochs) -> list[bytes]:
    """The secrets under which bodies are indexed now. One whose epoch key is destroyed is made anew within the hour."""
    return [index_secret(epochs.keys[number]) for number in finding.epochs_in_use(session) if number in epochs.keys]


def _describe_page(session: Session, state: State, epochs: Epochs, page: Sequence[StoredBody]) -> int:
    assert state.charter is not None
    groups, found = groups_of(state.charter.regions), []
    for body in page:
        identity = state.bodies[body.digest]
        link = state.links[identity]
        if link.kind in KINDS and link.status == "actual":
            opened = open_alert(epochs, body)
            found.append((describe(identity, link, opened, groups), opened))
    descriptors.add_described(session, [one for one, _ in found], epochs.current)
    _add_keys(session, epochs, found)
    count_in(session, state, [one for one, _ in found])
    return len(found)


def _add_keys(session: Session, epochs: Epochs, found: Iterable[tuple[Described, AlertBody]]) -> None:
    secret = index_secret(epochs.keys[epochs.current])
    keys = ((one, [key_of(secret, word) for word in words_of(body)]) for one, body in found)
    descriptors.add_keys(session, keys)
