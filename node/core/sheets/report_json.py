"""An imported row as a JSON value, in the names of `sheets/README.md` (gold)."""

import datetime
from typing import Any, Final

from node.core.sheets.imported_row import ImportedRow
from node.core.sheets.legend import SWITCHES
from node.core.sheets.people import Person

_SEX: Final = {"man": "male", "woman": "female"}


def row_json(row: ImportedRow) -> dict[str, Any]:
    """One object a row: its number, status and reason, and what was read.

    The names are those of the published test sheets; texts that people see do not use them.
    """
    value: dict[str, Any] = {"row": row.number}
    if row.worksheet:
        value["worksheet"] = row.worksheet
    value |= {
        "status": row.status,
        "reason": row.reason,
        "ref": row.ref,
        "row_kind": row.row_kind,
        "incident_types": list(row.data.incident_types),
        "incident_date_min": _day(row.data.date_min),
        "incident_date_max": _day(row.data.date_max),
        "date_taken": _day(row.taken_on),
        "area": row.data.area,
        "perpetrator": _person(row.people[0] if row.people else None),
        "other_perpetrators": [_person(person) for person in row.people[1:]],
        "vehicles": _vehicles(row),
        "identifiers": _identifiers(row),
        "consent": {switch: getattr(row.permission, switch) for switch in SWITCHES},
        "private_strings": list(row.private_strings),
        "told_by": row.told_by,
        "reporter_age": row.reporter_age,
        "flags": list(row.flags),
        "unread": [{"field": u.field, "reason": u.reason, "text": u.text} for u in row.unread],
        "fingerprint": row.fingerprint,
    }
    if row.permission.withdrawn_on is not None:
        value["withdrawn_on"] = _day(row.permission.withdrawn_on)
    if row.duplicate_of is not None:
        value["duplicate_of"] = row.duplicate_of
    return value


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _person(person: Person | None) -> dict[str, Any]:
    if person is None:
        blank: dict[str, Any] = dict.fromkeys(
            (
                "age_min",
                "age_max",
                "height_cm_min",
                "height_cm_max",
                "ic_code",
                "build",
                "hair",
                "accent",
                "eyes",
                "sex",
            )
        )
        return blank | {"marks": [], "clothing": [], "names_used": []}
    data = person.data
    return {
        "age_min": data.age_min,
        "age_max": data.age_max,
        "height_cm_min": data.height_cm_min,
        "height_cm_max": data.height_cm_max,
        "ic_code": data.skin.upper() if data.skin else None,
        "build": data.build,
        "hair": person.hair,
        "accent": person.accent,
        "marks": list(person.marks),
        "eyes": person.eyes,
        "clothing": list(person.clothing),
        "names_used": list(data.names_used),
        "sex": _SEX.get(data.sex or ""),
    }


def _vehicles(row: ImportedRow) -> list[dict[str, Any]]:
    vehicles = []
    for vehicle in row.vehicles:
        patterns: list[str | None] = [plate.pattern for plate in vehicle.plates]
        vehicles += [
            {"colour": vehicle.colour, "make": vehicle.make, "model": vehicle.model, "plate_pattern": pattern}
            for pattern in patterns or [None]
        ]
    return vehicles


def _identifiers(row: ImportedRow) -> list[dict[str, Any]]:
    found = []
    for one in row.identified:
        value: dict[str, Any] = {"kind": one.kind, "canonical": one.canonical}
        if one.platform:
            value["platform"] = one.platform
        if one.partial:
            value["partial"] = True
        if one.cloned:
            value["cloned"] = True
        found.append(value)
    return found
