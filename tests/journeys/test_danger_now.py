"""A call at two in the morning: from a cold start to a warning elsewhere, a second look, a correction, and back."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import EVERY_WAY
from tests.journeys.person import Person
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_SERVER_SECONDS = 30.0
"""Of the two minutes that a person may take, on a machine shared by many; a quiet one needs two."""
MOST_FIELDS = 12
THE_TWELVE = list(range(1, 13))


async def warn_now(person: Person) -> list[int]:
    """The three screens with few answers; the numbers of the questions that stood on them."""
    await person.follow("Danger now")
    asked = await person.question_numbers()
    await person.choose("2. Are they 18 or over?", "Yes")
    await person.choose("3. Is this from the person it happened to?", "Yes, from them")
    await person.choose("4. May we warn?", "Our own people and other projects")
    await person.choose("5. May police have it, without their name?", "No")
    await person.press("Continue")
    asked += await person.question_numbers()
    await person.choose("6. What happened? Tick all that apply", "Rape", "Threats or a weapon")
    await person.choose("7. When?", "Today")
    await person.select("8. In which police area?", "West Yorkshire")
    await person.select("A man or a woman, as seen", "Man")
    await person.select("Age, as seen", "40s")
    await person.fill("Number plate, or part of it", "YK58 ?QA")
    await person.press("See the warning")
    await person.reads("This is all that leaves")
    asked += await person.question_numbers()
    await person.press("Warn now")
    return asked


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_from_a_call_to_a_warning_a_second_look_a_correction_and_back(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    bryony = await on_shift(stage, fed.genesis, RELEASER)
    reader = await on_shift(stage, fed.bradford, WRITER)

    await asha.open("/")
    served = await stage.served(fed.genesis)
    before, fields, screens = served.time.seconds, asha.fields, len(asha.screens)
    assert await warn_now(asha) == THE_TWELVE
    assert asha.fields - fields <= MOST_FIELDS
    assert len(asha.screens) - screens == 4, f"three screens and the page after: {asha.screens[screens:]}"
    assert served.time.seconds - before < MOST_SERVER_SECONDS
    await asha.reads("In force", "Nobody has looked at this yet")
    await stage.settle()

    await stage.come_back(reader)
    await reader.follow("Warnings from others")
    await reader.reads("Danger now", "genesis project", "Seen by 3 of 3 witnesses")

    await stage.come_back(bryony)
    await bryony.follow("Danger now 1 waits for a second look")
    await bryony.press("It stands: show me the text for 30 days")
    await bryony.choose("Was it read to the person it happened to?", "Yes")
    await bryony.press("Release")
    await bryony.reads("In force")

    await stage.come_back(asha)
    await asha.follow("Our warnings")
    await asha.follow("Warning 2")
    await asha.follow("Update it")
    await asha.fill("Town, if it may be named", "Leeds")
    await asha.press("See what would leave")
    await asha.reads("Leeds", "A second person releases it")
    await bryony.open("/")
    await bryony.follow("Warning 3 waits for a second person")
    await bryony.choose("Was it read to the person it happened to?", "Yes")
    await bryony.press("Release")
    await stage.settle()
    await stage.come_back(reader)
    await reader.follow("Warnings from others")
    await reader.reads("Leeds")

    await stage.come_back(asha)
    await asha.follow("Our warnings")
    await asha.follow("Warning 3")
    await asha.follow("Take it back")
    await asha.reads("You need no reason", "cannot be called back")
    await asha.press("Take it back")
    await asha.reads("Taken back")
    await stage.settle()

    await stage.come_back(asha)
    await asha.follow("Our warnings")
    await asha.follow("Warning 3")
    await asha.reads("Confirmed deleted by 1 of 1 projects")
    await stage.come_back(reader)
    await reader.follow("Warnings from others")
    await reader.reads("There is none in force for your area")
