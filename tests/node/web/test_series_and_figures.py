"""What projects say of each other's warnings, and a quarter's figures: by the pages, from the first word to the end."""

import datetime as dt
from collections.abc import AsyncIterator, Callable

import pytest

from node.store.told import Look, keep_decision, keep_look
from protocol.house.actions.add_person import add_person
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page

At = Callable[..., Browser]
SAID = {"Which of our warnings": "Warning 1, reference {reference}", "What may they be?": "They may be the same person"}
QUARTER = "2026-Q4"


@pytest.fixture
async def at(fed: Federation) -> AsyncIterator[At]:
    """A fresh session at a project's node: while the log settles, screens lock."""
    opened: list[Browser] = []

    def open_at(project: str, name: str = RELEASER) -> Browser:
        opened.append(Browser(fed.nodes[project]).sign_in_as(name))
        return opened[-1]

    yield open_at
    for one in opened:
        await one.http.aclose()


async def both_warn(fed: Federation) -> tuple[str, str]:
    """Genesis's warning and Merseyside's, each read by the other."""
    alerts = (fed.genesis.warn(fed.genesis.report()), fed.merseyside.warn(fed.merseyside.report()))
    await fed.settle()
    return alerts


def fill(own: str, **over: str) -> dict[str, str]:
    reference = f"{own[:4]}-{own[4:8]}".upper()
    return {name: value.format(reference=reference) for name, value in SAID.items()} | over


async def test_two_projects_say_it_and_a_third_is_told(at: At, fed: Federation) -> None:
    own, other = await both_warn(fed)
    bryony = at("genesis")
    page = await bryony.get(f"/inbox/{other[:16]}")
    page = await bryony.follow(page, "May be the same person as one of ours")
    reasons = {"Number plate": "For it, strong", "Height": "Against it, weak"}
    page = await bryony.press(page, "Say so", fill(own, **reasons))
    assert page.heading == "May be the same person"
    await fed.settle()
    page = await at("genesis").get("/series")
    assert "May be the same person: " in page.text and "Waits for the other project." in page.text
    there = at("merseyside")
    home = await there.get("/")
    page = await there.follow(home, "1 to agree or object to: may be the same person as a warning of ours")
    page = await there.get(page.link("May be the same person: "))
    assert "Number plate for it strong" in page.text and "Height against it weak" in page.text
    await there.press(page, "We think so too")
    await fed.settle()
    assert "to agree or object" not in (await at("merseyside").get("/")).text
    for project in fed.nodes:
        assert "Told to the projects that read these warnings." in (await at(project).get("/series")).text
    assert "May be the same person: " in (await at("genesis").get("/releases/1")).text


async def said(at: At, fed: Federation) -> tuple[str, str]:
    """Genesis has said it, and Merseyside knows."""
    own, other = await both_warn(fed)
    bryony = at("genesis")
    await bryony.press(await bryony.get(f"/series/with/{other[:16]}"), "Say so", fill(own, Age="For it, some"))
    await fed.settle()
    return own, other


async def one_at(at: At, project: str, name: str = RELEASER) -> tuple[Browser, Page]:
    there = at(project, name)
    return there, await there.get((await there.get("/series")).link("May be the same person: "))


async def test_an_objection_needs_a_reason_and_is_read_by_who_said_it(at: At, fed: Federation) -> None:
    await said(at, fed)
    there, page = await one_at(at, "merseyside")
    page = await there.press(page, "Object", {}, status=422)
    assert page.errors == ("Say why not",)
    await there.press(page, "Object", {"Why not?": "It is about somebody else"})
    page = await there.press(page, "We think so too", status=409)
    assert page.errors == ("This project's word is on its way: wait until the log has it",)
    await fed.settle()
    assert "Ended: it is about somebody else." in (await at("genesis").get("/series")).text


async def test_it_is_taken_back_by_who_said_it(at: At, fed: Federation) -> None:
    await said(at, fed)
    bryony, page = await one_at(at, "genesis")
    await bryony.press(page, "Take it back")
    await fed.settle()
    assert "Ended." in (await at("genesis").get("/series")).text


async def test_what_is_missing_is_said_and_skin_is_never_a_strong_reason(at: At, fed: Federation) -> None:
    own, other = await both_warn(fed)
    bryony = at("genesis")
    page = await bryony.get(f"/series/with/{other[:16]}")
    page = await bryony.press(page, "Say so", {}, status=422)
    assert page.errors == ("Say which of our warnings", "Say what they may be")
    page = await bryony.press(page, "Say so", fill(own), status=409)
    assert page.errors == ("Say for at least one thing whether it speaks for or against, and how much",)
    skin = page.html.partition('name="why-skin"')[2].partition("</select>")[0]
    assert "weak" in skin and "some" not in skin and "strong" not in skin


