"""A project puts down its spreadsheet: it is brought in, its rows are opened one by one, and nothing leaves by it."""

from pathlib import Path

import pytest

from tests.federation.project import WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHEET = Path(__file__).parents[2] / "deploy" / "demo" / "bradford.csv"


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_sheet_is_brought_in_and_three_rows_are_opened(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.follow("Reports")
    await asha.follow("Bring in a sheet")
    await asha.upload("Your spreadsheet", SHEET)
    await asha.press("Read it")
    await asha.reads("What comes of each row", "Reports that need a person")
    await asha.press("The columns are right: keep the rows")
    await asha.reads("Nothing has left", "The sheet itself is not kept")
    await asha.open("/")
    await asha.follow(str(await asha.number_before("imported rows that nobody has opened")))
    for _ in range(3):
        await asha.follow("Report ")
        await asha.reads("As it was written")
        await asha.choose("Is the person it happened to 18 or over now?", "18 or over")
        await asha.choose("Were they 18 or over then?", "18 or over")
        await asha.press("I have read it: open it")
        assert (await asha.heading()).startswith("Report ")
        await asha.reads("Permission")
        await asha.open("/import/rows")
    await stage.settle()
    assert not stage.arrived_at(fed.bradford) and not stage.arrived_at(fed.merseyside)
