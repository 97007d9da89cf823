"""Joins rooms to one application, with what every answer and every error has in common."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from protocol.house.core.errors import HouseError, NotFound, NotYours, Refused, TooSoon
from protocol.house.web import account, audit, doors, lock_screen, people, sign_in
from protocol.house.web.faults import Faults
from protocol.house.web.forms import sentence
from protocol.house.web.headers import Headers
from protocol.house.web.posts import PostRefused
from protocol.house.web.site import Site, is_https
from protocol.house.web.static_files import static


class Problem(msgspec.Struct, frozen=True):
    """What a person sees of an error: a status and a heading; the error's own message stands below."""

    status: int
    heading: str


Problems = Mapping[type[HouseError], Problem]

HOUSE_PROBLEMS: Final[Problems] = {
    NotYours: Problem(403, "This is not yours to see or do"),
    TooSoon: Problem(429, "Wait a little"),
    Refused: Problem(409, "This cannot be done"),
    NotFound: Problem(404, "There is no such thing here"),
}

HOUSE_ROOMS: Final[tuple[APIRouter, ...]] = (
    static,
    sign_in.rooms,
    lock_screen.rooms,
    account.rooms,
    people.rooms,
    audit.rooms,
)
"""Every router of the house's own pages."""


def join_rooms(app: FastAPI, site: Site, rooms: Sequence[APIRouter], problems: Problems) -> None:
    """Adds pages to an application.

    Args:
        site: what they work with; routes find it by the application.
        rooms: the service's, `HOUSE_ROOMS` among them.
        problems: a status and a heading for each of the service's errors, the house's among them.
    """
    app.state.site = site
    for room in rooms:
        app.include_router(room)
    app.add_middleware(Faults, answer=_fault)
    app.add_middleware(Headers, https=is_https(site))

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HouseError)
        found = problem_of(problems, error)
        return problem_page(request, found.status, found.heading, f"{sentence(error.message)}.")

    app.add_exception_handler(doors.SignInFirst, lambda request, _: RedirectResponse(doors.sign_in_path(request), 303))
    app.add_exception_handler(doors.Locked, lock_screen.screen_is_locked)
    app.add_exception_handler(doors.NotYours, _not_yours)
    app.add_exception_handler(doors.NotFromHere, _not_from_here)
    app.add_exception_handler(PostRefused, _post_refused)
    app.add_exception_handler(HouseError, refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _no_such_page)


def problem_of(problems: Problems, error: HouseError) -> Problem:
    """The problem of an error, by its nearest kind."""
    return next(problems[kind] for kind in type(error).__mro__ if kind in problems)


def problem_page(request: Request, status: int, heading: str, *lines: str) -> Response:
    """A page that says what is wrong."""
    return doors.page(request, doors.site_of(request), "problem.html", status=status, heading=heading, lines=lines)


def _not_yours(request: Request, _: Exception) -> Response:
    line = "Whoever looks after accounts here can change what you may do."
    return problem_page(request, 403, "This page is not for your role", line)


def _not_from_here(request: Request, _: Exception) -> Response:
    line = "Nothing was changed. Go back, load it again, and try again."
    return problem_page(request, 403, "This page is too old", line)


def _post_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PostRefused)
    return problem_page(request, error.status, error.heading, "Nothing was kept.")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return problem_page(request, 405, "This page cannot be used like that")
    return _no_such_page(request, error)


def _no_such_page(request: Request, _: Exception) -> Response:
    return problem_page(request, 404, "There is no such page", "If you typed the address, look whether it is right.")


def _fault(request: Request) -> Response:
    lines = (
        "It is not your fault. Look whether what you did was kept before you do it again.",
        "If it happens again, tell whoever looks after this machine when it was.",
    )
    return problem_page(request, 500, "Something went wrong here", *lines)
