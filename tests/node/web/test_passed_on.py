"""What was passed on, on its pages: put down, answered, taken out; and who may come in."""

from collections.abc import Callable

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
PASSED_ON = "/reports/1/passed-on"


async def test_it_is_written_down_with_its_day_and_what_came_of_it(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    fed.genesis.clock.forward(hours=48)
    today = f"{fed.genesis.clock():%d %m %Y}"
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/reports/1"), "What was passed on: police, and those who support them")
    assert "Nothing is written down." in page.text
    page = await asha.press(page, "Keep", status=422)
    assert page.errors == ("Say to whom it was passed", "Say on which day")
    page = await asha.press(page, "Keep", {"To whom?": "Police, with full details", "On which day?": today}, status=409)
    assert page.errors[0].startswith("There was no yes to it on that day")
    page = await asha.press(page, "Keep", {"To whom?": "Police, without their name", "On which day?": today})
    assert "They have not said yet that they have it" in page.text and f"Written down by {WRITER}" in page.text
    page = await asha.follow(page, "Write down what came of it")
    page = await asha.press(page, "Keep", {"Was somebody given the task?": "Yes"}, status=409)
    assert page.errors == ("Police give somebody the task once they have said that they have it",)
    typed = {"When did they say that they have it?": today}
    typed |= {"Their reference, if you know it": "WY/26/0412", "Was somebody given the task?": "Yes"}
    page = await asha.press(page, "Keep", typed | {"What came of it": "Somebody was arrested"}, status=422)
    assert page.errors == ("Say on which day you learnt of it",)
    page = await asha.press(page, "Keep", {"When did you learn of it?": today})
    assert page.path == PASSED_ON
    for said in ("WY/26/0412", "Somebody was given the task", "Somebody was arrested: known on"):
        assert said in page.text
    page = await asha.follow(page, "Write down what came of it")
    assert 'value="WY/26/0412"' in page.html and "What came of it since then" in page.text
    page = await asha.press(page, "Take it out")
    assert "Nothing is written down." in page.text
    history = (await asha.get("/reports/1/history")).text
    assert "wrote down that it was passed on" in history and "took out what was written down" in history


async def test_whoever_stops_sharing_reads_first_that_police_were_told(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    fed.genesis.clock.forward(hours=48)
    today = f"{fed.genesis.clock():%d %m %Y}"
    bea = browser(RELEASER)
    page = await bea.press(
        await bea.get(PASSED_ON), "Keep", {"To whom?": "Police, without their name", "On which day?": today}
    )
    page = await bea.get("/reports/1/stop-sharing")
    assert "What was passed to police beside a warning cannot be called back." in page.text
    page = await bea.press(page, "Stop sharing")
    assert "What was passed to police beside a warning cannot be called back." in page.text
