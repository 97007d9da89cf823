"""From an invitation to a shift: set up, sign in, device, lock screen, stolen laptop; nobody is told too much."""

import re
from collections.abc import Callable

import pyotp
import pytest

from protocol.house.actions.change_account import change_password, renew_recovery_codes, set_pin
from protocol.house.actions.end_access import end_account
from protocol.house.actions.invite_person import invite_again
from protocol.house.actions.read_session import read_session
from protocol.house.core.errors import NotFound
from protocol.house.core.session import SignedIn
from protocol.house.store.people import person_id
from protocol.house.web.cookies import DEVICE, SESSION
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page

Open = Callable[..., Browser]
PASSWORD = "seven quiet herons fishing"


class Colleague:
    """Somebody with an account: what they know, and the app on their phone."""

    def __init__(self, fed: Federation, name: str) -> None:
        self.fed, self.name, self.secret = fed, name, ""
        self.codes: tuple[str, ...] = ()

    def invitation(self) -> str:
        """The path that a coordinator hands over."""
        with self.fed.genesis.store.read() as session:
            person = person_id(session, self.name)
        by = None if self.name == RELEASER else RELEASER
        made = invite_again(self.fed.genesis.cases, person=person, by=by, now=self.fed.clock())
        return f"/invitation/{made.code}"

    def code(self) -> str:
        """What the app shows; time passes before the next."""
        self.fed.clock.forward(seconds=30)
        return pyotp.TOTP(self.secret).at(self.fed.clock())

    async def set_up(self, browser: Browser) -> Page:
        """By the invitation; ends on the page of recovery codes."""
        page = await browser.get(self.invitation())
        found = re.search(r"type this into it: ([A-Z2-7]{32})", page.text)
        assert found, page.text
        self.secret = found[1]
        page = await browser.press(page, "Set up my account", self.filled(PASSWORD))
        assert page.heading == "Your recovery codes"
        self.codes = tuple(re.findall(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", page.text))
        return page

    def filled(self, password: str) -> dict[str, str]:
        return {
            "Password": password,
            "The password again": password,
            "The six figures that the app shows now": self.code(),
        }

    async def sign_in(self, browser: Browser, *, status: int = 200, **over: str) -> Page:
        """On the sign-in page."""
        typed = {"name": self.name, "password": PASSWORD} | over
        if "code" not in typed:
            typed["code"] = self.code()
        labels = {"name": "Your name", "password": "Password", "code": "Code"}
        page = await browser.get("/sign-in")
        return await browser.press(page, "Sign in", {labels[key]: said for key, said in typed.items()}, status=status)


@pytest.fixture
async def asha(fed: Federation, browser: Open) -> Colleague:
    """Set up, and signed in nowhere."""
    made = Colleague(fed, WRITER)
    await made.set_up(browser())
    return made


def session_of(browser: Browser) -> SignedIn:
    node, cookies = browser.node, browser.http.cookies
    return read_session(node.cases, cookies[SESSION], cookies[DEVICE], now=node.clock())


async def test_an_invitation_leads_to_a_shift_and_works_once(fed: Federation, browser: Open) -> None:
    asha, first = Colleague(fed, WRITER), browser()
    codes = await asha.set_up(first)
    assert len(asha.codes) == 8
    page = await first.follow(codes, "I have kept them")
    page = await first.press(page, "Go on", {"What do you call this device?": "van phone"})
    assert page.heading == "What needs you now"
    page = await first.get("/account")
    assert "van phone (this one)" in page.text and "8 are left" in page.text


async def test_an_invitation_is_no_more_once_used_replaced_or_a_week_old(fed: Federation, browser: Open) -> None:
    asha = Colleague(fed, WRITER)
    replaced, path = asha.invitation(), asha.invitation()
    assert (await browser().get(replaced, status=404)).heading == "There is no such thing here"
    page = await browser().get(path)
    fed.clock.forward(days=7)
    await browser().get(path, status=404)
    path = asha.invitation()
    page = await browser().get(path)
    assert "Set up your account" in page.heading
    await asha.set_up(browser())
    await browser().get(path, status=404)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short words", "at least 12 characters"),
        ("Password1234!", "tried first"),
        ("Asha Genesis 2026", "tried first"),
        ("qwertyuiopasdf", "tried first"),
    ],
)
async def test_a_password_that_is_short_or_tried_first_is_refused(
    fed: Federation, browser: Open, password: str, said: str
) -> None:
    asha, first = Colleague(fed, WRITER), browser()
    page = await first.get(asha.invitation())
    asha.secret = re.findall(r"[A-Z2-7]{32}", page.text)[0]
    page = await first.press(page, "Set up my account", asha.filled(password), status=422)
    assert said in page.errors[0] and password not in page.html


