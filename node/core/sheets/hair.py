"""Hair, facial hair and eyes from the words of a description."""

import re
from typing import Final

import msgspec

from node.core.sheets.words import fold


class Hair(msgspec.Struct, frozen=True):
    """Codes of `vocabulary`; `words` is the same in words, with what has no code (a beard's colour)."""

    colours: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    facial: str | None = None
    words: str | None = None


_COLOURS: Final = tuple(
    (code, re.compile(rf"\b(?:{words})\b"))
    for code, words in (
        ("light_brown", r"light brown|mousy|mousey|hellbraun|castanho claro"),
        ("black", r"black|schwarz\w*|pret[oa]s?|negro|noir\w*|czarn\w+|du\b|negru"),
        ("brown", r"(?:dark )?brown|brunette|braun\w*|castanh\w+|marron|brun\w*|brazow\w+|saten|bruin"),
        ("dark", r"dark(?!\s+(?:brown|blond|red|grey|coat|jacket|eyes|skin|blue|green|glasses|clothes))(?:ish)?|"
            r"dunkel\w*|escur[oa]|oscuro|fonce|ciemn\w+|tywyll|inchis"),
        ("blond", r"blond\w*|fair(?= hair|-haired|$|,)|loir[oa]|rubio|bleached|peroxide|jasn\w+|golau|"
            r"strawberry blonde?"),
        ("ginger", r"ginger(?:ish)?(?:-ish)?|red(?= hair|-haired|headed|head)|redhead|auburn|rothaarig|ruiv[oa]|"
            r"pelirroj\w+|roux|rud[yae]|roscat|coch(?= gwallt)"),
        ("grey", r"gr[ea]y(?:ing|ish)?|salt\s?(?:and|n|'n'|&|-n-|\+)\s?pepper|silver(?= hair|-haired)|grau\w*|"
            r"grisalh\w+|gris|canoso|siw\w+|carunt|llwyd|grijs"),
        ("white", r"white(?= \w*\s?(?:hair|beard|combed|haired|stubble|moustache|tache))|white-haired|"
            r"weisse? haare?|cabelos? branc\w+"),
        ("dyed", r"dyed|bleached all over|coloured hair|gefarbt|pintado|tingid\w+|vopsit|highlighted"),
    )
)  # fmt: skip
_STYLES: Final = tuple(
    (code, re.compile(rf"\b(?:{words})\b"))
    for code, words in (
        ("balding", r"balding|thinning|going bald|thin on top|glatze im ansatz"),
        ("bald", r"bald(?:y|ie|-headed)?|bald on top|careca|calvo|chauve|chel|kahl|glatze|glatzkopf|lysy|moel|kaal|"
            r"no hair"),
        ("shaved", r"shaved?|shaven|skin ?head|buzz ?cut|number (?:one|1|0)|cropped to|rasiert|raspad[oa]|"
            r"rapad[oa]|rase|ogolon\w+|ras in cap|zero"),
        ("crew_cut", r"crew[ -]?cut|cropped|crop"),
        ("fade", r"fade|skin fade|faded sides"),
        ("receding", r"receding|reced\w*|widow'?s peak|geheimratsecken|entradas"),
        ("ponytail", r"pony ?tail|man ?bun|rabo de cavalo|pferdeschwanz|zopf|coada"),
        ("curly", r"curly|curls|curled|perm(?:ed)?|lockig\w*|locken|cachead\w+|encaracolad\w+|rizado|boucle\w*|"
            r"kreco\w+|cret|cyrliog|frizzy"),
        ("wavy", r"wavy|wellig\w*|ondulad\w+|falow\w+"),
        ("dreadlocks", r"dread(?:lock)?s?|locs"),
        ("braids", r"braided|braids(?! on)|corn ?rows?|plaits|plaited"),
        ("afro", r"afro(?![ -]?carib)"),
        ("quiff", r"quiff"),
        ("mullet", r"mullet"),
        ("curtains", r"curtains(?: hair)?"),
        ("side_parting", r"side[ -]?part(?:ing|ed)?"),
        ("combed_over", r"comb(?:ed)?[ -]?over|swept over"),
        ("highlights", r"highlights|frosted tips|(?:bleached|blonde?|dyed) (?:ends|tips)|ombre"),
        ("long", r"(?:long|shoulder[ -]length|lang\w*|compridos?|largo|dlugie|hir)(?: \w+){0,2} (?:hair|haare?|"
            r"cabelos?|pelo|wlosy|gwallt)|hair long|long-haired|shoulder length"),
        ("medium_length", r"(?:medium|mid)[ -]?length|collar length"),
        ("straight", r"straight(?: \w+)? hair|hair straight|glatte haare"),
        ("short", r"short(?: \w+){0,2} (?:hair|back and sides)|short(?:,| and)? (?:dark|black|brown|blond\w*|grey|"
            r"ginger|fair|light|curly|spiky|cropped|fade|mousy|neat)|hair short|short-haired|brown short|"
            r"dark short|kurze? haare?|cabelos? curtos?|pelo corto|cheveux courts|krotkie|par scurt|short back"),
    )
)  # fmt: skip
_HEAD: Final = re.compile(
    r"\b(?:hair\w*|head(?!s?et|light|phone|butt|ache|ed\b|ing)|haare?|cabelos?|pelo\b|cheveux|wlosy|gwallt|"
    r"par(?:ul)?\b|bald\w*|fade|mullet|quiff|curly|"
    r"wavy|ponytail|crew cut|skinhead|shaved|shaven|curtains|afro|dreads?|braids|cornrows|receding|curls|thinning|"
    r"tips|ends|"
    r"crop|careca|glatze|lockig|comb\w*|blond\w*|brunette|redhead|ginger\w*|permed|highlights|parting|locs|locken|"
    r"cut)\b"
)
_FACIAL: Final = re.compile(
    r"\b(?P<long>(?:(?:big|long|bushy|full|huge|large)\s)(?:\w+\s){0,2}?beard|langer bart)|"
    r"\b(?P<short>(?:(?:trimmed|short|neat|tidy|small|close|thin|little)\s)(?:\w+\s){0,2}?beard)"
    r"|\b(?P<goatee>goatee|van dyke|chin beard|cavanhaque|ziegenbart)|\b(?P<moustache>mo?ustache|mustache|'?tache|"
    r"\btash\b|schnurrbart|bigode|bigote|wasy|mwstas|mustata)"
    r"|\b(?P<stubble>stubbl\w*|unshaven|five o'?clock shadow|designer stubble|barba por fazer|dreitagebart|"
    r"not shaved)|\b(?P<none>clean[ -]?shaven|no (?:beard|facial hair)|glattrasiert|bartlos)"
    r"|\b(?P<sideburns>side ?burns|sideboards)|\b(?P<beard>beard(?:ed|y)?|barba|bart\b|vollbart|barbe|broda|barf|"
    r"baard|vousy)"
)
_FACIAL_CODES: Final = {"long": "beard_long", "short": "beard_short"}
_FACE_WORD: Final = r"(?:beard\w*|mo?ustache|tache|goatee|stubble|barba|bart|barbe|broda|sideburns|schnurrbart|bigode)"
_NOT_HAIR: Final = re.compile(
    r"\b(?:tattoo\w*|\btat\b|tats|eyes?|jacket|coat|(?<!on )top|trackies|tracksuit|hoodie|jumper|shirt|t-?shirt|"
    r"trainers|shoes|cap\b|hat\b|"
    r"jeans|trousers|glasses|car|van|bmw|gloves|puff\w+|bag|suit|specs|teeth|ring|skin|accent|joggers|shorts|boots|"
    r"dog|vest)\b"
)
_CHUNKS: Final = re.compile(r"[,;.\n|()]| / |\bw/(?=\s)|\bwith\b|\+|\band (?=\w+ (?:beard|stubble|goatee|moustache))")


