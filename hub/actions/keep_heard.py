"""Writes down who was heard in the last minute."""

from collections.abc import Collection

from hub.core.heard import Heard
from hub.store import heard
from hub.store.engine import Store


def keep_heard(store: Store, found: Collection[Heard]) -> None:
    """Keeps it; a crash before loses a minute of it, and the next request says it again."""
    if found:
        with store.begin() as session:
            heard.keep_heard(session, found)
