"""Search and one warning: for a reason, told to its origin; police see what police may read, and the same whatever
else arrives."""

from collections.abc import Callable
from typing import Any

from hub.actions.compare_bodies import compare_new
from hub.actions.keep_heard import keep_heard
from hub.core.heard import Heard
from hub.store import releases, suggestions
from hub.web.app import ROOMS
from protocol.house.store.audit import read_trail
from protocol.house.web.frame import HOUSE_ROOMS
from protocol.vectors.plausible_bodies import alert_body, salt
from protocol.wording.references import reference_of
from tests.contract.routes import address, routes
from tests.hub.figures_world import World
from tests.hub.ground import Ground
from tests.hub.test_decide_series import ALL, two_alerts
from tests.hub.test_decide_series import told as decisions
from tests.hub.test_index_bodies import index, say
from tests.hub.test_search_bodies import SAID
from tests.hub.test_series_and_figures import with_lead
from tests.hub.test_tell_origins import told as looks
from tests.hub.web.client import ANALYST, LEAD, POLICE_ANALYST, POLICE_LEAD, HubBrowser
from tests.pages.page import Page

Open = Callable[[str], HubBrowser]
WHY = {"Why do you open it?": "It may be about the same person as another warning"}
WHY_BOTH = {"Why do you open them?": WHY["Why do you open it?"]}


def arrive(ground: Ground) -> None:
    """What the worker does when something has arrived."""
    index(ground)
    compare_new(ground.hub.store, ground.hub.epochs(), ground.clock.now.date())


async def search(browser: HubBrowser, **asked: str) -> Page:
    page = await browser.get("/warnings")
    return await browser.press(page, "Search", {label.replace("_", " "): said for label, said in asked.items()})


async def test_somebody_searches_opens_a_warning_and_its_project_learns_why(ground: Ground, browser: Open) -> None:
    alert = await say(ground, "gaz", **SAID)
    arrive(ground)
    ana = browser(ANALYST)
    page = await ana.get("/warnings")
    page = await ana.press(
        page, "Search", {"Number plate, or a part of it": "k7", "A name that they used": "big gaz", "Build": "Stocky"}
    )
    assert f"Warning {reference_of(alert)} genesis project, West Yorkshire, October 2026: robbery" in page.text
    assert "stocky" not in page.text.split("Search again")[0], "a list says nothing of a person"
    page = await ana.follow(page, f"Warning {reference_of(alert)}")
    assert "Big Gaz" not in page.text
    page = await ana.press(page, "Open it", status=422)
    assert page.errors == ("Choose why you open this warning",) and await looks(ground, "genesis") == []
    page = await ana.press(page, "Open it", WHY)
    assert "uses the name: Big Gaz" in page.text and "number plate ends K7L" in page.text
    assert "White, northern European looking, as seen" in page.text
    (one,) = await looks(ground, "genesis")
    assert (one["alert"], one["role"], one["reason"]) == (alert, "analyst", "possible_series")
    with ground.hub.store.read() as session:
        noted = [(entry.verb, entry.subject) for entry in read_trail(session)]
    assert ("searched_warnings", "search/build+name+plate") in noted
    assert not any("gaz" in subject.lower() or "k7" in subject.lower() for _, subject in noted)


async def test_a_search_that_asks_nothing_or_what_cannot_be_is_sent_back_with_what_was_typed(
    ground: Ground, browser: Open
) -> None:
    ana = browser(ANALYST)
    page = await ana.get("/warnings")
    assert (await ana.press(page, "Search", status=422)).errors == ("Say something to look for",)
    wrong = {
        "Number plate, or a part of it": "K",
        "How a telephone number ends": "9140",
        "Age in years": "old",
        "From month": "13 2026",
        "A name that they used": "--",
    }
    page = await ana.press(page, "Search", wrong, status=422)
    assert page.errors == (
        "Type at least one letter",
        "A month, such as 10 2026",
        "A whole number from 16 to 99",
        "Two to eight letters and figures that stand next to each other",
        "The last two or three figures of the number",
    )
    assert 'value="13 2026"' in page.html


async def test_nothing_found_never_says_that_all_is_well(ground: Ground, browser: Open) -> None:
    page = await search(browser(ANALYST), Town="Nowhere")
    assert "We hold no warning that says this. That does not mean that there is nothing" in page.text


