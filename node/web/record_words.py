"""What a record says of vehicles and numbers, as people write it, and all of it: whoever reads this has the record."""

from typing import Final

from node.core.scheme_data import IdentifierData, VehicleData
from node.web.options import IDENTIFIER_KINDS
from protocol.body_fields import VehicleDescribed
from protocol.identifiers import written_phone
from protocol.wording.catalogue import ENGLISH
from protocol.wording.vehicle import vehicle_looks

_KINDS: Final = dict(IDENTIFIER_KINDS)


def vehicle_words(vehicle: VehicleData) -> str:
    """`White Ford Transit van, number plate YK58?QA`."""
    described = VehicleDescribed(
        type=vehicle.type, make=vehicle.make, model=vehicle.model, colour=vehicle.colour, shade=vehicle.shade
    )
    looks = vehicle_looks(described, ENGLISH)
    plates = f"number plate {' or '.join(vehicle.plates)}" if vehicle.plates else ""
    said = ", ".join(filter(None, (looks, plates)))
    return said[:1].upper() + said[1:]


def identifier_words(held: IdentifierData) -> str:
    """`Phone number: 07700 900123`."""
    written = held.canonical
    if held.partial:
        written = f"ends in {held.canonical.lstrip('*')}"
    elif held.kind == "phone":
        written = written_phone(held.canonical)
    return f"{_KINDS.get(held.kind, held.kind.replace('_', ' ').capitalize())}: {written}"
