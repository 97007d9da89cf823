"""Ends a way in, at once: a session, a device that is lost or stolen, everything of somebody who leaves."""

from datetime import datetime

from sqlmodel import Session

from protocol.house.actions.change_roles import require_keeper
from protocol.house.actions.desk import HouseDesk
from protocol.house.core.account import Device
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.core.session import SignedIn
from protocol.house.core.staff import Staff
from protocol.house.store import accounts, audit, devices
from protocol.house.store.people import acting, end_person, get_person
from protocol.house.store.sessions import end_session, touch_session


def sign_out(desk: HouseDesk, token: str, device_token: str, *, now: datetime) -> None:
    """Ends the session of this token, if there is one; the device stays enrolled."""
    with desk.store.begin() as session:
        try:
            found = touch_session(session, token, device_token, now)
        except NotFound:
            return
        end_session(session, found.id)
        audit.note(session, person=found.staff.id, verb="sign_out", subject=f"session/{found.id}", now=now)


def end_device(desk: HouseDesk, who: SignedIn, *, device: int, now: datetime) -> int:
    """Lost or stolen: nothing is open on it any more from the next page on; how many sessions were.

    Raises:
        NotYours: `access.device`: they are neither enrolled on it nor look after somebody who is.
        NotFound: `not_found.device`.
    """
    with desk.store.begin() as session:
        found = devices.get_device(session, device)
        if not _may_end_device(session, desk, who.staff, found, now):
            raise NotYours("device", "this device is not one of yours")
        ended = devices.end_device(session, device)
        audit.note(session, person=who.staff.id, verb="end_device", subject=f"device/{device}", now=now)
        return ended


def end_account(desk: HouseDesk, *, person: int, by: str, now: datetime) -> None:
    """Somebody leaves: nothing opens their account any more, every session ends, every role. Their name stays.

    Raises:
        Refused: `refused.left`, `refused.last_keeper`.
        NotYours: `access.role`, `access.person`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, desk.staffing.may_manage_people, now)
        other = get_person(session, person, now)
        if other.ended_at is not None:
            raise Refused("left", "they do not work here any more")
        if not desk.staffing.may_end(who, other.staff):
            raise NotYours("person", "their account is not yours to look after")
        accounts.end_account(session, person)
        end_person(session, person, now)
        audit.note(session, person=who.id, verb="end_account", subject=f"person/{person}", now=now)
        require_keeper(session, desk.staffing, now)


def _may_end_device(session: Session, desk: HouseDesk, who: Staff, device: Device, now: datetime) -> bool:
    if who.id in device.people:
        return True
    if not desk.staffing.may_manage_people(who):
        return False
    return (
        any(desk.staffing.may_end(who, get_person(session, one, now).staff) for one in device.people)
        or not device.people
    )
