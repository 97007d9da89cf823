"""How a person spoke: accents and languages as codes of `person_vocabulary.ACCENTS`, with the words they came from."""

import re
from typing import Final

import msgspec

from node.core.scheme_data import AccentData
from node.core.sheets.words import fold


class Voice(msgspec.Struct, frozen=True):
    """Accents found, first said first; `words` for a person."""

    accents: tuple[AccentData, ...] = ()
    words: str | None = None


# code, label, pattern, needs the word accent (a place is not an accent by itself)
_ACCENTS: Final = tuple(
    (code, label, re.compile(rf"\b(?:{words})\b"), place)
    for code, label, words, place in (
        ("well_spoken", "well spoken", r"well[ -]?spoken|posh|educated|plummy|received pronunciation|bbc|"
            r"public school|upper class|refined", False),
        ("leeds", "Leeds", r"leeds|loiner", True),
        ("bradford", "Bradford", r"bradford|bratfud", True),
        ("wakefield", "Wakefield", r"wakefield|wakey", True),
        ("barnsley", "Barnsley", r"barnsley", True),
        ("doncaster", "Doncaster", r"doncaster|donny", True),
        ("sheffield", "Sheffield", r"sheffield", True),
        ("hull", "Hull", r"hull|'ull", True),
        ("yorkshire", "Yorkshire", r"yorks(?:hire)?(?! ?\w*ripper)", True),
        ("lancashire", "Lancashire", r"lancs|lancashire|blackburn|burnley|preston|bolton|wigan|blackpool|oldham|"
            r"rochdale", True),
        ("manchester", "Manchester", r"manc(?:unian|hester)?s?|salford", True),
        ("liverpool", "Liverpool", r"scouser?s?|liverpool|liverpudlian|merseyside|wirral|bootle", True),
        ("north_east", "North East (Geordie)", r"geordie|mackem|smoggie|newcastle|sunderland|north[ -]east(?:ern)?|"
            r"middlesbrough|teesside|durham|tyneside", True),
        ("cumbrian", "Cumbrian", r"cumbria\w*|carlisle|barrow", True),
        ("birmingham", "Birmingham", r"brumm?ie|birmingham|brum", True),
        ("black_country", "Black Country", r"black country|dudley|wolverhampton|yam yam", True),
        ("midlands", "Midlands", r"midlands?|nottingham|notts|derby|leicester|stoke|potteries|coventry", True),
        ("east_anglian", "East Anglian", r"norfolk|suffolk|east anglia\w*|norwich|ipswich|fens", True),
        ("london", "London", r"cockney|london(?:er)?|estuary|essex|mle|roadman", True),
        ("southern_english", "southern English", r"southern(?:er)?(?! eur| ireland| irish)|home counties|surrey|"
            r"kent|sussex|hampshire|down south", True),
        ("west_country", "West Country", r"west country|bristol(?:ian)?|somerset|devon|cornish|cornwall|dorset|"
            r"farmer accent", True),
        ("english_other", "Lincolnshire", r"lincs|lincolnshire|lincoln", True),
        ("english_other", "English", r"ingles|englander|englisch|anglais|anglik\w*|englez\w*|saesneg|sais|inglese",
        False),
        ("welsh", "Welsh", r"welsh|wales|cardiff|swansea|valleys|newport|wrexham|cymraeg|walisisch|gales", True),
        ("scottish", "Scottish", r"scottish|scots?(?:man)?|scotland|glasw?eg\w*|glasgow|edinburgh|aberdeen|dundee|"
            r"schottisch|escoces|ecossais|albanaidd", False),
        ("northern_irish", "Northern Irish", r"northern irish|n\.? irish|n\.?i\.?|belfast|ulster|derry", False),
        ("irish", "Irish", r"(?<!northern )(?<!n )irish|ireland|dublin|irisch|irlandes\w*|irlandais|gwyddelig", False),
        ("romanian", "Romanian", r"romanian?|roman(?:es[ck]?|ian[ao]?)|rumanisch|rumun\w*|romeno|moldov\w+", False),
        ("polish", "Polish", r"polish(?! (?:his|her|off|up))|polnisch|polak|polonais|pwylaidd|polaco|polones", False),
        ("albanian", "Albanian", r"albanian?|albanisch|kosov\w+", False),
        ("lithuanian", "Lithuanian", r"lithuanian?|litauisch|lituan\w+", False),
        ("hungarian", "Hungarian", r"hungarian?|ungarisch|hungaro|magyar", False),
        ("french", "French", r"french(?! (?:letter|kiss|plait|crop))|franzosisch|frances|francais|ffrengig", False),
        ("eastern_european", "Eastern European", r"(?:east(?:ern)?|e\.?)[ -]euro(?:pean)?s?|osteurop\w+|"
            r"leste europeu|slavic|slovak\w*|czech|bulgarian?|russian|ukrainian|latvian|estonian|serbian|croatian|"
            r"russisch|bulgarisch|tschechisch|slowakisch|dwyrain ewrop\w*", False),
        ("western_european", "Western European", r"german(?! shepherd)|dutch|spanish|italian|portuguese|swiss|"
            r"austrian|deutsch|scandinavian|swedish", True),
        ("south_asian", "South Asian", r"(?:south )?asian accent|indian accent|pakistani accent|bengali|punjabi|"
            r"urdu|hindi|bangladeshi accent", True),
        ("east_asian", "East Asian", r"chinese|mandarin|cantonese|vietnamese|thai|japanese|korean", True),
        ("african", "African", r"(?:west |east |south )?african|nigerian|ghanaian|somali|eritrean|sudanese|"
            r"zimbabwean|congolese", True),
        ("caribbean", "Caribbean", r"jamaican|caribbean|west indian|patois|trinidadian", True),
        ("middle_eastern", "Middle Eastern", r"middle eastern|arabic|kurdish|iranian|iraqi|turkish|persian|afghan",
        True),
        ("north_american", "North American", r"american|canadian|yank\w*|us accent", True),
        ("australian", "Australian", r"aussie|australian|kiwi|new zealand", True),
    )
)  # fmt: skip
_SPEECH: Final = re.compile(
    r"\b(?:accents?|twang|lilt|voice|spoke|speaks?|speaking|spoken|sound(?:s|ed|ing)?|talk(?:s|ed)? like|akzent|"
    r"sotaque|acento|"
    r"acen|accento|dialekt|spricht|sprach|said in|shouts? in|shouting in|swore in|native|language|from)\b|/accent"
)
_SLANG: Final = re.compile(r"\b(?:scouser?s?|geordie|brumm?ie|cockney|mackem|glaswegian|manc|brummies)\b")
_NOT_LOCAL: Final = re.compile(r"\bnot (?:from round here|local|from here)|\bno accent")
_DENIED: Final = re.compile(r"\b(?:not|isn'?t|wasn'?t|no)(?: a)? $")


