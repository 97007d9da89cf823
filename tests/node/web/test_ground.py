"""What holds before there is any room: doors, headers, errors, static files."""

from collections.abc import Callable
from importlib.resources import files

import pytest

from node.core import errors
from node.web.app import ROOMS
from node.web.problems import PROBLEMS
from protocol.house.core.errors import HouseError, TooSoon
from protocol.house.web.frame import problem_of
from protocol.house.web.rendering import FRONTEND_SCRIPT
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]


async def test_the_start_page_says_what_needs_somebody(browser: Open) -> None:
    page = await browser(WRITER).get("/")
    assert page.heading == "What needs you now"


async def test_nobody_comes_in_without_signing_in(browser: Open) -> None:
    answer = await browser().http.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


async def test_after_five_idle_minutes_the_screen_is_locked(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    fed.clock.forward(minutes=4)
    assert (await asha.http.get("/")).status_code == 200
    fed.clock.forward(minutes=5)
    for _ in range(2):
        answer = await asha.http.get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, "/locked")


async def test_a_shift_ends_after_twelve_hours(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    for _ in range(12 * 20):
        fed.clock.forward(minutes=3)
        answer = await asha.http.get("/")
    assert answer.headers["location"] == "/sign-in"


async def test_the_way_out_locks_and_leads_elsewhere(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    answer = await asha.http.get("/leave")
    assert answer.headers["location"] == fed.genesis.config.leave_url
    assert (await asha.http.get("/")).headers["location"] == "/locked"


async def test_a_page_that_is_not_there_is_a_page_that_says_so(browser: Open) -> None:
    page = await browser(WRITER).get("/no-such-page", status=404)
    assert page.heading == "There is no such page"


@pytest.mark.parametrize(
    "path",
    ["/reports/" + "9" * 30, "/releases/" + "9" * 30, "/releases/" + "9" * 5_000, "/" + "x" * 1_001, "/inbox/a%00b"],
)
async def test_an_address_unlike_any_of_ours_leads_nowhere(browser: Open, path: str) -> None:
    await browser(WRITER).get(path, status=404)


async def test_style_and_script_are_small_and_kept(browser: Open) -> None:
    page = await browser(WRITER).get("/")
    sent = len(page.html.encode())
    for link in page.root.iter("link"):
        answer = await browser().http.get(link.get("href", ""))
        assert "immutable" in answer.headers["cache-control"]
        sent += int(answer.headers["content-length"])
    assert sent < 200_000


def test_the_frameworks_inline_script_is_the_one_that_the_policy_names() -> None:
    layout = (files("govuk_frontend_jinja") / "templates" / "template.html").read_text("utf-8")
    assert f">{FRONTEND_SCRIPT}</script>" in layout


def _kinds(kind: type[HouseError]) -> list[type[HouseError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in _kinds(child))]


@pytest.mark.parametrize("kind", _kinds(HouseError)[1:], ids=lambda kind: kind.__name__)
def test_every_error_of_the_domain_has_a_page(kind: type[HouseError]) -> None:
    more: dict[type[HouseError], tuple[object, ...]] = {errors.PrivateWords: ((),), TooSoon: (1,)}
    made = kind("x", "y", *more.get(kind, ()))
    assert problem_of(PROBLEMS, made) in PROBLEMS.values()


def test_every_room_is_joined_once() -> None:
    assert len(set(map(id, ROOMS))) == len(ROOMS)


async def test_what_waits_is_shown_to_whom_it_waits_for(browser: Open, fed: Federation) -> None:
    fed.genesis.draft(fed.genesis.report())
    mine, theirs = await browser(WRITER).get("/"), await browser(RELEASER).get("/")
    assert "Warning 1 waits for a second person" in theirs.text
    assert "waits for a second person" not in mine.text
    page = await browser(RELEASER).follow(theirs, "Warning 1")
    assert page.heading == "Warning 1" and "Release" in page.buttons()


async def test_a_warning_that_soon_ends_is_named_with_its_days(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report(), lease_days=30)
    assert "ends in" not in (await browser(WRITER).get("/")).text
    fed.clock.forward(days=20)
    assert "Warning 1 ends in 10 days" in (await browser(WRITER).get("/")).text


async def test_the_state_of_the_node_is_said_in_words(browser: Open) -> None:
    page = await browser(WRITER).get("/status")
    assert "Active" in page.text and "Nobody: all have said so" in page.text
    assert "Never restored for practice" in page.text and "There are no backups" in page.text


async def test_backups_that_are_missing_wait_for_who_looks_after_the_node(browser: Open) -> None:
    assert "Backups: this node might not come back" in (await browser(RELEASER).get("/")).text
    assert "Backups:" not in (await browser(WRITER).get("/")).text


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=" + b"x" * 2**20, 413),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--y", 400),
        ({"content-type": "multipart/form-data"}, b"--y", 400),
        ({"content-type": "application/json"}, b"{}", 400),
        ({}, b"a=b", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=b", 403),
        ({"content-type": "application/x-www-form-urlencoded"}, b"&".join([b"a=b"] * 501), 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused_with_a_page(
    browser: Open, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = await browser(WRITER).http.post("/danger-now", content=content, headers=headers)
    assert answer.status_code == status and "<h1" in answer.text


async def test_an_upload_never_touches_the_disk(browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/nowhere")
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    asha = browser(WRITER)
    page = await asha.get("/import")
    files = [("sheet", ("log.csv", b"Date,What\n" + b"1 May,robbed\n" * 300_000, "text/csv"))]
    _, _, sent = page.fill("Read it", {})
    answer = await asha.http.post("/import", data=dict(sent), files=files)
    assert answer.status_code in (303, 422)


async def test_settings_lead_to_the_rules_and_show_what_the_file_says(browser: Open) -> None:
    page = await browser(RELEASER).get("/settings")
    assert "genesis.example.org" in page.text
    for link in ("What is warned about", "Numbers and names", "How many people"):
        await browser(RELEASER).follow(page, link)
