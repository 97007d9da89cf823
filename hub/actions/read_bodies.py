"""Hand out bodies: each only to whom replay says may read it at this moment. Source: spec/exchange.md §5."""

from collections.abc import Sequence

import msgspec

from hub.actions.submit import BODY_PLACE
from hub.core.values import StoredBody
from hub.log_view import LogView
from hub.store import bodies
from hub.store.engine import Store
from protocol.at_rest import Epochs, Sealed
from protocol.replay import may_read

MAX_DIGESTS = 256
"""Bodies in one answer: at most 4 MiB of stored bytes."""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One body: its stored bytes, or the index that says it is gone, or neither: refused, whatever the reason."""

    digest: str
    stored: bytes | None = None
    gone: int | None = None


def read_bodies(store: Store, view: LogView, epochs: Epochs, member: int, digests: Sequence[str]) -> list[Answer]:
    """The bodies of these digests, in their order, as far as `member` may have them now."""
    now = view.now
    allowed: list[str] = []
    for digest in digests:
        identity = now.state.bodies.get(digest)
        if identity is not None and may_read(now.state, member, now.state.links[identity], now.confirmed_size):
            allowed.append(digest)
    with store.read() as session:
        kept = bodies.live_bodies(session, allowed)
    is_police, answers = now.state.members[member].police, []
    for digest in digests:
        body = kept.get(digest)
        stored = None if body is None else _opened(epochs, body)
        if stored is not None and not (is_police and _kept_from_police(stored)):
            answers.append(Answer(digest, stored))
            continue
        identity = now.state.bodies.get(digest)
        answers.append(Answer(digest, gone=None if identity is None else now.state.links[identity].gone))
    return answers


def _opened(epochs: Epochs, body: StoredBody) -> bytes:
    return epochs.open(Sealed(body.content, body.wrapped_key, body.epoch), f"{BODY_PLACE}/{body.digest}")


def _kept_from_police(stored: bytes) -> bool:
    """Whether permission does not let police read this body: a member that is a police body gets none of these."""
    return b'"police":"no"' in stored
