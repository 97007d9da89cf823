"""What a hub can try: all attacks of the kit, in the order of what they are about."""

from collections.abc import Sequence
from typing import Final

from tests.hostile import answers, contents, entries, histories, own_words, waiting
from tests.hostile.listing import ATTACKS, Attack

ROOMS: Final = (histories, entries, waiting, contents, own_words, answers)
"""Each lists its attacks by being imported."""


def all_attacks() -> list[Attack]:
    """All of them."""
    return [one for room in ROOMS for one in ATTACKS if one.play.__module__ == room.__name__]


def chosen(names: Sequence[str]) -> list[Attack]:
    """Those of these names; all, if none is named.

    Raises:
        ValueError: there is none of that name.
    """
    known = {one.name: one for one in all_attacks()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"no attack is called {unknown[0]!r}; see --list")
    return [known[name] for name in names] or all_attacks()
