"""Build, skin and sex from the words of a description. None where the words do not say it.

`alone`: the text comes from a column that asks just this. Source: sheets/README.md (gold); DOMAIN.md §5.
"""

import re
from typing import Final

from node.core.sheets.words import fold

_THING: Final = (
    r"(?![ -]+(?:\w+[ -]+){0,2}?(?:hair\w*|beard|nose|ears?|eyes|hands?|feet|lips|glasses|tattoos?|tats?|scar|"
    r"accent|aftershave|"
    r"smell|smoker|drinker|breath\w*|chain|ring|watch|coat|jacket|dog|car|van|moustache|tache|stubble|face|brown|"
    r"dark|fade|"
    r"voice|bag|length|height|teeth|forehead|mouth|jumper|hoodie|cut|blond\w*|black|grey|sized? car|framed))"
)

_BUILDS: Final = tuple(
    (build, re.compile(rf"\b(?:{words})\b{_THING}"))
    for build, words in (
        ("thin", r"skinny|thin|lanky|scrawny|skin and bone|emaciated|gaunt|bony|tenau|schmachtig|maigre|flaco|slab|"
            r"skeletal|thin-built|hager"),
        ("slim", r"slim|slender|wiry|petite|tiny|slight(?: build)?|slightly built|schlank|magro|delgado|mince|"
            r"szczup\w+|svelte|main|slank|lean|slimish"),
        ("athletic", r"athletic|muscular|muscly|muscles|muscled|gym(?: build| type| body| fit|med)?|fit|toned|"
            r"strong(?: build)?|strongly built|ripped|hench|built|sporty|athletisch|muskulos|musculoso|musculos|"
            r"atletic\w*|musclé|muscle|sportlich|cyhyrog|musculado"),
        ("stocky", r"stocky|stockily|stocky-?ish|thick ?set|broad|squat|burly|stout|kraftig|untersetzt|trapu|"
            r"costaud|krepy|corpolent\w*|cadarn|robust\w*|fornido|indesat|gedrungen"),
        ("heavy", r"heavy|heavily built|heavy ?set|fat|big|large|chunky|overweight|obese|plump|chubby|tubby|portly|"
            r"podgy|fleshy|dick|gordo|gorda|gros|gras|gruby|tew|mawr|ubergewichtig|beer belly|big belly|pot belly|"
            r"rotund|well padded|xl|dik"),
        ("medium", r"medium(?: build| built)?|average(?: build)?|normal build|med(?: build)?|proportionate|"
            r"regular build|mittel|medio|moyen\w*|sredni\w*|canolig|mediu"),
    )
)  # fmt: skip


def read_build(text: str, *, alone: bool = False) -> str | None:
    """One of `person_vocabulary.BUILDS`; None if not said, or if two are said as alternatives."""
    plain = re.sub(r"\b(?:average|avg|medium|normal) height", " ", fold(text))
    plain = re.sub(r"\b(?:big|large) (?:lad|man|bloke|guy|fella|chap|built|build|bloke|boned|rugby)", "big ", plain)
    plain = re.sub(
        r"\b(?:well|powerfully|solidly) built|\bnot (?:fat|thin|slim|big|skinny|heavy)\b|\bfit (?:into|in|the)\b",
        " ",
        plain,
    )
    found = sorted((match.start(), build) for build, pattern in _BUILDS for match in pattern.finditer(plain))
    found = [(place, build) for place, build in found if alone or build not in ("medium",) or _is_chunk(plain, place)]
    if not found:
        return None
    builds = list(dict.fromkeys(build for _, build in found))
    if len(builds) > 1 and re.search(r"\bor\b|/|\?", plain[found[0][0] : found[1][0] + 8]):
        return None
    return builds[0]


def _is_chunk(plain: str, place: int) -> bool:
    """Whether a word stands for itself: with `build`, or between commas."""
    after = re.match(r"[\w-]+(?: (build|built|size)|\s*(?:,|;|\.|$|and\b|\())", plain[place:])
    return bool(after)


_LIGHT: Final = re.compile(
    r"\b(?:white|wht|caucasian|branc[oa]s?|weiss(?:er)?|bial[yey]|blanc|blanco|bianco|gwyn|alb|wit|feher)\b"
    r"(?![ -]+(?:\w+[ -]+){0,2}?(?:hair\w*|beard|t-?shirt|shirt|top|trainers?|shoes|van|car|coat|jacket|hoodie|cap|"
    r"hat|teeth|"
    r"trackies|tracksuit|jeans|trousers|socks|vest|stubble|streak|stick|powder|moustache|gloves|jumper|puffa|"
    r"puffer|suit|"
    r"transit|merc\w*|bmw|ford|audi|golf|lorry|bits?|scar|tips|polo|apron|overalls|paint|bandage))"
)

_NO_SKIN: Final = re.compile(
    r"\bmixed\b|dual heritage|\bhalf\b|light[- ]skinned|lightskin|biracial|\bmetis|mestizo|mischling|pardo|"
    r"can'?t say|not met|never met|or black|maybe|mulat"
)

