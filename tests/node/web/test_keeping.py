"""Holds, sharing without permission, erasing and what is due, on their pages."""

from collections.abc import Callable
from datetime import timedelta

from node.core.retention import ERASE_AFTER
from tests.builders import some_scheme_data
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
REPORT = "/reports/1"
HOLD = {"On what ground?": "An inquest", "Their reference": "Coroner 7"}


async def test_a_hold_is_proposed_by_one_and_seconded_by_another(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha, bryony = browser(WRITER), browser(RELEASER)
    page = await asha.follow(await asha.get(REPORT), "Holds and sharing")
    page = await asha.press(page, "Propose a hold", status=422)
    page = await asha.press(page, "Propose a hold", HOLD)
    assert "Another person seconds it" in page.text and "I second this" not in page.buttons()
    page = await bryony.get(f"{REPORT}/erase")
    page = await bryony.press(page, "Erase it", {"Why?": "It is here twice"}, status=409)
    assert "hold is proposed" in page.errors[0]
    page = await bryony.press(await bryony.get(f"{REPORT}/hold"), "I second this")
    assert "On hold since" in page.text
    await asha.get(REPORT, status=409)
    page = await bryony.get("/keeping")
    assert "An inquest, Coroner 7" in page.text
    await bryony.press(await bryony.get(f"{REPORT}/hold"), "Propose that the hold ends")
    page = await asha.press(await asha.get(f"{REPORT}/hold"), "I second this")
    assert "On hold since" not in page.text
    assert (await asha.get(REPORT)).heading == "Report 1"


async def test_what_was_shared_without_permission_is_recorded_by_two(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha = browser(WRITER)
    page = await asha.press(await asha.get(f"{REPORT}/hold"), "Propose this record", status=422)
    assert len(page.errors) == 4
    page = await asha.press(
        page,
        "Propose this record",
        {
            "On what ground was it shared?": "A life was in danger",
            "With whom, by name and body": "Dr Okoro, A and E",
            "What they were told": "where to look",
            "Was the person it happened to told?": "They were told",
        },
    )
    assert "shared without permission with Dr Okoro" in page.text
    bryony = browser(RELEASER)
    page = await bryony.press(await bryony.get(f"{REPORT}/hold"), "I second this")
    assert f"by {WRITER} and {RELEASER}, with Dr Okoro" in page.text
    page = await asha.get(f"{REPORT}/history")
    assert "override" not in page.text


async def test_erasing_takes_back_and_leaves_that_it_went(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report())
    bryony = browser(RELEASER)
    page = await bryony.follow(await bryony.get(REPORT), "Erase it")
    page = await bryony.press(page, "Erase it", status=422)
    page = await bryony.press(page, "Erase it", {"Why?": "The person it happened to asked for it"})
    assert "Report 1, genesis" in page.text and "erased on" in page.text
    await bryony.get(REPORT, status=404)


async def test_what_is_due_is_kept_with_a_reason_or_goes(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    fed.genesis.report()
    assert "Nothing is due." in (await browser(RELEASER).get("/keeping")).text
    fed.genesis.clock.forward(seconds=(ERASE_AFTER + timedelta(days=1)).total_seconds())
    bryony = browser(RELEASER)
    page = await bryony.get("/keeping")
    page = await bryony.press(page, "Keep report 1", status=422)
    page = await bryony.press(page, "Keep report 1", {"Keep report 1 for a year, because": "Proceedings go on"})
    assert "Erase report 1" not in page.buttons()
    page = await bryony.press(page, "Erase report 2")
    assert "Nothing is due." in page.text and "Report 2, genesis" in page.text


async def test_the_start_page_says_what_waits_in_the_records(browser: Open, fed: Federation) -> None:
    today = fed.genesis.clock().date()
    fed.genesis.report(scheme=some_scheme_data(date_min=today, date_max=today))
    asha, bryony = browser(WRITER), browser(RELEASER)
    page = await asha.get("/")
    assert "Report 1: ask again about police, within 7 days" in page.text
    assert "1 person to be asked how they may be reached" in page.text
    await asha.press(await asha.get(f"{REPORT}/hold"), "Propose a hold", HOLD)
    assert "waits for a second" not in (await asha.get("/")).text
    page = await bryony.get("/")
    assert "Report 1: something that takes two people waits for a second" in page.text
    assert "Recovery sheets" in page.text and "to be looked at, kept or erased" not in page.text
    fed.genesis.clock.forward(seconds=(ERASE_AFTER + timedelta(days=1)).total_seconds())
    bryony = browser(RELEASER)
    page = await bryony.press(await bryony.get(f"{REPORT}/hold"), "Take it away")
    page = await bryony.get("/")
    assert "1 report or hold to be looked at, kept or erased" in page.text
    assert "ask again about police, which is late" in page.text
