"""Bodies as the hub keeps them: sealed, each at a place of its own."""

from hub.core.values import StoredBody
from protocol.at_rest import Epochs, SealBroken, Sealed
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.replay import Link, State


def place_of(digest: str) -> str:
    """Where a body is sealed to: it opens nowhere else."""
    return f"bodies/{digest}"


def seal_body(epochs: Epochs, digest: str, stored: bytes, randomness: bytes) -> StoredBody:
    """A body as it is kept.

    Args:
        stored: its bytes, of which `digest` is the digest.
        randomness: as `Epochs.seal` takes it.
    """
    sealed = epochs.seal(stored, place_of(digest), randomness)
    return StoredBody(digest, sealed.content, sealed.wrapped_key, sealed.epoch)


def index_of(state: State, digest: str) -> int:
    """The place in the log of the statement whose body that is.

    Raises:
        KeyError: none names it.
    """
    return state.links[state.bodies[digest]].index


def open_body(epochs: Epochs, body: StoredBody, link: Link) -> bytes:
    """The stored bytes of the body that lies at a statement's place.

    Raises:
        SealBroken: its epoch key is destroyed, it was altered, or it is not the one that the statement names.
    """
    if link.body is None:
        raise SealBroken("the statement names no body")
    return _opened(epochs, body, link.body.digest)


def open_alert(epochs: Epochs, body: StoredBody, link: Link | None = None) -> AlertBody:
    """What an alert or update says: its bytes were checked when they were taken.

    Args:
        link: the statement at whose place it lies, for whom it is opened to be shown.

    Raises:
        SealBroken: as `open_body`.
        BodyInvalid: it is the body of another kind.
    """
    stored = _opened(epochs, body, body.digest) if link is None else open_body(epochs, body, link)
    alert = parse_body(stored, "alert.v1")
    assert isinstance(alert, AlertBody)
    return alert


def _opened(epochs: Epochs, body: StoredBody, digest: str) -> bytes:
    return epochs.open(Sealed(body.content, body.wrapped_key, body.epoch), place_of(digest))
