"""Bodies: what travels beside the log and can be erased. Coded fields, salted, padded.

Does not seal, store or erase: bytes and values only. Source: spec/bodies.md.
"""

import hashlib
import re
from bisect import bisect_right
from operator import attrgetter
from typing import Final, Literal
from unicodedata import ucd_3_2_0 as unicode

import msgspec

from protocol import canonical
from protocol.body_fields import (
    AlertBody,
    IdentifierShown,
    MemberBody,
    ObjectionBody,
    PersonDescribed,
    Range,
    SeriesBody,
    SightingBody,
    VehicleDescribed,
)
from protocol.errors import BodyInvalid
from protocol.figures_fields import FiguresBody
from protocol.statement_fields import BODY_SIZES, FIGURES_TYPE, BodyRef

SALT_BYTES: Final = 32
MAX_PLATE_SHOWN: Final = 3
"""Half of the seven characters of a plate, rounded down. Source: spec/bodies.md §2.2."""

MAX_MODEL_DIGITS: Final = 4
""""5008" is a model; more digits are a number that belongs elsewhere."""

_ASCII_TEXT: Final = re.compile(r"[!-~]|[!-~][ -~]*[!-~]")
"""Letters, figures, signs: what in ASCII is plain by every version of Unicode. It is found so ten times as fast."""

_ASCII_NAME: Final = re.compile(r"(?=.*[A-Za-z])(?:[A-Za-z'.-]|[A-Za-z'.-][A-Za-z'. -]*[A-Za-z'.-])")

_PADDING: Final = b" "

Body = AlertBody | SightingBody | MemberBody | ObjectionBody | SeriesBody
_TYPES: Final[dict[str, type[Body]]] = {
    "alert.v1": AlertBody,
    "sighting.v1": SightingBody,
    "member.v1": MemberBody,
    "objection.v1": ObjectionBody,
    "series.v1": SeriesBody,
}
_CODE_LISTS: Final = ("advice", "concerns", "direction", "incidents", "methods", "ruses", "same_event_as", "weapons")
_CODE_LISTS_OF: Final = attrgetter(*_CODE_LISTS)
_NOBODY: Final = PersonDescribed()
_NO_VEHICLE: Final = VehicleDescribed()


def encode_body(body: Body) -> bytes:
    """The stored bytes of an open body: the one encoding, padded with spaces to the smallest size that holds it.

    Raises:
        BodyInvalid: what a reader would raise; `body.size` for one that fits no size.
    """
    content = canonical.encode(body)
    size = _padded_size(len(content))
    if size is None:
        raise BodyInvalid("size")
    stored = content.ljust(size, _PADDING)
    parse_body(stored, body.type)
    return stored


def _padded_size(length: int) -> int | None:
    at = bisect_right(BODY_SIZES, length)
    return BODY_SIZES[at] if at < len(BODY_SIZES) else None


def body_digest(log: str, origin: int, nonce: str, stored: bytes) -> str:
    """The salted digest that ties stored bytes to one statement of one origin in one log. Source: spec/bodies.md §1.

    Args:
        log: 64 hex digits.
        origin: member id.
        nonce: 32 hex digits.
        stored: as sent and kept.
    """
    parts = (b"watchword-body/v1", bytes.fromhex(log), origin.to_bytes(8, "big"), bytes.fromhex(nonce), stored)
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def check_stored(stored: bytes, ref: BodyRef, log: str, origin: int, nonce: str) -> Body:
    """The body that a statement names, checked in the order of spec/bodies.md §1.

    Raises:
        BodyInvalid: named after the first rule broken.
    """
    check_tied(stored, ref, log, origin, nonce)
    return parse_body(stored, ref.type)


def check_tied(stored: bytes, ref: BodyRef, log: str, origin: int, nonce: str) -> None:
    """That these are the bytes which a statement names: all that can be said of sealed ones without the key.

    Raises:
        BodyInvalid: `body.size`, `body.digest`.
    """
    if len(stored) != ref.size:
        raise BodyInvalid("size")
    if body_digest(log, origin, nonce, stored) != ref.digest:
        raise BodyInvalid("digest")


def parse_body(stored: bytes, body_type: str) -> Body:
    """Reads stored bytes as a body of the type given.

    Raises:
        BodyInvalid: named after the first rule broken.
    """
    if len(stored) not in BODY_SIZES:
        raise BodyInvalid("size")
    content = _content(stored)
    body = _decode(content, body_type)
    if isinstance(body, AlertBody):
        _check_alert(body)
    elif isinstance(body, MemberBody):
        _plain_text(body.name, "name")
        _plain_text(body.contact, "contact")
    elif isinstance(body, SeriesBody):
        _check_series(body)
    canonical.require_canonical(content, body, BodyInvalid)
    return body


def _content(stored: bytes) -> bytes:
    """What stands before the padding. `rstrip` asks of each space whether it is one: a fifth of all the reading."""
    end = stored.rfind(b"}") + 1
    if end and stored[end:] == _PADDING * (len(stored) - end) and _padded_size(end) == len(stored):
        return stored[:end]
    whole = not end and _padded_size(len(stored.rstrip(_PADDING))) == len(stored)
    raise BodyInvalid("not_json" if whole else "padding")


