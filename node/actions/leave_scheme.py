"""A member agency leaves: with its reports and nothing else, in a file that only its passphrase opens.

Two steps, so that a lost download loses nothing: it takes the file along first (`export_reports`); when it brings the
file back and it opens and is whole, the reports are erased here (`leave_scheme`). Source: PEOPLE 2.7, DESIGN §5.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.erase_report import erase_report
from node.actions.withdraw_alert import take_back_or_owe
from node.core import access
from node.core.agencies import WARNINGS, Warnings
from node.core.errors import Locked
from node.core.report import Report, is_locked_by_age
from node.core.sealed_export import NONCE_BYTES, PASSPHRASE_WORDS, SALT_BYTES, open_export, seal_export
from node.core.voice import Voice
from node.store.agencies import mark_left, require_agency_here
from node.store.releases import releases_out
from node.store.reports import list_reports, read_words
from node.store.retention import last_activity
from node.store.whole_report import WholeReport, read_whole
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.staff import Staff
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.word_list import WORDS

VERSION: Final = 1


class AgencyExport(Unprinted, frozen=True, kw_only=True):
    """What is in the file."""

    version: int
    agency: str
    made_at: datetime
    reports: tuple[WholeReport, ...]


class Exported(Unprinted, frozen=True, kw_only=True):
    """The file.

    Attributes:
        held: reports on hold, which are not in it.
        notes: support notes, which are in no export: whoever wrote them takes them along in another way.
    """

    sealed: bytes
    reports: int
    held: int
    notes: int


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What was done.

    Attributes:
        remaining: reports that stay for now: held, or a warning of them stays until it lapses.
        taken_back: warnings taken back.
    """

    erased: int
    remaining: int
    taken_back: int


def new_passphrase(desk: CaseDesk) -> str:
    """Eight words for a file: shown, written on paper, kept nowhere."""
    return " ".join(_word(desk.vault.randomness(2)) for _ in range(PASSPHRASE_WORDS))


def export_reports(desk: CaseDesk, *, agency: str, passphrase: str, by: str, now: datetime) -> Exported:
    """Its reports, sealed.

    Args:
        passphrase: of `new_passphrase`, and already on paper.

    Raises:
        Refused: `refused.agency`, `refused.agency_left`, `refused.own_project`, `refused.passphrase`.
        Locked: `locked.lead_only`: some are with the safeguarding lead, who makes the file then.
        NotYours: `access.role`, `access.agency`.
        NotFound: `not_found.person`.
        SealBroken: a part does not open.
    """
    if len(passphrase.split()) != PASSPHRASE_WORDS or not set(passphrase.split()) <= set(WORDS):
        raise Refused("passphrase", "the file is sealed to eight words that were made here")
    with desk.store.begin() as session:
        who = _leaver(session, desk, agency, by, now)
        reports = _of(session, desk, agency)
        content = _content(session, desk, agency, reports, who, now)
        notes = sum(len(read_words(session, desk.vault, one.id, "support")) for one in reports)
        audit.note(session, person=who.id, verb="export_agency", subject="report/agency", now=now)
    sealed = seal_export(
        msgspec.json.encode(content),
        passphrase,
        salt=desk.vault.randomness(SALT_BYTES),
        nonce=desk.vault.randomness(NONCE_BYTES),
    )
    held = sum(one.held for one in reports)
    return Exported(sealed=sealed, reports=len(content.reports), held=held, notes=notes)


def read_export(sealed: bytes, passphrase: str) -> AgencyExport:
    """What is in a file.

    Raises:
        Refused: `refused.export`.
    """
    return decode_export(open_export(sealed, passphrase))


def decode_export(content: bytes) -> AgencyExport:
    """What an opened file says.

    Raises:
        Refused: `refused.export`.
    """
    try:
        return msgspec.json.decode(content, type=AgencyExport)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("export", "another version of this program made this file") from error


def leave_scheme(
    desk: CaseDesk,
    voice: Voice | None,
    *,
    agency: str,
    sealed: bytes,
    passphrase: str,
    warnings: Warnings,
    by: str,
    now: datetime,
) -> Left:
    """It leaves: no report is taken for it any more, and those in the file are erased here.

    A crash part-way leaves it gone and some reports due (`left_agency`), which the review of keeping lists.

    Args:
        sealed: the file, brought back: it opens, and nothing was added to the reports since it was made.
        warnings: those that are out are taken back, or stay until they lapse, and their reports with them.

    Raises:
        Refused: `refused.export`, `refused.export_old`, `refused.warnings`, and as `export_reports`.
        NotYours, Locked, NotFound: as `export_reports`.
    """
    if warnings not in WARNINGS:
        raise Refused("warnings", "warnings that are out are taken back, or stay")
    found = read_export(sealed, passphrase)
    taken_back = 0
    with desk.store.begin() as session:
        who = _leaver(session, desk, agency, by, now)
        reports = _of(session, desk, agency)
        _require_whole(session, found, agency, reports)
        mark_left(session, agency, warnings=warnings, by=who.id, now=now)
        out = [release for one in reports for release in releases_out(session, one.id)]
        if warnings == "take_back":
            for release in out:
                take_back_or_owe(session, desk, voice, release, person=who.id, now=now)
            taken_back, out = len(out), []
        staying = {release.report_id for release in out}
        audit.note(session, person=who.id, verb="leave_scheme", subject="report/agency", now=now, reason=warnings)
    erased = [one.id for one in reports if not one.held and one.id not in staying]
    for report_id in erased:
        erase_report(desk, voice, report_id=report_id, reason="agency_left", by=by, now=now)
    return Left(erased=len(erased), remaining=len(reports) - len(erased), taken_back=taken_back)


def _leaver(session: Session, desk: CaseDesk, agency: str, by: str, now: datetime) -> Staff:
    who = acting(session, by, access.may_keep_records, now)
    require_agency_here(session, desk.config, agency)
    if agency == desk.config.name:
        raise Refused("own_project", "the project itself does not leave: this node is its own")
    if not access.may_take_for(who, agency):
        raise NotYours("agency", "an agency's leaving is for its own people and the project's coordinators")
    return who


def _of(session: Session, desk: CaseDesk, agency: str) -> list[Report]:
    return [one for one in list_reports(session, desk.vault) if one.agency == agency]


def _content(
    session: Session, desk: CaseDesk, agency: str, reports: list[Report], who: Staff, now: datetime
) -> AgencyExport:
    if any(is_locked_by_age(one.facts) for one in reports) and not who.is_any("safeguarding_lead"):
        raise Locked("lead_only", "some reports are with the safeguarding lead: a safeguarding lead makes the file")
    whole = tuple(read_whole(session, desk.vault, one.id) for one in reports if not one.held)
    return AgencyExport(version=VERSION, agency=agency, made_at=now, reports=whole)


def _require_whole(session: Session, found: AgencyExport, agency: str, reports: list[Report]) -> None:
    wanted = {one.id for one in reports if not one.held}
    activity = last_activity(session)
    newer = any(activity[number] > found.made_at for number in wanted if number in activity)
    if found.agency != agency or {one.id for one in found.reports} != wanted or newer:
        raise Refused("export_old", "this file does not hold all reports as they are now: make it again")


def _word(two: bytes) -> str:
    return WORDS[int.from_bytes(two, "big") % len(WORDS)]
