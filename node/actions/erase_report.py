"""Erases a report: its warnings are taken back, its wrapped keys and contents forgotten, the write-ahead log emptied.

At once nothing in use can open it. Backups made before hold it until their epoch key is destroyed, 14 days at most
(`rewrap_keys`). A hold beats erasure. Source: promise 12, PEOPLE 4.10.
"""

from datetime import datetime
from typing import Final

from node.actions.case_desk import CaseDesk
from node.actions.withdraw_alert import take_back
from node.core import access
from node.core.errors import Locked
from node.core.report import require_not_held
from node.core.retention import require_erasable
from node.core.voice import Voice
from node.store.erasures import ErasureList
from node.store.proposals import list_proposals
from node.store.releases import mark_refused, open_drafts, releases_out
from node.store.reports import erase_report_rows, get_report, mark_of
from node.store.retention import age_of
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting

ERASURE_REASONS: Final = frozenset(
    {"asked_by_person_harmed", "retention", "agency_left", "wrongly_kept", "duplicate", "order"}
)
BY_AGE: Final = frozenset({"retention", "agency_left"})
"""Reasons that only a report has whose time has come: nothing goes by itself shortly after somebody added to it."""


def erase_report(desk: CaseDesk, voice: Voice | None, *, report_id: int, reason: str, by: str, now: datetime) -> int:
    """Erases it; how many sealed parts were forgotten. Its number stays, so that it is refused from then on.

    A crash before the commit leaves it in the list of erasures: the next opening erases it (`open_database`). One
    between the commit and the emptying of the write-ahead log leaves bytes there that no key in use opens; the next
    `rewrap_keys` empties it.

    Args:
        reason: of `ERASURE_REASONS`.

    Raises:
        Locked: `locked.hold`: not yet, and the hold says why and until when; `locked.hold_proposed`.
        Refused: `refused.reason`, `refused.no_cancel`, `refused.not_due`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
        Unavailable: `unavailable.erasures`, `unavailable.database`.
    """
    if reason not in ERASURE_REASONS:
        raise Refused("reason", "the reason is one of: " + ", ".join(sorted(ERASURE_REASONS)))
    with desk.store.begin() as session:
        who = acting(session, by, access.may_keep_records, now)
        person, report = who.id, get_report(session, desk.vault, report_id)
        access.require_may_reach(who, report, desk.config.name)
        require_not_held(report)
        if any(one.kind == "hold" for one in list_proposals(session, report_id)):
            raise Locked("hold_proposed", "a legal hold is proposed for this report: decide on that first")
        if reason in BY_AGE:
            require_erasable(age_of(session, desk.vault, report_id, now), now)
        for release in releases_out(session, report_id):
            take_back(session, desk, voice, release, person=person, now=now)
        for draft in open_drafts(session, report_id):
            mark_refused(session, draft.id, "taken_back")
        ErasureList(desk.config.epoch_dir).note("report", [mark_of(session, report_id)], now)
        forgotten = erase_report_rows(session, report_id, now)
        audit.note(session, person=person, verb="erase_report", subject=f"report/{report_id}", now=now, reason=reason)
    desk.store.checkpoint_wal()
    return forgotten
