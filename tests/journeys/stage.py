"""A hub and three nodes in this process, the pages of each served over a socket, and a real Chromium before them."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI
from msgspec.structs import replace
from playwright.async_api import Browser, Playwright, async_playwright

from hub.api.hub import Hub
from hub.web.app import build_pages
from node.web.app import add_pages
from node.web.site import Site
from protocol.house.web.rendering import Renderer
from tests.federation.network import Federation
from tests.federation.project import Node
from tests.journeys.person import Person

CHROMIUM: Final = Path("/usr/bin/chromium")
PIN = "493027"
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ServerTime:
    """Seconds that the server spent on answers."""

    def __init__(self) -> None:
        self.seconds = 0.0


def node_pages(node: Node, url: str) -> FastAPI:
    """The pages of a node at that address."""
    app, config = FastAPI(openapi_url=None), replace(node.config, public_url=url)
    renderer = Renderer("node.web", project=config.name)
    add_pages(app, Site(config=config, exchange=node.desk, renderer=renderer, now=node.clock))
    return app


def hub_pages(hub: Hub, url: str) -> FastAPI:
    """The pages of the hub at that address."""
    return build_pages(replace(hub, config=replace(hub.config, public_url=url)))


class Served:
    """Pages on a port of this machine."""

    def __init__(self, pages: Callable[[str], FastAPI]) -> None:
        """`pages`: the application, at an address."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._socket.getsockname()[1]}"  # under a name: browsers give passkeys
        app = pages(self.url)
        self.time = ServerTime()
        self._server = _Quiet(uvicorn.Config(self._timed(app), log_level="error", access_log=False))
        self._task: asyncio.Task[None] | None = None

    def _timed(self, app: FastAPI) -> "uvicorn._types.ASGIApplication":
        async def timed(scope, receive, send):  # type: ignore[no-untyped-def]
            began = time.perf_counter()
            await app(scope, receive, send)
            self.time.seconds += time.perf_counter() - began

        return timed

    async def start(self) -> None:
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        while not self._server.started:  # noqa: ASYNC110 - it has no event to wait for
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        self._server.should_exit = True
        if self._task is not None:
            await self._task


class _Quiet(uvicorn.Server):
    """Leaves signals to the tests."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


class Stage:
    """Where a journey plays.

    Attributes:
        width: of the screens. script: whether JavaScript is on. dark: the colour scheme.
    """

    def __init__(
        self, fed: Federation, browser: Browser, *, width: int, script: bool, dark: bool, checked: set[str]
    ) -> None:
        """`checked`: what axe has seen in this width and colour scheme, also in journeys before."""
        self.fed, self._browser = fed, browser
        self.width, self.script, self.dark = width, script, dark
        self._held_before = {node.name: node.reads() for node in fed.nodes.values()}
        self._served: dict[str, Served] = {}
        self._people: list[Person] = []
        self._checked = checked

    async def served(self, node: Node) -> Served:
        """A node's pages, served from when they are first asked for."""
        return await self._serve(node.name, lambda url: node_pages(node, url))

    async def _serve(self, name: str, pages: Callable[[str], FastAPI]) -> Served:
        if name not in self._served:
            made = Served(pages)
            await made.start()
            self._served[name] = made
        return self._served[name]

    async def person(self, name: str, node: Node) -> Person:
        """Somebody with a fresh browser before a node's pages, not signed in."""
        return await self._arrive(name, await self.served(node))

    async def person_at_hub(self, name: str) -> Person:
        """Somebody with a fresh browser before the hub's pages, not signed in."""
        hub = self.fed.hub
        return await self._arrive(name, await self._serve("hub", lambda url: hub_pages(hub, url)))

    async def _arrive(self, name: str, served: Served) -> Person:
        made = await Person.arrive(
            name,
            self._browser,
            served.url,
            width=self.width,
            script=self.script,
            dark=self.dark,
            checked=self._checked,
        )
        self._people.append(made)
        return made

    async def settle(self) -> None:
        """Everything that is on its way arrives; hours pass."""
        await self.fed.settle()

    def arrived_at(self, node: Node) -> frozenset[str]:
        """Statements that have come to a node since the journey began, and that it can read."""
        return node.reads() - self._held_before[node.name]

    async def come_back(self, person: Person) -> None:
        """Somebody comes back to a screen that has locked, and opens it with the PIN."""
        await person.open("/")
        if await person.heading() == "The screen is locked":
            await person.fill("PIN of this device", PIN)
            await person.press("Open")

    async def close(self) -> None:
        for one in self._people:
            await one.leave()
        for served in self._served.values():
            await served.stop()


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser; its absence fails."""
    assert CHROMIUM.exists(), "Chromium is needed at /usr/bin/chromium: on Debian, apt-get install chromium"
    playwright: Playwright = await async_playwright().start()
    browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
    try:
        yield browser
    finally:
        await browser.close()
        await playwright.stop()
