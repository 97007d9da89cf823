"""Shows somebody their own account: devices, passkeys, how many recovery codes are left."""

from datetime import datetime

import msgspec

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.account import Device
from protocol.house.core.session import SignedIn, is_fresh
from protocol.house.store.accounts import count_recovery, people_with_account
from protocol.house.store.devices import devices_of, pin_of
from protocol.house.store.passkeys import Passkey, passkeys_of


class OwnAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What they sign in with, and where.

    Attributes:
        set_up: False where somebody signed in without an account of their own: nothing here can be changed then.
        has_pin: on the device that they are at.
        devices: those on which they have signed in, the last used first.
        fresh: changes do not ask for the password once more.
    """

    set_up: bool
    has_pin: bool
    devices: tuple[Device, ...]
    passkeys: tuple[Passkey, ...]
    recovery_left: int
    fresh: bool


def show_account(desk: HouseDesk, who: SignedIn, *, now: datetime) -> OwnAccount:
    """Their own."""
    person = who.staff.id
    with desk.store.read() as session:
        return OwnAccount(
            set_up=person in people_with_account(session),
            has_pin=pin_of(session, who.device, person) is not None,
            devices=devices_of(session, person),
            passkeys=tuple(passkeys_of(session, person)),
            recovery_left=count_recovery(session, person),
            fresh=is_fresh(who.began_at, now),
        )
