"""What takes two people: one proposes it, another seconds it under their own name. Pure.

Source: PEOPLE 4.9, 4.10.
"""

from protocol.house.core.unprinted import Unprinted


class HoldWanted(Unprinted, frozen=True, kw_only=True, tag="hold"):
    """A legal hold. From the moment of its proposal the report is not erased."""

    ground: str
    reference: str


class LiftWanted(Unprinted, frozen=True, kw_only=True, tag="lift"):
    """The end of every hold of a report."""


class OverrideWanted(Unprinted, frozen=True, kw_only=True, tag="shared"):
    """That something was shared without permission, with one recipient: as `record_override` takes it."""

    ground: str
    recipient: str
    told_what: str
    told: str


Wanted = HoldWanted | LiftWanted | OverrideWanted


def kind_of(wanted: Wanted) -> str:
    """`hold`, `lift` or `shared`."""
    return str(wanted.__struct_config__.tag)
