"""Records an answer to one switch. Turning one off that something out depends on is `change_permission`."""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk, report_for
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.permissions import Answer, Switch, allows, require_entry, require_may_answer
from node.core.voice import Voice
from node.store.permissions import Given, append_entry, read_entries, require_waiver
from node.store.releases import releases_out
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An answer's number, and the numbers of the warnings that it took back."""

    answer: int
    taken_back: tuple[int, ...]


def record_permission(
    desk: CaseDesk,
    *,
    report_id: int,
    switch: Switch,
    answer: Answer,
    given: Given,
    by: str,
    now: datetime,
    at: datetime | None = None,
    settles: int | None = None,
    voice: Voice | None = None,
) -> Recorded:
    """Appends an answer. Warnings that are out and that a narrower yes does not allow are taken back.

    Args:
        given: wording version, witness, way, conditions.
        at: when it was given, where that was before it is typed in.
        voice: None: their Cancels that were signed beforehand go.
        settles: an earlier entry whose condition this settles: a person asked again, or made it one that is kept.

    Raises:
        Refused: `refused.switch`, `refused.answer`, `refused.future`, `refused.not_person_harmed`,
            `refused.settles`; `refused.second_person`: the second worker of a waiver is the one who writes it down;
            `refused.use_change`: warnings are out, `change_permission` takes them back with it.
        NoPermission: `permission.age`.
        Locked: `locked.unopened`: open the imported row first; `locked.hold`, `locked.lead_only`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    given_at = at or now
    require_entry(switch, answer, given_at, now)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_record_permission, now)
        person, report = who.id, report_for(session, desk, who, report_id)
        require_may_answer(report.facts, switch, answer)
        require_waiver(session, given, by)
        entries = read_entries(session, desk.vault, report_id)
        if settles is not None and not any(e.id == settles and e.switch == switch for e in entries):
            raise Refused("settles", "what is settled is an earlier answer to the same switch of the same report")
        made = append_entry(
            session,
            desk.vault,
            report_id=report_id,
            switch=switch,
            answer=answer,
            given=given,
            at=given_at,
            now=now,
            settles=settles,
        )
        after = read_entries(session, desk.vault, report_id)
        turned_off = allows(entries, switch, now) and not allows(after, switch, now)
        if answer != "yes" and turned_off and releases_out(session, report_id):
            raise Refused("use_change", "warnings of this report are out: change the permission, which takes them back")
        audit.note(session, person=person, verb=f"permission_{switch}", subject=f"report/{report_id}", now=now)
        taken_back = recheck_warnings(session, desk, voice, report_id, person=person, now=now)
        return Recorded(answer=made, taken_back=taken_back)
