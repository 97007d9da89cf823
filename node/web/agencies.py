"""Member agencies: to whom they are tied, and how one leaves with its reports."""

from collections.abc import Mapping
from typing import Annotated, Final, cast

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from node.actions.declare_ties import declare_ties, list_agencies
from node.actions.leave_scheme import export_reports, leave_scheme, new_passphrase
from node.core import access
from node.core.agencies import TIE_BODIES, TIE_KINDS, Agency, Tie, Warnings
from node.web.site import Visit
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go, uploads
from protocol.house.web.forms import Form
from protocol.house.web.posts import Upload

rooms = APIRouter(prefix="/agencies")

Anyone = Annotated[Visit, door(access.may_take_reports)]
Keeper = Annotated[Visit, door(access.may_keep_records)]

KIND_WORDS: Final = {"funding": "funded by", "seconded_staff": "staff from", "shared_premises": "shares premises with"}
BODY_WORDS: Final = {"police": "police", "council": "a council", "immigration": "an immigration body"}
TIES: Final = tuple(
    (f"{kind}-{body}", f"{KIND_WORDS[kind].capitalize()} {BODY_WORDS[body]}")
    for kind in TIE_KINDS
    for body in TIE_BODIES
)
WARNINGS: Final = (
    ("take_back", "Take them back"),
    ("stay", "They stay until they lapse", "Their reports stay with them, and are due to go then."),
)


def in_one_line(agency: Agency) -> str:
    """Its ties, as they are read out with the permissions."""
    if agency.declared_at is None:
        return "has not said to whom it is tied"
    said = [f"{KIND_WORDS[tie.kind]} {BODY_WORDS[tie.body]}" for tie in agency.ties]
    return ", ".join(said) or "not tied to police, council or immigration bodies"


@rooms.get("")
def agencies(visit: Anyone) -> Response:
    """All of them, with their ties."""
    found = [(at, one, in_one_line(one)) for at, one in enumerate(list_agencies(visit.desk))]
    return visit.page("agencies/all.html", found=found, may_keep=access.may_keep_records(visit.who))


def _agency(visit: Visit, at: int) -> Agency:
    found = list_agencies(visit.desk)
    if at >= len(found):
        raise NotFound("agency", "there is no such agency here")
    return found[at]


@rooms.get("/{at:int}/ties")
def ties(visit: Keeper, at: int) -> Response:
    """What it declared."""
    agency = _agency(visit, at)
    filled = Form.filled({"ties": [f"{tie.kind}-{tie.body}" for tie in agency.ties]})
    return visit.page("agencies/ties.html", form=filled, at=at, agency=agency, ties=TIES)


@rooms.post("/{at:int}/ties")
def declare(visit: Keeper, form: Posted, at: int) -> Response:
    """Declares anew."""
    agency = _agency(visit, at)
    said = form.several_of("ties", {code for code, _ in TIES})
    declared = tuple(Tie(kind=kind, body=body) for kind, body in (code.split("-") for code in said))  # type: ignore[arg-type]
    if form.errors:
        return visit.page("agencies/ties.html", status=422, form=form, at=at, agency=agency, ties=TIES)
    declare_ties(visit.desk, agency=agency.name, ties=declared, by=visit.by, now=visit.now)
    return go("/agencies")


@rooms.get("/{at:int}/leave")
def before_leaving(visit: Keeper, at: int) -> Response:
    """The two steps, and eight words for the first."""
    return _leave(visit, at, Form())


def _leave(visit: Visit, at: int, form: Form, status: int = 200) -> Response:
    return visit.page(
        "agencies/leave.html",
        status=status,
        form=form,
        at=at,
        agency=_agency(visit, at),
        passphrase=new_passphrase(visit.desk),
        warnings=WARNINGS,
    )


@rooms.post("/{at:int}/export")
def export(visit: Keeper, form: Posted, at: int) -> Response:
    """The sealed file, for this browser to save."""
    try:
        made = export_reports(
            visit.desk, agency=_agency(visit, at).name, passphrase=form.value("words"), by=visit.by, now=visit.now
        )
    except HouseError as error:
        form.refuse_with(error)
        return _leave(visit, at, form, 409)
    headers = {"content-disposition": f'attachment; filename="reports-{visit.now:%Y-%m-%d}.sealed"'}
    return Response(made.sealed, media_type="application/octet-stream", headers=headers)


@rooms.post("/{at:int}/leave")
def leave(visit: Keeper, form: Posted, sent: Annotated[Mapping[str, Upload], Depends(uploads)], at: int) -> Response:
    """It leaves, with the file in hand."""
    warnings = form.one_of("warnings", {code for code, *_ in WARNINGS}, missing="Say what becomes of its warnings")
    words, file = form.line("passphrase", missing="The eight words"), sent.get("file")
    if file is None:
        form.refuse("file", "Choose the file that was saved")
    if form.errors or file is None or warnings is None:
        return _leave(visit, at, form, 422)
    agency = _agency(visit, at)
    try:
        done = leave_scheme(
            visit.desk,
            visit.site.voice(),
            agency=agency.name,
            sealed=file.content,
            passphrase=words,
            warnings=cast(Warnings, warnings),
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error)
        return _leave(visit, at, form, 409)
    return visit.page("agencies/left.html", agency=agency, done=done)
