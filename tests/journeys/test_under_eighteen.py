"""Under 18, or not sure: the record is with the lead alone; once they have asked, a coordinator and they may warn."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.staff import LEAD
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_not_sure_is_under_eighteen_and_only_the_lead_sees_it(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    await asha.follow("Danger now")
    await asha.choose("2. Are they 18 or over?", "Not sure")
    await asha.choose("3. Is this from the person it happened to?", "Yes, from them")
    await asha.choose("4. May we warn?", "Our own people and other projects")
    await asha.choose("5. May police have it, without their name?", "Yes")
    await asha.press("Continue")
    await asha.choose("6. What happened? Tick all that apply", "Rape")
    await asha.choose("7. When?", "Last night")
    await asha.select("8. In which police area?", "West Yorkshire")
    await asha.select("A man or a woman, as seen", "Man")
    await asha.press("See the warning")
    assert await asha.heading() == "Kept; nothing has gone out"
    await asha.reads("with the safeguarding lead alone", "Ring them now")
    await asha.follow("Reports")
    await asha.reads("There are none that are yours to read")
    await asha.open("/reports/1")
    await asha.reads("this record is with the safeguarding lead alone")

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.does_not_read("Report 1")
    await bryony.open("/reports/1")
    await bryony.reads("this record is with the safeguarding lead alone")

    dilys = await on_shift(stage, fed.genesis, LEAD)
    await dilys.follow("Report 1: under 18, or not sure, and no safeguarding referral is written down")
    await dilys.reads("Permissions do not apply", "within a day of being told", "regulated activity")
    await dilys.follow("Write the referral down")
    await dilys.choose("To whom?", "Children's services, or another body that safeguards")
    await dilys.day("On which day?", fed.clock().date())
    await dilys.press("Keep")
    await dilys.open("/")
    await dilys.follow("Report 1 is with you alone")
    await dilys.reads("The safeguarding referral was made on")
    await dilys.open("/reports/1/warn")
    await dilys.choose("Who is to be warned?", "Other projects")
    await dilys.press("See what would leave")
    await dilys.reads("There is a problem", "nothing goes out")
    await stage.settle()
    assert not stage.arrived_at(fed.bradford)

    await stage.come_back(dilys)
    await dilys.open("/reports/1")
    await dilys.follow("Ask the statutory agency about a warning")
    await dilys.fill("Whom did you ask?", "Children's services, Ms Reed")
    await dilys.day("When?", fed.clock().date())
    await dilys.choose("What did they say?", "They see no harm in a warning")
    await dilys.press("Keep")
    await dilys.follow("Draft the warning")
    await dilys.reads("says nothing of an age")
    await dilys.does_not_read("Town, if it may be named")
    await dilys.choose("Who is to be warned?", "Other projects")
    await dilys.press("See what would leave")
    await dilys.reads("Draft: nothing has left")

    await stage.come_back(bryony)
    await bryony.open("/")
    await bryony.follow("Warning 1")
    await bryony.choose("Was it read to the person it happened to?", "It was not possible")
    await bryony.press("Release")
    await bryony.reads("In force")
    await bryony.open("/reports/1")
    await bryony.reads("this record is with the safeguarding lead alone")
    await stage.settle()
    assert stage.arrived_at(fed.bradford)

    await stage.come_back(dilys)
    await dilys.open("/releases/1/update")
    await dilys.reads("Update warning 1", "says nothing of an age")
    await dilys.does_not_read("Town, if it may be named")
    await dilys.press("See what would leave")
    await dilys.reads("Draft: nothing has left")
