"""Releases: drafted, shown, decided, replaced, taken back. Bytes and signed Cancels are sealed with their report."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlmodel import Session, col, select

from node.core.danger_now import Unreviewed
from node.core.leak.resolving import Resolved
from node.core.permissions import allows
from node.core.release import OPEN_STATES, OUT_STATES, Composed, Release, Scope, State
from node.store.outbox import refused_for_good
from node.store.permissions import read_entries
from node.store.records_tables import OwnStatement, ReleaseRow, ReleaseShown, ReportRow
from node.store.reports import get_report
from node.store.vault import Owner, all_versions, latest_part, put_part
from protocol.house.core.errors import NotFound
from protocol.house.store.people import names_by_id
from protocol.house.store.registry import columns
from protocol.house.store.vault import Vault

_COMPOSED = "composed"
_CANCEL = "cancel"
_RESOLVED = "resolved"


class StatementMade(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that this node signed for a release: alert, update or cancel."""

    identity: str
    release_id: int
    kind: str
    chain: str
    made_at: datetime


class PresignedCancel(msgspec.Struct, frozen=True, kw_only=True):
    """A Cancel signed when the release was: for the day on which the key is lost."""

    identity: str
    envelope: bytes


def insert_release(
    session: Session,
    vault: Vault,
    *,
    report_id: int,
    scope: Scope,
    composed: Composed,
    digest: str,
    police: bool,
    by: int,
    now: datetime,
    chain: str | None,
    supersedes: str | None,
    replaces: int | None,
) -> int:
    """A draft; its number."""
    row = ReleaseRow(
        report_id=report_id,
        scope=scope,
        state="draft",
        drafted_by=by,
        drafted_at=now,
        digest=digest,
        danger_now=composed.choices.danger_now,
        status=composed.choices.status,
        chain=chain,
        supersedes=supersedes,
        replaces=replaces,
        police=police,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, _owner(row), _COMPOSED, composed, at=now)
    return row.id


def get_release(session: Session, release_id: int) -> Release:
    """A release.

    Raises:
        NotFound: `not_found.release`.
    """
    return _release(_row(session, release_id), _known(session))


def list_releases(session: Session, report_id: int | None = None) -> list[Release]:
    """All releases, or those of one report, the oldest first."""
    rows = select(ReleaseRow).order_by(col(ReleaseRow.id))
    if report_id is not None:
        rows = rows.where(ReleaseRow.report_id == report_id)
    known = _known(session)
    return [_release(row, known) for row in session.exec(rows)]


def is_second_look(session: Session, release: Release) -> bool:
    """Whether it replaces a danger now that nobody else has looked at."""
    return release.replaces is not None and get_release(session, release.replaces).unreviewed


def read_composed(session: Session, vault: Vault, release_id: int) -> Composed:
    """What was drafted: choices, exact bytes, audience.

    Raises:
        NotFound: `not_found.release`; `not_found.erased`: the record was erased, and this with it.
    """
    found = latest_part(session, vault, _owner(_row(session, release_id)), _COMPOSED, Composed)
    if found is None:
        raise NotFound("erased", "the record was erased, and the bytes of its releases with it")
    return found


def mark_shown(session: Session, release_id: int, person: int, now: datetime) -> None:
    """This person was shown the bytes of the release as they are."""
    row = _row(session, release_id)
    if session.get(ReleaseShown, (release_id, person, row.digest)) is None:
        session.add(ReleaseShown(release_id=release_id, person_id=person, digest=row.digest, at=now))
    if row.state == "draft":
        row.state = "shown"


def shown_to(session: Session, release_id: int) -> frozenset[str]:
    """Names of those who were shown the bytes of its digest."""
    row = _row(session, release_id)
    names = names_by_id(session)
    seen = select(ReleaseShown).where(ReleaseShown.release_id == release_id, ReleaseShown.digest == row.digest)
    return frozenset(names[shown.person_id] for shown in session.exec(seen))


def mark_approved(
    session: Session,
    release_id: int,
    *,
    by: int,
    now: datetime,
    expires: date,
    identity: str | None,
    chain: str | None,
    unreviewed: bool,
    read_to: str | None,
) -> None:
    """It leaves. What it replaces is superseded, and has had its second look."""
    row = _row(session, release_id)
    row.state, row.approved_by, row.approved_at, row.expires = "approved", by, now, expires
    row.identity, row.chain, row.unreviewed, row.read_to = identity, chain, unreviewed, read_to
    earlier = row.replaces
    if earlier is not None:
        replaced = _row(session, earlier)
        replaced.state, replaced.unreviewed = "superseded", False
    while earlier is not None:  # of another chain only if theirs never left: taking back any of them takes back all
        replaced = _row(session, earlier)
        replaced.chain, earlier = chain, replaced.replaces


def mark_refused(session: Session, release_id: int, reason: str) -> None:
    """A person said no to the draft."""
    row = _row(session, release_id)
    row.state, row.refused_reason = "refused", reason


def mark_paused(session: Session, release_id: int) -> None:
    """Dark everywhere until an update brings it back."""
    _row(session, release_id).state = "paused"


def mark_withdrawn(session: Session, release_id: int) -> None:
    """Taken back, for ever."""
    row = _row(session, release_id)
    row.state, row.unreviewed = "withdrawn", False


def keep_cancel(session: Session, vault: Vault, release_id: int, cancel: PresignedCancel, now: datetime) -> None:
    """Seals a signed Cancel beside the release."""
    put_part(session, vault, _owner(_row(session, release_id)), _CANCEL, cancel, at=now)


