"""The trail through its pages: searched, verified, broken by a hand in the database, summed up on Mondays."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from node.actions.show_report import show_report
from protocol.house.actions.add_person import add_person
from protocol.house.core.audit import Asked, NotedHead, read_noted_head
from protocol.house.store.audit import search_trail
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]


@pytest.fixture
def auditor(fed: Federation, browser: Open) -> Browser:
    add_person(fed.genesis.cases, name="Hal", role="auditor", by=RELEASER, now=fed.clock())
    return browser("Hal")


def alter(fed: Federation, statement: str) -> None:
    """A hand with a database browser, which drops the triggers first."""
    with fed.genesis.store.begin() as session:
        for verb in ("update", "delete"):
            session.connection().execute(text(f"DROP TRIGGER IF EXISTS audit_entries_no_{verb}"))
        session.connection().execute(text(statement))


async def test_the_auditor_finds_who_looked_at_a_report_and_reads_no_record(fed: Federation, auditor: Browser) -> None:
    report = fed.genesis.report()
    show_report(fed.genesis.cases, report_id=report, by=WRITER, now=fed.clock())
    page = await auditor.get("/audit")
    page = await auditor.press(page, "Search", {"Of what": "Report", "Its number": str(report)})
    assert "show report" in page.text and WRITER in page.text and f"report {report}" in page.text
    page = await auditor.press(page, "Search", {"Who": RELEASER})
    assert "show report" not in page.text
    page = await auditor.press(page, "Search", {"Of what": "Report", "Its number": ""}, status=422)
    assert page.errors == ("Type its number",)
    assert (await auditor.http.get(f"/reports/{report}")).status_code == 403
    assert (await auditor.http.get("/audit/week")).status_code == 403


async def test_a_whole_trail_gives_a_head_to_note_and_is_checked_against_it(auditor: Browser) -> None:
    page = await auditor.press(await auditor.get("/audit/verify"), "Verify")
    assert page.heading == "The trail is whole"
    by_words = page.text.partition("change it. ")[2].split()[:9]
    by_figures = page.text.split()[-1]
    for noted in (" ".join(by_words), by_figures):
        page = await auditor.press(
            await auditor.get("/audit/verify"), "Verify", {"A head that you noted, if you have one": noted}
        )
        assert page.heading == "The trail is whole"
    page = await auditor.get("/audit/verify")
    page = await auditor.press(page, "Verify", {"A head that you noted, if you have one": "twelve"}, status=422)
    assert "eight words" in page.errors[0]


@pytest.mark.parametrize(
    ("statement", "heading"),
    [
        ("UPDATE audit_entries SET verb = 'looked' WHERE number = 3", "The trail is broken at entry 3"),
        ("DELETE FROM audit_entries WHERE number = 2", "The trail is broken at entry 2"),
    ],
)
async def test_what_a_hand_changed_shows(fed: Federation, auditor: Browser, statement: str, heading: str) -> None:
    fed.genesis.report()
    alter(fed, statement)
    page = await auditor.press(await auditor.get("/audit/verify"), "Verify")
    assert page.heading == heading


async def test_an_end_that_was_cut_off_shows_against_a_noted_head_alone(fed: Federation, auditor: Browser) -> None:
    fed.genesis.report()
    page = await auditor.press(await auditor.get("/audit/verify"), "Verify")
    noted = page.text.split()[-1]
    number = int(noted.partition(":")[0])
    alter(fed, f"DELETE FROM audit_entries WHERE number >= {number}")
    page = await auditor.press(await auditor.get("/audit/verify"), "Verify")
    assert page.heading == "The trail is whole"
    words = f"{number} " + " ".join(["abandon"] * 8)
    for one in (noted, words):
        page = await auditor.press(
            await auditor.get("/audit/verify"), "Verify", {"A head that you noted, if you have one": one}
        )
        assert page.heading.startswith("The trail is broken")


async def test_on_monday_the_coordinator_reads_who_opened_what(fed: Federation, browser: Open) -> None:
    cases = fed.genesis.cases
    report = fed.genesis.report()
    for _ in range(3):
        show_report(cases, report_id=report, by=WRITER, now=fed.clock(), with_support_notes=True)
    checking = browser(WRITER)
    fed.clock.forward(days=1)
    checking.sign_in_as(WRITER)
    asked = {
        "What is it?": "Phone number",
        "Number, plate or name": "07700 900318",
        "Why do you check?": "Somebody asked us",
    }
    await checking.press(await checking.get("/check"), "Check", asked)
    fed.clock.forward(days=7)
    bryony = browser(RELEASER)
    page = await bryony.follow(await bryony.get("/"), "Last week: who opened what")
    assert page.heading.startswith("Who opened what, 2 November 2026 to 8 November 2026")
    assert f"{WRITER} 1 3 3 1 1" in page.text
    assert f"Report {report}: 3 times, by 1 person" in page.text
    assert "Last week" not in (await bryony.get("/")).text


async def test_every_page_that_shows_something_of_a_record_leaves_a_trace(fed: Federation, browser: Open) -> None:
    warned = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    report = fed.genesis.report()
    release = fed.genesis.draft(report)
    bryony = browser(RELEASER)
    for path, verb, subject in (
        ("/reports", "list_reports", "report/all"),
        (f"/reports/{report}", "show_report", f"report/{report}"),
        (f"/reports/{report}/support", "show_support_notes", f"report/{report}"),
        ("/releases", "list_releases", "release/all"),
        (f"/releases/{release}", "show_release", f"release/{release}"),
        ("/inbox", "read_inbox", "inbox/all"),
        (f"/inbox/{warned}", "read_warning", f"warning/{warned}"),
        ("/people", "list_people", "person/all"),
        ("/people/2", "show_person", "person/2"),
        ("/audit", "search_audit", "audit/all"),
    ):
        await bryony.get(path)
        with fed.genesis.store.read() as session:
            latest = search_trail(session, Asked(), most=2)
        assert (1, verb, subject) in {(one.person, one.verb, one.subject) for one in latest}


@pytest.mark.parametrize(
    ("text_typed", "found"),
    [
        (f"12:{'a' * 64}", NotedHead(number=12, hash="a" * 64, words=())),
        (
            "12 one two three four five six seven EIGHT",
            NotedHead(number=12, hash=None, words=("one", "two", "three", "four", "five", "six", "seven", "eight")),
        ),
        ("", None),
        ("12", None),
        (f"-1:{'a' * 64}", None),
        (f"12:{'g' * 64}", None),
        ("12 one two", None),
    ],
)
def test_a_noted_head_is_read_or_not(text_typed: str, found: NotedHead | None) -> None:
    assert read_noted_head(text_typed) == found
