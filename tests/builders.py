"""Plain functions that build fictional things; each takes what should be different."""

import datetime as dt
from typing import Any

from node.core.report import ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData


def a_reporter(**over: Any) -> ReporterPart:
    """Somebody who reported: nobody's name, a number that is never given out."""
    fields: dict[str, Any] = {"names": ("Mirela Tanase", "Candy"), "numbers": ("07700 900011",)}
    return ReporterPart(**(fields | over))


def some_scheme_data(**over: Any) -> SchemeData:
    """A robbery in Leeds in October 2026 by a man in a silver Insignia."""
    man = PersonData(
        age_min=45, age_max=49, height_cm_min=173, height_cm_max=178, sex="man", build="stocky", skin="ic1"
    )
    fields: dict[str, Any] = {
        "incident_types": ("robbery", "threats_weapon"),
        "date_min": dt.date(2026, 10, 28),
        "date_max": dt.date(2026, 10, 28),
        "area": "Leeds",
        "place_kind": "vehicle",
        "methods": ("drove_elsewhere",),
        "number_of_people": 1,
        "persons": (man,),
        "vehicles": (VehicleData(type="car", make="vauxhall", model="Insignia", colour="silver", plates=("YK58???",)),),
        "identifiers": (IdentifierData(kind="phone", canonical="+447700900318"),),
    }
    return SchemeData(**(fields | over))
