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

ANSWER_BYTES: Final = 2**23
"""Of an answer that are read at once: a full submission's is some 800 kB, 6 MB with the largest bodies. asyncio's own
64 kB would have the process wait for this one again and again."""

MOST: Final = 4
"""Examiners of one hub. Each has about 40 MB; one keeps up with what the process that orders can take."""


class Examiners:
    """Up to one for each core but one. Belongs to one event loop."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._free = asyncio.Semaphore(min(MOST, max(1, (os.cpu_count() or 1) - 1)))
        self._idle: list[asyncio.subprocess.Process] = []
        self._stopped = False

    async def examine(self, request: bytes, keys: Mapping[str, bytes]) -> bytes:
        """What `hub.core.offered.examine` finds out; empty: whoever asks does without it.

        Args:
            request: the body of a request that submits statements.
            keys: key id → 32 bytes.
        """
        async with self._free:
            try:
                process = self._living() or await _start()
            except OSError as error:
                logger.error("no examiner can be started: %s", type(error).__name__)
                return b""
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    answer = await _ask(process, msgspec.msgpack.encode(Task(request, dict(keys))))
            except Exception as error:  # uvloop has names of its own for a pipe that closed
                logger.error("an examiner did not answer: %s", type(error).__name__)
                await _end(process)
                return b""
            except BaseException:
                await _end(process)  # half an answer may be on its way
                raise
            if self._stopped:
                await _end(process)
            else:
                self._idle.append(process)
        return answer

    def _living(self) -> asyncio.subprocess.Process | None:
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
        return None

    async def stop(self) -> None:
        """Ends them: who is asked at this moment, when it has answered."""
        self._stopped = True
        while self._idle:
            await _end(self._idle.pop())


async def _start() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "hub.examiner", stdin=pipe, stdout=pipe, limit=ANSWER_BYTES
    )


async def _ask(process: asyncio.subprocess.Process, task: bytes) -> bytes:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(len(task).to_bytes(LENGTH_BYTES, "big") + task)
    await process.stdin.drain()
    size = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES), "big")
    return await process.stdout.readexactly(size)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
