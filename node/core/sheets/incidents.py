"""What kind of event an account tells: types, methods, weapons and means of contact, in words of `vocabulary`.

Only what the words say; a type code of the sheet's own list narrows what its words leave open. Penetration is never
inferred: *rape* needs the word. Source: DOMAIN.md §5 (incident type); sheets/README.md (gold).
"""

import re

from node.core.sheets.incident_words import CODE_WORDS, MEANS, METHODS, TYPES, WEAPONS, WIDE, WINS
from node.core.sheets.words import fold, without_markup


def read_types(account: str, code_meanings: tuple[str, ...] = (), *, rumour: bool = False) -> tuple[str, ...]:
    """The types of an event, from `vocabulary.INCIDENT_TYPES` and `time_waster`.

    Args:
        account: what happened, in any of the languages known.
        code_meanings: what the sheet's own type codes stand for, in words.
        rumour: nobody says that it happened to them.
    """
    plain = _story(account)
    found = [code for code, pattern in TYPES if pattern.search(plain)]
    for code in tuple(found):
        found = [other for other in found if other not in WINS.get(code, ())]
    for meaning in code_meanings:
        for code in code_types(meaning):
            if code not in found and _fits(code, found, meaning):
                found.append(code)
    if "time_waster" in found and len(found) > 1:
        found.remove("time_waster")
    if rumour and not found:
        return ("other",)
    return tuple(found)


def _fits(code: str, found: list[str], meaning: str) -> bool:
    """A code that stands for one kind is taken; one of several kinds only if the account gave nothing of them."""
    several = code_types(meaning)
    if len(several) > 1:
        return not any(other in found for other in several)
    if WIDE.search(fold(meaning)):
        return False
    finer = {
        "physical_assault": ("strangulation", "robbery", "abduction_false_imprisonment"),
        "sexual_assault": ("rape", "condom_removal"),
        "robbery": (),
    }
    return not any(other in found for other in finer.get(code, ()))


def code_types(meaning: str) -> tuple[str, ...]:
    """The types that the words beside a type code name; none for *other*."""
    plain = fold(meaning)
    found: list[str] = []
    for words, codes in CODE_WORDS:
        if re.search(words, plain):
            found += [code for code in codes if code not in found]
    if "condom_removal" in found and "sexual_assault" in found:
        found.remove("condom_removal")
    return tuple(found)


def _story(text: str) -> str:
    plain = fold(without_markup(text))
    return re.sub(
        r"\bno (?:weapons?|knife|violence|condom needed)\b|\bdidn'?t (?:hit|touch|hurt) (?:her|him|anyone)|"
        r"\bnot (?:violent|threatening)|\b(?:wasn'?t|not) raped",
        " ",
        plain,
    )


def read_weapons(account: str) -> tuple[str, ...]:
    """Weapons clearly said, as codes."""
    plain = _story(account)
    return tuple(code for code, pattern in WEAPONS if pattern.search(plain))


def read_methods(account: str) -> tuple[str, ...]:
    """Methods, as codes."""
    plain = _story(account)
    return tuple(code for code, pattern in METHODS if pattern.search(plain))


def read_contact_means(text: str) -> tuple[str, ...]:
    """How they met, as codes."""
    plain = fold(text)
    return tuple(code for code, pattern in MEANS if pattern.search(plain))