async def beside(browser: HubBrowser, one: str, other: str) -> Page:
    """Two warnings laid beside each other, for a reason."""
    page = await browser.get(f"/alike/{one}/{other}")
    return await browser.press(page, "Show what speaks for and against", WHY_BOTH)


PARTS = {"{quarter}": "2023-Q4", "{name}": "kinds", "{form}": "csv", "{number}": "4", "{member}": "1"}
NAMING = ("{chain}", "{one}", "{identity}")
"""Of pages of single warnings: walked by what is shown on others."""


def plain_addresses() -> list[str]:
    """Every address of the hub's own rooms that names no warning: pages, exports, frozen bytes."""
    rooms = [room for room in ROOMS if room not in HOUSE_ROOMS]
    found = [route for route in routes(rooms) if route.startswith("GET ") and not any(part in route for part in NAMING)]
    return [address(route, PARTS)[1] for route in found]


async def everything(ground: Ground, browser: HubBrowser, alert: str, *others: str) -> dict[str, str]:
    """All that somebody can see, byte by byte; what belongs to their session alone stays the same with it."""
    plain = {path: await browser.http.get(path) for path in plain_addresses()}
    addresses = ["/", "/warnings", f"/warnings/{alert}", "/alike", *(f"/alike/{alert}/{one}" for one in others)]
    pages = [await browser.get(path) for path in addresses]
    asked: list[dict[str, str]] = [{"Build": "Stocky"}, {"Town": "Otley"}, {"Police-force area": "West Yorkshire"}]
    for one in asked:
        pages.append(await browser.press(pages[1], "Search", one))
    pages.append(await browser.press(pages[2], "Open it", WHY))
    pages.extend([await beside(browser, alert, one) for one in others])
    return {f"{place} {page.path}": page.html for place, page in enumerate(pages)} | {
        path: f"{answer.status_code} {answer.text}" for path, answer in plain.items()
    }


async def test_no_page_of_a_police_account_changes_when_what_police_may_not_read_arrives_or_goes(
    ground: Ground, browser: Open
) -> None:
    await with_lead(ground, "no")
    first, second = [await say(ground, name, **SAID) for name in ("first", "second")]
    with ground.hub.store.begin() as session:
        for release in World(1, 60).releases()[:5]:
            releases.freeze(session, release)
    arrive(ground)
    for name in (POLICE_ANALYST, POLICE_LEAD):
        reader = browser(name)
        before = await everything(ground, reader, first, second)
        assert before["/figures/export/kinds/csv"].startswith("200 ") and before["/releases/4/json"].startswith("200 ")
        assert before["/withdrawals"].startswith("403 ") and before["/members"].startswith("403 ")
        hidden = [await say(ground, f"{name} {number}", **SAID, police="no") for number in range(22)]
        arrive(ground)
        ground.scene.series("genesis", 1, sorted((first, hidden[0])))
        ground.scene.series("genesis", 1, sorted((first, second, hidden[1])))
        await ground.ok()
        assert await everything(ground, reader, first, second) == before
        for path in (f"/warnings/{hidden[0]}", f"/alike/{first}/{hidden[0]}"):
            page = await reader.get(path, status=404)
            nothing = await reader.get(path.replace(hidden[0], "ab" * 32), status=404)
            assert page.text == nothing.text
        for alert in hidden:
            ground.scene.cancel("genesis", 1, alert)
        await ground.ok()
        assert await everything(ground, reader, first, second) == before
        assert (await browser(ANALYST).get("/alike")).status == 200


async def test_an_analyst_not_of_the_police_sees_what_police_may_not(ground: Ground, browser: Open) -> None:
    alert = await say(ground, "hidden", **SAID, police="no")
    arrive(ground)
    page = await search(browser(ANALYST), Town="Otley")
    assert reference_of(alert) in page.text and "Police may not read it" in page.text


