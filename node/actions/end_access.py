"""Ends a way in, at once: a session, a device that is lost or stolen, everything of somebody who leaves."""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.change_roles import require_coordinator
from node.core import access
from node.core.access import Staff
from node.core.account import Device
from node.core.errors import NotFound, NotYours, Refused
from node.core.session import SignedIn
from node.store import accounts, audit, devices
from node.store.people import acting, end_person, get_person
from node.store.sessions import end_session, touch_session


def sign_out(desk: CaseDesk, token: str, device_token: str, *, now: datetime) -> None:
    """Ends the session of this token, if there is one; the device stays enrolled."""
    with desk.store.begin() as session:
        try:
            found = touch_session(session, token, device_token, now)
        except NotFound:
            return
        end_session(session, found.id)
        audit.note(session, person=found.staff.id, verb="sign_out", subject=f"session/{found.id}", now=now)


def end_device(desk: CaseDesk, who: SignedIn, *, device: int, now: datetime) -> int:
    """Lost or stolen: nothing is open on it any more from the next page on; how many sessions were.

    Raises:
        NotYours: `access.device`: they are neither enrolled on it nor look after somebody who is.
        NotFound: `not_found.device`.
    """
    with desk.store.begin() as session:
        found = devices.get_device(session, device)
        if not _may_end_device(session, who.staff, found, now):
            raise NotYours("device", "this device is not one of yours")
        ended = devices.end_device(session, device)
        audit.note(session, person=who.staff.id, verb="end_device", subject=f"device/{device}", now=now)
        return ended


def may_end_devices(session: Session, who: Staff, found: list[Device], now: datetime) -> list[Device]:
    """Those of them that somebody may end: their own, and those of people whom they look after."""
    return [one for one in found if _may_end_device(session, who, one, now)]


def end_account(desk: CaseDesk, *, person: int, by: str, now: datetime) -> None:
    """Somebody leaves: nothing opens their account any more, every session ends, every role. Their name stays.

    Raises:
        Refused: `refused.left`, `refused.last_coordinator`.
        NotYours: `access.role`, `access.person`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_manage_people, now)
        other = get_person(session, person, now)
        if other.ended_at is not None:
            raise Refused("left", "they do not work here any more")
        if not access.may_end(who, other.staff):
            raise NotYours("person", "their account is not yours to look after")
        accounts.end_account(session, person)
        end_person(session, person, now)
        audit.note(session, person=who.id, verb="end_account", subject=f"person/{person}", now=now)
        require_coordinator(session, now)


def _may_end_device(session: Session, who: Staff, device: Device, now: datetime) -> bool:
    if who.id in device.people:
        return True
    if not access.may_manage_people(who):
        return False
    return any(access.may_end(who, get_person(session, one, now).staff) for one in device.people) or not device.people
