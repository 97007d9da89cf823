"""Every refusal as an answer: RFC 9457. Source: spec/exchange.md §2."""

import msgspec
from fastapi import Request, Response

from hub.core.errors import HubError

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request is not as it must be",
    401: "The request does not prove who sends it",
    403: "Not allowed",
    404: "There is no such thing",
    405: "Not that way",
    409: "That cannot be, given what is here",
    413: "Too large",
    429: "Too many",
    500: "A fault of the hub",
    503: "Not now",
}


def problem(status: int, code: str, detail: str = "", retry_after_seconds: int | None = None) -> Response:
    """An RFC 9457 answer. `detail` names fields, never values."""
    content = {"type": "about:blank", "title": TITLES[status], "status": status, "code": code}
    if detail:
        content["detail"] = detail
    headers = {} if retry_after_seconds is None else {"Retry-After": str(retry_after_seconds)}
    return Response(msgspec.json.encode(content), status, headers=headers, media_type=MEDIA_TYPE)


async def answer_hub_error(_request: Request, error: Exception) -> Response:
    """Turns any `HubError` into its answer."""
    assert isinstance(error, HubError)
    return problem(error.status, error.code, error.detail, error.retry_after_seconds)
