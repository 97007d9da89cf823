"""Answers to the six switches: appended, never changed. Wording, witness, way and conditions are sealed."""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from node.core.overrides import require_two
from node.core.permissions import Answer, Condition, Entry, Switch
from node.store.records_tables import PermissionRow
from node.store.vault import Owner, latest_part, put_part
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.people import person_id
from protocol.house.store.vault import Vault

_PART = "given"


class Given(Unprinted, frozen=True, kw_only=True):
    """How an answer was given: sealed beside its row. `waived_with`, `wanted_now`: as in `core.permissions.Entry`."""

    wording: str = ""
    witness: str = ""
    how: str = "in_person"
    conditions: tuple[Condition, ...] = ()
    waived_with: str = ""
    wanted_now: bool = False


def require_waiver(session: Session, given: Given, by: str) -> None:
    """The day of cooling off is waived with a second worker present, who is known here.

    Raises:
        Refused: `refused.second_person`.
        NotFound: `not_found.person`.
    """
    if given.waived_with:
        require_two(by, given.waived_with)
        person_id(session, given.waived_with)


def append_entry(
    session: Session,
    vault: Vault,
    *,
    report_id: int,
    switch: Switch,
    answer: Answer,
    given: Given,
    at: datetime,
    now: datetime,
    as_recorded: bool = False,
    settles: int | None = None,
) -> int:
    """Adds an answer; its number.

    Args:
        at: when it was given.
        now: when it is typed in.
    """
    row = PermissionRow(
        report_id=report_id,
        switch=switch,
        answer=answer,
        at=at,
        recorded_at=now,
        as_recorded=as_recorded,
        settles=settles,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, Owner("permission", row.id, report_id), _PART, given, at=now)
    return row.id


def read_entries(session: Session, vault: Vault, report_id: int) -> tuple[Entry, ...]:
    """All answers of a report, in the order in which they were typed in.

    Raises:
        SealBroken: a condition cannot be read: nothing is allowed rather than something forgotten.
    """
    rows = session.exec(
        select(PermissionRow).where(PermissionRow.report_id == report_id).order_by(col(PermissionRow.id))
    ).all()
    return tuple(_entry(session, vault, row) for row in rows)


def _entry(session: Session, vault: Vault, row: PermissionRow) -> Entry:
    assert row.id is not None
    given = latest_part(session, vault, Owner("permission", row.id, row.report_id), _PART, Given)
    assert given is not None
    return msgspec.convert(
        {
            "id": row.id,
            "switch": row.switch,
            "answer": row.answer,
            "at": row.at,
            "recorded_at": row.recorded_at,
            "wording": given.wording,
            "witness": given.witness,
            "how": given.how,
            "conditions": given.conditions,
            "as_recorded": row.as_recorded,
            "settles": row.settles,
            "waived_with": given.waived_with,
            "wanted_now": given.wanted_now,
        },
        Entry,
    )
