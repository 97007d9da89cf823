"""Joins a node's rooms, and its house's, to one application."""

from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse

from node.web import (
    agencies,
    audit_week,
    checks,
    danger_now,
    drafting,
    figures,
    home,
    imports,
    inbox,
    keeping,
    new_report,
    own_language,
    permissions,
    practice,
    prints,
    put_right,
    recovery,
    referrals,
    releases,
    report_beside,
    report_facts,
    report_files,
    reports,
    safeguarding,
    scheme_rules,
    series,
    settings,
)
from node.web.problems import PROBLEMS
from node.web.site import NotInPractice, Site
from protocol.house.web.frame import HOUSE_ROOMS, join_rooms

ROOMS: Final[tuple[APIRouter, ...]] = (
    *HOUSE_ROOMS,
    home.rooms,
    danger_now.rooms,
    practice.rooms,
    releases.rooms,
    drafting.rooms,
    inbox.rooms,
    series.rooms,
    figures.rooms,
    checks.rooms,
    imports.rooms,
    prints.rooms,
    scheme_rules.rooms,
    settings.rooms,
    new_report.rooms,
    reports.rooms,
    permissions.rooms,
    audit_week.rooms,
    report_beside.rooms,
    keeping.rooms,
    agencies.rooms,
    recovery.rooms,
    report_files.rooms,
    report_facts.rooms,
    put_right.rooms,
    own_language.rooms,
    safeguarding.rooms,
    referrals.rooms,
)
"""Every router of pages."""


def add_pages(app: FastAPI, site: Site) -> None:
    """Adds the pages to an application."""
    join_rooms(app, site, ROOMS, PROBLEMS)
    app.add_exception_handler(NotInPractice, lambda _request, _: RedirectResponse("/practice", 303))
