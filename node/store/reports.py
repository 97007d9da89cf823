"""Reports: put and read part by part. What a caller gets is a frozen value; what is private was opened for it alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, delete, or_, select

from node.core.private_parts import PrivateParts
from node.core.report import Facts, Part, Report, ReporterPart, Words
from node.core.scheme_data import SchemeData
from node.store.case_tables import AttachmentRow, LinkRow, ProposalRow
from node.store.records_tables import HoldRow, ImportedRowSeen, PermissionRow, ReportRow
from node.store.vault import Owner, all_versions, erase_parts, latest_part, put_part
from protocol.house.core.errors import NotFound
from protocol.house.store.keyed import keyed_hash
from protocol.house.store.vault import Vault

_IMPORT_KEY: Final = "import_key"


def report_owner(report_id: int) -> Owner:
    """Whose parts a report's parts are."""
    return Owner("report", report_id, report_id)


def insert_report(
    session: Session,
    vault: Vault,
    *,
    agency: str,
    facts: Facts,
    taken_at: datetime,
    taken_by: int,
    imported: bool = False,
) -> int:
    """A new report with its facts; its number. An imported one is not opened yet."""
    row = ReportRow(
        mark=vault.randomness(8).hex(),
        agency=agency,
        taken_at=taken_at,
        taken_by=taken_by,
        imported=imported,
        opened_at=None if imported else taken_at,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, report_owner(row.id), "facts", facts, at=taken_at)
    return row.id


def get_report(session: Session, vault: Vault, report_id: int) -> Report:
    """A report that is here.

    Raises:
        NotFound: `not_found.report`, `not_found.erased`.
        SealBroken: its epoch key is destroyed.
    """
    return _report(session, vault, _row(session, report_id))


def list_reports(session: Session, vault: Vault) -> list[Report]:
    """All reports that are not erased, the oldest first."""
    rows = select(ReportRow).where(col(ReportRow.erased_at).is_(None)).order_by(col(ReportRow.id))
    return [_report(session, vault, row) for row in session.exec(rows).all()]


def _row(session: Session, report_id: int) -> ReportRow:
    row = session.get(ReportRow, report_id)
    if row is None:
        raise NotFound("report", "there is no report of that number here")
    if row.erased_at is not None:
        raise NotFound("erased", "this report was erased")
    return row


def _report(session: Session, vault: Vault, row: ReportRow) -> Report:
    assert row.id is not None
    facts = latest_part(session, vault, report_owner(row.id), "facts", Facts)
    assert facts is not None
    holds = select(HoldRow.id).where(HoldRow.report_id == row.id, col(HoldRow.lifted_at).is_(None))
    return Report(
        id=row.id,
        agency=row.agency,
        taken_at=row.taken_at,
        taken_by=row.taken_by,
        handed_over=row.handed_over_at is not None,
        imported=row.imported,
        opened=row.opened_at is not None,
        held=session.exec(holds).first() is not None,
        facts=facts,
    )


def require_report(session: Session, report_id: int) -> None:
    """That it is here, without opening anything of it.

    Raises:
        NotFound: `not_found.report`, `not_found.erased`.
    """
    _row(session, report_id)


def read_facts(session: Session, vault: Vault, report_id: int) -> list[Facts]:
    """Every version of the facts, the first first."""
    return all_versions(session, vault, report_owner(report_id), "facts", Facts)


def mark_opened(session: Session, report_id: int, now: datetime) -> None:
    """A person has opened the imported row."""
    _row(session, report_id).opened_at = now


def mark_handed_over(session: Session, report_id: int, now: datetime) -> None:
    """Whoever took it has handed it over."""
    _row(session, report_id).handed_over_at = now


def put_report_part(session: Session, vault: Vault, report_id: int, part: Part, value: object, *, at: datetime) -> None:
    """Adds a version of a part; earlier ones are kept until the report is erased."""
    put_part(session, vault, report_owner(report_id), part, value, at=at)


def read_words(session: Session, vault: Vault, report_id: int, part: Part) -> list[Words]:
    """All versions of the account, the additions, or the support notes."""
    return all_versions(session, vault, report_owner(report_id), part, Words)


