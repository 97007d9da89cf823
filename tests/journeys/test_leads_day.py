"""A lead finds what may be one person, proposes it, and undoes it; an analyst of the police sees only what police may.

What leaves the hub's pages is signed at the lead's own node; each project learns that its warning was opened, and why.
"""

from typing import Any

import pytest

from hub.actions.compare_bodies import compare_new
from hub.actions.decide_series import decide_series
from hub.actions.index_bodies import index_bodies
from hub.api.hub import Hub
from protocol.wording.references import reference_of
from tests.federation.network import Federation
from tests.federation.project import RELEASER
from tests.journeys.at_the_hub import at_the_hub
from tests.journeys.conftest import EVERY_WAY, TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NO_POLICE = {"record": "yes", "warn_own": "yes", "warn_others": "yes", "police_anonymous": "no"}


async def two_projects_warn(stage: Stage, **over: Any) -> tuple[str, str]:
    """Genesis and Merseyside each hear of the same vehicle, and warn; the hub has looked through both."""
    fed = stage.fed
    alerts = fed.genesis.warn(fed.genesis.report(**over)), fed.merseyside.warn(fed.merseyside.report(**over))
    await stage.settle()
    look_through(fed.hub)
    return alerts


def look_through(hub: Hub) -> None:
    """What the hub does by itself each few seconds."""
    index_bodies(hub.store, hub.view, hub.epochs())
    compare_new(hub.store, hub.epochs(), hub.clock().date())


def names_of(fed: Federation) -> str:
    (identity,) = fed.hub.view.refresh().state.series
    return reference_of(identity)


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_a_lead_proposes_what_may_be_one_person_and_undoes_it(stage: Stage) -> None:
    fed = stage.fed
    await fed.join_lead(police=False)
    first, second = await two_projects_warn(stage)
    lena = await at_the_hub(stage, "Lena", "lead")

    await lena.follow("Search")
    await lena.fill("Number plate, or a part of it", "YK58")
    await lena.select("Make", "Vauxhall")
    await lena.press("Search")
    await lena.reads(f"Warning {reference_of(first)}", f"Warning {reference_of(second)}", "The newest first")
    await lena.does_not_read("stocky")
    await lena.follow(f"Warning {reference_of(first)}")
    await lena.reads("is told that this warning was opened here", "It is not told your name")
    await lena.choose("Why do you open it?", "It may be about the same person as another warning")
    await lena.press("Open it")
    await lena.reads("silver Vauxhall Insignia car", "White, northern European looking, as seen", "Strong")
    await lena.follow("What speaks for and against")
    await lena.reads("Both are opened for it", "Nobody there is told your name")
    await lena.choose("Why do you open them?", "It may be about the same person as another warning")
    await lena.press("Show what speaks for and against")
    await lena.reads("What speaks for it", "What speaks against it", "Nothing that both say", "until 1,000 decisions")
    await lena.choose("What may they be?", "The same person")
    await lena.press("Propose it")
    await lena.reads("Waits for the lead’s node to sign it", "Nothing is said of warnings that you may see")

    await stage.settle()
    await stage.come_back(lena)
    await lena.open("/alike")
    await lena.reads("May be the same person: ", "the projects concerned can object until")
    await lena.press(f"Undo {names_of(fed)}")
    await lena.reads("To be undone")
    await stage.settle()
    await stage.come_back(lena)
    await lena.open("/alike")
    await lena.reads("Undone. Said by")

    coordinator = await on_shift(stage, fed.genesis, RELEASER)
    await coordinator.open("/releases/1")
    await coordinator.reads("by the national lead: it may be about the same person as another warning")
    await coordinator.does_not_read("Lena")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_a_lead_splits_what_was_said_of_three(stage: Stage) -> None:
    fed = stage.fed
    await fed.join_lead(police=False)
    first, second = await two_projects_warn(stage)
    third = fed.bradford.warn(fed.bradford.report())
    await stage.settle()
    look_through(fed.hub)
    lena = await at_the_hub(stage, "Lena", "lead")
    hub = fed.hub
    decide_series(hub.store, hub.view, hub.epochs(), "same_person", (first, second, third), by="Lena", now=hub.clock())
    await stage.settle()
    await stage.come_back(lena)
    await lena.open("/alike")
    await lena.follow(f"split {names_of(fed)}")
    await lena.reads("what still belongs together is proposed anew")
    for alert, part in ((first, "One part"), (second, "One part"), (third, "Neither")):
        await lena.choose(f"Warning {reference_of(alert)}", part)
    await lena.press("Split it")
    await lena.reads("To be undone", "May be the same person")
    await stage.settle()
    standing = [one for one in hub.view.refresh().state.series.values() if one.ended is None]
    assert [one.alerts for one in standing] == [tuple(sorted((first, second)))]


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_an_analyst_sees_what_one_of_the_police_does_not(stage: Stage) -> None:
    fed = stage.fed
    first, second = await two_projects_warn(stage, answers=NO_POLICE)
    ana = await at_the_hub(stage, "Ana", "analyst")
    pia = await at_the_hub(stage, "Pia", "analyst", police=True)
    for person in (ana, pia):
        await person.follow("Search")
        await person.fill("Number plate, or a part of it", "YK58")
        await person.press("Search")
    await ana.reads(f"Warning {reference_of(first)}", f"Warning {reference_of(second)}", "Police may not read it")
    await pia.reads("We hold no warning that says this. That does not mean that there is nothing")
    await ana.follow("May be one person")
    await ana.reads(f"{reference_of(first)} and {reference_of(second)}", "Strong")
    await pia.follow("May be one person")
    await pia.reads("Nothing is said of warnings that you may see", "Nothing now")
    await pia.open(f"/warnings/{first}")
    await pia.reads("This warning is not here any more")
    await pia.open("/silent")
    await pia.reads("This says nothing of how much a project reports")
    await ana.follow("Not yet confirmed")
    await ana.reads("Nothing is waited for")
    await ana.does_not_read("Whom to ring")
    assert fed.hub.view.now.state.chains
