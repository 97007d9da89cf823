"""Files of a report: kept as they came, saved by who works here, erased where they were kept wrongly."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from node.actions.keep_file import attach_file, look_at_file, take_file_away
from node.actions.show_report import show_report
from node.core import access
from node.core.attachments import MAX_FILE_BYTES, MAX_FILES, saved_as
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go, uploads
from protocol.house.web.forms import Form
from protocol.house.web.posts import Upload

rooms = APIRouter(prefix="/reports/{report_id:int}")

Reader = Annotated[Visit, door(access.may_read_reports)]
Taker = Annotated[Visit, door(access.may_take_reports)]


@rooms.get("/files")
def files(visit: Taker, report_id: int) -> Response:
    """What is kept, and another one."""
    return _files(visit, report_id, Form())


def _files(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "reports/files.html",
        status=status,
        form=form,
        shown=shown,
        may_read=access.may_read_reports(visit.who),
        most=MAX_FILE_BYTES // 2**20,
        most_files=MAX_FILES,
    )


@rooms.post("/files")
def add_file(
    visit: Taker, form: Posted, sent: Annotated[Mapping[str, Upload], Depends(uploads)], report_id: int
) -> Response:
    """Keeps a file as it came."""
    file, described = sent.get("file"), form.line("described")
    if file is None:
        form.refuse("file", "Choose a file")
    if form.errors or file is None:
        return _files(visit, report_id, form, 422)
    try:
        attach_file(
            visit.desk,
            report_id=report_id,
            filename=file.filename,
            content=file.content,
            described=described,
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error, "file")
        return _files(visit, report_id, form, 409)
    return go(f"/reports/{report_id}/files")


@rooms.get("/files/{number}")
def open_file(visit: Reader, report_id: int, number: int) -> Response:
    """The bytes as they came, for this browser to save under a plain name; it never shows them as a page."""
    name, content = look_at_file(visit.desk, report_id=report_id, number=number, by=visit.by, now=visit.now)
    disposition = f'attachment; filename="{saved_as(report_id, number, name)}"'
    return Response(content, media_type="application/octet-stream", headers={"content-disposition": disposition})


@rooms.post("/files/{number}/take-away")
def remove_file(visit: Reader, form: Posted, report_id: int, number: int) -> Response:
    """Erases one that was kept wrongly."""
    take_file_away(visit.desk, report_id=report_id, number=number, by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/files")
