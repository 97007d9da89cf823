"""What two shown parts of plates say of each other. `?` is one unknown character, `*` any number of them."""

from functools import lru_cache

from hub.core.search_keys import plate_parts

SHOWN_ENOUGH = 3
"""Characters that a body shows at most: where all of them are the same, that is as much as two can say."""


def compare_plates(one: str, other: str) -> tuple[float, str] | None:
    """(bits, words), or None where they say nothing of each other.

    A person may come in two vehicles: plates that cannot be the same speak against it, but not strongly.
    """
    if not may_be_one(one, other):
        return -3.0, "the plates cannot be the same"
    if one == other and _shown(one) >= SHOWN_ENOUGH:
        return 8.0, "what is shown of the plate is the same"
    for same, words in ((_ending, "the plate ends the same"), (_beginning, "the plate begins the same")):
        if same(one, other) >= 2:
            return 6.0, words
    if plate_parts(one) & plate_parts(other):
        return 4.0, "the plates have a part in common"
    return None


@lru_cache(maxsize=4_096)
def may_be_one(one: str, other: str) -> bool:
    """Whether some plate is as both say."""
    if not one or not other:
        return set(one + other) <= {"*"}
    if one[0] == "*":
        return may_be_one(one[1:], other) or (other != "*" and may_be_one(one, other[1:]))
    if other[0] == "*":
        return may_be_one(other, one)
    return (one[0] == other[0] or "?" in (one[0], other[0])) and may_be_one(one[1:], other[1:])


def _shown(plate: str) -> int:
    return sum(c.isalnum() for c in plate)


def _beginning(one: str, other: str) -> int:
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not a.isalnum():
            break
        same += 1
    return same


def _ending(one: str, other: str) -> int:
    return _beginning(one[::-1], other[::-1])
