"""Who may come in: each route names one rule of the service's `core.access`; nobody comes to a page by another way.

    @rooms.get("/reports")
    def reports(visit: Annotated[Visit, door(access.may_read_reports)]) -> Response: ...

`visit` is one signed-in person at one moment. A form is read by `Posted`, which also wants the token of this session.
"""

import datetime as dt
import hmac
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

import msgspec
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from protocol.house.actions.desk import HouseDesk
from protocol.house.actions.keep_form import forget_kept_form
from protocol.house.actions.read_session import read_session
from protocol.house.core.errors import NotFound
from protocol.house.core.session import SignedIn
from protocol.house.core.staff import Rule, Staff
from protocol.house.core.staffing import Staffing
from protocol.house.web.cookies import DEVICE, SESSION, read_cookie
from protocol.house.web.forms import Form
from protocol.house.web.posts import Post, Upload, read_post
from protocol.house.web.site import Site

CSRF: Final = "csrf"
KEPT: Final = "was-kept"
"""A field of what was kept when the screen locked, and is sent now."""


class SignInFirst(Exception):
    """Nobody is signed in: the page is shown after they have."""


class Locked(Exception):
    """Signed in, and the screen is locked: what was being sent is kept."""

    def __init__(self, session: SignedIn) -> None:
        self.session = session
        super().__init__()


class NotYours(Exception):
    """Signed in, and this is not for any of their roles."""


class NotFromHere(Exception):
    """A form without this session's token: it was not one of our pages that sent it, or the page is old."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One signed-in person asking for one page.

    Attributes:
        now: aware UTC, the same for all that happens in this visit.
    """

    request: Request
    site: Site
    session: SignedIn
    now: dt.datetime

    @property
    def who(self) -> Staff:
        """Who it is; in practice perhaps the fictional colleague."""
        return self.site.acting_as(self.session)

    @property
    def by(self) -> str:
        """Their name, as actions are told it."""
        return self.who.name

    @property
    def desk(self) -> HouseDesk:
        """The desk of people, accounts and the trail; a service's own visits have one of theirs."""
        return self.site.house_desk()

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Renders a page for them. Status 422 is for a form that comes back with errors."""
        return page(self.request, self.site, template, status=status, session=self.session, **context)


def page(
    request: Request, site: Site, template: str, *, status: int = 200, session: SignedIn | None = None, **context: Any
) -> HTMLResponse:
    """Renders a page, for somebody signed in or for anybody."""
    shared: dict[str, Any] = {
        "path": request.url.path,
        "who": None,
        "rooms": (),
        "csrf_field": "",
        "practice": False,
        "form": None,
        **site.said_on_every_page(request, session),
    }
    if session is not None:
        field = Markup('<input type="hidden" name="{}" value="{}">').format(CSRF, session.csrf)
        shared |= {
            "who": site.acting_as(session),
            "rooms": site.rooms_for(session, request.url.path),
            "csrf_field": field,
            "practice": session.practice,
        }
    filled = {**shared, **context}
    made, form = site.renderer.render(template, filled), filled["form"]
    if form is not None and (without := [name for name in form.errors if name and f'id="{name}"' not in made]):
        form.say_of_page(without)  # decided meanwhile, or not theirs: there is no such field here any more
        made = site.renderer.render(template, filled)
    return HTMLResponse(made, status)


def go(path: str) -> RedirectResponse:
    """On to another page after something was done: reloading does nothing twice."""
    return RedirectResponse(path, 303)


def site_of(request: Request) -> Site:
    """The pages' site."""
    site: Site = request.app.state.site
    return site


def signed_in(request: Request, site: Annotated[Site, Depends(site_of)]) -> SignedIn:
    """Who is signed in by this request's cookie, locked or not.

    Raises:
        SignInFirst: nobody.
    """
    token, device = read_cookie(request, site, SESSION), read_cookie(request, site, DEVICE)
    if token is None or device is None:
        raise SignInFirst
    try:
        return read_session(site.house_desk(), token, device, now=site.now())
    except NotFound as error:
        raise SignInFirst from error


class Door:
    """Lets in those whom a rule lets in. `rule` is read by the test that holds every route against every role."""

    def __init__(self, rule: Rule) -> None:
        """`rule` is of the service's `core.access`."""
        self.rule = rule

    def rule_at(self, _site: Site) -> Rule:
        """The rule, of whatever service."""
        return self.rule

    def __call__(
        self,
        request: Request,
        site: Annotated[Site, Depends(site_of)],
        session: Annotated[SignedIn, Depends(signed_in)],
    ) -> Any:
        """The service's visit.

        Raises:
            Locked: the screen is locked.
            NotYours: the rule says no.
        """
        if session.locked:
            raise Locked(session)
        site.require_open(session, request.url.path)
        if not self.rule_at(site)(site.acting_as(session)):
            raise NotYours
        return site.visit(request, session)


class StaffingDoor(Door):
    """A door of the house itself, whose rule is one of the service's staffing."""

    def __init__(self, pick: Callable[[Staffing], Rule]) -> None:
        """`pick` takes it from there."""
        self._pick = pick

    def rule_at(self, site: Site) -> Rule:
        """The rule of this service."""
        return self._pick(site.staffing)


def door(rule: Rule) -> Any:
    """The dependency of a route that this rule guards."""
    return Depends(Door(rule))


def staffing_door(pick: Callable[[Staffing], Rule]) -> Any:
    """The dependency of a route of the house that a rule of the service's staffing guards."""
    return Depends(StaffingDoor(pick))


def posted(
    post: Annotated[Post, Depends(read_post)],
    session: Annotated[SignedIn, Depends(signed_in)],
    site: Annotated[Site, Depends(site_of)],
) -> Form:
    """The posted form of somebody signed in; what was kept when the screen locked is forgotten once it is sent.

    Raises:
        NotFromHere: without the session's token.
    """
    form = form_of(post, session)
    if form.has(KEPT):
        forget_kept_form(site.house_desk(), session)
    return form


def form_of(post: Post, session: SignedIn) -> Form:
    """What one of our pages of this session posted.

    Raises:
        NotFromHere: without the session's token.
    """
    form = Form(post.fields)
    if not hmac.compare_digest(form.value(CSRF).encode(), session.csrf.encode()):
        raise NotFromHere
    return form


def address_of(request: Request) -> str:
    """Where a request comes from, as the server sees it; behind a proxy, as the proxy says."""
    return "" if request.client is None else request.client.host


def local_path(wanted: str) -> str:
    """A path of ours to go on to; anything else is the start page."""
    fine = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if fine else "/"


def uploads(post: Annotated[Post, Depends(read_post)]) -> Mapping[str, Upload]:
    """The posted files, by field."""
    return post.files


Posted = Annotated[Form, Depends(posted)]


def sign_in_path(request: Request) -> str:
    """Where to sign in, and to come back from."""
    wanted = request.url.path if request.method == "GET" else "/"
    return "/sign-in" if wanted == "/" else f"/sign-in?then={quote(wanted)}"
