"""Forms that are posted before anybody is signed in: the browser holds a random cookie, and the form the same."""

import hmac
from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from protocol.house.actions.begin_session import Begun
from protocol.house.core.account import TOKEN_BYTES
from protocol.house.web.cookies import DEVICE, FORM, SESSION, drop_cookie, read_cookie, set_cookie
from protocol.house.web.doors import CSRF, NotFromHere, page, site_of
from protocol.house.web.forms import Form
from protocol.house.web.posts import Post, read_post
from protocol.house.web.site import Site

_LONGEST: Final = 2 * TOKEN_BYTES


def strangers_page(
    request: Request,
    site: Site,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Renders a page with a form for somebody who is not signed in."""
    held = read_cookie(request, site, FORM)
    token = held if held and len(held) == _LONGEST else site.house_desk().vault.randomness(TOKEN_BYTES).hex()
    field = Markup('<input type="hidden" name="{}" value="{}">').format(CSRF, token)
    answer = page(request, site, template, status=status, csrf_field=field, **context)
    answer.headers.update(headers or {})
    set_cookie(answer, site, FORM, token)
    return answer


def stranger_posted(
    request: Request, site: Annotated[Site, Depends(site_of)], post: Annotated[Post, Depends(read_post)]
) -> Form:
    """What such a form posted.

    Raises:
        NotFromHere: not one of our pages in this browser sent it.
    """
    form, held = Form(post.fields), read_cookie(request, site, FORM)
    if not held or not hmac.compare_digest(form.value(CSRF).encode(), held.encode()):
        raise NotFromHere
    return form


StrangerPosted = Annotated[Form, Depends(stranger_posted)]


def signed_in_now(answer: Response, site: Site, begun: Begun) -> Response:
    """Gives the browser its session and what makes it this device."""
    set_cookie(answer, site, SESSION, begun.token)
    set_cookie(answer, site, DEVICE, begun.device_token)
    drop_cookie(answer, site, FORM)
    return answer
