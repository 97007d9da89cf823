"""A sheet's row as the records keep it: what was read, the cells as they were, and answers that are only *as recorded*.

Values only. The sheets' reader says what a row holds; this is the shape in which `import_rows` takes it.
"""

from collections.abc import Mapping
from datetime import datetime

from node.core.permissions import Answer, Switch
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import SchemeData
from protocol.house.core.unprinted import Unprinted


class RecordedRow(Unprinted, frozen=True, kw_only=True):
    """One row that is a report.

    Attributes:
        fingerprint: the same for the same row, whenever and from whichever copy of the sheet it is read.
        agency: the member agency, or None for the project's own.
        taken_at: when the report was taken; None if the sheet does not say.
        answers: to the switches, as the cells say; only a yes without doubt is a yes.
        conditions: what stands in permission cells beside or instead of an answer, in words.
        raw_cells: heading, the cell as it was (formulas and markup as text), its comment.
        private_words: what the row knows to be private.
    """

    fingerprint: str
    facts: Facts
    scheme: SchemeData
    answers: Mapping[Switch, Answer]
    raw_cells: tuple[tuple[str, str, str], ...]
    account: str = ""
    support_notes: str = ""
    agency: str | None = None
    taken_at: datetime | None = None
    conditions: tuple[str, ...] = ()
    reporter: ReporterPart = ReporterPart()
    private_words: tuple[str, ...] = ()
