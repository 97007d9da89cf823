"""Signing in and out. Three fields on one page, or a passkey where the browser can."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from protocol.house.actions.end_access import sign_out
from protocol.house.actions.sign_in import sign_in
from protocol.house.actions.use_passkey import sign_in_options, sign_in_with_passkey
from protocol.house.core.errors import Refused, TooSoon
from protocol.house.core.passwords import LONGEST
from protocol.house.web.cookies import DEVICE, SESSION, drop_cookie, read_cookie
from protocol.house.web.doors import Posted, address_of, go, local_path, site_of
from protocol.house.web.forms import Form, sentence
from protocol.house.web.site import Site
from protocol.house.web.strangers import StrangerPosted, signed_in_now, strangers_page

rooms = APIRouter()

Here = Annotated[Site, Depends(site_of)]


@rooms.get("/sign-in")
def before(request: Request, site: Here, then: str = "/") -> Response:
    """Who are you?"""
    return _ask(request, site, Form.filled({"then": local_path(then)}))


def _ask(request: Request, site: Site, form: Form, error: Refused | None = None) -> Response:
    status, headers = 200, {}
    if error is not None:
        form.refuse("name", sentence(error.message))
        status = 422
    if isinstance(error, TooSoon):
        status, headers = 429, {"retry-after": str(error.retry_after_seconds)}
    options = sign_in_options(site.house_desk(), now=site.now())
    return strangers_page(
        request, site, "account/sign_in.html", status=status, headers=headers, form=form, passkey=options
    )


@rooms.post("/sign-in")
def by_password(request: Request, site: Here, form: StrangerPosted) -> Response:
    """All three at once: nobody is told which was wrong."""
    name, code = form.line("name"), form.line("code")
    try:
        begun = sign_in(
            site.house_desk(),
            name=name,
            password=form.value("password")[: LONGEST + 1],
            code=code,
            address=address_of(request),
            device_token=read_cookie(request, site, DEVICE),
            now=site.now(),
        )
    except Refused as error:
        return _ask(request, site, form, error)
    then = local_path(form.value("then"))
    return signed_in_now(go("/account/device" if begun.first_time else then), site, begun)


@rooms.post("/sign-in/passkey")
def by_passkey(request: Request, site: Here, form: StrangerPosted) -> Response:
    """What the browser's passkey answered."""
    try:
        begun = sign_in_with_passkey(
            site.house_desk(),
            answer=form.value("answer"),
            address=address_of(request),
            device_token=read_cookie(request, site, DEVICE),
            now=site.now(),
        )
    except Refused as error:
        return _ask(request, site, form, error)
    then = local_path(form.value("then"))
    return signed_in_now(go("/account/device" if begun.first_time else then), site, begun)


@rooms.post("/sign-out")
def out(request: Request, site: Here, form: Posted) -> Response:
    """The end of a shift, also from the lock screen. The device stays enrolled."""
    token, device = read_cookie(request, site, SESSION) or "", read_cookie(request, site, DEVICE) or ""
    sign_out(site.house_desk(), token, device, now=site.now())
    answer = go("/sign-in")
    drop_cookie(answer, site, SESSION)
    answer.headers["clear-site-data"] = '"cache"'
    return answer
