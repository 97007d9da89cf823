"""No sequence of actions releases without the switch, or leaves something readable after it is off.

`make test ARGS="tests/sequences"` plays the same few each time; `WATCHWORD_SEQUENCES=500` in the environment plays so
many new ones.
"""

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from node.core.permissions import Condition
from node.core.report import Facts
from tests.sequences.machine import Sequences
from tests.sequences.said import Answer, Said

ASKED: Final = os.environ.get("WATCHWORD_SEQUENCES")
SEQUENCES: Final = int(ASKED or 4)
LEAST_ROUNDS: Final = 2
MOST_ROUNDS: Final = 6
"""Each with a seed of its own: more than the least only until everything of `CAME_ABOUT` has."""

STEPS: Final = 40
CAME_ABOUT: Final = frozenset(
    {
        "took",
        "imported",
        "opened",
        "released (own)",
        "released (others)",
        "released alone (others)",
        "exchanged",
        "received",
        "stopped sharing",
        "taken back",
        "amended",
        "held",
        "erased",
        "asked the agency",
    }
)
NOON: Final = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
HOUR: Final = dt.timedelta(hours=1)


def test_no_sequence_of_actions_breaks_a_promise(template: Path) -> None:
    class Here(Sequences):
        pass

    Here.template, Here.happened = template, Counter()
    if ASKED:
        play(Here, settings(phases=(Phase.generate, Phase.shrink)))
        return
    for number in range(MOST_ROUNDS):
        if number < LEAST_ROUNDS or not Here.happened.keys() >= CAME_ABOUT:
            play(seed(number)(Here), settings(phases=(Phase.generate,)))
    assert not CAME_ABOUT - Here.happened.keys()


def play(machine: type[Sequences], how: settings) -> None:
    """Some sequences."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            how,
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


def said(**switches: Answer) -> Said:
    made = Said(Facts(age_now="adult"), set())
    for switch, answer in {"record": Answer("yes", NOON), **switches}.items():
        made.answer(switch, answer)
    return made


def test_what_was_said_is_kept_as_the_promises_read_it() -> None:
    yes, asked = Answer("yes", NOON), Answer("yes", NOON, (Condition(kind="ask_first"),))
    kept = said(warn_others=yes)
    assert kept.may_stand("others") and not kept.may_stand("own")
    kept.answer("warn_others", Answer("no", NOON + HOUR))
    kept.answer("warn_others", yes)
    assert not kept.may_stand("others"), "a yes from before the no does not come back"
    kept.answer("warn_others", Answer("yes", NOON + 2 * HOUR))
    assert kept.may_stand("others")
    assert not said(warn_others=asked).may_stand("others")
    assert not said(warn_others=Answer("yes", NOON, from_sheet=True)).may_stand("others")