async def test_name_password_and_code_open_and_the_same_code_does_not_again(asha: Colleague, browser: Open) -> None:
    code = asha.code()
    page = await asha.sign_in(browser(), code=code, name=f" {WRITER.upper()} ")
    assert page.heading == "This device is new here"
    page = await asha.sign_in(browser(), code=code, status=422)
    assert page.heading == "Sign in"


async def test_a_recovery_code_opens_once(asha: Colleague, browser: Open) -> None:
    await asha.sign_in(browser(), code=asha.codes[0].upper())
    await asha.sign_in(browser(), code=asha.codes[0], status=422)


WRONG = ({"name": "Nobody here"}, {"password": "seven quiet herons fishin"}, {"code": "000000"}, {"code": "ab"})


async def test_whatever_is_wrong_the_page_is_the_same(asha: Colleague, browser: Open) -> None:
    said = set()
    for wrong in WRONG:
        page = await asha.sign_in(browser(), status=422, **wrong)
        typed = "|".join(re.escape(one) for one in (asha.name, *wrong.values()))
        said.add(re.sub(rf' value="({typed}|[0-9a-f]{{64}}|[0-9]{{6}})"', "", page.html))
    assert len(said) == 1


@pytest.mark.parametrize("name", [WRITER, "Nobody here"])
async def test_after_five_wrong_tries_one_waits_whether_there_is_such_a_name_or_not(
    asha: Colleague, browser: Open, name: str
) -> None:
    for _ in range(5):
        await asha.sign_in(browser(), name=name, code="000000", status=422)
    page = await asha.sign_in(browser(), name=name, code="000000", status=429)
    assert page.errors == ("There were too many wrong tries: try again in a minute",)


async def test_a_stranger_s_tries_keep_nobody_out_of_their_own_device(
    asha: Colleague, browser: Open, fed: Federation
) -> None:
    own = browser()
    await asha.sign_in(own)
    for _ in range(5):
        await asha.sign_in(browser(), code="000000", status=422)
    await asha.sign_in(browser(), code="000000", status=429)
    own.http.cookies.delete(SESSION)
    assert (await asha.sign_in(own)).heading == "What needs you now"


async def test_cookies_are_ours_alone(asha: Colleague, browser: Open) -> None:
    at = browser()
    page = await at.get("/sign-in")
    _, address, sent = page.fill("Sign in", {"Your name": asha.name, "Password": PASSWORD, "Code": asha.code()})
    answer = await at.http.post(address, data=dict(sent))
    cookies = answer.headers.get_list("set-cookie")
    assert {one.partition("=")[0] for one in cookies} == {SESSION, DEVICE, "watchword-form"}
    assert all("HttpOnly" in one and "SameSite=strict" in one and "Path=/" in one for one in cookies)


async def test_a_form_of_another_site_signs_nobody_in(asha: Colleague, browser: Open) -> None:
    typed = {"name": asha.name, "password": PASSWORD, "code": asha.code()}
    answer = await browser().http.post("/sign-in", data=typed)
    assert answer.status_code == 403


async def test_a_stolen_session_is_worth_nothing_on_another_device(asha: Colleague, browser: Open) -> None:
    own, thief = browser(), browser()
    await asha.sign_in(own)
    thief.http.cookies.set(SESSION, own.http.cookies[SESSION])
    thief.http.cookies.set(DEVICE, "0" * 64)
    assert (await thief.http.get("/account")).headers["location"].startswith("/sign-in")


async def test_what_was_being_sent_when_the_screen_locked_is_kept_and_sent_after_all(
    asha: Colleague, browser: Open, fed: Federation
) -> None:
    own = browser()
    page = await asha.sign_in(own)
    set_pin(fed.genesis.cases, session_of(own), pin="271828", now=fed.clock())
    values = {"What do you call this device?": "front desk"}
    fed.clock.forward(minutes=6)
    page = await own.press(page, "Go on", values)
    assert page.heading == "The screen is locked" and "is kept" in page.text
    page = await own.press(page, "Open", {"PIN of this device": "271829"}, status=422)
    page = await own.press(page, "Open", {"PIN of this device": "271828"})
    assert page.heading == "What you were sending is kept"
    page = await own.press(page, "Send it now")
    assert page.heading == "What needs you now"
    assert "front desk (this one)" in (await own.get("/account")).text
    assert (await own.get("/kept")).path == "/"


