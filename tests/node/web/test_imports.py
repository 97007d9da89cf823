"""A sheet comes in, a person says what its columns mean, and opens its rows one by one. Nothing leaves by it."""

from collections.abc import Callable
from pathlib import Path

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page

Open = Callable[..., Browser]
SHEET = Path(__file__).parents[3] / "deploy" / "demo" / "bradford.csv"


async def brought(browser: Browser, content: bytes | None = None, *, status: int = 200) -> Page:
    page = await browser.get("/import")
    files = [("sheet", ("log.csv", SHEET.read_bytes() if content is None else content, "text/csv"))]
    return await browser.press(page, "Read it", files=files, status=status)


def reports(fed: Federation) -> int:
    with fed.genesis.store.read() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM reports").scalar_one())


async def test_a_sheet_is_looked_at_put_right_and_kept_and_twice_is_once(browser: Open, fed: Federation) -> None:
    bryony = browser(RELEASER)
    page = await brought(bryony)
    assert page.heading == "What the columns mean" and reports(fed) == 0
    page = await bryony.press(page, "Read it again")
    page = await bryony.press(page, "The columns are right: keep the rows")
    first = reports(fed)
    assert first > 5 and f"{first} new reports" in page.text
    page = await bryony.press(await brought(bryony), "The columns are right: keep the rows")
    assert "0 new reports" in page.text and reports(fed) == first
    with fed.genesis.store.read() as session:
        assert not session.connection().exec_driver_sql("SELECT id FROM sheets_waiting").all()


async def test_a_row_is_opened_by_a_person_who_stands_for_what_they_confirm(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    await asha.press(await brought(asha), "The columns are right: keep the rows")
    page = await asha.get("/import/rows")
    waiting = [link for link in page.links() if link.startswith("Report ")]
    page = await asha.follow(page, waiting[0])
    assert "As it was written" in page.text
    page = await asha.press(page, "I have read it: open it", status=422)
    assert page.errors == ("Say whether they are 18 or over now", "Say whether they were 18 or over then")
    _, address, sent = page.fill(
        "I have read it: open it",
        {"Is the person it happened to 18 or over now?": "18 or over", "Were they 18 or over then?": "18 or over"},
    )
    answer = await asha.http.post(address, data=dict(sent))
    assert answer.status_code == 303
    page = await asha.get("/import/rows")
    assert waiting[0] not in page.links()


async def test_what_is_no_sheet_is_refused_and_nothing_is_kept(browser: Open, fed: Federation) -> None:
    page = await brought(browser(WRITER), b"%PDF-1.7 not a sheet", status=422)
    assert len(page.errors) == 1 and reports(fed) == 0


async def test_a_sheet_can_be_taken_away_again(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    page = await brought(asha)
    await asha.press(page, "Take the sheet away")
    assert reports(fed) == 0
    await asha.get(page.path, status=404)
