"""Vehicles from the words of a cell: make, model, kind, colour and marks; alternatives are joined by `/`."""

import re
from typing import Final

import msgspec

from node.core.scheme_data import VehicleData
from node.core.sheets import car_models
from node.core.sheets.plates import Plate, read_plates
from node.core.sheets.words import fold_in_place, says_nothing


class Vehicle(msgspec.Struct, frozen=True):
    """A vehicle read. `colour`, `make` and `model` are words, as in gold; `data` is what has codes."""

    data: VehicleData
    colour: str | None = None
    make: str | None = None
    model: str | None = None
    plates: tuple[Plate, ...] = ()


_COLOURS: Final = (
    ("black", r"black|schwarz\w*|pret[oa]|negro|noir\w*|czarn\w+|negru|du\b|nero"), ("white", r"white|weiss\w*|"
        r"branc[oa]|blanc\w*|bial\w+|alb\b|gwyn|wen\b|bianc[oa]"),
    ("silver", r"silver|silber\w*|prata|plateado|argent\w*|srebrn\w+|argintiu|arian"), ("grey", r"gr[ea]y|grau\w*|"
        r"cinzent[oa]|cinza|gris|szar\w+|gri\b|llwyd|charcoal|gunmetal"),
    ("blue", r"blue|navy|blau\w*|azul|bleu\w*|niebiesk\w+|albastru|glas\b"), ("red", r"red|rot(?:er|es|e)?|"
        r"vermelh[oa]|roj[oa]|rouge|czerwon\w+|rosu|coch"),
    ("maroon", r"maroon|burgundy|claret|weinrot"), ("green", r"green|grun\w*|verde|vert\w?|zielon\w+|gwyrdd"),
    ("teal", r"teal|turquoise"),
    ("brown", r"brown|bronze|braun\w*|castanh[oa]|marrom|brun|maro\b"), ("beige", r"beige|cream|bege"), ("yellow",
    r"yellow|gelb\w*|"
        r"amarel[oa]|jaune|galben"),
    ("orange", r"orange|laranja|orang"), ("purple", r"purple|lila|roxo"), ("pink", r"pink"), ("gold",
    r"gold(?:en)?|champagne|dourado"),
)  # fmt: skip
_CODES: Final = {"maroon": ("red", "dark"), "teal": ("green", None)}
_SHADE: Final = r"(?:(dark|light|pale|dunkel|hell|navy)[ -]?)?"
_COLOUR: Final = re.compile(
    rf"\b{_SHADE}(" + "|".join(f"(?P<{name}>{words})" for name, words in _COLOURS) + r")(?:ish)?(?:[ -]?ish)?\b"
)
_NOT_PAINT: Final = re.compile(
    r"^[ ]*(?:\w+ ){0,1}?(?:windows?|tints?|interior|leather|seats\b|seat covers|alloys?|wheels?|stripes?|writing|"
    r"curtain\w*|roof|bag|light on|lights|cab\b(?! driver)|bumper|doors?\b|"
    r"mirror|baby|child|sticker|plate|hair|beard|man|male|lad)"
)
_NONE: Final = re.compile(
    r"^(?:(?:was |came |left |he )?(?:on )?foot|walked?(?: in| up| off)?|walks(?: in)?|none(?: seen)?.*|"
    r"left on foot|no (?:car|vehicle|motor|transport).*|pedestrian|zu fuss|a pe|a pied|ar droed|pieszo|na|bus|"
    r"train|got (?:the )?(?:bus|train))$"
)
_BOUNDARY: Final = re.compile(
    r"\b(?:also|then (?:a|in)|another (?:time|day)|other times?|has (?:also )?come in|second (?:car|vehicle|van)|"
    r"2nd (?:car|vehicle)|2\)|and (?:a|an|in a)|plus a)\b|\n|;"
)
_MODEL: Final = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(re.escape(m) for m in sorted(car_models.MODELS, key=len, reverse=True))
    + r")(?![a-z0-9])"
)
_MAKE: Final = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(re.escape(m) for m in sorted(car_models.MAKES, key=len, reverse=True))
    + r")(?:s)?(?![a-z0-9])"
)
_TYPES: Final = tuple((code, word, re.compile(rf"\b(?:{words})")) for code, word, words in car_models.TYPES)
_LORRY_MAKES: Final = frozenset({"scania", "daf", "iveco"})
_OR: Final = re.compile(r"\bor\b|/|\bmaybe\b|\boder\b|\bou\b|\bsau\b|\blub\b|\bneu\b|\?")


