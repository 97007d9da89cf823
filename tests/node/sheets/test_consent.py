"""Permission: true only where a cell leaves no doubt."""

import datetime

import pytest

from node.core.sheets.cells import Cell
from node.core.sheets.consent import read_answer, read_codes
from node.core.sheets.legend import SHARING, Legend, meaning_of, pairs_in, read_legend
from tests.node.sheets.builders import HEADINGS, a_row, a_sheet, csv_bytes, read, read_one, switches

ONE = ("national_alert",)


def answer(text: str, switch: str = "national_alert") -> bool | None:
    return read_answer(Cell(text=text, raw=text), (switch,), Legend()).values[switch]


@pytest.mark.parametrize(
    "text", ["Y", "yes", "Yes please", "ok", "✓", "👍", "👍🏽", "sim", "ja", "tak", "Y 12/5", "TRUE"]
)
def test_a_plain_yes_is_a_yes(text: str) -> None:
    assert answer(text) is True


@pytest.mark.parametrize(
    "text", ["N", "no", "NO!! he IS police", "✗", "👎", "nein", "não", "asked, said no to police", "not now", "refused"]
)
def test_a_plain_no_is_a_no(text: str) -> None:
    assert answer(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "-",
        "x",
        "X",
        "Y?",
        "N/A",
        "maybe later",
        "mum says yes",
        "vague only - ask me first",
        "yes but NOT Bradford police",
        "yes, after Friday",
        "yes - only our ladies",
        "no unless anon",
        "not asked yet",
        "no problem",
        "ask again",
        "as above",
        "sister says ok",
        "yes if they do not know it is me",
        "1",
        "tbc",
    ],
)
def test_anything_unclear_is_neither(text: str) -> None:
    assert answer(text) is None


def test_a_limit_that_the_column_itself_sets_changes_nothing() -> None:
    assert answer("yes anon", "police_anonymous") is True
    assert answer("sim, sem o meu nome", "police_anonymous") is True
    assert answer("yes anon", "police_full") is None
    assert answer("yes - alert only", "national_alert") is True
    assert answer("Y - wants to, with Bernice there", "police_full") is True


def test_struck_text_and_dates_are_never_a_yes() -> None:
    assert read_answer(Cell(text="", raw="Y", struck=True), ONE, Legend()).values == {"national_alert": None}
    date = Cell(text="2026-03-02", raw="2026-03-02", day=datetime.date(2026, 3, 2))
    assert read_answer(date, ONE, Legend()).values == {"national_alert": None}


KEY = (
    "Consent: L log only, A alert our own women, AN alert our women + other projects, P police no name, "
    "PF police with name. If its not written she said no. Blank or ? = not asked yet"
)


def codes(
    text: str, legend: Legend, day: datetime.date | None = None, number: float | None = None
) -> tuple[bool | None, ...]:
    values = read_codes(Cell(text=text, raw=text, number=number), legend, day).values
    return tuple(values[switch] for switch in SHARING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L", (False, False, False, False)),
        ("AN, P", (True, True, True, False)),
        ("A AN P", (True, True, True, False)),
        ("an p", (True, True, True, False)),
        ("PF", (False, False, False, True)),
        ("P only. No alert - he reads them", (False, False, True, False)),
        ("AN - no police", (True, True, False, False)),
        ("?", (None, None, None, None)),
        ("", (None, None, None, None)),
        ("P?", (None, None, None, None)),
        ("n/a - not from the girls themselves", (None, None, None, None)),
        ("AN if she says so", (None, None, None, None)),
    ],
)
def test_codes_mean_what_the_legend_above_the_headings_says(text: str, expected: tuple[bool | None, ...]) -> None:
    legend = read_legend(pairs_in(KEY), [KEY], year=2026)
    assert codes(text, legend) == expected


def test_a_single_code_meant_more_before_a_day_and_nobody_knows_what_it_meant_without_one() -> None:
    pairs = [
        ("", "1", "Log only, nothing leaves this office"),
        ("", "2", "Local - warn our own lads"),
        ("", "3", "National - warn other projects"),
        ("", "4", "Police anon, no name"),
    ]
    rules = [
        "From 1 April 2026 put ALL that apply. Not written = not agreed.",
        "Before 1 April we put ONE number which meant that one and everything under it",
    ]
    legend = read_legend(pairs, rules, year=2026)
    assert codes("3", legend, datetime.date(2026, 2, 1)) == (True, True, False, False)
    assert codes("3", legend, datetime.date(2026, 5, 1)) == (False, True, False, False)
    assert codes("3", legend, None) == (None, True, False, False)
    assert codes("2,4", legend, datetime.date(2026, 5, 1)) == (True, False, True, False)
    assert codes("2.3", legend, datetime.date(2026, 5, 1), 2.3) == (None, None, False, False)


