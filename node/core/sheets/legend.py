"""The lists that people write above a heading, in it, below it or on a second worksheet: what codes stand for.

A legend of permissions says which switches a code means, whether what is not written is a no, and until which day
a single code meant itself and those under it. Nothing here turns a doubt into a yes.
"""

import datetime
import re
from typing import Final

import msgspec

from node.core.sheets.date_values import Context
from node.core.sheets.dates import read_when
from node.core.sheets.incidents import code_types
from node.core.sheets.words import fold

SWITCHES: Final = ("record", "local_alert", "national_alert", "police_anonymous", "police_full")
SHARING: Final = SWITCHES[1:]


class Code(msgspec.Struct, frozen=True):
    """What one code of permission means: `yes` and `no` are switches; all others stay as they are."""

    code: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    words: str = ""


class Legend(msgspec.Struct, frozen=True):
    """How a sheet's permission codes are to be read.

    `not_written`: `no` where the sheet says that what is not written was refused, else `unknown`.
    `ladder_until`: before this day a single code meant itself and every code before it in the list; `ladder`: always.
    """

    codes: tuple[Code, ...] = ()
    not_written: str = "unknown"
    blank: str = "not_asked"
    ladder: bool = False
    ladder_until: datetime.date | None = None
    yes_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()


_OWN: Final = (
    r"\b(?:our|own|local(?:ly)?|in-?house|internal(?:ly)? alert|service users?|members|us\b|this project|"
    r"van|women|ladies|lads|lleol|eigene?n?|unsere?n?|lokal|nasz\w*|nos(?:tre|sas)?|nuestras)\b"
)
_OTHERS: Final = (
    r"\b(?:other (?:\w+ )?(?:projects?|schemes?|services?|charities|areas|regions|towns|cities)|"
    r"all projects|national(?:ly)?|nationwide|num\b|ugly mugs|neighbouring|partner projects|anderen? projekte\w*|"
    r"bundesweit|prosiectau eraill|cenedlaethol|outros projet\w+|otros proyectos|autres (?:projets|associations)|"
    r"inne projekty|alte proiecte|whole network|the network|uk-?wide|wider network|every project)\b"
)
_POLICE: Final = r"\b(?:police|polizei|policia|polici[ae]|polit\w+|heddlu|cops)\b"
_ANON: Final = (
    r"\banon\w*|\bno names?\b|\bwithout (?:\w+ )?names?\b|\bintel\b|\bohne namen|\bsem nome|"
    r"\bsin nombre|\bsans nom|\bdienw|\bbez nazw|\bfara nume|\bnot named|\bunnamed"
)
_FULL: Final = (
    r"\bfull\b|\bwith (?:\w+ )?names?\b|\bnamed?\b|\bdetails?\b|\bstatement\b|\bwants? to report|"
    r"\bmit namen|\bcom nome|\bcon nombre|\bavec nom|\bllawn|\bidentif\w+|\bformal\w*|\bmit name|\bcomplet[oa]?\b"
)
_NEVER: Final = (
    r"\b(?:no consent|no sharing|not? (?:to be )?shared?|do not share|don'?t share|refused|"
    r"nothing leaves|just wanted to tell|log only|record only|keep only|file only|for our records|internal only|"
    r"not to go|no one|nobody|none|no alerts?|stays? (?:here|with us|in house|in-house)|nur (?:intern|akte|ablage)|"
    r"nicht weitergeben|keine weitergabe|logio yn unig|cofnod yn unig|so registo|so registro|solo registro|"
    r"tylko notatka|private|keep on file only|on file only|recording only|in confidence)\b"
)
_ALL_ABOVE: Final = r"\ball (?:of )?(?:the )?(?:above|these|those)\b|\ball of them\b|\beverything above\b|\balles oben"
_PLUS_EARLIER: Final = (
    r"^\s*(?:\+|plus|and also|also|as above|same (?:as above )?(?:\+|plus|and)|as \w+ (?:\+|"
    r"plus|and)|above (?:\+|plus|and))"
)


def meaning_of(words: str) -> Code | None:
    """The switches that words of a legend (or of a cell) name; None if they name none.

    Police without a kind, *everyone* and *partners* are left open: they are neither yes nor no.
    """
    plain = fold(words)
    yes: list[str] = []
    no: list[str] = []
    without = plain
    for pattern, switches in _DENIED:
        if re.search(pattern, without):
            no += switches
            without = re.sub(pattern, " ", without)
    if re.search(_NEVER, without):
        return Code("", (), SHARING, words)
    others = re.search(_OTHERS, without)
    own_text = re.sub(_OTHERS, " ", without)
    if re.search(_OWN, own_text):
        yes.append("local_alert")
    if others:
        yes.append("national_alert")
    if re.search(_POLICE, without):
        if re.search(_ANON, without):
            yes.append("police_anonymous")
        elif re.search(_FULL, without):
            yes.append("police_full")
    if re.search(
        r"\bonly\b|\bnur\b|\byn unig\b|\bsolo\b|\bapenas\b|\btylko\b|\bdoar\b|\bseulement\b|\bjust (?:our|us|local|"
        r"own)\b",
        plain,
    ):
        no += [switch for switch in SHARING if switch not in yes]
    if re.search(
        r"\b(?:not|no|never|don'?t|except|unless|without|but|if|kein\w*|nicht|nur wenn)\b(?! (?:\w+ )?names?\b|"
        r" problem)",
        re.sub(_ANON, " ", without),
    ):
        yes = []
    if not yes and not no:
        return None
    return Code("", tuple(yes), tuple(dict.fromkeys(switch for switch in no if switch not in yes)), words)


