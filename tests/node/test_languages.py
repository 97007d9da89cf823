"""Every language has every word; places in braces are kept; what nobody has reviewed says so."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po

from node.core.errors import Misconfigured
from node.wording.reading import messages_of, read_catalogues
from node.wording.template import bring_up_to_date, template
from protocol import person_vocabulary, vehicle_vocabulary, vocabulary
from protocol.vectors.plausible_bodies import alert_body
from protocol.wording.alert import brief_alert, render_alert
from protocol.wording.catalogue import ENGLISH, Catalogue
from protocol.wording.lists import LISTS, said

CATALOGUES = read_catalogues()
OTHERS = [catalogue for code, catalogue in CATALOGUES.items() if code != "en"]
BY_LANGUAGE = pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
PLACE = re.compile(r"\{[a-z_]+\}")
NUMBERS_INSTEAD = {"{decade}"}
"""English says `in their late 40s`; a language without such a form says the years."""


def vocabularies() -> dict[str, frozenset[str]]:
    return {
        name: value
        for module in (vocabulary, person_vocabulary, vehicle_vocabulary)
        for name, value in vars(module).items()
        if isinstance(value, frozenset)
    }


def wanted() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for message in template():
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            yield message.context or "", ids[0], ids


def test_english_welsh_romanian_and_polish_are_there_and_call_themselves_by_their_names() -> None:
    assert {code: words.name for code, words in CATALOGUES.items()} == {
        "en": "English",
        "cy": "Cymraeg",
        "pl": "Polski",
        "ro": "Română",
    }


def test_every_code_of_every_vocabulary_has_english_words() -> None:
    covered = {words.known for words in LISTS.values()}
    assert [name for name, codes in vocabularies().items() if codes not in covered] == []
    for name, words in LISTS.items():
        assert set(words.english) == words.known, name
        assert not [code for code in words.known if "_" in words.english[code] or not words.english[code]]


@BY_LANGUAGE
def test_every_code_and_sentence_has_words_of_the_language(words: Catalogue) -> None:
    missing = [(context, english) for context, english, _ in wanted() if (context, english) not in words.messages]
    assert missing == []


@BY_LANGUAGE
def test_every_place_in_braces_is_kept(words: Catalogue) -> None:
    for context, english, ids in wanted():
        places = set(PLACE.findall(ids[-1]))
        for form in words.messages[(context, english)]:
            kept = set(PLACE.findall(form))
            if places == NUMBERS_INSTEAD:
                assert kept in (places, {"{low}", "{high}"}), (english, form)
            elif len(ids) == 1:
                assert kept == places, (english, form)
            else:
                assert kept <= places, (english, form)


@BY_LANGUAGE
def test_sentences_end_as_the_english_ones_do(words: Catalogue) -> None:
    for context, english, _ in wanted():
        for form in words.messages[(context, english)]:
            assert form == form.strip() and form.endswith(".") == english.endswith("."), (context, english, form)


@BY_LANGUAGE
def test_a_whole_warning_has_no_english_sentence_left(words: Catalogue) -> None:
    body = alert_body(people=5)
    english = set(render_alert(body))
    assert english.isdisjoint(render_alert(body, words=words))
    assert set(brief_alert(body)).isdisjoint(brief_alert(body, words=words))


SEVERAL = {
    "incident": "incidents",
    "method": "methods",
    "ruse": "ruses",
    "weapon": "weapons",
    "concerns": "concerns",
    "advice": "advice",
}
"""Of what a warning may say up to six things: the list, and the field."""
TOWARDS = ("cheshire", "greater-manchester", "humberside", "lancashire", "merseyside", "west-yorkshire")


@BY_LANGUAGE
@pytest.mark.parametrize("many", range(1, 7))
def test_a_warning_that_says_several_things_of_a_kind_says_each(many: int, words: Catalogue) -> None:
    codes = {name: tuple(sorted(LISTS[name].known)[:many]) for name in SEVERAL}
    over = {field: codes[name] for name, field in SEVERAL.items()}
    body = alert_body(direction=TOWARDS[:many], **over)
    text = " ".join(render_alert(body, words=words)).casefold()
    assert [code for name in SEVERAL for code in codes[name] if said(words, name, code).casefold() not in text] == []
    assert brief_alert(body, words=words)


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("pl", 1, "Brała udział jedna osoba."),
        ("pl", 2, "Brały udział 2 osoby."),
        ("pl", 5, "Brało udział 5 osób."),
        ("ro", 3, "Au participat 3 persoane."),
        ("ro", 20, "Au participat 20 de persoane."),
        ("cy", 1, "Cymerodd un person ran."),
        ("en", 2, "2 people took part."),
    ],
)
def test_a_number_takes_the_plural_of_its_language(language: str, number: int, expected: str) -> None:
    assert expected in render_alert(alert_body(people=number), words=CATALOGUES[language])


def test_months_and_lists_are_those_of_the_language() -> None:
    day = dt.date(2026, 10, 2)
    assert [CATALOGUES[code].month(day) for code in ("cy", "pl", "ro")] == [
        "Hydref 2026",
        "październik 2026",
        "octombrie 2026",
    ]
    assert [CATALOGUES[code].day(day) for code in ("cy", "pl", "ro")] == [
        "2 Hydref 2026",
        "2 października 2026",
        "2 octombrie 2026",
    ]
    assert CATALOGUES["pl"].listed(["nóż", "pies"]) == "nóż i pies"
    assert CATALOGUES["cy"].listed(["ci", "arf"]) == "ci, arf"
    assert CATALOGUES["cy"].listed(["ci", "arf", "cerbyd"]) == "ci, arf, cerbyd"


@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_and_lists_are_those_of_the_cldr(month: int) -> None:
    day = dt.datetime(2026, month, 9, tzinfo=dt.UTC)
    assert ENGLISH.day(day.date()) == format_date(day, "long", "en_GB")
    assert ENGLISH.month(day.date()) == format_skeleton("yMMMM", day, locale="en_GB")
    things = ["a", "b", "c"][: month % 4]
    assert ENGLISH.listed(things) == format_list(things, locale="en_GB")


@BY_LANGUAGE
def test_nobody_has_reviewed_these_yet_and_they_say_so(words: Catalogue) -> None:
    assert not words.reviewed and ENGLISH.reviewed


def test_a_file_dropped_in_is_a_language_and_the_mark_of_its_first_entry_says_whether_it_was_reviewed(
    tmp_path: Path,
) -> None:
    dropped = tmp_path / "pt" / "LC_MESSAGES"
    dropped.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Language: pt\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    message = 'msgctxt "weapon"\nmsgid "a knife"\nmsgstr "uma faca"\n'
    (dropped / "watchword.po").write_text(header + message)
    words = read_catalogues(tmp_path)["pt"]
    assert (words.name, words.reviewed) == ("Português", True)
    assert said(words, "weapon", "knife") == "uma faca" and said(words, "weapon", "dog") == "a dog"
    (dropped / "watchword.po").write_text("#, fuzzy\n" + header + message)
    assert not read_catalogues(tmp_path)["pt"].reviewed


@pytest.mark.parametrize(("folder", "text"), [("pt", "this is no catalogue\n"), ("nowhere", 'msgid ""\nmsgstr ""\n')])
def test_what_is_no_catalogue_is_refused_by_name(tmp_path: Path, folder: str, text: str) -> None:
    (tmp_path / folder / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / folder / "LC_MESSAGES" / "watchword.po").write_text(text)
    with pytest.raises(Misconfigured, match=folder):
        read_catalogues(tmp_path)


def test_the_files_hold_what_is_said_and_nothing_else() -> None:
    english = {(context, first) for context, first, _ in wanted()}
    for path in Path("node/wording/locale").glob("*/LC_MESSAGES/watchword.po"):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name)
        assert set(messages_of(catalog)) == english, f"{path}: run 'make words'"
        assert not [message.id for message in catalog if message.id and message.fuzzy], path
        assert not catalog.obsolete, path


def test_bringing_the_files_up_to_date_changes_nothing_that_is_up_to_date() -> None:
    paths = sorted(Path("node/wording/locale").glob("*/LC_MESSAGES/watchword.po"))
    before = [path.read_bytes() for path in paths]
    assert bring_up_to_date() == [str(path) for path in paths]
    assert [path.read_bytes() for path in paths] == before
