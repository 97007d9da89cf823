"""Names that a person described used, from their own column and from what was told."""

import re
from typing import Final

from node.core.sheets.words import fold, says_nothing, word_set

_NAME: Final = r"([A-ZÀ-ÞĂÂÎȘŞȚŢŁŚŻŹĆ][\w'’À-ÿăâîșşțţ-]{1,20}(?: [A-ZÀ-Þ][\w'’À-ÿ-]{1,20})?|[A-Z]{2,3}\b)"
_QUOTED: Final = rf"[\"“”'‘’„]?\s?{_NAME}(?:\s?/\s?{_NAME})?\s?\??[\"“”'‘’]?"
_SAID: Final = re.compile(
    r"(?:(?i:\b(?:s?aid|says|gave|giving|gives|used|uses|using) (?:that )?(?:his |the |their |her )?(?:first |"
        r"last )?name(?: is| was| of| as)?"
    r"|\bcall(?:s|ed|ing)? (?:him|her|them)sel(?:f|ves)|\bsaid (?:he|she) (?:was|is|'?s) called|\b(?:goes|went|"
        r"going) by(?: the name(?: of)?)?"
    r"|\bknown (?:locally )?as|\bcalled(?: him)?|\bnamed?(?:[: ]+(?:is|was|of|given)?)?|\ba\.?k\.?a\.?|"
        r"\bintroduced (?:him|her)self as|\bbooked (?:as|under)"
    r"|\bunder the name(?: of)?|\bi se zice|\bse numeste|\bchama(?:-se|do|va)?|\bnennt sich|\bnannte sich|\bnamens|"
        r"\bse llama|\bs'appelle|\bo imieniu|"
    r"\bo'r enw|\bboyfriend(?:/pimp)?|\bex|\bpimp|\bregular|\bpunter|\bcustomer|\bbloke|\bman|\blad)[ :,]+(?:a |"
        r"of |is |was )?)" + _QUOTED
)  # fmt: skip
_BARE_CALLED: Final = frozenset(
    {"boyfriend", "boyfriend/pimp", "ex", "pimp", "regular", "punter", "customer", "bloke", "man", "lad", "called"}
)
_NOT_NAMES: Final = word_set(
    "the a an he she his her they it no not never none didnt wont something foreign asian white black english "
    "irish unknown "
    "police pc dc sgt mr mrs ms vice said from and or was is at in on who with about all after before when then "
    "monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november "
    "december as back later again they'd i you we booked came wanted drove told took got asked outside inside once "
    "twice "
    "romanian polish scottish welsh asian punter man regular ex tall short name wouldn't would if but so for off "
    "out up down "
    "her him hotel flat taxi leeds bradford hull cardiff liverpool manchester london customer client x"
)
_COLUMN_CHAFF: Final = re.compile(
    r"\((?:joke|fake|false|nick|not real|made up|prob\w*|real|unsure|spelling|sp|\?)[^)]*\)|\b(?:said|says|called|"
    r"calls himself|goes by|aka|a\.k\.a\.?|"
    r"known as|maybe|possibly|prob(?:ably)?|gave name|gave|name|real name|nickname|nick|or|and|also|first name|"
    r"nennt sich|alias|spitzname|uses|used|on (?:snap|app|whatsapp))\b[: ]*",
    re.I,
)


def names_in_column(text: str) -> tuple[str, ...]:
    """All names of a cell that holds just names: `Deano (Dean?)` are two."""
    if says_nothing(text) or re.search(
        r"\b(?:never gave|did ?n.?t|would ?n.?t|no name|not given|unknown|none|refused|not known|n/k)\b", fold(text)
    ):
        return ()
    plain = _COLUMN_CHAFF.sub("/", text)
    parts = re.split(r"[/,;()&\"“”„+\n?]|\s-\s", plain)
    found = []
    for part in parts:
        name = part.strip(" .'‘’:-!")
        if 1 < len(name) <= 30 and len(name.split()) <= 3 and name[:1].isalpha() and not re.search(r"\d|@", name):
            if fold(name) in _NOT_NAMES or (name.islower() and len(name.split()) > 1):
                continue
            found.append(name if not name.islower() else name.title())
    return tuple(dict.fromkeys(found))


def names_in_story(text: str, not_these: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Names that a narrative says the person used.

    Args:
        text: as written: capitals matter.
        not_these: folded names of other people in the row.
    """
    found: list[str] = []
    for match in _SAID.finditer(text):
        lead = fold(match[0][: match.start(1) - match.start()]).strip(" :,\"'")
        quoted = match[0][: match.start(1) - match.start()].rstrip()[-1:] in "\"“”'‘„"
        if any(lead.endswith(word) and (lead == word) for word in _BARE_CALLED) and lead != "called" and not quoted:
            continue
        for name in match.groups():
            if name and _is_name(name, not_these):
                found.append(name)
    return tuple(dict.fromkeys(found))


def name_at_end(text: str, not_these: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """A description that ends in one word with a capital, after a full stop: `..., walks with stick. Alan`."""
    match = re.search(rf"[.;] {_NAME}\.?$", text.strip())
    return (match[1],) if match and _is_name(match[1], not_these) and " " not in match[1] else ()


def _is_name(name: str, not_these: frozenset[str]) -> bool:
    first = fold(name).split()[0]
    return first not in _NOT_NAMES and fold(name) not in not_these and first not in not_these
