"""Who may come in: each route names one rule of `core.access`; nobody comes to a page by another way.

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
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from node.actions.case_desk import CaseDesk
from node.actions.keep_form import forget_kept_form
from node.actions.practise import practice_voice
from node.actions.read_session import read_session
from node.core.access import Rule, Staff
from node.core.catalogue import ENGLISH, Catalogue
from node.core.errors import NotFound
from node.core.practice import COLLEAGUE
from node.core.session import SignedIn
from node.core.voice import Voice
from node.web.cookies import DEVICE, SESSION, read_cookie
from node.web.forms import Form
from node.web.posts import Post, Upload, read_post
from node.web.rooms import is_for_practice, rooms_for
from node.web.site import Site

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


class NotInPractice(Exception):
    """Somebody practises, and this page is about what is real."""


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
        return acting_as(self.session)

    @property
    def by(self) -> str:
        """Their name, as actions are told it."""
        return self.who.name

    @property
    def desk(self) -> CaseDesk:
        """The desk of the records: in practice the one with fictional cases."""
        if self.session.practice:
            return self.site.practice.desk(self.site.config, self.session.staff, self.now)
        return self.site.case_desk()

    @property
    def language(self) -> Catalogue:
        """The language in which they want to read a warning, by `?lang=`; one that we do not have is English."""
        return self.site.languages.get(self.request.query_params.get("lang", ""), ENGLISH)

    def voice(self) -> Voice | None:
        """This node's voice in the log, or None; in practice nobody's."""
        return practice_voice(self.site.voice()) if self.session.practice else self.site.voice()

    def require_voice(self) -> Voice:
        """The same.

        Raises:
            Misconfigured: there is none, and why.
        """
        found = self.site.require_voice()
        return practice_voice(found) or found if self.session.practice else found

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
        "languages": tuple(site.languages.values()),
        "language": site.languages.get(request.query_params.get("lang", ""), ENGLISH),
    }
    if session is not None:
        field = Markup('<input type="hidden" name="{}" value="{}">').format(CSRF, session.csrf)
        shared |= {
            "who": acting_as(session),
            "rooms": rooms_for(acting_as(session), request.url.path, practice=bool(session.practice)),
            "csrf_field": field,
            "practice": session.practice,
        }
    filled = {**shared, **context}
    made, form = site.renderer.render(template, filled), filled["form"]
    if form is not None and (without := [name for name in form.errors if name and f'id="{name}"' not in made]):
        form.say_of_page(without)  # decided meanwhile, or not theirs: there is no such field here any more
        made = site.renderer.render(template, filled)
    return HTMLResponse(made, status)


def acting_as(session: SignedIn) -> Staff:
    """Who a session is for the pages: oneself, or in practice perhaps the colleague."""
    if session.practice == "colleague":
        return Staff(id=0, name=COLLEAGUE, roles=frozenset({"coordinator"}))
    return session.staff


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
        return read_session(site.case_desk(), token, device, now=site.now())
    except NotFound as error:
        raise SignInFirst from error


class Door:
    """Lets in those whom a rule lets in. `rule` is read by the test that holds every route against every role."""

    def __init__(self, rule: Rule) -> None:
        """`rule` is of `core.access`."""
        self.rule = rule

    def __call__(
        self,
        request: Request,
        site: Annotated[Site, Depends(site_of)],
        session: Annotated[SignedIn, Depends(signed_in)],
    ) -> Visit:
        """The visit.

        Raises:
            Locked: the screen is locked.
            NotYours: the rule says no.
        """
        if session.locked:
            raise Locked(session)
        if session.practice and not is_for_practice(request.url.path):
            raise NotInPractice
        if not self.rule(acting_as(session)):
            raise NotYours
        return Visit(request=request, site=site, session=session, now=site.now())


def door(rule: Rule) -> Any:
    """The dependency of a route that this rule guards."""
    return Depends(Door(rule))


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
        forget_kept_form(site.case_desk(), session)
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
Handler = Callable[[Request, Exception], Response]


def sign_in_path(request: Request) -> str:
    """Where to sign in, and to come back from."""
    wanted = request.url.path if request.method == "GET" else "/"
    return "/sign-in" if wanted == "/" else f"/sign-in?then={quote(wanted)}"
