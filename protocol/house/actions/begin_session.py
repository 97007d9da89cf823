"""Begins a session for somebody who has proved who they are, on the device that they are at."""

from datetime import datetime

from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.account import TOKEN_BYTES
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.devices import device_of, enrol_person, insert_device, is_enrolled
from protocol.house.store.sessions import insert_session


class Begun(Unprinted, frozen=True):
    """What goes into the browser, and nowhere else.

    Attributes:
        token: of the session.
        device_token: of the device: the same as before on one that was enrolled.
        first_time: this person was never signed in on this device before.
    """

    token: str
    device_token: str
    first_time: bool


def begin_session(desk: HouseDesk, *, person: int, device_token: str | None, now: datetime) -> Begun:
    """A session of one shift.

    Args:
        person: who it is; whoever calls has their proof.
        device_token: what the browser holds, or None; one that is not enrolled, or was ended, is enrolled as new.
    """
    with desk.store.begin() as session:
        return open_session(session, desk, person=person, device_token=device_token, now=now)


def open_session(session: Session, desk: HouseDesk, *, person: int, device_token: str | None, now: datetime) -> Begun:
    """Begins it within the caller's transaction."""
    device = None if device_token is None else device_of(session, device_token)
    if device is None or device_token is None:
        device_token = desk.vault.randomness(TOKEN_BYTES).hex()
        device = insert_device(session, token=device_token, name=f"Device of {now:%d %B %Y}", now=now)
        audit.note(session, person=person, verb="enrol_device", subject=f"device/{device}", now=now)
    first_time = not is_enrolled(session, device, person)
    enrol_person(session, device, person, now)
    token, csrf = desk.vault.randomness(TOKEN_BYTES).hex(), desk.vault.randomness(TOKEN_BYTES).hex()
    number = insert_session(session, person=person, device=device, token=token, csrf=csrf, now=now)
    audit.note(session, person=person, verb="sign_in", subject=f"session/{number}", now=now)
    return Begun(token, device_token, first_time)
