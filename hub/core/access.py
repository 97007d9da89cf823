"""Who may do what on the hub's pages: one predicate a rule. Pure; pages ask at each route, actions again.

Promise 15: no police body operates the hub. Promise 3: police accounts see only what permission lets police see, so
they read no trail either: it names what others looked at. Nobody both operates and analyses: operators see no body and
no count of reports. Source: DESIGN §1, §6; PEOPLE 1.3.
"""

from typing import Final, Literal

from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing

Role = Literal["lead", "analyst", "operator", "auditor"]

ROLES: Final[tuple[Role, ...]] = ("lead", "analyst", "operator", "auditor")
NOT_FOR_POLICE: Final[frozenset[str]] = frozenset({"operator", "auditor"})
ANALYSING: Final[frozenset[str]] = frozenset({"lead", "analyst"})


def may_analyse(who: Staff) -> bool:
    """Figures, patterns, search; what a police account finds there is another matter (`sees_all_bodies`)."""
    return who.is_any("lead", "analyst")


def may_decide(who: Staff) -> bool:
    """Decide on a series."""
    return who.is_any("lead")


def may_freeze(who: Staff) -> bool:
    """Ask for a release of figures, or confirm it: two people, and no number is seen before. Police, too."""
    return may_analyse(who)


def may_declare(who: Staff) -> bool:
    """Enter what schemes counted in years before this network."""
    return who.is_any("lead")


def sees_all_bodies(who: Staff) -> bool:
    """Whether bodies are shown that permission does not let police see."""
    return may_analyse(who) and not who.police


def may_follow_withdrawals(who: Staff) -> bool:
    """Whether what was taken back is confirmed deleted. Not police: the list grows with what they may not see."""
    return may_operate(who) or sees_all_bodies(who)


def may_operate(who: Staff) -> bool:
    """Admission, suspension, who is behind, backups: the hub itself."""
    return who.is_any("operator") and not who.police


def may_read_audit(who: Staff) -> bool:
    """The trail of looks and acts."""
    return who.is_any("operator", "auditor", "lead") and not who.police


def may_manage_people(who: Staff) -> bool:
    """Invite, change roles, end an account or a device. Not police: they could invite somebody as not of the police."""
    return who.is_any("operator", "lead") and not who.police


def may_give(who: Staff, role: str) -> bool:
    """Give or take a role: an operator those that see nothing of an alert, a lead those that do.

    An operator who gave the others could read by proxy.
    """
    giver = "lead" if role in ANALYSING else "operator"
    return may_manage_people(who) and who.is_any(giver)


def may_manage(who: Staff, other: Staff) -> bool:
    """Invite somebody, or change their roles: a fresh invitation is the way into an account."""
    return bool(other.roles) and all(may_give(who, role) for role in other.roles)


def may_end(who: Staff, other: Staff) -> bool:
    """End an account, its sessions or a device: it only ever protects. Oneself, too."""
    return who.id == other.id or may_manage_people(who)


def barred(who: Staff, role: str) -> str:
    """Why somebody cannot hold a role, whoever gives it; empty: they can."""
    if who.police and role in NOT_FOR_POLICE:
        return "somebody of a police body cannot operate or audit the hub"
    if "operator" in who.roles and not who.roles.isdisjoint(ANALYSING):
        return "nobody both operates the hub and reads what it carries"
    return ""


STAFFING: Final = Staffing(
    roles=ROLES,
    deputised=(),
    keeper="operator",
    may_manage_people=may_manage_people,
    may_give=may_give,
    may_manage=may_manage,
    may_end=may_end,
    may_read_audit=may_read_audit,
    barred=barred,
)
