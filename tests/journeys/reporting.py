"""A report, section by section, as a caseworker takes it."""

import datetime as dt

from tests.journeys.person import Person

WARNING_QUESTIONS = ("May we warn our own people?", "May we warn other projects?")
OTHER_QUESTIONS = (
    "May numbers be compared quietly, with no warning?",
    "May police have it without your name?",
    "May police have your name and all details?",
)


async def begin_report(person: Person, *, age: str = "18 or over") -> None:
    """A new report, told by the person it happened to."""
    await person.open("/")
    await person.follow("New report")
    await person.press("Begin a new report")
    await person.follow("Who tells it, and their age")
    await person.choose("Who tells it?", "The person it happened to")
    await person.choose("How old was the person it happened to, then?", age)
    await person.choose("How old are they now?", age)
    await person.press("Keep and go on")


async def ask_permission(person: Person, *, warn: str = "Yes", others: str = "Not asked", police: str = "No") -> None:
    """The six questions; conditions are ticked after this."""
    await person.follow("Permission")
    await person.choose("May we keep a record of what you tell us?", "Yes")
    for question in WARNING_QUESTIONS:
        await person.choose(question, warn)
    for question in OTHER_QUESTIONS:
        await person.choose(question, police if "without your name" in question else others)
    await person.choose("How did they answer?", "In person")


async def say_what_happened(person: Person, day: dt.date, *kinds: str) -> None:
    """The kinds, and the day."""
    await person.follow("What happened")
    await person.choose("What happened? Tick all that apply", *kinds)
    await person.day("When, or the first day", day)


async def describe(person: Person) -> None:
    """Somebody, as far as they were seen."""
    await person.follow("The person described")
    await person.select("A man or a woman, as seen", "Man")
    await person.select("Age, as seen", "30s")
    await person.select("Build", "Slim")


async def keep_report(person: Person) -> str:
    """Looks at it all and keeps it; its heading."""
    await person.follow("Check the answers")
    await person.press("Keep this report")
    return await person.heading()
