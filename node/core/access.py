"""Who may do what: one predicate a rule. Pure; the pages ask at each route, the actions ask about each record.

One person may hold several roles; what a role may do is the union. That nobody both drafts and releases one warning is
a rule about people, not roles, and stands in `core.release`. Police have no account at a node. Source: DESIGN §1, §5,
PEOPLE 1.12, 2.4, §5.
"""

from collections.abc import Callable
from typing import Final, Literal

import msgspec

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


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here, as the rules see them.

    Attributes:
        id: their number in `people`.
        agency: the member agency they work for, or None: the project itself.
        force: police-force area that a police contact worker deals with, or None.
    """

    id: int
    name: str
    roles: frozenset[Role]
    agency: str | None = None
    force: str | None = None

    def is_any(self, *roles: Role) -> bool:
        """Whether they hold one of these."""
        return not self.roles.isdisjoint(roles)


Rule = Callable[[Staff], bool]


def may_be_here(who: Staff) -> bool:
    """The start page and one's own account: everybody."""
    return bool(who.roles)


def may_take_reports(who: Staff) -> bool:
    """Take a report, and let a danger now out: all who meet sex workers."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_read_reports(who: Staff) -> bool:
    """The list of reports, and those of it that are theirs to read. Outreach has only its own drafts."""
    return who.is_any("caseworker", "coordinator", "safeguarding_lead")


def may_record_permission(who: Staff) -> bool:
    """Ask the switches and write down the answers."""
    return who.is_any("caseworker", "coordinator", "safeguarding_lead")


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


def may_take_down(who: Staff) -> bool:
    """Take a warning back: one person, any hour, no reason. Source: PEOPLE 1.4."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead")


def may_read_inbox(who: Staff) -> bool:
    """Warnings of other projects."""
    return who.is_any("outreach", "caseworker", "coordinator", "safeguarding_lead", "police_contact_worker")


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
    """What the scheme warns about, the never-alert list, the small-cell table."""
    return who.is_any("coordinator")


def may_read_audit(who: Staff) -> bool:
    """The trail of looks and acts."""
    return who.is_any("auditor", "coordinator")
