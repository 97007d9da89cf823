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

CHANCE: Final = "So small a difference may be chance."

MORE, FEWER, SAME = "more", "fewer", "about the same"
_COMPARED: Final = frozenset((MORE, FEWER, SAME))
_NOT_SHOWN: Final = "a number that would have to be compared is not shown, or the panel began anew in between."


class Change(msgspec.Struct, frozen=True):
    """One number, now and a year before, in its unit (`%` or none); `said`: more, fewer, about the same, or unknown."""

    what: str
    before: Shown
    now: Shown
    unit: str
    said: str

    @property
    def may_be_chance(self) -> bool:
        """Whether two counts of what comes singly would differ so, one time in twenty or oftener, with no cause.

        Each varies by about its root, so their difference by the root of their sum; within twice that says little.
        """
        return (
            self.before is not None
            and self.now is not None
            and (self.now - self.before) ** 2 <= 4 * (self.now + self.before)
        )


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
    def rising(self) -> str:
        """Are reports rising?"""
        if self.incidents.said not in _COMPARED:
            return f"It cannot be said whether reports are rising: {_NOT_SHOWN}"
        if self.incidents.said != MORE:
            return "Reports are not rising. That never means that there is less violence: most of it is not reported."
        rising = f"Reports are rising: {self.incidents.now} incidents, and {self.incidents.before} a year before."
        return f"{rising} {CHANCE}" if self.incidents.may_be_chance else rising

    @property
    def of_projects(self) -> str:
        """Is it more projects?"""
        if self.projects.said != MORE:
            return "The figures do not speak for it: there are no more projects than a year before."
        joined = f"there are {self.projects.now} projects, and there were {self.projects.before}"
        if not {self.incidents.said, self.panel.said} <= _COMPARED:
            return f"It cannot be said: {joined}, but {_NOT_SHOWN}"
        if self.incidents.said != MORE:
            return f"It does not show: {joined}, but reports have not risen."
        if self.panel.said == MORE:
            return f"In part, perhaps: {joined}. But those that were here throughout report more, too."
        return f"The figures speak for it: {joined}, and those that were here throughout do not report more."

    @property
    def of_trust(self) -> str:
        """Is it more trust?"""
        if self.panel.said not in _COMPARED or not self._permissions & _COMPARED:
            return f"It cannot be said: {_NOT_SHOWN}"
        if self.panel.said == MORE and MORE in self._permissions:
            return (
                "The figures speak for it: projects that were here throughout report more, and more of those who are "
                "asked say yes to police. That does not rule out more violence."
            )
        if self.panel.said == MORE:
            return (
                "Permission does not speak for it: no more of those who are asked say yes to police. That does not "
                "rule it out, for people can trust a project and not the police."
            )
        if MORE in self._permissions:
            return "In part: more of those who are asked say yes to police, but the same projects do not report more."
        return (
            "The figures do not speak for it: neither do the same projects report more, nor do more of those who are "
            "asked say yes to police."
        )

    @property
    def of_violence(self) -> str:
        """Is it more violence? Reports alone never prove it."""
        if not {self.incidents.said, self.panel.said} <= _COMPARED:
            return f"It cannot be said: {_NOT_SHOWN}"
        if MORE not in (self.incidents.said, self.panel.said):
            return "The figures do not speak for it. They do not rule it out either: what is not reported is not here."
        if self.panel.said != MORE:
            return (
                "The figures do not speak for it: projects that were here throughout do not report more. They do not "
                "rule it out either."
            )
        if not self._permissions & _COMPARED:
            return f"It cannot be said: projects that were here throughout report more, but {_NOT_SHOWN}"
        if MORE in self._permissions:
            return "It cannot be told apart from trust: both would make the same projects report more."
        return (
            "It may be: the same projects report more, and permission has not grown. Look at what kinds have grown. "
            "Reports alone never prove it."
        )

    @property
    def _permissions(self) -> frozenset[str]:
        return frozenset((self.police_full.said, self.police_anonymous.said))


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
