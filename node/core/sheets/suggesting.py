"""A first mapping: what the headings, legends, titles and values of a file say about how it is to be read."""

import re
from collections import Counter

import msgspec

from node.core.sheets.cells import Record, Source, Worksheet
from node.core.sheets.layout import Column, Table, find_table
from node.core.sheets.legend import Legend, pairs_in, read_legend, type_codes
from node.core.sheets.mapping import Mapping, TableMapping
from node.core.sheets.places import town_named, towns_in
from node.core.sheets.words import fold


def suggest(source: Source, filename: str) -> Mapping:
    """The mapping that reading alone can find; a person should look at it, but it works as it stands."""
    tables = [(worksheet, table) for worksheet in source.worksheets if (table := find_table(worksheet)) is not None]
    beside = [worksheet for worksheet in source.worksheets if worksheet.name not in [w.name for w, _ in tables]]
    year = _year(source, tables, filename)
    return Mapping(
        tables=tuple(_table(worksheet, table, beside, year) for worksheet, table in tables),
        home_area=_home_area(tables, filename),
        year=year,
        date_order=_date_order(tables),
    )


def _table(worksheet: Worksheet, table: Table, beside: list[Worksheet], year: int | None) -> TableMapping:
    pairs, sentences = _written_around(table, beside)
    legend = read_legend(pairs, sentences, year=year)
    codes = {code.code for code in legend.codes}
    kinds = {code: words for code, words in type_codes(pairs).items() if code not in codes}
    return TableMapping(
        worksheet=worksheet.name,
        heading_row=table.heading_rows[0],
        columns=_codes_or_answers(table, legend),
        legend=legend,
        type_codes=kinds,
        staff=_staff(beside),
    )


def _codes_or_answers(table: Table, legend: Legend) -> tuple[Column, ...]:
    """A column of permission without a kind is one of codes if there is a legend or if its cells are in words."""
    return table.columns