async def test_a_lead_proposes_what_may_be_one_person_and_takes_it_back(ground: Ground, browser: Open) -> None:
    await with_lead(ground, "no")
    one, other = await two_alerts(ground)
    arrive(ground)
    lena = browser(LEAD)
    page = await lena.get("/alike")
    assert "What the comparing proposes" in page.text
    page = await lena.follow(page, f"{reference_of(one)} and {reference_of(other)}")
    page = await lena.press(page, "Show what speaks for and against", WHY_BOTH)
    assert "Names used: used the same name (some)" in page.text and "expert" not in page.text
    assert "Gaz" not in page.text, "why, and not what either says"
    page = await lena.press(page, "Propose it", status=422)
    assert page.errors == ("Say what they may be",)
    page = await beside(lena, one, other)
    page = await lena.press(page, "Propose it", {"What may they be?": "The same person"})
    assert page.path == "/alike" and "Waits for the lead’s node to sign it" in page.text
    (waiting,) = await decisions(ground)
    assert waiting["alerts"] == sorted((one, other))
    page = await lena.press(page, "Do not sign " + " and ".join(map(reference_of, waiting["alerts"])))
    assert "Waits for" not in page.text and await decisions(ground) == []
    assert "Propose it" not in (await beside(browser(ANALYST), one, other)).text


async def test_two_beside_each_other_are_both_opened_for_a_reason_and_both_projects_learn_it(
    ground: Ground, browser: Open
) -> None:
    await with_lead(ground, "no")
    one, other = await two_alerts(ground)
    arrive(ground)
    ana = browser(ANALYST)
    page = await ana.get(f"/alike/{one}/{other}")
    assert "What speaks for it" not in page.text
    page = await ana.press(page, "Show what speaks for and against", status=422)
    assert page.errors == ("Choose why you open these warnings",)
    assert await looks(ground, "genesis") == [] == await looks(ground, "merseyside")
    page = await ana.press(page, "Show what speaks for and against", WHY_BOTH)
    assert "What speaks for it" in page.text
    for project, alert in (("genesis", one), ("merseyside", other)):
        (look,) = await looks(ground, project)
        assert (look["alert"], look["role"], look["reason"]) == (alert, "analyst", "possible_series")
    assert seen_by(ground, "compared_warnings") == {(f"alert/{alert}", "possible_series") for alert in (one, other)}
    await ana.get(f"/alike/{one}/{one}", status=404)


def seen_by(ground: Ground, verb: str) -> set[tuple[str, str | None]]:
    with ground.hub.store.read() as session:
        return {(entry.subject, entry.reason) for entry in read_trail(session) if entry.verb == verb}


async def test_a_warning_seen_before_it_is_opened_is_in_the_trail_and_nothing_that_was_typed(
    ground: Ground, browser: Open
) -> None:
    alert = await say(ground, "seen")
    arrive(ground)
    ana = browser(ANALYST)
    await ana.get(f"/warnings/{alert}")
    for typed in ("Mary Canary", "ab" * 32, "AB" * 32):
        for path in (f"/warnings/{typed}", f"/alike/{typed}/{alert}", f"/alike/{alert}/{typed}"):
            await ana.get(path, status=404)
    with ground.hub.store.read() as session:
        about = {(entry.verb, entry.subject) for entry in read_trail(session) if entry.subject.startswith("alert/")}
    assert about == {("saw_alert_closed", f"alert/{alert}")}


async def test_several_are_proposed_from_one_of_them(ground: Ground, browser: Open) -> None:
    await with_lead(ground, "no")
    one, other = await two_alerts(ground)
    arrive(ground)
    lena = browser(LEAD)
    page = await lena.press(await lena.get(f"/warnings/{one}"), "Open it", WHY)
    button = "Propose that those chosen may be the same person"
    chosen: Any = {f"Warning {reference_of(other)}": "yes"}
    again = await lena.press(page, button, status=409)
    assert again.errors == ("Choose 2 to 20 different warnings",)
    page = await lena.press(page, button, chosen)
    assert "Waits for the lead’s node to sign it" in page.text


async def test_what_was_said_is_shown_in_words_and_undone(ground: Ground, browser: Open) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    series = ground.scene.series("lead", 9, alerts)
    await ground.ok("lead")
    lena = browser(LEAD)
    page = await lena.get("/alike")
    assert "May be the same person: " in page.text
    assert "Proposed: the projects concerned can object until 5 November 2026; then others are told" in page.text
    page = await lena.press(page, f"Undo {reference_of(series)}")
    assert "To be undone" in page.text
    (one,) = await decisions(ground)
    assert one["undo"] == series
    ground.scene.cancel("lead", 9, series)
    await ground.ok("lead")
    page = await lena.get("/alike")
    assert "Undone." in page.text and "To be undone" not in page.text


