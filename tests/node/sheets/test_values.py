"""Words of a sheet → ranges and codes, or nothing."""

import datetime

import pytest

from node.core.sheets.appearance import read_build, read_skin
from node.core.sheets.date_values import Context
from node.core.sheets.dates import read_when
from node.core.sheets.numbers import find_handles, find_numbers
from node.core.sheets.plates import read_plates
from node.core.sheets.stature import read_age, read_height
from node.core.sheets.vehicles import read_vehicles

TAKEN = datetime.date(2026, 9, 14)  # a Monday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12/9", "2026-09-12", "2026-09-12"),
        ("Sat night", "2026-09-12", "2026-09-13"),
        ("Fri & Sat", "2026-09-11", "2026-09-12"),
        ("last Thurs", "2026-09-10", "2026-09-10"),
        ("2 weeks ago", "2026-08-28", "2026-09-03"),
        ("vor 2 Wochen", "2026-08-28", "2026-09-03"),
        ("early Aug", "2026-08-01", "2026-08-10"),
        ("July–Aug", "2026-07-01", "2026-08-31"),
        ("ongoing since Easter", "2026-04-05", "2026-09-14"),
        ("ongoing", None, "2026-09-14"),
        ("bank hol Monday", "2026-08-31", "2026-08-31"),
        ("last few months", "2026-06-14", "2026-09-14"),
        ("summer 2014", "2014-06-01", "2014-08-31"),
        ("10 yrs ago, winter", "2015-12-01", "2017-02-28"),
        ("every Monday since end of June", "2026-06-22", "2026-09-14"),
        ("7 or 8 Feb", "2026-02-07", "2026-02-08"),
        ("13/09/2026 02:10", "2026-09-13", "2026-09-13"),
        ("9/13/26", "2026-09-13", "2026-09-13"),
        ("nos Wener", "2026-09-11", "2026-09-12"),
        ("sexta 4/9", "2026-09-04", "2026-09-04"),
    ],
)
def test_dates_as_people_write_them_become_ranges(text: str, first: str | None, last: str) -> None:
    when = read_when(text, Context(taken=TAKEN))
    assert when is not None
    assert (when.min.isoformat() if when.min else None) == first
    assert when.max is not None
    assert when.max.isoformat() == last


@pytest.mark.parametrize(
    "text", ["?", "", "dunno", "a few weeks ago", "31/02/26", "3rd wk of May", "12/9 and 44", "2031"]
)
def test_a_date_that_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_when(text, Context(taken=TAKEN)) is None


def test_words_that_need_the_day_taken_stay_unread_without_it() -> None:
    assert read_when("last Friday", Context()) is None
    assert read_when("17/4", Context()) is None
    assert read_when("17/4", Context(year=2026)) is not None


def test_a_day_of_the_week_that_is_not_the_dates_is_doubted() -> None:
    when = read_when("Fri 10/9", Context(taken=TAKEN))
    assert when is not None
    assert when.doubts == ("weekday_differs",)


@pytest.mark.parametrize(
    ("text", "alone", "expected"),
    [
        ("white, late 30s, tall", False, (37, 39)),
        ("about 35, slim", False, (32, 38)),
        ("30ish", True, (27, 33)),
        ("60+", True, (60, None)),
        ("30-35", True, (30, 35)),
        ("teens-20", True, (13, 20)),
        ("40s?", True, (40, 49)),
        ("Mitte 30", True, (34, 36)),
        ("in his fifties", False, (50, 59)),
        ("paid 60 quid, white", False, None),
        ("middle aged", True, None),
        ("5ft 9, 14 stone", False, None),
    ],
)
def test_ages_become_ranges(text: str, alone: bool, expected: tuple[int, int | None] | None) -> None:
    span = read_age(text, alone=alone)
    assert ((span.min, span.max) if span else None) == expected


@pytest.mark.parametrize(
    ("text", "alone", "expected"),
    [
        ("5ft 9", False, (175, 175)),
        ("6ft+", False, (183, None)),
        ("5’9–5’11", True, (175, 180)),
        ("5ft 8 or 9", False, (173, 175)),
        ("5'7½", True, (171, 171)),
        ("5ft 10ish", False, (175, 181)),
        ("6.1", True, (185, 185)),
        ("1,80m", False, (180, 180)),
        ("tall, skinny", False, (183, None)),
        ("short dark hair", False, None),
        ("short, fat", False, (None, 168)),
        ("medium", True, (170, 178)),
    ],
)
def test_heights_become_centimetres(text: str, alone: bool, expected: tuple[int | None, int | None] | None) -> None:
    span = read_height(text, alone=alone)
    assert ((span.min, span.max) if span else None) == expected


