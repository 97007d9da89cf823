"""A report from the first word to the end of sharing, on its pages."""

from collections.abc import Callable

from node.core.report import Facts
from protocol.house.actions.add_person import add_person
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser
from tests.pages.page import Page, Values

Open = Callable[..., Browser]

TELLER: Values = {
    "Who tells it?": "The person it happened to",
    "How old was the person it happened to, then?": "18 or over",
    "How old are they now?": "18 or over",
}
PERMISSION: Values = {
    "May we keep a record of what you tell us?": "Yes",
    "May we warn our own people?": "Yes",
    "May we warn other projects?": "Yes",
    "May numbers be compared quietly, with no warning?": "Not asked",
    "May police have it without your name?": "No",
    "May police have your name and all details?": "No",
    "How did they answer?": "In person",
}
EVENT: Values = {"What happened? Tick all that apply": ["Robbery"], "When, or the first day": "30 10 2026"}
PERSON: Values = {"A man or a woman, as seen": "Man", "Age, as seen": "40s", "Names that they used, one a line": "Gaz"}
REPORTER: Values = {
    "Names by which you know them, one a line": "Mirela Tanase",
    "Their own numbers and usernames, one a line": "07700 900011",
    "Ways": ["Text"],
    "Words not to say or write": "the project's name",
}


async def begun(browser: Browser) -> Page:
    return await browser.press(await browser.get("/reports/new"), "Begin a new report")


async def filled(browser: Browser, page: Page, link: str, values: Values, *, status: int = 200) -> Page:
    page = await browser.follow(page, link)
    return await browser.press(page, "Keep and go on", values, status=status)


async def taken(browser: Browser, **over: Values) -> Page:
    page = await begun(browser)
    page = await filled(browser, page, "Who tells it", {**TELLER, **over.get("teller", {})})
    page = await filled(browser, page, "Permission", {**PERMISSION, **over.get("permission", {})})
    page = await filled(browser, page, "What happened", EVENT)
    page = await filled(browser, page, "The person described", PERSON)
    page = await filled(browser, page, "How to reach them", REPORTER)
    page = await filled(browser, page, "What they say", {"What they say, in their words": "He drove me to the arches."})
    page = await browser.follow(page, "Check the answers")
    return await browser.press(page, "Keep this report")


async def test_a_report_is_taken_section_by_section_and_shown(browser: Open) -> None:
    asha = browser(WRITER)
    page = await taken(asha)
    assert page.heading == "Report 1"
    for said in ("He drove me to the arches.", "Robbery", "40 to 49 years", "Gaz", "the project's name"):
        assert said in page.text, said
    assert "Warn other projects Yes Yes" in page.text and "Police, without their name No No" in page.text


async def test_answers_are_checked_in_the_words_in_which_they_were_asked(browser: Open) -> None:
    asha = browser(WRITER)
    page = await filled(asha, await begun(asha), "Who tells it", TELLER)
    page = await filled(asha, page, "Permission", {**PERMISSION, "Not in these areas": ["Merseyside"]})
    page = await filled(asha, page, "What happened", EVENT)
    page = await filled(asha, page, "The person described", PERSON)
    page = await filled(asha, page, "How to reach them", REPORTER)
    page = await filled(asha, page, "Support notes", {})
    text = (await asha.follow(page, "Check the answers")).text
    assert "Support notes Left blank." in text and text.count("Left blank.") == 1
    for said in (
        "Who tells it? The person it happened to",
        "May we warn other projects? Yes",
        "May police have it without your name? No",
        "Not in these areas Merseyside",
        "How did they answer? In person",
        "Robbery",
        "Age, as seen 40s",
        "Ways Text",
        "the project's name",
    ):
        assert said in text, said
    for blank in ("Ask me before each use", "Height", "merseyside", "not_asked", "person_harmed", "Another condition"):
        assert blank not in text, blank


async def test_full_details_rest_a_day_unless_they_waive_it_with_a_second_worker_there(browser: Open) -> None:
    asha = browser(WRITER)
    yes: Values = {"May police have your name and all details?": "Yes", "They want police to have it now": "ticked"}
    waited = (await asha.get((await taken(asha, permission=yes)).path + "/permission")).text
    assert "rests until" in waited
    waiver: Values = {"Name and all details: they do not want to wait a day. Who else was there?": RELEASER}
    page = await asha.get((await taken(asha, permission={**yes, **waiver})).path + "/permission")
    assert "rests until" not in page.text
    assert page.text.count(f"without the day of rest, with {RELEASER} there") == 1
    assert page.text.count("wanted at once") == 1


async def test_a_warning_they_had_seen_is_kept_beside_what_they_say(browser: Open, fed: Federation) -> None:
    fed.genesis.warn(fed.genesis.report())
    fed.bradford.warn(fed.bradford.report())
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await begun(asha), "The person described")
    listed = [label for label in page.labels() if ", from " in label]
    assert len(listed) == 2 and "stocky" not in page.text.lower().partition("what is not known")[0]
    number = "Which of these? Our people could be told of them"
    page = await asha.press(page, "Keep and go on", {**PERSON, number: [listed[0]]}, status=422)
    assert "then this is a yes" in page.errors[0]
    ask = "Ask first: have they seen or heard a warning about this person?"
    page = await asha.press(page, "Keep and go on", {**PERSON, number: [listed[0]], ask: "Yes"})
    page = await filled(asha, page, "Who tells it", TELLER)
    page = await filled(asha, page, "Permission", PERMISSION)
    page = await filled(asha, page, "What happened", EVENT)
    page = await asha.press(await asha.follow(page, "Check the answers"), "Keep this report")
    reference = listed[0].partition(",")[0]
    assert f"Yes: {reference}" in page.text
    assert all(one.partition(",")[0] in page.text for one in listed)


