"""Paper for a shift: a week of warnings on one sheet, posters, slips, and the form for when there is no signal."""

import pytest

from tests.builders import some_scheme_data
from tests.federation.network import Federation
from tests.federation.project import WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

IN_A_WEEK = 3
"""Of each of two projects: with some fifteen incidents a week in the country, a bad week for one police area."""


async def warn(fed: Federation, incident: str) -> str:
    """Some warnings of two projects; the first of them."""
    today = fed.clock().date()
    data = some_scheme_data(incident_types=(incident,), date_min=today, date_max=today)
    made = [node.warn(node.report(scheme=data)) for node in (fed.genesis, fed.bradford) for _ in range(IN_A_WEEK)]
    await fed.settle()
    return made[0]


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_paper_for_a_shift(stage: Stage) -> None:
    fed = stage.fed
    await warn(fed, "robbery")
    fed.clock.forward(days=8)
    await warn(fed, "rape")
    fed.genesis.withdraw(1)
    await fed.settle()
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.follow("Print")
    await asha.follow("Van sheet in English")
    await asha.reads("Warnings this week", "Still in force from before", "No longer in force")
    assert await asha.sheets() == 1
    await asha.follow("Polski")
    assert await asha.sheets() == 1

    await asha.open("/releases/4")
    assert await asha.after_links_on_paper() == {"none"}, "an address within the node says nothing on paper"
    await asha.follow("Print it")
    assert await asha.sheets() == 1
    await asha.follow("A5 slip")
    assert await asha.sheets() == 1
    await asha.open("/releases/1")
    await asha.follow("Print a note that takes its place")
    await asha.reads("TAKEN BACK")
    assert await asha.sheets() == 1

    await asha.follow("Print")
    await asha.follow("A4 form, English")
    assert await asha.sheets() == 1
    await asha.follow("A5")
    assert await asha.sheets() == 2