_SKINS: Final = (
    ("ic2", re.compile(r"\b(?:med(?:iterranean)?[ -]?(?:looking|appearance|type)|mediterran\w+|(?:greek|italian|"
        r"spanish|southern european|turkish|portuguese)[ -](?:looking|appearance|looks)|looked (?:greek|italian|"
        r"mediterranean|spanish)|sudlandisch|suedlandisch|mediterraneo)\b|\bgreek\?|\bolive[ -]skin\w*")),
    ("ic3", re.compile(r"\b(?:black|afro[ -]?caribbean|african[ -](?:looking|appearance)|schwarz(?:er)?|negr[oa]|"
        r"pret[oa]|noir|czarnoskor\w+|du\b|black (?:male|man|british|african|"
        r"caribbean))\b(?![ -]+(?:\w+[ -]+){0,2}?(?:hair\w*|beard|t-?shirt|shirt|top|trainers?|shoes|van|car|coat|"
        r"jacket|hoodie|cap|hat|trackies|tracksuit|jeans|trousers|socks|vest|stubble|eyes?|moustache|gloves|jumper|"
        r"puff\w+|suit|bmw|ford|audi|golf|bomber|glasses|leather|boots|eye|bag|balaclava|mask|rucksack|frame\w*|"
        r"combats|joggers|curly|straight|wavy|fade|quiff|dreads|braids|teeth|scarf|polo|fleece|beanie|ponytail|"
        r"tattoo\w*|nike|adidas))")),
    ("ic4", re.compile(r"\b(?:south asian|asian|asiatic|sud-?asiat\w+|indian[ -](?:looking|appearance)|"
        r"pakistani[ -](?:looking|appearance)|asiaid|asi[aá]tico)\b(?! shop| restaurant| food)")),
    ("ic5", re.compile(r"\b(?:chinese|oriental|east asian|se asian|south[ -]?east asian|far eastern|"
        r"japanese[ -]looking|korean[ -]looking|tsieineaidd|chines)\b(?! takeaway| restaurant| shop| (?:writing|"
        r"symbol|letter|character))")),
    ("ic6", re.compile(r"\b(?:arab[ -](?:looking|appearance)|arabic[ -](?:looking|appearance)|"
        r"middle[ -]eastern[ -](?:looking|appearance)|arab\b)")),
)  # fmt: skip

_IC: Final = re.compile(r"\bic[\s-]?([0-9])\b")


def read_skin(text: str, *, alone: bool = False) -> str | None:
    """An IC code in lower case, from a code or a word of appearance; nationality is none.

    `alone`: from a column that asks it; otherwise a colour must stand by itself or before a word for a person.
    """
    plain = fold(text)
    if code := _IC.search(plain):
        return {"0": "ic9", "7": "ic9", "8": "ic9"}.get(code[1], f"ic{code[1]}")
    if _NO_SKIN.search(plain):
        return None
    if alone and plain.strip(" .?") in ("w", "wm", "w/m", "wb", "w/b"):
        return "ic1" if plain.strip(" .?") in ("w", "wm", "w/m", "wb") else None
    plain = re.sub(r"\bw\s?/\s?m\b", "white male", plain)
    found = {
        code for code, pattern in _SKINS if any(alone or _describes_person(plain, m) for m in pattern.finditer(plain))
    }
    if any(alone or _describes_person(plain, m) for m in _LIGHT.finditer(plain)):
        found.add("ic1")
    if found == {"ic4", "ic5"}:
        return "ic5"
    return found.pop() if len(found) == 1 else None


_PERSON_WORD: Final = (
    r"(?:male|man|men|lads?|guys?|blokes?|boys?|british|irish|english|scottish|welsh|european|eastern|fella|"
    r"youths?|woman|"
    r"female|couple|skin\w*|looking|appearance|origin|teen\w*|bloke|person|homem|mann|mit|one|pakistani|\d\d|m\b|"
    r"ic\d|foreign)"
)


def _describes_person(plain: str, found: re.Match[str]) -> bool:
    before, after = plain[: found.start()].rstrip(), plain[found.end() :].lstrip()
    starts = (
        not before
        or before[-1] in ",;:.(+/-"
        or re.search(
            r"(?:\ball|\b\d|\bx\d|\bone|\ba|\bwas|\bis|\bbe|two|three|four|maybe|young|old|\ba big|\ba tall|\btall|"
            r"ish|\bs|male|man|\bhe'?s|\d0s|uns \d\d anos|\bodd)$",
            before,
        )
    )
    ends = (
        not after
        or after[0] in ",;:.)+/-?"
        or re.match(
            rf"{_PERSON_WORD}|and\b|or\b|x\d|\bw/|with\b|about|around|early|mid|late|in (?:his|her|their)|aged|"
            rf"tall|short|slim|stocky|fat|thin|big|bald|local|medium|heavy|skinny",
            after,
        )
    )
    return bool(starts and ends)


_MAN: Final = re.compile(
    r"\b(?:he|him|his|man|men|male|males|lads?|bloke|blokes|guy|guys|boy|boys|father|husband|boyfriend|son|punter|"
    r"mr|ele|homem|mann|el|barbatul|dyn|homme|hombre|mezczyzna|fella|bf|customer|landlord|geezer|chap|uncle|"
    r"gentleman|er|herr)\b"
)

_WOMAN: Final = re.compile(
    r"\b(?:woman|women|female|lady|madam|auntie|aunt|girl who|frau|mulher|mujer|femme|femeie|kobieta|menyw|wife|"
    r"girlfriend of)\b"
)


def read_sex(text: str) -> str | None:
    """`man` or `woman`, where a description says so; None if both or neither."""
    plain = fold(text)
    man, woman = _MAN.search(plain), _WOMAN.search(plain)
    if bool(man) == bool(woman):
        return None
    return "man" if man else "woman"