def read_cancel(session: Session, vault: Vault, release_id: int) -> PresignedCancel | None:
    """The Cancel signed beforehand, or None for a warning to our own people."""
    return latest_part(session, vault, _owner(_row(session, release_id)), _CANCEL, PresignedCancel)


def keep_resolved(session: Session, vault: Vault, release_id: int, resolved: Resolved, now: datetime) -> None:
    """Seals beside the release that somebody looked at a flag."""
    put_part(session, vault, _owner(_row(session, release_id)), _RESOLVED, resolved, at=now)


def read_resolved(session: Session, vault: Vault, release_id: int) -> list[Resolved]:
    """What was looked at, in that order."""
    return all_versions(session, vault, _owner(_row(session, release_id)), _RESOLVED, Resolved)


def keep_statement(
    session: Session, *, identity: str, release_id: int, kind: str, chain: str, by: int, now: datetime
) -> None:
    """Remembers a statement of our own; once is enough."""
    if session.exec(select(OwnStatement).where(OwnStatement.identity == identity)).one_or_none() is None:
        session.add(
            OwnStatement(identity=identity, release_id=release_id, kind=kind, chain=chain, made_at=now, made_by=by)
        )
        session.flush()


def statements_made(session: Session, chain: str | None = None) -> list[StatementMade]:
    """Our own statements, or those of one chain, in the order in which they were made."""
    rows = select(OwnStatement).order_by(col(OwnStatement.id))
    if chain is not None:
        rows = rows.where(OwnStatement.chain == chain)
    fields = StatementMade.__struct_fields__
    return [StatementMade(**{name: columns(row)[name] for name in fields}) for row in session.exec(rows)]


def open_drafts(session: Session, report_id: int) -> list[Release]:
    """Drafts of a report that nobody has decided yet."""
    return _of_report(session, report_id, OPEN_STATES)


def releases_out(session: Session, report_id: int) -> list[Release]:
    """What has left of a report and was neither replaced nor taken back; lapsed ones too."""
    return _of_report(session, report_id, OUT_STATES)


def releases_of_chain(session: Session, chain: str) -> list[Release]:
    """Every link of a chain whose report was not erased, the oldest first."""
    erased = select(ReportRow.id).where(col(ReportRow.erased_at).is_not(None))
    rows = select(ReleaseRow).where(ReleaseRow.chain == chain, col(ReleaseRow.report_id).not_in(erased))
    known = _known(session)
    return [_release(row, known) for row in session.exec(rows.order_by(col(ReleaseRow.id)))]


def unreviewed_danger_now(session: Session, now: datetime) -> list[Unreviewed]:
    """What one person released and no second has looked at, the oldest first (`core.danger_now.due`).

    Only what has not gone dark by itself: a lapsed one endangers nobody any more, and locks nobody out.
    """
    names = names_by_id(session)
    rows = select(ReleaseRow).where(
        col(ReleaseRow.unreviewed), col(ReleaseRow.state).in_(OUT_STATES), col(ReleaseRow.expires) > now.date()
    )
    made = []
    for row in session.exec(rows.order_by(col(ReleaseRow.approved_at))):
        assert row.id is not None and row.approved_by is not None and row.approved_at is not None
        made.append(Unreviewed(release_id=row.id, released_by=names[row.approved_by], released_at=row.approved_at))
    return made


def own_warnings(session: Session, vault: Vault, now: datetime) -> list[tuple[Release, bytes]]:
    """Warnings that our own people may read and that are in force, with their bytes: the same body as any.

    Those for them alone, and those for other projects while there is a yes to warning our own people too.
    """
    releases = [item for item in list_releases(session) if item.in_force(now)]
    meant = [item for item in releases if item.scope == "own" or _own_may_read(session, vault, item, now)]
    return [(item, read_composed(session, vault, item.id).stored) for item in meant]


def _own_may_read(session: Session, vault: Vault, release: Release, now: datetime) -> bool:
    if get_report(session, vault, release.report_id).facts.source != "report":
        return True
    return allows(read_entries(session, vault, release.report_id), "warn_own", now)


def _of_report(session: Session, report_id: int, states: Sequence[State]) -> list[Release]:
    rows = select(ReleaseRow).where(ReleaseRow.report_id == report_id, col(ReleaseRow.state).in_(states))
    known = _known(session)
    return [_release(row, known) for row in session.exec(rows.order_by(col(ReleaseRow.id)))]


def _row(session: Session, release_id: int) -> ReleaseRow:
    row = session.get(ReleaseRow, release_id)
    if row is None:
        raise NotFound("release", "there is no release of that number here")
    return row


def _owner(row: ReleaseRow) -> Owner:
    assert row.id is not None
    return Owner("release", row.id, row.report_id)


class _Known(msgspec.Struct, frozen=True):
    """What a release is read with: everybody's name, and why statements were refused for good."""

    names: dict[int, str]
    refused: dict[str, str]


def _known(session: Session) -> _Known:
    return _Known(names_by_id(session), refused_for_good(session))


def _release(row: ReleaseRow, known: _Known) -> Release:
    fields = {name: value for name, value in columns(row).items() if name in Release.__struct_fields__}
    fields["drafted_by"] = known.names[row.drafted_by]
    fields["approved_by"] = None if row.approved_by is None else known.names[row.approved_by]
    return Release(**fields, not_taken=known.refused.get(row.identity or ""))
