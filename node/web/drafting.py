"""Drafts a warning from a report, or an update of one that is out: what a reviewer decides, by lists."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response
from msgspec.structs import replace

from node.actions.ask_statutory import is_for_under_18, updates_for_under_18
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.read_choices import read_choices
from node.actions.warn_own import warn_own
from node.core import access
from node.core.assessment import LEASES
from node.core.audience import WIDER_REASONS, AudienceChoice
from node.core.compose import OMITTABLE, Choices
from node.core.errors import PrivateWords
from node.web import flag_words, options
from node.web.site import Visit
from protocol.body_fields import MAX_TEXT
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter()

Drafter = Annotated[Visit, door(access.may_draft)]

SCOPES: Final = (("others", "Other projects"), ("own", "Our own people only"))
LEASE: Final = (
    ("", "As long as is usual for what happened"),
    ("3", "3 days"),
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "12 months"),
)
WIDER: Final = (
    ("moves_between_regions", "The person moves between areas"),
    ("pattern_elsewhere", "The same happened elsewhere"),
    ("severe", "It is that serious"),
    ("asked_by_person_harmed", "The person it happened to asked for it"),
)
REPORTERS: Final = (("1", "One person"), ("2+", "Two or more, each by themselves"))
OMIT: Final = (
    ("place", "Kind of place"),
    ("contact", "How contact was made"),
    ("methods", "How it was done"),
    ("weapons", "Weapons"),
    ("people", "How many people"),
    ("persons", "The persons described"),
    ("names_used", "Names that they use"),
    ("accents", "Accents"),
    ("marks", "Marks"),
    ("clothing", "Clothing"),
    ("vehicles", "Vehicles"),
    ("model", "Models of vehicles"),
    ("plate", "Parts of plates"),
    ("identifiers", "Phone numbers and names online"),
    ("tails", "The last digits of phone numbers"),
)


@rooms.get("/reports/{report_id}/warn")
def before_drafting(visit: Drafter, report_id: int) -> Response:
    """What to decide."""
    return _ask(visit, Form.filled({"scope": "others", "region": visit.site.config.region}), report_id=report_id)


@rooms.post("/reports/{report_id}/warn")
def draft(visit: Drafter, form: Posted, report_id: int) -> Response:
    """Builds the draft; its page shows what would leave."""
    scope = form.one_of("scope", {code for code, _ in SCOPES}, missing="Say who is to be warned")
    choices = _choices(visit, form)
    if form.errors:
        return _ask(visit, form, report_id=report_id, status=422)
    try:
        if scope == "own":
            made = warn_own(visit.desk, report_id=report_id, choices=choices, by=visit.by, now=visit.now)
        else:
            voice = visit.require_voice()
            made = draft_release(visit.desk, voice, report_id=report_id, choices=choices, by=visit.by, now=visit.now)
    except HouseError as error:
        _refuse(form, error)
        return _ask(visit, form, report_id=report_id, status=409)
    return go(f"/releases/{made}")


@rooms.get("/releases/{release_id}/update")
def before_updating(visit: Drafter, release_id: int) -> Response:
    """What was decided, to be changed."""
    choices = read_choices(visit.desk, release_id=release_id, by=visit.by, now=visit.now)
    return _ask(visit, _as_form(choices), release_id=release_id)


@rooms.post("/releases/{release_id}/update")
def update(visit: Drafter, form: Posted, release_id: int) -> Response:
    """Drafts what replaces a warning that is out; a second person releases it."""
    choices = _choices(visit, form)
    if form.errors:
        return _ask(visit, form, release_id=release_id, status=422)
    before = read_choices(visit.desk, release_id=release_id, by=visit.by, now=visit.now)
    choices = replace(choices, status=before.status)
    try:
        made = draft_update(
            visit.desk, visit.voice(), release_id=release_id, choices=choices, by=visit.by, now=visit.now
        )
    except HouseError as error:
        _refuse(form, error)
        return _ask(visit, form, release_id=release_id, status=409)
    return go(f"/releases/{made}")


def _refuse(form: Form, error: HouseError) -> None:
    """Beside the field that holds what must not leave, where this page has it."""
    if not isinstance(error, PrivateWords):
        form.refuse_with(error)
        return
    here = next((field for field in error.fields if field in ("town", "text", "concerns")), "")
    form.refuse(here, flag_words.stop_words(error.fields))


def _ask(
    visit: Visit, form: Form, *, report_id: int | None = None, release_id: int | None = None, status: int = 200
) -> Response:
    charter = visit.site.log().state.charter
    if release_id is not None:
        under_18 = updates_for_under_18(visit.desk, release_id=release_id, by=visit.by, now=visit.now)
    else:
        assert report_id is not None
        under_18 = is_for_under_18(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "releases/draft.html",
        status=status,
        form=form,
        report_id=report_id,
        release_id=release_id,
        under_18=under_18,
        regions=options.regions(charter, visit.site.config.region),
        scopes=SCOPES,
        leases=LEASE,
        wider=WIDER,
        reporters=REPORTERS,
        omit=OMIT,
        words=options,
    )


def _choices(visit: Visit, form: Form) -> Choices:
    known = options.codes_of(options.regions(visit.site.log().state.charter, visit.site.config.region))
    region = form.one_of("region", known, missing="Say in which police area it happened")
    lease = form.one_of("lease", {str(days) for days in LEASES})
    further = form.several_of("further", known)
    reason = form.one_of("reason", WIDER_REASONS, missing="Say why it goes further" if further else None)
    town = form.line("town", longest=40)
    advice = form.several_of("advice", options.codes_of(options.ADVICE))
    reporters = form.one_of("reporters", {code for code, _ in REPORTERS})
    return Choices(
        region=region or "",
        direction=form.several_of("direction", known),
        town=town or None,
        text=form.line("text", longest=MAX_TEXT) or None,
        concerns=form.several_of("concerns", options.codes_of(options.GROUPS)),
        omit=form.several_of("omit", OMITTABLE),
        advice=advice or None,
        lease_days=int(lease) if lease else None,
        reporters="2+" if reporters == "2+" else "1",
        police=form.value("police") == "yes",
        audience=AudienceChoice(regions=further, reason=reason),
    )


def _as_form(choices: Choices) -> Form:
    return Form.filled(
        {
            "region": choices.region,
            "direction": choices.direction,
            "town": choices.town,
            "text": choices.text,
            "concerns": choices.concerns,
            "omit": choices.omit,
            "advice": choices.advice,
            "lease": str(choices.lease_days or ""),
            "reporters": choices.reporters,
            "police": "yes" if choices.police else None,
            "further": choices.audience.regions,
            "reason": choices.audience.reason,
        }
    )
