"""A member agency's report: its worker takes it and sees only their own; the scheme's coordinator lets it out."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.reporting import ask_permission, begin_report, describe, keep_report, say_what_happened
from tests.journeys.signing_in import on_shift
from tests.journeys.staff import AGENCY_WORKER, OTHER_AGENCY
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTES = "Housing appointment on Thursday at the usual office"


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_an_agency_owns_its_report_and_the_scheme_releases(stage: Stage) -> None:
    fed = stage.fed
    genesis_report = fed.genesis.report()
    carwyn = await on_shift(stage, fed.genesis, AGENCY_WORKER)
    await carwyn.follow("Reports")
    await carwyn.reads("There are none that are yours to read")
    await carwyn.open(f"/reports/{genesis_report}")
    await carwyn.reads("This report is not one of those that you may read")

    await begin_report(carwyn)
    await ask_permission(carwyn)
    await carwyn.press("Keep and go on")
    await say_what_happened(carwyn, fed.clock().date(), "Robbery")
    await carwyn.press("Keep and go on")
    await describe(carwyn)
    await carwyn.press("Keep and go on")
    await carwyn.follow("Support notes")
    await carwyn.fill("Support notes", NOTES)
    await carwyn.press("Keep and go on")
    report = await keep_report(carwyn)
    await carwyn.reads(OTHER_AGENCY)
    await carwyn.follow("Support notes")
    await carwyn.reads(NOTES)
    await carwyn.follow(report)
    await carwyn.follow("Warn")
    await carwyn.choose("Who is to be warned?", "Other projects")
    await carwyn.press("See what would leave")
    await carwyn.reads("A second person releases it")

    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.follow("Reports")
    await asha.does_not_read(OTHER_AGENCY)

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.follow("Reports")
    await bryony.reads(OTHER_AGENCY)
    await bryony.follow(report)
    await bryony.has_no_link("Support notes")
    await bryony.reads(f"Its support notes stay with {OTHER_AGENCY}")
    await bryony.does_not_read(NOTES)
    await bryony.open(f"/reports/{report.removeprefix('Report ')}/support")
    await bryony.reads("An agency's support notes stay with that agency")
    await bryony.open("/")
    await bryony.follow("Warning 1 waits for a second person")
    await bryony.choose("Was it read to the person it happened to?", "They did not want to hear it")
    await bryony.press("Release")
    await bryony.reads("In force")
    await stage.settle()
    assert len(stage.arrived_at(fed.bradford)) == 1
