"""Answers over HTTP in forms that no client expects."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable

from tests.hostile.listing import attack, keeps
from tests.hostile.server import Send
from tests.hostile.stage import Stage


def _answers(
    status: int, body: bytes, *headers: tuple[bytes, bytes], repeat: int = 1
) -> Callable[[Send], Awaitable[None]]:
    async def answer(send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        for _ in range(repeat):
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return answer


def _hostile_http(stage: Stage, answer: Callable[[Send], Awaitable[None]]) -> None:
    stage.server.raw = answer
    stage.node.sync()
    stage.server.raw = None
    keeps(stage)


@attack("not in the form that it must have")
def enormous_answer(stage: Stage) -> None:
    _hostile_http(stage, _answers(200, b"x" * 2**20, repeat=200))


@attack("not in the form that it must have")
def packed_answer(stage: Stage) -> None:
    bomb = gzip.compress(bytes(2**26))
    _hostile_http(stage, _answers(200, bomb, (b"content-encoding", b"gzip")))


@attack("not in the form that it must have")
def redirect_elsewhere(stage: Stage) -> None:
    _hostile_http(stage, _answers(302, b"", (b"location", b"http://127.0.0.1:9/v1/tokens")))


@attack("not in the form that it must have")
def not_json(stage: Stage) -> None:
    _hostile_http(stage, _answers(200, b"<html>sign in to this wireless network</html>"))


@attack("cannot do this now")
def retry_after_for_ever(stage: Stage) -> None:
    _hostile_http(stage, _answers(503, b"{}", (b"retry-after", b"9" * 5_000)))


@attack("did not answer in time", seconds=4)
def slow_drip(stage: Stage) -> None:
    async def drip(send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(200):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.sleep(0.1)

    _hostile_http(stage, drip)
