"""A process beside the hub that examines large submissions, and tells what it found out.

Both lie in memory that it shares with the hub: a megabyte in pieces through a pipe has each side wait for the other.
It holds no secret, opens nothing and keeps nothing between two tasks, and ends when its input does: also when the hub
was killed. It gives way to the hub: what is examined is of use only once the hub takes it.
"""

import os
import signal
import struct
import sys
from contextlib import suppress
from typing import BinaryIO, Final

import msgspec

from hub.core.offered import examine
from hub.shared_memory import SharedMemory
from protocol.house.collector import resting

ASKED: Final = struct.Struct(">II")
"""Lengths of the keys and of the request, which lie one behind the other in the memory for tasks."""

COURTESY: Final = 10
"""Added to its niceness: a tenth of a core's time while the hub wants that core too. Of the hub's own service
alone: the system weighs a database of another service by itself."""

TOLD: Final = struct.Struct(">I")
"""Length of the answer. These two are all that goes through its input and output."""


def work(asked: BinaryIO, told: BinaryIO, tasks: SharedMemory, answers: SharedMemory) -> None:
    """Answers each task, until there are no more. An empty answer: the request is not of its form.

    A task is what `hub.core.offered.examine` takes: the keys in MessagePack, then the request.

    Args:
        asked: the lengths of each task, once it lies there.
        told: the length of each answer, once it does.
        tasks: from the beginning of which a task lies.
        answers: the same for answers.
    """
    while len(lengths := asked.read(ASKED.size)) == ASKED.size:
        keys_end, length = ASKED.unpack(lengths)
        with resting(), tasks.view() as view:
            answer = _answer(view[keys_end : keys_end + length], view[:keys_end])
        answers.write([answer])
        told.write(TOLD.pack(len(answer)))
        told.flush()
        del answer  # it may wait for months


def _answer(request: memoryview, keys: memoryview) -> bytes:
    with request, keys:
        try:
            return examine(request, msgspec.msgpack.decode(keys, type=dict[str, bytes]))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return b""


if __name__ == "__main__":
    with suppress(OSError):  # a container may forbid it
        os.nice(COURTESY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the hub's to answer
    task_memory, answer_memory = (SharedMemory(int(descriptor)) for descriptor in sys.argv[1:])
    work(sys.stdin.buffer, sys.stdout.buffer, task_memory, answer_memory)