def test_without_a_rule_what_is_not_written_stays_open() -> None:
    legend = read_legend(pairs_in("W = warn our women, O = warn other projects"), [], year=None)
    assert codes("W", legend) == (True, None, None, None)


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("police anon, not other projects", ()),
        ("our own women, not other projects", ()),
        ("share with everyone", None),
        ("our own + other projects", ("local_alert", "national_alert")),
        ("police - no name", ("police_anonymous",)),
        ("do not share", ()),
    ],
)
def test_a_meaning_with_a_not_in_it_gives_no_yes(words: str, yes: tuple[str, ...] | None) -> None:
    found = meaning_of(words)
    assert (found.yes if found else None) == yes or (
        found is not None and "national_alert" not in found.yes and yes == ()
    )


def test_a_column_of_consent_without_a_legend_takes_words_but_no_bare_yes() -> None:
    headings = ["Ref", "Date taken", "When", "What happened", "The man", "Consent"]
    rows = [
        [str(i), "1/6/26", "31/5/26", "Hit her", "white", text]
        for i, text in enumerate(("Y", "no", "local only", "all", "ok"))
    ]
    read_rows = read(csv_bytes([headings, *rows]))
    assert [switches(row) for row in read_rows] == [
        (None, None, None, None),
        (False, False, False, False),
        (True, False, False, False),
        (None, None, None, None),
        (None, None, None, None),
    ]


def test_a_later_withdrawal_wins_wherever_it_stands() -> None:
    row = read_one(notes="rang 12/9, doesn't want it shared any more - hes found out")
    assert switches(row) == (False, False, False, False)
    assert row.permission.record is True
    assert row.permission.withdrawn_on == datetime.date(2026, 9, 12)
    assert "consent_withdrawn" in row.flags


def test_who_wants_nothing_kept_is_not_to_be_recorded() -> None:
    row = read_one(notes="25/9 she says tear it up, delete, wants nothing kept")
    assert row.permission.record is False
    assert "erase_requested" in row.flags


def test_a_taken_down_clip_is_no_withdrawal() -> None:
    assert switches(read_one(notes="takedown of the clip asked for")) == (True, True, True, False)


def test_no_police_in_the_notes_closes_both_ways_to_the_police() -> None:
    assert switches(read_one(notes="Nok overstayed. Absolutely no police."))[2:] == (False, False)


def test_a_mothers_yes_is_not_her_daughters() -> None:
    row = read_one(what="Mum rang us. Boyfriend takes all her money.", who="Mum = Christine 07700 900463")
    assert switches(row) == (None, None, None, False)
    assert {"hearsay", "third_party_report"} <= set(row.flags)
    assert row.told_by == "family"


def test_no_yes_to_police_stands_where_an_officer_is_described() -> None:
    row = read_one(what="Uniformed PC, a real one, touched her chest", full="Y")
    assert switches(row)[2:] == (None, None)
    assert "police_subject" in row.flags
    assert row.data.persons[0].officer


def test_one_who_only_says_he_is_police_is_no_officer() -> None:
    row = read_one(what="Man held up a wallet with a badge and said he was vice squad. She knew it was off.")
    assert "police_subject" not in row.flags
    assert "impersonating_police" in row.data.incident_types


def test_what_is_blank_needs_a_person_and_says_which() -> None:
    row = read_one(share_anon="")
    assert row.status == "needs-a-person"
    assert "police without a name" in row.reason


def test_headings_and_cells_of_permission_are_kept_as_written() -> None:
    row = read(a_sheet(a_row(text="y if it helps", share_with="vague only - ask me first")))[0]
    assert ("Share with other projects?", "vague only - ask me first") in row.permission.raw
    assert "vague only - ask me first" in row.permission.conditions
    assert HEADINGS[9] == "Text our ladies?"
