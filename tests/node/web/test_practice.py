"""Practice: everything as it is, and nothing real."""

from collections.abc import Callable

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.node.web.test_danger_now import answered

Open = Callable[..., Browser]


def real_rows(fed: Federation) -> list[int]:
    with fed.genesis.store.read() as session:
        connection = session.connection()
        tables = ("reports", "releases", "outbox_items", "own_statements")
        return [int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()) for table in tables]


async def test_a_danger_now_is_practised_by_both_people_and_nothing_real_is_touched(
    browser: Open, fed: Federation
) -> None:
    asha, before = browser(WRITER), real_rows(fed)
    page = await asha.press(await asha.get("/practice"), "Begin to practise")
    assert "PRACTICE - NOT REAL" in page.html
    page = await asha.press(await answered(asha, {}, {}), "Warn now")
    assert "PRACTICE - NOT REAL" in page.text and "Nobody has looked at this yet" in page.text
    await asha.press(await asha.get("/practice"), "Be the second person")
    page = await asha.press(await asha.get(page.path), "It stands: show me the text for 30 days")
    page = await asha.press(page, "Release", {"Was it read to the person it happened to?": "Yes"})
    assert "In force" in page.text
    page = await asha.get("/practice/certificate")
    for said in ("Asha, genesis", "let a danger now out", "looked at a danger now as the second person"):
        assert said in page.text, said
    await asha.press(await asha.get("/practice"), "End practice")
    await fed.settle()
    assert real_rows(fed) == before
    assert "PRACTICE" not in (await browser(WRITER).get("/")).html


async def test_what_is_real_is_out_of_reach_while_somebody_practises(browser: Open, fed: Federation) -> None:
    report = fed.genesis.report()
    asha = browser(WRITER)
    await asha.press(await asha.get("/practice"), "Begin to practise")
    for path in ("/inbox", "/check", "/import"):
        page = await asha.get(path)
        assert page.heading == "Practice" and "Warnings from others" not in page.links()
    page = await asha.get(f"/reports/{report}")
    assert "in her words" not in page.text and "arches" in page.text


async def test_what_waits_at_the_real_node_does_not_wait_for_somebody_who_practises(browser: Open) -> None:
    bryony = browser(RELEASER)
    assert "Recovery sheets" in (await bryony.get("/")).text
    await bryony.press(await bryony.get("/practice"), "Begin to practise")
    page = await bryony.get("/")
    assert page.heading == "What needs you now" and "Recovery sheets" not in page.text


async def test_the_certificate_is_for_those_who_practise(browser: Open) -> None:
    page = await browser(WRITER).get("/practice/certificate")
    assert page.heading == "Practice" and "Begin to practise" in page.buttons()
