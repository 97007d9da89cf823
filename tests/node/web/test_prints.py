"""Paper: posters, slips, the van sheet and the form; what has ended is printed without its text."""

import datetime as dt
from collections.abc import Callable
from importlib.resources import files

import pytest

from node.core.papers import SheetEntry, initials_of, last_day_of, van_sheet
from protocol.house.actions.add_person import add_person
from protocol.wording.references import reference_of
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER, Node
from tests.node.web.client import Browser
from tests.pages.page import Page

Open = Callable[..., Browser]
WHAT = "WARNING: robbery and threats or a weapon."
DO_NOT_ACT = "Please remove it from walls and phones. Do not act on it."


def paper(page: Page) -> str:
    """What comes out of the printer."""
    found = [node for node in page.root.iter("article") if "ww-paper" in node.get("class", "")]
    assert len(found) == 1
    return " ".join("".join(found[0].itertext()).split())


def verbs(node: Node) -> list[tuple[str, str]]:
    with node.store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT verb, subject FROM audit_entries").all()
    return [(row[0], row[1]) for row in rows]


async def test_a_received_warning_as_a_poster_and_as_a_slip(browser: Open, fed: Federation) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await asha.get(f"/inbox/{identity[:16]}"), "Print it")
    text = paper(page)
    expires = fed.genesis.view.state.links[identity].expires
    assert expires is not None
    last = last_day_of(dt.date.fromisoformat(expires))
    assert WHAT in text and f"Throw this paper away after {last.day} {last:%B %Y}." in text
    assert f"Warning {reference_of(identity)}, from bradford project." in text
    assert f"Printed by A, genesis, on {fed.clock.now.day} {fed.clock.now:%B %Y}." in text
    assert "The log in words: " in text
    assert ("print_warning", f"warning/{identity}") in verbs(fed.genesis)
    page = await asha.follow(page, "A5 slip")
    assert "ww-paper--a5" in page.html and paper(page) == text


async def test_the_words_of_the_log_on_paper_are_those_of_the_home_page(browser: Open, fed: Federation) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    words = paper(await asha.get(f"/print/warnings/{identity}")).split("The log in words: ")[1].split(".")[0]
    assert words in (await asha.get("/")).text and len(words.split()) == 8


async def test_the_reference_on_paper_finds_the_warning(browser: Open, fed: Federation) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    page = await browser(WRITER).get(f"/inbox/{reference_of(identity)}")
    assert page.heading == "Warning from bradford project"


@pytest.mark.parametrize(
    ("language", "said"),
    [("cy", "Taflwch y papur hwn ar ôl"), ("pl", "Wyrzuć tę kartkę po"), ("ro", "Aruncați această hârtie după")],
)
async def test_paper_in_another_language_is_marked_as_not_reviewed(
    browser: Open, fed: Federation, language: str, said: str
) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    text = paper(await browser(WRITER).get(f"/print/warnings/{identity}?lang={language}"))
    assert said in text and WHAT not in text and "has not been reviewed by a speaker" in text


async def test_a_warning_that_was_taken_back_prints_a_note_without_its_text(browser: Open, fed: Federation) -> None:
    draft = fed.bradford.draft(fed.bradford.report())
    identity = fed.bradford.release(draft)
    await fed.settle()
    fed.bradford.withdraw(draft)
    day = fed.clock.now
    await fed.settle()
    asha = browser(WRITER)
    text = paper(await asha.follow(await asha.get(f"/inbox/{identity[:16]}"), "Print a note"))
    assert f"TAKEN BACK on {day.day} {day:%B %Y}" in text and DO_NOT_ACT in text
    assert reference_of(identity) in text and "robbery" not in text


async def test_a_draft_is_not_printed(browser: Open, fed: Federation) -> None:
    draft = fed.genesis.draft(fed.genesis.report())
    page = await browser(RELEASER).get(f"/print/releases/{draft}", status=409)
    assert "Only what was let out is printed" in page.text


async def test_an_own_warning_from_out_to_paused_to_taken_back(browser: Open, fed: Federation) -> None:
    draft = fed.genesis.draft(fed.genesis.report())
    identity = fed.genesis.release(draft)
    asha = browser(WRITER)
    text = paper(await asha.follow(await asha.get(f"/releases/{draft}"), "Print it"))
    assert WHAT in text and reference_of(identity) in text and "from genesis." in text
    fed.genesis.pause(draft)
    text = paper(await asha.get(f"/print/releases/{draft}"))
    assert "PAUSED: not in force now" in text and "robbery" not in text
    fed.genesis.withdraw(draft)
    text = paper(await asha.get(f"/print/releases/{draft}"))
    assert "TAKEN BACK" in text and DO_NOT_ACT in text and "robbery" not in text


async def test_what_our_own_people_may_not_be_warned_of_is_not_printed(browser: Open, fed: Federation) -> None:
    answers = {"record": "yes", "warn_own": "no", "warn_others": "yes", "police_anonymous": "yes"}
    draft = fed.genesis.draft(fed.genesis.report(answers=answers), region="merseyside", direction=())
    fed.genesis.release(draft)
    asha = browser(WRITER)
    page = await asha.get(f"/print/releases/{draft}", status=409)
    assert "no permission to warn our own people" in page.text
    assert "robbery" not in paper(await asha.get("/print/van-sheet"))


