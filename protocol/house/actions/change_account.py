"""Somebody changes their own account: password, recovery codes, this device's name and PIN. They have confirmed it."""

from datetime import datetime

from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.verify_password import pin_text, stretch
from protocol.house.core.account import device_name, require_pin
from protocol.house.core.passwords import require_password
from protocol.house.core.second_step import RECOVERY_RANDOMNESS, recovery_codes, recovery_hash
from protocol.house.core.session import SignedIn
from protocol.house.store import audit
from protocol.house.store.accounts import put_password, put_recovery
from protocol.house.store.devices import name_device, put_pin
from protocol.house.store.sessions import end_sessions


def change_password(desk: HouseDesk, who: SignedIn, *, password: str, now: datetime) -> None:
    """Another password; their other sessions end.

    Raises:
        Refused: as `require_password`.
    """
    require_password(password, (who.staff.name, desk.name))
    kept = stretch(desk, password)
    with desk.store.begin() as session:
        put_password(session, who.staff.id, kept)
        end_sessions(session, person=who.staff.id, but=who.id)
        _note(session, who, "change_password", f"person/{who.staff.id}", now)


def renew_recovery_codes(desk: HouseDesk, who: SignedIn, *, now: datetime) -> tuple[str, ...]:
    """Eight new ones, shown now and never again; those before are void."""
    codes = recovery_codes(desk.vault.randomness(RECOVERY_RANDOMNESS))
    with desk.store.begin() as session:
        put_recovery(session, who.staff.id, map(recovery_hash, codes))
        _note(session, who, "renew_recovery_codes", f"person/{who.staff.id}", now)
    return codes


def rename_device(desk: HouseDesk, who: SignedIn, *, name: str, now: datetime) -> None:
    """Names the device that they are at.

    Raises:
        Refused: `refused.device_name`.
        NotFound: `not_found.device`.
    """
    named = device_name(name)
    with desk.store.begin() as session:
        name_device(session, who.device, named)
        _note(session, who, "name_device", f"device/{who.device}", now)


def set_pin(desk: HouseDesk, who: SignedIn, *, pin: str, now: datetime) -> None:
    """Sets their PIN on the device that they are at: it opens the lock screen there, and nothing else.

    Raises:
        Refused: `refused.pin`, `refused.pin_common`.
        NotFound: `not_found.device`.
    """
    require_pin(pin)
    with desk.store.begin() as session:
        text = pin_text(session, desk, device=who.device, person=who.staff.id, pin=pin, now=now)
    kept = stretch(desk, text)
    with desk.store.begin() as session:
        put_pin(session, who.device, who.staff.id, kept)
        _note(session, who, "set_pin", f"device/{who.device}", now)


def _note(session: Session, who: SignedIn, verb: str, subject: str, now: datetime) -> None:
    audit.note(session, person=who.staff.id, verb=verb, subject=subject, now=now)
