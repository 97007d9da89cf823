"""Who works here, through the pages: invitations, roles, deputies, lost devices, people who leave."""

from collections.abc import Callable

import pytest

from protocol.house.actions.add_person import add_person
from protocol.house.web.cookies import SESSION
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.node.web.test_accounts import Colleague

Open = Callable[..., Browser]


async def test_somebody_is_invited_and_the_link_is_shown_once(browser: Open) -> None:
    bryony = browser(RELEASER)
    page = await bryony.get("/people/invite")
    page = await bryony.press(page, "Invite", {"Their name": "Dana Example", "What do they do here?": "Outreach"})
    assert page.heading == "Dana Example is invited" and "/invitation/" in page.text
    link = page.text.partition("8710")[2].split()[0]
    page = await browser().get(link)
    assert page.heading == "Set up your account"
    assert link not in (await bryony.get("/people")).html
    page = await bryony.press(
        await bryony.get("/people/invite"),
        "Invite",
        {"Their name": "dana example", "What do they do here?": "Outreach"},
        status=422,
    )
    assert page.errors == ("Somebody of that name is known already",)


async def test_roles_change_from_one_page_to_the_next(browser: Open) -> None:
    bryony, asha = browser(RELEASER), browser(WRITER)
    assert (await asha.http.get("/people")).status_code == 403
    page = await bryony.follow(await bryony.get("/people"), WRITER)
    page = await bryony.press(page, "Keep these roles", {"What they do here": ("Caseworker", "Administrator")})
    assert (await asha.http.get("/people")).status_code == 200
    page = await bryony.follow(await bryony.get("/people"), RELEASER)
    page = await bryony.press(page, "Keep these roles", {"What they do here": "Caseworker"}, status=422)
    assert "name another first" in page.errors[0]


async def test_a_deputy_stands_in_until_a_day(browser: Open, fed: Federation) -> None:
    bryony, asha = browser(RELEASER), browser(WRITER)
    page = await bryony.follow(await bryony.get("/people"), WRITER)
    too_late = {"As what?": "Coordinator", "Day": "25", "Month": "12", "Year": "2026"}
    page = await bryony.press(page, "Let them stand in", too_late, status=422)
    assert "30 days at most" in page.errors[0]
    page = await bryony.press(page, "Let them stand in", too_late | {"Day": "4", "Month": "11"})
    assert "Coordinator, until 4 November 2026" in page.text
    assert (await asha.http.get("/people")).status_code == 200
    fed.clock.forward(days=3)
    asha.sign_in_as(WRITER)
    assert (await asha.http.get("/people")).status_code == 403


async def test_a_coordinator_ends_a_stolen_laptop(browser: Open, fed: Federation) -> None:
    asha, stolen, bryony = Colleague(fed, WRITER), browser(), browser(RELEASER)
    await asha.set_up(stolen)
    page = await bryony.follow(await bryony.get("/people"), WRITER)
    page = await bryony.press(page, next(one for one in page.buttons() if one.startswith("Lost or stolen")))
    assert (await stolen.http.get("/account")).status_code == 303
    assert "Can sign in" in page.text


async def test_somebody_leaves(browser: Open) -> None:
    bryony, asha = browser(RELEASER), browser(WRITER)
    page = await bryony.follow(await bryony.get("/people"), WRITER)
    page = await bryony.follow(page, f"{WRITER} leaves")
    page = await bryony.press(page, "End the account")
    assert page.path == "/people" and "Left" in page.text
    assert (await asha.http.get("/")).status_code == 303


async def test_an_administrator_reads_no_record_and_makes_no_way_into_one(browser: Open, fed: Federation) -> None:
    add_person(fed.genesis.cases, name="Gil", role="administrator", by=RELEASER, now=fed.clock())
    gil = browser("Gil")
    report = fed.genesis.report()
    for path in ("/reports", f"/reports/{report}", "/inbox", "/check", "/releases", "/audit"):
        assert (await gil.http.get(path)).status_code == 403, path
    page = await gil.follow(await gil.get("/people"), WRITER)
    assert page.buttons() == ["Sign out"]
    page = await gil.get("/people/invite")
    assert "Coordinator" not in page.text and "Auditor" in page.text
    page = await gil.get("/people/2")
    token = page.root.find(".//input[@name='csrf']")
    assert token is not None
    answer = await gil.http.post("/people/2/invite", data={"csrf": token.get("value", "")})
    assert answer.status_code == 403


@pytest.mark.parametrize("number", ["2147483648", "9" * 19, "9" * 30])
async def test_nothing_of_a_number_that_no_table_holds(browser: Open, number: str) -> None:
    bryony = browser(RELEASER)
    for path in ("/people/{}", "/people/{}/end", "/releases/{}"):
        await bryony.get(path.format(number), status=404)
    token = (await bryony.get("/account")).root.find(".//input[@name='csrf']")
    assert token is not None
    sent = {"csrf": token.get("value", "")}
    for path in (
        "/account/devices/{}/end",
        "/account/passkeys/{}/end",
        "/people/{}/invite",
        "/people/1/devices/{}/end",
    ):
        answer = await bryony.http.post(path.format(number), data=sent)
        assert answer.status_code < 500, path


@pytest.mark.parametrize("path", ["/people/999", "/people/0/end"])
async def test_nobody_of_that_number(browser: Open, path: str) -> None:
    await browser(RELEASER).get(path, status=404)


async def test_a_session_cookie_alone_opens_nothing(browser: Open) -> None:
    bryony = browser(RELEASER)
    bare = browser()
    bare.http.cookies.set(SESSION, bryony.http.cookies[SESSION])
    assert (await bare.http.get("/people")).status_code == 303
