"""A process beside the hub that examines large submissions, and tells what it found out.

Both lie in memory that it shares with the hub: a megabyte in pieces through a pipe has each side wait for the other.
It holds no secret, opens nothing and keeps nothing between two tasks, and ends when its input does: also when the hub
was killed.
"""

import os
import signal
import sys
from typing import BinaryIO, Final

import msgspec

from hub.core.offered import examine

LENGTH_BYTES: Final = 4
"""Of the big-endian length of what lies in the shared memory: all that goes through its input and output."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What `hub.core.offered.examine` takes."""

    request: bytes
    keys: dict[str, bytes]


def work(asked: BinaryIO, told: BinaryIO, tasks: int, answers: int) -> None:
    """Answers each task, until there are no more. An empty answer: the request is not of its form.

    Args:
        asked: the length of each task, once it lies there.
        told: the length of each answer, once it does.
        tasks: descriptor of the memory in which a task lies from its beginning.
        answers: the same for answers.
    """
    while len(size := asked.read(LENGTH_BYTES)) == LENGTH_BYTES:
        task = msgspec.msgpack.decode(os.pread(tasks, int.from_bytes(size, "big"), 0), type=Task)
        try:
            answer = examine(task.request, task.keys)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            answer = b""
        os.pwrite(answers, answer, 0)
        told.write(len(answer).to_bytes(LENGTH_BYTES, "big"))
        told.flush()
        del task, answer  # it may wait for months


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the hub's to answer
    work(sys.stdin.buffer, sys.stdout.buffer, *map(int, sys.argv[1:]))
