"""The people described in a row, put together from its columns; one value a person.

A column that asks one feature counts before a description that mentions it. Descriptions numbered `1) ... 2) ...`,
headed `driver: ... passenger: ...`, counted `Asian x3, white x1` or told apart by sex become several people.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from node.core.scheme_data import PersonData
from node.core.sheets import appearance, clothing, hair, marks, stature, voices
from node.core.sheets.names import name_at_end, names_in_column, names_in_story
from node.core.sheets.person_fields import Field, take_apart
from node.core.sheets.words import fold, without_markup


class Person(msgspec.Struct, frozen=True):
    """A person described: codes, and the same in words for those who read it."""

    data: PersonData
    hair: str | None = None
    eyes: str | None = None
    accent: str | None = None
    marks: tuple[str, ...] = ()
    clothing: tuple[str, ...] = ()


def read_people(
    fields: tuple[Field, ...],
    account: str,
    *,
    home_area: str | None,
    sex: str | None,
    officer: bool,
    not_names: frozenset[str],
    number: int | None,
) -> tuple[Person, ...]:
    """The people described, the one of whom most is said first of all as written.

    Args:
        fields: the cells about them, columns in order.
        account: what happened: for names, accents and covered faces only.
        home_area: what a local accent is local to.
        sex: what the columns' headings say, if they do.
        officer: a real officer is described.
        not_names: folded names of everybody else in the row.
        number: how many people, if said.
    """
    clean = tuple(msgspec.structs.replace(field, text=without_markup(field.text)) for field in fields)
    parts = take_apart(clean)
    people = [
        _one(
            part,
            account if i == 0 else "",
            home=home_area,
            sex=sex,
            officer=officer and i == 0,
            not_names=not_names,
        )
        for i, part in enumerate(parts)
    ]
    if len(people) > 1:
        people = [_covered(person, account) for person in people]
    elif number is not None and number > 1:
        odd = _odd_ones(clean)
        if odd is not None:
            main, other = odd
            people = [
                _one(main, account, home=home_area, sex=sex, officer=officer, not_names=not_names),
                _one(other, "", home=home_area, sex=sex, officer=False, not_names=not_names),
            ]
    return tuple(people)


def _first(fields: tuple[Field, ...], facet: str, read: Callable[[Field, bool], object]) -> object:
    """What the column that asks a feature says; else the first other column that mentions it."""
    for asked in (True, False):
        for field in fields:
            if (facet in field.facets) is asked and (found := read(field, asked)):
                return found
    return None


def _one(
    fields: tuple[Field, ...],
    account: str,
    *,
    home: str | None,
    sex: str | None,
    officer: bool,
    not_names: frozenset[str],
) -> Person:
    age = _first(fields, "age", lambda f, asked: stature.read_age(f.text, alone=asked) if asked or _tells(f) else None)
    height = _first(fields, "height", lambda f, asked: stature.read_height(f.text, alone=asked, number=f.number))
    build = _first(
        fields, "build", lambda f, asked: appearance.read_build(f.text, alone=asked) if asked or _tells(f) else None
    )
    skin = _first(
        fields,
        "ethnicity",
        lambda f, asked: appearance.read_skin(f.text, alone=asked) if asked or not _has(fields, "ethnicity") else None,
    )
    voice = _voice(fields, account, home)
    found_hair = _hair(fields)
    eyes = _first(fields, "eyes", lambda f, asked: e if (e := hair.read_eyes(f.text, alone=asked))[0] else None)
    found_marks = _marks(fields, account)
    clothes = _clothing(fields, account)
    if (
        officer
        and re.search(r"\buniform(?:ed)?\b", fold(account))
        and not any("uniform" in g.data.garment for g in clothes)
    ):
        clothes = [*clothes, *clothing.read_clothing("police uniform")]
    names = _names(fields, account, not_names)
    eye_code, eye_words = eyes if isinstance(eyes, tuple) else (None, None)
    data = PersonData(
        age_min=age.min if isinstance(age, stature.Span) else None,
        age_max=age.max if isinstance(age, stature.Span) else None,
        height_cm_min=height.min if isinstance(height, stature.Span) else None,
        height_cm_max=height.max if isinstance(height, stature.Span) else None,
        sex=_sex(fields, account, sex),
        build=build if isinstance(build, str) else None,
        hair_colours=found_hair.colours,
        hair_styles=found_hair.styles,
        facial_hair=found_hair.facial,
        eyes=eye_code,
        skin=skin if isinstance(skin, str) else None,
        accents=voice.accents,
        marks=tuple(dict.fromkeys(mark.data for mark in found_marks)),
        clothing=tuple(garment.data for garment in clothes),
        names_used=names,
        officer=officer,
    )
    return Person(
        data,
        found_hair.words,
        eye_words,
        voice.words,
        tuple(dict.fromkeys(m.words for m in found_marks)),
        tuple(g.words for g in clothes),
    )


def _has(fields: tuple[Field, ...], facet: str) -> bool:
    return any(facet in field.facets and field.text.strip(" ?-") for field in fields)


def _tells(field: Field) -> bool:
    """Names and accents say nothing of age and build."""
    return not set(field.facets) <= {"names", "accent", "sex", "people"}


def _voice(fields: tuple[Field, ...], account: str, home: str | None) -> voices.Voice:
    for field in fields:
        if "accent" in field.facets and (voice := voices.read_voice(field.text, home, alone=True)).words:
            return voice
    for asks in (False, True):
        for field in fields:
            if field.facets == ("names",) or asks is not ("ethnicity" in field.facets):
                continue
            if (voice := voices.read_voice(field.text, home, nationality=asks)).words:
                return voice
    if re.search(r"\baccents?\b|\bshouts? in\b|\bacen\b|\bakzent\b|\bsotaque\b", fold(account)):
        return voices.read_voice(account[:2000], home)
    return voices.Voice()


def _hair(fields: tuple[Field, ...]) -> hair.Hair:
    found = hair.Hair()
    for asked in (True, False):
        for field in fields:
            if ("hair" in field.facets) is not asked or set(field.facets) <= {
                "names",
                "age",
                "height",
                "accent",
                "people",
                "sex",
            }:
                continue
            if found.words and not asked:
                if found.facial is None and (more := hair.read_hair(field.text)).facial:
                    tail = (more.words or "").rpartition("; ")[2]
                    found = msgspec.structs.replace(found, facial=more.facial, words=f"{found.words}; {tail}")
                continue
            read = hair.read_hair(_hair_only(field), alone=asked)
            if read.words:
                found = read
    return found


def _hair_only(field: Field) -> str:
    """In a column that asks hair and something else, a colour of skin is not one of hair."""
    if "ethnicity" in field.facets:
        return re.sub(r"(?i)\b(?:white|black|asian)\b(?! hair)", " ", field.text)
    return field.text


def _marks(fields: tuple[Field, ...], account: str) -> list[marks.Mark]:
    found: list[marks.Mark] = []
    for asked in (True, False):
        for field in fields:
            if ("marks" in field.facets) is asked and _tells(field):
                found += [m for m in marks.read_marks(field.text, alone=asked) if m.data not in [f.data for f in found]]
    glasses = re.search(
        r"(?:(?:thick|big|black|framed|his|dark) )+(?:framed )?(?:glasses|specs|frames)\b", fold(account)[:3000]
    )
    if glasses and not any(m.data.mark == "glasses" for m in found):
        found += [m for m in marks.read_marks(glasses[0]) if m.data.mark == "glasses"]
    return _finer(found)


def _finer(found: list[marks.Mark]) -> list[marks.Mark]:
    """The same mark told twice, once with more: the one with more is kept."""
    kept = []
    for mark in found:
        others = [other for other in found if other is not mark and other.data.mark == mark.data.mark]
        blank = mark.data.part is None and mark.data.motif is None
        if (
            blank
            and mark.data.mark in ("tattoo", "scar", "glasses")
            and any(o.data.part or o.data.motif for o in others)
        ):
            continue
        kept.append(mark)
    return kept


_COVER: Final = re.compile(r"\b(?:balaclavas?|ski masks?|sturmhauben?|masked)\b")


def _clothing(fields: tuple[Field, ...], account: str) -> list[clothing.Garment]:
    found: list[clothing.Garment] = []
    for asked in (True, False):
        for field in fields:
            if ("clothing" in field.facets) is asked and _tells(field):
                found += [
                    g
                    for g in clothing.read_clothing(field.text, alone=asked)
                    if g.data.garment not in [f.data.garment for f in found]
                ]
    if (cover := _COVER.search(fold(account))) and not any(g.data.garment in ("balaclava", "mask") for g in found):
        found += clothing.read_clothing(cover[0].replace("masked", "mask"))
    return found[:6]


def _covered(person: Person, account: str) -> Person:
    """Covered faces are said of all of them."""
    cover = _COVER.search(fold(account))
    if not cover or any(g.garment in ("balaclava", "mask") for g in person.data.clothing):
        return person
    garment = clothing.read_clothing(cover[0].replace("masked", "mask"))
    data = msgspec.structs.replace(person.data, clothing=(*person.data.clothing, *(g.data for g in garment)))
    return msgspec.structs.replace(person, data=data, clothing=(*person.clothing, *(g.words for g in garment)))


def _names(fields: tuple[Field, ...], account: str, not_names: frozenset[str]) -> tuple[str, ...]:
    found: list[str] = []
    for field in fields:
        if "names" in field.facets:
            found += [name for name in names_in_column(field.text) if fold(name) not in not_names]
    for field in fields:
        if "names" not in field.facets:
            found += names_in_story(field.text, not_names)
            if set(field.facets) & {"description", "marks"}:
                found += name_at_end(field.text, not_names)
    found += names_in_story(account, not_names)
    return tuple(dict.fromkeys(found))[:4]


def _sex(fields: tuple[Field, ...], account: str, heading: str | None) -> str | None:
    for field in fields:
        if "sex" in field.facets and field.text.strip():
            plain = fold(field.text).strip(" .")
            if plain in ("m", "male", "man", "mann", "h", "dyn", "b", "masculin", "masculino"):
                return "man"
            if plain in ("f", "w", "female", "woman", "frau", "menyw", "feminin", "feminino"):
                return "woman"
    told = " ; ".join(field.text for field in fields)
    own = appearance.read_sex(told)
    if own:
        return own
    if re.search(
        r"\b(?:beard\w*|stubble|mo?ustache|goatee|bald|balding|skinhead|clean shaven|barba|bart)\b", fold(told)
    ):
        return "man"
    if re.match(r"\s*(?:the )?(?:madam|a woman|woman\b|female\b|lady\b)", fold(account)):
        return "woman"
    return heading or (
        "man"
        if re.search(r"\b(?:he|him|his|man|bloke|lad|lads|er|el|ele|mann|homem|barbatul|hgv driver)\b", fold(account))
        else None
    )


def _odd_ones(fields: tuple[Field, ...]) -> tuple[tuple[Field, ...], tuple[Field, ...]] | None:
    """In a group, `one big lad 6ft2` is another person than the other words describe: theirs, and that one's."""
    ones, rest = [], []
    for field in fields:
        chunks = re.split(r"[,;]", field.text)
        odd = [
            c
            for c in chunks
            if re.match(r"\s*(?:one|1|another|the other)\b(?! of)", fold(c))
            and (stature.read_height(c) or appearance.read_build(c))
        ]
        if odd and not set(field.facets) <= {"names", "age"}:
            ones.append(msgspec.structs.replace(field, text=",".join(odd)))
            rest.append(msgspec.structs.replace(field, text=",".join(c for c in chunks if c not in odd)))
        else:
            rest.append(field)
            if set(field.facets) & {"age", "ethnicity", "accent"}:
                ones.append(field)
    if not any(re.match(r"\s*(?:one|1|another|the other)\b", fold(field.text)) for field in ones):
        return None
    return tuple(rest), tuple(ones)
