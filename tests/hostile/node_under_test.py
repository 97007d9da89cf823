"""A node, driven only from outside, through its command line: this project's, in this process, or any other's."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
from typer.testing import CliRunner

SETTINGS: Final = """\
name = "Newcastle"
region = "merseyside"
host = "newcastle.example.org"
hub_url = "{url}"
database = "data/node.db"
keys_dir = "keys"
epoch_dir = "epochs"
batch_times = []
request_timeout_seconds = 3.0
"""
TIMEOUT_SECONDS: Final = 90


class Said(msgspec.Struct, frozen=True):
    """What a command printed, its exit status, and what of it went to the first stream alone: the answer."""

    text: str
    status: int
    answer: str = ""


Run = Callable[[list[str]], Said]


def in_process(words: list[str]) -> Said:
    """Runs this project's command line without starting a process."""
    from node.cli import app  # noqa: PLC0415 - another node may be under test

    result = CliRunner().invoke(app, words, env={"COLUMNS": "300"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return Said(f"{result.output}\n{result.exception}", 1)
    return Said(result.output, result.exit_code, result.stdout)


def as_process(command: str) -> Run:
    """Runs `command` as a process of its own."""

    def run(words: list[str]) -> Said:
        done = subprocess.run(
            [*shlex.split(command), *words], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
        return Said(done.stdout + done.stderr, done.returncode, done.stdout)

    return run


class NodeUnderTest:
    """One node in a folder."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self._run = folder, run
        self.heard: list[str] = []

    def set_up(self, url: str) -> None:
        """Its settings, keys and database."""
        (self.folder / "data").mkdir(parents=True)
        (self.folder / "node.toml").write_text(SETTINGS.format(url=url))
        self.must("init")

    def copy(self, folder: Path) -> "NodeUnderTest":
        """Another one, as it stands now."""
        shutil.copytree(self.folder, folder)
        return NodeUnderTest(folder, self._run)

    def say(self, *words: str) -> Said:
        """Runs a verb; what it said is remembered."""
        said = self._run([*words, "--settings", str(self.folder / "node.toml")])
        assert "Traceback" not in said.text, f"it broke: {said.text[-2000:]}"
        self.heard.append(said.text)
        return said

    def must(self, *words: str) -> str:
        """The answer of a verb that has to succeed."""
        said = self.say(*words)
        assert said.status == 0, said.text
        return said.answer

    def sync(self, rounds: int = 1, *, wait: int = 0) -> str:
        """One round after another, for each of which the hub may wait so many seconds; what the last one said."""
        words = ("sync", "--wait", str(wait)) if wait else ("sync",)
        said = [self.say(*words) for _ in range(rounds)][-1]
        assert said.status in (0, 1), f"it has no `{' '.join(words)}`: {said.text[-500:]}"
        return said.text

    def complaints(self) -> str:
        """All that it has said, and what `status` and `doctor` say now, as one line."""
        self.say("status")
        self.say("doctor")
        return " ".join(" ".join(self.heard).split())

    def inbox(self) -> list[dict[str, Any]]:
        """The warnings that it shows."""
        found: list[dict[str, Any]] = json.loads(self.must("inbox", "--json"))["warnings"]
        return found

    def evidence(self, folder: Path) -> list[dict[str, Any]]:
        """What it exports: `about.json` of each alarm."""
        self.must("evidence", str(folder))
        return [json.loads(about.read_text()) for about in sorted(folder.glob("*/about.json"))]
