"""The line in a reviewer's own words, its flags one by one, and what the scheme decides about its warnings."""

from collections.abc import Callable

import pytest

from node.store.scheme_rules import read_scheme_rules
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.builders import a_report
from tests.node.web.client import Browser
from tests.pages.page import Page

Open = Callable[..., Browser]

LINE = "One line in your own words, if the lists do not say it"
READ = {"Was it read to the person it happened to?": "Yes"}


async def drafted(browser: Browser, fed: Federation, text: str, *, status: int = 200) -> Page:
    report_id = a_report(fed.genesis.cases, agency="genesis", by=WRITER, now=fed.genesis.clock())
    page = await browser.get(f"/reports/{report_id}/warn")
    return await browser.press(page, "See what would leave", {LINE: text}, status=status)


async def test_each_flag_is_looked_at_before_it_is_released(browser: Open, fed: Federation) -> None:
    page = await drafted(browser(WRITER), fed, "Says Agnieszka sent him, keeps alpacas")
    assert "It looks like a name: “Agnieszka”" in page.text and "Let number 1 stand" not in page.buttons()
    bea = browser(RELEASER)
    page = await bea.get(page.path)
    refused = await bea.press(page, "Release", READ, status=409)
    assert "2 flags are not looked at yet" in refused.errors[0]
    page = await bea.press(page, "Let number 1 stand", status=422)
    assert page.errors == ("Say why it may stand",)
    for number, why in ((1, "It is a name that the person described used"), (2, "It is an ordinary word")):
        page = await bea.press(page, f"Let number {number} stand", {f"Why may number {number} stand?": why})
    assert "let it stand: it is an ordinary word" in page.text
    page = await bea.press(page, "Release", READ)
    assert "In force" in page.text


async def test_a_hard_stop_is_said_beside_the_line_and_never_the_word(browser: Open, fed: Federation) -> None:
    page = await drafted(browser(WRITER), fed, "Mia knows this man", status=409)
    assert "the line in your own words" in page.errors[0] and "Mia" not in page.errors[0]


async def test_a_line_has_at_most_160_characters(browser: Open, fed: Federation) -> None:
    page = await drafted(browser(WRITER), fed, "tall " * 40, status=422)
    assert page.errors == ("This is too long: 160 characters at most",)


async def test_what_is_not_a_flag_of_it_is_refused(browser: Open, fed: Federation) -> None:
    page = await drafted(browser(WRITER), fed, "Keeps alpacas")
    bea = browser(RELEASER)
    page = await bea.get(page.path)
    why = {"Why may number 1 stand?": "It is an ordinary word"}
    assert "start&#34;:6," in page.html
    forged = Page(page.path, 200, page.html.replace("start&#34;:6,", "start&#34;:0,"))
    answer = await bea.press(forged, "Let number 1 stand", why, status=409)
    assert "has no such flag" in answer.errors[0]


async def test_a_number_is_on_the_list_once_a_second_person_agrees(browser: Open, fed: Federation) -> None:
    bea = browser(RELEASER)
    page = await bea.get("/settings/never-alert")
    assert "There is nothing on the list yet" in page.text
    page = await bea.press(page, "Propose", {"Number or name": "01632 960 001"}, status=422)
    assert len(page.errors) == 2
    whole = {"What is it?": "Phone number", "Number or name": "01632 960 001", "Whose is it?": "A helpline"}
    page = await bea.press(page, "Propose", whole)
    assert "It stops nothing until a second person" in page.text
    assert "Put 01632 960 001 on the list" not in page.buttons()
    page = await bea.press(page, "Propose", whole, status=409)
    page = await bea.press(await bea.get(page.path), "Remove 01632 960 001")
    assert "There is nothing on the list yet" in page.text


async def test_the_table_of_small_numbers_is_filled_row_by_row(browser: Open, fed: Federation) -> None:
    bea = browser(RELEASER)
    page = await bea.get("/settings/small-numbers")
    page = await bea.press(page, "Set", {"How many?": "many"}, status=422)
    row = {"Police area": "West Yorkshire", "How many?": "12", "People to whom all of this applies": ["Women"]}
    page = await bea.press(await bea.get("/settings/small-numbers"), "Set", row)
    assert "West Yorkshire: women 12 people: a second person looks" in page.text
    with fed.genesis.store.read() as session:
        assert [cell.people for cell in read_scheme_rules(session, fed.genesis.cases.vault).cells] == [12]
    page = await bea.press(page, "Remove West Yorkshire, women")
    assert "The table is empty" in page.text


async def test_the_published_rule_is_written_and_shown(browser: Open) -> None:
    bea = browser(RELEASER)
    page = await bea.press(await bea.get("/settings/inclusion"), "Save", {"The rule": "Violence, not prices."})
    assert "Violence, not prices." in page.text


@pytest.mark.parametrize("path", ["/settings/inclusion", "/settings/never-alert", "/settings/small-numbers"])
async def test_only_a_coordinator_decides(browser: Open, path: str) -> None:
    await browser(WRITER).get(path, status=403)
