"""A line of a table, its cells by what their columns mean, and what it is read against."""

import datetime
import hashlib
import re
from typing import Final

import msgspec

from node.core.sheets.cells import Cell, Record
from node.core.sheets.date_values import When
from node.core.sheets.layout import Table
from node.core.sheets.mapping import TableMapping
from node.core.sheets.meanings import PERMISSION
from node.core.sheets.taken_days import Taken
from node.core.sheets.words import fold


class RowContext(msgspec.Struct, frozen=True):
    """What a line is read against."""

    table: Table
    mapped: TableMapping
    home_area: str | None
    year: int | None
    date_order: str
    taken: Taken | None
    staff: frozenset[str]
    above: Record | None
    today: datetime.date


class Line:
    """The cells of a line by meaning, with `as above` filled from the line above where that is certain."""

    def __init__(self, record: Record, context: RowContext) -> None:
        self._cells: dict[str, list[tuple[str, Cell]]] = {}
        self.everything: list[tuple[str, str, Cell]] = []
        for i, cell in enumerate(record.cells):
            column = context.table.columns[i] if i < len(context.table.columns) else None
            meaning = column.meaning if column and column.meaning else "notes"
            heading = column.heading if column else ""
            cell = _filled(cell, i, meaning, context.above)  # noqa: PLW2901
            self._cells.setdefault(meaning, []).append((heading, cell))
            self.everything.append((heading, meaning, cell))

    def cells(self, *meanings: str) -> list[Cell]:
        """All cells of columns that mean one of these."""
        return [cell for meaning in meanings for _, cell in self._cells.get(meaning, [])]

    def text(self, *meanings: str) -> str:
        """Their texts, joined."""
        return " ; ".join(cell.text for cell in self.cells(*meanings) if cell.text)

    def headed(self, *meanings: str) -> list[tuple[str, Cell]]:
        """Headings and cells."""
        return [pair for meaning in meanings for pair in self._cells.get(meaning, [])]


_ABOVE: Final = frozenset(
    {
        "as above",
        "ditto",
        "do.",
        "〃",
        '"',
        "''",
        ",,",
        "same as above",
        "see above",
        "dto",
        "dto.",
        "wie oben",
        "idem",
        "id.",
        "same again",
        "same man as above",
        "as previous",
        "'",
        "same as last",
        "fel uchod",
    }
)

_NEVER_ABOVE: Final = frozenset({*PERMISSION, "what_happened", "ref", "notes", "outcome", "police_ref", "reporter_age"})


def _filled(cell: Cell, index: int, meaning: str, above: Record | None) -> Cell:
    if (
        fold(cell.text).strip(" .") not in _ABOVE
        or meaning in _NEVER_ABOVE
        or above is None
        or index >= len(above.cells)
    ):
        return cell
    other = above.cells[index]
    if fold(other.text).strip(" .") in _ABOVE:
        return cell
    return msgspec.structs.replace(cell, text=other.text, day=other.day, number=other.number)


def staff_names(table: Table, reports: list[Record], mapped: TableMapping) -> frozenset[str]:
    """Names of staff in the columns of who took a report, and in the mapping."""
    names = set(mapped.staff)
    for column in table.columns:
        if column.meaning != "taken_by":
            continue
        for record in reports:
            text = record.cells[column.index].text if column.index < len(record.cells) else ""
            for part in re.split(r"[+,/&()]|\band\b", text):
                plain = part.strip()
                if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ'’-]{2,}(?: [A-ZÀ-Þ][\w'’-]*)?", plain) and fold(plain) not in (
                    "web form",
                    "online",
                    "web",
                    "email",
                    "phone",
                ):
                    names.add(plain)
    return frozenset(names)


def reporter_marks_of(line: Line) -> frozenset[str]:
    """What tells one reporter from another, folded: numbers, addresses and the first alias."""
    marks = {
        f"name:{fold(m[0])}" for cell in line.cells("reporter") if (m := re.match(r"\s*[^\W\d_][\w'’-]+", cell.text))
    }
    for cell in line.cells("reporter", "reporter_contact"):
        digits = re.sub(r"\D", "", cell.text)
        if 10 <= len(digits) <= 12:
            marks.add(f"phone:{digits[-9:]}")
        marks |= {f"mail:{mail.lower()}" for mail in re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", cell.text)}
    return frozenset(marks)


def texts_of(line: Line, meanings: tuple[str, ...]) -> str:
    """Headings and cells as written, a line each; nothing is left out but blanks."""
    parts = []
    for heading, meaning, cell in line.everything:
        if not set(meaning.split("+")) & set(meanings) or cell.blank:
            continue
        said = cell.raw.strip() or cell.text
        note = f" [comment: {cell.comment}]" if cell.comment else ""
        parts.append(f"{heading}: {said}{note}" if heading else f"{said}{note}")
    return "\n".join(parts)


def as_written(record: Record, table: Table) -> tuple[tuple[str, str, str], ...]:
    """Every cell of a record that is not blank: heading, text, comment."""
    written = []
    for i, cell in enumerate(record.cells):
        heading = table.columns[i].heading if i < len(table.columns) else ""
        if not cell.blank:
            written.append((heading, cell.raw, cell.comment))
    return tuple(written)


def contents_of(line: Line, taken: datetime.date | None, when: When | None) -> list[tuple[str, str]]:
    """What the cells say, by meaning: the same for one report in two sheets."""
    contents = []
    for _, meaning, cell in line.everything:
        if cell.blank:
            continue
        text = fold(cell.raw)
        if meaning == "taken_on" and taken is not None:
            text = taken.isoformat()
        elif meaning == "incident_date" and when is not None and when.min == when.max and when.min is not None:
            text = when.min.isoformat()
        contents.append((meaning, f"{text}\x1f{fold(cell.comment)}"))
    return contents


def fingerprint_of(contents: list[tuple[str, str]]) -> str:
    """SHA-256 over contents, in any order."""
    digest = hashlib.sha256(b"watchword-sheet-row/v1")
    for meaning, text in sorted(contents):
        for part in (meaning.encode(), text.encode("utf-8", "surrogatepass")):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
