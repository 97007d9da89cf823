"""Rows of a hub that holds many warnings, written past the log: no signature is made or checked.

Bodies are drawn from a pool of made-up ones, each sealed anew for its own row; names and plates repeat as seldom as in
life. The same number and seed always give the same rows.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

import msgspec

from hub.core.descriptors import Described
from hub.core.regions import default_regions
from hub.core.search_keys import words_of
from protocol.bodies import encode_body
from protocol.body_fields import (
    AlertBody,
    IdentifierShown,
    Mark,
    Period,
    PersonDescribed,
    Range,
    VehicleDescribed,
)
from protocol.person_vocabulary import (
    BODY_PARTS,
    BUILDS,
    EYE_COLOURS,
    HAIR_COLOURS,
    HAIR_STYLES,
    MARKS,
    SKIN_CODES,
)
from protocol.vectors.plausible_bodies import alert_body
from protocol.vehicle_vocabulary import COLOURS, VEHICLE_MAKES
from protocol.vocabulary import CONTACT_MEANS, INCIDENT_TYPES, METHODS, PLACE_KINDS

POOL: Final = 20_000
"""Different bodies at most."""

MEMBERS: Final = 200
YEARS: Final = range(2016, 2027)
CHUNK: Final = 5_000
LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXY"
SYLLABLES: Final = ("ba", "do", "ke", "li", "mo", "na", "ro", "sa", "ti", "vu")

_T = TypeVar("_T")


class Row(msgspec.Struct, frozen=True):
    """One warning: its coarse columns, what it says and the words by which it is found."""

    described: Described
    body: AlertBody
    digest: str
    stored: bytes
    words: frozenset[str]


def rows(count: int, seed: int = 1, members: int = MEMBERS) -> Iterator[Row]:
    """Warnings 0 … `count` - 1, the oldest first."""
    dice = random.Random(seed)
    groups = {region.code: region.group for region in default_regions()}
    forces = sorted(groups)
    pool = [_made_up(dice, forces) for _ in range(min(count, POOL))]
    kept = [(body, encode_body(body), words_of(body)) for body in pool]
    for index in range(count):
        body, stored, words = kept[dice.randrange(len(kept))]
        digest, identity = (hashlib.sha256(f"{kind}:{index}".encode()).hexdigest() for kind in ("digest", "identity"))
        year = YEARS[index * len(YEARS) // count]
        described = Described(
            idx=index,
            identity=identity,
            chain=identity,
            origin=1 + dice.randrange(members),
            day=f"{year}-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}",
            month=body.period.to,
            force=body.region,
            region=groups[body.region],
            police=body.police == "yes",
            source=body.source,
            reporters=body.reporters,
            contact=body.contact or "",
            incidents=body.incidents,
            methods=body.methods,
            same_event_as=(),
        )
        yield Row(described, body, digest, stored, words)


def _made_up(dice: random.Random, forces: Sequence[str]) -> AlertBody:
    def some(values: Any, most: int = 1, least: int = 0) -> tuple[Any, ...]:
        return tuple(sorted(dice.sample(sorted(values), dice.randint(least, most))))

    def perhaps(make: Callable[[], _T], chance: float = 0.5) -> _T | None:
        return make() if dice.random() < chance else None

    def one(values: Any) -> Any:
        return dice.choice(sorted(values))

    def name() -> str:
        return "".join(dice.choices(SYLLABLES, k=3)).capitalize()

    low = dice.randint(18, 60)
    tall = dice.randint(155, 195)
    month = f"{dice.choice(YEARS)}-{dice.randint(1, 12):02}"
    person = PersonDescribed(
        age=perhaps(lambda: Range(min=low, max=low + 6), 0.7),
        build=perhaps(lambda: one(BUILDS)),
        eyes=perhaps(lambda: one(EYE_COLOURS), 0.2),
        hair_colours=some(HAIR_COLOURS),
        hair_styles=some(HAIR_STYLES),
        height_cm=perhaps(lambda: Range(min=tall, max=tall + 7)),
        marks=perhaps(lambda: (Mark(mark=one(MARKS), part=one(BODY_PARTS)),), 0.2) or (),
        names_used=perhaps(lambda: (name(),), 0.3) or (),
        sex="man",
        skin=perhaps(lambda: one(SKIN_CODES), 0.6),
    )
    vehicle = VehicleDescribed(
        make=one(VEHICLE_MAKES), colour=one(COLOURS), plate=perhaps(lambda: f"*{''.join(dice.choices(LETTERS, k=3))}")
    )
    tail = IdentifierShown(kind="phone", tail=f"{dice.randrange(1_000):03}")
    return alert_body(
        police=dice.choice(("yes", "no")),
        incidents=some(INCIDENT_TYPES, 2, 1),
        methods=some(METHODS, 2),
        contact=perhaps(lambda: one(CONTACT_MEANS)),
        place=perhaps(lambda: one(PLACE_KINDS)),
        town=perhaps(lambda: f"{name()}ton", 0.2),
        period=Period(from_=month, to=month),
        region=dice.choice(forces),
        direction=(),
        persons=(person,),
        vehicles=perhaps(lambda: (vehicle,), 0.3) or (),
        identifiers=perhaps(lambda: (tail,), 0.4) or (),
    )
