"""Processes of our own that may be killed: forked from one that has imported everything, so that each starts at once.

{"start": "module:function", "args": {…}, "log": path}  →  {"pid": …}
{"wait": pid}                                            →  {"status": …}   (negative: the signal that ended it)
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


class Forker:
    """Starts, kills and awaits processes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.running: set[int] = set()

    def start(self, function: str, log: Path, **args: Any) -> int:
        """Calls `module:function` in a process of its own; its id."""
        pid: int = self._ask({"start": function, "args": args, "log": str(log)})["pid"]
        self.running.add(pid)
        return pid

    def wait(self, pid: int) -> int:
        """Its exit status once it has ended; negative: the signal that ended it."""
        status: int = self._ask({"wait": pid})["status"]
        self.running.discard(pid)
        return status

    def kill(self, pid: int) -> None:
        """SIGKILL, and waits for its end."""
        os.kill(pid, signal.SIGKILL)
        self.wait(pid)

    def close(self) -> None:
        """Kills what still runs."""
        for pid in list(self.running):
            self.kill(pid)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextlib.contextmanager
def running_forker() -> Iterator[Forker]:
    """A forker until the block ends."""
    command = [sys.executable, "-m", "tests.faults.forker", "tests.faults.crash_child", "tests.faults.server"]
    forker = Forker(subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
    try:
        yield forker
    finally:
        forker.close()


def main() -> None:
    """Reads questions until its starter is gone."""
    for module in sys.argv[1:]:
        importlib.import_module(module).warm_up()
    assert threading.active_count() == 1, "a process with threads must not be forked"
    gc.freeze()
    for line in sys.stdin:
        question = json.loads(line)
        if "wait" in question:
            _, status = os.waitpid(question["wait"], 0)
            answer = {"status": os.waitstatus_to_exitcode(status)}
        else:
            pid = os.fork()
            if pid == 0:
                _become(question)
            answer = {"pid": pid}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(question: dict[str, Any]) -> None:
    log = os.open(question["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    status = 1
    try:
        module, _, function = question["start"].partition(":")
        getattr(importlib.import_module(module), function)(**question["args"])
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