async def test_a_caseworker_reads_it_and_answers_nothing(at: At, fed: Federation) -> None:
    _, other = await said(at, fed)
    asha, page = await one_at(at, "genesis", WRITER)
    assert "Take it back" not in page.text
    assert "May be the same person as one of ours" not in (await asha.get(f"/inbox/{other[:16]}")).text


async def test_a_quarter_is_counted_by_one_and_let_out_by_another(at: At, fed: Federation) -> None:
    for _ in range(2):
        fed.genesis.report()
    add_person(fed.genesis.cases, name="Dana", role="coordinator", by=RELEASER, now=fed.clock())
    fed.clock.now = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)
    bryony, dana = at("genesis"), at("genesis", "Dana")
    home = await bryony.get("/")
    page = await bryony.follow(home, "A quarter is over: its figures are not counted yet")
    page = await bryony.press(page, "Count it", {"Which quarter": ""}, status=422)
    assert page.errors == ("Say which quarter", "Say how many workers are registered here")
    answers = {"Which quarter": QUARTER, "How many workers are registered with this project?": "50 to 99"}
    page = await bryony.press(page, "Count it", answers)
    assert page.heading == f"Figures of {QUARTER}" and "Nothing has left" in page.text
    assert "Reports taken 2" in page.text and "Said yes: warn other projects 2 of 2 asked" in page.text
    assert "Only who holds the figures key of this log can open them" in page.text
    assert "A second person lets them out" in page.text and "Let them out" not in page.text
    page = await dana.follow(await dana.get("/"), "Figures of a quarter wait for a second person")
    page = await dana.press(page, "Let them out")
    assert "This is all that left" in page.text
    await fed.settle()
    assert len(fed.hub.view.refresh().state.figures) == 1
    dana = at("genesis", "Dana")
    page = await dana.press(await dana.get(f"/figures/{QUARTER}"), "Take them back")
    await fed.settle()
    assert page.heading == "Figures"
    (identity,) = fed.hub.view.refresh().state.figures.values()
    assert fed.hub.view.now.state.links[identity].why == "cancelled"


async def test_numbers_that_were_counted_again_are_looked_at_again(at: At, fed: Federation) -> None:
    add_person(fed.genesis.cases, name="Dana", role="coordinator", by=RELEASER, now=fed.clock())
    fed.clock.now = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)
    bryony, dana = at("genesis"), at("genesis", "Dana")
    registered = {"How many workers are registered with this project?": "None"}
    await bryony.press(await bryony.get("/figures"), "Count it", registered)  # the quarter that is due stands there
    shown = await dana.get(f"/figures/{QUARTER}")
    answers = registered | {"Which quarter": QUARTER}
    await bryony.press(await bryony.get("/figures"), "Count it", answers)
    page = await dana.press(shown, "Let them out", status=409)
    assert page.errors == ("They were counted again since: look at them again",)
    page = await bryony.press(
        await bryony.get("/figures"), "Count it", answers | {"Which quarter": "2027-Q1"}, status=409
    )
    assert page.errors == ("2027-Q1 is not over: its figures are counted when it is",)


async def test_a_look_at_a_warning_is_shown_on_its_page_with_role_and_reason_and_no_name(
    at: At, fed: Federation
) -> None:
    own, _ = await both_warn(fed)
    with fed.genesis.store.begin() as session:
        for number, role, reason in ((3, "analyst", "possible_series"), (4, "lead", "a_reason_of_later")):
            keep_look(
                session, Look(id=f"{number:032x}", alert=own, day="2026-11-03", role=role, reason=reason), fed.clock()
            )
    page = await at("genesis").get("/releases/1")
    assert "3 November 2026, by an analyst at the hub: it may be about the same person as another warning" in page.text
    assert "by the national lead: for a reason that this version does not know" in page.text


async def test_what_a_leads_node_does_not_sign_is_listed_with_why(at: At, fed: Federation) -> None:
    with fed.genesis.store.begin() as session:
        keep_decision(session, 12, fed.clock(), problem="not_read_here")
    page = await at("genesis").get("/series")
    assert "Number 12: one of the warnings is not this node's to read, or has not arrived yet." in page.text
