"""Where a worksheet's heading is, and what kind of line each line below it is.

Nothing is left out: lines above the heading and worksheets without one are kept beside, with the reason.
"""

import re
from typing import Final

import msgspec

from node.core.sheets.cells import Record, Worksheet
from node.core.sheets.headings import read_client, understand, without_client
from node.core.sheets.meanings import PERMISSION, PERSON, PRIVATE, REACH, Heading, is_meaning
from node.core.sheets.words import fold

LOOK_FOR_HEADING: Final = 40
"""Lines from the top among which a heading is looked for."""


class Column(msgspec.Struct, frozen=True):
    """One column: its place from 0, its heading as written, the group heading over it, what it means ("" unknown)."""

    index: int
    heading: str
    group: str = ""
    meaning: str = ""


class Table(msgspec.Struct, frozen=True):
    """A worksheet's table. `heading_rows` are record numbers; `above` and `below` are the records around."""

    worksheet: str
    heading_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    above: tuple[Record, ...]
    below: tuple[Record, ...]


def find_table(worksheet: Worksheet, at: int | None = None) -> Table | None:
    """The table of a worksheet: its heading is the line with most headings understood; None if no line has three.

    Args:
        worksheet: as read.
        at: the record number of the heading, where a mapping says it.
    """
    records = worksheet.records
    position = _heading_position(records, at)
    if position is None:
        return None
    texts = [_heading_text(cell.raw) for cell in records[position].cells]
    if position:
        texts = _with_those_above(texts, records[position - 1])
    groups = _groups(records[position - 1]) if position else []
    last = position
    rows = [records[position].number]
    if position + 1 < len(records) and _continues_heading(texts, records[position + 1]):
        second = [_heading_text(cell.raw) for cell in records[position + 1].cells]
        groups = _fill_right(texts, second)
        texts = [under or over for over, under in _paired(texts, second)]
        last += 1
        rows.append(records[last].number)
    columns = tuple(
        Column(index=i, heading=text, group=groups[i] if i < len(groups) else "") for i, text in enumerate(texts)
    )
    return Table(
        worksheet=worksheet.name,
        heading_rows=tuple(rows),
        columns=assign(columns, asked=_speaks_of_permission(records[:position])),
        above=records[:position],
        below=records[last + 1 :],
    )


def _heading_position(records: tuple[Record, ...], at: int | None) -> int | None:
    if at is not None:
        return next((i for i, record in enumerate(records) if record.number == at), None)
    best, best_score = None, 0.0
    for i, record in enumerate(records[:LOOK_FOR_HEADING]):
        score = _heading_score(record)
        if score > best_score + 0.5:
            best, best_score = i, score
    return best


def _heading_score(record: Record) -> float:
    texts = [cell.raw.strip() for cell in record.cells if cell.raw.strip()]
    if len(texts) < 3 or record.merged_across:
        return 0.0
    short = [text for text in texts if len(text) <= 60 and not re.fullmatch(r"[\d\s./:+\-]+", text)]
    meanings = [heading.meaning for text in short if (heading := understand(text))]
    distinct = len(set(meanings))
    if distinct < 3 or len(meanings) * 2 < len(texts):
        return 0.0
    return distinct + 0.3 * len(meanings) - 1.5 * (len(texts) - len(short))


