"""The fence alone, and what a receipt may span."""

import pytest
from msgspec.structs import replace

from hub.actions.submit import new_range
from hub.core.errors import Busy
from hub.core.values import Result
from hub.store import log
from hub.store.engine import Store
from tests.hub.ground import Ground


def append(store: Store, **over: int) -> None:
    with store.begin() as session:
        head = replace(log.lock_head(session), **over)
        log.append_entries(session, head, [(b"leaf", b"entry")], b"root")


@pytest.mark.parametrize("over", [{"epoch": 0}, {"epoch": 99}, {"size": 0}, {"size": 99}])
async def test_who_writes_in_anothers_turn_or_after_another_size_is_refused_and_nothing_is_kept(
    ground: Ground, over: dict[str, int]
) -> None:
    store = ground.hub.store
    with store.read() as session:
        before = log.read_head(session)
    with pytest.raises(Busy):
        append(store, **over)
    with store.read() as session:
        assert log.read_head(session) == before
        assert len(log.read_entries(session, 0, 1_000)) == before.size


@pytest.mark.parametrize(
    ("indices", "published", "spans"),
    [
        ([], 5, None),
        ([3, None, 4], 5, None),
        ([5, 6, 7], 5, (5, 3)),
        ([6, 5, 6], 5, (5, 2)),
        ([5, None, 7, 8], 5, (7, 2)),
        ([2, 9], 5, (9, 1)),
    ],
)
def test_a_receipt_spans_the_last_run_without_a_gap(
    indices: list[int | None], published: int, spans: tuple[int, int] | None
) -> None:
    assert new_range([Result(index=index) for index in indices], published) == spans
