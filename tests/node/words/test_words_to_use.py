"""The words of PEOPLE §4: what stands in the left column is on no screen, in no message and in no catalogue.

Each exception says why, and one that nothing needs any more fails.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po

from node.wording.reading import messages_of
from tests.node.words.shown import Text, shown_in_code, shown_in_templates

INSTEAD: Final = {
    r"offenders?|perpetrators?|suspects?|nominals?|subjects?": "the person described",
    r"victims?|complainants?|reporters?": "the person who reported; the person it happened to; to them: you",
    r"he|she|him|his|her|hers|himself|herself": "you, they",
    r"punters?|clients?|customers?": "the person; say how they met",
    r"prostitut\w*|TS|lads?": "sex work; the person's own word",
    r"consent\w*": "permission; you stopped sharing",
    r"intelligence|3x5x2|saniti[sz]ed": "information for police without your name",
    r"sightings?": "we know of this too; we think this is wrong",
    r"series|confirmed link|match(?:es|ed|ing)?|hits?": "may be the same person; there is a warning about this",
    r"extreme|immediate": "Danger now",
    r"historic\w*": "happened some time ago",
    r"IC ?[1-9]": "White, northern European looking, as seen; not sure",
    r"safe|safely|clear|cleared|clean|no record|ok|okay|green|(?:a|the|green) ticks?": (
        "We hold no warning about this number. That does not mean the person is all right."
    ),
    r"gone|proof|recalled": "confirmed deleted by 12 of 13 projects",
    r"cancel(?:s|led|ling)?": "taken back",
    r"expire[sd]?|dark": "no longer in force",
    r"exercises?|tests?": "PRACTICE - NOT REAL",
    r"posterior|weights?|bits": "strong, some, weak, because",
    r"no action": "police closed it; nobody was charged",
    r"police liaison": "police contact worker",
    r"overrid\w*": "sharing without permission",
    r"quarantin\w*|canar\w*|leases?|overdue": "held back; in force until; not yet confirmed",
}
"""Left column → what is said instead. *Tick all that apply* is what somebody does; the tick not to be shown is a sign
that all is well."""

SIGNS: Final = re.compile("[✓✔☑✅]")

ALLOWED: Final[dict[tuple[str, str], str]] = {
    ("node/web/templates/", "has not gone out"): "it has not left; nothing is said of deletion",
    ("node/web/templates/danger_now/kept.html", "nothing has gone out"): "the same",
    ("node/web/options.py", "reads no record"): "what a role may not read; nothing about a number",
    ("node/cli_words.py", "kept as proof"): "two signed histories are proof (DECISIONS 37); a deletion never is",
    ("node/actions/export_evidence.py", "proof"): "the same, in the file beside the evidence",
    ("node/core/practice.py", "He "): "a fictional account, in the words of the person whose it is",
    ("protocol/wording/lists.py", "sighting reason"): "the name of a list in the catalogues",
    ("node/exchange/answers.py", "not exactly one of bytes, gone, refused"): "fields of a hub's answer, by name",
}

IN_OTHER_LANGUAGES: Final = {
    "cy": r"diogel|clir|glân|troseddwyr?|dioddefwyr?|cwsmer(?:iaid)?|puteini?\w*|cydsyniad|ef allan|hanesyddol",
    "pl": r"bezpieczn\w*|czyst[yaeo]\w*|sprawc\w*|ofiar\w*|klient\w*|prostytu\w*|podejrzan\w*|on|ona|jego|jej|"
    r"historyczn\w*|dow[oó]d\w*",
    "ro": r"sigur\w*|curat\w*|făptaș\w*|infractor\w*|agresor\w*|victim\w*|client\w*|prostitu\w*|suspect\w*|el|ea|"
    r"consimț\w*|istoric\w*|dovad\w*|anulat\w*",
}
"""The same in each language: words that promise, judge, or say *he* or *she*. A language dropped in brings its own."""

WHAT_WAS_DONE_OR_SEEN: Final = frozenset({"method", "incident", "colour", "shade", "eyes", "hair colour"})
"""Lists in which *hit* is a blow, *green* and *dark* are colours."""


def forbidden(text: str) -> list[str]:
    """What of the left column is in a text."""
    found = [match[0] for pattern in INSTEAD for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
    return found + SIGNS.findall(text)


def exception_for(shown: Text) -> tuple[str, str] | None:
    return next((key for key in ALLOWED if shown.place.startswith(key[0]) and key[1] in shown.text), None)


def is_allowed(shown: Text) -> bool:
    key = exception_for(shown)
    return key is not None and not forbidden(shown.text.replace(key[1], ""))


@pytest.mark.parametrize("source", [shown_in_templates, shown_in_code], ids=["templates", "code"])
def test_nothing_that_is_shown_holds_a_word_of_the_left_column(source: Callable[[], Iterator[Text]]) -> None:
    texts = list(source())
    assert len(texts) > 300, "nothing was read"
    wrong = [f"{one.place}: {forbidden(one.text)} in {one.text!r}" for one in texts if forbidden(one.text)]
    kept = [f"{one.place}: {forbidden(one.text)} in {one.text!r}" for one in texts if is_allowed(one)]
    assert [line for line in wrong if line not in kept] == []


def test_no_exception_is_kept_that_nothing_needs() -> None:
    texts = [*shown_in_templates(), *shown_in_code()]
    assert set(ALLOWED) == {exception_for(one) for one in texts if forbidden(one.text) and exception_for(one)}


def catalogues() -> Iterator[tuple[str, str, str, str]]:
    """(language, context, English, what it says)."""
    for path in sorted(Path("node/wording/locale").glob("*/LC_MESSAGES/watchword.po")):
        language = path.parent.parent.name
        with path.open("rb") as file:
            for (context, english), message in messages_of(read_po(file, locale=language)).items():
                forms = [message.string] if isinstance(message.string, str) else message.string or ()
                yield from ((language, context, english, form) for form in forms)


def test_no_english_message_holds_a_word_of_the_left_column() -> None:
    shown = {(context, english) for _, context, english, _ in catalogues() if context not in WHAT_WAS_DONE_OR_SEEN}
    assert len(shown) > 300 and [pair for pair in sorted(shown) if forbidden(pair[1])] == []


def test_no_translation_promises_judges_or_says_he_or_she() -> None:
    said = list(catalogues())
    assert {language for language, *_ in said} == set(IN_OTHER_LANGUAGES)
    wrong = [
        (language, english, form)
        for language, context, english, form in said
        if context not in WHAT_WAS_DONE_OR_SEEN
        and re.search(rf"\b(?:{IN_OTHER_LANGUAGES[language]})\b", form, re.IGNORECASE)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "The offender was seen.",
        "Ring the victim",
        "Tell him",
        "A customer of hers",
        "They gave consent",
        "A hit on this number",
        "No match",
        "This number is clear",
        "It is safe to go",
        "a green tick",
        "all well ✔",
        "The warning expired",
        "It goes dark",
        "Gone everywhere, with proof",
        "This is a test",
        "IC1 male",
        "an override",
        "Ask the police liaison",
    ],
)
def test_the_table_catches_what_it_is_for(text: str) -> None:
    assert forbidden(text)


def test_a_word_inside_another_is_not_caught() -> None:
    assert not forbidden("The white sheet there: unclear, testimony, matchbox, safeguarding, contest, hitherto")
