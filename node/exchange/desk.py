"""What every step of the exchange works with. Built once, in `app`; no step makes any of it."""

import datetime as dt
from collections.abc import Callable

import msgspec

from node.exchange.client import HubClient
from node.keyring import Keyring
from node.log_view import LogView
from node.store.alarms import raise_alarm
from node.store.checkpoints import log_note_at_least
from node.store.engine import Store
from node.store.erasures import ErasureList
from protocol.at_rest import Epochs


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One node's exchange.

    Attributes:
        store: its database.
        view: the log as it has verified it.
        keyring: its keys.
        epochs: reads the epoch keys as they are now: a weekly job changes them.
        erasures: what was erased, beside them.
        client: the hub.
        now: aware UTC.
    """

    store: Store
    view: LogView
    keyring: Keyring
    epochs: Callable[[], Epochs]
    erasures: ErasureList
    client: HubClient
    now: Callable[[], dt.datetime]

    @property
    def today(self) -> dt.date:
        """The date, UTC."""
        return self.now().date()

    def alarm(
        self,
        code: str,
        subject: str,
        *,
        index: int | None = None,
        other_note: bytes | None = None,
        entry: bytes | None = None,
        at_size: int | None = None,
    ) -> None:
        """Raises an alarm in a transaction of its own, with a signed note of ours beside the other.

        Args:
            code: of `core/alarms.py`.
            subject: what it is about; the same code and subject alarm once.
            index: of the entry, if it is about one.
            other_note: the note that contradicts ours.
            entry: the envelope, if it is about one.
            at_size: our note is the one of this size, or the first after it; else the latest.
        """
        with self.store.begin() as session:
            note = (log_note_at_least(session, at_size) if at_size is not None else None) or self.view.note
            raise_alarm(
                session,
                code,
                subject,
                self.now(),
                index=index,
                note=None if note is None else note.note,
                other_note=other_note,
                entry=entry,
            )
