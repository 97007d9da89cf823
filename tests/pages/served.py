"""An application behind the web server that the services run it with, on a port of this machine."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import httpx
import uvicorn
from fastapi import FastAPI

LOOPBACK = "127.0.0.1"


class _Quiet(uvicorn.Server):
    """Leaves signals to the tests."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


@contextlib.asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client before it; the server logs through the root, where a test listens."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False)
    server = _Quiet(config)
    with socket.create_server((LOOPBACK, 0)) as listening:
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110 - it has no event to wait for
            await asyncio.sleep(0.01)
        try:
            async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{listening.getsockname()[1]}") as client:
                yield client
        finally:
            server.should_exit = True
            await task