async def test_the_van_sheet_has_this_weeks_warnings_and_strikes_through_what_ended(
    browser: Open, fed: Federation
) -> None:
    old = fed.bradford.draft(fed.bradford.report())
    kept = fed.bradford.warn(fed.bradford.report())
    taken_back = fed.bradford.release(old)
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/print"), "Van sheet in English")
    text = paper(page)
    assert text.count(WHAT) == 2 and "Warnings this week: West Yorkshire" in text
    assert text.count("Throw away after") == 2 and "Still in force from before" not in text
    fed.bradford.withdraw(old)
    await fed.settle()
    page = await browser(WRITER).get("/print/van-sheet")
    assert paper(page).count(WHAT) == 1
    struck = ["".join(node.itertext()) for node in page.root.iter("s")]
    assert struck == [f"Warning {reference_of(taken_back)}, from bradford project."]
    fed.clock.forward(days=8)
    text = paper(await browser(WRITER).get("/print/van-sheet"))
    assert "Still in force from before" in text and reference_of(kept) in text
    assert reference_of(taken_back) not in text
    assert ("print_van_sheet", "sheet/van") in verbs(fed.genesis)


async def test_an_empty_van_sheet_promises_nothing(browser: Open, fed: Federation) -> None:
    text = paper(await browser(WRITER).get("/print/van-sheet"))
    assert "That does not mean that nothing has happened." in text


async def test_an_own_warning_stands_on_the_van_sheet_and_is_struck_through_once_taken_back(
    browser: Open, fed: Federation
) -> None:
    draft = fed.genesis.draft(fed.genesis.report())
    reference = reference_of(fed.genesis.release(draft))
    asha = browser(WRITER)
    assert f"Warning {reference}, from genesis." in paper(await asha.get("/print/van-sheet"))
    fed.genesis.withdraw(draft)
    page = await asha.get("/print/van-sheet")
    assert [reference in "".join(node.itertext()) for node in page.root.iter("s")] == [True]
    assert WHAT not in paper(page)


async def test_the_paper_form_asks_the_twelve_questions_of_the_screens(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    text = paper(await asha.get("/print/form"))
    for number in range(1, 13):
        assert f" {number}. " in text
    first = await asha.get("/danger-now")
    for question in ("2. Are they 18 or over?", "4. May we warn?", "5. May police have it, without their name?"):
        assert question in text and question in first.text
    assert "We keep a record of what you tell us." in text and "Wording danger-now/en/1" in text
    assert "Told on" in text and "Typed in on" in text
    assert "ww-paper--a5" in (await asha.get("/print/form")).html
    assert "ww-paper--a4" in (await asha.get("/print/form?size=a4")).html


async def test_the_form_has_the_wording_in_the_language_it_is_read_in(browser: Open, fed: Federation) -> None:
    text = paper(await browser(WRITER).get("/print/form?lang=ro"))
    assert "Puteți opri asta oricând." in text and "You can stop it at any time." in text
    assert "Wording danger-now/ro/1" in text and "has not been reviewed by a speaker" in text


async def test_an_auditor_prints_nothing(browser: Open, fed: Federation) -> None:
    add_person(fed.genesis.cases, name="Cleo", role="auditor", by=RELEASER, now=fed.clock())
    cleo = browser("Cleo")
    for path in ("/print", "/print/van-sheet", "/print/form", "/print/releases/1", "/print/warnings/00000000"):
        await cleo.get(path, status=403)


def entry(reference: str, day: int, *, danger_now: bool = False, here: bool = False) -> SheetEntry:
    return SheetEntry(
        reference=reference,
        project="genesis",
        lines=(),
        day=dt.date(2026, 11, day),
        last_day=dt.date(2026, 12, 1),
        danger_now=danger_now,
        here=here,
    )


def test_danger_now_stands_first_then_what_is_here_then_the_newest() -> None:
    entries = [entry("old", 9), entry("new", 12), entry("here", 8, here=True), entry("now", 8, danger_now=True)]
    sheet = van_sheet([*entries, entry("before", 5)], [], dt.date(2026, 11, 12))
    assert [one.reference for one in sheet.new] == ["now", "here", "new", "old"]
    assert [one.reference for one in sheet.before] == ["before"] and sheet.is_full


def test_what_one_sheet_cannot_hold_is_counted_and_nothing_of_this_week_is_left_out() -> None:
    today = dt.date(2026, 11, 30)
    new, before = [entry("new", 29)] * 6, [entry("before", day) for day in range(1, 9)]
    sheet = van_sheet([*before, *new], [], today)
    assert (len(sheet.new), len(sheet.before), sheet.more_before) == (6, 2, 6)
    assert [one.day.day for one in sheet.before] == [8, 7]
    sheet = van_sheet([*before, *new, *new], [], today)
    assert (len(sheet.new), len(sheet.before), sheet.more_before) == (12, 0, 8) and sheet.is_crowded


@pytest.mark.parametrize(
    ("name", "initials"), [("Asha", "A"), ("Asha Khan", "AK"), ("bea de wit", "BDW"), ("Asha (van)", "A")]
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_paper_has_its_real_sizes() -> None:
    style = (files("protocol.house.web") / "static" / "watchword.css").read_text()
    assert "@page{size:A4" in style and "@page a5{size:A5" in style
