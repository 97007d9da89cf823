"""*Danger now*: twelve questions on three screens, coded, no free text. Nothing is kept before the third."""

from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.draft_danger_now import Drafted, draft_danger_now
from node.actions.prepare_report import list_colleagues
from node.actions.release_danger_now import release_danger_now
from node.actions.show_release import show_release
from node.core import access
from node.core.danger_questions import Told
from node.core.errors import Locked, NoPermission, PrivateWords
from node.core.scheme_data import VehicleData
from node.web import flag_words, options
from node.web.described_forms import read_identifier, read_person, read_vehicle
from node.web.site import Visit
from protocol.house.core.errors import Refused
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.house.web.rendering import LOCAL
from protocol.wording.catalogue import ENGLISH, Catalogue

rooms = APIRouter(prefix="/danger-now")

Anyone = Annotated[Visit, door(access.may_take_reports)]

WARN: Final = (
    ("both", "Our own people and other projects"),
    ("own", "Our own people only"),
    ("others", "Other projects only", "Nobody of our project is warned by us."),
    ("nobody", "Nobody", "We keep it, and nothing goes out."),
)
POLICE: Final = (
    ("yes", "Yes", "They see the warning, never who told it."),
    ("no", "No"),
    ("not_asked", "Not asked"),
)
WHEN: Final = (
    ("today", "Today"),
    ("last_night", "Last night"),
    ("three_days", "In the last three days"),
    ("earlier", "Earlier this week", "A second person lets it out: danger now is for the last three days."),
)
MOST_PEOPLE: Final = 20
"""More than the wire counts are a crowd."""


@rooms.get("")
def first_screen(visit: Anyone) -> Response:
    """Questions 1 to 5; of a paper form also when it was told, and who wrote it."""
    return _first(visit, Form.filled({"paper": visit.request.query_params.get("paper")}))


def _first(visit: Visit, form: Form, status: int = 200) -> Response:
    return visit.page(
        "danger_now/first.html",
        status=status,
        form=form,
        language=_read_in(visit, form),
        ages=options.AGES_ASKED,
        tellers=options.TELLERS,
        warn=WARN,
        police=POLICE,
        colleagues=_colleagues(visit) if form.value("paper") else (),
    )


def _colleagues(visit: Visit) -> list[tuple[str, str]]:
    return [(name, name) for name in list_colleagues(visit.desk, by=visit.by, now=visit.now)]


@rooms.post("")
def second_screen(visit: Anyone, form: Posted) -> Response:
    """Questions 6 to 12; the first five go along unseen. Nothing is kept yet."""
    _first_answers(form)
    _paper(visit, form)
    if form.errors:
        return _first(visit, form, 422)
    return _second(visit, form)


def _first_answers(form: Form) -> dict[str, str | None]:
    return {
        "age": form.one_of("adult", options.codes_of(options.AGES_ASKED), missing="Say whether they are 18 or over"),
        "told_by": form.one_of(
            "told_by", options.codes_of(options.TELLERS), missing="Say whether this is from the person it happened to"
        ),
        "warn": form.one_of("warn", {code for code, *_ in WARN}, missing="Say whom we may warn"),
        "police": form.one_of("police", {code for code, *_ in POLICE}, missing="Say whether police may have it"),
    }


def _paper(visit: Visit, form: Form) -> dict[str, datetime | str | None]:
    """When it was told, and by whom it was written down, where that is not now and not who types it in."""
    if not form.value("paper"):
        return {}
    day = form.day("told", latest=visit.now.astimezone(LOCAL).date(), missing="Say on which day it was told")
    at = form.time("told_time", missing="Say at what time it was told")
    told_at = None if day is None or at is None else datetime.combine(day, at, LOCAL).astimezone(UTC)
    if told_at is not None and told_at > visit.now:
        form.refuse("told_time", "A time in the future cannot be right")
    known = list_colleagues(visit.desk, by=visit.by, now=visit.now)
    return {"told_at": told_at, "heard_by": form.one_of("heard_by", known) or ""}


def _second(visit: Visit, form: Form, status: int = 200) -> Response:
    view = visit.site.log()
    return visit.page(
        "danger_now/second.html",
        status=status,
        form=form,
        when=WHEN,
        regions=options.regions(view.state.charter, visit.site.config.region),
        words=options,
    )


