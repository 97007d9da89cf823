"""Faults of ours are answered and logged by type and place; nothing else hears of them."""

import logging
import traceback
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from protocol.house.web.headers import App, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)


class Faults:
    """Catches what no handler of `app` took, so that the server does not write its message into the log.

    A message may hold what was sent: the database's names the values of a statement.
    """

    def __init__(self, app: App, *, answer: Callable[[Request], Response]) -> None:
        """`answer`: with status 500; if it cannot be made either, the answer is empty."""
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. An answer that had begun breaks off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            _log(error)
            if not begun:
                await self._made(Request(scope))(scope, receive, send)

    def _made(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except Exception as error:
            _log(error)
            return Response(status_code=500)


def _log(error: Exception) -> None:
    place = "".join(traceback.format_tb(error.__traceback__))
    logger.error("fault: %s\n%s", type(error).__name__, place)
