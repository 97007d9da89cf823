"""By which words an open body is found, and what stands for each word in the index: a number under a secret.

The secret is derived from an epoch key, which lies outside the database and is destroyed: whoever finds an older copy
of the index cannot try names or plates against it. A body says no word here that it does not say itself; its one text
is never indexed. Source: DESIGN §6; promises 9, 12; FINDINGS, linkage.
"""

import hashlib
import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from protocol.body_fields import AlertBody, PersonDescribed, Range, VehicleDescribed

BLANK: Final = "?"
"""In the place of a value: the body does not say. It is found together with every value (promise 9)."""

EVERY: Final = "every"
"""The word that every body says: by it they are all gone through, the newest first."""

AGE_STEP: Final = 5
HEIGHT_STEP_CM: Final = 5
OPEN_SPAN_STEPS: Final = 4
"""How far a range goes whose other end is not known: twenty years, or twenty centimetres."""

MAX_MONTHS: Final = 24
"""Months of a period that are indexed, the last ones: a longer period says nothing of when."""

PLATE_PART: Final = (2, 3)
"""Lengths of the parts of a plate that are indexed: one character finds a tenth of all, and no body shows four."""

_LABEL: Final = b"watchword-index/v1"


def index_secret(epoch_key: bytes) -> bytes:
    """The secret of the index for the time of one epoch key. 32 bytes from 32."""
    return hashlib.blake2b(_LABEL, key=epoch_key, digest_size=32).digest()


def key_of(secret: bytes, word: str) -> int:
    """What stands for a word in the index: 64 bits, signed. Two words that meet are told apart in the bodies."""
    return int.from_bytes(hashlib.blake2b(word.encode(), key=secret, digest_size=8).digest(), "big", signed=True)


def keys_of(secrets: Iterable[bytes], word: str) -> list[int]:
    """What stands for a word under each of these secrets."""
    return [key_of(secret, word) for secret in secrets]


def words_of(body: AlertBody) -> frozenset[str]:
    """Every word by which this body is found."""
    words = {EVERY, f"force:{body.region}", f"source:{body.source}"}
    for month in months_in(body.period.from_, body.period.to):
        words |= {f"month:{month}", f"in:{body.region}:{month}"}
    for name, values in (
        ("contact", _one(body.contact)),
        ("incident", body.incidents),
        ("method", body.methods),
        ("place", _one(body.place)),
        ("ruse", body.ruses),
        ("weapon", body.weapons),
    ):
        words.update(f"{name}:{value}" for value in values)
    if body.town is not None:
        words.add(f"town:{folded(body.town)}")
    for person in body.persons:
        words.update(person_words(person))
    for vehicle in body.vehicles:
        words.update(vehicle_words(vehicle))
    words.update(f"at:{body.region}:{incident}" for incident in body.incidents)
    words.update(f"tail:{end}" for i in body.identifiers if i.tail is not None for end in tail_ends(i.tail))
    words.update(_ways(body))
    return frozenset(words)


def linking_words(body: AlertBody) -> frozenset[str]:
    """Those words that few bodies share: by them another body is found that may be of the same person."""
    return frozenset(word for word in words_of(body) if word.split(":", 1)[0] in _LINKING)


_LINKING: Final = frozenset({"name", "plate", "tail", "marked", "motif", "model", "looks", "town", "way"})


def folded(text: str) -> str:
    """A name or place as it is compared: without case, accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def months_in(first: str, last: str) -> Iterator[str]:
    """The months from `first` to `last`, `YYYY-MM`, both included, newest first, at most `MAX_MONTHS`."""
    low, high = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    for number in range(high, max(low, high - MAX_MONTHS + 1) - 1, -1):
        yield f"{number // 12}-{number % 12 + 1:02}"


def steps_of(span: Range, step: int) -> range:
    """The steps of an age or height that a range touches; an open end goes `OPEN_SPAN_STEPS` on."""
    low = span.min if span.min is not None else max(0, (span.max or 0) - OPEN_SPAN_STEPS * step)
    high = span.max if span.max is not None else low + OPEN_SPAN_STEPS * step
    return range(low // step, high // step + 1)


def plate_parts(plate: str) -> set[str]:
    """The parts of a plate, whole or as shown, that are indexed: runs of characters next to each other."""
    return {
        run[at : at + length]
        for run in plate_runs(plate)
        for length in PLATE_PART
        for at in range(len(run) - length + 1)
    }


def plate_runs(plate: str) -> set[str]:
    """All that is shown of a plate: runs of characters next to each other. Each is a part of the whole plate."""
    runs = plate.upper().replace("?", "*").split("*")
    return {plain for run in runs if (plain := "".join(c for c in run if c.isalnum()))}


def tail_ends(tail: str) -> set[str]:
    """The end of a number, and its last two digits: of two bodies one may show less (spec/bodies.md §2)."""
    return {tail, tail[-2:]}


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def person_words(person: PersonDescribed) -> Iterator[str]:
    """The words by which a person described is found; a field left blank says `BLANK`."""
    for name, span, step in (("age", person.age, AGE_STEP), ("height", person.height_cm, HEIGHT_STEP_CM)):
        yield from _or_blank(name, () if span is None else map(str, steps_of(span, step)))
    for name, values in (
        ("build", _one(person.build)),
        ("eyes", _one(person.eyes)),
        ("facial_hair", _one(person.facial_hair)),
        ("hair", person.hair_colours),
        ("hair_style", person.hair_styles),
        ("sex", _one(person.sex)),
        ("skin", _one(person.skin)),
        ("accent", tuple(accent.accent for accent in person.accents)),
    ):
        yield from _or_blank(name, values)
    yield from (f"name:{folded(name)}" for name in person.names_used)
    for mark in person.marks:
        yield f"mark:{mark.mark}"
        if mark.part is not None:
            yield f"marked:{mark.mark}:{mark.part}"
        if mark.motif is not None:
            yield f"motif:{mark.motif}:{mark.part or ''}"


def _or_blank(name: str, values: Iterable[str]) -> Iterator[str]:
    said = list(values)
    return (f"{name}:{value}" for value in said or (BLANK,))


def vehicle_words(vehicle: VehicleDescribed) -> Iterator[str]:
    """The words by which a vehicle is found."""
    for name, value in (("vehicle", vehicle.type), ("make", vehicle.make), ("vehicle_colour", vehicle.colour)):
        if value is not None:
            yield f"{name}:{value}"
    if vehicle.model is not None:
        yield f"model:{folded(vehicle.model)}"
    if vehicle.make is not None and vehicle.colour is not None:
        yield f"looks:{vehicle.make}:{vehicle.colour}"
    if vehicle.plate is not None:
        yield from (f"plate:{part}" for part in plate_parts(vehicle.plate))
        yield from (f"plate_run:{run}" for run in plate_runs(vehicle.plate))


def _ways(body: AlertBody) -> Iterator[str]:
    """How it was done and where, taken together: each alone is common."""
    for incident, method in itertools.product(body.incidents, body.methods):
        yield f"way:{body.region}:{incident}:{method}"
