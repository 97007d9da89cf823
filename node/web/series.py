"""What is said of several warnings: that they may be the same person. Read, said, agreed to, taken back."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.answer_series import SERIES_OBJECTIONS, agree_to_series, object_to_series, take_back_series
from node.actions.list_own_releases import list_own_releases
from node.actions.look_at_inbox import look_at_warning
from node.actions.propose_series import propose_series
from node.actions.show_series import SeriesShown, list_series, unsigned_decisions
from node.core import access
from node.web.site import Visit
from protocol.body_fields import SeriesReason
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.wording import codes
from protocol.wording.references import reference_of

rooms = APIRouter(prefix="/series")

Reader = Annotated[Visit, door(access.may_read_inbox)]
Speaker = Annotated[Visit, door(access.may_speak_of_series)]

RELATIONS: Final = (
    ("same_person", "They may be the same person"),
    ("same_incident", "They may be the same incident"),
    ("relay", "One may pass on what the other says"),
)
SAYS: Final = (
    ("for-strong", "For it, strong"),
    ("for-some", "For it, some"),
    ("for-weak", "For it, weak"),
    ("against-weak", "Against it, weak"),
    ("against-some", "Against it, some"),
    ("against-strong", "Against it, strong"),
)
WEAK: Final = tuple((code, words) for code, words in SAYS if code.endswith("-weak"))
"""Skin as seen is never a stronger reason."""

FIELDS: Final = tuple(
    (field, words[:1].upper() + words[1:], WEAK if field == "skin" else SAYS)
    for field, words in sorted(codes.SERIES_FIELDS.items(), key=lambda item: item[1])
)
OBJECTIONS: Final = tuple(
    (code, codes.OBJECTION_REASONS[code][:1].upper() + codes.OBJECTION_REASONS[code][1:]) for code in SERIES_OBJECTIONS
)


@rooms.get("")
def all_series(visit: Reader) -> Response:
    """What concerns this project or is told to it; what waits for it first."""
    return visit.page(
        "series/all.html",
        found=_read(visit),
        unsigned=unsigned_decisions(visit.desk),
        today=visit.now.date(),
    )


def _read(visit: Visit) -> list[SeriesShown]:
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    return list_series(visit.desk, view, epochs, by=visit.by, now=visit.now, words=visit.language)


@rooms.get("/with/{identity}")
def ask(visit: Speaker, identity: str) -> Response:
    """A warning of another project, and which of ours it may belong to."""
    return _ask(visit, identity, Form())


def _ask(visit: Visit, identity: str, form: Form, status: int = 200) -> Response:
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    shown = look_at_warning(
        visit.desk, view, epochs, identity=identity, by=visit.by, now=visit.now, words=visit.language
    )
    ours = [
        (one.release.chain, f"Warning {one.release.id}, reference {reference_of(one.release.chain)}")
        for one in list_own_releases(visit.desk, by=visit.by, now=visit.now)
        if one.stands == "in_force" and one.release.chain is not None
    ]
    return visit.page(
        "series/ask.html", status=status, form=form, shown=shown, ours=ours, relations=RELATIONS, fields_asked=FIELDS
    )


@rooms.post("/with/{identity}")
def propose(visit: Speaker, form: Posted, identity: str) -> Response:
    """Says it to the other project."""
    ours = form.line("ours", missing="Say which of our warnings")
    relation = form.one_of("relation", {code for code, _ in RELATIONS}, missing="Say what they may be")
    reasons = _reasons(form)
    if form.errors or relation is None:
        return _ask(visit, identity, form, 422)
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    other = look_at_warning(visit.desk, view, epochs, identity=identity, by=visit.by, now=visit.now).identity
    try:
        propose_series(
            visit.desk,
            visit.require_voice(),
            view.state,
            alerts=(ours, other),
            relation=relation,
            reasons=reasons,
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error)
        return _ask(visit, identity, form, 409)
    return go("/series")


def _reasons(form: Form) -> tuple[SeriesReason, ...]:
    reasons = []
    for field, _, says in FIELDS:
        found = form.one_of(f"why-{field}", {code for code, _ in says})
        if found is not None:
            speaks, weight = found.split("-")
            reasons.append(SeriesReason(field=field, speaks=speaks, weight=weight))  # type: ignore[arg-type]  # of SAYS
    return tuple(reasons)


@rooms.get("/{identity}")
def one_series(visit: Reader, identity: str) -> Response:
    """One, with each warning that it names and what speaks for and against."""
    return _one(visit, identity, Form())


def _one(visit: Visit, identity: str, form: Form, status: int = 200) -> Response:
    shown = next((one for one in _read(visit) if one.standing.identity == identity), None)
    if shown is None:
        raise NotFound("series", "nothing of that identity is said of several warnings")
    standing = shown.standing
    speaks = access.may_speak_of_series(visit.who) and standing.stands != "ended"
    return visit.page(
        "series/one.html",
        status=status,
        form=form,
        shown=shown,
        may_agree=speaks and standing.stands == "waits_for_us",
        may_object=speaks and bool(standing.ours) and not shown.ours,
        may_take_back=speaks and shown.ours,
        objections=OBJECTIONS,
        today=visit.now.date(),
    )


@rooms.post("/{identity}/agree")
def agree(visit: Speaker, form: Posted, identity: str) -> Response:
    """This project stands by it."""
    try:
        agree_to_series(
            visit.desk, visit.require_voice(), visit.site.log().state, identity=identity, by=visit.by, now=visit.now
        )
    except HouseError as error:
        form.refuse_with(error)
        return _one(visit, identity, form, 409)
    return go("/series")


@rooms.post("/{identity}/object")
def objection(visit: Speaker, form: Posted, identity: str) -> Response:
    """It ends, for everybody."""
    reason = form.one_of("reason", SERIES_OBJECTIONS, missing="Say why not")
    if reason is None:
        return _one(visit, identity, form, 422)
    try:
        object_to_series(
            visit.desk,
            visit.require_voice(),
            visit.site.log().state,
            identity=identity,
            reason=reason,
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error)
        return _one(visit, identity, form, 409)
    return go("/series")


@rooms.post("/{identity}/take-back")
def take_back(visit: Speaker, form: Posted, identity: str) -> Response:
    """What this project said itself is taken back."""
    try:
        take_back_series(
            visit.desk, visit.require_voice(), visit.site.log().state, identity=identity, by=visit.by, now=visit.now
        )
    except HouseError as error:
        form.refuse_with(error)
        return _one(visit, identity, form, 409)
    return go("/series")