async def test_five_wrong_pins_end_the_session(asha: Colleague, browser: Open, fed: Federation) -> None:
    own = browser()
    await asha.sign_in(own)
    set_pin(fed.genesis.cases, session_of(own), pin="271828", now=fed.clock())
    await own.http.get("/leave")
    page = await own.get("/locked")
    for _ in range(5):
        page = await own.press(page, "Open", {"PIN of this device": "141421"}, status=422)
    page = await own.press(page, "Open", {"PIN of this device": "271828"})
    assert page.heading == "Sign in"


async def test_a_locked_screen_opens_by_password_and_goes_on_where_one_was(
    asha: Colleague, browser: Open, fed: Federation
) -> None:
    own = browser()
    await asha.sign_in(own)
    fed.clock.forward(minutes=6)
    page = await own.get("/releases")
    page = await own.press(page, "Open", {"Password": PASSWORD})
    assert page.path == "/releases"


async def test_a_stolen_laptop_is_ended_with_one_button(asha: Colleague, browser: Open) -> None:
    stolen, phone = browser(), browser()
    await asha.sign_in(stolen)
    page = await asha.sign_in(phone)
    await phone.press(page, "Go on", {"What do you call this device?": "my phone"})
    await stolen.get("/account")
    page = await phone.get("/account")
    lost = next(button for button in page.buttons() if button.startswith("End Device of"))
    await phone.press(page, lost)
    assert (await stolen.http.get("/account")).headers["location"] == "/sign-in?then=/account"
    assert "my phone" in (await phone.get("/account")).text


async def test_somebody_who_left_is_out_at_once(asha: Colleague, browser: Open, fed: Federation) -> None:
    own = browser()
    await asha.sign_in(own)
    end_account(fed.genesis.cases, person=session_of(own).staff.id, by=RELEASER, now=fed.clock())
    assert (await own.http.get("/account")).headers["location"] == "/sign-in?then=/account"
    await asha.sign_in(browser(), status=422)


async def test_another_password_ends_other_sessions_and_asks_for_the_old_one(
    asha: Colleague, browser: Open, fed: Federation
) -> None:
    here, there = browser(), browser()
    await asha.sign_in(here)
    await asha.sign_in(there)
    for _ in range(3):
        fed.clock.forward(minutes=4)
        await here.get("/account")
    page = await here.get("/account/password")
    new = {"New password": "nine loud geese landing", "The new password again": "nine loud geese landing"}
    page = await here.press(page, "Change the password", new | {"Your present password": "not this one"}, status=422)
    assert "password is not right" in page.errors[0]
    await here.press(page, "Change the password", new | {"Your present password": PASSWORD})
    assert (await there.http.get("/account")).status_code == 303
    await asha.sign_in(browser(), password="nine loud geese landing")


async def test_signing_out_ends_it_and_new_codes_make_the_old_void(asha: Colleague, browser: Open) -> None:
    own = browser()
    await asha.sign_in(own)
    page = await own.press(await own.get("/account/recovery-codes"), "Make new ones")
    assert page.heading == "Your recovery codes" and asha.codes[0] not in page.text
    page = await own.press(await own.get("/account"), "Sign out")
    assert page.heading == "Sign in"
    assert (await own.http.get("/account")).status_code == 303
    await asha.sign_in(browser(), code=asha.codes[0], status=422)


async def test_after_sign_in_one_is_where_one_wanted_to_be_and_never_elsewhere(asha: Colleague, browser: Open) -> None:
    for wanted, path in (("/releases", "/releases"), ("//evil.example.org/x", "/"), ("https://evil.example.org", "/")):
        own = browser()
        await asha.sign_in(own)
        own.http.cookies.delete(SESSION)
        page = await own.get(f"/sign-in?then={wanted}")
        typed = {"Your name": asha.name, "Password": PASSWORD, "Code": asha.code()}
        assert (await own.press(page, "Sign in", typed)).path == path


async def test_whose_account_ended_meanwhile_is_told_so(fed: Federation, asha: Colleague, browser: Open) -> None:
    own = browser()
    await asha.sign_in(own)
    who = session_of(own)
    end_account(fed.genesis.cases, person=who.staff.id, by=RELEASER, now=fed.clock())
    for late in (
        lambda: change_password(fed.genesis.cases, who, password="nine quiet otters running", now=fed.clock()),
        lambda: renew_recovery_codes(fed.genesis.cases, who, now=fed.clock()),
    ):
        with pytest.raises(NotFound, match="no account any more"):
            late()
