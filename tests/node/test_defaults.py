"""The numbers that a project relies on, as its users and its papers know them. Source: PEOPLE §5, DESIGN §4 and §5."""

from datetime import timedelta

import pytest

from node.core import danger_now, overrides, referring, report, retention, tasks
from node.core.assessment import LEASES
from node.core.described import PHONE_TAIL
from node.core.leak import small_cells
from node.store import checks, epochs
from protocol.house.core import session
from protocol.house.core.staffing import DEPUTY_AT_MOST

YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (report.ACCOUNT_LOCKS_AFTER, timedelta(hours=24)),
        (report.CONTACT_ASKED_AGAIN_AFTER, timedelta(days=90)),
        (referring.COOLS_FOR["police_full"], timedelta(hours=24)),
        (referring.CRISIS, timedelta(hours=24)),
        (referring.ASK_AGAIN_WITHIN, timedelta(days=7)),
        (danger_now.WITHIN, timedelta(hours=72)),
        (danger_now.CHASE_AFTER, timedelta(hours=24)),
        (danger_now.DARK_AFTER, timedelta(hours=72)),
        (retention.REVIEW_AFTER, 3 * YEAR),
        (retention.ERASE_AFTER, 7 * YEAR),
        (retention.LOG_ONLY_FOR, YEAR),
        (retention.CONTACT_FOR, YEAR),
        (overrides.HOLD_REVIEW_AFTER, timedelta(days=183)),
        (checks.KEPT_FOR, timedelta(days=90)),
        (epochs.EPOCH_LASTS + epochs.DESTROYED_AFTER, timedelta(days=14)),
        (session.LASTS, timedelta(hours=12)),
        (session.LOCKS_AFTER, timedelta(minutes=5)),
        (DEPUTY_AT_MOST, timedelta(days=30)),
    ],
)
def test_how_long_each_thing_lasts(kept: timedelta, said: timedelta) -> None:
    assert kept == said


def test_how_many_of_each() -> None:
    assert (danger_now.MAX_PER_PERSON, danger_now.MAX_PER_NODE, danger_now.LEASE_DAYS) == (1, 3, 3)
    assert LEASES == (3, 30, 90, 365)
    assert (small_cells.STOPS_BELOW, small_cells.WARNS_BELOW) == (8, 20)
    assert PHONE_TAIL == 3
    assert tasks.LAPSE_WARNINGS == (14, 3)
