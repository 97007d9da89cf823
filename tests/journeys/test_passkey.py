"""A passkey made in a real browser with an authenticator of its own: signing in, and opening a locked screen."""

from typing import Any

import pytest

from tests.federation.project import WRITER
from tests.journeys.person import Person
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITH_SCRIPT = [pytest.param((1100, True), id="1100px-with-script")]
AUTHENTICATOR: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def with_authenticator(person: Person) -> tuple[Any, str]:
    """The browser's developer interface, with a device that says yes."""
    cdp = await person.context.new_cdp_session(person.page)
    await cdp.send("WebAuthn.enable")
    made = await cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return cdp, made["authenticatorId"]


@pytest.mark.parametrize("stage", WITH_SCRIPT, indirect=True)
async def test_a_passkey_is_added_signs_in_and_opens_the_screen(stage: Stage) -> None:
    asha = await on_shift(stage, stage.fed.genesis, WRITER)
    cdp, device = await with_authenticator(asha)
    await asha.open("/account/passkeys")
    await asha.fill("What do you call it?", "my laptop")
    await asha.press_and_wait("Add a passkey")
    await asha.open("/account/passkeys")
    await asha.reads("my laptop")

    await asha.press("Sign out")
    await asha.press_and_wait("Use a passkey")
    assert await asha.heading() == "What needs you now"

    stage.fed.clock.forward(minutes=6)
    await asha.open("/releases")
    assert await asha.heading() == "The screen is locked"
    await asha.press_and_wait("Use a passkey")
    assert await asha.heading() == "Our warnings"

    await cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    await asha.press("Sign out")
    await asha.page.get_by_role("button", name="Use a passkey", exact=True).click()
    await asha.reads("The passkey did not open it")
