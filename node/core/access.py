"""Who may do what: one predicate a rule. Pure; the pages ask at each route, the actions again and about each record.

One person may hold several roles; what a role may do is the union. That nobody both drafts and releases one warning is
a rule about people, not roles, and stands in `core.release`. Police have no account at a node. Source: DESIGN §1, §5,
PEOPLE 1.12, 2.4, §5.
"""

from typing import Final, Literal

from node.core.errors import Locked
from node.core.report import Report, is_locked_by_age, require_not_held
from protocol.house.core.errors import NotYours
from protocol.house.core.staff import Staff

Role = Literal[
    "outreach",
    "caseworker",
    "coordinator",
    "safeguarding_lead",
    "police_contact_worker",
    "administrator",
    "auditor",
]

ROLES: Final[tuple[Role, ...]] = (
    "outreach",
    "caseworker",
    "coordinator",
    "safeguarding_lead",
    "police_contact_worker",
    "administrator",
    "auditor",
)


def may_take_reports(who: Staff) -> bool:
    """Take a report, and let a danger now out: all who meet sex workers."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_read_reports(who: Staff) -> bool:
    """The list of reports, and those of it that are theirs to read. Outreach has only its own drafts."""
    return who.is_any("caseworker", "coordinator", "safeguarding_lead")


def may_record_permission(who: Staff) -> bool:
    """Ask the switches and write down the answers."""
    return who.is_any("caseworker", "coordinator", "safeguarding_lead")


def may_safeguard(who: Staff) -> bool:
    """Ask the statutory agency about somebody under 18, and write down what it said."""
    return who.is_any("safeguarding_lead")


def may_draft(who: Staff) -> bool:
    """Draft a warning or an update."""
    return who.is_any("caseworker", "coordinator", "safeguarding_lead")


def may_see_own_warnings(who: Staff) -> bool:
    """What this project has let out, and what has become of it."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_release(who: Staff) -> bool:
    """Let out or refuse what another drafted."""
    return who.is_any("coordinator")


def may_review_danger_now(who: Staff) -> bool:
    """Look at a danger now after it went out, as a second person."""
    return who.is_any("caseworker", "coordinator")


def may_let_out(who: Staff, *, second_look: bool) -> bool:
    """Release what another drafted; where that is the second look at a danger now, a caseworker too."""
    return may_release(who) or (second_look and may_review_danger_now(who))


def may_take_down(who: Staff) -> bool:
    """Take a warning back: one person, any hour, no reason. Source: PEOPLE 1.4."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_read_inbox(who: Staff) -> bool:
    """Warnings of other projects."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead", "police_contact_worker")


def may_print(who: Staff) -> bool:
    """Print warnings, a van sheet or the paper form: all who meet sex workers."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_check(who: Staff) -> bool:
    """Check a number, plate, address or name against what is held here."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead", "police_contact_worker")


def may_import(who: Staff) -> bool:
    """Bring in a spreadsheet, and open its rows."""
    return who.is_any("caseworker", "coordinator")


def may_keep_records(who: Staff) -> bool:
    """Hold, erase, retention, agencies' leaving: who answers for the records."""
    return who.is_any("coordinator")


def may_manage_people(who: Staff) -> bool:
    """Invite, change roles, end an account or a device."""
    return who.is_any("coordinator", "administrator")


def may_change_settings(who: Staff) -> bool:
    """The scheme's rules and the machine's settings."""
    return who.is_any("coordinator", "administrator")


def may_change_rules(who: Staff) -> bool:
    """What the scheme warns about, its never-alert list, its table of small areas. Source: PEOPLE 2.8, 5.6."""
    return who.is_any("coordinator")


def may_prepare_figures(who: Staff) -> bool:
    """Count a quarter, and see what would leave: the project's own people, since it counts every agency's reports."""
    return who.agency is None and who.is_any("coordinator", "administrator")


def may_let_out_figures(who: Staff) -> bool:
    """Let out what another counted, and take it back."""
    return who.agency is None and may_release(who)


def may_answer_hub(who: Staff) -> bool:
    """See to what the hub's operator asks of this project."""
    return who.agency is None and who.is_any("coordinator", "administrator")


def may_speak_of_series(who: Staff) -> bool:
    """Say, agree or object that warnings may be the same person: the project's own word to others."""
    return who.agency is None and who.is_any("coordinator")


