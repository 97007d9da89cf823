"""A process beside the hub that examines large submissions: it reads them from its input and tells what it found out.

It holds no secret, opens nothing and keeps nothing between two tasks, and ends when its input does: also when the hub
was killed.
"""

import signal
import sys
from typing import BinaryIO, Final

import msgspec

from hub.core.offered import examine

LENGTH_BYTES: Final = 4
"""Of the big-endian length before each message, both ways."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What `hub.core.offered.examine` takes."""

    request: bytes
    keys: dict[str, bytes]


def work(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Answers each task, until there are no more. An empty answer: the request is not of its form."""
    while (size := int.from_bytes(tasks.read(LENGTH_BYTES), "big")) and len(sent := tasks.read(size)) == size:
        task = msgspec.msgpack.decode(sent, type=Task)
        try:
            answer = examine(task.request, task.keys)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            answer = b""
        answers.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        answers.flush()
        del sent, task, answer  # it may wait for months


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the hub's to answer
    work(sys.stdin.buffer, sys.stdout.buffer)
