"""What one person took back: a second looks afterwards."""

from collections.abc import Callable

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
WAITS = "Warning 1 was taken back by a colleague: look whether it was meant"


async def test_a_colleague_is_asked_to_look_at_what_was_taken_back_and_the_one_who_did_it_is_not(
    browser: Open, fed: Federation
) -> None:
    fed.genesis.warn(fed.genesis.report())
    asha, bryony = browser(WRITER), browser(RELEASER)
    await bryony.get("/releases/1")
    await asha.press(await asha.get("/releases/1/take-back"), "Take it back")
    assert WAITS not in (await asha.get("/")).text
    page = await bryony.get("/")
    assert WAITS in page.text
    page = await bryony.follow(page, WAITS)
    assert "Taken back" in page.text
    assert WAITS not in (await bryony.get("/")).text


async def test_after_a_fortnight_nobody_is_asked_any_more(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report())
    fed.genesis.withdraw(1)
    assert WAITS in (await browser(RELEASER).get("/")).text
    fed.clock.forward(days=15)
    assert WAITS not in (await browser(RELEASER).get("/")).text
