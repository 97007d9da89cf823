"""The pages of figures and releases: what they show is what was frozen, and two people freeze it."""

import csv
import hashlib
import html
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from deploy.demo.history import write_history
from hub.actions.read_releases import read_releases
from hub.core.regions import default_regions
from hub.core.releases import Release
from hub.store import tallies
from protocol.house.web.headers import POLICY
from protocol.quarters import quarters_of
from tests.hub.ground import Ground
from tests.hub.test_index_bodies import index, say
from tests.hub.web.client import ANALYST, LEAD, OPERATOR, POLICE_ANALYST, POLICE_LEAD, HubBrowser, desk_of

Open = Callable[[str], HubBrowser]
PAGES = ("", "/permission", "/kinds", "/map", "/police", "/small-numbers", "/print/2025-Q4")
VIEWS = (
    "incidents",
    "taken",
    "permission",
    "referrals",
    "full_by_region",
    "kinds",
    "contacts",
    "methods",
    "outcomes",
    "hate",
    "to_warning",
    "to_opened",
    "map",
)


@pytest.fixture
def history(ground: Ground) -> list[Release]:
    """Fifteen quarters of a fictional country, released."""
    assert write_history(ground.hub.store, default_regions(), ground.clock().date()) == 15
    return read_releases(desk_of(ground).store)


async def test_every_page_of_figures_shows_frozen_numbers_and_says_why_some_are_missing(
    history: list[Release], browser: Open
) -> None:
    reader = browser(LEAD)
    for path in PAGES:
        page = await reader.get(f"/figures{path}")
        assert "too few to show" in page.text or "not shown" in page.text, path
    overview = await reader.get("/figures")
    last = history[-1]
    shown = next(table for table in last.tables if table.series == "incidents").cells[0].shown
    assert f"{last.quarter} {shown}" in overview.text
    assert "2025-Q3 2026-Q3" in overview.text.replace("What ", "").replace(" Now", "")


async def test_the_start_page_says_whether_reports_rise_and_every_masked_number_leads_to_why(
    history: list[Release], browser: Open
) -> None:
    for name in (LEAD, POLICE_ANALYST):
        page = await browser(name).get("/")
        assert "The figures of 2026-Q3 Reports are rising: 240 incidents, and 230 a year before." in page.text
    reader = browser(LEAD)
    assert "The figures of" not in (await browser(OPERATOR).get("/")).text
    overview = await reader.follow(page, "Is that more projects, more trust, or more violence?")
    for asks in (
        "More projects? The figures speak for it",
        "More trust? The figures do not",
        "They do not rule it out",
    ):
        assert asks in overview.text
    area = await reader.get("/figures/map")
    masked = [link for link in area.root.iter("a") if "".join(link.itertext()) == "too few to show"]
    assert masked and {link.get("href") for link in masked} == {"/figures/small-numbers"}


async def test_before_anything_was_released_pages_say_so(browser: Open) -> None:
    reader = browser(ANALYST)
    for path in ("", "/permission", "/kinds", "/map", "/police"):
        assert "Nothing of this was released yet." in (await reader.get(f"/figures{path}")).text
    await reader.get("/figures/print/2025-Q4", status=404)
    await reader.get("/figures/export/kinds/csv", status=404)


async def test_each_view_can_be_taken_away_as_csv_and_as_svg(history: list[Release], browser: Open) -> None:
    reader = browser(ANALYST)
    for name in VIEWS:
        answer = await reader.http.get(f"/figures/export/{name}/csv")
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert answer.headers["content-type"].startswith("text/csv") and len(rows) > 1, name
        assert len({len(row) for row in rows}) == 1, name
        drawn = await reader.http.get(f"/figures/export/{name}/svg")
        assert ET.fromstring(drawn.text).tag.endswith("svg"), name
        for one in (answer, drawn):
            assert one.headers["content-disposition"].startswith("attachment"), name
            assert one.headers["content-security-policy"] == POLICY
    for wrong in ("kinds/pdf", "nothing/csv", "kinds/csv?window=1999", "declared/csv?scheme=Nobody"):
        assert (await reader.http.get(f"/figures/export/{wrong}")).status_code == 404, wrong


