"""Bytes that are nearly right. All chance comes from the seed: the same number gives the same input again."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

_TOKENS: Final = (
    b"null",
    b"-1",
    b"1e400",
    b"99999999999999999999999999",
    b'"\\ud800"',
    b'"\\u0000"',
    b"{}",
    b"[]",
    b"[" * 3_000,
    b'{"a":' * 600,
    b"true",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r\n",
    b"\x00",
    b"=",
    b"-_",
    "Ａ१é".encode(),
    b"'" * 40,
    b"9" * 5_000,
)
_NUMBER: Final = re.compile(rb"\d+")
_KEY: Final = re.compile(rb'"[a-z_]+":')


def mutate(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """One of `seeds`, changed one to four times."""
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(_WAYS)(chance, data, seeds)
    return data


def _flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return b"\x01"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(1, 20) :]


def _insert(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_TOKENS) + data[at:]


def _splice(chance: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _repeat(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    part = data[at : at + chance.randrange(1, 60)]
    return data[:at] + part * chance.randrange(2, 12) + data[at:]


def _number(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data + b"0"
    one = chance.choice(found)
    new = chance.choice((b"0", b"-1", b"4294967296", b"9007199254740993", b"18446744073709551616", b"007", b"1.0"))
    return data[: one.start()] + new + data[one.end() :]


def _key(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A member twice, or under another's name."""
    found = list(_KEY.finditer(data))
    if not found:
        return data[::-1]
    one, other = chance.choice(found), chance.choice(found)
    return data[: one.start()] + other.group() + b"1," + data[one.start() :]


_WAYS: Final[tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...]] = (
    _flip,
    _flip,
    _cut,
    _drop,
    _insert,
    _splice,
    _repeat,
    _number,
    _key,
)
