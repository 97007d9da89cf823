"""A new worker's first shift: invited, set up, locked out of a screen with a draft on it, signed out and in again."""

import re

import pytest

from tests.federation.project import RELEASER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import name_device, on_shift, set_up_account, sign_in
from tests.journeys.stage import PIN, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEW = "Ffion"


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_from_an_invitation_to_the_end_of_the_first_shift(stage: Stage) -> None:
    genesis = stage.fed.genesis
    bryony = await on_shift(stage, genesis, RELEASER)
    await bryony.follow("People")
    await bryony.follow("Invite somebody")
    await bryony.fill("Their name", NEW)
    await bryony.choose("What do they do here?", "Outreach")
    await bryony.press("Invite")
    await bryony.reads(f"{NEW} is invited", "shown this once")
    link = re.search(r"/invitation/[0-9a-f]+", await bryony.main_text())
    assert link is not None

    ffion = await stage.person(NEW, genesis)
    await ffion.open(link[0])
    await set_up_account(ffion, genesis)
    await name_device(ffion, "van phone")
    assert await ffion.heading() == "What needs you now"

    await ffion.follow("Danger now")
    await ffion.choose("2. Are they 18 or over?", "Yes")
    await ffion.choose("3. Is this from the person it happened to?", "Yes, from them")
    await ffion.choose("4. May we warn?", "Nobody")
    await ffion.choose("5. May police have it, without their name?", "No")
    genesis.clock.forward(minutes=20)
    await ffion.press("Continue")
    assert await ffion.heading() == "The screen is locked"
    await ffion.reads("What you were sending is kept")
    await ffion.fill("PIN of this device", "000000")
    await ffion.press("Open")
    await ffion.reads("There is a problem")
    await ffion.fill("PIN of this device", PIN)
    await ffion.press("Open")
    await ffion.press("Send it now")
    assert await ffion.heading() == "What happened"

    await ffion.press("Sign out")
    await ffion.open("/")
    assert await ffion.heading() == "Sign in"
    await sign_in(ffion, genesis)
    assert await ffion.heading() == "What needs you now", "the device is known: nobody asks for its name again"
    genesis.clock.forward(hours=13)
    await ffion.open("/")
    assert await ffion.heading() == "Sign in", "a shift is over after twelve hours"

    await ffion.open(link[0])
    await ffion.does_not_read("Set up my account")
