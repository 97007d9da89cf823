"""An inquest holds a report: two people, its warning back at once, and nothing erased until the hold ends."""

import pytest

from node.core.retention import ERASE_AFTER
from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_hold_beats_erasing_and_takes_its_warning_back(stage: Stage) -> None:
    fed = stage.fed
    fed.genesis.warn(fed.genesis.report())
    fed.genesis.report()
    await stage.settle()
    assert len(stage.arrived_at(fed.bradford)) == 1
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.open("/reports/1")
    await asha.follow("Holds and sharing without permission")
    await asha.reads("its warnings are taken back")
    await asha.choose("On what ground?", "An inquest")
    await asha.fill("Their reference", "Coroner 7")
    await asha.press("Propose a hold")
    await asha.reads("Another person seconds it")

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.follow("Report 1: something that takes two people waits for a second")
    await bryony.press("I second this")
    await bryony.reads("On hold since", "An inquest, Coroner 7")
    await bryony.open("/reports/1")
    await bryony.reads("legal hold is on this report")
    await bryony.open("/reports/1/erase")
    await bryony.choose("Why?", "The person it happened to asked for it")
    await bryony.press("Erase it")
    await bryony.reads("There is a problem")
    await stage.settle()
    assert not stage.arrived_at(fed.bradford)

    fed.clock.forward(seconds=ERASE_AFTER.total_seconds())
    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.open("/keeping")
    await bryony.reads("On hold", "An inquest, Coroner 7")
    await bryony.press("Erase report 2")
    await bryony.reads("Report 2")
    await bryony.open("/reports/2")
    await bryony.reads("report was erased")
    await bryony.open("/reports/1/hold")
    await bryony.press("Propose that the hold ends")
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.open("/reports/1/hold")
    await asha.press("I second this")
    await asha.does_not_read("On hold since")
    await bryony.open("/keeping")
    await bryony.press("Erase report 1")
    await bryony.reads("Nothing is due.")