@rooms.post("/what")
def third_screen(visit: Anyone, form: Posted) -> Response:
    """Keeps the report, drafts the warning, and goes to where its exact text is shown."""
    told = _told(visit, form)
    if told is None:
        return _again(visit, form)
    agency = visit.who.agency or visit.site.config.name
    try:
        made = draft_danger_now(visit.desk, visit.voice(), told=told, agency=agency, by=visit.by, now=visit.now)
    except PrivateWords as error:
        form.refuse("identifier", flag_words.stop_words(error.fields))
        return _second(visit, form, 422)
    except (Refused, NoPermission, Locked) as error:
        form.refuse_with(error)
        return _second(visit, form, 422)
    return _next(visit, made)


def _again(visit: Visit, form: Form) -> Response:
    """The screen of the first question that is not answered."""
    first = Form(form.pairs())
    _first_answers(first)
    _paper(visit, first)
    return _first(visit, first, 422) if first.errors else _second(visit, form, 422)


def _next(visit: Visit, made: Drafted) -> Response:
    if made.release_id is not None:
        place = "/danger-now" if made.course == "danger_now" else "/releases"
        return go(f"{place}/{made.release_id}")
    return go(f"/danger-now/kept/{made.course}")


def _read_in(visit: Visit, form: Form) -> Catalogue:
    """The language in which the permission wording is read out: theirs, not that of whoever asks."""
    asked = visit.request.query_params.get("lang", "")
    return visit.site.languages.get(form.value("read_in") or asked, ENGLISH)


def _told(visit: Visit, form: Form) -> Told | None:
    first = {**_first_answers(form), **_paper(visit, form)}
    charter = visit.site.log().state.charter
    regions = options.codes_of(options.regions(charter, visit.site.config.region))
    what = form.several_of("what", options.codes_of(options.INCIDENTS), missing="Tick what happened")
    when = form.one_of("when", {code for code, *_ in WHEN}, missing="Say when it happened")
    region = form.one_of("region", regions, missing="Say in which force area it happened")
    people = form.number("people", least=1, most=MOST_PEOPLE)
    person, vehicle, identifier = read_person(form), read_vehicle(form), read_identifier(form)
    if not form.errors and person is None and vehicle is None and identifier is None:
        form.refuse("sex", "Describe the person, a vehicle, or give a number or name: one of questions 10 to 12")
    if form.errors:
        return None
    if identifier is not None and identifier.kind == "plate":
        vehicle = msgspec.structs.replace(vehicle or VehicleData(), plates=(identifier.canonical,))
        identifier = None
    told = {**first, "what": what, "when": when, "region": region, "people": people, "person": person}
    read_in = _read_in(visit, form).language
    return Told(**told, vehicle=vehicle, identifier=identifier, read_in=read_in)  # type: ignore[arg-type]  # codes were checked


@rooms.get("/kept/{course}")
def kept(visit: Anyone, course: str) -> Response:
    """What becomes of it where nothing goes out."""
    return visit.page("danger_now/kept.html", course=course)


@rooms.get("/{release_id}")
def exact_text(visit: Anyone, release_id: int) -> Response:
    """The exact text, and one button."""
    return _third(visit, release_id, Form())


def _third(visit: Visit, release_id: int, form: Form, status: int = 200) -> Response:
    shown = show_release(visit.desk, release_id=release_id, by=visit.by, now=visit.now, words=visit.language)
    return visit.page(
        "danger_now/third.html", status=status, form=form, shown=shown, words=options, home=visit.site.config.region
    )


@rooms.post("/{release_id}")
def warn_now(visit: Anyone, form: Posted, release_id: int) -> Response:
    """Lets it out. A second person looks within a day; without that it goes dark by itself after three."""
    try:
        release_danger_now(
            visit.desk,
            visit.voice(),
            release_id=release_id,
            digest=form.value("digest"),
            by=visit.by,
            now=visit.now,
        )
    except (Refused, NoPermission, Locked) as error:
        form.refuse_with(error)
        return _third(visit, release_id, form, 409)
    return go(f"/releases/{release_id}")
