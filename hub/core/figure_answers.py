"""Are reports rising, and is that more projects, more trust, or more violence? The numbers that bear on it. Pure.

The last quarter beside the same one of the year before: seasons do not mislead. Numbers are rounded to 5, so a
difference of 5 may be none. Source: PEOPLE 3.3.
"""

from typing import Final

import msgspec

from hub.core import series_of_figures as series
from hub.core.figure_sums import NO, YES
from hub.core.figure_views import Shelf
from hub.core.masking import Shown, share
from hub.core.releases import Release

ROUNDING: Final = 5
"""Two rounded numbers that differ by no more may stand for the same."""


MORE, FEWER, SAME = "more", "fewer", "about the same"


class Change(msgspec.Struct, frozen=True):
    """One number, now and a year before, in its unit (`%` or none); `said`: more, fewer, about the same, or unknown."""

    what: str
    before: Shown
    now: Shown
    unit: str
    said: str


class Answers(msgspec.Struct, frozen=True):
    """What the last quarter says, beside the same one a year before."""

    quarter: str
    year_before: str
    incidents: Change
    panel: Change
    projects: Change
    taken: Change
    police_full: Change
    police_anonymous: Change

    @property
    def conclusion(self) -> str:
        """What these numbers speak for, in a sentence or two; never more than they say."""
        if not {self.incidents.said, self.panel.said} <= {MORE, FEWER, SAME}:
            return "It cannot be said yet: what would have to be compared is not shown."
        if self.incidents.said != MORE:
            return "Reports are not rising. That never means that there is less violence."
        if self.panel.said != MORE:
            return "Reports are rising, and those of the constant panel are not: that speaks for more projects."
        if MORE in (self.police_full.said, self.police_anonymous.said):
            return (
                "Reports are rising, those of the constant panel too, and more of those who are asked say yes to "
                "police: that speaks for more trust. It does not rule out more violence."
            )
        return (
            "Reports are rising, those of the constant panel too, and permission has not grown: neither more projects "
            "nor more trust explains it. Look at what kinds have grown."
        )


def answers(shelf: Shelf) -> Answers | None:
    """The comparison; None: there is no quarter that was released a year before the last one."""
    if not shelf.releases:
        return None
    last = shelf.releases[-1]
    wanted = f"{int(last.quarter[:4]) - 1}{last.quarter[4:]}"
    first = next((one for one in shelf.releases if one.quarter == wanted), None)
    if first is None:
        return None
    return Answers(
        quarter=last.quarter,
        year_before=first.quarter,
        incidents=_number(shelf, "Incidents, all projects", series.INCIDENTS, "all", first, last),
        panel=_panel(shelf, first, last),
        projects=_change("Projects", first.beside.projects, last.beside.projects, "", 0),
        taken=_number(shelf, "Reports taken", series.TAKEN, "all", first, last),
        police_full=_share(shelf, "Police may have full details", "police_full", first, last),
        police_anonymous=_share(shelf, "Police may have it without a name", "police_anonymous", first, last),
    )


def _panel(shelf: Shelf, first: Release, last: Release) -> Change:
    change = _number(shelf, "Incidents, constant panel", series.PANEL, "panel", first, last)
    if first.beside.panel_began != last.beside.panel_began:
        return msgspec.structs.replace(change, said="cannot be said: the panel began anew in between")
    return change


def _number(shelf: Shelf, what: str, name: str, value: str, first: Release, last: Release) -> Change:
    before, now = (shelf.shown(name, one.quarter, value) for one in (first, last))
    return _change(what, before, now, "", ROUNDING)


def _share(shelf: Shelf, what: str, switch: str, first: Release, last: Release) -> Change:
    name = series.switch_series(switch)
    before, now = (
        share(shelf.shown(name, one.quarter, YES), [shelf.shown(name, one.quarter, NO)]) for one in (first, last)
    )
    return _change(what, before, now, "%", ROUNDING)


def _change(what: str, before: Shown, now: Shown, unit: str, same_within: int) -> Change:
    if before is None or now is None:
        return Change(what, before, now, unit, "cannot be said: too few to show, or not counted")
    if abs(now - before) <= same_within:
        return Change(what, before, now, unit, SAME)
    return Change(what, before, now, unit, MORE if now > before else FEWER)