async def test_a_year_before_is_shown_where_it_is_asked_for(history: list[Release], browser: Open) -> None:
    reader = browser(ANALYST)
    page = await reader.follow(await reader.get("/figures/kinds"), "2024")
    assert "Incidents by main kind, 2024" in page.text
    page = await reader.follow(await reader.get("/figures/map"), "2023")
    assert "Incidents by police-force area, 2023" in page.text


async def test_a_release_shows_its_digest_and_its_bytes_have_it(history: list[Release], browser: Open) -> None:
    reader = browser(ANALYST)
    page = await reader.follow(await reader.get("/releases"), "Release 12")
    content = (await reader.http.get("/releases/12/json")).content
    assert hashlib.sha256(content).hexdigest() in page.text
    said = json.loads(content)
    assert said["quarter"] == "2025-Q4" and all(words in page.text for words in said["definitions"].values())
    rows = list(csv.DictReader(io.StringIO((await reader.http.get("/releases/12/csv")).text)))
    assert len(rows) == sum(len(table["cells"]) for table in said["tables"])
    assert {row["Number"] for row in rows} >= {"too few to show", "0"}
    await reader.get("/releases/99", status=404)


async def test_a_release_is_read_in_words_and_its_codes_stand_in_the_json_alone(
    history: list[Release], browser: Open
) -> None:
    reader = browser(ANALYST)
    names = {table.series for table in history[11].tables}
    codes = {cell.value for table in history[11].tables for cell in table.cells} | {t.place for t in history[11].tables}
    raw = {code for code in names | codes if "_" in code or "." in code or "-" in code.strip("0123456789")}
    assert {"incidents.panel", "not_asked", "seen_as_hate", "west-midlands"} <= raw
    for path in ("/releases/12", "/releases/12/csv"):
        text = (await reader.http.get(path)).text
        assert [code for code in sorted(raw) if code in text] == [], path
        assert "Incidents, by how many people reported" in html.unescape(text)


async def test_projects_that_have_sent_no_figures_are_named(browser: Open) -> None:
    assert (
        "Not yet: bradford project, genesis project, merseyside project." in (await browser(LEAD).get("/releases")).text
    )


async def test_one_asks_and_another_freezes_the_next_quarter(
    ground: Ground, history: list[Release], browser: Open
) -> None:
    lead, analyst = browser(LEAD), browser(ANALYST)
    assert "It can be frozen from 1 January 2027" in (await lead.get("/releases")).text
    ground.forward(days=70)
    lead, analyst = browser(LEAD), browser(ANALYST)
    page = await lead.press(await lead.get("/releases"), "Ask for 2026-Q4 to be frozen")
    assert "Somebody else confirms it" in page.text and "Freeze 2026-Q4 now" not in page.buttons()
    page = await analyst.get("/releases")
    frozen = await analyst.press(page, "Freeze 2026-Q4 now")
    assert frozen.heading == "Release 16: 2026-Q4"
    page = await analyst.press(page, "Freeze 2026-Q4 now", status=404)
    assert "No quarter waits" in page.text


async def test_a_quarter_that_was_asked_for_can_wait(ground: Ground, history: list[Release], browser: Open) -> None:
    ground.forward(days=70)
    lead = browser(LEAD)
    page = await lead.press(await lead.get("/releases"), "Ask for 2026-Q4 to be frozen")
    page = await lead.press(page, "Not now")
    assert "Ask for 2026-Q4 to be frozen" in page.buttons()


async def test_years_before_are_declared_shown_dashed_and_taken_back(ground: Ground, browser: Open) -> None:
    lead = browser(LEAD)
    page = await lead.get("/figures/history")
    year = {
        "Which scheme?": "Harbour Project",
        "Which year?": "2012",
        "How many in that year?": "143",
        "What did it count?": "=Reports of violence",
        "Where does the number stand?": "Annual report, page 9",
    }
    page = await lead.press(page, "Keep this year", year)
    assert "Harbour Project, 2012 145. =Reports of violence" in page.text
    overview = await lead.get("/figures")
    assert "ww-line--declared" in overview.html and "never added" in overview.text
    exported = (await lead.http.get("/figures/export/declared/csv?scheme=Harbour Project")).text
    assert "'=Reports of violence" in exported, "a spreadsheet does not compute what somebody typed"
    page = await lead.press(await lead.get("/figures/history"), "Take back Harbour Project, 2012")
    assert "143" not in page.text and "145" not in page.text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("Which year?", "2005", "A whole number from 2006 to 2025"),
        ("How many in that year?", "many", "A whole number from 0 to 100000"),
        ("What did it count?", "", "Say what the scheme counted"),
        ("Which scheme?", "x" * 81, "This is too long: 80 characters at most"),
    ],
)
async def test_a_year_that_is_declared_wrongly_comes_back_with_what_is_wrong(
    browser: Open, field: str, value: str, says: str
) -> None:
    lead = browser(LEAD)
    year = {
        "Which scheme?": "Harbour Project",
        "Which year?": "2012",
        "How many in that year?": "143",
        "What did it count?": "Reports",
        "Where does the number stand?": "Annual report",
    }
    page = await lead.press(await lead.get("/figures/history"), "Keep this year", year | {field: value}, status=422)
    assert page.errors == (says,)


