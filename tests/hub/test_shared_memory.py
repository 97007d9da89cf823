"""Memory that two processes share: what is put there is there, and nothing of it once it is forgotten."""

import os
from collections.abc import Iterator

import pytest

from hub.shared_memory import KEPT_BYTES, SHARED_BYTES, SharedMemory


@pytest.fixture
def both() -> Iterator[list[SharedMemory]]:
    """The same memory, twice."""
    mine = SharedMemory.new()
    others = SharedMemory(os.dup(mine.descriptor))
    yield [mine, others]
    mine.close()
    others.close()


def pages(shared: SharedMemory) -> int:
    return os.fstat(shared.descriptor).st_blocks


def test_what_one_writes_the_other_reads(both: list[SharedMemory]) -> None:
    mine, others = both
    mine.write([b"who ", b"asks"])
    assert others.read(8) == b"who asks"
    mine.write([b"it"])
    with others.view() as view:
        assert bytes(view[:8]) == b"ito asks"


def test_what_is_forgotten_is_not_there_and_its_pages_stay(both: list[SharedMemory]) -> None:
    mine, others = both
    mine.write([b"x" * KEPT_BYTES])
    taken = pages(mine)
    mine.forget(KEPT_BYTES)
    assert others.read(KEPT_BYTES) == bytes(KEPT_BYTES) and pages(mine) == taken


def test_pages_of_what_was_larger_are_given_back_and_others_can_be_taken(both: list[SharedMemory]) -> None:
    mine, others = both
    mine.write([b"x" * (KEPT_BYTES + 1)])
    mine.forget(KEPT_BYTES + 1)
    assert pages(mine) == 0
    assert others.read(KEPT_BYTES + 1) == bytes(KEPT_BYTES + 1)
    others.write([b"again"])
    assert mine.read(5) == b"again"


def test_more_than_there_is_room_for_is_refused(both: list[SharedMemory]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        both[0].write([b"x", bytes(SHARED_BYTES)])


def test_whoever_let_go_leaves_it_to_the_other() -> None:
    mine = SharedMemory.new()
    others = SharedMemory(os.dup(mine.descriptor))
    mine.write([b"here"])
    mine.close()
    assert others.read(4) == b"here"
    others.close()