class _OnlyType(msgspec.Struct, frozen=True):
    type: str


def _decode(content: bytes, body_type: str) -> Body:
    """By the type that was asked for. What does not fit is looked at again: another type is its first misfit."""
    kind = _TYPES.get(body_type)
    try:
        if kind is not None:
            return canonical.decode(content, kind, BodyInvalid)
    except BodyInvalid:
        _require_type(content, body_type)
        raise
    _require_type(content, body_type)
    raise BodyInvalid("type")


def _require_type(content: bytes, body_type: str) -> None:
    if canonical.decode(content, _OnlyType, BodyInvalid).type != body_type:
        canonical.reject_duplicate_keys(content, BodyInvalid)
        raise BodyInvalid("type")


def _check_alert(body: AlertBody) -> None:
    _require_sorted_lists(body)
    if body.period.from_ > body.period.to:
        raise BodyInvalid("grammar", "period")
    if not (body.persons or body.vehicles or body.identifiers or body.methods):
        raise BodyInvalid("describes_nothing")
    if _NOBODY in body.persons or _NO_VEHICLE in body.vehicles:
        raise BodyInvalid("describes_nothing")
    if body.police == "yes" and any(person.officer for person in body.persons):
        raise BodyInvalid("police")
    for person in body.persons:
        _check_person(person)
    for vehicle in body.vehicles:
        if vehicle.model is not None and sum(c.isdigit() for c in vehicle.model) > MAX_MODEL_DIGITS:
            raise BodyInvalid("grammar", "vehicles.model")
        if vehicle.plate is not None and sum(c.isalnum() for c in vehicle.plate) > MAX_PLATE_SHOWN:
            raise BodyInvalid("plate", "vehicles.plate")
    for identifier in body.identifiers:
        _check_identifier(identifier)
    if body.text is not None:
        _plain_text(body.text, "text")


def _require_sorted_lists(body: AlertBody) -> None:
    for field, values in zip(_CODE_LISTS, _CODE_LISTS_OF(body), strict=True):
        if len(values) > 1:
            _ascending(values, field)


def _check_person(person: PersonDescribed) -> None:
    for field, span in (("age", person.age), ("height_cm", person.height_cm)):
        if span is not None and not _is_range(span):
            raise BodyInvalid("grammar", f"persons.{field}")
    _ascending(person.hair_colours, "persons.hair_colours")
    _ascending(person.hair_styles, "persons.hair_styles")
    if any(accent.accent == "local" and accent.region is None for accent in person.accents):
        raise BodyInvalid("grammar", "persons.accents.region")
    for name in person.names_used:
        if _ASCII_NAME.fullmatch(name):
            continue
        letters = [c for c in name if unicode.category(c)[0] in "LM"]
        if not letters or not all(c in letters or c in " '’.-" for c in name):
            raise BodyInvalid("grammar", "persons.names_used")
        _plain_text(name, "persons.names_used")


def _is_range(span: Range) -> bool:
    if span.min is None or span.max is None:
        return span != Range()
    return span.min <= span.max


def _check_identifier(identifier: IdentifierShown) -> None:
    if (identifier.tag is None) != (identifier.epoch is None):
        raise BodyInvalid("grammar", "identifiers.tag")
    if identifier.tail is None:
        return
    phone = identifier.kind == "phone" and identifier.tail.isdigit()
    if not phone or len(identifier.tail) != (3 if identifier.tag is None else 2):
        raise BodyInvalid("tail", "identifiers.tail")


def _check_series(body: SeriesBody) -> None:
    _ascending(tuple(reason.field for reason in body.reasons), "reasons")
    if any(reason.field == "skin" and reason.weight != "weak" for reason in body.reasons):
        raise BodyInvalid("skin", "reasons.weight")


def _ascending(values: tuple[str, ...], field: str) -> None:
    if len(values) > 1 and list(values) != sorted(set(values)):
        raise BodyInvalid("grammar", field)


def _plain_text(text: str, field: str) -> None:
    """NFC, without control or unassigned characters, without leading or trailing space.

    By Unicode 3.2, whatever Python runs this: two members must not disagree about a body.
    """
    if _ASCII_TEXT.fullmatch(text):
        return
    plain = all(c == " " or unicode.category(c)[0] in "LMNPS" for c in text)
    if not plain or text != text.strip() or unicode.normalize("NFC", text) != text:
        raise BodyInvalid("grammar", field)


def new_body_ref(body: Body | FiguresBody, stored: bytes, log: str, origin: int, nonce: str) -> BodyRef:
    """What a statement by `origin` with `nonce` says of these stored bytes."""
    size: Literal[2048, 4096, 8192, 16384] = len(stored)  # type: ignore[assignment]
    seal: Literal["figures", "open"] = "figures" if body.type == FIGURES_TYPE else "open"
    return BodyRef(digest=body_digest(log, origin, nonce, stored), seal=seal, size=size, type=body.type)
