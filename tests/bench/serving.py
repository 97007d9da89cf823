"""A hub in a process of its own, over sockets on loopback, as `watchword-hub serve` runs it: one worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from hub.config import HubConfig
from tests.hub.ground import running_ground

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
    while time.monotonic() < give_up and process.poll() is None:
        try:
            if httpx.get(f"{url}/v1/health", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.01)
    raise RuntimeError((folder / "hub.log").read_text()[-2_000:])


class Loopback(httpx.AsyncBaseTransport):
    """Carries requests to the hub's public address to where it really is."""

    def __init__(self, url: str) -> None:
        self._to = httpx.URL(url)
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=64))
        self.sent_bytes = self.received_bytes = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one, and counts its bytes without headers of lower layers."""
        request.url = request.url.copy_with(scheme="http", host=self._to.host, port=self._to.port)
        self.sent_bytes += len(request.content if hasattr(request, "_content") else await request.aread())
        self.sent_bytes += sum(len(name) + len(value) + 4 for name, value in request.headers.raw)
        answer = await self._inner.handle_async_request(request)
        self.received_bytes += sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        content = await answer.aread()
        self.received_bytes += len(content)
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._inner.aclose()
