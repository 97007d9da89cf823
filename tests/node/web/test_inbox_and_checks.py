"""What came from others, and what is held about a number: never a word that says that somebody is all right."""

from collections.abc import Callable

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]
CHECK = {"What is it?": "Phone number", "Why do you check?": "Somebody asked us"}


async def warned(fed: Federation) -> None:
    fed.bradford.warn(fed.bradford.report())
    await fed.settle()


async def test_a_warning_shows_who_sent_it_and_who_has_seen_it(browser: Open, fed: Federation) -> None:
    await warned(fed)
    asha = browser(WRITER)
    page = await asha.get("/inbox")
    assert "From bradford project (West Yorkshire), signed and checked. Seen by" in page.text
    page = await asha.follow(page, "West Yorkshire")
    assert page.heading == "Warning from bradford project" and "its signature was checked here" in page.text
    with fed.genesis.store.read() as session:
        verbs = [row[0] for row in session.connection().exec_driver_sql("SELECT verb FROM audit_entries").all()]
    assert {"read_inbox", "read_warning"} <= set(verbs)


async def test_a_warning_that_was_taken_back_says_what_to_do(browser: Open, fed: Federation) -> None:
    report = fed.bradford.report()
    draft = fed.bradford.draft(report)
    identity = fed.bradford.release(draft)
    await fed.settle()
    fed.bradford.withdraw(draft)
    await fed.settle()
    page = await browser(WRITER).get(f"/inbox/{identity[:16]}")
    assert "Please remove it from walls and phones. Do not act on it." in page.text


async def test_an_own_report_and_anothers_warning_are_found_by_a_number(browser: Open, fed: Federation) -> None:
    await warned(fed)
    fed.genesis.report()
    asha = browser(WRITER)
    page = await asha.press(await asha.get("/check"), "Check", {**CHECK, "Number, plate or name": "07700 900318"})
    assert "Report 1: the same number" in page.text
    assert "Warnings from others: may be the same number" in page.text
    assert "We could not ask the other projects. This is not a no." in page.text
    assert "07700" not in page.path and "900318" not in page.html


async def test_nothing_held_is_not_a_no_and_how_many_asked_is_told(browser: Open) -> None:
    for name, said in ((WRITER, None), (RELEASER, "2 people here checked this number this week.")):
        one = browser(name)
        page = await one.press(await one.get("/check"), "Check", {**CHECK, "Number, plate or name": "07700 900999"})
        assert "We hold no warning about this number. That does not mean the person is all right." in page.text
        assert said is None or said in page.text


async def test_what_is_not_a_number_is_refused_by_name(browser: Open) -> None:
    asha = browser(WRITER)
    page = await asha.press(await asha.get("/check"), "Check", {**CHECK, "Number, plate or name": "abcdef"}, status=422)
    assert page.errors == ("A phone number such as 07700 900 123, or its last digits such as *123",)
    page = await asha.press(await asha.get("/check"), "Check", {}, status=422)
    assert len(page.errors) == 2
