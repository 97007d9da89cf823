"""A person opens an imported row: reads it, answers the age question, confirms what was recorded as said yes to."""

from datetime import datetime

from msgspec.structs import replace

from node.actions.amend_scheme_data import put_facts
from node.actions.case_desk import CaseDesk, report_for
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.permissions import Switch, require_may_answer, standing_now
from node.core.report import Age
from node.store.permissions import Given, append_entry, read_entries
from node.store.reports import mark_opened
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def open_report(
    desk: CaseDesk,
    *,
    report_id: int,
    by: str,
    now: datetime,
    age_now: Age | None = None,
    age_at_event: Age | None = None,
    confirm: tuple[Switch, ...] = (),
    wording: str = "",
) -> None:
    """Opens the row. Again: it can answer and confirm what was left open the first time.

    Args:
        age_now: the answer; None where the sheet has it already.
        confirm: switches that the sheet has as *yes* and that this person, having read the row, stands for now. What
            is not confirmed stays *as recorded* and allows nothing.

    Raises:
        Refused: `refused.not_recorded_yes` (only what was recorded as yes, without an open condition, can be
            confirmed: the rest must be asked), `refused.not_person_harmed`, `refused.age_kept`.
        NoPermission: `permission.age`.
        Locked: `locked.age_lead`, `locked.hold`, `locked.lead_only`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_record_permission, now)
        person, report = who.id, report_for(session, desk, who, report_id)
        facts = replace(
            report.facts,
            age_now=age_now or report.facts.age_now,
            age_at_event=age_at_event or report.facts.age_at_event,
        )
        if facts != report.facts:
            put_facts(session, desk, report_id, facts, who=who, now=now)
        entries = read_entries(session, desk.vault, report_id)
        for switch in confirm:
            found = standing_now(entries, switch, now)
            if found.answer != "yes" or found.conditions:
                raise Refused("not_recorded_yes", f"{switch} was not recorded as a plain yes: it must be asked")
            require_may_answer(facts, switch, "yes")
            append_entry(
                session,
                desk.vault,
                report_id=report_id,
                switch=switch,
                answer="yes",
                given=Given(wording=wording, witness=by, how="import"),
                at=now,
                now=now,
                settles=found.entry,
            )
        if not report.opened:
            mark_opened(session, report_id, now)
        recheck_warnings(session, desk, None, report_id, person=person, now=now)
        audit.note(session, person=person, verb="open_report", subject=f"report/{report_id}", now=now)
