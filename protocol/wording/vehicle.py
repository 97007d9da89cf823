"""A vehicle described, in one line, and what is known of its plate as people would read it out."""

import re
from typing import Final

from protocol.body_fields import VehicleDescribed
from protocol.wording.catalogue import Catalogue
from protocol.wording.lists import said

_PLATE: Final = re.compile(r"([A-Z0-9]*)[?*]+([A-Z0-9]*)")


def vehicle_in_words(vehicle: VehicleDescribed, words: Catalogue) -> str:
    """One of the vehicles; `""` if nothing is known of it."""
    parts = ", ".join(
        filter(None, (vehicle_looks(vehicle, words), _plate(vehicle.plate, words) if vehicle.plate else ""))
    )
    return words.say("Vehicle: {parts}.", parts=parts) if parts else ""


def vehicle_looks(vehicle: VehicleDescribed, words: Catalogue) -> str:
    """Its colour, make, model and kind; `""` if none of them is known."""
    make = said(words, "make", vehicle.make) if vehicle.make else None
    name = " ".join(filter(None, (make, vehicle.model)))
    kind = said(words, "vehicle", vehicle.type) if vehicle.type else ""
    what = words.say("{name} {kind}", name=name, kind=kind) if name and kind else name or kind
    colour = _colour(vehicle, words)
    return words.say("{colour} {vehicle}", colour=colour, vehicle=what) if colour and what else colour or what


def _colour(vehicle: VehicleDescribed, words: Catalogue) -> str:
    colour = said(words, "colour", vehicle.colour) if vehicle.colour else ""
    shade = said(words, "shade", vehicle.shade) if vehicle.shade else ""
    return words.say("{shade} {colour}", shade=shade, colour=colour) if shade and colour else shade or colour


def _plate(plate: str, words: Catalogue) -> str:
    found = _PLATE.fullmatch(plate)
    if found is None or found.groups() == ("", ""):
        return words.say("part of the number plate: {plate}", plate=plate)
    begins, ends = found.groups()
    if begins and ends:
        return words.say("number plate begins {begins} and ends {ends}", begins=begins, ends=ends)
    if begins:
        return words.say("number plate begins {begins}", begins=begins)
    return words.say("number plate ends {ends}", ends=ends)