def read_hair(text: str, *, alone: bool = False) -> Hair:
    """Hair and facial hair. `alone`: the column asks it, so that a colour needs no *hair* beside it."""
    plain = fold(text)
    colours: list[str] = []
    styles: list[str] = []
    facial: str | None = None
    words: list[str] = []
    face_words: list[str] = []
    for chunk in filter(None, (part.strip() for part in _CHUNKS.split(plain))):
        found = _FACIAL.search(chunk)
        if found:
            facial = facial or _facial(found)
            face_words.append(_face_words(chunk, found))
        head = (
            re.sub(rf"(?:\b\w+[ -]+){{0,3}}?\b{_FACE_WORD}(?: (?:going|turning) \w+| salt\s?\w*\s?pepper)?", " ", chunk)
            if found
            else chunk
        )
        asks = alone and not _NOT_HAIR.search(head)
        if not asks and (not _HEAD.search(head) or (_NOT_HAIR.search(head) and not re.search(r"hair|bald|head", head))):
            continue
        cut = _NOT_HAIR.split(head)[0] if not alone and _NOT_HAIR.search(head) else head
        colours += _colours(cut)
        styles += [code for code, pattern in _STYLES if pattern.search(cut)]
        if alone and not found and re.search(r"^\s*white\b", cut):
            colours.append("white")
    colours, styles = _tidy(colours, styles, plain)
    words += [_label(code, _COLOURS, plain) for code in colours] + [_label(code, _STYLES, plain) for code in styles]
    said = "; ".join(part for part in (", ".join(words), ", ".join(dict.fromkeys(face_words))) if part)
    return Hair(tuple(colours), tuple(styles), facial, said or None)


