"""Member agencies: whose reports they are, which ties they declare, what becomes of their warnings when they leave.

Pure. Source: DESIGN §5, PEOPLE *Police-funded members*.
"""

from datetime import datetime
from typing import Final, Literal

import msgspec

from protocol.house.core.errors import Refused

TieKind = Literal["funding", "seconded_staff", "shared_premises"]
TieBody = Literal["police", "council", "immigration"]
Warnings = Literal["take_back", "stay"]

TIE_KINDS: Final[tuple[TieKind, ...]] = ("funding", "seconded_staff", "shared_premises")
TIE_BODIES: Final[tuple[TieBody, ...]] = ("police", "council", "immigration")
WARNINGS: Final[tuple[Warnings, ...]] = ("take_back", "stay")


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One declared tie."""

    kind: TieKind
    body: TieBody


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """This project itself, or one of its member agencies.

    Attributes:
        ties: as declared; empty: it has declared none, or was not asked (`declared_at`).
        declared_at: when it last declared, aware UTC; None: never.
        left_at: when it left, or None.
    """

    name: str
    ties: tuple[Tie, ...]
    declared_at: datetime | None
    left_at: datetime | None = None


def require_ties(ties: tuple[Tie, ...]) -> None:
    """Refuses ties outside the lists.

    Raises:
        Refused: `refused.tie`.
    """
    if not all(tie.kind in TIE_KINDS and tie.body in TIE_BODIES for tie in ties):
        raise Refused("tie", f"a tie is one of {', '.join(TIE_KINDS)}, with one of {', '.join(TIE_BODIES)}")
