"""What every action of a house works with; the service offers it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from sqlmodel import Session

from protocol.house.core.relying_party import RelyingParty
from protocol.house.core.staffing import Staffing
from protocol.house.store.vault import Vault


class HouseStore(Protocol):
    """The service's database: each opens a transaction, which leaving the block commits and raising rolls back."""

    @property
    def begin(self) -> Callable[[], AbstractContextManager[Session]]:
        """A writing one. No two of them change accounts or the trail at once."""

    @property
    def read(self) -> Callable[[], AbstractContextManager[Session]]:
        """A reading one."""


class HouseDesk(Protocol):
    """Database, vault and rules of one house, made anew for each request: the vault knows the epoch keys of then."""

    @property
    def store(self) -> HouseStore:
        """Where people, accounts and the trail are kept."""

    @property
    def vault(self) -> Vault:
        """What seals and opens."""

    @property
    def name(self) -> str:
        """By which people know this house: in their app, at their passkeys; no password may be made of it."""

    @property
    def party(self) -> RelyingParty | None:
        """What passkeys are bound to; None: this address can have none."""

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""
