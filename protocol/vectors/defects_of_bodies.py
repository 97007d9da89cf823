"""What every reader must refuse in a body: one defect each."""

import json
from typing import Any, Final

from protocol import canonical
from protocol.bodies import check_stored, encode_body, new_body_ref, parse_body
from protocol.statement_fields import BodyRef
from protocol.vectors import forms
from protocol.vectors.defects_of_payloads import ABSENT, changed, refused
from protocol.vectors.forms import Vector
from protocol.vectors.plausible_bodies import alert_body, series_body

LOG: Final = "11" * 32
NONCE: Final = "22" * 16


def body_defects() -> dict[str, Vector]:
    """By name."""
    made = {}
    for name, (shows, stored) in (_raw() | _coded()).items():
        vector = forms.body(shows, stored, "alert.v1")
        made[f"body_{name}"] = forms.rejected(vector, refused(lambda data: parse_body(data, "alert.v1"), stored))
    return made | _of_series() | _tied()


def _of_series() -> dict[str, Vector]:
    content = canonical.encode(series_body())
    cases = {
        "relation": ("a relation that nobody can claim", "relation", "confirmed"),
        "without_reasons": ("no reason", "reasons", []),
        "weight": ("a percentage", "reasons.0.weight", "97%"),
        "skin": ("skin as seen, and more than weak", "reasons.1.weight", "some"),
        "order": ("reasons not ascending", "reasons.1.field", "age"),
        "words": ("a field with words", "reasons.0.note", "both limped"),
    }
    made = {}
    for name, (shows, path, value) in cases.items():
        stored = changed(content, path, value).ljust(2048)
        code = refused(lambda data: parse_body(data, "series.v1"), stored)
        made[f"body_series_{name}"] = forms.rejected(forms.body(shows, stored, "series.v1"), code)
    return made


def _raw() -> dict[str, tuple[str, bytes]]:
    stored = encode_body(alert_body())
    content = stored.rstrip()
    nobody = canonical.encode(alert_body(persons=()))
    swap = content.replace
    return {
        "size": ("a size between two", content.ljust(3000)),
        "size_none": ("nothing", b""),
        "padding_too_much": ("a smaller size would do", content.ljust(4096)),
        "padding_line_end": ("a line end in the padding", (content + b"\n").ljust(2048)),
        "padding_nul": ("a NUL in the padding", (content + b"\0").ljust(2048)),
        "not_json": ("an object cut short", (content[:-2] + b"}").ljust(2048)),
        "only_spaces": ("spaces only", b" " * 2048),
        "member_twice": ("a member twice", swap(b'"police":"yes"', b'"police":"no","police":"yes"').ljust(2048)),
        "reordered": ("another order", (b'{"type":"alert.v1",' + swap(b',"type":"alert.v1"', b"")[1:]).ljust(2048)),
        "escape": ("a letter written as an escape", swap(b'"Gaz"', b'"\\u0047az"').ljust(2048)),
        "null_for_absent": ("null for what may be absent", swap(b'"period":', b'"people":null,"period":').ljust(2048)),
        "describes_nothing": ("nobody and nothing", nobody.ljust(2048)),
    }


def _coded() -> dict[str, tuple[str, bytes]]:
    content = canonical.encode(alert_body())
    month = {"from": "2026-10", "to": "2026-09"}
    phone: dict[str, Any] = {"kind": "phone"}
    cases = {
        "type": ("a sighting where an alert is due", "type", "sighting.v1"),
        "gender_of_reporter": ("a field about who reported", "gender", "woman"),
        "unknown_field_within": ("a street", "persons.0.address", "High Street"),
        "missing_field": ("it does not say whether police may read it", "police", ABSENT),
        "missing_type": ("it has no type", "type", ABSENT),
        "wrong_type": ("a number of people in words", "people", "two"),
        "true_is_no_number": ("a number of people that is true", "people", True),
        "time_waster": ("an incident that is no warning", "incidents", ["time_waster"]),
        "no_incident": ("no incident", "incidents", []),
        "list_order": ("incidents not ascending", "incidents", ["robbery", "rape"]),
        "list_twice": ("an incident twice", "incidents", ["robbery", "robbery"]),
        "period_backwards": ("a period that ends before it begins", "period", month),
        "period_day": ("a day", "period.from", "2026-10-02"),
        "not_recent": ("recent: false", "period.recent", False),
        "age_backwards": ("an age from 50 to 40", "persons.0.age", {"max": 40, "min": 50}),
        "age_empty": ("an age that says nothing", "persons.0.age", {}),
        "accent_local": ("local to nowhere", "persons.0.accents", [{"accent": "local"}]),
        "name_with_digits": ("digits in a name", "persons.0.names_used", ["Gaz 07700"]),
        "name_decomposed": ("a letter and its mark apart", "persons.0.names_used", ["Zoe\u0308"]),
        "name_direction": ("a hidden change of direction", "persons.0.names_used", ["Gaz\u202e"]),
        "text_long": ("161 characters", "text", "a" * 161),
        "text_line_end": ("two lines", "text", "a\nb"),
        "town_lower_case": ("a town without a capital", "town", "leeds"),
        "salt_short": ("31 bytes of salt", "salt", "00" * 31),
        "person_empty": ("a person of whom nothing is said", "persons", [{}]),
        "vehicle_empty": ("a vehicle of which nothing is said", "vehicles", [{}]),
        "police": ("about an officer, and police may read it", "persons.0.officer", True),
        "plate": ("four characters of a plate", "vehicles", [{"plate": "AB1*2"}]),
        "tail_long": ("two digits of a tail where three are due", "identifiers", [phone | {"tail": "12"}]),
        "tail_beside_tag": (
            "three digits beside a tag",
            "identifiers",
            [phone | {"tail": "123", "tag": "ab" * 64, "epoch": 1}],
        ),
        "tail_of_mail": ("the end of an address", "identifiers", [{"kind": "e_mail", "tail": "COM"}]),
        "tail_of_plate": ("the end of a plate", "identifiers", [{"kind": "plate", "tail": "XYZ"}]),
        "tag_without_epoch": ("a tag of no epoch", "identifiers", [phone | {"tag": "ab" * 64}]),
    }
    return {name: (shows, changed(content, path, value).ljust(2048)) for name, (shows, path, value) in cases.items()}


def _tied() -> dict[str, Vector]:
    """Bodies that are none of the statement beside them."""
    body = alert_body()
    stored = encode_body(body)
    ref = new_body_ref(body, stored, LOG, 1, NONCE)
    cases = {
        "of_another_origin": ("another's body published as one's own", ref, 2, NONCE),
        "of_another_statement": ("the body of another statement", ref, 1, "33" * 16),
        "of_another_size": ("a size that is not the statement's", _size(ref, 4096), 1, NONCE),
    }
    made = {}
    for name, (shows, said, origin, nonce) in cases.items():
        beside = {"log": LOG, "origin": origin, "nonce": nonce, "body": json.loads(canonical.encode(said))}
        code = refused(lambda data, s=said, o=origin, n=nonce: check_stored(data, s, LOG, o, n), stored)  # type: ignore[misc]
        made[f"body_{name}"] = forms.rejected(forms.body(shows, stored, "alert.v1") | {"statement": beside}, code)
    return made


def _size(ref: BodyRef, size: int) -> BodyRef:
    return BodyRef(digest=ref.digest, seal=ref.seal, size=size, type=ref.type)  # type: ignore[arg-type]
