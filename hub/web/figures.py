"""Figures, from frozen releases alone: what rises, who gives which permission, kinds, the map, what police did."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.declare_history import declare_total, take_back_declared
from hub.actions.read_releases import read_declared, read_releases
from hub.core import access, figure_views
from hub.core import series_of_figures as series
from hub.core.charts import standalone
from hub.core.declared import FIRST_YEAR, MAX_SCHEME, MAX_WORDS, MOST_DECLARED, DeclaredTotal
from hub.core.figure_answers import answers
from hub.core.figure_exports import view_csv
from hub.core.figure_views import Shelf, View
from hub.core.series_of_figures import HOW_SMALL_NUMBERS_ARE_TREATED
from hub.web.site import HubVisit
from protocol.house.core.errors import NotFound, Refused
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.house.web.static_files import static_text

rooms = APIRouter(prefix="/figures")

Reader = Annotated[HubVisit, door(access.may_analyse)]
Declarer = Annotated[HubVisit, door(access.may_declare)]

OF_ALL: Final[dict[str, Callable[[Shelf], View]]] = {
    "incidents": figure_views.incidents_view,
    "taken": figure_views.taken_view,
    "permission": figure_views.permission_view,
    "referrals": figure_views.referrals_view,
}
"""Views over all quarters."""

OF_ONE: Final[dict[str, tuple[str, Callable[[Shelf, str], View]]]] = {
    "full_by_region": (series.FULL_BY_REGION, figure_views.full_by_region_view),
    "kinds": (series.KIND, figure_views.kinds_view),
    "contacts": (series.CONTACT, figure_views.contacts_view),
    "methods": (series.METHOD, figure_views.methods_view),
    "outcomes": (series.OUTCOMES_OF, figure_views.outcomes_view),
    "hate": (series.hate_series("sex_work"), figure_views.hate_view),
    "to_warning": (series.TO_WARNING, figure_views.to_warning_view),
    "to_opened": (series.TO_OPENED, figure_views.to_opened_view),
}
"""Views of one window, and the series whose windows they have."""

PRINTED_QUARTERS: Final = 5
"""On the sheet for funders: the quarter, and back to the same one of the year before."""


def _shelf(visit: HubVisit) -> Shelf:
    return Shelf(read_releases(visit.desk.store))


def _of(shelf: Shelf, name: str, window: str | None = None) -> View | None:
    """A view of one window: of the latest, where none is asked for; None: it was never released."""
    windows = shelf.windows(OF_ONE[name][0])
    wanted = window or next(iter(windows), None)
    return OF_ONE[name][1](shelf, wanted) if wanted in windows and wanted else None


def _map(visit: HubVisit, shelf: Shelf, window: str | None = None) -> View | None:
    windows = shelf.windows(series.REGION)
    wanted = window or next(iter(windows), None)
    return figure_views.map_view(shelf, wanted, visit.site.tiles) if wanted in windows and wanted else None


@rooms.get("")
def overview(visit: Reader) -> Response:
    """Are reports rising, and why?"""
    shelf = _shelf(visit)
    declared = read_declared(visit.desk.store)
    return visit.page(
        "figures/overview.html",
        said=answers(shelf),
        may_declare=access.may_declare(visit.who),
        last=shelf.releases[-1] if shelf.releases else None,
        views=[OF_ALL["incidents"](shelf), OF_ALL["taken"](shelf)] if shelf.releases else [],
        declared=[(scheme, figure_views.declared_view(scheme, each)) for scheme, each in declared.items()],
    )


@rooms.get("/permission")
def permission(visit: Reader) -> Response:
    """Who gives which permission: the figure by which schemes know that they are trusted."""
    shelf = _shelf(visit)
    views = [OF_ALL["permission"](shelf), _of(shelf, "full_by_region")] if shelf.releases else []
    return visit.page("figures/permission.html", views=[one for one in views if one is not None])


@rooms.get("/kinds")
def kinds(visit: Reader, year: str = "") -> Response:
    """What happened, how contact was made, how they went about it."""
    shelf = _shelf(visit)
    views = [_of(shelf, name, year) for name in ("kinds", "contacts", "methods", "hate")]
    return visit.page(
        "figures/kinds.html",
        years=shelf.windows(series.KIND),
        views=[one for one in views if one is not None],
    )


@rooms.get("/map")
def area_map(visit: Reader, year: str = "") -> Response:
    """Where."""
    shelf = _shelf(visit)
    found = _map(visit, shelf, year)
    return visit.page("figures/map.html", years=shelf.windows(series.REGION), views=[found] if found else [])


@rooms.get("/police")
def police(visit: Reader) -> Response:
    """What came of what police were told; how long warnings take."""
    shelf = _shelf(visit)
    views = [OF_ALL["referrals"](shelf)] if shelf.releases else []
    found = [_of(shelf, name) for name in ("outcomes", "to_warning", "to_opened")]
    return visit.page("figures/police.html", views=[*views, *(one for one in found if one is not None)])


@rooms.get("/small-numbers")
def small_numbers(visit: Reader) -> Response:
    """Why is a small number not shown?"""
    return visit.page("figures/small_numbers.html", method=HOW_SMALL_NUMBERS_ARE_TREATED)


@rooms.get("/print/{quarter}")
def quarterly_page(visit: Reader, quarter: str) -> Response:
    """One sheet for funders and boards."""
    shelf = _shelf(visit)
    release = next((one for one in shelf.releases if one.quarter == quarter), None)
    if release is None:
        raise NotFound("release", "that quarter was not released")
    until = Shelf([one for one in shelf.releases if 0 <= release.number - one.number < PRINTED_QUARTERS])
    yearly = [_of(until, name, quarter[:4]) for name in ("kinds", "contacts")]
    return visit.page(
        "figures/print.html",
        release=release,
        views=[OF_ALL["incidents"](until), OF_ALL["permission"](until), *(one for one in yearly if one is not None)],
    )


@rooms.get("/export/{name}/{form}")
def export(visit: Reader, name: str, form: str, window: str = "", scheme: str = "") -> Response:
    """One view as CSV or SVG."""
    shelf = _shelf(visit)
    found: View | None = None
    if name == "declared":
        declared = read_declared(visit.desk.store).get(scheme)
        found = figure_views.declared_view(scheme, declared) if declared else None
    elif name == "map":
        found = _map(visit, shelf, window)
    elif name in OF_ALL and shelf.releases:
        found = OF_ALL[name](shelf)
    elif name in OF_ONE:
        found = _of(shelf, name, window)
    if found is None or form not in ("csv", "svg"):
        raise NotFound("figures", "there are no such figures")
    file = "-".join(part for part in (found.name, found.window) if part)
    if form == "csv":
        return download(view_csv(found), "text/csv; charset=utf-8", f"{file}.csv")
    return download(standalone(found.svg, static_text("charts.css")), "image/svg+xml", f"{file}.svg")


def download(content: str | bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


@rooms.get("/history")
def history(visit: Declarer) -> Response:
    """What schemes counted in years before."""
    return _history(visit, Form())


def _history(visit: HubVisit, form: Form, status: int = 200) -> Response:
    return visit.page(
        "figures/history.html",
        status=status,
        form=form,
        declared=[one for each in read_declared(visit.desk.store).values() for one in each],
    )


@rooms.post("/history")
def declare(visit: Declarer, form: Posted) -> Response:
    """One more year of a scheme, or another number for it."""
    declared = DeclaredTotal(
        scheme=form.line("scheme", missing="Type the scheme's name", longest=MAX_SCHEME),
        year=form.number("year", least=FIRST_YEAR, most=visit.now.year - 1, missing="Type the year") or 0,
        total=form.number("total", least=0, most=MOST_DECLARED, missing="Type the total") or 0,
        definition=form.line("definition", missing="Say what the scheme counted", longest=MAX_WORDS),
        source=form.line("source", missing="Say where the number stands", longest=MAX_WORDS),
        declared_on=visit.now.date(),
    )
    if not form.errors:
        try:
            declare_total(visit.desk.store, visit.who, declared, visit.now)
        except Refused as error:
            form.refuse_with(error, error.code.partition(".")[2])
    if form.errors:
        return _history(visit, form, 422)
    return go("/figures/history")


@rooms.post("/history/take-back")
def take_back(visit: Declarer, form: Posted) -> Response:
    """A year that was declared wrongly."""
    year = form.number("year", least=FIRST_YEAR, most=visit.now.year) or 0
    scheme = form.line("scheme", longest=MAX_SCHEME)
    if form.errors:
        return _history(visit, form, 422)
    take_back_declared(visit.desk.store, visit.who, scheme, year, visit.now)
    return go("/figures/history")
