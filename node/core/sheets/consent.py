"""Permission cells → switches. True only where a cell leaves no doubt; a no is false; everything else is None.

The five switches: keep the record, warn our own people, warn other projects, police without her name, police with it.
A withdrawal anywhere in the row wins over any yes. Colour and struck text are never a yes.
Source: sheets/README.md (gold); PEOPLE.md 1.9, 2.6.
"""

import datetime
import re
from typing import Final

import msgspec

from node.core.sheets.cells import Cell
from node.core.sheets.legend import SHARING, SWITCHES, Legend, meaning_of
from node.core.sheets.withdrawals import Overrides
from node.core.sheets.words import fold, word_set


class Permission(msgspec.Struct, frozen=True):
    """Permission as recorded, never more: nothing is released on it until a person has opened the row.

    `raw`: heading and cell as written. `conditions`: texts that are neither yes nor no. `doubts`: codes for a person.
    """

    record: bool | None = True
    local_alert: bool | None = None
    national_alert: bool | None = None
    police_anonymous: bool | None = None
    police_full: bool | None = None
    raw: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    withdrawn: bool = False
    withdrawn_on: datetime.date | None = None
    erase: bool = False
    doubts: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """What one cell says: switches answered, the text where it is conditional, doubts."""

    values: dict[str, bool | None]
    condition: str = ""
    doubt: str = ""


YES: Final = word_set(
    "y yes yep yeah yup yess yea ok okay agreed agree sim si ja da tak oui ydy iawn ydw oes ie igen taip true wahr "
    "vrai ano evet "
    "fine consented consents given granted approved allowed 'yes' yes! tick ticked jawohl claro"
)
NO: Final = word_set(
    "n no nope nah non nein nu nie nao nej nem nee false falsch faux refused refuses declined declines never nage "
    "dim 'no' denied withheld nunca"
)
_TICKS: Final = "👍✅✔✓☑👌🆗"
_CROSSES: Final = "👎❌✗✘🚫⛔🙅✖"
_NO_ANSWER: Final = re.compile(
    r"^(?:no (?:problem|worries|objections?|idea|answer|reply|preference|opinion|info|contact|one asked|issue|"
    r"decision|response|time)|not (?:sure|asked|yet|known|discussed|applicable|given|recorded|certain|clear|"
    r"decided|bothered|said|answered|stated|had|got|able|possible|covered|raised)|"
    r"n/?a\b|n\.a|n/?k\b|nobody|don'?t (?:know|mind)|dont (?:know|mind)|do not know|doesn'?t (?:know|mind)|nao sei|"
    r"weiss nicht|nicht gefragt|heb ofyn|nie wiem|nu stiu|no se\b|nog niet|noch nicht|no lo se|je ne sais)"
)
_SAID_NO: Final = re.compile(
    r"\b(?:said|says|told us|was a|its a|it's a|definite|definitely|absolutely|a firm|clear) (?:no|not|never)\b|"
    r"\b(?:does not|doesn'?t|doesnt|didn'?t|did not|won'?t|will not|dont|don'?t) (?:want|agree|consent|wish)|"
    r"\brefus(?:ed|es)\b|\bdeclined\b|\bkeine? (?:polizei|weitergabe)|"
    r"^not (?:now|ever|at all|this time|interested|happy|willing|ok|keen|to (?:the )?police|(?:the )?police|shared?)\b|"
    r"^(?:absolutely|definitely|def|please|deffo|hell) (?:no|not|don'?t)\b|^(?:do not|don'?t|dont|never|"
    r"keep)\b.{0,20}\b(?:share|tell|send|pass|police|alert)|\bno way\b|\bunder no circ|\bcategorical\w* no"
)
_HARMLESS: Final = (
    r"please|def(?:inite(?:ly)?|o|f)?|deffo|all|fine|good|sure|thanks|thank you|ok(?:ay)?|100 ?%?|if it helps|"
    r"happy(?: to)?|of course|asap|keen|very keen|no problem|wants to|would like to|verbal(?:ly)?|written|"
    r"signed|in person|by phone|"
    r"over the phone|on phone|today|yes|y|she (?:is|'s) (?:fine|happy|ok)(?: with (?:it|this|that))?|he (?:is|"
    r"'s) (?:fine|happy|ok)(?: with (?:it|this|that))?|they (?:are|'re) (?:fine|happy|ok)|she said yes|"
    r"he said yes|asked|confirmed|consented|agreed|bitte|gern(?:e)?|klar|por favor|os gwelwch|"
    r"with [\w' -]{2,20} (?:there|present|with (?:her|him))|as recorded|straight ?away|urgent(?:ly)?|very much|"
    r"anyone it helps"
)
_ALERT_ONLY: Final = (
    r"alert only|(?:as )?anon(?:ymous(?:ly)?)?(?: only| please)?|no names?|not (?:my|her|his|"
    r"their) name|without (?:my|her|his|their) name|no details|warning only|warn only|text only|as (?:an )?alert|"
    r"just the alert|sem o meu nome|sem nome|ohne namen|nur warnung|fara nume|sans mon nom|bez nazwiska|"
    r"sin mi nombre|sin nombre|heb enw"
)
_QUALIFIERS: Final = {
    "record": _HARMLESS,
    "local_alert": rf"{_HARMLESS}|{_ALERT_ONLY}|(?:our|own)(?: \w+)? only|local only",
    "national_alert": rf"{_HARMLESS}|{_ALERT_ONLY}",
    "police_anonymous": rf"{_HARMLESS}|{_ALERT_ONLY}|intel only|intel",
    "police_full": rf"{_HARMLESS}|in person|statement(?: given)?|full(?: details)?|with name",
}


