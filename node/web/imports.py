"""A project's own sheet: brought in, its columns put right by a person, kept as recorded; then row by row, opened."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from node.actions.bring_sheet import bring_sheet, forget_sheet, keep_sheet, look_at_sheet, put_meanings
from node.actions.open_report import open_report
from node.actions.show_report import list_all_reports, show_report
from node.core import access
from node.core.permissions import SWITCH_WORDS, SWITCHES
from node.core.sheets.reading import MAX_BYTES
from node.web import options
from node.web.meaning_words import MEANINGS_IN_WORDS, meaning_words
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go, uploads
from protocol.house.web.forms import Form
from protocol.house.web.posts import Upload

rooms = APIRouter(prefix="/import")

Importer = Annotated[Visit, door(access.may_import)]

AGES: Final = (("adult", "18 or over"), ("under_18", "Under 18"), ("not_sure", "Not sure"))
CONFIRMABLE: Final = [switch for switch in SWITCHES if switch != "record"]
MEANING_OPTIONS: Final = (("", "Nothing: kept as text"), *((one, meaning_words(one)) for one in MEANINGS_IN_WORDS))


@rooms.get("")
def ask(visit: Importer) -> Response:
    """Which file."""
    return visit.page("import/ask.html", form=Form(), most=MAX_BYTES // 2**20)


@rooms.post("")
def bring(visit: Importer, form: Posted, files: Annotated[Mapping[str, Upload], Depends(uploads)]) -> Response:
    """Keeps it aside, sealed, and goes to what its columns mean."""
    sheet = files.get("sheet")
    if sheet is None:
        form.refuse("sheet", "Choose a file: CSV, TSV or XLSX")
        return visit.page("import/ask.html", status=422, form=form, most=MAX_BYTES // 2**20)
    try:
        number = bring_sheet(visit.desk, filename=sheet.filename, content=sheet.content, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "sheet")
        return visit.page("import/ask.html", status=422, form=form, most=MAX_BYTES // 2**20)
    return go(f"/import/{number}")


@rooms.get("/rows")
def rows(visit: Importer) -> Response:
    """Rows that nobody has opened."""
    found = [one for one in list_all_reports(visit.desk, by=visit.by, now=visit.now) if not one.opened]
    return visit.page("import/rows.html", reports=found)


@rooms.get("/rows/{report_id}")
def before_opening(visit: Importer, report_id: int) -> Response:
    """A row as it was written, and what was read of it."""
    return _row(visit, report_id, Form())


def _row(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    said = [
        (switch, shown.today[switch])
        for switch in SWITCHES
        if switch != "record" and shown.today[switch].answer == "yes"
    ]
    return visit.page(
        "import/row.html",
        status=status,
        form=form,
        shown=shown,
        ages=AGES,
        confirmable=[(switch, SWITCH_WORDS[switch]) for switch, stands in said if not stands.conditions],
        conditional=[(SWITCH_WORDS[switch], stands.conditions) for switch, stands in said if stands.conditions],
        words=options,
    )


@rooms.post("/rows/{report_id}")
def open_row(visit: Importer, form: Posted, report_id: int) -> Response:
    """A person has read it, and stands for what they confirm."""
    codes = options.codes_of(AGES)
    now_age = form.one_of("age_now", codes, missing="Say whether they are 18 or over now")
    then_age = form.one_of("age_at_event", codes, missing="Say whether they were 18 or over then")
    confirm = form.several_of("confirm", CONFIRMABLE)
    if form.errors:
        return _row(visit, report_id, form, 422)
    try:
        open_report(
            visit.desk,
            report_id=report_id,
            by=visit.by,
            now=visit.now,
            age_now=now_age,  # type: ignore[arg-type]  # of AGES
            age_at_event=then_age,  # type: ignore[arg-type]
            confirm=confirm,  # type: ignore[arg-type]  # of CONFIRMABLE
        )
    except HouseError as error:
        form.refuse_with(error)
        return _row(visit, report_id, form, 409)
    return go(f"/reports/{report_id}")


@rooms.get("/{number}")
def columns(visit: Importer, number: int) -> Response:
    """What each column was taken to mean, and what would come of it."""
    seen = look_at_sheet(visit.desk, number=number, by=visit.by, now=visit.now)
    values = {
        f"means-{at}-{which}": column.meaning
        for at, table in enumerate(seen.mapping.tables)
        for which, column in enumerate(table.columns)
    }
    meanings = {*values.values()} - {code for code, _ in MEANING_OPTIONS}
    joined = tuple((code, meaning_words(code)) for code in sorted(meanings))
    return visit.page("import/columns.html", form=Form.filled(values), seen=seen, meanings=(*MEANING_OPTIONS, *joined))


@rooms.post("/{number}")
def put_right(visit: Importer, form: Posted, number: int) -> Response:
    """Reads it again with what a person says that its columns mean."""
    meanings = {
        (int(at), int(which)): value
        for name, value in form.pairs()
        if name.startswith("means-")
        for at, which in [name.removeprefix("means-").split("-")]
        if at.isdigit() and which.isdigit()
    }
    put_meanings(visit.desk, number=number, meanings=meanings, by=visit.by, now=visit.now)
    return go(f"/import/{number}")


@rooms.post("/{number}/keep")
def keep(visit: Importer, form: Posted, number: int) -> Response:
    """Keeps its reports; nothing leaves by it."""
    kept = keep_sheet(visit.desk, number=number, by=visit.by, now=visit.now)
    return visit.page("import/kept.html", kept=kept)


@rooms.post("/{number}/forget")
def forget(visit: Importer, form: Posted, number: int) -> Response:
    """Takes it away again."""
    forget_sheet(visit.desk, number=number, by=visit.by, now=visit.now)
    return go("/import")
