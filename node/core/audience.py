"""Who a warning is for: the region of the event, its neighbours and the direction of travel; wider needs a reason.

A lead reads every warning to other projects, a police body only those that police may: without that it could say of
none that they may be the same person, for its node signs only what it can read.

Pure. Source: DESIGN §5, PEOPLE 4.5, §5.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from protocol.house.core.errors import Refused
from protocol.statement_fields import Audience, Charter

WIDER_REASONS: Final = frozenset({"moves_between_regions", "pattern_elsewhere", "severe", "asked_by_person_harmed"})
MAX_DIRECTIONS: Final = 6


class AudienceChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose beyond the default.

    Attributes:
        regions: further regions; needs `reason`.
        members: further members by id; needs `reason`.
        except_: members left out.
        reason: of `WIDER_REASONS`; stays at the node.
    """

    regions: tuple[str, ...] = ()
    members: tuple[int, ...] = ()
    except_: tuple[int, ...] = ()
    reason: str | None = None

    @property
    def is_wider(self) -> bool:
        """Whether it goes beyond the default."""
        return bool(self.regions or self.members)


def neighbours_of(charter: Charter, region: str) -> tuple[str, ...]:
    """Neighbouring force areas.

    Raises:
        Refused: `refused.region`: the charter does not have it.
    """
    for known in charter.regions:
        if known.code == region:
            return known.neighbours
    raise Refused("region", "the region is not one of the charter's")


def require_regions(charter: Charter, regions: Iterable[str]) -> None:
    """Refuses regions that the charter does not have.

    Raises:
        Refused: `refused.region`.
    """
    for region in regions:
        neighbours_of(charter, region)


def compose_audience(
    charter: Charter,
    *,
    region: str,
    direction: tuple[str, ...],
    choice: AudienceChoice,
    excluded: frozenset[str],
    home_region: str,
    own_may_know: bool,
    with_neighbours: bool,
    danger_now: bool,
    leads: Iterable[int] = (),
) -> Audience:
    """The audience of one statement.

    Args:
        region: of the event.
        direction: where the person described may be going.
        excluded: regions that a condition of the permission keeps out.
        home_region: this node's; left out unless our own people may be warned too.
        own_may_know: switch 2 is on.
        with_neighbours: the node's setting.
        danger_now: region, neighbours and direction, and no wider.
        leads: those that may read it, whatever the regions, unless one is left out by hand.

    Raises:
        Refused: `refused.region`, `refused.wider_reason`, `refused.danger_now_wider`, `refused.audience_empty`,
            `refused.audience_excluded` (chosen by hand what a condition keeps out).
    """
    if choice.is_wider and danger_now:
        raise Refused("danger_now_wider", "danger now goes to the region, its neighbours and the direction, no wider")
    if choice.is_wider and choice.reason not in WIDER_REASONS:
        raise Refused("wider_reason", "a wider audience needs a reason: " + ", ".join(sorted(WIDER_REASONS)))
    left_out = excluded if own_may_know else excluded | {home_region}
    if left_out.intersection(choice.regions):
        raise Refused("audience_excluded", "a region was chosen that the permission keeps out")
    require_regions(charter, (*direction, *choice.regions))
    regions = {region, *direction, *choice.regions}
    neighbours = neighbours_of(charter, region)
    if with_neighbours:
        regions.update(neighbours)
    regions -= left_out
    if not regions and not choice.members:
        raise Refused("audience_empty", "after what the permission keeps out, nobody is left to receive it")
    return Audience(
        regions=tuple(sorted(regions)),
        members=tuple(sorted({*choice.members, *leads} - set(choice.except_))),
        except_=tuple(sorted(set(choice.except_))),
    )
