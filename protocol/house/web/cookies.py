"""Our cookies: of this host alone, never read by a script, never sent from another site.

`SameSite=Strict`: nothing here needs to be reached signed in by a link from elsewhere.
"""

from typing import Final, Literal

from fastapi import Request
from fastapi.responses import Response

from protocol.house.core.session import LASTS
from protocol.house.web.site import Site, is_https

Name = Literal["watchword-session", "watchword-device", "watchword-form"]

SESSION: Final[Name] = "watchword-session"
DEVICE: Final[Name] = "watchword-device"
FORM: Final[Name] = "watchword-form"
"""Of a form that is posted before anybody is signed in: the form carries the same."""

_DEVICE_LASTS: Final = 400 * 24 * 3600
"""Seconds: the longest that browsers keep a cookie. The device itself is ended here, whatever they keep."""

_LASTS: Final[dict[Name, int | None]] = {
    SESSION: int(LASTS.total_seconds()),
    DEVICE: _DEVICE_LASTS,
    FORM: None,
}


def cookie_name(site: Site, name: Name) -> str:
    """Bound to this host and to https wherever the pages are reached by it."""
    return f"__Host-{name}" if is_https(site) else name


def read_cookie(request: Request, site: Site, name: Name) -> str | None:
    """What the browser holds."""
    return request.cookies.get(cookie_name(site, name))


def set_cookie(answer: Response, site: Site, name: Name, value: str) -> None:
    """Gives it to the browser."""
    answer.set_cookie(
        cookie_name(site, name),
        value,
        max_age=_LASTS[name],
        path="/",
        secure=is_https(site),
        httponly=True,
        samesite="strict",
    )


def drop_cookie(answer: Response, site: Site, name: Name) -> None:
    """Takes it from the browser."""
    answer.delete_cookie(cookie_name(site, name), path="/", secure=is_https(site), httponly=True, samesite="strict")
