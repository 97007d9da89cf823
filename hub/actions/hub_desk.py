"""The desk of the hub's people, accounts and trail, made anew for each request."""

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import msgspec
from sqlmodel import Session

from hub.config import HubConfig
from hub.core.access import STAFFING
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.house.core.relying_party import RelyingParty, relying_party
from protocol.house.core.staffing import Staffing
from protocol.house.store.turn import take_turn
from protocol.house.store.vault import Vault


class HubHouse(msgspec.Struct, frozen=True):
    """The hub's database as its people write it: one at a time, on PostgreSQL too."""

    store: Store

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A writing transaction.

        Raises:
            Busy: `hub.busy`: the database is away, or others wrote for too long.
        """
        with self.store.begin() as session:
            take_turn(session)
            yield session

    def read(self) -> AbstractContextManager[Session]:
        """A reading transaction.

        Raises:
            Busy: as `begin`.
        """
        return self.store.read()


class HubDesk(msgspec.Struct, frozen=True):
    """What an action of people works with. The vault knows the epoch keys of the moment at which it was made."""

    config: HubConfig
    store: HubHouse
    vault: Vault

    @property
    def name(self) -> str:
        """The hub's."""
        return self.config.name

    @property
    def party(self) -> RelyingParty | None:
        """What passkeys are bound to; None: the pages' address can have none."""
        return relying_party(self.config.public_url, self.config.name)

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""
        return STAFFING


def open_hub_desk(config: HubConfig, store: Store, epochs: Epochs) -> HubDesk:
    """The desk, with these epoch keys."""
    return HubDesk(config, HubHouse(store), Vault(epochs, secrets.token_bytes))
