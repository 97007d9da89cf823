"""What stands beside an account: contact, who reported, legal names, a translation."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.keep_beside import change_reporter, mark_he_knows, set_contact_rules, translate
from node.actions.show_report import show_legal_names, show_report
from node.core import access
from node.core.report import ContactRules, ReporterPart
from node.web import options
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/reports/{report_id:int}")

Reader = Annotated[Visit, door(access.may_read_reports)]
Taker = Annotated[Visit, door(access.may_take_reports)]

LEGAL_REASONS: Final = (
    ("official_form", "An official form needs it"),
    ("emergency", "An emergency"),
    ("safeguarding_referral", "A safeguarding referral"),
    ("asked_by_person_harmed", "They asked for it"),
    ("put_right", "To put it right"),
)


@rooms.get("/contact")
def contact(visit: Taker, report_id: int) -> Response:
    """How they may be reached, to be asked again."""
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    rules = shown.reporter.contact
    filled = {
        "never": "yes" if rules.never else None,
        "ways": rules.ways,
        "times": rules.times,
        "words_not": rules.words_not_to_use,
        "who_else": rules.who_else_answers,
    }
    return _contact(visit, report_id, Form.filled(filled))


def _contact(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page("reports/contact.html", status=status, form=form, report_id=report_id, words=options)


@rooms.post("/contact")
def set_contact(visit: Taker, form: Posted, report_id: int) -> Response:
    """Keeps what they said."""
    never = form.value("never") == "yes"
    times, words_not, who_else = (form.line(name, longest=300) for name in ("times", "words_not", "who_else"))
    rules = ContactRules(
        never=never,
        ways=form.several_of("ways", options.codes_of(options.CONTACT_WAYS)),
        times=times,
        words_not_to_use=words_not,
        who_else_answers=who_else,
    )
    if form.errors:
        return _contact(visit, report_id, form, 422)
    try:
        set_contact_rules(visit.desk, report_id=report_id, rules=rules, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "never")
        return _contact(visit, report_id, form, 409)
    return go(f"/reports/{report_id}")


@rooms.post("/he-knows")
def he_knows(visit: Taker, form: Posted, report_id: int) -> Response:
    """The person described knows: the way to reach them is asked again first."""
    mark_he_knows(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/contact")


@rooms.get("/reporter")
def reporter(visit: Reader, report_id: int) -> Response:
    """Names, numbers and what never to say, as they are."""
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now).reporter
    lists = ("names", "also_known_as", "numbers", "addresses", "never_say")
    filled: dict[str, str | None] = {name: "\n".join(getattr(shown, name)) for name in lists}
    return _reporter(visit, report_id, Form.filled(filled | {"ethnicity": shown.ethnicity}))


def _reporter(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page("reports/reporter.html", status=status, form=form, report_id=report_id, words=options)


@rooms.post("/reporter")
def put_reporter(visit: Reader, form: Posted, report_id: int) -> Response:
    """Keeps them anew. A warning that says what is private by now is taken back at once."""
    part = ReporterPart(
        names=form.lines("names"),
        also_known_as=form.lines("also_known_as"),
        numbers=form.lines("numbers"),
        addresses=form.lines("addresses"),
        never_say=form.lines("never_say"),
        ethnicity=form.one_of("ethnicity", options.codes_of(options.ETHNICITIES)),
    )
    legal_names = form.lines("legal_names")
    if form.errors:
        return _reporter(visit, report_id, form, 422)
    change_reporter(
        visit.desk,
        report_id=report_id,
        reporter=part,
        legal_names=legal_names,
        by=visit.by,
        now=visit.now,
        voice=visit.site.voice(),
    )
    return go(f"/reports/{report_id}")


@rooms.get("/legal-names")
def before_legal_names(visit: Reader, report_id: int) -> Response:
    """Why somebody wants to see them."""
    return _legal_names(visit, report_id, Form(), None)


def _legal_names(
    visit: Visit, report_id: int, form: Form, names: tuple[str, ...] | None, status: int = 200
) -> Response:
    return visit.page(
        "reports/legal_names.html",
        status=status,
        form=form,
        report_id=report_id,
        names=names,
        reasons=LEGAL_REASONS,
    )


@rooms.post("/legal-names")
def legal_names(visit: Reader, form: Posted, report_id: int) -> Response:
    """Shows them, once; that it was done, and why, is in the trail."""
    reason = form.one_of("reason", {code for code, _ in LEGAL_REASONS}, missing="Say why you need them")
    if form.errors or reason is None:
        return _legal_names(visit, report_id, form, None, 422)
    names = show_legal_names(visit.desk, report_id=report_id, reason=reason, by=visit.by, now=visit.now)
    return _legal_names(visit, report_id, Form(), names)


@rooms.get("/translation")
def before_translating(visit: Taker, report_id: int) -> Response:
    """Their words, and room for a second text beside them."""
    return _translation(visit, report_id, Form())


def _translation(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page("reports/translation.html", status=status, form=form, shown=shown, words=options)


@rooms.post("/translation")
def add_translation(visit: Taker, form: Posted, report_id: int) -> Response:
    """Keeps it, with who translated."""
    text = form.text("translation", missing="Write the translation")
    translator = form.line("translator", missing="Say who translated it")
    language = form.one_of("language", options.codes_of(options.LANGUAGES)) or "en"
    if form.errors:
        return _translation(visit, report_id, form, 422)
    translate(
        visit.desk,
        report_id=report_id,
        text=text,
        language=language,
        translator=translator,
        by=visit.by,
        now=visit.now,
    )
    return go(f"/reports/{report_id}")