async def test_police_accounts_see_the_same_figures_and_operators_none(history: list[Release], browser: Open) -> None:
    lead, police = browser(LEAD), browser(POLICE_LEAD)
    for path in PAGES:
        seen = [(await one.get(f"/figures{path}")).text for one in (lead, police)]
        assert seen[0] == seen[1], path
    assert "Figures" in (await browser(POLICE_ANALYST).get("/")).links()
    operator = browser(OPERATOR)
    for path in ("/figures", "/releases", "/releases/1/csv"):
        assert (await operator.http.get(path)).status_code == 403
    assert "Figures" not in (await operator.get("/")).links()


async def test_a_new_report_changes_no_page_of_figures(ground: Ground, history: list[Release], browser: Open) -> None:
    police = browser(POLICE_LEAD)
    before = [(await police.get(path)).text for path in ("/figures", "/figures/map", "/releases")]
    await say(ground, "one", police="no")
    await say(ground, "two", police="yes")
    assert index(ground) == 2
    assert [(await police.get(path)).text for path in ("/figures", "/figures/map", "/releases")] == before


async def test_the_figures_of_the_demo_are_those_counted_by_hand(
    ground: Ground, history: list[Release], browser: Open
) -> None:
    """From the demo's true counts, project by project and area by area, to what its pages show."""
    quarters = [str(quarter) for quarter in quarters_of(2025)]
    with ground.hub.store.read() as session:
        by_project = tallies.counts_of(session, ["2026-Q3"], "origin")
        by_area = tallies.counts_of(session, quarters, "force")
    # The panel: the eight projects that were there at the end of 2023-Q1, 101 to 108; four came later.
    panel, later = (31, 29, 24, 40, 18, 13, 14, 17), (20, 15, 15, 6)
    assert [by_project[str(number)] for number in range(101, 109)] == list(panel)
    assert sorted(by_project.values()) == sorted((*panel, *later))
    assert (sum(panel), sum(later), sum(panel) + sum(later)) == (186, 56, 242)  # to the nearest 5: 185, 55, 240
    overview = (await browser(LEAD).get("/figures")).text
    assert "Incidents, all projects 230 240 more" in overview
    assert "Incidents, constant panel 185 185 about the same" in overview
    assert "2026-Q3 240 185 20 12 8 of 8" in overview

    # North West, 2025: Cheshire's 7 and Cumbria's 4 are too few, and 11 together can be written in several ways as two
    # numbers of 1 to 7: no third is hidden. 103 + 87 + 12 + 7 + 4 = 213, shown as 215.
    north_west = {"cheshire": 7, "cumbria": 4, "greater-manchester": 103, "lancashire": 12, "merseyside": 87}
    assert {area: by_area[area] for area in north_west} == north_west and sum(north_west.values()) == 213
    # London: 2 in the City alone would be 136 less 134, so the Metropolitan area's 134 is not shown either.
    assert (by_area["city-of-london"], by_area["metropolitan"]) == (2, 134)
    area_map = (await browser(LEAD).get("/figures/map?year=2025")).text
    for said in (
        "North West All 215",
        "North West Greater Manchester 105",
        "North West Lancashire 10",
        "North West Merseyside 85",
        "North West Cheshire too few to show",
        "North West Cumbria too few to show",
        "London All 135",
        "London Metropolitan too few to show",
        "London City of London too few to show",
    ):
        assert said in area_map, said

    # 230 of those asked said no to full details, 80 yes, as shown: 80 of 310 are 25.8, so 26 of 100.
    assert "Police may have full details 27% 26% about the same" in overview
