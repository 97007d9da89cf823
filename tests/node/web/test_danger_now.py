"""Twelve questions on three screens; one person, at any hour; a second one looks afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from node.actions.read_inbox import Warned, read_inbox
from protocol.house.web.rendering import moment
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page, Values

Open = Callable[..., Browser]

FIRST = {
    "2. Are they 18 or over?": "Yes",
    "3. Is this from the person it happened to?": "Yes, from them",
    "4. May we warn?": "Our own people and other projects",
    "5. May police have it, without their name?": "Yes",
}
SECOND: Values = {
    "6. What happened? Tick all that apply": ["Rape", "Robbery"],
    "7. When?": "Last night",
    "8. In which police area?": "West Yorkshire",
    "9. How many people did it?": "1",
    "A man or a woman, as seen": "Man",
    "Age, as seen": "40s",
    "Build": "Stocky",
    "Number plate, or part of it": "YK58 ?QA",
    "What is it?": "Phone number",
    "Number or name": "07700 900 318",
}


async def answered(browser: Browser, first: dict[str, str], second: Values) -> Page:
    page = await browser.get("/danger-now")
    page = await browser.press(page, "Continue", {**FIRST, **first})
    return await browser.press(page, "See the warning", {**SECOND, **second})


def inbox(fed: Federation) -> list[Warned]:
    """What Bradford, in the same police area, has received."""
    node = fed.bradford
    node.view.refresh()
    return read_inbox(node.store, node.view, node.desk.epochs(), node.clock().date())


async def test_from_the_first_question_to_published_and_read_elsewhere(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    page = await answered(asha, {}, {})
    assert page.heading == "This is all that leaves"
    assert "ends in 318" in page.text and "07700" not in page.text
    page = await asha.press(page, "Warn now")
    assert "In force" in page.text and "Nobody has looked at this yet" in page.text
    await fed.settle()
    assert [warned.danger_now for warned in inbox(fed)] == [True]


async def test_the_one_who_let_it_out_cannot_be_its_second_look(browser: Open, fed: Federation) -> None:
    asha, bryony = browser(WRITER), browser(RELEASER)
    page = await asha.press(await answered(asha, {}, {}), "Warn now")
    assert "It stands: show me the text for 30 days" not in page.buttons()
    page = await bryony.get(page.path)
    page = await bryony.press(page, "It stands: show me the text for 30 days")
    page = await bryony.press(page, "Release", {"Was it read to the person it happened to?": "Yes"})
    assert "In force" in page.text and "Nobody has looked" not in page.text
    await fed.settle()
    assert [warned.danger_now for warned in inbox(fed)] == [False]


@pytest.mark.parametrize(
    ("first", "heading", "said"),
    [
        ({"2. Are they 18 or over?": "Not sure"}, "Kept; nothing has gone out", "safeguarding lead"),
        ({"2. Are they 18 or over?": "No"}, "Kept; nothing has gone out", "safeguarding lead"),
        (
            {"3. Is this from the person it happened to?": "No, from family"},
            "Kept; nothing has gone out",
            "no permission to warn others",
        ),
        ({"4. May we warn?": "Nobody"}, "Kept; nothing has gone out", "nobody may be warned"),
    ],
)
async def test_where_there_is_no_permission_it_is_kept_and_nothing_goes_out(
    browser: Open, fed: Federation, first: dict[str, str], heading: str, said: str
) -> None:
    page = await answered(browser(WRITER), first, {})
    assert page.heading == heading and said in page.text
    await fed.settle()
    assert not inbox(fed)


async def test_what_is_not_of_the_listed_kinds_waits_for_a_second_person(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    page = await answered(asha, {}, {"6. What happened? Tick all that apply": ["Robbery"]})
    assert "Draft: nothing has left" in page.text and "Release" not in page.buttons()


async def test_a_paper_form_keeps_when_it_was_told_when_it_was_typed_and_who(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    now = fed.clock()
    told = now - timedelta(hours=20)
    page = await asha.follow(await asha.get("/danger-now"), "Type in a paper form")
    page = await asha.press(page, "Continue", {**FIRST, "At what time?": "25:00"}, status=422)
    assert page.errors == ("Say on which day it was told", "A time of day, such as 02:10 or 23:45")
    when = {"On which day was it told?": f"{told:%d %m %Y}", "At what time?": f"{told:%H:%M}"}
    page = await asha.press(page, "Continue", {**FIRST, **when, "Who wrote it?": RELEASER})
    page = await asha.press(page, "See the warning", {**SECOND, "7. When?": "Today"})
    assert page.heading == "This is all that leaves"
    bryony = browser(RELEASER)
    page = await bryony.get("/reports/1")
    assert f"taken on {moment(told.replace(second=0))}, typed in on {moment(now)}" in page.text
    page = await bryony.get("/reports/1/permission")
    assert f"heard by {RELEASER}" in page.text


async def test_a_paper_form_of_last_week_waits_for_a_second_person(browser: Open, fed: Federation) -> None:
    asha, now = browser(WRITER), fed.clock()
    for told, said in ((now + timedelta(hours=1), "future"), (now - timedelta(days=5), "")):
        page = await asha.get("/danger-now?paper=yes")
        when = {"On which day was it told?": f"{told:%d %m %Y}", "At what time?": f"{told:%H:%M}"}
        page = await asha.press(page, "Continue", {**FIRST, **when}, status=422 if said else 200)
        assert not said or said in page.errors[0]
    page = await asha.press(page, "See the warning", SECOND)
    assert "Draft: nothing has left" in page.text


async def test_each_screen_says_what_is_missing_and_keeps_what_was_answered(browser: Open) -> None:
    asha = browser(WRITER)
    page = await asha.get("/danger-now")
    page = await asha.press(page, "Continue", {"2. Are they 18 or over?": "Yes"}, status=422)
    assert len(page.errors) == 3
    page = await asha.press(page, "Continue", {k: v for k, v in FIRST.items() if not k.startswith("2")})
    page = await asha.press(page, "See the warning", {"7. When?": "Today"}, status=422)
    assert page.errors == ("Tick what happened", "Say in which force area it happened")
    page = await asha.press(
        page,
        "See the warning",
        {"6. What happened? Tick all that apply": "Rape", "8. In which police area?": "West Yorkshire"},
        status=422,
    )
    assert len(page.errors) == 1 and "questions 10 to 12" in page.errors[0]


async def test_the_last_step_leads_back_to_the_first_question_without_an_answer(browser: Open) -> None:
    asha = browser(WRITER)
    page = await asha.press(await asha.get("/danger-now"), "Continue", FIRST)
    method, address, sent = page.fill("See the warning", SECOND)
    kept = [(name, value) for name, value in sent if name != "adult"]
    answer = await asha.http.post(address, data=dict(kept))
    assert (method, answer.status_code) == ("post", 422)
    page = Page(address, answer.status_code, answer.text)
    page.require_sound()
    assert page.errors == ("Say whether they are 18 or over",) and "Continue" in page.buttons()


async def test_nothing_is_kept_before_the_third_screen(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    page = await asha.press(await asha.get("/danger-now"), "Continue", FIRST)
    await asha.press(page, "See the warning", {**SECOND, "Number or name": "not a number"}, status=422)
    with fed.genesis.store.read() as session:
        assert not session.connection().exec_driver_sql("SELECT id FROM reports").all()


async def test_one_person_has_one_waiting_at_a_time(browser: Open) -> None:
    asha = browser(WRITER)
    await asha.press(await answered(asha, {}, {}), "Warn now")
    page = await asha.press(await answered(asha, {}, {}), "Warn now", status=409)
    assert "one waiting for a second look already" in page.errors[0]
