"""Hand out bodies: each only to whom replay says may read it at this moment. Source: spec/exchange.md §5."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from hub.core.sealed_bodies import open_body
from hub.log_view import LogView
from hub.store import bodies
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.replay import heads_named, may_read

MAX_DIGESTS = 256
"""Bodies in one answer: at most 4 MiB of stored bytes."""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One body: its stored bytes, or the index that says it is gone, or neither: refused, whatever the reason."""

    digest: str
    stored: bytes | None = None
    gone: int | None = None


def read_bodies(
    store: Store, view: LogView, epochs: Epochs, member: int, digests: Sequence[str], today: dt.date
) -> list[Answer]:
    """The bodies of these digests, in their order, as far as `member` may have them now.

    Args:
        today: of the hub's clock, UTC.
    """
    now, state = view.now, view.now.state
    links = {digest: state.links[state.bodies[digest]] for digest in digests if digest in state.bodies}
    allowed = {
        digest: link
        for digest, link in links.items()
        if may_read(state, member, link, now.confirmed_size, today.isoformat())
    }
    is_police = state.members[member].police
    needed = {link.index: link for link in allowed.values()}
    if is_police:
        needed |= {head.index: head for link in allowed.values() for head in heads_named(state, link)}
    with store.read() as session:
        kept = bodies.bodies_at(session, needed)
    opened = {index: open_body(epochs, body, needed[index]) for index, body in kept.items()}
    answers = []
    for digest in digests:
        link = links.get(digest)
        stored = opened.get(link.index) if link is not None and digest in allowed else None
        shown = stored is not None
        if link is not None and shown and is_police:
            shown = all(_is_for_police(opened.get(one.index)) for one in (link, *heads_named(state, link)))
        gone = None if link is None else link.gone
        answers.append(Answer(digest, stored) if shown else Answer(digest, gone=gone))
    return answers


def _is_for_police(stored: bytes | None) -> bool:
    """Whether permission lets police read this body: a member that is a police body gets no other."""
    return stored is not None and b'"police":"no"' not in stored
