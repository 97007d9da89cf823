"""A few histories in every run; and that a broken promise would be found, and told shortly."""

from pathlib import Path

import pytest

from node.store.releases import list_releases
from tests.simulator.history import play, tell
from tests.simulator.invariants import broken_promises
from tests.simulator.moves import PROJECTS, Move, draw
from tests.simulator.world import World

SEEDS = range(6)
OPERATIONS = 120
SHORT = 20


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

    seed = next(seed for seed in range(1_000) if _somebody_pauses(draw(seed, SHORT)))
    told = await tell(template, seed, SHORT, nobody_pauses)
    assert told.broken
    own = [line for line in told.story if "night" not in line]
    assert len(own) == 2 and "warns" in own[0] and "pauses" in own[1], told.story


def _somebody_pauses(moves: list[Move]) -> bool:
    """Twice, a member from the beginning pauses what it let out before."""
    warned: set[str] = set()
    pauses = 0
    for move in moves:
        if move.verb == "warn" and move.who in PROJECTS[:3]:
            warned.add(move.who)
        pauses += move.verb == "pause" and move.who in warned
    return pauses > 1


async def test_series_are_said_agreed_to_and_ended_and_figures_corrected(template: Path) -> None:
    """Random histories seldom come so far in so few moves."""
    agree, disagree, undo = 0, 1, 2
    moves = [
        a_move("warn", "genesis"),
        *[a_move("warn", "bradford")] * 3,
        a_move("exchange", "bradford"),
        *[a_move("propose_series", "genesis", pick=pick) for pick in (0.0, 0.5, 0.9)],
        a_move("exchange", "genesis"),
        a_move("answer_series", "bradford", pick=0.0, step=agree),
        a_move("answer_series", "bradford", pick=0.5, step=disagree),
        a_move("exchange", "bradford"),
        a_move("answer_series", "genesis", pick=0.9, step=undo),
        a_move("figures", "merseyside"),
        a_move("exchange", "merseyside"),
        a_move("wait", "merseyside", hours=30),
        a_move("figures", "merseyside"),
    ]

    def all_is_in_the_log(world: World) -> list[str]:
        state = world.fed.hub.view.now.state
        assert sorted(one.state for one in state.series.values()) == ["agreed", "disagreed", "undone"]
        assert len(state.figures) == 2 and len([one for one in world.spoken if one.ends]) == 3
        return broken_promises(world)

    told = await play(template, 0, moves, all_is_in_the_log)
    assert not told.broken, "\n".join([*told.story, *told.broken])


def a_move(verb: str, who: str, *, pick: float = 0.0, step: int = 0, hours: int = 1) -> Move:
    return Move(verb, who, pick, hours, clock=0, step=step, after=False, salt=0)


async def test_a_history_is_the_same_each_time_it_is_told(template: Path) -> None:
    moves = draw(5, 60)
    assert (await play(template, 5, moves)).story == (await play(template, 5, moves)).story
