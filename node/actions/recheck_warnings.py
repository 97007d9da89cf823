"""After anything of a report changed: takes back what is out and a rule refuses now. In the caller's transaction."""

from datetime import datetime

from sqlmodel import Session

from node.actions.build_warning import require_still_allowed
from node.actions.case_desk import CaseDesk
from node.actions.withdraw_alert import take_back_or_owe
from node.core.voice import Voice
from node.store.releases import releases_out
from protocol.at_rest import SealBroken
from protocol.house.core.errors import Refused


def recheck_warnings(
    session: Session, desk: CaseDesk, voice: Voice | None, report_id: int, *, person: int, now: datetime
) -> tuple[int, ...]:
    """Tries to build each warning of the report that is out again; numbers of those taken back.

    One whose record does not open cannot be answered for, and is taken back too. What cannot be cancelled yet is taken
    back here, and an alarm says so.

    Args:
        voice: None: their Cancels that were signed beforehand go.
    """
    taken_back = []
    for release in releases_out(session, report_id):
        try:
            require_still_allowed(session, desk, release, now)
        except (Refused, SealBroken):
            take_back_or_owe(session, desk, voice, release, person=person, now=now)
            taken_back.append(release.id)
    return tuple(taken_back)
