"""A sheet comes in by a page: brought, looked at, its mapping put right, kept or taken away. Nothing leaves by it."""

from datetime import datetime

from msgspec.structs import replace

from node.actions.case_desk import CaseDesk
from node.actions.import_rows import keep_rows
from node.actions.import_sheet import SheetImported
from node.core import access
from node.core.sheet_rows import recorded_rows
from node.core.sheets.errors import MappingInvalid, SheetUnreadable
from node.core.sheets.mapping import Mapping, read_mapping, write_mapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.rows import Import, read_rows
from node.core.sheets.suggesting import suggest
from node.store import sheets as waiting
from node.store.sheets import WaitingSheet
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting

Meanings = dict[tuple[int, int], str]
"""What a column means, by the number of its worksheet and its own; `""`: nothing, kept as text."""


class SheetSeen(Unprinted, frozen=True, kw_only=True):
    """A sheet with its mapping, and what would come of it."""

    number: int
    filename: str
    mapping: Mapping
    read: Import


def bring_sheet(desk: CaseDesk, *, filename: str, content: bytes, by: str, now: datetime) -> int:
    """Keeps a sheet, sealed, with a mapping suggested for it; its number.

    Raises:
        Refused: `refused.sheet`, `refused.mapping`: it cannot be read, naming what would be right.
        NotFound: `not_found.person`.
    """
    try:
        mapping = write_mapping(suggest(read_sheet(content, filename), filename))
        read_mapping(mapping)
    except SheetUnreadable as error:
        raise Refused("sheet", str(error)) from error
    except MappingInvalid as error:
        raise Refused("mapping", "no line of headings was found: each column needs a heading in one line") from error
    with desk.store.begin() as session:
        person = acting(session, by, access.may_import, now).id
        sheet = WaitingSheet(filename=filename, content=content, mapping=mapping)
        number = waiting.insert_sheet(session, desk.vault, sheet, by=person, now=now)
        audit.note(session, person=person, verb="bring_sheet", subject=f"sheet/{number}", now=now)
        return number


def look_at_sheet(desk: CaseDesk, *, number: int, by: str, now: datetime) -> SheetSeen:
    """What would come of it.

    Raises:
        NotFound: `not_found.sheet`, `not_found.person`.
    """
    with desk.store.begin() as session:
        audit.note(
            session,
            person=acting(session, by, access.may_import, now).id,
            verb="look_at_sheet",
            subject=f"sheet/{number}",
            now=now,
        )
        sheet = waiting.read_sheet(session, desk.vault, number)
    mapping = read_mapping(sheet.mapping)
    read = read_rows(sheet.content, sheet.filename, mapping, now.date())
    return SheetSeen(number=number, filename=sheet.filename, mapping=mapping, read=read)


def put_meanings(desk: CaseDesk, *, number: int, meanings: Meanings, by: str, now: datetime) -> None:
    """Puts right what its columns mean.

    Raises:
        Refused: `refused.mapping`, naming the column.
        NotFound: `not_found.sheet`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_import, now).id
        before = read_mapping(waiting.read_sheet(session, desk.vault, number).mapping)
        tables = tuple(
            replace(
                table,
                columns=tuple(
                    replace(column, meaning=meanings.get((at, which), column.meaning))
                    for which, column in enumerate(table.columns)
                ),
            )
            for at, table in enumerate(before.tables)
        )
        text = write_mapping(replace(before, tables=tables))
        try:
            read_mapping(text)
        except MappingInvalid as error:
            raise Refused("mapping", str(error)) from error
        waiting.put_mapping(session, desk.vault, number, text)
        audit.note(session, person=person, verb="put_meanings", subject=f"sheet/{number}", now=now)


def keep_sheet(desk: CaseDesk, *, number: int, by: str, now: datetime) -> SheetImported:
    """Keeps its reports, as recorded, and forgets the sheet. Bringing it again changes nothing.

    Raises:
        Refused: as `import_rows`.
        NotFound: `not_found.sheet`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_import, now).id
        sheet = waiting.read_sheet(session, desk.vault, number)
        read = read_rows(sheet.content, sheet.filename, read_mapping(sheet.mapping), now.date())
        kept = keep_rows(session, desk, rows=recorded_rows(read.rows, desk.config.agencies), by=by, now=now)
        waiting.end_sheet(session, number)
        audit.note(session, person=person, verb="keep_sheet", subject=f"sheet/{number}", now=now)
        return SheetImported(new=kept.new, rows=tuple(read.rows), said=read.said)


def forget_sheet(desk: CaseDesk, *, number: int, by: str, now: datetime) -> None:
    """Forgets it; nothing of it is kept.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_import, now).id
        waiting.end_sheet(session, number)
        audit.note(session, person=person, verb="forget_sheet", subject=f"sheet/{number}", now=now)