def read_vehicles(text: str, plate_text: str = "") -> tuple[Vehicle, ...]:
    """The vehicles of a row.

    Args:
        text: the cell of the vehicle.
        plate_text: the cell of the mark, if it has its own.
    """
    if says_nothing(plate_text):
        plate_text = ""
    plates = read_plates(plate_text, alone=True) if plate_text else ()
    folded = fold_in_place(text)
    if says_nothing(text) or _NONE.match(folded.strip(" .-")):
        folded, text = "", ""
    if plate_text and not plates and not folded.strip():
        folded, text = fold_in_place(plate_text), plate_text
    vehicles = []
    start = 0
    for end in [*(m.start() for m in _BOUNDARY.finditer(folded)), len(folded)]:
        vehicle = _one(folded[start:end], text[start:end])
        if vehicle is not None and (vehicle.make or vehicle.model or vehicle.plates or vehicle.colour):
            vehicles.append(vehicle)
        start = end
    vehicles = _joined(vehicles)
    if plates:
        if vehicles:
            vehicles[0] = _with_plates(vehicles[0], (*plates, *vehicles[0].plates))
        else:
            vehicles = [_with_plates(Vehicle(VehicleData()), plates)]
    return tuple(vehicles)


def _with_plates(vehicle: Vehicle, plates: tuple[Plate, ...]) -> Vehicle:
    patterns = tuple(dict.fromkeys(plate.pattern for plate in plates))
    return msgspec.structs.replace(vehicle, plates=plates, data=msgspec.structs.replace(vehicle.data, plates=patterns))


def _joined(vehicles: list[Vehicle]) -> list[Vehicle]:
    """A part with only a colour or only a mark belongs to the vehicle before or after it."""
    kept: list[Vehicle] = []
    for vehicle in vehicles:
        if kept and not vehicle.make and not vehicle.model:
            last = kept[-1]
            if vehicle.plates:
                last = _with_plates(last, (*last.plates, *vehicle.plates))
            if not last.colour and vehicle.colour:
                data = msgspec.structs.replace(last.data, colour=vehicle.data.colour, shade=vehicle.data.shade)
                last = msgspec.structs.replace(last, colour=vehicle.colour, data=data)
            kept[-1] = last
        else:
            kept.append(vehicle)
    return [vehicle for vehicle in kept if vehicle.make or vehicle.model or vehicle.plates]


def _one(folded: str, text: str) -> Vehicle | None:
    if not folded.strip(" ,.;-"):
        return None
    plates = read_plates(text)
    models = _models(folded)
    makes = list(dict.fromkeys([*_makes(folded, models), *(make for _, make in models)]))
    kinds = [(code, word) for code, word, pattern in _TYPES if pattern.search(folded)]
    colours = _colours(folded)
    if len(models) > 1 and not _OR.search(folded):
        models = models[:1]
    if models and not _OR.search(folded):
        makes = [models[0][1]]
    kind = kinds[0] if kinds else None
    model = "/".join(dict.fromkeys(name for name, _ in models)) or None
    if model is None and kind is not None and _kind_is_model(kind[1], bool(makes)):
        model = kind[1]
    if kind is None and makes and makes[0] in _LORRY_MAKES and model is None:
        kind, model = ("lorry", "HGV"), "HGV"
    code, shade = _colour_code(colours)
    make = makes[0] if len(makes) == 1 else None
    one_model = models[0][0] if len(models) == 1 else None
    data = VehicleData(
        type=kind[0] if kind else _kind_of_model(models, makes),
        make=make,
        model=one_model,
        colour=code,
        shade=shade,
        plates=tuple(plate.pattern for plate in plates),
    )
    label = "/".join(car_models.LABELS.get(m, m.replace("_", " ").capitalize()) for m in makes) or None
    return Vehicle(data, "/".join(colours) or None, label, model, plates)


