"""Rows as the sheets' reader gives them, kept and opened."""

from datetime import date

import pytest

from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.import_rows import import_rows
from node.actions.open_report import open_report
from node.actions.show_report import show_report
from node.core.errors import Locked
from node.core.sheet_rows import recorded_rows
from node.core.sheets.rows import read_rows
from node.core.voice import Voice
from tests.node.builders import CHOICES, NOW, outbox, released

HEADINGS = (
    "Ref,Date taken,Reporter,What happened,Date of incident,Area,Description,Car,Phone of man,"
    "Record?,Tell our women?,Tell other projects?,Police (anon)?,Police (full)?"
)
ROWS = (
    'G1,01/11/2026,Mia 07700 900011,Took her phone and drove off,30/10/2026,Leeds,"White, 45-49, stocky",'
    "Silver Vauxhall Insignia YK58 QQA,07700 900318,Y,Y,Y,Y,N",
    'G2,01/11/2026,Tash,Boyfriend takes all her money and hits her,30/10/2026,Leeds,"White, 30s",,,Y,Y,Y,N,N',
    ",,,,,,,,,,,,,",
)
SHEET = "\n".join((HEADINGS, *ROWS, "")).encode()


def test_a_sheet_is_kept_once_and_released_row_by_row(desk: CaseDesk, voice: Voice) -> None:
    read = read_rows(SHEET, "genesis.csv", None, date(2026, 11, 2))
    rows = recorded_rows(read.rows, desk.config.agencies)
    assert len(rows) == 2
    made = import_rows(desk, rows=rows, by="Asha", now=NOW)
    assert len(made.new) == 2
    assert import_rows(desk, rows=rows, by="Asha", now=NOW).new == ()
    first, _ = made.new
    with pytest.raises(Locked):
        draft_release(desk, voice, report_id=first, choices=CHOICES, by="Asha", now=NOW)
    shown = show_report(desk, report_id=first, by="Asha", now=NOW)
    assert any(cell == "Mia 07700 900011" for _, cell, _ in shown.raw_cells)
    open_report(desk, report_id=first, by="Asha", now=NOW, age_now="adult", confirm=("warn_own", "warn_others"))
    released(desk, voice, first)
    assert [entry.kind for entry in outbox(desk)] == ["alert"]


def test_a_row_that_asks_to_be_erased_is_listed_and_makes_no_record() -> None:
    sheet = b"Ref,Date,What happened,Share with other projects?,Reported by,Notes\nA1,1/10/26,Robbed her,Y,Ann,\n"
    sheet += b"A2,2/10/26,Hit her,Y,Bea,wants everything deleted\n"
    rows = read_rows(sheet, "x.csv", None, date(2026, 11, 2)).rows
    assert [row.ref for row in rows] == ["A1", "A2"]
    unwanted = [row for row in rows if row.permission.record is False]
    assert [row.ref for row in unwanted] == ["A2"]
    assert len(recorded_rows(rows, ())) == 1