async def test_what_is_wrong_is_kept_and_named_and_the_list_says_so(browser: Open) -> None:
    asha = browser(WRITER)
    page = await begun(asha)
    listed = page.path
    page = await filled(asha, page, "What happened", {"When, or the first day": "31 2 2026"}, status=422)
    assert page.errors == (
        "A real date, such as 27 3 2026",
        "Tick what happened; there is also something else",
    )
    page = await asha.get(listed)
    assert "Something is wrong" in page.text and "Check the answers" not in page.links()
    page = await asha.follow(page, "What happened")
    assert 'value="31"' in page.html


async def test_a_report_in_the_making_is_its_owners_alone(browser: Open) -> None:
    page = await begun(browser(WRITER))
    await browser(RELEASER).get(page.path, status=404)
    assert "Begun on" not in (await browser(RELEASER).get("/reports/new")).text


async def test_a_dropped_one_leaves_nothing(browser: Open, fed: Federation) -> None:
    asha = browser(WRITER)
    page = await filled(asha, await begun(asha), "What they say", {"What they say, in their words": "Nothing."})
    await asha.press(page, "Drop it: keep nothing")
    with fed.genesis.store.read() as session:
        assert not session.connection().exec_driver_sql("SELECT id FROM report_drafts").all()


async def test_from_a_report_to_a_warning_and_back(browser: Open, fed: Federation) -> None:
    asha, bryony = browser(WRITER), browser(RELEASER)
    page = await taken(asha)
    page = await asha.follow(page, "Warn")
    page = await asha.press(page, "See what would leave")
    assert "This is all that leaves" in page.text and "Mirela" not in page.html
    page = await bryony.press(
        await bryony.get(page.path), "Release", {"Was it read to the person it happened to?": "Yes"}
    )
    assert "In force" in page.text
    await fed.settle()
    asha = browser(WRITER)
    page = await asha.follow(await asha.get("/reports/1"), "Stop sharing")
    page = await asha.press(page, "Stop sharing")
    assert "taken back now" in page.text and "cannot be called back" in page.text
    await fed.settle()
    page = await browser(WRITER).get("/releases/1")
    assert "Taken back" in page.text and "Confirmed deleted by 1 of 1 projects" in page.text


async def test_permission_is_asked_again_with_a_condition(browser: Open) -> None:
    asha = browser(WRITER)
    page = await asha.follow(await taken(asha), "Permission")
    page = await asha.follow(page, "Ask about: Warn other projects")
    page = await asha.press(
        page,
        "Write it down",
        {
            "Their answer": "Yes",
            "Another condition, in their words": "not before the court",
            "How did they answer?": "By phone",
        },
    )
    assert "Yes, and it waits for a person" in page.text and "not before the court" in page.text
    page = await asha.get("/reports/1/warn")
    page = await asha.press(page, "See what would leave", status=409)
    assert "has a condition" in page.errors[0]


async def test_under_18_goes_to_the_lead_and_nobody_else_reads_it(browser: Open) -> None:
    asha = browser(WRITER)
    page = await begun(asha)
    page = await filled(asha, page, "Who tells it", {**TELLER, "How old are they now?": "Not sure"})
    page = await filled(asha, page, "Permission", PERMISSION)
    page = await filled(asha, page, "What happened", EVENT)
    page = await asha.follow(page, "Check the answers")
    page = await asha.press(page, "Keep this report", status=409)
    assert page.heading == "This record waits for somebody"
    page = await asha.get("/reports")
    page = await browser(RELEASER).get("/reports/1", status=409)
    assert "safeguarding lead" in page.text


async def test_words_are_added_with_their_date_and_support_notes_stand_apart(browser: Open) -> None:
    asha = browser(WRITER)
    page = await taken(asha)
    page = await asha.press(page, "Add", {"What is to be added": "He had a limp.", "To": "What they say"})
    assert "Added by Asha" in page.text and "He had a limp." in page.text
    page = await asha.press(page, "Add", {"What is to be added": "Sleeps at a friend's.", "To": "The support notes"})
    assert page.heading == "Support notes of report 1" and "Sleeps at a friend's." in page.text
    assert "Sleeps at" not in (await asha.get("/reports/1")).text


async def test_the_safeguarding_referral_has_a_clock_until_it_is_written_down(browser: Open, fed: Federation) -> None:
    fed.genesis.report(facts=Facts(age_now="not_sure"), answers={"record": "yes"})
    add_person(fed.genesis.cases, name="Dilys", role="safeguarding_lead", by=RELEASER, now=fed.clock())
    dilys, missing = browser("Dilys"), "Report 1: under 18, or not sure, and no safeguarding referral is written down"
    assert missing in (await dilys.get("/")).text and "which is late" not in (await dilys.get("/")).text
    fed.clock.forward(hours=25)
    dilys = browser("Dilys")
    page = await dilys.get("/")
    assert f"{missing}, which is late" in page.text
    page = await dilys.follow(page, missing)
    assert "a duty to report child sexual abuse may bind each of them" in page.text
    page = await dilys.follow(page, "Write the referral down")
    to = "Children's services, or another body that safeguards"
    page = await dilys.press(page, "Keep", {"To whom?": to, "On which day?": "4 11 2026"})
    assert to in page.text
    assert "The safeguarding referral was made on 4 November 2026." in (await dilys.get("/reports/1")).text
    page = await dilys.get("/")
    assert missing not in page.text and "Report 1 is with you alone" in page.text
