"""A history is a list of moves, drawn before anything happens: each holds all of its own chance.

So one move can be dropped without changing what the others do: that is what shrinking needs.
"""

import random
from typing import Final

import msgspec

PROJECTS: Final = ("genesis", "bradford", "merseyside", "newcastle", "cardiff")
"""The first three are members from the beginning; the others are admitted when a history says so."""

WEIGHTS: Final[dict[str, int]] = {
    "exchange": 30,
    "warn": 9,
    "danger_now": 2,
    "update": 5,
    "pause": 2,
    "withdraw": 5,
    "stop_sharing": 2,
    "erase": 1,
    "propose_series": 5,
    "answer_series": 5,
    "figures": 2,
    "wait": 9,
    "kill": 3,
    "kill_hub": 2,
    "die": 4,
    "die_hub": 3,
    "faulty_link": 3,
    "cut": 3,
    "cut_half": 1,
    "heal": 3,
    "set_clock": 1,
    "right_clock": 2,
    "set_hub_clock": 1,
    "right_hub_clock": 2,
    "back_up": 2,
    "restore": 1,
    "restore_hub": 1,
    "keys_at_rest": 2,
    "hub_night": 2,
    "rotate_seal": 1,
    "rotate_keys": 2,
    "leave": 1,
    "admit": 2,
    "suspend": 2,
    "resume": 2,
    "revoke": 1,
}
HOURS: Final = (1, 1, 7, 7, 30, 30, 24 * 4, 24 * 9, 24 * 21)
CLOCK_HOURS: Final = (-24 * 365, -30, -1, 1, 30, 24 * 40, 24 * 365)


class Move(msgspec.Struct, frozen=True):
    """One thing that somebody does, or that happens.

    Attributes:
        verb: of `WEIGHTS`.
        who: of `PROJECTS`.
        pick: 0 to 1: which of the things that there are at that moment.
        hours: how long, where time is meant. clock: how far a clock is off.
        step: at which durable step a process dies; `after`: once it is done.
        salt: seeds what the links do during this move.
    """

    verb: str
    who: str
    pick: float
    hours: int
    clock: int
    step: int
    after: bool
    salt: int


def draw(seed: int, count: int) -> list[Move]:
    """The history of a seed."""
    chance = random.Random(seed)
    verbs = chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=count)
    return [
        Move(
            verb,
            chance.choices(PROJECTS, (4, 4, 4, 2, 2))[0],
            chance.random(),
            chance.choice(HOURS),
            chance.choice(CLOCK_HOURS),
            chance.randrange(8),
            chance.random() < 0.5,
            chance.randrange(2**32),
        )
        for verb in verbs
    ]
