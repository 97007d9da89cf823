"""Changes what the scheme decided about its warnings: one entry, one row or one text at a time, each noted.

What stops a warning from now on is held against every warning that is out, too.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.leak import scheme_rules as core
from node.core.leak.never_alert import NeverAlert, require_entry
from node.core.leak.scheme_rules import SchemeRules
from node.core.leak.small_cells import Cell
from node.core.voice import Voice
from node.store.releases import list_releases
from node.store.scheme_rules import keep_scheme_rules, read_scheme_rules
from protocol.house.core.staff import Rule
from protocol.house.store import audit
from protocol.house.store.people import acting, person_id


def propose_never_alert(desk: CaseDesk, *, entry: NeverAlert, by: str, now: datetime) -> int:
    """Proposes a number or name of an organisation; a second person puts it on the list. Its number there.

    Raises:
        Refused: `refused.never_alert_value`, `refused.never_alert_organisation`, `refused.never_alert_known`,
            `refused.never_alert_full`.
        NotFound: `not_found.person`.
    """
    require_entry(entry)
    with desk.store.begin() as session:
        rules = _changed(
            session,
            desk,
            "propose_never_alert",
            lambda was, who: core.proposed(was, entry, who, now),
            by,
            now,
            rule=access.may_read_reports,
        )
        return rules.last_number


def confirm_never_alert(desk: CaseDesk, voice: Voice | None, *, number: int, by: str, now: datetime) -> tuple[int, ...]:
    """Puts a proposal on the list, as a second person; numbers of the warnings that are taken back for it.

    Raises:
        Refused: `refused.second_person`, `refused.never_alert_confirmed`.
        NotFound: `not_found.never_alert`, `not_found.person`.
    """
    with desk.store.begin() as session:
        _changed(
            session,
            desk,
            "confirm_never_alert",
            lambda was, who: core.confirmed(was, number, who, now),
            by,
            now,
            rule=access.may_read_reports,
        )
        return _recheck_all(session, desk, voice, by, now)


def remove_never_alert(desk: CaseDesk, *, number: int, by: str, now: datetime) -> None:
    """Takes an entry off the list, or a proposal back.

    Raises:
        NotFound: `not_found.never_alert`, `not_found.person`.
    """
    with desk.store.begin() as session:
        _changed(session, desk, "remove_never_alert", lambda was, _: core.removed(was, number), by, now)


def set_small_cell(desk: CaseDesk, voice: Voice | None, *, cell: Cell, by: str, now: datetime) -> tuple[int, ...]:
    """Says how many people could report in an area; another number for the same people takes the place of the first.

    Returns:
        Numbers of the warnings that are taken back for it.

    Raises:
        Refused: `refused.cell_groups`, `refused.cell_people`, `refused.cells_full`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        _changed(session, desk, "set_small_cell", lambda was, _: core.with_cell(was, cell), by, now)
        return _recheck_all(session, desk, voice, by, now)


def remove_small_cell(desk: CaseDesk, *, area: str, groups: tuple[str, ...], by: str, now: datetime) -> None:
    """Takes a row out of the table.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        _changed(session, desk, "remove_small_cell", lambda was, _: core.without_cell(was, area, groups), by, now)


def set_inclusion_rule(desk: CaseDesk, *, text: str, by: str, now: datetime) -> None:
    """Writes the scheme's published rule anew.

    Raises:
        Refused: `refused.inclusion`. NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        _changed(session, desk, "set_inclusion_rule", lambda was, _: core.with_inclusion(was, text), by, now)


def _changed(
    session: Session,
    desk: CaseDesk,
    verb: str,
    made_of: Callable[[SchemeRules, int], SchemeRules],
    by: str,
    now: datetime,
    rule: Rule = access.may_change_rules,
) -> SchemeRules:
    person = acting(session, by, rule, now).id
    was = read_scheme_rules(session, desk.vault)
    rules = made_of(was, person)
    if rules != was:
        keep_scheme_rules(session, desk.vault, rules, now)
    audit.note(session, person=person, verb=verb, subject="scheme_rules/0", now=now)
    return rules


def _recheck_all(session: Session, desk: CaseDesk, voice: Voice | None, by: str, now: datetime) -> tuple[int, ...]:
    person = person_id(session, by)
    reports = dict.fromkeys(release.report_id for release in list_releases(session) if release.is_out)
    return tuple(
        number
        for report_id in reports
        for number in recheck_warnings(session, desk, voice, report_id, person=person, now=now)
    )
