"""What stands beside a report: files, links to reports of the same event, contact, what was passed on."""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, delete, func, or_, select

from node.core.attachments import Attached
from node.core.referrals import Referral
from node.core.report import ContactRules, ReporterPart
from node.core.safeguarding import Asked
from node.store.case_tables import AttachmentRow, LinkRow
from node.store.records_tables import SealedPart
from node.store.reports import report_owner
from node.store.vault import Owner, all_versions, latest_part, put_part
from protocol.at_rest import SEAL_RANDOMNESS
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.vault import Vault


class Attachment(Unprinted, frozen=True, kw_only=True):
    """A file of a report, without its bytes."""

    id: int
    at: datetime
    by: int
    about: Attached


def read_known_at(session: Session, vault: Vault, report_id: int) -> datetime | None:
    """When somebody last wrote down that the person described knows."""
    return latest_part(session, vault, report_owner(report_id), "he_knows", datetime)


def read_statutory(session: Session, vault: Vault, report_id: int) -> Asked | None:
    """What the statutory agency said last about a warning, or None: nobody has asked."""
    return latest_part(session, vault, report_owner(report_id), "statutory", Asked)


def list_statutory(session: Session, vault: Vault, report_id: int) -> list[Asked]:
    """All that it was asked and said, the first first."""
    return all_versions(session, vault, report_owner(report_id), "statutory", Asked)


def read_referrals(session: Session, vault: Vault, report_id: int) -> tuple[Referral, ...]:
    """What was passed on of a report, as it is known now, in the order in which it was written down."""
    return latest_part(session, vault, report_owner(report_id), "referrals", tuple[Referral, ...]) or ()


def has_contact_details(session: Session, vault: Vault, report_id: int) -> bool:
    """Whether numbers or addresses of the person who reported are kept, in any version."""
    versions = all_versions(session, vault, report_owner(report_id), "reporter", ReporterPart)
    return any(one.numbers or one.addresses for one in versions)


def erase_contact_details(session: Session, vault: Vault, report_id: int) -> None:
    """Forgets numbers, addresses and contact rules in every version; names and what is never said stay private words.

    Unreadable at once, and gone from backups with the epoch key, as an erased report. Each version keeps its time: that
    something was erased is no sign that somebody was in touch.
    """
    owner = report_owner(report_id)
    versions = all_versions(session, vault, owner, "reporter", ReporterPart)
    mine = (col(SealedPart.owner) == owner.kind, col(SealedPart.owner_id) == owner.id)
    of_reporter = (*mine, col(SealedPart.part) == "reporter")
    times = session.exec(select(SealedPart.at).where(*of_reporter).order_by(col(SealedPart.version))).all()
    session.exec(delete(SealedPart).where(*of_reporter))
    for at, one in zip(times, versions, strict=True):
        kept = msgspec.structs.replace(one, numbers=(), addresses=(), contact_rules="", contact=ContactRules())
        put_part(session, vault, owner, "reporter", kept, at=at)


def insert_attachment(
    session: Session, vault: Vault, *, report_id: int, content: bytes, about: Attached, by: int, now: datetime
) -> int:
    """Keeps a file, sealed; its number."""
    row = AttachmentRow(report_id=report_id, at=now, by=by)
    session.add(row)
    session.flush()
    assert row.id is not None
    row.put(vault.epochs.seal(content, row.place(), vault.randomness(SEAL_RANDOMNESS)))
    put_part(session, vault, Owner("attachment", row.id, report_id), "about", about, at=now)
    return row.id


def list_attachments(session: Session, vault: Vault, report_id: int) -> list[Attachment]:
    """The files of a report, the first first."""
    wanted = (col(AttachmentRow.id), col(AttachmentRow.at), col(AttachmentRow.by))
    rows = session.exec(select(*wanted).where(AttachmentRow.report_id == report_id).order_by(col(AttachmentRow.id)))
    made = []
    for number, at, by in rows.all():
        assert number is not None
        about = latest_part(session, vault, Owner("attachment", number, report_id), "about", Attached)
        assert about is not None
        made.append(Attachment(id=number, at=at, by=by, about=about))
    return made


def count_attachments(session: Session, report_id: int) -> int:
    """How many files a report has."""
    counted = select(func.count()).select_from(AttachmentRow).where(col(AttachmentRow.report_id) == report_id)
    return session.exec(counted).one()


def read_attachment(session: Session, vault: Vault, report_id: int, number: int) -> bytes:
    """The bytes as they came.

    Raises:
        NotFound: `not_found.attachment`.
        SealBroken: it does not open.
    """
    row = session.get(AttachmentRow, number)
    sealed = None if row is None or row.report_id != report_id else row.sealed()
    if row is None or sealed is None:
        raise NotFound("attachment", "this report has no file of that number")
    return vault.epochs.open(sealed, row.place())


def erase_attachment(session: Session, report_id: int, number: int) -> None:
    """Forgets one file and what is known of it.

    Raises:
        NotFound: `not_found.attachment`.
    """
    row = session.get(AttachmentRow, number)
    if row is None or row.report_id != report_id:
        raise NotFound("attachment", "this report has no file of that number")
    session.delete(row)
    session.exec(delete(SealedPart).where(col(SealedPart.owner) == "attachment", col(SealedPart.owner_id) == number))


def link_reports(session: Session, first: int, second: int, *, by: int, now: datetime) -> None:
    """Two reports of one event. Again: nothing changes."""
    low, high = sorted((first, second))
    if session.get(LinkRow, (low, high)) is None:
        session.add(LinkRow(report_id=low, other_id=high, at=now, by=by))


def unlink_reports(session: Session, first: int, second: int) -> None:
    """They are not of one event after all."""
    low, high = sorted((first, second))
    row = session.get(LinkRow, (low, high))
    if row is not None:
        session.delete(row)


def linked_reports(session: Session, report_id: int) -> list[int]:
    """Reports of the same event, as somebody linked them."""
    rows = select(LinkRow).where(or_(col(LinkRow.report_id) == report_id, col(LinkRow.other_id) == report_id))
    return sorted(row.other_id if row.report_id == report_id else row.report_id for row in session.exec(rows))
