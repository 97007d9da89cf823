"""Which fields an alert's body states: a series gives no reason that the bodies named cannot have. Pure.

Whether two ages are near, and how much that weighs, is a judgement that no bytes prove; that both bodies state an age
is not. Source: spec/exchange.md §8, spec/bodies.md §4; promise 9.
"""

from collections.abc import Sequence
from typing import Final

from protocol.body_fields import AlertBody, PersonDescribed, SeriesReason, VehicleDescribed

_OF_A_PERSON: Final = {
    **{name: (name,) for name in PersonDescribed.__struct_fields__},
    "hair": ("hair_colours", "hair_styles"),
    "height": ("height_cm",),
}
_OF_A_VEHICLE: Final = {"plate": ("plate",), "vehicle": ("colour", "make", "model", "type")}
_OF_THE_ALERT: Final = {
    **{name: (name,) for name in AlertBody.__struct_fields__},
    "place": ("place", "town"),
}


def states_field(body: AlertBody, field: str) -> bool:
    """Whether a body states that field of `vocabulary.SERIES_FIELDS`; blank says nothing."""
    holders: Sequence[AlertBody | PersonDescribed | VehicleDescribed]
    if field in _OF_A_PERSON:
        holders, names = body.persons, _OF_A_PERSON[field]
    elif field in _OF_A_VEHICLE:
        holders, names = body.vehicles, _OF_A_VEHICLE[field]
    else:
        holders, names = [body], _OF_THE_ALERT[field]
    return any(getattr(holder, name) for holder in holders for name in names)


def can_be_reason(reason: SeriesReason, bodies: Sequence[AlertBody]) -> bool:
    """Whether enough of the bodies of a series state the field of a reason.

    What speaks for it is said by all of them; what speaks against it by two at least, who differ. Of `direction`, one
    fewer: where one went is compared with where another took place.

    Args:
        bodies: in force, of every alert of the series; two or more.
    """
    stating = sum(states_field(body, reason.field) for body in bodies)
    needed = len(bodies) if reason.speaks == "for" else 2
    return stating >= (needed - 1 if reason.field == "direction" else needed)
