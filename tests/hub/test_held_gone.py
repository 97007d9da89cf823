"""What is counted on as the log grows is what a recount of the whole log gives, for every member and from anywhere."""

import random

from immutables import Map
from msgspec.structs import replace

from hub.held_gone import HeldGone
from protocol.replay import State, holders
from tests.bench.hub_made_log import MadeLog

WARNINGS, MEMBERS, LOOKS = 3_000, 12, 400


def test_counting_on_equals_a_recount_wherever_the_log_and_the_reader_stand() -> None:
    made = MadeLog(WARNINGS, MEMBERS)
    assert len(list(made.warnings())) < WARNINGS
    whole, dice, held = made.state(State()), random.Random(5), HeldGone()
    seen = 0
    for size in dice.choices(range(WARNINGS, whole.size + 1), k=LOOKS):
        state = replace(whole, size=size, gone=_of_before(whole, size))
        member = dice.choice(list(state.members.values()))
        since = dice.randrange(size)
        recount = [
            index
            for index in sorted(state.gone)
            if index >= since and any(member.id in holders(state, state.bodies[one]) for one in state.gone[index])
        ]
        assert list(held.since(state, member, since)) == recount
        seen += len(recount)
    assert seen > LOOKS


def _of_before(state: State, size: int) -> Map[int, tuple[str, ...]]:
    return Map({index: digests for index, digests in state.gone.items() if index < size})