def test_a_height_that_a_spreadsheet_may_have_cut_is_left() -> None:
    assert read_height("5.1", alone=True, number=True) is None
    assert read_height("5.11", alone=True, number=True) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("white, 40s", "ic1"),
        ("Asian lad, tall", "ic4"),
        ("Black British, 30ish", "ic3"),
        ("IC 0", "ic9"),
        ("mixed race", None),
        ("Romanian, black jacket, white trainers", None),
        ("white / maybe Greek or Italian", None),
        ("2 lads, Asian and a white one", None),
    ],
)
def test_skin_is_read_from_words_of_appearance_only(text: str, expected: str | None) -> None:
    assert read_skin(text) == expected


def test_build_is_not_read_from_hair_belongings_or_denials() -> None:
    assert read_build("big dark beard, thin lips, strong aftershave") is None
    assert read_build("not fat") is None
    assert read_build("big built, bald") == "heavy"
    assert read_build("gym build") == "athletic"


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("starts FX14", ["FX14???"]),
        ("ends KDL", ["*KDL"]),
        ("…KDL", ["*KDL"]),
        ("YK58 or YX58", ["Y?58???"]),
        ("yb6? then didn't get it", ["YB6????"]),
        ("08 plate", ["??08???"]),
        ("1-something KDL", ["??1?KDL"]),
        ("R reg or S reg", ["R*", "S*"]),
        ("full reg given: LV09 QEK", ["LV09QEK"]),
        ("begins HX, ends QK", ["HX*QK"]),
        ("LT plate", []),
        ("private plate", []),
        ("didnt get reg", []),
    ],
)
def test_marks_become_patterns(text: str, patterns: list[str]) -> None:
    assert [plate.pattern for plate in read_plates(text, alone=True)] == patterns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O77OO 9OO 164", ["+447700900164"]),
        ("077 double-oh 900 seven four two", ["+447700900742"]),
        ("zero sete sete zero zero 900 663", ["+447700900663"]),
        ("0-7-7-0-0 9-0-0 0-2-3", ["+447700900023"]),
        ("7700900120", ["+447700900120"]),
        ("+44 (0)7700 900123", ["+447700900123"]),
        ("07700 900871 & 900872", ["+447700900871", "+447700900872"]),
        ("ends 318", ["*318"]),
        ("g dot hart77 at example dot com", ["g.hart77@example.com"]),
        ("07700 900 12", []),
        ("4.47701E+11", []),
        ("hes still at it. he said 12/06/2026 09:30", []),
    ],
)
def test_numbers_and_addresses_are_found_however_they_are_written(text: str, expected: list[str]) -> None:
    assert [found.canonical for found in find_numbers(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "NB 07700900013 is HER phone he stole, not his",
        "ring me on 07700 900 049 not the other phone",
        "took her phone 07700 900 013",
        "her number 07700 900 013",
    ],
)
def test_a_number_that_the_text_says_is_hers_is_hers(text: str) -> None:
    assert all(found.hers for found in find_numbers(text))


def test_handles_are_found_with_their_app() -> None:
    assert [(f.canonical, f.platform) for f in find_handles("snap: bigdaz_zz7", alone=True)] == [
        ("bigdaz_zz7", "snapchat")
    ]
    assert [(f.canonical, f.platform) for f in find_handles("lufc_zz😈", "Snap", alone=True)] == [
        ("lufc_zz😈", "snapchat")
    ]
    assert find_handles("Telegram same name", alone=True) == ()


def test_vehicles_are_read_with_alternatives_and_without_inventing() -> None:
    (one,) = read_vehicles("grey or silver Insignia / Vectra", "YX58 or YK58")
    assert (one.colour, one.make, one.model) == ("grey/silver", "Vauxhall", "Insignia/Vectra")
    assert one.data.model is None
    two = read_vehicles("marked police car, think Peugeot. Has also come in own grey Golf")
    assert [(v.make, v.model) for v in two] == [("Peugeot", None), ("Volkswagen", "Golf")]
    (van,), (car,) = read_vehicles("white Ford Transit, ladder rack"), read_vehicles("white Vauxhall Astra")
    assert (van.data.type, car.data.type) == ("van", "car")
    assert read_vehicles("walked") == ()
    assert read_vehicles("none seen - hotel") == ()