def _kind_of_model(models: list[tuple[str, str]], makes: list[str]) -> str | None:
    """What a vehicle is of which only make and model were written."""
    if models and all(name.lower() in car_models.VANS for name, _ in models):
        return "van"
    return "car" if makes or models else None


def _kind_is_model(word: str, has_make: bool) -> bool:
    if word in ("car", "taxi", "hatchback", "convertible"):
        return False
    return word != "saloon" or not has_make


def _models(folded: str) -> list[tuple[str, str]]:
    found = []
    for match in _MODEL.finditer(folded):
        word = match[0]
        make = car_models.MODELS[word]
        if word in car_models.NEED_MAKE and not any(
            car_models.MAKES[m[0].rstrip("s") if m[0] not in car_models.MAKES else m[0]] == make
            for m in _MAKE.finditer(folded)
        ):
            continue
        name = car_models.SPOKEN.get(word) or (
            word.upper()
            if (any(c.isdigit() for c in word) and " " not in word) or len(word) <= 2
            else word.capitalize()
            if " " not in word
            else _titled(word)
        )
        found.append((name, make))
    return list(dict.fromkeys(found))


def _titled(words: str) -> str:
    first, *rest = words.split()
    return " ".join([first.capitalize(), *(word if word == "class" else word.capitalize() for word in rest)])


def _makes(folded: str, models: list[tuple[str, str]]) -> list[str]:
    makes = []
    for match in _MAKE.finditer(folded):
        word = match[0] if match[0] in car_models.MAKES else match[0].rstrip("s")
        if word in ("seat", "smart", "mini", "rover", "pug", "alfa", "mg") and re.search(
            r"baby |child |back |front |passenger |car |booster |bus|very ",
            folded[max(0, match.start() - 10) : match.end() + 5],
        ):
            continue
        makes.append(car_models.MAKES[word])
    return makes


def _colours(folded: str) -> list[str]:
    """Colours in words, each once; only the first group counts: later ones are of curtains and bags."""
    found: list[tuple[int, int, str]] = []
    for match in _COLOUR.finditer(folded):
        name = next(name for name, value in match.groupdict().items() if value)
        shade = {"dunkel": "dark", "hell": "light", "pale": "light", "navy": "dark"}.get(match[1] or "", match[1])
        if _NOT_PAINT.match(folded[match.end() :]) or re.search(r"\b(?:not|with|w/) $", folded[: match.start()]):
            continue
        found.append((match.start(), match.end(), f"{shade} {name}" if shade else name))
    if not found:
        return ["dark"] if re.match(r"^\W*dark\b", folded) and not _COLOUR.search(folded) else []
    kept = [found[0]]
    for item in found[1:]:
        between = folded[kept[-1][1] : item[0]]
        if re.fullmatch(r"\s*(?:or|/|and|&|-|or maybe|maybe|oder|ou|\?|,? ?or)\s*", between):
            kept.append(item)
    return list(dict.fromkeys(colour for _, _, colour in kept))


def _colour_code(colours: list[str]) -> tuple[str | None, str | None]:
    if len(colours) != 1:
        return (
            (None, "dark")
            if any(c.startswith("dark") for c in colours) and len(colours) == 0
            else (_shared(colours), None)
        )
    shade, _, name = colours[0].rpartition(" ")
    if name == "dark":
        return None, "dark"
    code, implied = _CODES.get(name, (name, None))
    return code, (shade or implied) or None


def _shared(colours: list[str]) -> str | None:
    """Alternatives have a code only if it is the same (maroon or dark red)."""
    codes = {_CODES.get(c.rpartition(" ")[2], (c.rpartition(" ")[2], None))[0] for c in colours}
    return codes.pop() if len(codes) == 1 else None
