"""Accounts of the hub's people: what is the same as at a node is tested there; here, what is the hub's."""

import datetime as dt
from collections.abc import Callable

import pyotp
import pytest

from hub.actions.keep_house import change_epoch
from protocol.house.actions.add_person import add_person
from protocol.house.actions.change_roles import change_roles
from protocol.house.actions.invite_person import invite_again, invite_person
from protocol.house.core.errors import NotYours, Refused
from protocol.house.store.people import get_person, person_of_name
from tests.hub.ground import Ground
from tests.hub.web.client import ANALYST, LEAD, OPERATOR, POLICE_LEAD, HubBrowser, desk_of

Open = Callable[[str], HubBrowser]
PASSWORD = "seven lanterns over the weir"


def number_of(ground: Ground, name: str) -> int:
    with desk_of(ground).store.read() as session:
        found = person_of_name(session, name)
    assert found is not None
    return found


async def test_somebody_who_is_invited_sets_up_an_account_and_signs_in_with_it(ground: Ground, browser: Open) -> None:
    made = invite_person(desk_of(ground), name="Olga", roles=["operator"], by=OPERATOR, now=ground.clock())
    stranger = browser("")
    page = await stranger.get(f"/invitation/{made.code}")
    secret = next(word for word in page.text.split() if len(word) == 32 and word.isupper())
    code = pyotp.TOTP(secret).at(ground.clock())
    given = {"Password": PASSWORD, "The password again": PASSWORD, "The six figures that the app shows now": code}
    page = await stranger.press(page, "Set up my account", given)
    assert "recovery codes" in page.heading.lower()

    ground.forward(minutes=1)
    again = browser("")
    given = {"Your name": "olga", "Password": PASSWORD, "Code": pyotp.TOTP(secret).at(ground.clock())}
    page = await again.press(await again.get("/sign-in"), "Sign in", given)
    assert page.path == "/account/device"
    assert (await again.get("/")).heading == "Watchword hub"
    cookies = {cookie.name for cookie in again.http.cookies.jar}
    assert {"__Host-watchword-session", "__Host-watchword-device"} <= cookies


async def test_sealed_secrets_of_accounts_outlive_a_change_of_the_epoch_key(ground: Ground, browser: Open) -> None:
    made = invite_person(desk_of(ground), name="Olga", roles=["operator"], by=OPERATOR, now=ground.clock())
    folder = ground.hub.config.epoch_dir
    for _ in range(3):
        ground.forward(days=1)
        change_epoch(ground.hub.store, folder, ground.clock(), keep_days=1)
    assert min(ground.hub.epochs().keys) > 1
    page = await browser("").get(f"/invitation/{made.code}")
    assert "Olga" in page.text


def test_who_gives_what_never_gives_what_they_could_read_by(ground: Ground, browser: Open) -> None:
    desk, now = desk_of(ground), ground.clock()
    asked = (
        (OPERATOR, "lead", "lead"),
        (OPERATOR, "analyst", "lead"),
        (LEAD, "operator", "operator"),
        (LEAD, "auditor", "operator"),
    )
    for by, role, giver in asked:
        with pytest.raises(NotYours, match=f"it is given by: {giver}$"):
            add_person(desk, name="Rob", role=role, by=by, now=now)
    with pytest.raises(NotYours):
        invite_again(desk, person=number_of(ground, ANALYST), by=OPERATOR, now=now)
    with pytest.raises(NotYours):
        add_person(desk, name="Rob", role="analyst", by=POLICE_LEAD, now=now)


def test_nobody_both_operates_the_hub_and_reads_what_it_carries(ground: Ground, browser: Open) -> None:
    desk, now = desk_of(ground), ground.clock()
    with pytest.raises(Refused, match="nobody both operates"):
        add_person(desk, name="Rob", role="operator", more_roles=("analyst",), now=now)
    with pytest.raises(NotYours):
        change_roles(desk, person=number_of(ground, OPERATOR), give=("analyst",), by=OPERATOR, now=now)
    with desk.store.read() as session:
        assert get_person(session, number_of(ground, OPERATOR), now).roles == ("operator",)


def test_the_last_operator_stays_one(ground: Ground, browser: Open) -> None:
    desk, oona = desk_of(ground), number_of(ground, OPERATOR)
    with pytest.raises(Refused, match="name another first"):
        change_roles(
            desk, person=oona, give=("auditor",), take=("operator",), by=OPERATOR, now=ground.clock() + dt.timedelta(1)
        )


async def test_the_exchange_and_the_pages_answer_each_in_their_own_way(ground: Ground, browser: Open) -> None:
    answer = await ground.client.get("/v1/nowhere")
    assert answer.status_code == 404 and answer.headers["content-type"].startswith("application/problem+json")
    page = await browser(OPERATOR).get("/nowhere", status=404)
    assert page.heading == "There is no such page"
