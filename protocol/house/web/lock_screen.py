"""The way out of every page, and the lock screen: opened by PIN, password or passkey.

What was being sent when the screen locked is kept, and shown to be sent after all.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from protocol.house.actions.confirm_self import has_pin, unlock
from protocol.house.actions.keep_form import forget_kept_form, keep_form, read_kept_form
from protocol.house.actions.lock_session import lock_session
from protocol.house.actions.use_passkey import unlock_options, unlock_with_passkey
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.session import KeptForm, SignedIn
from protocol.house.core.staff import may_be_here
from protocol.house.web.cookies import DEVICE, SESSION, drop_cookie, read_cookie
from protocol.house.web.doors import (
    CSRF,
    KEPT,
    Locked,
    Posted,
    Visit,
    door,
    form_of,
    go,
    local_path,
    page,
    sign_in_path,
    signed_in,
    site_of,
)
from protocol.house.web.forms import Form, sentence
from protocol.house.web.posts import read_post
from protocol.house.web.site import Site

rooms = APIRouter()

Here = Annotated[Site, Depends(site_of)]
Who = Annotated[SignedIn, Depends(signed_in)]


async def screen_is_locked(request: Request, error: Exception) -> Response:
    """Any page of a locked session: what was posted is kept, sealed, and the lock screen comes."""
    assert isinstance(error, Locked)
    if request.method == "GET":
        return RedirectResponse(sign_in_path(request).replace("/sign-in", "/locked", 1), 303)
    form = form_of(await read_post(request), error.session)
    pairs = tuple((name, value) for name, value in form.pairs() if name not in (CSRF, KEPT))
    site = site_of(request)
    kept = KeptForm(request.url.path, pairs)
    await run_in_threadpool(keep_form, site.house_desk(), error.session, kept, now=site.now())
    return RedirectResponse("/locked", 303)


@rooms.get("/leave")
def leave(request: Request, site: Here) -> Response:
    """Locks the screen and is somewhere else; what the browser kept of these pages is dropped."""
    token, device = read_cookie(request, site, SESSION), read_cookie(request, site, DEVICE)
    if token is not None and device is not None:
        lock_session(site.house_desk(), token, device, now=site.now())
    return RedirectResponse(site.leave_url, 303, headers={"clear-site-data": '"cache"'})


@rooms.get("/locked")
def locked(request: Request, site: Here, who: Who, then: str = "/") -> Response:
    """The screen is locked."""
    if not who.locked:
        return go(local_path(then))
    return _screen(request, site, who, Form.filled({"then": local_path(then)}))


def _screen(request: Request, site: Site, who: SignedIn, form: Form, status: int = 200) -> Response:
    desk = site.house_desk()
    return page(
        request,
        site,
        "account/locked.html",
        status=status,
        session=who,
        rooms=(),
        form=form,
        kept=read_kept_form(desk, who) is not None,
        pin=has_pin(desk, who),
        passkey=unlock_options(desk, who, now=site.now()),
    )


@rooms.post("/locked")
def open_it(request: Request, site: Here, who: Who, form: Posted) -> Response:
    """By PIN or password."""
    try:
        unlock(site.house_desk(), who, pin=form.line("pin"), password=form.value("password"), now=site.now())
    except Refused as error:
        form.refuse("pin" if form.value("pin") else "password", sentence(error.message))
        return _screen(request, site, who, form, 422)
    except NotFound:
        return _over(site)
    return _opened(site, who, form)


@rooms.post("/locked/passkey")
def open_by_passkey(request: Request, site: Here, who: Who, form: Posted) -> Response:
    """What the browser's passkey answered."""
    try:
        unlock_with_passkey(site.house_desk(), who, answer=form.value("answer"), now=site.now())
    except Refused as error:
        form.refuse("", sentence(error.message))
        return _screen(request, site, who, form, 422)
    except NotFound:
        return _over(site)
    return _opened(site, who, form)


def _opened(site: Site, who: SignedIn, form: Form) -> Response:
    kept = read_kept_form(site.house_desk(), who)
    return go(local_path(form.value("then")) if kept is None else "/kept")


def _over(site: Site) -> Response:
    """These were all the tries."""
    answer = go("/sign-in")
    drop_cookie(answer, site, SESSION)
    return answer


@rooms.get("/kept")
def kept(visit: Annotated[Visit, door(may_be_here)]) -> Response:
    """What was being sent when the screen locked: send it now, or not."""
    form = read_kept_form(visit.desk, visit.session)
    return go("/") if form is None else visit.page("account/kept.html", kept=form, was_kept=KEPT)


@rooms.post("/kept/forget")
def forget(visit: Annotated[Visit, door(may_be_here)], form: Posted) -> Response:
    """Not wanted any more."""
    forget_kept_form(visit.desk, visit.session)
    return go("/")