def may_read_audit(who: Staff) -> bool:
    """The trail of looks and acts: the project's own, since it tells of every agency's records."""
    return who.agency is None and who.is_any("auditor", "coordinator")


def may_read_week(who: Staff) -> bool:
    """Monday's summary: who opened what. Source: PEOPLE 5.9."""
    return who.agency is None and who.is_any("coordinator")


def is_of(who: Staff, agency: str, project: str) -> bool:
    """Whether somebody works for this agency; `project` is the name of the project itself, which has no agency."""
    return (who.agency or project) == agency


def may_open(who: Staff, report: Report, project: str) -> bool:
    """Read one report and work on it; holds and ages lock it besides (`require_may_open`).

    An agency's people see their agency's, the project's caseworkers the project's, its coordinators and safeguarding
    leads all of them; whoever took a report sees it until they hand it over. Source: PEOPLE 1.12, 2.7.
    """
    if who.is_any("caseworker", "coordinator", "safeguarding_lead"):
        oversees = who.agency is None and who.is_any("coordinator", "safeguarding_lead")
        if oversees or is_of(who, report.agency, project):
            return True
    return may_take_reports(who) and report.taken_by == who.id and not report.handed_over


def require_may_reach(who: Staff, report: Report, project: str) -> None:
    """To hold it, to lift a hold, to erase it: those of `may_open`, and nothing of it is read.

    Raises:
        NotYours: `access.report`.
    """
    if not may_open(who, report, project):
        raise NotYours("report", "this report is not one of those that you may read")


def require_may_open(who: Staff, report: Report, project: str) -> None:
    """Nobody while it is held; the safeguarding lead alone where age locks it; otherwise those of `may_open`.

    Raises:
        Locked: `locked.hold`, `locked.lead_only`.
        NotYours: `access.report`.
    """
    require_not_held(report)
    require_may_reach(who, report, project)
    if is_locked_by_age(report.facts) and not who.is_any("safeguarding_lead"):
        raise Locked("lead_only", "under 18 or not sure: this record is with the safeguarding lead alone")


def may_judge(who: Staff, report: Report) -> bool:
    """A draft of a report that age locks: a coordinator sees what would leave and nothing of the record, and lets it
    out together with the safeguarding lead. Source: PEOPLE *Under 18*."""
    return is_locked_by_age(report.facts) and not report.held and who.agency is None and may_release(who)


def may_find(who: Staff, report: Report, project: str) -> bool:
    """Whether lists, counts and checks have it for them. What is held is listed, and opens for nobody."""
    return may_open(who, report, project) and (not is_locked_by_age(report.facts) or who.is_any("safeguarding_lead"))


def may_read_support_notes(who: Staff, report: Report, project: str) -> bool:
    """An agency's support notes stay within it, whoever else may open the report. Source: PEOPLE 2.7, 4.3."""
    return may_open(who, report, project) and is_of(who, report.agency, project)


def may_take_for(who: Staff, agency: str) -> bool:
    """Take or bring in a report for an agency: its own people, and those of the project itself."""
    return who.agency is None or who.agency == agency


READING: Final[tuple[Role, ...]] = (
    "outreach",
    "caseworker",
    "coordinator",
    "safeguarding_lead",
    "police_contact_worker",
)
"""Roles that see something of a record."""

DEPUTISED: Final[tuple[Role, ...]] = ("coordinator", "safeguarding_lead")
"""Roles of which a project often has one person: a deputy stands in. Source: PEOPLE 2.4."""


def may_give(who: Staff, role: str) -> bool:
    """Give or take a role: a coordinator any; an administrator none that sees a record, or they could read by proxy."""
    return who.is_any("coordinator") or (who.is_any("administrator") and role not in READING)


def may_manage(who: Staff, other: Staff) -> bool:
    """Invite somebody, or change their roles: an agency's coordinator within the agency, an administrator nobody who
    sees a record: a fresh invitation is the way into an account."""
    if who.agency is not None and who.agency != other.agency:
        return False
    return who.is_any("coordinator") or (who.is_any("administrator") and not other.is_any(*READING))


def may_end(who: Staff, other: Staff) -> bool:
    """End an account, its sessions or a device of theirs: it only ever protects. Oneself, too."""
    within = who.agency is None or who.agency == other.agency
    return who.id == other.id or (within and may_manage_people(who))
