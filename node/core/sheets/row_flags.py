"""What a person should know of a row at a glance: flags, in the names of the published test sheets."""

import re
from typing import Final

from node.core.scheme_data import SchemeData
from node.core.sheets.circumstances import Circumstances
from node.core.sheets.consent import Permission
from node.core.sheets.languages import read_language
from node.core.sheets.meanings import PERMISSION
from node.core.sheets.row_lines import Line, RowContext
from node.core.sheets.words import fold, has_markup

_EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u2610\u2612-\u2712\u2719-\u27bf]")


def flags_of(
    line: Line,
    context: RowContext,
    around: Circumstances,
    *,
    permission: Permission,
    data: SchemeData,
    more: tuple[str, ...],
) -> tuple[str, ...]:
    """The flags that hold, and those found with the identifiers (`more`)."""
    raw = [cell.raw for _, _, cell in line.everything]
    taken, when, teller, age = around.taken, around.when, around.teller, around.reporter_age
    old = taken is not None and when is not None and when.max is not None and (taken - when.max).days > 365
    consent_texts = [cell.raw for cell in line.cells(*PERMISSION)]
    language = read_language(around.account)
    conditions = (
        ("group", (data.number_of_people or 0) > 1),
        ("coercive_other", "coercive_other" in data.incident_types),
        ("hearsay", teller.hearsay),
        ("third_party_report", teller.third_party),
        ("rumour", teller.rumour),
        ("historic", old),
        ("consent_withdrawn", permission.withdrawn),
        ("erase_requested", permission.erase),
        ("police_subject", around.officer),
        ("under_18", age == "under_18"),
        ("under_18_possible", age == "not_sure"),
        ("female_subject", any(person.sex == "woman" for person in data.persons[:1])),
        ("false_plate_suspected", any(found.cloned for found in data.identifiers)),
        ("consent_number_mangled", "number_mangled" in permission.doubts),
        ("consent_became_date", "became_date" in permission.doubts),
        ("consent_struck", "struck" in permission.doubts),
        ("old_consent_ladder", _old_ladder(line, context)),
        ("html", any(has_markup(text) for text in raw)),
        (
            "formula_cell" if context.table.worksheet else "formula_injection",
            any(c.formula for _, _, c in line.everything),
        ),
        ("overlong", any(len(text) > 10_000 for text in raw)),
        ("emoji_consent", any(_EMOJI.search(text) for text in consent_texts)),
        ("emoji", any(_EMOJI.search(text) for text in raw)),
        ("two_reports_possible", _maybe_two(line, around.account)),
        ("taken_day_swapped", context.taken is not None and context.taken.swapped),
        (f"language:{language}", language is not None),
    )
    return (*(name for name, holds in conditions if holds), *more)


def _old_ladder(line: Line, context: RowContext) -> bool:
    until = context.mapped.legend.ladder_until
    return bool(until and context.taken and context.taken.day < until and line.text("consent"))


_TWO: Final = re.compile(
    r"\b(?:report|incident) (?:2|two|no\.? ?2|b)\b|\b(?:second|2nd|separate|another|different) (?:incident|report|"
    r"attack|man\b(?! (?:in|with|inside|turned|came|was|who|driv)))|\balso (?:reports?|reporting) (?:a|"
    r"another)|\btwo (?:separate|different) (?:incidents|reports|men on)|^\(?1[).] .{40,}\s\(?2[).] .{40,}",
    re.S,
)


def _maybe_two(line: Line, account: str) -> bool:
    """Whether one line seems to hold two reports: a person has to take them apart."""
    whens = fold(line.text("incident_date"))
    two_days = re.search(r"\d{1,2}[/.]\d{1,2}\S* ?(?:and|&|\+|;|und|e) (?:again )?(?:on )?\d{1,2}[/.]\d{1,2}", whens)
    return bool(_TWO.search(fold(account))) or bool(
        two_days and re.search(r"\bagain\b|\bsecond time\b|different", whens)
    )
