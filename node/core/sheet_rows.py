"""From what the sheets' reader read to what the records keep. Nothing is read here, and no doubt becomes a yes."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time
from typing import Final

from node.core.permissions import Answer, Switch
from node.core.recorded_row import RecordedRow
from node.core.report import Age, Facts
from node.core.sheets.imported_row import ImportedRow

_AGES: Final[dict[str, Age]] = {"18_or_over": "adult", "under_18": "under_18", "not_sure": "not_sure"}
_SWITCHES: Final[tuple[tuple[Switch, str], ...]] = (
    ("record", "record"),
    ("warn_own", "local_alert"),
    ("warn_others", "national_alert"),
    ("police_anonymous", "police_anonymous"),
    ("police_full", "police_full"),
)
_ANSWERS: Final[dict[bool | None, Answer]] = {True: "yes", False: "no", None: "not_asked"}
_REPORTS: Final = frozenset({"report", "needs-a-person"})
_NOON: Final = time(12, tzinfo=UTC)


def recorded_rows(rows: Iterable[ImportedRow], agencies: Collection[str]) -> list[RecordedRow]:
    """The rows of a sheet that are reports, also those that need a person; not copies, totals, dividers.

    A row that says that no record is wanted, or that it is to be erased, makes none; the import still lists it.

    Args:
        agencies: the node's member agencies; a row of another name is the project's own.
    """
    wanted = (row for row in rows if row.status in _REPORTS and row.permission.record is not False)
    return [_recorded(row, agencies) for row in wanted]


def _recorded(row: ImportedRow, agencies: Collection[str]) -> RecordedRow:
    relayed = row.told_by == "other_scheme" or row.row_kind == "relayed"
    age = _AGES.get(row.reporter_age, "not_asked")
    facts = Facts(
        source="other_scheme" if relayed else "report",
        told_by=row.told_by,
        age_at_event=age,
        age_now=age,
        officer="police_subject" in row.flags or any(person.officer for person in row.data.persons),
        coercive="coercive_other" in row.flags or "coercive_other" in row.data.incident_types,
    )
    return RecordedRow(
        fingerprint=row.fingerprint,
        facts=facts,
        scheme=row.data,
        answers={switch: _ANSWERS[getattr(row.permission, name)] for switch, name in _SWITCHES},
        conditions=row.permission.conditions,
        raw_cells=row.cells,
        account=row.first_account,
        support_notes=row.support_notes,
        agency=row.agency if row.agency in agencies else None,
        taken_at=None if row.taken_on is None else datetime.combine(row.taken_on, _NOON),
        private_words=(*row.private_strings, *((row.reporter_text,) if row.reporter_text else ())),
    )
