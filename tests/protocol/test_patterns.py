"""No expression that reads what a stranger sends takes longer than its length asks for.

A repetition within a repetition may try every way to share characters out between the two: 28 of them took half a
minute, in a request that nobody had signed, and nothing else was answered meanwhile.
"""

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Annotated, Any, get_args, get_origin

import msgspec
import pytest

import hub
import protocol

TRIED = ("a", "A", "1", "a.", "a-", "a ", "1-", "a@", "a?", "/a", "%41", "?", "=a", "a=", ", ", "é", ' "', "a\n")
ENDINGS = ("", "!", "|", "\x00", "é")
LENGTH = 500
"""Two to its power is never: what is not linear does not come back. What is merely square takes a millisecond."""

PATIENCE_SECONDS = 60


def _modules() -> Iterator[ModuleType]:
    for package in (protocol, hub):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    """The expressions that a value of a module is, or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, msgspec.Meta) and value.pattern is not None:
        yield re.compile(value.pattern)
    elif get_origin(value) is Annotated:
        yield from _within(get_args(value)[1:])
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from _within(one)


def patterns() -> dict[str, re.Pattern[str]]:
    """All that stand in modules of the protocol and the hub, by where."""
    return {
        f"{module.__name__}.{name}/{number}": pattern
        for module in _modules()
        for name, value in vars(module).items()
        for number, pattern in enumerate(_within(value))
    }


def _try(pattern: re.Pattern[Any]) -> None:
    for unit in TRIED:
        for ending in ENDINGS:
            for before in ("", "https://h.example/", "https://h.example/p?"):
                text = before + (unit * LENGTH)[:LENGTH] + ending
                hostile = text.encode() if isinstance(pattern.pattern, bytes) else text
                pattern.fullmatch(hostile)
                pattern.search(hostile)


def _try_all() -> None:
    for name, pattern in patterns().items():
        print(name, flush=True)
        _try(pattern)
    print("all", flush=True)


def _last_tried(code: str) -> str:
    """What a child that tries them was at when it ended, or ran out of patience."""
    asked = [sys.executable, "-c", code]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
        return (said.decode() if isinstance(said, bytes) else said).splitlines()[-1]
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_no_expression_hangs_on_what_a_stranger_may_send() -> None:
    assert len(patterns()) > 40
    assert _last_tried(f"from {__name__} import _try_all; _try_all()") == "all"


def test_an_expression_that_hangs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.PATIENCE_SECONDS", 5)
    code = f"import re; from {__name__} import _try; print('this one', flush=True); _try(re.compile('(?:(?:a|b)*|c)*'))"
    assert _last_tried(code) == "this one"