_NOT: Final = (
    r"\b(?:no|not|without|nothing to|never|except(?: for)?|but not|excluding|kein\w*|nicht)(?: to| the|"
    r" for| with| any| share with| our)* "
)
_DENIED: Final = (
    (rf"{_NOT}(?:police|polizei|heddlu)\b", ["police_anonymous", "police_full"]),
    (rf"{_NOT}{_OTHERS[2:]}", ["national_alert"]),
    (rf"{_NOT}(?:other|others|national|nationally|wider|elsewhere)\b(?: projects?)?", ["national_alert"]),
    (rf"{_NOT}(?:local|own)\b", ["local_alert"]),
)
_PAIR_EQUALS: Final = re.compile(
    r"(?<![\w£])([A-Z][A-Za-z]{0,9}|[A-Z]{1,5}\d?|\d{1,2}|[✓✔✅x])\s?(?:=|:|–|—| - |\)|\.(?= ))\s?(?=\S)"
)
_PAIR_SPACE: Final = re.compile(r"^\s*(?:and )?([A-Z]{1,4}\d?|\d)\s+(?=\S)(.+)$", re.S)
_SECTION: Final = re.compile(r"(?:(?<=^)|(?<=[.\n;|]))\s*([A-Z][A-Za-z ()/]{1,28}?)\s?:\s")


def pairs_in(text: str) -> list[tuple[str, str, str]]:
    """Codes and meanings written in one text: (label of the section, code, meaning)."""
    found: list[tuple[str, str, str]] = []
    for label, part in _sections(text):
        with_signs, with_spaces = _with_signs(part), _with_spaces(part)
        better = max((with_signs, with_spaces), key=lambda pairs: sum(_says_something(words) for _, words in pairs))
        found += [(label, code, words) for code, words in better]
    return found


def _says_something(words: str) -> bool:
    return meaning_of(words) is not None or bool(code_types(words))


def _with_signs(part: str) -> list[tuple[str, str]]:
    """`A = alert our own`, `2) local`, `P - police`."""
    signs = [m for m in _PAIR_EQUALS.finditer(part) if "=" in m[0] or len(m[1]) <= 4 or m[1].isdigit()]
    signs = [m for m in signs if fold(m[1]) not in ("blank", "empty", "written", "missing", "note", "key")]
    if not any("=" in m[0] for m in signs) and len(signs) < 3:
        return []
    ends = [*(m.start() for m in signs[1:]), len(part)]
    pairs = []
    for sign, end in zip(signs, ends, strict=True):
        words = re.split(r"\.\s+(?=[A-Z])", part[sign.end() : end])[0]
        pairs.append((sign[1], words.strip(" ,;/.-|\n")))
    return pairs


def _with_spaces(part: str) -> list[tuple[str, str]]:
    """`A alert our own, P police no name`."""
    items = [_PAIR_SPACE.match(item) for item in re.split(r"[,;\n|]|\s/\s|\.\s", part)]
    return [(item[1], item[2].strip()) for item in items if item]


def _sections(text: str) -> list[tuple[str, str]]:
    heads = list(_SECTION.finditer(text))
    if not heads:
        return [("", text)]
    parts = [("", text[: heads[0].start()])] if heads[0].start() else []
    ends = [*(m.start() for m in heads[1:]), len(text)]
    return parts + [(fold(m[1]), text[m.end() : end]) for m, end in zip(heads, ends, strict=True)]


