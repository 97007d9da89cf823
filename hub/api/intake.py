"""Many senders, one thread: whatever waits is worked off together, and the next group gathers meanwhile.

Threads that all want the interpreter take it from each other after each signature: four senders at once cost two and a
half times what they cost in turns, and a thread, a lock and a commit for each of them cost more than its statement.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Intake(Generic[_Item, _Result]):
    """Hands what requests bring to one function, in the order in which it came. Belongs to one event loop."""

    def __init__(
        self,
        work: Callable[[Sequence[_Item]], Sequence[_Result | Exception]],
        size_of: Callable[[_Item], int],
        most: int,
    ) -> None:
        """Does nothing yet.

        Args:
            work: called in a worker thread, never twice at once; returns for each item its result, or what to raise.
            most: the sizes of a group do not add up to more, but a group has one item at least.
        """
        self._work, self._size_of, self._most = work, size_of, most
        self._waiting: deque[tuple[_Item, asyncio.Future[_Result]]] = deque()
        self._working: asyncio.Task[None] | None = None

    async def take(self, item: _Item) -> _Result:
        """The result for this item.

        Raises:
            BaseException: what `work` returned or raised for it.
        """
        mine: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, mine))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off())
        try:
            return await mine
        finally:
            del mine, item  # an error, its traceback and what was sent must not hold each other

    async def _work_off(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                await run_in_threadpool(self._drain, loop)
        except Exception as error:  # no thread can be started: who waits asks again
            left = [(future, error) for _, future in self._waiting]
            self._waiting.clear()
            _answer(left)

    def _drain(self, loop: asyncio.AbstractEventLoop) -> None:
        """Works off one group after the other: the loop, which reads what comes next, is not waited for."""
        while self._waiting:
            group = self._next_group()
            results: Sequence[_Result | BaseException]
            try:
                results = self._work([item for item, _ in group])
                if len(results) != len(group):
                    raise RuntimeError("a group has as many results as items")
            except BaseException as error:  # whatever ended the work: nobody waits for an answer that never comes
                results = [error] * len(group)
            answered = [(future, result) for (_, future), result in zip(group, results, strict=True)]
            loop.call_soon_threadsafe(_answer, answered)
            del group, results, answered  # nothing of what was answered is held while the next is worked on

    def _next_group(self) -> list[tuple[_Item, "asyncio.Future[_Result]"]]:
        group = [self._waiting.popleft()]
        size = self._size_of(group[0][0])
        while self._waiting and size + self._size_of(self._waiting[0][0]) <= self._most:
            size += self._size_of(self._waiting[0][0])
            group.append(self._waiting.popleft())
        return group


def _answer(answered: Sequence[tuple["asyncio.Future[_Result]", _Result | BaseException]]) -> None:
    for future, result in answered:
        if future.done():
            continue  # who asked went away
        if isinstance(result, BaseException):
            future.set_exception(result)
        else:
            future.set_result(result)
