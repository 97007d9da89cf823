"""Which language an account is written in, from its script and its small words; None for English and for doubt."""

import re
from typing import Final

from node.core.sheets.words import fold, word_set

_SMALL: Final = {
    "ro": word_set("si de la nu ca sa pe cu ma mi am ai lui este fost unde cand el ea din mai m-a a-l meu mea le"),
    "pt": word_set("que nao uma com um ele ela para por dos das meu minha foi quando sem disse mas na no os as eu"),
    "es": word_set("que no una con un el ella para por los las mi fue cuando sin dijo pero en yo me su muy"),
    "pl": word_set("nie sie na ze jest ale mi mnie byl byla jak co do po za przez powiedzial gdy kiedy potem"),
    "de": word_set("und der die das nicht ich er sie mir mich mit ein eine war hat ist auf dann aber nach kein"),
    "fr": word_set("je il elle que pas une avec mais est dans pour sur les des moi a dit quand puis sans"),
    "it": word_set("che non una con lui lei per mi ha detto quando poi ma sono era della il la di"),
    "cy": word_set("yn y mae ac roedd wedi fe ei ar gan am fi ddim nid oedd dyn o dweud wrth i'r"),
    "nl": word_set("en de het niet ik hij zij mij met een was heeft is op toen maar naar geen van"),
    "hu": word_set("es nem egy hogy az volt meg azt engem neki mint ha de vele csak el ki"),
}  # fmt: skip
_ENGLISH: Final = word_set("the and he she was to of in a her his said for on with that it him not then at from they")


def read_language(text: str) -> str | None:
    """A two-letter code, or None."""
    if re.search(r"[\u0e00-\u0e7f]{4}", text):
        return "th"
    if re.search(r"[\u4e00-\u9fff]{4}", text):
        return "zh"
    if re.search(r"[\u0400-\u04ff]{6}", text):
        return "bg"
    words = re.findall(r"[a-z'-]+", fold(text))
    if len(words) < 5:
        return None
    english = sum(word in _ENGLISH for word in words)
    scores = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= 3 and scores[best] > 1.5 * english + 1 else None
