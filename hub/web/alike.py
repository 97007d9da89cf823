"""What may be one person: proposals, what was said and what waits, one pair beside each other; decide, undo."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.decide_series import decide_series, split_series, take_back, undo_series
from hub.actions.show_alike import list_alike, show_pair, show_series
from hub.actions.show_board import show_board
from hub.actions.tell_origins import show_closed
from hub.core import access
from hub.core.linking import DIFFERS, NOT_SAID
from hub.web.site import Chain, HubVisit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.wording.codes import LOOK_REASONS, RELATIONS, SERIES_FIELDS
from protocol.wording.looks import SKIN

rooms = APIRouter(prefix="/alike")

Analyst = Annotated[HubVisit, door(access.may_analyse)]
NotPolice = Annotated[HubVisit, door(access.sees_all_bodies)]
Lead = Annotated[HubVisit, door(access.may_decide)]

ASKED: Final = (
    ("same_person", "The same person"),
    ("same_incident", "The same incident"),
    ("relay", "One passes on what another says"),
)
"""What warnings may be of each other, as a lead chooses it."""

PARTS: Final = (("one", "One part"), ("other", "The other part"), ("neither", "Neither"))
"""Where a warning of a series belongs that is split."""

SKINS: Final = SKIN | {DIFFERS: "Seen otherwise in the two", NOT_SAID: "Not said in both"}


@rooms.get("")
def everything(visit: Analyst) -> Response:
    """What waits, what was said, what the comparing proposes."""
    return _list(visit, Form())


def _list(visit: HubVisit, form: Form, status: int = 200) -> Response:
    return visit.page(
        "alike/list.html",
        status=status,
        form=form,
        found=list_alike(visit.desk, visit.hub.store, visit.hub.view, by=visit.by, now=visit.now),
        names=visit.names(),
        relations=RELATIONS,
        field_words=SERIES_FIELDS,
        may_decide=access.may_decide(visit.who),
        sees_board=access.sees_all_bodies(visit.who),
    )


@rooms.get("/board")
def board(visit: NotPolice) -> Response:
    """The yearly table."""
    return visit.page("alike/board.html", years=show_board(visit.hub.store, by=visit.by, now=visit.now), skins=SKINS)


@rooms.post("/decide")
def decide(visit: Lead, form: Posted) -> Response:
    """Proposes it: the lead's node signs it, and the projects concerned agree or object."""
    hub = visit.hub
    alerts = form.several_of("alerts", hub.view.now.state.chains, missing="Choose at least one other warning")
    relation = form.one_of("relation", RELATIONS, missing="Say what they may be")
    if form.errors or relation is None:
        return _list(visit, form, 422)
    try:
        decide_series(hub.store, hub.view, hub.epochs(), relation, alerts, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _list(visit, form, 409)
    return go("/alike")


@rooms.post("/decisions/{number}/take-back")
def not_signed_yet(visit: Lead, form: Posted, number: int) -> Response:
    """What waits for the lead's node is not to be signed."""
    try:
        take_back(visit.hub.store, visit.hub.view, number, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _list(visit, form, 409)
    return go("/alike")


@rooms.post("/series/{identity}/undo")
def undo(visit: Lead, form: Posted, identity: Chain) -> Response:
    """What a lead said is to be taken back by its node."""
    try:
        undo_series(visit.hub.store, visit.hub.view, identity, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _list(visit, form, 409)
    return go("/alike")


@rooms.get("/series/{identity}/split")
def before_splitting(visit: Lead, identity: Chain) -> Response:
    """Which of them still belong together."""
    return _ask_parts(visit, identity, Form())


def _ask_parts(visit: HubVisit, identity: str, form: Form, status: int = 200) -> Response:
    return visit.page(
        "alike/split.html",
        status=status,
        form=form,
        found=show_series(visit.desk, visit.hub.store, visit.hub.view, identity, by=visit.by, now=visit.now),
        names=visit.names(),
        relations=RELATIONS,
        parts=PARTS,
    )


@rooms.post("/series/{identity}/split")
def split(visit: Lead, form: Posted, identity: Chain) -> Response:
    """Undone, and what still belongs together proposed anew, in one step."""
    hub = visit.hub
    found = show_series(visit.desk, hub.store, hub.view, identity, by=visit.by, now=visit.now)
    chosen = {
        chain: form.one_of(f"part-{at}", dict(PARTS), missing="Say where this warning belongs")
        for at, (chain, _) in enumerate(found.alerts, 1)
    }
    if form.errors:
        return _ask_parts(visit, identity, form, 422)
    parts = [[chain for chain, part in chosen.items() if part == name] for name in ("one", "other")]
    wanted = [part for part in parts if part]
    try:
        split_series(hub.store, hub.view, hub.epochs(), identity, wanted, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "part-1")
        return _ask_parts(visit, identity, form, 409)
    return go("/alike")


@rooms.get("/{one}/{other}")
def before(visit: Analyst, one: Chain, other: Chain) -> Response:
    """Why the two are laid beside each other: it opens them."""
    return _ask_why(visit, (one, other), Form())


def _ask_why(visit: HubVisit, chains: tuple[str, str], form: Form, status: int = 200) -> Response:
    found = show_closed(visit.hub.store, visit.hub.view, chains, by=visit.by, now=visit.now)
    return visit.page(
        "alike/why.html",
        status=status,
        form=form,
        found=found,
        names=visit.names(),
        reasons=tuple(LOOK_REASONS.items()),
    )


@rooms.post("/{one}/{other}")
def beside(visit: Analyst, form: Posted, one: Chain, other: Chain) -> Response:
    """Two warnings, and what speaks for and against."""
    reason = form.one_of("reason", LOOK_REASONS, missing="Choose why you open these warnings")
    if reason is None:
        return _ask_why(visit, (one, other), form, 422)
    pair = show_pair(visit.desk, visit.hub.store, visit.hub.view, (one, other), reason, by=visit.by, now=visit.now)
    return visit.page(
        "alike/pair.html",
        form=Form(),
        pair=pair,
        names=visit.names(),
        relations=ASKED,
        field_words=SERIES_FIELDS,
        may_decide=access.may_decide(visit.who),
    )
