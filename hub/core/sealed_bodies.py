"""Bodies as the hub keeps them: sealed, each at a place of its own."""

from hub.core.values import StoredBody
from protocol.at_rest import Epochs, Sealed
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.replay import State


def place_of(digest: str) -> str:
    """Where a body is sealed to: it opens nowhere else."""
    return f"bodies/{digest}"


def index_of(state: State, digest: str) -> int:
    """The place in the log of the statement whose body that is.

    Raises:
        KeyError: none names it.
    """
    return state.links[state.bodies[digest]].index


def open_body(epochs: Epochs, body: StoredBody) -> bytes:
    """The stored bytes of a body.

    Raises:
        SealBroken: its epoch key is destroyed, or it was altered.
    """
    return epochs.open(Sealed(body.content, body.wrapped_key, body.epoch), place_of(body.digest))


def open_alert(epochs: Epochs, body: StoredBody) -> AlertBody:
    """What an alert or update says: its bytes were checked when they were taken.

    Raises:
        SealBroken: as `open_body`.
        BodyInvalid: it is the body of another kind.
    """
    alert = parse_body(open_body(epochs, body), "alert.v1")
    assert isinstance(alert, AlertBody)
    return alert