def read_legend(pairs: list[tuple[str, str, str]], sentences: list[str], *, year: int | None) -> Legend:
    """The legend of permission codes in a sheet.

    Args:
        pairs: label, code and meaning, as found by `pairs_in` or beside one another in a worksheet.
        sentences: all the text around, where the rules stand.
        year: of the sheet, for a day without one.
    """
    codes: list[Code] = []
    for label, code, words in pairs:
        meaning = meaning_of(words)
        if re.search(_ALL_ABOVE, fold(words)):
            meaning = Code("", tuple(dict.fromkeys(switch for known in codes for switch in known.yes)), (), words)
        elif meaning is not None and (added := _added_to(words, codes)) is not None:
            meaning = Code("", tuple(dict.fromkeys((*added, *meaning.yes))), meaning.no, words)
        if meaning is None or code in [known.code for known in codes] or _is_type_section(label):
            continue
        codes.append(Code(code, meaning.yes, meaning.no, words))
    text = " ".join(fold(sentence) for sentence in sentences)
    if len(codes) < 2:
        codes = []
    until = _ladder_until(sentences, year)
    return Legend(
        codes=tuple(codes),
        not_written="no" if re.search(_NOT_WRITTEN, text) else "unknown",
        blank="no"
        if re.search(
            r"\b(?:blank|empty|leer)\b ?(?:=|means|is|:|heisst) ?(?:no\b|nein|refus|not agreed|no consent)", text
        )
        else "not_asked",
        ladder=until is None and bool(re.search(_LADDER, text)),
        ladder_until=until,
        yes_words=_but(codes, _answers(text, r"yes|agreed|consent(?: given)?|ja|ok|sim|oui|tak|da|ie|ydy")),
        no_words=_but(codes, _answers(text, r"no|refused|nein|nao|non|nie|nu|na|nac ydy")),
    )


def _added_to(words: str, codes: list[Code]) -> tuple[str, ...] | None:
    """What a meaning that begins `as B plus` or `+` adds to: the code named, or the one just before."""
    plain = fold(words)
    named = re.match(r"^(?:same )?(?:as )?(\w{1,4}) ?(?:\+|plus\b|and\b|&)", plain)
    if named:
        known = next((code for code in codes if fold(code.code) == named[1]), None)
        if known is not None:
            return known.yes
    if re.match(_PLUS_EARLIER, plain) and not re.match(r"^as \w{1,4} ", plain.replace("as above", "")):
        return codes[-1].yes if codes else ()
    return None


_NOT_WRITTEN: Final = (
    r"\bno (?:letter|code|number|mark|tick|entry) ?(?:=|means|:|is) ?(?:no\b|not agreed|refus|she said no)|"
    r"not written\b.{0,20}(?:no\b|not agreed|refus)|(?:if )?(?:its|it's|it is) not (?:written|there|listed|"
    r"ticked).{0,25}(?:no\b|refus|not agreed)|"
    r"(?:missing|not listed|not ticked|no code|letter missing|anything not)\b.{0,20}(?:= ?no|means? no|not agreed|"
    r"refus|is no\b|= ?refused)|nicht (?:genannt|aufgefuhrt).{0,14}nein|left out\b.{0,12}(?:no\b|refus)"
)
_LADDER: Final = (
    r"(?:that one )?and (?:everything|all|those|the ones) (?:under|below|beneath|before|lower|above)|"
    r"includes? (?:all |everything |the |those |any )*(?:lower|below|under|previous|before|above)|"
    r"each (?:level|number|code|step) includes|\bcumulative\b|schliesst .{0,20}(?:niedriger|darunter|vorherig)|"
    r"everything (?:under|below) it"
)


def _is_type_section(label: str) -> bool:
    return bool(
        re.search(r"\b(?:cat|category|type|incident|staff|apps?|worker|agenc|area|offence|kategorie|typ)\b", label)
    )


def _but(codes: list[Code], words: tuple[str, ...]) -> tuple[str, ...]:
    """A letter that is a code is no answer."""
    known = {fold(code.code) for code in codes}
    return tuple(word for word in words if word not in known)


def _answers(text: str, meanings: str) -> tuple[str, ...]:
    found = re.findall(
        rf"(?<!\w)([a-z01✓✔✅✗✘❌+]) ?(?:=|means) ?(?:she said |he said )?(?:{meanings})"
        r"\b(?=\s*(?:$|[,;.)/|\n]|\S ?=))",
        text,
    )
    return tuple(dict.fromkeys(found))


def _ladder_until(sentences: list[str], year: int | None) -> datetime.date | None:
    for sentence in sentences:
        plain = fold(sentence)
        if not re.search(_LADDER, plain):
            continue
        found = re.search(
            r"\b(?:before|until|up to|till|vor dem|bis(?: zum)?|cyn)\b (.{4,24}?)(?: we\b|,|:|\.|\(| one\b|"
            r" a single| single|$)",
            plain,
        )
        if found and year is not None:
            when = read_when(found[1], Context(year=year))
            if when is not None and when.min is not None:
                return when.min
    return None


def type_codes(pairs: list[tuple[str, str, str]]) -> dict[str, str]:
    """Codes of kinds of incident with their words."""
    found: dict[str, str] = {}
    for label, code, words in pairs:
        if meaning_of(words) is not None and not _is_type_section(label):
            continue
        if code_types(words) or (_is_type_section(label) and "staff" not in label):
            found.setdefault(code, words)
    return found
