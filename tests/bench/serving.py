"""A hub in a process of its own, over sockets on loopback, as `watchword-hub serve` runs it: one worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import msgspec

from hub.config import HubConfig
from hub.log_view import LogView
from hub.store.engine import Store
from protocol.statement_fields import Seen
from tests.hub.ground import HubScene, running_ground

PATIENCE_SECONDS = 60.0
LIMIT = 100_000
SETTINGS = """\
database = "{config.database}"
keys_dir = "{config.keys_dir}"
epoch_dir = "{config.epoch_dir}"
guard_file = "{config.guard_file}"
public_url = "{config.public_url}"
port = {port}
"""


class Serving:
    """A running hub process.

    Attributes:
        url: where it is reached. started_in: seconds from its start to its first answer.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", url: str, started_in: float) -> None:
        self._process, self.url, self.started_in = process, url, started_in

    @property
    def resident_bytes(self) -> int:
        """Its memory now."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def cpu_seconds(self) -> float:
        """What it has had of the processor until now."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class StillScene(HubScene):
    """Statements that have all seen the checkpoint with which this began: none of them asks the database."""

    def __init__(self, database: str) -> None:
        store = Store(database)
        view = LogView(store)
        super().__init__(view)
        self._seen = super().seen()
        self.size = view.now.state.size
        store.close()

    def seen(self) -> Seen:
        return self._seen


async def begin(database: str, folder: Path) -> None:
    """A hub with three projects, not running: Genesis (1), Bradford (2), Merseyside (3)."""
    async with running_ground(database, folder, statements_per_day=LIMIT, requests_per_minute=LIMIT) as ground:
        await ground.three_projects()


@contextmanager
def serving(config: HubConfig, folder: Path) -> Iterator[Serving]:
    """Starts it, and stops it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "bench.toml"
    settings.write_text(SETTINGS.format(config=config, port=port))
    command = [sys.executable, "-c", "from hub.cli import main; main()"]
    arguments = ["serve", "--settings", str(settings)]
    began = time.perf_counter()
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen([*command, *arguments], stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _until_up(process, url, folder)
        yield Serving(process, url, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE_SECONDS)


def _until_up(process: "subprocess.Popen[bytes]", url: str, folder: Path) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    with httpx.Client(verify=False, timeout=1) as client:  # certificates take longer to read than a hub to answer
        while time.monotonic() < give_up and process.poll() is None:
            with suppress(httpx.HTTPError):
                if client.get(f"{url}/v1/health").status_code == 200:
                    return
            time.sleep(0.01)
    raise RuntimeError((folder / "hub.log").read_text()[-2_000:])


class Carried(msgspec.Struct, frozen=True):
    """Bytes of requests and answers, headers and first lines included; without those of TCP and TLS."""

    sent: int = 0
    received: int = 0

    def __sub__(self, before: "Carried") -> "Carried":
        return Carried(self.sent - before.sent, self.received - before.received)


class Loopback(httpx.AsyncBaseTransport):
    """Carries requests to the hub's public address to where it really is, and counts their bytes.

    Attributes:
        carried: since it was made.
    """

    def __init__(self, url: str) -> None:
        self._to = httpx.URL(url)
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=64))
        self.carried = Carried()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one."""
        request.url = request.url.copy_with(scheme="http", host=self._to.host, port=self._to.port)
        first_line = len(request.method) + len(request.url.raw_path) + len("  HTTP/1.1\r\n\r\n")
        sent = first_line + _size(request.headers) + len(await request.aread())
        answer = await self._inner.handle_async_request(request)
        content = await answer.aread()
        received = len("HTTP/1.1 200 OK\r\n\r\n") + _size(answer.headers) + len(content)
        self.carried = Carried(self.carried.sent + sent, self.carried.received + received)
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._inner.aclose()


def _size(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers.raw)
