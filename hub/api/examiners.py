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

from hub.examiner import ASKED, TOLD
from hub.shared_memory import SharedMemory

logger = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 10
"""A full submission takes some 20 ms: one that takes so long is stuck, and its examiner is ended."""

MOST: Final = 4
"""Examiners of one hub. Each has about 40 MB; two keep up with what the process that orders can take."""


class Examiners:
    """Up to one for each core: they give way to this process. Belongs to one event loop."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._free = asyncio.Semaphore(min(MOST, os.cpu_count() or 1))
        self._idle: list[_Examiner] = []
        self._asking = 0
        self._stopped = False

    async def examine(self, request: bytes, keys: Mapping[str, bytes]) -> bytes:
        """What `hub.core.offered.examine` finds out; empty: whoever asks does without it.

        Args:
            request: the body of a request that submits statements.
            keys: key id → 32 bytes.
        """
        self._asking += 1
        try:
            return await self._examine(request, keys)
        finally:
            self._asking -= 1
            if not self._asking:
                for examiner in self._idle:
                    examiner.forget()  # they may wait for months; while there is more to do, it is written over

    async def _examine(self, request: bytes, keys: Mapping[str, bytes]) -> bytes:
        async with self._free:
            try:
                examiner = await self._living() or await _Examiner.start()
            except (OSError, AttributeError) as error:  # only Linux has memory that is shared so
                logger.error("no examiner can be started: %s", type(error).__name__)
                return b""
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    answer = await examiner.ask(request, keys)
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

    def __init__(self, process: asyncio.subprocess.Process, task: SharedMemory, answer: SharedMemory) -> None:
        self._process, self._task, self._answer = process, task, answer
        self._asked = self._told = 0  # bytes that may stand there

    @classmethod
    async def start(cls) -> "_Examiner":
        """A new one.

        Raises:
            OSError, AttributeError: there is no room for it, or this system has no memory that is shared so.
        """
        shared: list[SharedMemory] = []
        pipe = asyncio.subprocess.PIPE
        try:
            shared += [SharedMemory.new()]
            shared += [SharedMemory.new()]
            descriptors = [one.descriptor for one in shared]
            command = (sys.executable, "-P", "-m", "hub.examiner", *map(str, descriptors))
            process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, pass_fds=descriptors)
        except BaseException:
            for one in shared:
                one.close()
            raise
        return cls(process, *shared)

    @property
    def lives(self) -> bool:
        """Whether its process was not seen to end."""
        return self._process.returncode is None

    async def ask(self, request: bytes, keys: Mapping[str, bytes]) -> bytes:
        """Its answer."""
        told, asked = self._process.stdout, self._process.stdin
        assert asked is not None and told is not None
        carried = msgspec.msgpack.encode(keys)
        self._asked = max(self._asked, len(carried) + len(request))
        self._task.write([carried, request])
        asked.write(ASKED.pack(len(carried), len(request)))
        (size,) = TOLD.unpack(await told.readexactly(TOLD.size))
        self._told = max(self._told, size)
        return self._answer.read(size)

    def forget(self) -> None:
        """Nothing of what it was asked, and of what it told, is left in the memory that is shared."""
        self._task.forget(self._asked)
        self._answer.forget(self._told)
        self._asked = self._told = 0

    async def end(self) -> None:
        """Ends it, and lets go of what was shared. Once."""
        self._task.close()
        self._answer.close()
        if self.lives:
            self._process.kill()
        await self._process.wait()
