"""A laptop is stolen: a coordinator ends the device, and what was open on it is closed at the next touch."""

import pytest

from tests.federation.project import RELEASER, WRITER
from tests.journeys.conftest import TWO_WAYS
from tests.journeys.signing_in import on_shift
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_the_session_on_a_lost_device_ends_at_once(stage: Stage) -> None:
    genesis = stage.fed.genesis
    report = genesis.report()
    thief = await on_shift(stage, genesis, WRITER, device="laptop")
    phone = await on_shift(stage, genesis, WRITER, device="phone")
    await thief.open(f"/reports/{report}")
    assert await thief.heading() == f"Report {report}"

    bryony = await on_shift(stage, genesis, RELEASER)
    await bryony.follow("People")
    await bryony.follow(WRITER)
    await bryony.reads("laptop", "open now")
    await bryony.press(f"Lost or stolen: end {WRITER}'s laptop")
    await bryony.does_not_read("laptop")
    await bryony.reads("phone")

    await thief.follow("Permission")
    assert await thief.heading() == "Sign in"
    await thief.open(f"/reports/{report}")
    assert await thief.heading() == "Sign in"
    await phone.open(f"/reports/{report}")
    assert await phone.heading() == f"Report {report}", "the other device is not touched"
