"""Devices: enrolled at sign-in, named, with a PIN for each person on them, ended at once when lost."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from protocol.house.core.account import Device
from protocol.house.core.errors import NotFound
from protocol.house.store.account_tables import DevicePersonRow, DeviceRow, SessionRow
from protocol.house.store.hashed import token_hash
from protocol.house.store.sessions import end_sessions


def insert_device(session: Session, *, token: str, name: str, now: datetime) -> int:
    """A new one; its number."""
    row = DeviceRow(token_hash=token_hash(token), name=name, enrolled_at=now, seen_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def enrol_person(session: Session, device: int, person: int, now: datetime) -> None:
    """They have signed in on it."""
    if session.get(DevicePersonRow, (device, person)) is None:
        session.add(DevicePersonRow(device_id=device, person_id=person, enrolled_at=now))
        session.flush()


def device_of(session: Session, token: str) -> int | None:
    """The number of the device that holds this, or None: it is not enrolled, or was ended."""
    return session.exec(select(DeviceRow.id).where(DeviceRow.token_hash == token_hash(token))).one_or_none()


def is_enrolled(session: Session, device: int | None, person: int | None) -> bool:
    """Whether this person has signed in on that device before."""
    return session.get(DevicePersonRow, (device or 0, person or 0)) is not None


def name_device(session: Session, device: int, name: str) -> None:
    """Gives it a name.

    Raises:
        NotFound: `not_found.device`.
    """
    _row(session, device).name = name


def put_pin(session: Session, device: int, person: int, pin_hash: str) -> None:
    """Sets somebody's PIN on it.

    Raises:
        NotFound: `not_found.device`.
    """
    row = session.get(DevicePersonRow, (device, person))
    if row is None:
        raise NotFound("device", "this device is not enrolled any more")
    row.pin_hash = pin_hash


def pin_of(session: Session, device: int, person: int) -> str | None:
    """The hash of somebody's PIN on it, or None: they have none there."""
    row = session.get(DevicePersonRow, (device, person))
    return None if row is None else row.pin_hash


def get_device(session: Session, device: int) -> Device:
    """It.

    Raises:
        NotFound: `not_found.device`.
    """
    return _devices(session, [_row(session, device)])[0]


def devices_of(session: Session, person: int) -> tuple[Device, ...]:
    """Those on which this person has signed in, the last used first."""
    rows = select(DeviceRow).join(DevicePersonRow, col(DevicePersonRow.device_id) == col(DeviceRow.id))
    rows = rows.where(DevicePersonRow.person_id == person).order_by(col(DeviceRow.seen_at).desc())
    return tuple(_devices(session, session.exec(rows).all()))


def end_device(session: Session, device: int) -> int:
    """Nothing is open on it any more, and nobody enrolled; how many sessions were."""
    ended = end_sessions(session, device=device)
    session.exec(delete(DevicePersonRow).where(col(DevicePersonRow.device_id) == device))
    session.exec(delete(DeviceRow).where(col(DeviceRow.id) == device))
    return ended


def _row(session: Session, device: int) -> DeviceRow:
    row = session.get(DeviceRow, device)
    if row is None:
        raise NotFound("device", "there is no such device: it was ended")
    return row


def _devices(session: Session, rows: Sequence[DeviceRow]) -> list[Device]:
    ids = [row.id for row in rows]
    people: defaultdict[int, list[int]] = defaultdict(list)
    enrolled = select(DevicePersonRow.device_id, DevicePersonRow.person_id)
    for device, person in session.exec(enrolled.where(col(DevicePersonRow.device_id).in_(ids))):
        people[device].append(person)
    open_on = Counter(session.exec(select(SessionRow.device_id).where(col(SessionRow.device_id).in_(ids))))
    return [
        Device(
            id=row.id,
            name=row.name,
            enrolled_at=row.enrolled_at,
            seen_at=row.seen_at,
            people=tuple(people[row.id]),
            signed_in=open_on[row.id],
        )
        for row in rows
        if row.id is not None
    ]
