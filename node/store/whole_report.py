"""A whole report, as its agency takes it along: all but support notes and who supports them, which no export has."""

from datetime import datetime

from sqlmodel import Session

from node.core.attachments import Attached
from node.core.permissions import Entry
from node.core.referrals import Referral
from node.core.report import Facts, ReporterPart, Words
from node.core.scheme_data import SchemeData
from node.store.permissions import read_entries
from node.store.releases import list_releases, read_composed
from node.store.report_parts import linked_reports, list_attachments, read_attachment, read_referrals
from node.store.reports import get_report, read_facts, read_private_parts, read_raw_cells, read_words, report_owner
from node.store.vault import all_versions
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.vault import Vault


class WarningKept(Unprinted, frozen=True, kw_only=True):
    """A warning that was released from it: what left, and how it ended."""

    state: str
    scope: str
    approved_at: datetime | None
    identity: str | None
    stored: bytes | None


class FileKept(Unprinted, frozen=True, kw_only=True):
    """A file with its bytes as they came."""

    about: Attached
    content: bytes


class WholeReport(Unprinted, frozen=True, kw_only=True):
    """All versions of all parts. `passed_to_police`: nothing of what was passed to anybody else."""

    id: int
    taken_at: datetime
    facts: tuple[Facts, ...]
    account: tuple[Words, ...]
    additions: tuple[Words, ...]
    translations: tuple[Words, ...]
    scheme: tuple[SchemeData, ...]
    reporter: tuple[ReporterPart, ...]
    private_words: tuple[str, ...]
    raw_cells: tuple[tuple[str, str, str], ...]
    permissions: tuple[Entry, ...]
    passed_to_police: tuple[Referral, ...]
    warnings: tuple[WarningKept, ...]
    files: tuple[FileKept, ...]
    same_event: tuple[int, ...]


def read_whole(session: Session, vault: Vault, report_id: int) -> WholeReport:
    """Everything of a report but its support notes, and which support it was passed to.

    Raises:
        NotFound: `not_found.report`, `not_found.erased`.
        SealBroken: a part does not open.
    """
    owner = report_owner(report_id)
    return WholeReport(
        id=report_id,
        taken_at=get_report(session, vault, report_id).taken_at,
        facts=tuple(read_facts(session, vault, report_id)),
        account=tuple(read_words(session, vault, report_id, "account")),
        additions=tuple(read_words(session, vault, report_id, "addition")),
        translations=tuple(read_words(session, vault, report_id, "translation")),
        scheme=tuple(all_versions(session, vault, owner, "scheme", SchemeData)),
        reporter=tuple(all_versions(session, vault, owner, "reporter", ReporterPart)),
        private_words=read_private_parts(session, vault, report_id).words,
        raw_cells=read_raw_cells(session, vault, report_id),
        permissions=read_entries(session, vault, report_id),
        passed_to_police=tuple(one for one in read_referrals(session, vault, report_id) if one.to_police),
        warnings=tuple(_warnings(session, vault, report_id)),
        files=tuple(
            FileKept(about=one.about, content=read_attachment(session, vault, report_id, one.id))
            for one in list_attachments(session, vault, report_id)
        ),
        same_event=tuple(linked_reports(session, report_id)),
    )


def _warnings(session: Session, vault: Vault, report_id: int) -> list[WarningKept]:
    made = []
    for release in list_releases(session, report_id):
        try:
            stored = read_composed(session, vault, release.id).stored
        except NotFound:
            stored = None
        made.append(
            WarningKept(
                state=release.state,
                scope=release.scope,
                approved_at=release.approved_at,
                identity=release.identity,
                stored=stored,
            )
        )
    return made
