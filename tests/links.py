"""Links between nodes and a hub that lose, delay, duplicate, reorder and are cut, over an ASGI application in process.

A worked example of the faults, as httpx sees them:

    lost         the request never arrives          → ConnectError
    reply_lost   it arrives and is done, unanswered → ReadTimeout
    twice        it arrives twice                   → the second answer
    late         it arrives some requests later, in any order → ReadTimeout now
    cut          the link is down                   → ConnectError
"""

import random
from typing import Final

import httpx
from fastapi import FastAPI

FAULTS: Final = ("lost", "reply_lost", "twice", "late")


class Link(httpx.AsyncBaseTransport):
    """One node's way to the hub.

    Attributes:
        fault_rate: share of requests to which something happens, 0 to 1.
        cut: nothing passes.
        carried: every request and answer body that crossed, as bytes: what an eavesdropper inside TLS would have.
    """

    def __init__(self, app: FastAPI | None, seed: int = 0) -> None:
        self._inner: httpx.ASGITransport | None = None
        if app is not None:
            self.reach(app)
        self._random = random.Random(seed)
        self._late: list[httpx.Request] = []
        self.fault_rate = 0.0
        self.cut = False
        self.carried: list[bytes] = []

    def reseed(self, seed: int) -> None:
        """What happens from now on depends on this alone, not on what has happened."""
        self._random.seed(seed)

    def reach(self, app: FastAPI) -> None:
        """From now on it leads to this hub."""
        self._inner = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carries a request, or does not."""
        if self.cut or self._inner is None:
            raise httpx.ConnectError("the link is cut", request=request)
        body = await request.aread()
        fault = self._random.choice(FAULTS) if self._random.random() < self.fault_rate else ""
        if fault == "lost":
            raise httpx.ConnectError("lost", request=request)
        if fault == "late":
            self._late.append(self._copy(request, body))
            raise httpx.ReadTimeout("late", request=request)
        await self._deliver_late()
        answer = await self._carry(request, body)
        if fault == "twice":
            answer = await self._carry(request, body)
        if fault == "reply_lost":
            raise httpx.ReadTimeout("the reply was lost", request=request)
        return answer

    async def _carry(self, request: httpx.Request, body: bytes) -> httpx.Response:
        self.carried.append(b"\n".join([str(request.url).encode(), *(value for _, value in request.headers.raw)]))
        self.carried.append(body)
        assert self._inner is not None
        answer = await self._inner.handle_async_request(self._copy(request, body))
        content = await answer.aread()
        self.carried.append(content)
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)

    async def _deliver_late(self) -> None:
        """What was late arrives now, in any order."""
        late, self._late = self._late, []
        self._random.shuffle(late)
        for request in late:
            await self._carry(request, await request.aread())

    @staticmethod
    def _copy(request: httpx.Request, body: bytes) -> httpx.Request:
        return httpx.Request(request.method, request.url, headers=request.headers, content=body)
