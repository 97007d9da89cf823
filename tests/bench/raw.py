"""The limits of this machine, measured in the same run as everything that stands beside them."""

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from protocol.envelope import decode_envelope
from protocol.vectors.scene import three_projects

MESSAGES = 4_000
SYNCS = 200


class Machine(msgspec.Struct, frozen=True):
    """What it is, and how fast at what everything else comes down to.

    Attributes:
        verifications: Ed25519 verifications a second of one core, over what an alert's signature is over.
        fsyncs: writes of 4 KiB a second that reach the disk, in the folder that is used.
    """

    name: str
    verifications: float
    fsyncs: float


def measure_machine(folder: Path) -> Machine:
    """This machine, now."""
    model = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), "unknown CPU")
    name = f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return Machine(name, raw_verifications(), raw_fsyncs(folder))


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def per_second(work: Callable[[], object], count: int) -> float:
    """`count` things a second by the wall clock."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def raw_verifications() -> float:
    """Ed25519 verifications a second of one core, over the bytes that a real alert's signature is over."""
    scene = three_projects()
    scene.alert("genesis", 1)
    envelope = decode_envelope(scene.entries[-1])
    key = SigningKey(b"\x01" * 32)
    message, verify = envelope.pae, key.verify_key.verify
    signature = key.sign(message).signature

    def work() -> None:
        for _ in range(MESSAGES):
            verify(message, signature)

    return max(per_second(work, MESSAGES) for _ in range(3))


def raw_fsyncs(folder: Path) -> float:
    """Writes of 4 KiB with fsync a second."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:

        def work() -> None:
            for _ in range(SYNCS):
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())

        return per_second(work, SYNCS)
