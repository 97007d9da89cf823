"""The language in which somebody reads warnings: chosen once, on every device of theirs."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.choose_language import choose_language
from node.web.site import Visit
from protocol.house.core.staff import may_be_here
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/account/language")

Own = Annotated[Visit, door(may_be_here)]


@rooms.get("")
def own_language(visit: Own) -> Response:
    """Which one?"""
    return _page(visit, Form.filled({"reads_in": visit.language.language}))


def _page(visit: Visit, form: Form, status: int = 200) -> Response:
    offered = [(one.language, one.name) for one in visit.site.languages.values()]
    return visit.page("account/language.html", status=status, form=form, offered=offered)


@rooms.post("")
def choose(visit: Own, form: Posted) -> Response:
    """From now on."""
    chosen = form.one_of("reads_in", visit.site.languages, missing="Choose a language")
    if chosen is None:
        return _page(visit, form, 422)
    choose_language(visit.site.case_desk(), visit.session, language=chosen, now=visit.now)
    return go("/account")
