"""Keeps rows of a sheet as reports that nobody has opened. Importing twice changes nothing (promise 8)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.permissions import SWITCHES, Condition
from node.core.recorded_row import RecordedRow
from node.core.report import Part, Words, require_facts
from node.store.permissions import Given, append_entry
from node.store.reports import imported_before, insert_report, keep_fingerprint, put_report_part
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the rows, in their order: a new report's number, or None for one that was here before."""

    reports: tuple[int | None, ...]

    @property
    def new(self) -> tuple[int, ...]:
        """Numbers of the new reports."""
        return tuple(number for number in self.reports if number is not None)


def import_rows(desk: CaseDesk, *, rows: Sequence[RecordedRow], by: str, now: datetime) -> Imported:
    """Keeps all rows, or none. `recorded_rows` makes them of what the sheets' reader read.

    Permissions are kept *as recorded*: they allow keeping the row and nothing else, until a person has opened it. A row
    whose record was erased does not come back.

    Raises:
        Refused: `refused.agency`, and what `require_facts` refuses.
        NotYours: `access.role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        return keep_rows(session, desk, rows=rows, by=by, now=now)


def keep_rows(session: Session, desk: CaseDesk, *, rows: Sequence[RecordedRow], by: str, now: datetime) -> Imported:
    """Keeps them within the caller's transaction; as `import_rows`."""
    who = acting(session, by, access.may_import, now)
    made = tuple(_keep(session, desk, row, who, now) for row in rows)
    for report_id in made:
        if report_id is not None:
            audit.note(session, person=who.id, verb="import_row", subject=f"report/{report_id}", now=now)
    return Imported(reports=made)


def _keep(session: Session, desk: CaseDesk, row: RecordedRow, who: Staff, now: datetime) -> int | None:
    agency = row.agency or desk.config.name
    if agency != desk.config.name and agency not in desk.config.agencies:
        raise Refused("agency", "the agency is this project or one of its member agencies, as in the settings")
    if not access.may_take_for(who, agency):
        raise NotYours("agency", "an agency's people bring in that agency's rows")
    require_facts(row.facts)
    if imported_before(session, desk.vault, row.fingerprint, now) is not None:
        return None
    taken_at = min(row.taken_at or now, now)
    report_id = insert_report(
        session,
        desk.vault,
        agency=agency,
        facts=row.facts,
        taken_at=taken_at,
        taken_by=who.id,
        imported=True,
    )
    put_report_part(session, desk.vault, report_id, "scheme", row.scheme, at=now)
    put_report_part(session, desk.vault, report_id, "raw", row.raw_cells, at=now)
    put_report_part(session, desk.vault, report_id, "reporter", row.reporter, at=now)
    if row.private_words:
        put_report_part(session, desk.vault, report_id, "private", row.private_words, at=now)
    parts: tuple[tuple[Part, str], ...] = (("account", row.account), ("support", row.support_notes))
    for part, text in parts:
        if text:
            put_report_part(session, desk.vault, report_id, part, Words(text=text, by=who.name, at=taken_at), at=now)
    _keep_answers(session, desk, row, report_id, taken_at, now)
    keep_fingerprint(session, desk.vault, row.fingerprint, report_id, now)
    return report_id


def _keep_answers(
    session: Session, desk: CaseDesk, row: RecordedRow, report_id: int, taken_at: datetime, now: datetime
) -> None:
    """Conditions in words stand on every yes of the row but that to keeping it: which one they meant, a person says."""
    conditions = tuple(Condition(kind="other", words=words) for words in row.conditions)
    for switch in SWITCHES:
        if switch not in row.answers:
            continue
        held = () if switch == "record" else conditions
        append_entry(
            session,
            desk.vault,
            report_id=report_id,
            switch=switch,
            answer=row.answers[switch],
            given=Given(how="import", conditions=held),
            at=taken_at,
            now=now,
            as_recorded=True,
        )