def read_voice(text: str, home_area: str | None, *, alone: bool = False, nationality: bool = False) -> Voice:
    """Accents said in a text.

    Args:
        text: the words.
        home_area: what *local* is local to, if known.
        alone: the column asks how the person spoke.
        nationality: the column asks where the person is from: some European nations are how people describe speech.
    """
    plain = fold(text)
    found: list[tuple[int, str, str]] = []
    for code, label, pattern, place in _ACCENTS:
        for match in pattern.finditer(plain):
            if _DENIED.search(plain[: match.start()]):
                continue
            said = alone or _SLANG.search(match[0]) or _speech_near(plain, match)
            kind = not place and (nationality or code == "well_spoken" or _stands_alone(plain, match))
            if said or kind:
                found.append((match.start(), code, label))
                break
    if re.search(r"\blocal(?:ly)?\b", plain) and (
        alone or re.search(r"\blocal (?:accent|voice|lad|sounding)|sounds? local|spoke local", plain)
    ):
        label = f"local ({home_area})" if home_area else "local"
        if not _NOT_LOCAL.search(plain):
            found.append((plain.index("local"), "local", label))
    if nationality and re.search(r"\bforeign\b", plain) and not found:
        return Voice((), "foreign (unspecified)")
    found.sort()
    accents, labels = [], []
    for _, code, label in found:
        region = home_area if code == "local" else None
        if code != "local" or region:
            accents.append(AccentData(code, region))
        labels.append(label)
    accents = list(dict.fromkeys(accents))[:4]
    unsure = (
        " (uncertain)"
        if labels and re.search(r"\?|maybe|perhaps|possibly|might", plain[found[-1][0] :][:30]) and len(labels) == 1
        else ""
    )
    joined = ", ".join(dict.fromkeys(labels)) if "well spoken" in labels else " or ".join(dict.fromkeys(labels))
    return Voice(tuple(accents), (joined + unsure) or None)


def _speech_near(plain: str, match: re.Match[str]) -> bool:
    after = plain[match.end() : match.end() + 30]
    if re.match(
        r"[ ,/?-]*(?:(?:or|and|/|sort of|type|maybe)?[ ,/-]*[a-z]+[ /?-]+){0,3}?(?:sort of )?(?:accents?|twang|"
        r"lilt|voice|sounding|acen|akzent|sotaque)\b",
        after,
    ):
        return not re.search(r"[.;]", after.split("accent")[0])
    before = plain[max(0, match.start() - 34) : match.start()]
    if re.search(r"well[ -]?spoken[ ,(]*$", before):
        return True
    said = list(_SPEECH.finditer(before))
    if not said:
        return False
    word = said[-1][0]
    if word == "from":
        return bool(re.search(r"(?:talk|sound|speak|spoke|accent|like he'?s|voice)[^.;,]*from $", before))
    return bool(
        re.fullmatch(
            r"[ :]*(?:like |a bit |quite |very |with |maybe |a |in |of |he'?s |was |is |possibly |he |had an? |from )*",
            before[said[-1].end() :],
        )
    )


def _stands_alone(plain: str, match: re.Match[str]) -> bool:
    """A nation between commas or before a word for a person, as people write it in a description."""
    before, after = plain[: match.start()].rstrip(), plain[match.end() :].lstrip()
    starts = not before or before[-1] in ",;:(/." or before.endswith((" or", "white", "maybe", "\u200b"))
    ends = not after or after[0] in ",;:)/.?" or re.match(r"or\b|man\b|male\b|lad\b|bloke\b|looking\b|guy\b", after)
    return bool(starts and ends)
