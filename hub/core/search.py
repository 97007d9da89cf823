"""What is asked of the bodies, and whether one of them is that. A field left blank in a description fits (promise 9).

The index gives candidates, the newest first; each is opened and judged here, so that a plate is compared as a plate
and a description is of one and the same person.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from hub.core.plates import may_be_one
from hub.core.search_keys import (
    AGE_STEP,
    BLANK,
    EVERY,
    HEIGHT_STEP_CM,
    folded,
    months_in,
    person_words,
    plate_parts,
    tail_ends,
    vehicle_words,
    words_of,
)
from protocol.body_fields import AlertBody

MAX_RESULTS: Final = 20
"""Warnings shown for one search: who wants more asks more closely. How many there are is never said."""

MAX_LOOKED_THROUGH: Final = 10_000
"""Candidates that one search goes through, the newest; the page says when there were more."""

WHOLE_PLATE: Final = 5
"""From so many characters on, what was typed is a whole plate; fewer are a part of one."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody looks for; an empty field asks nothing.

    Attributes:
        force, town, place: where. `town` in the reader's own spelling.
        month_from, month_to: `YYYY-MM`, both included.
        incident, method, contact, weapon: words of the vocabulary.
        sex, build, eyes, facial_hair, hair, hair_style, skin, accent: of one person, words of the vocabulary.
        age: in years; height_cm: in centimetres.
        name: one that was used; mark: a word of the vocabulary.
        vehicle, make, vehicle_colour: words of the vocabulary; model, plate: as typed, a plate whole or in part.
        tail: the last digits of a phone number, two or three.
    """

    force: str = ""
    town: str = ""
    place: str = ""
    month_from: str = ""
    month_to: str = ""
    incident: str = ""
    method: str = ""
    contact: str = ""
    weapon: str = ""
    sex: str = ""
    build: str = ""
    eyes: str = ""
    facial_hair: str = ""
    hair: str = ""
    hair_style: str = ""
    skin: str = ""
    accent: str = ""
    age: int | None = None
    height_cm: int | None = None
    name: str = ""
    mark: str = ""
    vehicle: str = ""
    make: str = ""
    vehicle_colour: str = ""
    model: str = ""
    plate: str = ""
    tail: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Asked()


_DESCRIPTION: Final = ("sex", "build", "eyes", "facial_hair", "hair", "hair_style", "skin", "accent")
_VEHICLE: Final = ("vehicle", "make", "vehicle_colour")
_ELSE: Final = ("weapon", "method", "incident", "place", "contact")

Group = frozenset[str]
"""Words of which a body must say one."""


def groups_of(asked: Asked) -> tuple[Group, ...]:
    """What a body must say, each group one of its words; the rarest first, by which candidates are found."""
    return (
        *_rare(asked),
        *_where_and_when(asked),
        *_person_groups(asked),
        *(frozenset({f"{name}:{value}"}) for name in _VEHICLE if (value := getattr(asked, name))),
        *(frozenset({f"{name}:{value}"}) for name in _ELSE if (value := getattr(asked, name))),
    )


def leading_group(groups: tuple[Group, ...]) -> Group:
    """The words by which candidates are gone through: the rarest; where only a description is asked, all of them."""
    exact = (group for group in groups if not any(word.endswith(f":{BLANK}") for word in group))
    return next(exact, frozenset({EVERY}))


def fits(asked: Asked, body: AlertBody) -> bool:
    """Whether a body is what is asked."""
    words, person_groups = words_of(body), _person_groups(asked)
    if not all(group & words for group in groups_of(asked) if group not in person_groups):
        return False
    if not _one_of(body.persons, person_words, person_groups):
        return False
    vehicle_groups = [*(frozenset({f"{n}:{v}"}) for n in _VEHICLE if (v := getattr(asked, n))), *_model(asked)]
    if not _one_of(body.vehicles, vehicle_words, vehicle_groups):
        return False
    tails = {i.tail for i in body.identifiers if i.tail is not None}
    if asked.tail and not any(asked.tail.endswith(tail) or tail.endswith(asked.tail) for tail in tails):
        return False
    return not asked.plate or any(v.plate is not None and _is_plate(asked.plate, v.plate) for v in body.vehicles)


def _one_of(described: tuple[object, ...], words: Callable[..., Iterator[str]], groups: list[Group]) -> bool:
    """Whether one and the same person, or vehicle, is all of this."""
    return not groups or any(all(group & frozenset(words(one)) for group in groups) for one in described)


def _is_plate(typed: str, shown: str) -> bool:
    plain = folded(typed).upper()
    return may_be_one(plain if _is_whole(typed) else f"*{plain}*", shown)


def _is_whole(typed: str) -> bool:
    return len(folded(typed)) >= WHOLE_PLATE


def _rare(asked: Asked) -> Iterator[Group]:
    if asked.plate:
        word = "plate_run" if _is_whole(asked.plate) else "plate"
        yield frozenset(f"{word}:{part}" for part in plate_parts(folded(asked.plate)))
    if asked.tail:
        yield frozenset(f"tail:{end}" for end in tail_ends(asked.tail))
    if asked.name:
        yield frozenset({f"name:{folded(asked.name)}"})
    if asked.mark:
        yield frozenset({f"mark:{asked.mark}"})
    yield from _model(asked)
    if asked.town:
        yield frozenset({f"town:{folded(asked.town)}"})


def _model(asked: Asked) -> Iterator[Group]:
    if asked.model:
        yield frozenset({f"model:{folded(asked.model)}"})


def _person_groups(asked: Asked) -> list[Group]:
    groups = [frozenset({f"{n}:{v}", f"{n}:{BLANK}"}) for n in _DESCRIPTION if (v := getattr(asked, n))]
    for name, value, step in (("age", asked.age, AGE_STEP), ("height", asked.height_cm, HEIGHT_STEP_CM)):
        if value is not None:
            groups.append(frozenset({f"{name}:{value // step}", f"{name}:{BLANK}"}))
    return groups


def _where_and_when(asked: Asked) -> Iterator[Group]:
    """The area with the months, or with what happened, as one word: each alone says little at a million warnings."""
    first, last = asked.month_from or asked.month_to, asked.month_to or asked.month_from
    months = list(months_in(first, last)) if first else []
    if asked.force and months:
        yield frozenset(f"in:{asked.force}:{month}" for month in months)
    elif asked.force and asked.incident:
        yield frozenset({f"at:{asked.force}:{asked.incident}"})
    elif asked.force:
        yield frozenset({f"force:{asked.force}"})
    elif months:
        yield frozenset(f"month:{month}" for month in months)