def _heading_text(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _with_those_above(texts: list[str], above: Record) -> list[str]:
    """A heading that spans two lines stands in the upper one and leaves the lower one blank."""
    if sum(1 for cell in above.cells if cell.raw.strip()) < 2 or above.merged_across:
        return texts
    upper = [_heading_text(cell.raw) for cell in above.cells]
    return [text or over if len(over) <= 40 else text for over, text in _paired(upper, texts)]


def _groups(record: Record) -> list[str]:
    """Group headings of the line above, carried right; none if that line is a title."""
    texts = [_heading_text(cell.raw) for cell in record.cells]
    filled = [text for text in texts if text]
    if len(filled) < 2 or record.merged_across or any(len(text) > 60 for text in filled):
        return []
    carried, current = [], ""
    for text in texts:
        current = text or current
        carried.append(current)
    return carried


def _continues_heading(texts: list[str], record: Record) -> bool:
    """Whether the next line holds the second part of a heading: short headings, mostly under blanks or groups."""
    second = [_heading_text(cell.raw) for cell in record.cells]
    filled = [(i, text) for i, text in enumerate(second) if text]
    if not filled or any(len(text) > 40 for _, text in filled):
        return False
    new = [i for i, text in filled if i >= len(texts) or text != texts[i]]
    if len(new) < 2:
        return False
    under_blank = [i for i in new if i >= len(texts) or not texts[i] or (i + 1 < len(texts) and not texts[i + 1])]
    understood = [i for i in new if understand(second[i], _left_of(texts, i)) is not None]
    numbers = [text for _, text in filled if re.search(r"\d", text)]
    return len(under_blank) * 3 >= len(new) * 2 and len(understood) * 3 >= len(new) * 2 and not numbers


def _left_of(texts: list[str], index: int) -> str:
    return next((text for text in reversed(texts[: index + 1]) if text), "")


def _fill_right(texts: list[str], second: list[str]) -> list[str]:
    filled = []
    for i, (_, under) in enumerate(_paired(texts, second)):
        filled.append(_left_of(texts, i) if under else "")
    return filled


def _paired(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    size = max(len(first), len(second))
    return list(zip(first + [""] * (size - len(first)), second + [""] * (size - len(second)), strict=True))


def _speaks_of_permission(records: tuple[Record, ...]) -> bool:
    texts = [fold(cell.text) for record in records for cell in record.cells if cell.text]
    return any(re.search(r"\bconsent|\bpermission|\bagreed\b|\bsaid (?:yes|no)\b", text) for text in texts)


def assign(columns: tuple[Column, ...], *, asked: bool = False) -> tuple[Column, ...]:
    """Gives each column its meaning: by its words, then by the group over it, then by its neighbours.

    What nobody can tell is private (`notes`): it is kept and shown to no one else.

    Args:
        columns: with headings and groups.
        asked: the lines above speak of permission, so that *Local?* and *Police?* ask for it.
    """
    client = read_client(tuple(f"{column.group} {column.heading}" for column in columns))
    found = [
        understand(without_client(column.heading, client), without_client(column.group, client)) for column in columns
    ]
    meanings = [heading.meaning if heading else "" for heading in found]
    _settle_dates(meanings)
    for i, heading in enumerate(found):
        if heading is not None and meanings[i] not in PERMISSION and (not heading.sure or not is_meaning(meanings[i])):
            meanings[i] = _by_neighbours(meanings[i], i, meanings, found)
    if not asked:
        _settle_permission(meanings, found)
    _settle_told_by(meanings, found)
    _settle_single("ref", meanings, "notes")
    return tuple(
        msgspec.structs.replace(column, meaning=meaning or ("notes" if column.heading else ""))
        for column, meaning in zip(columns, meanings, strict=True)
    )


def _settle_dates(meanings: list[str]) -> None:
    bare = [i for i, meaning in enumerate(meanings) if meaning == "date"]
    taken, event = "taken_on" in meanings, "incident_date" in meanings
    for i in bare:
        if taken and not event:
            meanings[i], event = "incident_date", True
        elif event and not taken:
            meanings[i], taken = "taken_on", True
        elif not event:
            later = any(meaning == "date" for meaning in meanings[i + 1 :])
            meanings[i] = "taken_on" if later else "incident_date"
            taken, event = taken or later, event or not later
        else:
            meanings[i] = "notes"


_KIND: Final = {
    **dict.fromkeys((*PERSON, *REACH), "person"),
    **dict.fromkeys((*PRIVATE, "told_by"), "reporter"),
}


def _by_neighbours(meaning: str, index: int, meanings: list[str], found: list[Heading | None]) -> str:
    """Whose `phone`, `name` or `age` it is: the person's if the columns beside it are, else the reporter's."""
    side = _neighbour(index, meanings, found)
    person = side == "person"
    if meaning in ("phone", "e_mail", "contact"):
        return "identifiers" if person else "reporter_contact"
    if meaning == "handle":
        return "handle" if side != "reporter" else "reporter_contact"
    if meaning == "name":
        return "names" if person else "reporter"
    if meaning == "age":
        return "reporter_age" if side == "reporter" else "age"
    if meaning == "sex":
        return "notes" if side == "reporter" else "sex"
    if meaning == "outcome":
        return "outcome"
    return meaning if is_meaning(meaning) else "notes"


def _neighbour(index: int, meanings: list[str], found: list[Heading | None]) -> str:
    def kind(i: int) -> str:
        heading = found[i]
        decided = heading is not None and heading.sure and is_meaning(meanings[i])
        return _KIND.get(meanings[i].split("+")[0], "other") if decided else ""

    left = next((kind(i) for i in range(index - 1, -1, -1) if kind(i)), "")
    right = next((kind(i) for i in range(index + 1, len(meanings)) if kind(i)), "")
    if left == right:
        return left
    if "reporter" in (left, right) and "person" in (left, right):
        return left
    if left == "person" or (right == "person" and left in ("other", "")):
        return "person"
    return "reporter" if "reporter" in (left, right) else ""


def _settle_permission(meanings: list[str], found: list[Heading | None]) -> None:
    """*Police?* or *NUM?* asks for permission only beside columns that certainly do: it may say what was done."""
    certain = [h for h in found if h and h.sure and h.meaning in PERMISSION and h.meaning != "consent_unclear"]
    for i, heading in enumerate(found):
        if heading and not heading.sure and heading.meaning in PERMISSION and not certain:
            meanings[i] = "consent_unclear"


def _settle_told_by(meanings: list[str], found: list[Heading | None]) -> None:
    """*Told by* says who told it where another column holds the reporter."""
    unsure = [i for i, heading in enumerate(found) if heading and heading.meaning == "reporter" and not heading.sure]
    sure = [i for i, heading in enumerate(found) if heading and heading.meaning == "reporter" and heading.sure]
    if unsure and sure and "told_by" not in meanings:
        meanings[unsure[0]] = "told_by"


def _settle_single(meaning: str, meanings: list[str], otherwise: str) -> None:
    """Only the first column may have some meanings."""
    places = [i for i, other in enumerate(meanings) if other == meaning]
    for i in places[1:]:
        meanings[i] = otherwise
