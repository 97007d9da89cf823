"""A real serving hub in a process of its own, as `watchword-hub serve` makes it, that can be killed and frozen."""

import asyncio
import ctypes
import os
import signal
import socket
from pathlib import Path

import httpx

from hub import cli
from tests.faults.forker import Forker
from tests.hub.asker import PUBLIC_URL

PATIENCE_SECONDS = 60.0
CLONE_NEWNET = 0x40000000


def serve(settings: str, network: bool = False) -> None:
    """What the process does; in a network of its own, which is joined to others from outside."""
    if network and ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the kernel refuses a network namespace")
    cli.serve(Path(settings))


def warm_up() -> None:
    """Everything is imported."""


class Server:
    """One serving process of a hub. `name` is its host: the guard file is its own, keys are the hub's."""

    def __init__(self, forker: Forker, database: str, folder: Path, name: str = "a", host: str = "127.0.0.1") -> None:
        self._forker = forker
        self._pid: int | None = None
        self.port = _free_port()
        self.url = f"http://{host}:{self.port}"
        self.log = folder / f"{name}.log"
        self.guard = folder / ("guard" if name == "a" else f"guard-{name}")
        if not self.guard.exists():
            self.guard.write_bytes((folder / "guard").read_bytes())
        self._settings = folder / f"{name}.toml"
        bind = host if host == "127.0.0.1" else "0.0.0.0"  # its network is joined later
        self._settings.write_text(
            f'database = "{database}"\nkeys_dir = "keys"\nepoch_dir = "epochs"\nguard_file = "{self.guard.name}"\n'
            f'public_url = "{PUBLIC_URL}"\nhost = "{bind}"\nport = {self.port}\n'
        )

    def start(self, *, network: bool = False) -> int:
        """Again, after `kill`; its process id. `network`: in a network of its own."""
        assert self._pid is None
        self._pid = self._forker.start(
            "tests.faults.server:serve", self.log, settings=str(self._settings), network=network
        )
        return self._pid

    def kill(self) -> None:
        """SIGKILL; returns when it is gone."""
        if self._pid is not None:
            pid, self._pid = self._pid, None
            self._forker.kill(pid)

    def freeze(self) -> None:
        """SIGSTOP."""
        assert self._pid is not None
        os.kill(self._pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        assert self._pid is not None
        os.kill(self._pid, signal.SIGCONT)

    async def health(self) -> dict[str, bool] | None:
        """What it says of itself; None: nothing."""
        async with httpx.AsyncClient(timeout=2) as client:
            try:
                found: dict[str, bool] = (await client.get(f"{self.url}/v1/health")).json()
                return found
            except httpx.TransportError:
                return None

    async def until(self, *, leads: bool) -> None:
        """Waits until it serves, and leads or follows."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (found := await self.health()) is None or found["leads"] is not leads:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
