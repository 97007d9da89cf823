"""A few histories in every run; and that a broken promise would be found, and told shortly."""

from pathlib import Path

import pytest

from node.store.releases import list_releases
from tests.simulator.history import play, tell
from tests.simulator.moves import draw
from tests.simulator.world import World

SEEDS = range(6)
OPERATIONS = 120


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_happens_the_promises_hold(seed: int, template: Path) -> None:
    told = await tell(template, seed, OPERATIONS)
    assert not told.broken, "\n".join([f"seed {seed}:", *told.story, "does not hold:", *told.broken])


async def test_what_is_broken_is_told_in_few_words(template: Path) -> None:
    """A rule that no project keeps: nobody ever pauses."""

    def nobody_pauses(world: World) -> list[str]:
        paused = []
        for node in world.fed.nodes.values():
            with node.store.read() as session:
                paused += [f"{node.name} paused" for one in list_releases(session) if one.state == "paused"]
        return paused

    seed = next(seed for seed in range(100) if sum(move.verb == "pause" for move in draw(seed, 60)) > 2)
    told = await tell(template, seed, 60, nobody_pauses)
    assert told.broken
    own = [line for line in told.story if "night" not in line]
    assert len(own) == 2 and "warns" in own[0] and "pauses" in own[1], told.story


async def test_a_history_is_the_same_each_time_it_is_told(template: Path) -> None:
    moves = draw(5, 60)
    assert (await play(template, 5, moves)).story == (await play(template, 5, moves)).story
