"""Clothing from the words of a description, each garment with the words it was read from."""

import re
from typing import Final

import msgspec

from node.core.scheme_data import GarmentData
from node.core.sheets.marks import chunks


class Garment(msgspec.Struct, frozen=True):
    """A garment and the words for it."""

    data: GarmentData
    words: str


_COLOURS: Final = tuple(
    (code, re.compile(rf"\b(?:{words})\b"))
    for code, words in (
        ("black", r"black|schwarz\w*|pret[oa]|negr[oa]"), ("white", r"white|weiss\w*|branc[oa]"), ("grey",
        r"gr[ea]y|grau\w*|cinza"),
        ("blue", r"blue|navy|blau\w*|azul|denim"), ("red", r"red|maroon|burgundy|rot(?:e[rsn]?)?|vermelh[oa]|roj[oa]"),
        ("green", r"green|khaki|olive|grun\w*|verde"), ("brown", r"brown|tan|braun\w*|marrom"), ("beige",
        r"beige|cream|stone"),
        ("yellow", r"yellow|gelb\w*|amarel[oa]"), ("orange", r"orange"), ("purple", r"purple|lila"), ("pink",
        r"pink|rosa"),
        ("multi", r"camo(?:uflage)?|stripy|striped|checked|check|tartan"),
    )
)  # fmt: skip

_GARMENTS: Final = tuple(
    (code, re.compile(rf"\b(?:{words})\b"))
    for code, words in (
        ("police_uniform", r"police uniform|under uniform|polizeiuniform"), ("uniform", r"uniform"),
        ("high_visibility", r"hi[- ]?vis(?: (?:vest|jacket|top|coat))?|high[- ]?vis\w*|warnweste"),
        ("work_clothes", r"work (?:clothes|gear|wear|trousers)|overalls|dungarees|boiler suit|arbeitskleidung"),
        ("tracksuit_bottoms",
        r"trackies|track(?:suit|ie)? bottoms|joggers|jogging bottoms|joggies|jogginghose|trakkies"),
        ("tracksuit", r"track ?suits?|tracky|nike tech|tech fleece|trainingsanzug|agasalho|dres\b|shell ?suit"),
        ("puffer_jacket", r"puff[ae]r?(?: (?:jacket|coat))?|body ?warmer|gilet|padded (?:jacket|coat)"),
        ("bomber_jacket", r"bomber(?: jacket)?|harrington"), ("hoodie", r"hood(?:ie|y|ed top)s?|hooded \w+|"
            r"kapuzen\w+|moletom"),
        ("sports_shirt", r"(?:football|rugby|lufc|leeds(?: united)?|leeds away|trinity|rhinos|liverpool|everton|"
            r"man u\w*|city|united|england|wales|team)(?: (?:away|home))? (?:shirt|top|kit|jersey)|trikot"),
        ("t_shirt", r"t-?shirt|tee\b|vest\b|polo(?: shirt)?(?! car)|camiseta"), ("shirt",
        r"shirt|top|hemd|camisa|koszula|blouse"),
        ("jumper", r"jumper|sweater|sweatshirt|fleece|cardigan|pullover|siwmper"), ("suit", r"suit(?!case)|anzug|"
            r"terno|garnitur|costum"),
        ("coat", r"coat|parka|mantel|casaco|overcoat|mac\b|tweed|barbour|cot\b"), ("jacket", r"jacket|jacke|"
            r"jaqueta|blazer|kurtka|geaca|siaced|veste"),
        ("jeans", r"jeans"), ("shorts", r"shorts"), ("trousers", r"trousers|chinos|cargo pants|combats|pants|hose|"
            r"calca|spodnie|pantaloni"),
        ("balaclava", r"balaclavas?|bally\b|sturmhaube|ski mask"), ("mask", r"mask|face covering|snood|maske"),
        ("beanie", r"beanie|woolly hat|"
            r"wooly hat|bobble hat|mutze"),
        ("cap", r"(?:baseball )?cap|bone\b|boné|flat ?cap|kappe|gorra|sapca|cap pig"), ("hat",
        r"hat|beret|hut|bowler|fedora|chapeu"),
        ("scarf", r"scarf|schal"), ("gloves", r"gloves|handschuhe|luvas"), ("trainers", r"trainers|turnschuhe|"
            r"tenis|sneakers|air ?max"),
        ("boots", r"boots|stiefel|botas|wellies"), ("shoes", r"shoes|brogues|loafers|schuhe|sapatos|sandals|sliders"),
    )
)  # fmt: skip


def read_clothing(text: str, *, alone: bool = False) -> tuple[Garment, ...]:
    """Garments, each once, with the colour said beside it."""
    found: list[Garment] = []
    for chunk in chunks(text):
        rest = chunk
        for code, pattern in _GARMENTS:
            match = pattern.search(rest)
            if not match or re.search(
                r"\b(?:took|stole|nicked|grabbed|ripped|her|my|no)\b[^,]*$", rest[: match.start()]
            ):
                continue
            if (
                not alone
                and code == "shirt"
                and match[0] == "top"
                and re.search(
                    r"(?:bald|curly|thin|long|tooth|on) (?:on )?top|on top|top (?:left|right|of)|top floor", rest
                )
            ):
                continue
            before = rest[max(0, match.start() - 22) : match.start()]
            colour = _colour(before) or _colour(rest[match.end() : match.end() + 10]) or _colour(match[0])
            words = f"{_said_before(before)}{match[0]}".strip()
            if code in _PLAIN:
                words = f"{colour or ''} {code.replace('_', ' ')}".strip()
            found.append(Garment(GarmentData(code, colour), words))
            rest = rest[: match.start()] + "#" * (match.end() - match.start()) + rest[match.end() :]
    unique: dict[str, Garment] = {}
    for garment in found:
        unique.setdefault(garment.data.garment, garment)
    return tuple(unique.values())[:6]


_PLAIN: Final = frozenset(
    {"tracksuit_bottoms", "puffer_jacket", "balaclava", "cap", "police_uniform", "high_visibility", "beanie"}
)


def _said_before(before: str) -> str:
    return (
        " ".join(
            word
            for word in re.findall(r"[a-z-]+", before)[-2:]
            if any(p.fullmatch(word) for _, p in _COLOURS)
            or word in ("dark", "light", "waxed", "leather", "puma", "nike", "adidas", "grey", "one", "wooly", "hooded")
        )
        + " "
    )


def _colour(text: str) -> str | None:
    found = [(m.end(), code) for code, pattern in _COLOURS if (m := pattern.search(text))]
    return max(found)[1] if found else None
