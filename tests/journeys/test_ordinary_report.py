"""An ordinary report, and a yes that has conditions: one that the node keeps, and one that a person settles first."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.person import Person
from tests.journeys.reporting import ask_permission, begin_report, describe, keep_report, say_what_happened
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def draft(person: Person) -> None:
    """A warning to other projects, from a report's page."""
    await person.follow("Warn")
    await person.choose("Who is to be warned?", "Other projects")
    await person.unfold("They may be going elsewhere")
    await person.choose("Where may the person described be going?", "Merseyside")
    await person.press("See what would leave")


async def ask_again(person: Person, switch: str) -> None:
    """The condition is talked through; what the node keeps by itself stands without being ticked again."""
    await person.follow(f"Ask about: {switch}")
    await person.reads("They said yes on a condition", "ask first")
    await person.choose("Their answer", "Yes")
    await person.choose("How did they answer?", "By phone")
    await person.press("Write it down")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_condition_waits_for_a_person_and_another_is_kept_by_the_audience(stage: Stage) -> None:
    fed = stage.fed
    asha = await on_shift(stage, fed.genesis, WRITER)
    await begin_report(asha)
    await ask_permission(asha, police="Yes")
    await asha.unfold("Not in some police areas")
    await asha.choose("Not in these areas", "Merseyside")
    await asha.tick("Ask me before each use")
    await asha.press("Keep and go on")
    await say_what_happened(asha, fed.clock().date(), "Robbery")
    await asha.press("Keep and go on")
    await describe(asha)
    await asha.press("Keep and go on")
    report = await keep_report(asha)
    await asha.reads("Yes, and it waits for a person")

    await draft(asha)
    await asha.reads("There is a problem", "the yes has a condition that a person must settle first")

    await asha.follow("Back")
    await asha.follow("Permission")
    await ask_again(asha, "Warn other projects")
    await asha.follow(report)
    await draft(asha)
    await asha.reads("Projects in West Yorkshire, our own area, do not get it")
    await asha.choose("Why not?", "It is drafted again")
    await asha.press("Do not release")

    await asha.follow("Reports")
    await asha.follow(report)
    await asha.follow("Permission")
    await ask_again(asha, "Warn our own people")
    await asha.follow(report)
    await draft(asha)
    await asha.does_not_read("do not get it")
    await asha.reads("A second person releases it")

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.follow("Warning 2 waits for a second person")
    await bryony.reads("This is all that leaves", "This stays here")
    await bryony.choose("Was it read to the person it happened to?", "It was not possible")
    await bryony.press("Release")
    await bryony.reads("In force")
    await stage.settle()
    assert len(stage.arrived_at(fed.bradford)) == 1
    assert not stage.arrived_at(fed.merseyside)