def read_answer(cell: Cell, switches: tuple[str, ...], legend: Legend) -> Answer:
    """A cell of a column that asks one thing with yes or no.

    Args:
        cell: as read.
        switches: what the column asks; several: a yes is too wide to be a yes, a no is a no to each.
        legend: the sheet's own words for yes, no and blank.
    """
    if cell.struck:
        return Answer(dict.fromkeys(switches), cell.raw.strip(), "struck")
    if cell.day is not None:
        return Answer(dict.fromkeys(switches), cell.raw, "became_date")
    text = _emoji_as_words(cell.text)
    plain = fold(text).strip(" .!,;:-\"'")
    if not plain:
        return Answer(
            dict.fromkeys(switches, False if legend.blank == "no" and not cell.raw.strip() else None),
            "",
            "" if not cell.raw.strip() else "unclear",
        )
    verdict = _verdict(plain, switches, legend)
    if verdict is None:
        return Answer(dict.fromkeys(switches), cell.text, "unclear")
    if verdict and len(switches) > 1:
        return Answer(dict.fromkeys(switches), cell.text, "too_wide")
    return Answer(dict.fromkeys(switches, verdict))


def _emoji_as_words(text: str) -> str:
    plain = re.sub("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]", "", text)
    plain = re.sub(f"[{_TICKS}]+", " yes ", plain)
    return re.sub(f"[{_CROSSES}]+", " no ", plain)


def _verdict(plain: str, switches: tuple[str, ...], legend: Legend) -> bool | None:
    if plain in legend.yes_words:
        return True
    if plain in legend.no_words:
        return False
    if _NO_ANSWER.match(plain):
        return None
    first = re.match(r"'?([^\W\d_]+)", plain)
    word = first[1] if first else ""
    if word in NO:
        rest = plain[first.end() :] if first else ""
        return None if "?" in plain or re.search(r"\b(?:but|unless|except|until|only if|yes)\b", rest) else False
    if _SAID_NO.search(plain) and not re.search(r"\byes\b|\bbut\b|\?", plain):
        return False
    if word in YES and first is not None:
        return _yes_with(plain[first.end() :], switches)
    return None