_KEPT: Final = frozenset(
    [
        "dark brown",
        "skinhead",
        "skin head",
        "permed",
        "perm",
        "bleached ends",
        "bleached tips",
        "blond ends",
        "blonde ends",
        "blonde tips",
        "thinning",
        "bald on top",
        "buzz cut",
        "bleached",
        "shaven",
        "bleached all over",
        "strawberry blonde",
        "auburn",
        "sandy",
    ]
)


def _label(code: str, table: tuple[tuple[str, re.Pattern[str]], ...], plain: str) -> str:
    """The words for a code: as written where they say more, else the code's own."""
    match = next((found for other, pattern in table if other == code and (found := pattern.search(plain))), None)
    return match[0] if match and match[0] in _KEPT else code.replace("_", " ")


def _colours(text: str) -> list[str]:
    found = [(match.start(), code) for code, pattern in _COLOURS if (match := pattern.search(text))]
    return [code for _, code in sorted(found)]


def _tidy(colours: list[str], styles: list[str], plain: str) -> tuple[list[str], list[str]]:
    colours, styles = list(dict.fromkeys(colours)), list(dict.fromkeys(styles))
    if "light_brown" in colours and "brown" in colours:
        colours.remove("brown")
    if "highlights" in styles and "blond" in colours and not re.search(r"blond\w* hair", plain):
        colours.remove("blond")
    if "balding" in styles and "bald" in styles:
        styles.remove("bald")
    if "bald" in styles and "shaved" in styles and "shaved head" not in plain:
        styles.remove("shaved")
    return colours, styles


def _facial(found: re.Match[str]) -> str:
    name = next(name for name, value in found.groupdict().items() if value)
    return _FACIAL_CODES.get(name, name)


def _face_words(chunk: str, found: re.Match[str]) -> str:
    before = re.split(r"\b(?:head|hair|haired|bald|tall|and|fat|slim|stocky)\b", chunk[: found.start()])[-1]
    colour = next((m[0] for _, p in _COLOURS if (m := p.search(before + " " + found[0]))), "")
    if not colour and (m := re.search(r"\bwhite\b", before)):
        colour = m[0]
    after = re.match(r" (going|turning) gr[ea]y| salt\s?\w*\s?pepper", chunk[found.end() :])
    tail = " greying" if after and "salt" in after[0] else (after[0] if after else "")
    if not re.search(r"beard|stubb|tache|goatee|burns|shav|moust|facial", found[0]):
        return f"{colour} {_facial(found).replace('_', ' ')}".strip()
    said = found[0] if colour and colour in found[0] else f"{colour} {found[0]}"
    return re.sub(r"\s+", " ", said + tail).strip()


_EYES: Final = re.compile(
    r"\b(?P<shade>light |pale |bright |dark |piercing |icy |hell|dunkel)?(?P<colour>blue|brown|green|gr[ea]y|hazel|"
    r"dark|blau\w*|braun\w*|grun\w*|grau\w*)(?:ish)?[ -](?:eyes?|eyed|augen)\b"
    r"|\b(?:eyes?|augen)[: -]+(?:were |are )?(?P<shade2>light |pale |bright |dark )?(?P<colour2>blue|brown|green|"
    r"gr[ea]y|hazel|dark)\b"
)
_EYES_ALONE: Final = re.compile(
    r"^(?P<shade>light |pale |bright |dark )?(?P<colour>blue|brown|green|gr[ea]y|hazel|dark|blau|braun|grun|grau)\W*$"
)
_EYE_CODES: Final = {"gray": "grey", "blau": "blue", "blaue": "blue", "braun": "brown", "braune": "brown",
"grun": "green",
                     "grune": "green", "grau": "grey", "graue": "grey"}  # fmt: skip


def read_eyes(text: str, *, alone: bool = False) -> tuple[str | None, str | None]:
    """The code of the eyes' colour, and the same in words."""
    plain = fold(text)
    found = _EYES.search(plain) or (_EYES_ALONE.search(plain) if alone else None)
    if not found:
        return None, None
    groups = found.groupdict()
    shade = (groups.get("shade") or groups.get("shade2") or "").strip()
    colour = groups.get("colour") or groups.get("colour2") or ""
    code = _EYE_CODES.get(colour, colour)
    if code not in ("blue", "brown", "green", "grey", "hazel", "dark"):
        code = _EYE_CODES.get(colour.rstrip("ens"), "")
    if not code:
        return None, None
    light = shade in ("light", "pale", "hell", "icy")
    return ("light_blue" if light and code == "blue" else code), f"{shade} {code}".strip()
