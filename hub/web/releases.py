"""Releases of figures: the list, one with its definitions and digest, and freezing the next by two people."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.freeze_release import (
    FiguresDesk,
    ask_for_release,
    confirm_release,
    drop_request,
    show_next_release,
)
from hub.actions.read_figures import FiguresKeys
from hub.actions.read_releases import read_one_release, read_releases
from hub.core import access
from hub.core.figure_exports import release_csv
from hub.core.figure_words import place_name
from hub.core.series_words import series_name, value_name
from hub.store.key_files import load_figures_key
from hub.web.figures import download
from hub.web.site import HubVisit
from protocol.house.web.doors import Posted, door, go

rooms = APIRouter(prefix="/releases")

Reader = Annotated[HubVisit, door(access.may_analyse)]
Freezer = Annotated[HubVisit, door(access.may_freeze)]


def figures_desk(visit: HubVisit) -> FiguresDesk:
    """What freezing needs, and saying whose figures are here: nothing else reads the figures key."""
    hub = visit.hub
    keys = FiguresKeys(hub.epochs(), load_figures_key(hub.config.keys_dir))
    return FiguresDesk(visit.desk.store, hub.view, keys, hub.config.releases_dir)


@rooms.get("")
def all_of_them(visit: Reader) -> Response:
    """What was released, and what is next."""
    due = show_next_release(figures_desk(visit), visit.now.date())
    names = visit.names()
    return visit.page(
        "releases/list.html",
        releases=list(reversed(read_releases(visit.desk.store))),
        due=due,
        silent=sorted(names[project] for project in due.projects.present - set(due.told)),
        is_own=due.request is not None and due.request.asked_by == visit.who.id,
    )


@rooms.post("/ask")
def ask(visit: Freezer, form: Posted) -> Response:
    """This quarter is to be frozen."""
    ask_for_release(figures_desk(visit), visit.who, form.value("quarter"), visit.now)
    return go("/releases")


@rooms.post("/confirm")
def confirm(visit: Freezer, form: Posted) -> Response:
    """The second person's word: counted and frozen."""
    release = confirm_release(figures_desk(visit), visit.who, form.value("quarter"), visit.now)
    return go(f"/releases/{release.number}")


@rooms.post("/drop")
def drop(visit: Freezer, _form: Posted) -> Response:
    """Not now."""
    drop_request(figures_desk(visit), visit.who, visit.now)
    return go("/releases")


@rooms.get("/{number}")
def one_release(visit: Reader, number: int) -> Response:
    """One, with all that it says."""
    kept = read_one_release(visit.desk.store, number)
    return visit.page(
        "releases/one.html",
        kept=kept,
        release=kept.release,
        series_name=series_name,
        value_name=value_name,
        place_name=place_name,
    )


@rooms.get("/{number}/json")
def as_frozen(visit: Reader, number: int) -> Response:
    """The very bytes over which the digest is."""
    return download(read_one_release(visit.desk.store, number).content, "application/json", f"release-{number}.json")


@rooms.get("/{number}/csv")
def as_csv(visit: Reader, number: int) -> Response:
    """For a spreadsheet."""
    kept = read_one_release(visit.desk.store, number)
    return download(release_csv(kept.release), "text/csv; charset=utf-8", f"release-{number}.csv")
