"""How text is folded before it is compared, and the words that every reading needs."""

import html
import re
import unicodedata
from typing import Final

_QUOTES: Final = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "´": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\ufeff": "",
        "ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ı": "i", "½": ".5", "¼": ".25", "¾": ".75",
    }
)  # fmt: skip
_BREAKS: Final = str.maketrans("\n\r\t", "   ")
_TAG: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<[/!]?[a-zA-Z][^<>]{0,2000}>", re.I | re.S)

NOTHING: Final = frozenset(
    {
        "", "-", "--", "---", ".", "/", "?", "??", "???", "n/a", "na", "n.a.", "n/k", "nk", "n.k.", "dk", "d/k", "unk",
        "unknown", "not known", "none", "nil", "no", "not sure", "unsure", "dont know", "don't know", "can't say",
        "cant say", "can't remember", "cant remember", "not given", "not seen", "none seen", "didn't see", "tbc", "x",
        "unbekannt", "keine", "k.a.", "desconhecido", "nao sabe", "inconnu", "desconocido", "nieznany", "nie wiem",
        "nu stie", "necunoscut", "ddim yn gwybod", "anhysbys", "onbekend", "sconosciuto", "nothing", "no idea",
        "weiss nicht", "nicht bekannt", "brak", "nic", "dim", "did not say", "didn't say", "doesn't know", "not said",
    }
)  # fmt: skip
"""Folded cells that say nothing about what their column asks."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text: a table of words reads better as a text."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotation marks, dashes and spaces: for comparing, never for keeping."""
    if text.isascii():
        return re.sub(r"\s+", " ", text.replace("`", "'").lower()).strip()
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text.casefold()).strip()


def fold_in_place(text: str) -> str:
    """As `fold`, but every character keeps its position, so that a finding can be cut from the text as written."""
    if text.isascii():
        return text.replace("`", "'").lower().translate(_BREAKS)
    folded = []
    for c in text:
        plain = c.translate(_QUOTES)
        base = "".join(d for d in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(d)).casefold()
        folded.append(base if len(base) == 1 else (base[:1] or " "))
    return re.sub(r"[\n\r\t]", " ", "".join(folded))


def without_markup(text: str) -> str:
    """Text out of HTML: tags become spaces, scripts vanish, entities become characters. Other text is unchanged."""
    if "<" not in text and "&" not in text:
        return text
    plain = html.unescape(_TAG.sub(" ; ", text) if _TAG.search(text) else text)
    return re.sub(r"(?:\s*;\s*){2,}", " ; ", plain).strip(" ;") if _TAG.search(text) else plain


def has_markup(text: str) -> bool:
    """Whether the text holds HTML tags."""
    return bool(_TAG.search(text))


def says_nothing(text: str) -> bool:
    """A blank, a dash, a question mark or words for *not known*."""
    return fold(text).strip(" .!?") in NOTHING or fold(text) in NOTHING


def contains_words(text: str, words: str) -> bool:
    """Whether `words` stands in `text` as whole words, letter case ignored."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.I)) if words else False
