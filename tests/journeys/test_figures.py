"""A lead's quarter: are reports rising and why, why a number is missing, and a quarter that two people freeze."""

import datetime as dt

import pytest

from deploy.demo.history import write_history
from hub.core.regions import default_regions
from tests.journeys.at_the_hub import at_the_hub
from tests.journeys.conftest import EVERY_WAY
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_EASTER = dt.date(2026, 4, 30)
"""Three years and a quarter were frozen by then; the quarter after is over on the stage, and waits."""


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_a_lead_sees_what_rises_and_two_people_freeze_the_next_quarter(stage: Stage) -> None:
    assert write_history(stage.fed.hub.store, default_regions(), AT_EASTER) == 13
    ana = await at_the_hub(stage, "Ana", "analyst")
    lena = await at_the_hub(stage, "Lena", "lead")

    await lena.follow("Figures")
    await lena.reads("Are reports rising, and is that more projects, more trust, or more violence?")
    await lena.reads("2026-Q1 beside the same quarter a year before", "Incidents, constant panel")
    await lena.follow("Permission over time")
    await lena.reads("Who gives which permission is the figure by which schemes know that they are trusted.")
    await lena.unfold("The same as a table: Of 100 who were asked, how many said yes")
    await lena.reads("We may warn our own people")
    await lena.follow("Kinds and ways of working")
    await lena.follow("2024")
    await lena.reads("Incidents by main kind, 2024")
    await lena.follow("Map")
    await lena.reads("The darker, the more incidents were reported.")
    await lena.follow("Why is a small number not shown?")
    await lena.reads("Because a small number can be a person.", "What this cannot do")
    await lena.open("/figures/print/2025-Q4")
    await lena.reads("Figures of 2025-Q4", "How this was counted")

    await lena.follow("Figures")
    await lena.follow("Years before")
    await lena.fill("Which scheme?", "Lantern Project")
    await lena.fill("Which year?", "2011")
    await lena.fill("How many in that year?", "212")
    await lena.fill("What did it count?", "Reports of violence by anybody")
    await lena.fill("Where does the number stand?", "Annual report 2011, page 4")
    await lena.press("Keep this year")
    await lena.reads("Lantern Project, 2011")

    await lena.follow("Releases")
    await lena.press("Ask for 2026-Q2 to be frozen")
    await lena.reads("Somebody else confirms it.")
    await ana.follow("Releases")
    await ana.press("Freeze 2026-Q2 now")
    assert await ana.heading() == "Release 14: 2026-Q2"
    await ana.reads("SHA-256 of its bytes", "The bytes that were frozen (JSON)")
