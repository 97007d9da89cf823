"""Warnings are read in the language that somebody asks for; what nobody has reviewed says so."""

from collections.abc import Callable

import pytest

from node.store.permissions import read_entries
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.node.web.test_danger_now import FIRST, SECOND

Open = Callable[..., Browser]
NOT_REVIEWED = "This translation has not been reviewed by a speaker."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("cy", "Peidiwch â mynd gyda'r person hwn."),
        ("pl", "Nie idź z tą osobą."),
        ("ro", "Nu mergeți cu această persoană."),
    ],
)
async def test_a_received_warning_in_another_language(browser: Open, fed: Federation, language: str, said: str) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.get(f"/inbox/{identity[:16]}?lang={language}")
    assert said in page.text and NOT_REVIEWED in page.text
    assert [node.get("lang") for node in page.root.iter("div") if "ww-warning" in node.get("class", "")] == [language]
    page = await asha.follow(page, "English")
    assert "Do not go with this person." in page.text and NOT_REVIEWED not in page.text


async def test_the_list_keeps_the_language_on_the_way_to_one_warning(browser: Open, fed: Federation) -> None:
    fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/inbox"), "Polski")
    assert "Nie idź z tą osobą." in page.text
    page = await asha.follow(page, "West Yorkshire")
    assert "Nie idź z tą osobą." in page.text


async def test_a_language_that_there_is_not_is_english(browser: Open, fed: Federation) -> None:
    draft = fed.genesis.draft(fed.genesis.report())
    page = await browser(RELEASER).get(f"/releases/{draft}?lang=xx")
    assert "Do not go with this person." in page.text


async def test_a_draft_can_be_read_to_the_person_in_their_language(browser: Open, fed: Federation) -> None:
    draft = fed.genesis.draft(fed.genesis.report())
    bryony = browser(RELEASER)
    page = await bryony.follow(await bryony.get(f"/releases/{draft}"), "Română")
    assert "Nu mergeți cu această persoană." in page.text and "This is all that leaves" in page.text


async def test_the_wording_kept_with_a_permission_names_the_language_it_was_read_in(
    browser: Open, fed: Federation
) -> None:
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/danger-now"), "Română")
    assert "Puteți opri asta oricând." in page.text
    page = await asha.press(page, "Continue", {}, status=422)
    assert page.errors and "Puteți opri asta oricând." in page.text
    page = await asha.press(page, "Continue", FIRST)
    page = await asha.press(page, "See the warning", SECOND)
    genesis = fed.genesis
    with genesis.store.read() as session:
        report = max(row[0] for row in session.connection().exec_driver_sql("SELECT id FROM reports").all())
        entries = read_entries(session, genesis.cases.vault, report)
    assert {entry.wording for entry in entries} == {"danger-now/ro/1"}


async def test_somebody_reads_in_their_own_language_on_every_device(browser: Open, fed: Federation) -> None:
    identity = fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/account"), "The language in which you read warnings")
    page = await asha.press(page, "Keep", {"Language": "Polski"})
    assert page.heading == "Your account"
    elsewhere = browser(WRITER)
    assert "Nie idź z tą osobą." in (await elsewhere.get(f"/inbox/{identity[:16]}")).text
    page = await elsewhere.follow(await elsewhere.get(f"/inbox/{identity[:16]}"), "English")
    assert "Do not go with this person." in page.text
    page = await elsewhere.follow(page, "Warnings from others")
    assert "Nie idź" not in page.text
    assert "Nie idź" not in (await browser(RELEASER).get(f"/inbox/{identity[:16]}")).text


async def test_what_is_read_out_to_somebody_is_in_no_language_of_the_one_who_asks(browser: Open) -> None:
    asha = browser(WRITER)
    await asha.press(await asha.get("/account/language"), "Keep", {"Language": "Polski"})
    page = await asha.get("/danger-now")
    assert [field.get("value") for field in page.root.iter("input") if field.get("name") == "read_in"] == ["en"]
    await asha.press(page, "Continue", FIRST)
