"""What many bring at once is worked off by one thread, in groups; each gets what is theirs."""

import asyncio
import threading
import time
from collections.abc import Sequence

import pytest

from hub.api.intake import Intake


class Doubling:
    """Doubles numbers; waits before each group until it is let. Refuses 13, and breaks on a group with 99."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.threads: set[int] = set()
        self.may_begin = threading.Semaphore(0)

    def __call__(self, group: Sequence[int]) -> Sequence[int | Exception]:
        assert self.may_begin.acquire(timeout=10)
        self.groups.append(list(group))
        if 99 in group:
            raise RuntimeError("broken")
        return [ValueError("thirteen") if one == 13 else 2 * one for one in group]


async def brought(intake: "Intake[int, int]", *items: int) -> "list[asyncio.Task[int]]":
    tasks = [asyncio.create_task(intake.take(item)) for item in items]
    await asyncio.sleep(0.05)
    return tasks


async def test_what_comes_while_a_group_is_worked_off_is_the_next_group_in_its_order() -> None:
    work = Doubling()
    intake = Intake(work, lambda _: 1, most=100)
    first = await brought(intake, 1)
    rest = await brought(intake, 2, 3, 4)
    work.may_begin.release(2)
    assert await asyncio.gather(*first, *rest) == [2, 4, 6, 8]
    assert work.groups == [[1], [2, 3, 4]]


async def test_the_next_group_does_not_wait_for_the_event_loop() -> None:
    """It may be reading requests, or wait for the interpreter."""
    work = Doubling()
    intake = Intake(work, lambda _: 1, most=1)
    tasks = await brought(intake, 1, 2, 3)
    work.may_begin.release(3)
    give_up = time.monotonic() + 10
    while len(work.groups) < 3 and time.monotonic() < give_up:
        time.sleep(0.01)  # noqa: ASYNC251 - this holds up the loop
    assert work.groups == [[1], [2], [3]]
    assert await asyncio.gather(*tasks) == [2, 4, 6]


async def test_whatever_ends_the_work_everybody_who_waits_hears_of_it() -> None:
    class Ended(BaseException):
        pass

    def work(group: Sequence[int]) -> Sequence[int | Exception]:
        raise Ended

    tasks = await brought(Intake(work, lambda _: 1, most=100), 1, 2)
    assert all(isinstance(one, Ended) for one in await asyncio.gather(*tasks, return_exceptions=True))


async def test_without_a_thread_everybody_who_waits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refused)
        tasks = await brought(Intake(Doubling(), lambda _: 1, most=100), 1, 2)
        said = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
    assert [str(one) for one in said] == ["can't start new thread"] * 2


async def test_a_group_is_no_larger_than_it_may_be_but_what_is_larger_comes_alone() -> None:
    work = Doubling()
    intake = Intake(work, lambda size: size, most=10)
    tasks = await brought(intake, 1, 6, 4, 1, 50, 2)
    work.may_begin.release(10)
    assert await asyncio.gather(*tasks) == [2, 12, 8, 2, 100, 4]
    assert work.groups == [[1, 6], [4, 1], [50], [2]]


async def test_what_is_wrong_with_one_is_said_to_that_one_alone() -> None:
    work = Doubling()
    intake = Intake(work, lambda _: 1, most=100)
    tasks = await brought(intake, 1, 13, 2)
    work.may_begin.release(3)
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert found[0] == 2 and found[2] == 4
    assert isinstance(found[1], ValueError)


async def test_a_group_that_breaks_is_told_so_and_the_next_one_is_worked_off() -> None:
    work = Doubling()
    intake = Intake(work, lambda _: 1, most=100)
    first = await brought(intake, 1)
    broken = await brought(intake, 99, 2)
    work.may_begin.release(2)
    assert await first[0] == 2
    for one in broken:
        with pytest.raises(RuntimeError):
            await one
    work.may_begin.release(1)
    assert await intake.take(5) == 10


async def test_who_went_away_keeps_nobody_from_their_answer() -> None:
    work = Doubling()
    intake = Intake(work, lambda _: 1, most=100)
    tasks = await brought(intake, 1, 2, 3)
    tasks[1].cancel()
    work.may_begin.release(3)
    assert (await tasks[0], await tasks[2]) == (2, 6)