async def test_a_series_is_split_on_one_page(ground: Ground, browser: Open) -> None:
    await with_lead(ground, "no")
    third = ground.scene.alert("genesis", 1, audience=ALL, body=alert_body(salt=salt("third")))
    alerts = sorted((*await two_alerts(ground), third))
    series = ground.scene.series("lead", 9, tuple(alerts))
    await ground.ok("lead")
    lena = browser(LEAD)
    page = await lena.follow(await lena.get("/alike"), f"split {reference_of(series)}")
    one, two, three = (f"Warning {reference_of(alert)}" for alert in alerts)
    page = await lena.press(page, "Split it", {one: "One part"}, status=422)
    assert page.errors == ("Say where this warning belongs",) * 2
    page = await lena.press(page, "Split it", {two: "The other part", three: "Neither"}, status=409)
    assert page.errors == ("At least two warnings belong together, or there is nothing to say: undo it then",)
    page = await lena.press(page, "Split it", {two: "One part"})
    assert page.path == "/alike" and "To be undone" in page.text
    said = {(tuple(one.get("alerts", ())), one.get("undo")) for one in await decisions(ground)}
    assert said == {((), series), ((alerts[0], alerts[1]), None)}
    await browser(POLICE_LEAD).get(f"/alike/series/{'ab' * 32}/split", status=404)


async def test_agreed_and_disagreed_are_said(ground: Ground, browser: Open) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    ana = browser(ANALYST)
    series = ground.scene.series("lead", 9, alerts)
    for name, member in (("genesis", 1), ("merseyside", 3)):
        ground.scene.say(f"{name}/sign0", "endorse", member, about=series)
    await ground.ok("lead")
    page = await ana.get("/alike")
    assert "Agreed by the projects concerned. Said by lead project" in page.text
    assert "Stand by it: genesis project, merseyside project." in page.text
    ground.scene.objection("genesis", 1, series, "different_person")
    await ground.ok()
    page = await ana.get("/alike")
    assert "Undone. Said by lead project" in page.text


async def test_a_warning_that_is_gone_or_was_never_there_is_said_so_alike(ground: Ground, browser: Open) -> None:
    alert = await say(ground, "gone")
    arrive(ground)
    ana = browser(ANALYST)
    ground.scene.update("genesis", 1, alert, body=alert_body(salt=salt("again"), severity="minor"))
    await ground.ok()
    arrive(ground)
    page = await ana.press(await ana.get(f"/warnings/{alert}"), "Open it", WHY)
    assert "It is less serious." in page.text
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    page = await ana.get(f"/warnings/{alert}", status=404)
    assert page.text == (await ana.get(f"/warnings/{'ab' * 32}", status=404)).text


async def test_silent_projects_are_named_with_the_day_and_no_count(ground: Ground, browser: Open) -> None:
    keep_heard(ground.hub.store, [Heard(1, ground.clock.now)])
    reader = browser(POLICE_ANALYST)
    page = await reader.get("/silent")
    assert "genesis" not in page.text
    assert "bradford project Never heard merseyside project Never heard" in page.text
    ground.forward(days=3)
    page = await browser(POLICE_ANALYST).get("/silent")
    assert "genesis project Last heard on 2 November 2026" in page.text


async def test_the_board_sees_years_that_are_over_masked_as_figures(ground: Ground, browser: Open) -> None:
    """60 proposals, 3 and 40: 3 alone would stand out, so the next is not shown either; a year that goes on is not
    there, and every code has a row."""
    with ground.hub.store.begin() as session:
        for year in (2025, 2026):
            for skin, count in (("ic1", 60), ("ic3", 3), ("ic4", 40)):
                for _ in range(count):
                    suggestions.count_skin(session, year, skin, "suggested")
    page = await browser(ANALYST).get("/alike/board")
    assert "2025" in page.text and "2026" not in page.text
    assert "Black, as seen too few to show 0 0" in page.text
    assert "White, northern European looking, as seen 60 0 0" in page.text
    assert "South Asian looking, as seen too few to show 0 0" in page.text and "Not said in both 0 0 0" in page.text
    await browser(POLICE_ANALYST).get("/alike/board", status=403)
