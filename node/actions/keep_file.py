"""Files of a report: kept as they came, looked at by somebody who works here, taken away. None leaves by any door."""

import hashlib
from datetime import datetime
from pathlib import PurePath

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.attachments import MAX_NAME, Attached, require_attachable
from node.store import report_parts as parts
from protocol.house.store import audit
from protocol.house.store.people import acting


def attach_file(
    desk: CaseDesk, *, report_id: int, filename: str, content: bytes, described: str, by: str, now: datetime
) -> int:
    """Keeps a file as it came, sealed under a key of its own; its number.

    Raises:
        Refused: `refused.attachment`.
        Locked, NotYours, NotFound: as `report_for`.
    """
    name = PurePath(filename.replace("\\", "/")).name
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        require_attachable(name, len(content), parts.count_attachments(session, report_id))
        about = Attached(
            filename=name,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            described=described[:MAX_NAME],
        )
        number = parts.insert_attachment(
            session, desk.vault, report_id=report_id, content=content, about=about, by=who.id, now=now
        )
        audit.note(session, person=who.id, verb="attach_file", subject=f"report/{report_id}", now=now)
        return number


def look_at_file(desk: CaseDesk, *, report_id: int, number: int, by: str, now: datetime) -> tuple[str, bytes]:
    """Its name and its bytes as they came, for somebody who works here.

    Raises:
        Locked, NotYours, NotFound: as `report_for`; `not_found.attachment`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report_for(session, desk, who, report_id)
        content = parts.read_attachment(session, desk.vault, report_id, number)
        about = next(one.about for one in parts.list_attachments(session, desk.vault, report_id) if one.id == number)
        audit.note(session, person=who.id, verb="look_at_file", subject=f"attachment/{number}", now=now)
        return about.filename, content


def take_file_away(desk: CaseDesk, *, report_id: int, number: int, by: str, now: datetime) -> None:
    """Erases one file that was kept wrongly.

    Raises:
        Locked, NotYours, NotFound: as `report_for`; `not_found.attachment`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report_for(session, desk, who, report_id)
        parts.erase_attachment(session, report_id, number)
        audit.note(session, person=who.id, verb="erase_attachment", subject=f"attachment/{number}", now=now)
    desk.store.checkpoint_wal()
