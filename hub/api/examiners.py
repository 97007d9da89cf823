"""Processes that examine large submissions while this one orders others; started when the first comes.

One process of Python uses one core: of what taking a statement costs, two thirds need nothing but its bytes.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from typing import Final

import msgspec

from hub.examiner import LENGTH_BYTES, Task

logger = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 10
"""A full submission takes some 20 ms: one that takes so long is stuck, and its examiner is ended."""

MOST: Final = 4
"""Examiners of one hub. Each has about 40 MB; one keeps up with what the process that orders can take."""


class Examiners:
    """Up to one for each core but one. Belongs to one event loop."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._free = asyncio.Semaphore(min(MOST, max(1, (os.cpu_count() or 1) - 1)))
        self._idle: list[_Examiner] = []
        self._stopped = False

    async def examine(self, request: bytes, keys: Mapping[str, bytes]) -> bytes:
        """What `hub.core.offered.examine` finds out; empty: whoever asks does without it.

        Args:
            request: the body of a request that submits statements.
            keys: key id → 32 bytes.
        """
        async with self._free:
            try:
                examiner = await self._living() or await _Examiner.start()
            except (OSError, AttributeError) as error:  # only Linux has memory that is shared so
                logger.error("no examiner can be started: %s", type(error).__name__)
                return b""
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    answer = await examiner.ask(msgspec.msgpack.encode(Task(request, dict(keys))))
            except Exception as error:  # uvloop has names of its own for a pipe that closed
                logger.error("an examiner did not answer: %s", type(error).__name__)
                await examiner.end()
                return b""
            except BaseException:
                await examiner.end()  # its answer may be on its way
                raise
            if self._stopped:
                await examiner.end()
            else:
                self._idle.append(examiner)
        return answer

    async def _living(self) -> "_Examiner | None":
        while self._idle:
            examiner = self._idle.pop()
            if examiner.lives:
                return examiner
            await examiner.end()
        return None

    async def stop(self) -> None:
        """Ends them: who is asked at this moment, when it has answered."""
        self._stopped = True
        while self._idle:
            await self._idle.pop().end()


class _Examiner:
    """One process, and the memory that is shared with it: what it is asked, and what it tells."""

    def __init__(self, process: asyncio.subprocess.Process, task: int, answer: int) -> None:
        self._process, self._task, self._answer = process, task, answer

    @classmethod
    async def start(cls) -> "_Examiner":
        """A new one.

        Raises:
            OSError: there is no room for it.
        """
        shared: list[int] = []
        pipe = asyncio.subprocess.PIPE
        try:
            shared += [os.memfd_create("task")]
            shared += [os.memfd_create("answer")]
            command = (sys.executable, "-P", "-m", "hub.examiner", *map(str, shared))
            process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, pass_fds=shared)
        except BaseException:
            _close(*shared)
            raise
        return cls(process, *shared)

    @property
    def lives(self) -> bool:
        """Whether its process was not seen to end."""
        return self._process.returncode is None

    async def ask(self, task: bytes) -> bytes:
        """Its answer."""
        told, asked = self._process.stdout, self._process.stdin
        assert asked is not None and told is not None
        os.pwrite(self._task, task, 0)
        asked.write(len(task).to_bytes(LENGTH_BYTES, "big"))
        size = int.from_bytes(await told.readexactly(LENGTH_BYTES), "big")
        answer = os.pread(self._answer, size, 0)
        for shared in (self._task, self._answer):
            os.ftruncate(shared, 0)  # it may wait for months: nothing of what was sent stays
        return answer

    async def end(self) -> None:
        """Ends it, and lets go of what was shared. Once."""
        _close(self._task, self._answer)
        if self.lives:
            self._process.kill()
        await self._process.wait()


def _close(*descriptors: int) -> None:
    for one in descriptors:
        os.close(one)
