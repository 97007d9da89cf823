"""A coordinator's quarter: what may be the same person is said and answered; the figures are counted and let out."""

import pytest

from node.actions.prepare_figures import prepare_figures
from protocol.house.actions.add_person import add_person
from protocol.quarters import quarter_of
from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_two_coordinators_agree_that_their_warnings_may_be_the_same_person(stage: Stage) -> None:
    fed = stage.fed
    own, other = fed.genesis.warn(fed.genesis.report()), fed.bradford.warn(fed.bradford.report())
    await stage.settle()

    bryony = await on_shift(stage, fed.genesis, RELEASER)
    await bryony.open(f"/inbox/{other[:16]}")
    await bryony.follow("May be the same person as one of ours")
    await bryony.press("Say so")
    await bryony.reads("Say which of our warnings", "Say what they may be")
    reference = f"{own[:4]}-{own[4:8]}".upper()
    await bryony.select("Which of our warnings", f"Warning 1, reference {reference}")
    await bryony.choose("What may they be?", "They may be the same person")
    await bryony.select("Number plate", "For it, strong")
    await bryony.select("Skin, as seen", "For it, weak")
    await bryony.press("Say so")
    assert await bryony.heading() == "May be the same person"
    await stage.settle()

    there = await on_shift(stage, fed.bradford, RELEASER)
    await there.follow("1 to agree or object to")
    await there.reads("Waits for our word: nobody else is told before.")
    await there.follow("May be the same person: ")
    await there.reads("Number plate", "for it", "strong", "Skin, as seen", "weak")
    await there.press("Object")
    await there.reads("Say why not")
    await there.press("We think so too")
    await stage.settle()

    again = await on_shift(stage, fed.genesis, RELEASER, device="desk")
    await again.follow("May be the same")
    await again.reads("Told to the projects that read these warnings.")
    await again.follow("May be the same person: ")
    await again.press("Take it back")
    await stage.settle()
    later = await on_shift(stage, fed.bradford, RELEASER, device="desk")
    await later.open("/series")
    await later.reads("Ended.")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_what_was_passed_to_police_and_what_came_of_it_is_in_the_quarters_figures(stage: Stage) -> None:
    genesis = stage.fed.genesis
    report = genesis.report()
    genesis.clock.forward(hours=48)
    today = genesis.clock().date()
    asha = await on_shift(stage, genesis, WRITER)
    await asha.open(f"/reports/{report}")
    await asha.follow("What was passed on")
    await asha.reads("Nothing is written down.")
    await asha.choose("To whom?", "Police, without their name")
    await asha.day("On which day?", today)
    await asha.press("Keep")
    await asha.follow("Write down what came of it")
    await asha.day("When did they say that they have it?", today)
    await asha.choose("Was somebody given the task?", "Yes")
    await asha.select("What came of it", "Somebody was arrested")
    await asha.day("When did you learn of it?", today)
    await asha.press("Keep")
    await asha.reads("Somebody was given the task", "Somebody was arrested: known on")

    genesis.clock.forward(days=92)
    bryony = await on_shift(stage, genesis, RELEASER)
    await bryony.follow("Figures")
    await bryony.fill("Which quarter", str(quarter_of(today)))
    await bryony.choose("How many workers are registered with this project?", "Not known, or not to be said")
    await bryony.press("Count it")
    await bryony.reads(
        "Passed to police", "Of these: somebody was given the task", "Became known: somebody was arrested"
    )


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_coordinator_counts_one_quarter_and_lets_out_another_that_a_colleague_counted(stage: Stage) -> None:
    genesis = stage.fed.genesis
    genesis.report()
    add_person(genesis.cases, name="Dana", role="coordinator", by=RELEASER, now=genesis.clock())
    prepare_figures(genesis.cases, quarter="2026-Q2", registered="10-49", by="Dana", now=genesis.clock())

    bryony = await on_shift(stage, genesis, RELEASER)
    await bryony.follow("Figures")
    await bryony.fill("Which quarter", "2026-Q3")
    await bryony.choose("How many workers are registered with this project?", "50 to 99")
    await bryony.press("Count it")
    assert await bryony.heading() == "Figures of 2026-Q3"
    await bryony.reads("This is all that leaves", "A second person lets them out", "Only who holds the figures key")
    await bryony.follow("Figures")
    await bryony.follow("2026-Q2")
    await bryony.unfold("The exact bytes under the seal")
    await bryony.press("Let them out")
    await bryony.reads("This is all that left", "Taken back, they are erased at the hub")
    await stage.settle()
    assert [origin for origin, _ in stage.fed.hub.view.refresh().state.figures] == [genesis.id]
