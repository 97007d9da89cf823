"""Joins the rooms to one application, with what every answer and every error has in common."""

from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from node.core.errors import NodeError
from node.web import (
    account,
    agencies,
    audit,
    checks,
    danger_now,
    doors,
    drafting,
    home,
    imports,
    inbox,
    keeping,
    lock_screen,
    new_report,
    people,
    permissions,
    practice,
    prints,
    recovery,
    releases,
    report_beside,
    report_facts,
    report_files,
    reports,
    safeguarding,
    scheme_rules,
    settings,
    sign_in,
)
from node.web.forms import sentence
from node.web.headers import Headers
from node.web.posts import PostRefused
from node.web.problems import problem_of
from node.web.site import Site
from node.web.static_files import static

ROOMS: Final[tuple[APIRouter, ...]] = (
    static,
    home.rooms,
    danger_now.rooms,
    practice.rooms,
    releases.rooms,
    drafting.rooms,
    inbox.rooms,
    checks.rooms,
    imports.rooms,
    prints.rooms,
    scheme_rules.rooms,
    settings.rooms,
    new_report.rooms,
    reports.rooms,
    sign_in.rooms,
    lock_screen.rooms,
    account.rooms,
    permissions.rooms,
    people.rooms,
    audit.rooms,
    report_beside.rooms,
    keeping.rooms,
    agencies.rooms,
    recovery.rooms,
    report_files.rooms,
    report_facts.rooms,
    safeguarding.rooms,
)
"""Every router of pages."""


def add_pages(app: FastAPI, site: Site) -> None:
    """Adds the pages to an application."""
    app.state.site = site
    for room in ROOMS:
        app.include_router(room)
    app.add_middleware(Headers, https=site.https)
    app.add_exception_handler(doors.SignInFirst, lambda request, _: RedirectResponse(doors.sign_in_path(request), 303))
    app.add_exception_handler(doors.Locked, lock_screen.screen_is_locked)
    app.add_exception_handler(doors.NotYours, _not_yours)
    app.add_exception_handler(doors.NotInPractice, lambda _request, _: RedirectResponse("/practice", 303))
    app.add_exception_handler(doors.NotFromHere, _not_from_here)
    app.add_exception_handler(PostRefused, _post_refused)
    app.add_exception_handler(NodeError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _no_such_page)


def _problem(request: Request, status: int, heading: str, *lines: str) -> Response:
    return doors.page(request, doors.site_of(request), "problem.html", status=status, heading=heading, lines=lines)


def _not_yours(request: Request, _: Exception) -> Response:
    return _problem(request, 403, "This page is not for your role", "A coordinator can change what you may do here.")


def _not_from_here(request: Request, _: Exception) -> Response:
    return _problem(request, 403, "This page is too old", "Nothing was changed. Go back, load it again, and try again.")


def _post_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PostRefused)
    return _problem(request, error.status, error.heading, "Nothing was kept.")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, NodeError)
    problem = problem_of(error)
    return _problem(request, problem.status, problem.heading, f"{sentence(error.message)}.")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return _problem(request, 405, "This page cannot be used like that")
    return _no_such_page(request, error)


def _no_such_page(request: Request, _: Exception) -> Response:
    return _problem(request, 404, "There is no such page", "If you typed the address, look whether it is right.")
