"""A member agency says to whom it is tied, and leaves: its reports go along sealed, its warning is taken back."""

from pathlib import Path

import pytest

from node.actions.leave_scheme import read_export
from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.staff import OTHER_AGENCY
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_an_agency_leaves_with_its_reports(stage: Stage, tmp_path: Path) -> None:
    fed, file = stage.fed, tmp_path / "reports.sealed"
    fed.genesis.warn(fed.genesis.report(agency=OTHER_AGENCY))
    fed.genesis.report()
    await stage.settle()
    assert len(stage.arrived_at(fed.bradford)) == 1
    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.open("/agencies")
    await bryony.follow(f"Ties of {OTHER_AGENCY}")
    await bryony.choose("Tick all that are so", "Funded by a council")
    await bryony.press("Declare this")
    await bryony.reads("Funded by a council, as it said on")

    await bryony.follow(f"Leave : {OTHER_AGENCY}")
    words = await bryony.line_like(r"([a-z]+ ){7}[a-z]+")
    await bryony.save("Save the sealed file", file)
    await bryony.upload("The sealed file", file)
    await bryony.fill("Its eight words", words)
    await bryony.choose("What becomes of its warnings that are in force?", "Take them back")
    await bryony.press("Leave now")
    await bryony.reads(f"{OTHER_AGENCY} has left", "1 reports are erased here", "1 warnings are taken back")
    await bryony.open("/reports/1")
    await bryony.reads("report was erased")
    await stage.settle()
    assert not stage.arrived_at(fed.bradford)
    taken_along = read_export(file.read_bytes(), words)
    assert taken_along.agency == OTHER_AGENCY and len(taken_along.reports) == 1
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.follow("Reports")
    await asha.reads("Report 2")