def _yes_with(rest: str, switches: tuple[str, ...]) -> bool | None:
    """A yes followed by words is a yes only if every word is known to change nothing."""
    if "?" in rest:
        return None
    rest = re.sub(r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b", " ", rest)
    allowed = "|".join(f"(?:{_QUALIFIERS[switch]})" for switch in switches[:1])
    parts = [part.strip(" .!,;:-()\"'*") for part in re.split(r"[,;.()]|\s-+\s|\band\b|\+|&", rest)]
    for part in parts:
        if part and not re.fullmatch(rf"(?:(?:{allowed})[\s.!]*)+", part):
            return None
    return True


def read_codes(cell: Cell, legend: Legend, taken: datetime.date | None) -> Answer:
    """A cell of a column that holds the sheet's own codes of permission.

    Args:
        cell: as read: a number or a date tells that the spreadsheet changed what was typed.
        legend: what the codes mean.
        taken: the day the report was taken: single codes may have meant more before some day.
    """
    unknown: dict[str, bool | None] = dict.fromkeys(SHARING)
    if cell.struck:
        return Answer(unknown, cell.raw.strip(), "struck")
    if cell.day is not None or re.fullmatch(r"\d{4}-\d\d-\d\d", cell.text.strip()):
        return Answer(unknown, cell.raw, "became_date")
    text = cell.text.strip()
    if not text:
        return Answer(dict.fromkeys(SHARING, False) if legend.blank == "no" else unknown, "", "")
    names = {code.code.casefold(): code for code in legend.codes}
    if re.fullmatch(r"\d+[.]\d+|\d{2,}", text) and text.casefold() not in names:
        return _mangled(text, legend)
    refused, rest = _refusals(fold(text))
    written = _codes_written(rest, tuple(names))
    if written is None:
        values = _in_words(text, legend)
        return Answer({**values, **refused}, text, "" if any(v is not None for v in values.values()) else "unclear")
    values = _values([names[code].code for code in written], legend, taken)
    return Answer({**values, **refused})


def _mangled(text: str, legend: Legend) -> Answer:
    """`2,3` that became 2.3 or 23: what may be in it is open, what is certainly not in it is a no."""
    known = {code.code: code for code in legend.codes}
    values: dict[str, bool | None] = dict.fromkeys(SHARING, False if legend.not_written == "no" else None)
    digits = [digit for digit in text if digit.isdigit()]
    if any(digit not in known for digit in digits):
        values = dict.fromkeys(SHARING)
    for digit in digits:
        for switch in known[digit].yes if digit in known else ():
            values[switch] = None
    return Answer(values, text, "number_mangled")


_REFUSALS: Final = (
    (r"\b(?:no|not|never|without) (?:the |any |to )?(?:alerts?|warnings?|texts?|sharing)\b[^.;,]*", ("local_alert",
    "national_alert")),
    (r"\b(?:no|not|never) (?:the |any |to )?police\b[^.;,]*", ("police_anonymous", "police_full")),
    (r"\b(?:no|not|never) (?:other )?(?:projects?|national)\b[^.;,]*", ("national_alert",)),
)  # fmt: skip


def _refusals(plain: str) -> tuple[dict[str, bool | None], str]:
    refused: dict[str, bool | None] = {}
    for pattern, switches in _REFUSALS:
        if re.search(pattern, plain):
            refused.update(dict.fromkeys(switches, False))
            plain = re.sub(pattern, " ", plain)
    return refused, plain


def _codes_written(plain: str, codes: tuple[str, ...]) -> list[str] | None:
    """The codes of a cell that holds codes and nothing else but commas, *and*, *only*; None otherwise."""
    if not codes or "?" in plain or re.search(r"\d\s?-\s?\d", plain):
        return None
    tokens = [token for token in re.split(r"[\s,;/+&.–\-()]+", plain) if token]
    found = [token for token in tokens if token in codes]
    others = [
        token
        for token in tokens
        if token not in codes and token not in ("and", "only", "just", "und", "a'c", "codes", "code")
    ]
    return found if found and not others else None


def _values(written: list[str], legend: Legend, taken: datetime.date | None) -> dict[str, bool | None]:
    as_list = _of_codes(written, legend)
    if len(written) != 1 or not (legend.ladder or legend.ladder_until):
        return as_list
    order = [code.code for code in legend.codes]
    rungs = [code.code for code in legend.codes[: order.index(written[0]) + 1] if code.yes or code.code == written[0]]
    as_ladder = _of_codes(rungs, legend)
    as_ladder = {switch: bool(value) for switch, value in as_ladder.items()}
    if legend.ladder or (legend.ladder_until and taken and taken < legend.ladder_until):
        return as_ladder
    if taken is not None:
        return as_list
    return {switch: value if as_ladder[switch] == value else None for switch, value in as_list.items()}


def _of_codes(written: list[str], legend: Legend) -> dict[str, bool | None]:
    values: dict[str, bool | None] = dict.fromkeys(SHARING, False if legend.not_written == "no" else None)
    chosen = [code for code in legend.codes if code.code in written]
    for code in chosen:
        for switch in code.no:
            values[switch] = False
    for code in chosen:
        for switch in code.yes:
            values[switch] = True
    against = {switch for code in chosen for switch in code.no} & {switch for code in chosen for switch in code.yes}
    if against:
        return {switch: None if value else value for switch, value in values.items()}
    return values


_CLEAR_WORDS: Final = re.compile(
    r"(?:\b(?:yes|ok|okay|y|fine|agreed|to|for|with|the|and|our|own|local|locally|ladies|women|lads|girls|members|"
    r"service|users|only|just|alert|alerts|warn|warning|share|tell|text|other|projects?|schemes?|"
    r"national|nationally|police|anon|anonymous|anonymously|no|name|names|without|her|his|full|named|details|log|"
    r"record|keep|not|do|nothing|us|all|nein|ja|nur|intern|polizei|anonym|andere|projekte|lokal)\b|"
    r"[\s,;/+&.:()\-!])*"
)


def _in_words(text: str, legend: Legend) -> dict[str, bool | None]:
    """A cell that says its permission in words, if each word is one of a short list; a refusal counts in any case."""
    values: dict[str, bool | None] = dict.fromkeys(SHARING)
    plain = fold(text).strip(" .!")
    if plain in NO or (_SAID_NO.search(plain) and not re.search(r"\bpolice\b|\bbut\b|\bok\b|\byes\b", plain)):
        return dict.fromkeys(SHARING, False)
    if "?" in text:
        return values
    meaning = meaning_of(text)
    if meaning is None:
        return values
    for switch in meaning.no:
        values[switch] = False
    if _CLEAR_WORDS.fullmatch(plain) and not set(meaning.yes) & set(meaning.no):
        for switch in meaning.yes:
            values[switch] = True
    return values


def settle(
    answers: dict[str, bool | None],
    overrides: Overrides,
    *,
    second_hand: bool,
    police_subject: bool,
) -> dict[str, bool | None]:
    """The switches after the whole row was heard. Only ever takes a yes away.

    Args:
        answers: what the cells said.
        overrides: what the rest of the row said.
        second_hand: somebody else than the person harmed answered: no yes of theirs counts.
        police_subject: the person described is an officer: no yes to police stands on a cell.
    """
    values: dict[str, bool | None] = {switch: answers.get(switch) for switch in SWITCHES}
    if values["record"] is None:
        values["record"] = True
    if second_hand:
        values = {s: None if v and s != "record" else v for s, v in values.items()}
    if overrides.do_not_share:
        for switch in ("local_alert", "national_alert"):
            values[switch] = None if values[switch] else values[switch]
    for switch in ("police_anonymous", "police_full"):
        if overrides.no_police or overrides.withdrawn_police:
            values[switch] = False
        elif police_subject and values[switch]:
            values[switch] = None
    if overrides.withdrawn:
        values |= dict.fromkeys(SHARING, False)
    if overrides.erase:
        values["record"] = False
    return values


_ONE: Final = {
    "consent_record": ("record",),
    "consent_local": ("local_alert",),
    "consent_national": ("national_alert",),
    "consent_police_anonymous": ("police_anonymous",),
    "consent_police_full": ("police_full",),
    "consent_police": ("police_anonymous", "police_full"),
}


def read_column(meaning: str, cell: Cell, legend: Legend, taken: datetime.date | None) -> Answer:
    """A cell of a column about permission, by what the column means (`headings.PERMISSION`)."""
    if switches := _ONE.get(meaning):
        answer = read_answer(cell, switches, legend)
        if meaning == "consent_police" and answer.doubt in ("unclear", "too_wide") and "?" not in cell.text:
            return _police_kind(cell, answer)
        return answer
    if meaning == "consent_unclear":
        return Answer({}, cell.text.strip())
    if legend.codes:
        return read_codes(cell, legend, taken)
    answer = read_answer(cell, SHARING, legend)
    if answer.doubt not in ("unclear", "too_wide"):
        return answer
    values = _in_words(cell.text, legend)
    return Answer(values, cell.text, "" if any(value is not None for value in values.values()) else answer.doubt)


def _police_kind(cell: Cell, answer: Answer) -> Answer:
    """`anon only` or `yes, with name` in a column that asks about the police without a kind."""
    plain = re.sub(r"^(?:yes|y|ok|ja|sim)\b[ ,:-]*", "", fold(cell.text)).strip(" .!()")
    if re.fullmatch(r"(?:as )?(?:anon(?:ymous(?:ly)?)?|no name|without (?:her |my )?name|intel)(?: only)?", plain):
        return Answer({"police_anonymous": True, "police_full": False if "only" in plain else None})
    if re.fullmatch(r"(?:full(?: details)?|with (?:her |my )?name|full report|named)", plain):
        return Answer({"police_anonymous": None, "police_full": True}, cell.text)
    return answer


def both(first: bool | None, second: bool | None) -> bool | None:
    """Two cells about one switch: a no wins, two yeses are a yes, anything else is open."""
    if first is False or second is False:
        return False
    return True if first and second else None
