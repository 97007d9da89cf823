"""What an attack is, and the list to which each adds itself.

`says`: words that the node must use of its own (any one of them); none where the attack is harmless and nobody need
know. `evidence`: what its export is worth. What must not happen is asserted on the way.
"""

from collections.abc import Callable
from typing import Any, Final, Literal

import msgspec

from tests.hostile.stage import Stage

Evidence = Literal["proof", "testimony", "none"]


class Attack(msgspec.Struct, frozen=True):
    """One attack. `seconds`: how long it has to wait, where it does."""

    name: str
    play: Callable[[Stage], None]
    says: tuple[str, ...]
    evidence: Evidence
    seconds: int = 0


ATTACKS: Final[list[Attack]] = []


def attack(*says: str, evidence: Evidence = "none", seconds: int = 0) -> Callable[[Callable[[Stage], None]], Any]:
    """Lists a function as an attack; its name is the function's."""

    def keep(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
        ATTACKS.append(Attack(play.__name__.replace("_", " "), play, says, evidence, seconds))
        return play

    return keep


def keeps(stage: Stage) -> None:
    """What is in force stays so."""
    assert stage.shows(stage.warning), "a warning that is in force is not shown any more"
