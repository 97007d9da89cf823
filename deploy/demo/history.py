"""Three and a half years of figures for the demo's hub: fictional, counted as if a network had been there.

The demo's log begins today, so no statement of these years exists in it. What stands here instead is what a hub of
those years would have left behind: running counts of bodies that lapsed, and the releases that were frozen of them,
built by the hub's own code from fictional true counts. Nobody in it is real, and neither are the projects.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping
from typing import Final

import msgspec

from hub.core.counting import MAIN_KINDS, MAIN_METHODS, NOT_KNOWN, Split
from hub.core.declared import DeclaredTotal
from hub.core.figure_sums import sum_figures
from hub.core.panel import Membership, projects_of
from hub.core.releases import Figures, Frame, Incidents, Release, Table, build_release
from hub.store import releases, tallies
from hub.store.engine import Store
from protocol.figures_fields import (
    Answers,
    FiguresBody,
    HateFigure,
    OutcomeFigure,
    ReferralFigures,
    SwitchFigures,
    TimeBands,
)
from protocol.quarters import Quarter, block_of, quarters_of
from protocol.statement_fields import CharterRegion
from protocol.vocabulary import HATE_GROUNDS, OUTCOMES

FIRST: Final = Quarter(2023, 1)
FREEZES_AFTER_DAYS: Final = 21
SAID_OF_IT: Final = "These figures are fictional: they were made for a demonstration, and count nobody."
"""Stands in each release, so under its digest."""


class Project(msgspec.Struct, frozen=True):
    """A fictional project: its area, the quarter in which it joined, incidents in a quarter when it did."""

    id: int
    force: str
    joined: Quarter
    incidents: int
    left: Quarter | None = None


PROJECTS: Final = (
    Project(101, "west-yorkshire", Quarter(2022, 1), 26),
    Project(102, "merseyside", Quarter(2022, 1), 24),
    Project(103, "greater-manchester", Quarter(2022, 1), 22),
    Project(104, "metropolitan", Quarter(2022, 2), 30),
    Project(105, "west-midlands", Quarter(2022, 2), 18),
    Project(106, "avon-somerset", Quarter(2022, 3), 14),
    Project(107, "northumbria", Quarter(2022, 4), 12),
    Project(108, "nottinghamshire", Quarter(2022, 4), 12),
    Project(109, "hampshire", Quarter(2023, 3), 12, Quarter(2025, 3)),
    Project(110, "scotland", Quarter(2024, 2), 18),
    Project(111, "south-wales", Quarter(2024, 4), 14),
    Project(112, "essex", Quarter(2025, 2), 12),
    Project(113, "humberside", Quarter(2026, 1), 9),
)

_KINDS: Final = dict(zip(MAIN_KINDS, (24, 21, 18, 9, 6, 12, 8, 2), strict=True))
_CONTACTS: Final = {"street": 30, "online": 34, "phone": 14, "premises": 12, "other": 4, NOT_KNOWN: 6}
_SCHEMES: Final = (
    ("Harbour Project", 2006, 2022, 38, 1.07, "Annual reports of the scheme, first table of each"),
    ("Northgate Outreach", 2013, 2022, 52, 1.04, "Letter to its funders of March 2023"),
)
Counts = dict[str, Counter[str]]


class _Years:
    """Chance, with a fixed seed: the same figures at each demo."""

    def __init__(self, regions: Mapping[str, CharterRegion], seed: int) -> None:
        self._regions = regions
        self._random = random.Random(seed)  # noqa: S311 - fictional figures

    def incidents(self, quarter: Quarter) -> Counter[tuple[str, ...]]:
        """(origin, force, kind, contact, method, police, reporters) → how many."""
        found: Counter[tuple[str, ...]] = Counter()
        for project in PROJECTS:
            if project.joined <= quarter and (project.left is None or quarter < project.left):
                found.update(self._one(project, quarter) for _ in range(self._how_many(project, quarter)))
        return found

    def _how_many(self, project: Project, quarter: Quarter) -> int:
        since = 4 * (quarter.year - project.joined.year) + quarter.number - project.joined.number
        grown = project.incidents * (1 + 0.015 * since)
        return max(0, round(self._random.gauss(grown, grown**0.5 * 0.6)))

    def _one(self, project: Project, quarter: Quarter) -> tuple[str, ...]:
        pick = self._random.choices
        near = self._regions[project.force].neighbours or (project.force,)
        force = project.force if self._random.random() < 0.86 else self._random.choice(near)
        (kind,) = pick(list(_KINDS), list(_KINDS.values()))
        (contact,) = pick(list(_CONTACTS), list(_CONTACTS.values()))
        (method,) = pick([*MAIN_METHODS, NOT_KNOWN], [22, 14, 8, 12, 14, 18, 4, 8])
        police = "yes" if self._random.random() < self._trust(quarter, 0.42) else "no"
        return (str(project.id), force, kind, contact, method, police, pick(["1", "2+"], [88, 12])[0])

    @staticmethod
    def _trust(quarter: Quarter, first: float) -> float:
        return first + 0.008 * (4 * (quarter.year - FIRST.year) + quarter.number - 1)

    def figures(self, project: Project, quarter: Quarter, incidents: int) -> FiguresBody:
        """What a project counted of a quarter."""
        reports = incidents + self._random.randint(incidents // 4, incidents // 2 + 1)

        def part(of: int, share: float) -> int:
            return sum(self._random.random() < share for _ in range(of))

        def answer(share: float) -> Answers:
            asked = part(reports, 0.94)
            return Answers(asked=asked, yes=part(asked, share))

        def bands(of: int, shares: tuple[float, ...]) -> TimeBands:
            each = Counter(self._random.choices(TimeBands.__struct_fields__, shares, k=of))
            return TimeBands(**{name: each[name] for name in TimeBands.__struct_fields__})

        sent = part(reports, self._trust(quarter, 0.36))
        acknowledged = part(sent, 0.74)
        return FiguresBody(
            type="figures.v1",
            salt="0" * 64,
            quarter=str(quarter),
            reports=reports,
            registered=self._random.choice(("10-49", "50-99", "100-249")),
            switches=SwitchFigures(
                record=answer(0.97),
                warn_own=answer(0.92),
                warn_others=answer(0.84),
                compare_quietly=answer(0.71),
                police_anonymous=answer(self._trust(quarter, 0.45)),
                police_full=answer(self._trust(quarter, 0.17)),
            ),
            referrals=ReferralFigures(sent=sent, acknowledged=acknowledged, tasked=part(acknowledged, 0.52)),
            outcomes=tuple(OutcomeFigure(count=part(sent, 0.05), outcome=outcome) for outcome in sorted(OUTCOMES)),
            hate=tuple(HateFigure(count=part(reports, 0.06), ground=ground) for ground in sorted(HATE_GROUNDS)),
            event_to_warning=bands(incidents, (24, 22, 20, 22, 12)),
            warning_to_opened=bands(3 * incidents, (12, 30, 20, 6, 32)),
        )


def write_history(store: Store, regions: tuple[CharterRegion, ...], until: dt.date, *, seed: int = 2023) -> int:
    """Writes counts and releases of every quarter that was over, and could be frozen, on that day.

    Args:
        store: of a hub that has released nothing yet.
        regions: of its charter; the projects' areas are among them.

    Returns:
        How many releases were frozen.
    """
    years = _Years({region.code: region for region in regions}, seed)
    members = tuple(
        Membership(one.id, one.joined.first_day, None if one.left is None else one.left.first_day) for one in PROJECTS
    )
    by_quarter: dict[Quarter, Counts] = {}
    told: dict[tuple[Project, Quarter], FiguresBody] = {}
    earlier: dict[tuple[str, str, str], Table] = {}
    made: list[Release] = []
    quarter = FIRST
    while (as_at := quarter.last_day + dt.timedelta(days=FREEZES_AFTER_DAYS)) <= until:
        each = years.incidents(quarter)
        by_quarter[quarter] = _splits(each)
        for project in PROJECTS:
            if (incidents := by_quarter[quarter]["origin"][str(project.id)]) and quarter >= project.joined:
                told[project, quarter] = years.figures(project, quarter, incidents)
        frame = Frame(len(made) + 1, quarter, as_at.isoformat(), regions, earlier)
        projects = projects_of(quarter, FIRST, members)
        counted = _incidents(by_quarter, quarter), _figures(told, quarter, regions)
        release = build_release(frame, projects, *counted)
        release = msgspec.structs.replace(release, method=f"{SAID_OF_IT} {release.method}")
        earlier |= {table.key: table for table in release.tables}
        made.append(release)
        quarter = quarter.next
    with store.begin() as session:
        for at, counts in by_quarter.items():
            tallies.change_tallies(session, "lapsed", _changes(at, counts))
        for release in made:
            releases.freeze(session, release)
        for declared in _declared(until):
            releases.keep_declared(session, declared)
    return len(made)


def _splits(each: Counter[tuple[str, ...]]) -> Counts:
    names = ("origin", "force", "kind", "contact", "method", "police", "reporters")
    found: Counts = {name: Counter() for name in names}
    for values, count in each.items():
        for name, value in zip(names, values, strict=True):
            found[name][value] += count
    return found


def _incidents(by_quarter: Mapping[Quarter, Counts], quarter: Quarter) -> Incidents:
    year: Counts = {}
    for one in quarters_of(quarter.year):
        for name, counts in by_quarter.get(one, {}).items():
            year.setdefault(name, Counter()).update(counts)
    return Incidents(by_quarter[quarter], year)


def _figures(
    told: Mapping[tuple[Project, Quarter], FiguresBody], quarter: Quarter, regions: tuple[CharterRegion, ...]
) -> Figures:
    groups = {region.code: region.group for region in regions}
    block = quarters_of(*block_of(quarter.year))
    return Figures(
        sum_figures(body for (_, at), body in told.items() if at == quarter),
        sum_figures(body for (_, at), body in told.items() if at.year == quarter.year),
        {
            group: sum_figures(
                body for (project, at), body in told.items() if at in block and groups[project.force] == group
            )
            for group in sorted(set(groups.values()))
        },
    )


def _changes(quarter: Quarter, counts: Counts) -> Counter[tuple[str, Split]]:
    return Counter(
        {(str(quarter), (name, value)): count for name, each in counts.items() for value, count in each.items()}
    )


def _declared(today: dt.date) -> list[DeclaredTotal]:
    chance = random.Random(2006)  # noqa: S311 - fictional figures
    return [
        DeclaredTotal(
            scheme=scheme,
            year=year,
            total=round(first * grows ** (year - begins) * chance.uniform(0.92, 1.08)),
            definition="Reports of violence and of bad behaviour, in person or by phone.",
            source=source,
            declared_on=today,
        )
        for scheme, begins, ends, first, grows, source in _SCHEMES
        for year in range(begins, ends + 1)
    ]
