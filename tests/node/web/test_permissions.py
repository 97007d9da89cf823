"""Permission on its pages: asked in words that are kept, rested, waived, asked again; and what had left at the end."""

from collections.abc import Callable

from node.wording.asking import asking
from tests.builders import some_scheme_data
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page

Open = Callable[..., Browser]
REPORT = "/reports/1"
HOW = {"How did they answer?": "By phone"}


async def answered(browser: Browser, switch: str, values: dict[str, str], *, status: int = 200) -> Page:
    page = await browser.follow(await browser.get(f"{REPORT}/permission"), f"Ask about: {switch}")
    return await browser.press(page, "Write it down", {**HOW, **values}, status=status)


async def test_the_words_on_the_screen_are_those_whose_version_is_kept(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha, words = browser(WRITER), asking()["en"]
    page = await asha.get(f"{REPORT}/permission/police_anonymous?in=xx")
    assert page.heading == words.switches["police_anonymous"].question
    assert words.opening in page.text and words.switches["police_anonymous"].means in page.text
    page = await answered(asha, "Police, without their name", {"Their answer": "No"})
    assert f"heard by Asha ({words.version})" in page.text
    await asha.get(f"{REPORT}/permission/everything", status=404)


async def test_full_details_rest_for_a_day_unless_a_second_worker_is_there(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    fed.genesis.clock.forward(days=7)
    asha = browser(WRITER)
    page = await answered(asha, "Police, with full details", {"Their answer": "Yes"})
    assert "rests until 11 November 2026 at 00:00" in page.text
    waived = {"Their answer": "Yes", "They do not want to wait a day: who else was there?": RELEASER}
    page = await answered(asha, "Police, with full details", waived)
    assert "rests until" not in page.text and f"without the day of rest, with {RELEASER} there" in page.text


async def test_a_yes_to_police_in_shock_is_asked_again_within_seven_days(browser: Open, fed: Federation) -> None:
    today = fed.genesis.clock().date()
    fed.genesis.report(scheme=some_scheme_data(date_min=today, date_max=today))
    asha = browser(WRITER)
    page = await answered(asha, "Police, without their name", {"Their answer": "Yes"})
    assert "Ask again by 10 November 2026" in page.text
    now = {"Their answer": "Yes", "They want police to have it now": "yes"}
    page = await answered(asha, "Police, without their name", now)
    assert "Ask again" not in page.text and "wanted at once" in page.text


async def test_a_condition_is_settled_by_the_next_answer(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha = browser(WRITER)
    page = await answered(
        asha, "Warn other projects", {"Their answer": "Yes", "Another condition, in their words": "not his street"}
    )
    assert "it waits for a person" in page.text
    page = await asha.follow(page, "Ask about: Warn other projects")
    assert "not his street" in page.text
    page = await asha.press(page, "Write it down", {**HOW, "Their answer": "Yes"})
    assert "it waits for a person" not in page.text and "in place of an answer with a condition" in page.text


async def test_before_and_after_stopping_they_are_told_what_had_left_and_to_how_many(
    browser: Open, fed: Federation
) -> None:
    report = fed.genesis.report()
    fed.genesis.warn(report)
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.get(f"{REPORT}/stop-sharing")
    assert "with 2 other projects" in page.text and "will be taken back" in page.text
    assert "on paper, or was told cannot be called back" in page.text and "999" in page.text
    page = await asha.press(page, "Stop sharing")
    assert "with 2 other projects" in page.text and "taken back now" in page.text
    await fed.settle()
    page = await browser(WRITER).get(f"{REPORT}/stop-sharing")
    assert "not in force any more" in page.text and "will be taken back" not in page.text


async def test_somebody_else_writes_it_down_wrongly_and_is_told(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    page = await answered(browser(WRITER), "Keep a record", {}, status=422)
    assert page.errors == ("Say yes, no or not asked",)
