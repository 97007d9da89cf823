"""An operator's pages of members: prepared here, signed elsewhere, brought back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hub.actions.drop_candidate import drop_candidate
from hub.actions.invite_candidate import invite_candidate
from hub.actions.keep_heard import keep_heard
from hub.actions.list_withdrawals import MOST_SHOWN
from hub.actions.officers_statements import suspension
from hub.actions.speak_as_officer import sign_as_officer
from hub.actions.take_signed import Registry, take_signed
from hub.cli import app
from hub.core.signing_files import SignedFile, decode_signed, encode_file
from hub.store import members
from protocol.house.core.errors import NotYours
from protocol.house.store import audit
from protocol.house.store.people import person_id
from protocol.statement_fields import Audience
from protocol.vectors.named_keys import signing_key
from tests.hub.asker import Asker
from tests.hub.ground import Ground
from tests.hub.test_erasure import publish
from tests.hub.web.client import LEAD, OPERATOR, HubBrowser, desk_of
from tests.pages.page import Page

Open = Callable[[str], HubBrowser]
SUSPEND = {"Why?": "Doubt about who holds its keys"}
PREPARE = "Prepare it for an officer to sign"
BRING = "Put it into the log"


def text_of(page: Page) -> str:
    """What the page hands out to be signed."""
    return next(node.text or "" for node in page.root.iter("textarea")).strip()


def signed(text: str, folder: Path, officer: int = 0) -> str:
    """What `sign-as-officer` makes of it, at a machine that knows nothing of the hub."""
    wanted, to, key = folder / "to-sign.json", folder / "signed.json", folder / "officer.key"
    wanted.write_text(text)
    key.unlink(missing_ok=True)
    key.write_text(bytes(signing_key(f"officer{officer}")).hex())
    key.chmod(0o600)
    typed = ["sign-as-officer", str(wanted), str(to), "--officer-key", str(key), "--yes"]
    result = CliRunner().invoke(app, typed)
    assert result.exit_code == 0, result.output
    return to.read_text()


async def test_two_officers_suspend_a_member_with_keys_that_never_come_to_the_hub(
    ground: Ground, browser: Open, tmp_path: Path
) -> None:
    operator = browser(OPERATOR)
    for officer in (0, 1):
        page = await operator.get("/members/2/suspend")
        assert "Its warnings that are in force stand" in page.text
        page = await operator.press(page, PREPARE, SUSPEND)
        assert "Asks to suspend member 2: doubt about who holds its keys." in page.text
        brought = {"Or its text": signed(text_of(page), tmp_path, officer)}
        page = await operator.press(await operator.get("/signing"), BRING, brought)
        assert ("second officer" in page.text) == (officer == 0)
    assert ground.hub.view.refresh().state.members[2].status == "suspended"
    page = await operator.get("/members/2")
    page = await operator.press(await operator.follow(page, "End the suspension"), PREPARE)
    brought = {"Or its text": signed(text_of(page), tmp_path)}
    await operator.press(await operator.get("/signing"), BRING, brought)
    assert ground.hub.view.refresh().state.members[2].status == "active"


async def test_the_same_officer_twice_is_one(ground: Ground, browser: Open, tmp_path: Path) -> None:
    operator = browser(OPERATOR)
    for _ in range(2):
        page = await operator.press(await operator.get("/members/2/suspend"), PREPARE, SUSPEND)
        brought = {"Or its text": signed(text_of(page), tmp_path)}
        await operator.press(await operator.get("/signing"), BRING, brought)
    assert ground.hub.view.refresh().state.members[2].status == "active"
    assert "A second officer is awaited" in (await operator.get("/members")).text


async def test_what_is_signed_by_nobody_who_may_is_not_taken(ground: Ground, browser: Open, tmp_path: Path) -> None:
    operator = browser(OPERATOR)
    page = await operator.press(await operator.get("/members/2/suspend"), PREPARE, SUSPEND)
    file = decode_signed(signed(text_of(page), tmp_path).encode())
    altered = encode_file(SignedFile(file.envelope.replace(b"A", b"B", 1))).decode()
    size = ground.hub.view.now.state.size
    for pasted in ("", "no file at all", altered, text_of(page)):
        page = await operator.press(await operator.get("/signing"), BRING, {"Or its text": pasted}, status=422)
        assert page.errors
    assert ground.hub.view.refresh().state.size == size


async def test_a_candidate_is_admitted_once_sponsors_stand_for_it(
    ground: Ground, browser: Open, tmp_path: Path
) -> None:
    operator = browser(OPERATOR)
    digest = await ground.ask_to_join("leeds")
    page = await operator.follow(await operator.get("/joining"), "leeds project")
    assert "Waits for sponsors" in (await operator.get("/joining")).text and PREPARE not in page.buttons()
    for endorser, number in (("genesis", 1), ("merseyside", 3)):
        ground.scene.say(f"{endorser}/sign0", "endorse", number, about=digest)
        await ground.ok(endorser)
    page = await operator.get(f"/joining/{digest}")
    assert "genesis project, merseyside project" in page.text
    page = await operator.press(page, PREPARE)
    assert "Admits a new member, number 4" in page.text
    brought = {"Or its text": signed(text_of(page), tmp_path)}
    page = await operator.press(await operator.get("/signing"), BRING, brought)
    assert "once the witnesses have confirmed it" in page.text
    page = await operator.get("/members")
    assert "leeds project" in page.text and "Not confirmed yet" in page.text
    assert "Nobody asks to join" in (await operator.get("/joining")).text


async def test_a_request_is_forgotten_and_an_invitation_made_for_another(ground: Ground, browser: Open) -> None:
    operator = browser(OPERATOR)
    digest = await ground.ask_to_join("leeds")
    page = await operator.follow(await operator.get(f"/joining/{digest}"), "Forget this request")
    await operator.press(page, "Forget it")
    page = await operator.get("/joining/invite")
    page = await operator.press(page, "Make an invitation for 14 days")
    assert '"invitation"' in page.text and ground.scene.log in page.text.replace(" ", "")


async def test_who_has_not_confirmed_is_listed_with_how_long_and_reminded_by_phone(
    ground: Ground, browser: Open
) -> None:
    operator = browser(OPERATOR)
    alert, _ = await publish(ground)
    assert "Nothing is waited for" in (await operator.get("/withdrawals")).text
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    ground.forward(days=2)
    operator = browser(OPERATOR)  # another day
    page = await operator.get("/withdrawals")
    assert "Confirmed deleted by 0 of 1 projects" in page.text
    assert "taken back" in page.text and "2 days" in page.text and "merseyside project" in page.text
    page = await operator.follow(page, "merseyside project")
    assert "office@merseyside.example.org" in page.text
    page = await operator.press(page, "I have reminded them")
    assert "Reminded on" in page.text
    page = await operator.get("/withdrawals/3")
    assert "It was reminded today." in page.text and "I have reminded them" not in page.text
    await ground.send_ack("merseyside", 3)
    assert "Nothing is waited for" in (await operator.get("/withdrawals")).text


async def test_a_member_whose_withdrawals_are_behind_many_of_others_is_rung_too(ground: Ground, browser: Open) -> None:
    for _ in range(MOST_SHOWN + 1):
        ground.scene.cancel("genesis", 1, ground.scene.alert("genesis", 1))
    elsewhere = ground.scene.alert("genesis", 1, audience=Audience(regions=("west-yorkshire",)))
    ground.scene.cancel("genesis", 1, elsewhere)
    await ground.ok()
    operator = browser(OPERATOR)
    assert "2 members have not confirmed a deletion yet" in (await operator.get("/")).text
    page = await operator.get("/withdrawals")
    assert f"The {MOST_SHOWN} oldest of {MOST_SHOWN + 2} are shown." in page.text
    assert f"{MOST_SHOWN + 1} not yet confirmed" in page.text and " 1 not yet confirmed" in page.text
    page = await operator.get("/members/2")
    assert "1 not yet confirmed" in page.text and "None is waited for" not in page.text
    page = await operator.get("/withdrawals/2")
    assert "has not confirmed 1 deletion yet" in page.text


async def test_the_start_page_says_what_needs_an_operator(ground: Ground, browser: Open) -> None:
    operator = browser(OPERATOR)
    await ground.ask_to_join("leeds")
    page = await operator.get("/")
    assert "1 project asks to join" in page.text and "The drill of backup and restore is due" in page.text
    await operator.press(await operator.get("/backup"), "We did the drill today")
    assert "drill" not in (await operator.get("/")).text
    ground.forward(days=93)
    again = browser(OPERATOR)
    assert "The drill of backup and restore is due" in (await again.get("/")).text


async def test_how_the_hub_stands_is_said_with_its_witnesses_and_limits(ground: Ground, browser: Open) -> None:
    operator = browser(OPERATOR)
    await ground.cosign(0, 1, 2)
    page = await operator.get("/standing")
    assert "Nothing is wrong that can be seen from here" in page.text
    assert "w0.example.org" in page.text and "2 of 3 confirm" in page.text
    await publish(ground)
    page = await operator.get("/standing")
    assert "Not confirmed by 2 witnesses yet: 1 of the log's entries" in page.text and "1 entry" in page.text
    for path in ("/charter", "/stolen-key", "/backup", "/signing"):
        await operator.get(path)


@pytest.mark.parametrize("path", ["/members/9", "/members/2/erase", "/joining/" + "0" * 64, "/withdrawals/9"])
async def test_what_is_not_there_is_said_so(ground: Ground, browser: Open, path: str) -> None:
    page = await browser(OPERATOR).get(path, status=404)
    assert page.heading.startswith("There is no such")


async def test_every_look_at_a_member_stands_in_the_trail(ground: Ground, browser: Open) -> None:
    operator = browser(OPERATOR)
    await operator.get("/members/2")
    with desk_of(ground).store.read() as session:
        noted = audit.last_done(session, "show_member", "member/2")
        assert noted is not None and noted.at - ground.clock() < dt.timedelta(seconds=1)


async def test_every_act_of_an_operator_stands_in_the_trail(ground: Ground, browser: Open, tmp_path: Path) -> None:
    operator = browser(OPERATOR)
    page = await operator.press(await operator.get("/members/2/suspend"), PREPARE, SUSPEND)
    brought = {"Or its text": signed(text_of(page), tmp_path)}
    await operator.press(await operator.get("/signing"), BRING, brought)
    await operator.press(await operator.get("/joining/invite"), "Make an invitation for 14 days")
    digest = await ground.ask_to_join("leeds")
    await operator.press(await operator.get(f"/joining/{digest}/drop"), "Forget it")
    done = (
        ("prepare_suspend", "member/2"),
        ("bring_suspend", "member/2"),
        ("invite_candidate", "candidate/new"),
        ("drop_candidate", f"candidate/{digest}"),
    )
    with desk_of(ground).store.read() as session:
        for verb, subject in done:
            noted = audit.last_done(session, verb, subject)
            assert noted is not None and noted.person == person_id(session, OPERATOR), verb


async def test_an_act_of_somebody_who_operates_no_more_changes_nothing(ground: Ground, browser: Open) -> None:
    browser(OPERATOR)
    hub, digest = ground.hub, await ground.ask_to_join("leeds")
    size = hub.view.refresh().state.size
    unsigned = suspension(hub.view, ground.clock.now, 2, "misuse")
    envelope = sign_as_officer(unsigned, signing_key("officer0"))
    registry = Registry(hub.store, hub.view, hub.ordering.tick, hub.epochs(), ground.clock.now, LEAD)
    for act in (
        lambda: invite_candidate(hub.store, hub.view, hub.config, by=LEAD, now=ground.clock.now),
        lambda: drop_candidate(hub.store, digest, by=LEAD, now=ground.clock.now),
        lambda: take_signed(registry, envelope, None),
    ):
        with pytest.raises(NotYours):
            act()
    assert hub.view.refresh().state.size == size
    with hub.store.read() as session:
        assert [one.digest for one in members.candidates(session)] == [digest]


async def test_an_operator_sees_when_a_node_was_last_heard_what_it_runs_and_whose_clock_is_off(
    ground: Ground, browser: Open
) -> None:
    ground.client.headers["user-agent"] = "watchword-node/0.1.0"
    slow = Asker(ground.client, signing_key("genesis/online"), lambda: ground.clock.seconds() - 100)
    assert (await slow.post("/v1/tokens", b"")).status_code == 200
    keep_heard(ground.hub.store, ground.hub.roll.take())
    operator = browser(OPERATOR)
    page = await operator.get("/members/1")
    assert "watchword-node 0.1.0" in page.text and "100 seconds behind ours" in page.text
    page = await operator.get("/members")
    assert "Its clock is off" in page.text and "Not heard yet" in page.text


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 19, "9" * 30])
async def test_a_number_that_nothing_has_is_answered_as_such(ground: Ground, browser: Open, number: str) -> None:
    operator = browser(OPERATOR)
    for path in ("/members/{}", "/members/{}/suspend", "/withdrawals/{}", "/people/{}", "/people/{}/end"):
        page = await operator.get(path.format(number), status=404)
        assert page.heading.startswith("There is no such"), path
