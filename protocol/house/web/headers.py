"""Headers of every answer: nothing from elsewhere, nothing kept by the browser, no referrer, no frame."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from protocol.house.web.rendering import FRONTEND_SCRIPT, script_hash

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' '{script_hash(FRONTEND_SCRIPT)}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

ALWAYS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-robots-tag", b"noindex"),
)
NOT_KEPT: Final = (b"cache-control", b"no-store")
HTTPS_ONLY: Final = (b"strict-transport-security", b"max-age=31536000")
"""A year, as browsers ask of it."""

LONGEST_PATH: Final = 1_000
"""Characters of an address. Ours have at most a hundred; no number in one can have thousands of figures."""

NOWHERE: Final = "/nowhere"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Headers:
    """Puts them on every answer of `app`; what says itself how long it may be kept is left to it.

    An address that is longer than any of ours, or holds a control character, leads nowhere.
    """

    def __init__(self, app: App, *, https: bool) -> None:
        """`https`: the pages are reached by it."""
        self._app = app
        self._always = (*ALWAYS, HTTPS_ONLY) if https else ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        if len(scope["path"]) > LONGEST_PATH or not scope["path"].isprintable():  # PostgreSQL's text cannot hold NUL
            scope = {**scope, "path": NOWHERE, "raw_path": NOWHERE.encode()}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                if all(name != b"cache-control" for name, _ in given):
                    given.append(NOT_KEPT)
                message["headers"] = [*given, *self._always]
            await send(message)

        await self._app(scope, receive, sent)
