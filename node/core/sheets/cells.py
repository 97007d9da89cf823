"""Cells, records and worksheets: what every kind of file is read into."""

import datetime
import re
from typing import Final

import msgspec

MAX_RECORDS: Final = 100_000


MAX_COLUMNS: Final = 400


_HYPERLINK: Final = re.compile(r'=\s*HYPERLINK\s*\(\s*"(?:[^"]|"")*"?.*?[,;]\s*"((?:[^"]|"")*)"\s*\)', re.I | re.S)


_FORMULA: Final = re.compile(r"\s*(=|[+\-@][A-Za-z_.]{2,}\()")


class Cell(msgspec.Struct, frozen=True):
    """One cell. `text` leaves out what is struck through and what a formula would do; `raw` keeps everything.

    `day` is set where the sheet holds a date and not a text; `number` where it holds a number.
    """

    text: str = ""
    raw: str = ""
    comment: str = ""
    struck: bool = False
    formula: bool = False
    day: datetime.date | None = None
    number: float | None = None
    form: str = ""

    @property
    def blank(self) -> bool:
        """Nothing at all is in the cell."""
        return not self.raw.strip() and not self.comment.strip()


class Record(msgspec.Struct, frozen=True):
    """One line of a worksheet. `number` counts from 1, as `csv.reader` or the workbook does."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    merged_across: bool = False

    @property
    def blank(self) -> bool:
        """Every cell is blank."""
        return all(cell.blank for cell in self.cells)


class Worksheet(msgspec.Struct, frozen=True):
    """A table as it stands. `name` is empty for a CSV."""

    name: str
    records: tuple[Record, ...]
    hidden: bool = False


class Source(msgspec.Struct, frozen=True):
    """A whole file. `said` is what was found out about it, for the person who imports."""

    worksheets: tuple[Worksheet, ...]
    encoding: str = ""
    delimiter: str = ""
    said: tuple[str, ...] = ()


def text_cell(value: str, *, comment: str = "") -> Cell:
    """A cell that holds a text, which may be a formula typed as one: a formula does nothing and says nothing but its
    friendly text."""
    raw = value
    if _FORMULA.match(value):
        return Cell(text=friendly_text(value), raw=raw, comment=comment, formula=True)
    text = value.strip()
    if len(text) > 1 and text[0] in "+-'" and not text[1].isdigit() and text[1] not in " -—":
        text = text[1:].lstrip()
    return Cell(text=text, raw=raw, comment=comment, number=_number(text))


def friendly_text(formula: str) -> str:
    """What a formula shows, where that can be known without computing: the second part of HYPERLINK."""
    found = _HYPERLINK.match(formula.strip())
    return found[1].replace('""', '"').strip() if found else ""


def _number(text: str) -> float | None:
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text):
        return float(text)
    return None