def read_scheme_data(session: Session, vault: Vault, report_id: int) -> SchemeData:
    """The scheme data as it is now; empty if there is none yet."""
    return latest_part(session, vault, report_owner(report_id), "scheme", SchemeData) or SchemeData()


def read_reporter(session: Session, vault: Vault, report_id: int) -> ReporterPart:
    """Who reported; empty if nothing is kept."""
    return latest_part(session, vault, report_owner(report_id), "reporter", ReporterPart) or ReporterPart()


def read_raw_cells(session: Session, vault: Vault, report_id: int) -> tuple[tuple[str, str, str], ...]:
    """An imported row's cells as they were: heading, cell, comment; empty for a report taken here."""
    return latest_part(session, vault, report_owner(report_id), "raw", tuple[tuple[str, str, str], ...]) or ()


def read_private_parts(session: Session, vault: Vault, report_id: int) -> PrivateParts:
    """Everything that the record knows to be private: the words kept as such in every version, and the reporter's.

    A word once private stays so: taking it off the list does not let it out.
    """
    owner = report_owner(report_id)
    kept = all_versions(session, vault, owner, "private", tuple[str, ...])
    reporters = all_versions(session, vault, owner, "reporter", ReporterPart)
    return PrivateParts(
        names=_each_once(name for one in reporters for name in (*one.names, *one.also_known_as, *one.legal_names)),
        numbers=_each_once(number for one in reporters for number in one.numbers),
        addresses=_each_once(address for one in reporters for address in one.addresses),
        words=_each_once(word for version in kept for word in version),
        never_say=_each_once(said for one in reporters for said in (*one.legal_names, *one.never_say)),
    )


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def erase_report_rows(session: Session, report_id: int, now: datetime) -> int:
    """Forgets all sealed parts, files, links, proposals and permissions of a report; how many parts there were.

    Its number stays, marked erased. The mark comes first: the trigger on permissions lets go of an erased report's
    rows only.
    """
    _row(session, report_id).erased_at = now
    session.flush()
    session.exec(delete(HoldRow).where(col(HoldRow.report_id) == report_id))
    session.exec(delete(PermissionRow).where(col(PermissionRow.report_id) == report_id))
    session.exec(delete(AttachmentRow).where(col(AttachmentRow.report_id) == report_id))
    session.exec(delete(ProposalRow).where(col(ProposalRow.report_id) == report_id))
    session.exec(delete(LinkRow).where(or_(col(LinkRow.report_id) == report_id, col(LinkRow.other_id) == report_id)))
    return erase_parts(session, report_id)


def mark_of(session: Session, report_id: int) -> str:
    """By what its erasure is known again, whatever database is restored.

    Raises:
        NotFound: `not_found.report`, `not_found.erased`.
    """
    return _row(session, report_id).mark


def not_erased_of(session: Session, erased: Mapping[str, datetime]) -> list[int]:
    """Those of reports that were erased that are here all the same: the database was restored from a backup.

    A report that was put on hold after its erasure was asked for was not erased then, and is not one of them.

    Args:
        erased: mark → when its erasure was asked for.
    """
    rows = select(ReportRow).where(col(ReportRow.mark).in_(erased), col(ReportRow.erased_at).is_(None))
    held = select(HoldRow).where(col(HoldRow.lifted_at).is_(None))
    held_since = {hold.report_id: hold.placed_at for hold in session.exec(held)}
    due = []
    for row in session.exec(rows.order_by(col(ReportRow.id))):
        assert row.id is not None
        since = held_since.get(row.id)
        if since is None or since <= erased[row.mark]:
            due.append(row.id)
    return due


def imported_before(session: Session, vault: Vault, fingerprint: str, now: datetime) -> int | None:
    """The report that this sheet row became, or None. Also of erased ones: what was erased does not come back.

    Args:
        fingerprint: what the import calls the same row; kept only under a key that is itself sealed.
    """
    row = session.get(ImportedRowSeen, keyed_hash(session, vault, _IMPORT_KEY, fingerprint))
    return None if row is None else row.report_id


def keep_fingerprint(session: Session, vault: Vault, fingerprint: str, report_id: int, now: datetime) -> None:
    """Remembers that this row was imported."""
    keyed = keyed_hash(session, vault, _IMPORT_KEY, fingerprint)
    session.add(ImportedRowSeen(fingerprint=keyed, report_id=report_id, imported_at=now))
