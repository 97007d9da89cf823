"""Somebody who controls them is described: no warning goes out, and how to reach them stands before any number."""

import pytest

from tests.federation.project import WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.reporting import ask_permission, begin_report, describe, keep_report, say_what_happened
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_no_warning_goes_out_and_the_rules_for_contact_come_first(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    await begin_report(asha)
    await ask_permission(asha)
    await asha.press("Keep and go on")
    await say_what_happened(asha, fed.clock().date(), "Threats or a weapon")
    await asha.tick("The person described controls them, lives with them, or takes what they earn")
    await asha.press("Keep and go on")
    await describe(asha)
    await asha.press("Keep and go on")
    await asha.follow("How to reach them, and what never to say")
    await asha.fill("Their own numbers and usernames, one a line", "07700 900731")
    await asha.choose("Ways", "Text")
    await asha.fill("When", "Weekdays between ten and noon")
    await asha.fill("Words not to say or write", "the name of this project")
    await asha.fill("Who else may answer", "The person described reads this phone")
    await asha.press("Keep and go on")
    await keep_report(asha)
    await asha.reads("no warning goes out, it would name them")
    await asha.reads("Weekdays between ten and noon", "The person described reads this phone")
    await asha.does_not_show("07700 900731")
    await asha.unfold("Names and numbers: read the rules above first")
    await asha.reads("07700 900731")
    await asha.has_no_link("Warn")

    await asha.open("/reports/1/warn")
    await asha.choose("Who is to be warned?", "Our own people only")
    await asha.press("See what would leave")
    await asha.reads("There is a problem", "a warning would name them")
    await stage.settle()
    assert not stage.arrived_at(fed.bradford)
