"""What somebody who is signed in may send that no page of ours does: answered as such, on both databases."""

from collections.abc import Callable

import pytest

from tests.hub.web.client import LEAD, OPERATOR, HubBrowser

Open = Callable[[str], HubBrowser]
NUMBERS = ("0", "-1", "2147483648", "9" * 19, "9" * 30)


async def post(browser: HubBrowser, path: str, **fields: str) -> int:
    """The status of an answer to a form that was not filled on a page."""
    page = await browser.get("/account")
    token = next(one.get("value", "") for one in page.root.iter("input") if one.get("name") == "csrf")
    return (await browser.http.post(path, data={"csrf": token, **fields})).status_code


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_number_that_nothing_has(browser: Open, number: str) -> None:
    lead, operator = browser(LEAD), browser(OPERATOR)
    for path in ("/releases/{}", "/releases/{}/json", "/releases/{}/csv"):
        assert (await lead.http.get(path.format(number))).status_code == 404, path
    for path in (
        "/members/{}/suspend",
        "/members/{}/resume",
        "/members/{}/revoke",
        "/people/{}/roles",
        "/people/{}/invite",
        "/people/{}/end",
        "/people/1/devices/{}/end",
        "/account/devices/{}/end",
        "/account/passkeys/{}/end",
    ):
        answered = await post(operator, path.format(number), reason="misuse", role="auditor", current="")
        assert answered < 500, path
        assert not path.startswith("/members") or answered == 404, path
    assert await post(lead, f"/alike/decisions/{number}/take-back") < 500


@pytest.mark.parametrize("path", ["/alike/x/a%00b", "/warnings/%00", "/joining/%00", "/figures/print/%0a", "/%7f"])
async def test_a_control_character_in_an_address_leads_nowhere(browser: Open, path: str) -> None:
    for name in (LEAD, OPERATOR):
        page = await browser(name).get(path, status=404)
        assert page.heading == "There is no such page"


@pytest.mark.parametrize("identity", ["0", "roz", "g" * 64, "A" * 64, "a" * 63, "a" * 65])
async def test_what_is_no_identity_names_no_series(browser: Open, identity: str) -> None:
    assert await post(browser(LEAD), f"/alike/series/{identity}/undo") == 404


async def test_a_control_character_in_a_form_is_asked_for_again(browser: Open) -> None:
    assert await post(browser(LEAD), "/figures/history/take-back", scheme="a\0b", year="2020") == 422


async def test_a_file_to_sign_that_holds_no_statement_is_refused(browser: Open) -> None:
    assert await post(browser(OPERATOR), "/signing/file", file='{"payload":"AAAA"}') == 400


async def test_nothing_is_prepared_about_nobody(browser: Open) -> None:
    assert await post(browser(OPERATOR), "/members/60000/revoke", reason="left") == 404
