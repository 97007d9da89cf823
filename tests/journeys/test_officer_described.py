"""An officer is described: other projects are warned, and police never read it, whatever was ticked."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.reporting import ask_permission, begin_report, describe, keep_report, say_what_happened
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_warning_about_an_officer_goes_to_projects_and_not_to_police(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    await begin_report(asha)
    await ask_permission(asha, police="Yes")
    await asha.press("Keep and go on")
    await say_what_happened(asha, fed.clock().date(), "Sexual assault")
    await asha.press("Keep and go on")
    await describe(asha)
    await asha.tick("They are a police officer")
    await asha.press("Keep and go on")
    await keep_report(asha)
    await asha.reads("An officer is described: police never get it by default")
    await asha.follow("Warn")
    await asha.choose("Who is to be warned?", "Other projects")
    await asha.press("See what would leave")
    await asha.reads("Police may not read this warning")

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.follow("Warning 1 waits for a second person")
    await bryony.reads("Police may not read this warning")
    await bryony.choose("Was it read to the person it happened to?", "Yes")
    await bryony.press("Release")
    await bryony.reads("In force", "Police may not read this warning")
    await stage.settle()

    reader = await on_shift(stage, fed.bradford, WRITER)
    await reader.follow("Warnings from others")
    await reader.reads("genesis project")
