"""The day on which each report was taken: what all relative dates of its row are read from."""

import datetime

import msgspec

from node.core.sheets.cells import Cell, Record
from node.core.sheets.date_values import Context
from node.core.sheets.dates import from_serial, read_day
from node.core.sheets.layout import Table
from node.core.sheets.mapping import Mapping


class Taken(msgspec.Struct, frozen=True):
    """A day. `swapped`: the spreadsheet had taken the day for the month, and the lines around show it."""

    day: datetime.date
    swapped: bool = False


def taken_days(table: Table, reports: list[Record], mapping: Mapping, today: datetime.date) -> dict[int, Taken]:
    """Days by record number; a report without a day that can be read is not in it."""
    columns = [column.index for column in table.columns if column.meaning == "taken_on"]
    if not columns:
        return {}
    found: dict[int, tuple[datetime.date, bool]] = {}
    for record in reports:
        cell = record.cells[columns[0]] if columns[0] < len(record.cells) else Cell()
        day = _day(cell, mapping, today)
        if day is not None:
            found[record.number] = (day, cell.day is not None)
    numbers = list(found)
    days = [found[number][0] for number in numbers]
    taken = {}
    for i, number in enumerate(numbers):
        day, typed = found[number]
        other = _swapped(day) if typed or mapping.date_order == "mdy" else None
        around = [days[j] for j in range(max(0, i - 2), min(len(days), i + 3)) if j != i]
        if other is not None and _fits_better(day, other, around, today):
            taken[number] = Taken(other, swapped=True)
        else:
            taken[number] = Taken(day)
    return taken


def _day(cell: Cell, mapping: Mapping, today: datetime.date) -> datetime.date | None:
    if cell.day is not None:
        return cell.day
    if (day := from_serial(cell.number)) is not None:
        return day
    read = read_day(cell.text, Context(order=mapping.date_order, year=mapping.year))
    if read is not None and read > today and mapping.year and read.year == mapping.year:
        return read
    return read


def _swapped(day: datetime.date) -> datetime.date | None:
    if day.day > 12 or day.day == day.month:
        return None
    return datetime.date(day.year, day.day, day.month)


def _fits_better(day: datetime.date, other: datetime.date, around: list[datetime.date], today: datetime.date) -> bool:
    """A day far from all lines around that would be among them the other way round."""
    if not around:
        return day > today >= other
    far = min(abs((day - near).days) for near in around)
    close = min(abs((other - near).days) for near in around)
    low, high = min(around), max(around)
    between = low - datetime.timedelta(days=21) <= other <= high + datetime.timedelta(days=21)
    return far > 45 and close <= 21 and between
