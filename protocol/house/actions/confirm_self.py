"""Somebody signed in shows once more that it is them: by password, or by the PIN of this device. Five wrong end it."""

from datetime import datetime

from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.verify_password import is_stretched, pin_text
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.passwords import NOBODYS
from protocol.house.core.session import SignedIn, is_fresh
from protocol.house.store.accounts import get_account
from protocol.house.store.devices import pin_of
from protocol.house.store.sessions import NOBODY, count_wrong, forgive_wrong, unlock_session


def has_pin(desk: HouseDesk, who: SignedIn) -> bool:
    """Whether they have a PIN on the device that they are at."""
    with desk.store.read() as session:
        return pin_of(session, who.device, who.staff.id) is not None


def unlock(desk: HouseDesk, who: SignedIn, *, pin: str, password: str, now: datetime) -> None:
    """Opens a locked screen by the PIN or, where there is none or it is forgotten, by the password.

    Raises:
        Refused: `refused.unlock`.
        NotFound: `not_found.session`: these were all the tries, or it is over.
    """
    _require_own(desk, who, pin=pin, password=password, now=now, code="unlock")
    with desk.store.begin() as session:
        unlock_session(session, who.id, now)


def confirm_self(desk: HouseDesk, who: SignedIn, *, password: str, now: datetime) -> None:
    """Before the account is changed; just after signing in it is not asked.

    Raises:
        Refused: `refused.password`.
        NotFound: `not_found.session`.
    """
    if is_fresh(who.began_at, now):
        return
    _require_own(desk, who, pin="", password=password, now=now, code="password")
    with desk.store.begin() as session:
        forgive_wrong(session, who.id)


def _require_own(desk: HouseDesk, who: SignedIn, *, pin: str, password: str, now: datetime, code: str) -> None:
    """A try is counted before it is looked at."""
    person = who.staff.id
    with desk.store.begin() as session:
        goes_on = count_wrong(session, who.id)
        if pin:
            kept = pin_of(session, who.device, person) or NOBODYS
            typed = pin_text(session, desk, device=who.device, person=person, pin=pin, now=now)
        else:
            account = get_account(session, desk.vault, person)
            kept, typed = (NOBODYS if account is None else account.password_hash), password
    if not goes_on:
        raise NotFound("session", NOBODY)
    if not is_stretched(kept, typed):
        what = "PIN" if pin else "password"
        raise Refused(code, f"this {what} is not right: after five wrong ones you sign in again")