def _written_around(table: Table, beside: list[Worksheet]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Codes with meanings, and all sentences: above and below the table, in its headings, on worksheets without one."""
    pairs: list[tuple[str, str, str]] = []
    sentences: list[str] = []
    columns = table.columns
    for column in columns:
        for text in (column.heading, column.group):
            if len(text) > 12:
                pairs += pairs_in(text)
                sentences.append(text)
    for record in table.above:
        _from_record(record, pairs, sentences, label="")
    for worksheet in beside:
        label = ""
        for record in worksheet.records:
            filled = [cell.text for cell in record.cells if cell.text]
            if len(filled) == 1 and len(filled[0]) <= 30 and not re.search(r"\d", filled[0]):
                label = fold(filled[0])
            _from_record(record, pairs, sentences, label=label)
    for record in table.below:
        filled = [cell.text for cell in record.cells if cell.text]
        if 1 <= len(filled) <= 2 and len(" ".join(filled)) > 8:
            _from_record(record, pairs, sentences, label="")
    return pairs, sentences


def _from_record(record: Record, pairs: list[tuple[str, str, str]], sentences: list[str], *, label: str) -> None:
    filled = [cell.text for cell in record.cells if cell.text]
    for cell in record.cells:
        if cell.comment:
            pairs += pairs_in(cell.comment)
            sentences.append(cell.comment)
    if len(filled) == 2 and len(filled[0]) <= 12 and len(filled[1]) > 2:
        pairs.append((label, filled[0].strip(" =:-.)"), filled[1]))
        sentences.append(f"{filled[0]} = {filled[1]}")
        return
    for text in filled:
        found = pairs_in(text)
        pairs += [(inner or label, code, words) for inner, code, words in found]
        sentences.append(text)


def _staff(beside: list[Worksheet]) -> tuple[str, ...]:
    """Names under a heading of staff on a worksheet of lists."""
    names: list[str] = []
    for worksheet in beside:
        inside = False
        for record in worksheet.records:
            filled = [cell.text for cell in record.cells if cell.text]
            if len(filled) == 1:
                inside = bool(
                    re.search(
                        r"\b(?:staff|workers|team|volunteers|mitarbeiter\w*|staff initials|caseworkers)\b",
                        fold(filled[0]),
                    )
                )
            elif inside and len(filled) == 2 and filled[1][:1].isupper():
                names.append(filled[1])
    return tuple(names)


def _year(source: Source, tables: list[tuple[Worksheet, Table]], filename: str) -> int | None:
    titles = [filename, *(w.name for w in source.worksheets)]
    for _, table in tables:
        titles += [cell.text for record in table.above for cell in record.cells if cell.text]
    for title in titles:
        if found := re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", title):
            return int(found[1])
    years: Counter[int] = Counter()
    for _, table in tables:
        for column in table.columns:
            if column.meaning in ("taken_on", "incident_date"):
                for record in table.below:
                    if column.index < len(record.cells):
                        years.update(_years_in(record, column.index))
    if not years:
        return None
    year, times = years.most_common(1)[0]
    return year if times * 3 >= sum(years.values()) * 2 else None


def _years_in(record: Record, index: int) -> list[int]:
    cell = record.cells[index]
    if cell.day is not None:
        return [cell.day.year]
    found = re.search(
        r"\d{1,2}[/.\-]\d{1,2}[/.\-](20\d\d|\d\d)(?!\d)|(20\d\d)-\d\d-\d\d|"
        r"\d{1,2}[a-z]{0,2}[ \-][A-Za-z]{3,9}\.?[ \-]'?(20\d\d|\d\d)(?![\d:])",
        cell.text,
    )
    if not found:
        return []
    year = int(found[1] or found[2] or found[3])
    return [year if year > 100 else 2000 + year]


def _home_area(tables: list[tuple[Worksheet, Table]], filename: str) -> str | None:
    """The town in the file's name or titles, else the town most often said."""
    titles = [filename, *(worksheet.name for worksheet, _ in tables)]
    for _, table in tables:
        titles += [cell.text for record in table.above for cell in record.cells if cell.text and len(cell.text) < 120]
    for title in titles:
        if town := town_named(title):
            return town
    towns: Counter[str] = Counter()
    for _, table in tables:
        for column in table.columns:
            if column.meaning == "place":
                for record in table.below:
                    if column.index < len(record.cells):
                        towns.update(towns_in(record.cells[column.index].text)[:1])
    if not towns:
        return None
    town, times = towns.most_common(1)[0]
    return town if times >= 2 and times * 5 >= sum(towns.values()) * 2 else None


def _date_order(tables: list[tuple[Worksheet, Table]]) -> str:
    """Month first only where some day can be read in no other way and none the usual way."""
    first = second = 0
    for _, table in tables:
        for column in table.columns:
            if column.meaning not in ("taken_on", "incident_date"):
                continue
            for record in table.below:
                text = record.cells[column.index].text if column.index < len(record.cells) else ""
                for found in re.finditer(r"(?<!\d)(\d{1,2})[/\-](\d{1,2})[/\-](?:20)?\d\d(?!\d)", text):
                    first += int(found[1]) > 12
                    second += int(found[2]) > 12
    return "mdy" if second and not first else "dmy"


def same_headings(mapped: TableMapping, table: Table) -> int:
    """How many of a mapping's headings stand in a table."""
    headings = Counter(fold(column.heading) for column in table.columns if column.heading)
    return sum((headings & Counter(fold(column.heading) for column in mapped.columns if column.heading)).values())


def apply(mapped: TableMapping, table: Table) -> Table:
    """A table whose columns mean what the mapping says, by heading, in order where a heading stands twice.

    A heading that the mapping does not know is private.
    """
    waiting: dict[str, list[str]] = {}
    for column in mapped.columns:
        waiting.setdefault(fold(column.heading), []).append(column.meaning)
    columns = []
    for column in table.columns:
        meanings = waiting.get(fold(column.heading), [])
        meaning = meanings.pop(0) if meanings else ("notes" if column.heading else "")
        columns.append(msgspec.structs.replace(column, meaning=meaning))
    return msgspec.structs.replace(table, columns=tuple(columns))
