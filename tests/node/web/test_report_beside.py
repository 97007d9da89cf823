"""What stands beside an account, on its pages: contact, who reported, legal names, files, links, what decides."""

from collections.abc import Callable

from node.core.attachments import MAX_FILE_BYTES
from protocol.house.actions.add_person import add_person
from protocol.house.store.audit import read_trail
from tests.builders import a_reporter
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
REPORT = "/reports/1"


def joins(fed: Federation, name: str, role: str) -> None:
    add_person(fed.genesis.cases, name=name, role=role, by=RELEASER, now=fed.genesis.clock())


async def test_contact_is_asked_again_once_the_person_described_knows(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha = browser(WRITER)
    page = await asha.get(REPORT)
    assert "they were not asked yet" in page.text
    page = await asha.follow(page, "Ask how to reach them")
    page = await asha.press(page, "Keep", {"Never contact them": "yes", "Ways": ["Text"]}, status=409)
    assert page.errors == ("Either never contact them, or by the ways that are ticked",)
    page = await asha.press(
        page, "Keep", {"Never contact them": "", "Ways": ["Text"], "Words not to say or write": "police"}
    )
    assert "Ask again how" not in page.text and "Words not to use police" in page.text
    assert page.text.index("Words not to use") < page.text.index("07700 900011"), "rules come before numbers"
    fed.genesis.clock.forward(minutes=1)
    page = await asha.press(page, "The person described knows of this")
    assert page.heading == "How to reach them" and "police" in page.html
    assert "the person described knows by now" in (await asha.get(REPORT)).text


async def test_legal_names_are_shown_for_a_reason_that_is_kept(browser: Open, fed: Federation) -> None:
    fed.genesis.report(reporter=a_reporter(legal_names=("Ion Dobre",)))
    asha = browser(WRITER)
    page = await asha.get(REPORT)
    assert "Dobre" not in page.html
    page = await asha.follow(page, "Legal and former names")
    page = await asha.press(page, "Show them", status=422)
    page = await asha.press(page, "Show them", {"Why do you need them?": "An emergency"})
    assert "Ion Dobre" in page.text
    page = await asha.get(f"{REPORT}/reporter")
    assert "Dobre" not in page.html
    page = await asha.press(page, "Keep", {"Working names and names in adverts, one a line": "Candy\nCherry"})
    assert "Cherry" in page.text
    page = await asha.get(f"{REPORT}/history")
    assert "show legal names (emergency)" in page.text and page.text.count("Asha") > 4


async def test_a_file_is_kept_saved_as_it_came_and_erased(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha = browser(WRITER)
    page = await asha.get(f"{REPORT}/files")
    page = await asha.press(page, "Keep it", status=422)
    assert page.errors == ("Choose a file",)
    large = ("file", ("a.jpg", b"x" * (MAX_FILE_BYTES + 1), "image/jpeg"))
    page = await asha.press(page, "Keep it", files=[large], status=409)
    assert "at most 10 MB" in page.errors[0]
    page = await asha.press(
        page, "Keep it", {"What it is": "his plate"}, files=[("file", ("<b>ö.html", b"<script>", "text/html"))]
    )
    assert "his plate" in page.text and "8 bytes" in page.text
    answer = await asha.http.get(page.link("Save a copy"))
    assert answer.content == b"<script>" and answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="report-1-file-1.html"'
    assert answer.headers["cache-control"] == "no-store"
    page = await asha.press(page, "Erase <b>ö.html")
    assert "There are none." in page.text


async def test_two_reports_of_one_event_are_linked_and_nothing_of_one_is_in_the_other(
    browser: Open, fed: Federation
) -> None:
    fed.genesis.report(account="First words.")
    fed.genesis.report(account="Other words.")
    asha = browser(WRITER)
    page = await asha.get(f"{REPORT}/same-event")
    for wrong in ("1", "9"):
        page = await asha.press(page, "It is the same event", {"Number of the other report": wrong}, status=409)
    page = await asha.press(page, "It is the same event", {"Number of the other report": "2"})
    assert "Report 2" in page.links()
    assert "Other words." not in (await asha.get(REPORT)).text
    page = await asha.press(page, "Not the same event: 2")
    assert "None." in page.text


async def test_a_translation_stands_beside_their_words(browser: Open, fed: Federation) -> None:
    fed.genesis.report(account="Era argintie.")
    asha = browser(WRITER)
    page = await asha.follow(await asha.get(REPORT), "Add a translation")
    page = await asha.press(page, "Keep it", {"The translation": "It was silver."}, status=422)
    assert page.errors == ("Say who translated it",)
    page = await asha.press(page, "Keep it", {"Who translated it": "Ioana"})
    assert "Era argintie." in page.text and "A translation, by Ioana It was silver." in page.text


async def test_what_decides_is_put_right_and_takes_back_what_it_refuses(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report())
    asha = browser(WRITER)
    page = await asha.follow(await asha.get(REPORT), "Put right what decides")
    page = await asha.press(page, "Keep", {"How old are they now?": "Not asked"}, status=409)
    assert "another answer can follow, but not none" in page.errors[0]
    tick = {
        "How old are they now?": "18 or over",
        "The person described controls them, lives with them, or takes what they earn": "yes",
    }
    page = await asha.press(page, "Keep", tick)
    assert "no warning goes out" in page.text
    assert "Taken back" in (await asha.get("/releases/1")).text


async def test_an_outreach_worker_adds_to_what_they_took_and_hands_it_over(browser: Open, fed: Federation) -> None:
    joins(fed, "Dee", "outreach")
    fed.genesis.report(by="Dee")
    dee = browser("Dee")
    page = await dee.get(REPORT)
    assert "History" not in page.links() and "Support notes" not in page.links()
    for closed in ("history", "legal-names", "reporter", "facts", "same-event"):
        await dee.get(f"{REPORT}/{closed}", status=403)
    page = await dee.press(page, "Hand it over")
    await dee.get(REPORT, status=403)
    with fed.genesis.store.read() as session:
        assert "hand_over_report" in [entry.verb for entry in read_trail(session, "report/1")]
