"""An auditor's day: the trail is verified, what was looked at is found, and no record opens for them."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.staff import AUDITOR
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_an_auditor_verifies_the_trail_finds_a_look_and_opens_no_record(stage: Stage) -> None:
    genesis = stage.fed.genesis
    seen, other = genesis.report(), genesis.report()
    asha = await on_shift(stage, genesis, WRITER)
    await asha.open(f"/reports/{seen}")

    eleri = await on_shift(stage, genesis, AUDITOR)
    await eleri.has_no_link("New report")
    await eleri.follow("Audit")
    await eleri.follow("Verify the trail")
    await eleri.press("Verify")
    assert await eleri.heading() == "The trail is whole"
    head = await eleri.line_like(r"\d+:[0-9a-f]{64}")

    await eleri.follow("Audit")
    await eleri.select("Who", WRITER)
    await eleri.select("Of what", "Report")
    await eleri.fill("Its number", str(seen))
    await eleri.press("Search")
    await eleri.reads("show report", WRITER)
    await eleri.select("Of what", "Report")
    await eleri.select("Who", RELEASER)
    await eleri.fill("Its number", str(other))
    await eleri.press("Search")
    await eleri.does_not_read("show report")

    for path in (f"/reports/{seen}", f"/reports/{seen}/support", "/reports", "/releases", "/inbox"):
        await eleri.open(path)
        assert await eleri.heading() == "This page is not for your role", path

    await eleri.open("/audit/verify")
    await eleri.fill("A head that you noted, if you have one", head)
    await eleri.press("Verify")
    assert await eleri.heading() == "The trail is whole", "it grew since, and what was noted is still in it"
