"""The simulated hub behind real HTTP on loopback, so that a node of any making can be put before it."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import uvicorn

from tests.node.hub_simulator import HubSimulator

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class HostileServer:
    """Serves `hub`, which may be changed at any time, until the block ends.

    Attributes:
        raw: answers before the hub does, in whatever form; None: nobody does.
        asked: paths of the requests, in order.
    """

    def __init__(self) -> None:
        self.hub: HubSimulator | None = None
        self.raw: Callable[[Send], Awaitable[None]] | None = None
        self.asked: list[str] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self._app, interface="asgi3", log_level="error", lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve(sockets=[self._socket])))

    def __enter__(self) -> "HostileServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    async def _app(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.asked.append(scope["path"])
        if self.raw is not None:
            await self.raw(send)
            return
        assert self.hub is not None
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        request = httpx.Request(
            scope["method"], f"{self.url}{scope['path']}{query}", headers=scope["headers"], content=body
        )
        try:
            answer = await self.hub.handle(request)
        except httpx.HTTPError:
            await send({"type": "http.response.start", "status": 599, "headers": []})
            await send({"type": "http.response.body", "body": b"", "more_body": True})
            return  # the connection breaks off
        await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.headers.raw})
        await send({"type": "http.response.body", "body": answer.content})
