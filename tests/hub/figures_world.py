"""A small fictional country of three years, in true counts, and the releases that are built of it.

Each quarter holds what stood when it was frozen, split by split, and what was taken back of it before its year was.
"""

import random
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy

from hub.core.counting import MAIN_CONTACTS, MAIN_KINDS, MAIN_METHODS
from hub.core.figure_sums import BANDS, NO, NOT_ASKED, SWITCHES, YES, FigureSums
from hub.core.panel import Membership, Projects, projects_of
from hub.core.releases import Figures, Frame, Incidents, Release, Table, build_release
from protocol.quarters import Quarter, block_of, quarters_of
from protocol.statement_fields import CharterRegion
from protocol.vocabulary import HATE_GROUNDS, OUTCOMES

YEARS = (2023, 2024, 2025)
REGIONS = (
    CharterRegion(code="humberside", group="east"),
    CharterRegion(code="lincolnshire", group="east"),
    CharterRegion(code="merseyside", group="west"),
    CharterRegion(code="cheshire", group="west"),
    CharterRegion(code="cumbria", group="west"),
    CharterRegion(code="gwent", group="wales"),
)
GROUP = {region.code: region.group for region in REGIONS}
VALUES: dict[str, Sequence[str]] = {
    "origin": ("1", "2", "3", "4"),
    "force": tuple(GROUP),
    "kind": tuple(MAIN_KINDS),
    "contact": tuple(MAIN_CONTACTS),
    "method": tuple(MAIN_METHODS),
    "police": ("yes", "no"),
    "reporters": ("1", "2+"),
}
Splits = dict[str, Counter[str]]


class World:
    """True counts. `scale`: about how many incidents a quarter has."""

    def __init__(self, seed: int, scale: int) -> None:
        self.random = random.Random(seed)
        self.incidents: dict[Quarter, Splits] = {}
        self.taken_back: dict[Quarter, Splits] = {}
        self.figures: dict[tuple[Quarter, str], FigureSums] = {}
        self._weights = {split: [self.random.random() ** 3 for _ in values] for split, values in VALUES.items()}
        for quarter in quarters_of(*YEARS):
            self.incidents[quarter] = self.splits(self.random.randint(0, 2 * scale))
            self.taken_back[quarter] = self._some_of(self.incidents[quarter])
            for group in sorted(set(GROUP.values())):
                self.figures[quarter, group] = self.figures_of(self.random.randint(0, scale))

    def splits(self, total: int) -> Splits:
        """That many incidents, in every split."""
        return {
            split: Counter(self.random.choices(values, self._weights[split], k=total))
            for split, values in VALUES.items()
        }

    def _some_of(self, splits: Splits) -> Splits:
        total = sum(splits["origin"].values())
        back = self.random.randint(0, min(3, total))
        return {split: Counter(self.random.sample(sorted(counts.elements()), back)) for split, counts in splits.items()}

    def figures_of(self, reports: int) -> FigureSums:
        """A quarter of a region in which so many reports were taken."""
        switches: Counter[tuple[str, str]] = Counter()
        for switch in SWITCHES:
            answers = self.random.choices((YES, NO, NOT_ASKED), (6, 3, 1), k=reports)
            switches.update((switch, answer) for answer in answers)
        sent = self.random.randint(0, reports)
        acknowledged = self.random.randint(0, sent)
        pick = self.random.randint
        return FigureSums(
            statements=1,
            reports=reports,
            switches=switches,
            referrals=Counter(sent=sent, acknowledged=acknowledged, tasked=pick(0, acknowledged)),
            outcomes=Counter({outcome: pick(0, 6) for outcome in OUTCOMES}),
            hate=Counter({ground: pick(0, reports) for ground in HATE_GROUNDS}),
            event_to_warning=Counter({band: pick(0, 12) for band in BANDS}),
            warning_to_opened=Counter({band: pick(0, 12) for band in BANDS}),
            registered=Counter({"10-49": 1}),
        )

    def copy(self) -> "World":
        return deepcopy(self)

    def of_year(self, year: int, split: str) -> Counter[str]:
        """What stands of a year when it is frozen."""
        total: Counter[str] = Counter()
        for quarter in quarters_of(year):
            total.update(self.incidents[quarter][split])
            total.subtract(self.taken_back[quarter][split])
        return total

    def sums(self, quarters: Sequence[Quarter], group: str | None = None) -> FigureSums:
        """Figures of these quarters together."""
        return added(
            [one for (quarter, where), one in self.figures.items() if quarter in quarters and group in (None, where)]
        )

    def releases(self) -> list[Release]:
        """Every release of the three years, in order."""
        earlier: dict[tuple[str, str, str], Table] = {}
        made = []
        for number, quarter in enumerate(quarters_of(*YEARS), 1):
            frame = Frame(number, quarter, quarter.next.last_day.isoformat(), REGIONS, earlier)
            release = build_release(frame, self.projects(quarter), *self.counts(quarter))
            earlier |= {table.key: table for table in release.tables}
            made.append(release)
        return made

    def projects(self, quarter: Quarter) -> Projects:
        """Four projects, the last of which joins in the second year."""
        long_ago, later = Quarter(2020, 1).first_day, Quarter(2024, 2).first_day
        members = tuple(Membership(number, later if number == 4 else long_ago, None) for number in (1, 2, 3, 4))
        return projects_of(quarter, Quarter(YEARS[0], 1), members)

    def counts(self, quarter: Quarter) -> tuple[Incidents, Figures]:
        """What a release of that quarter is built of."""
        year = {split: self.of_year(quarter.year, split) for split in VALUES}
        block = quarters_of(*block_of(quarter.year))
        return Incidents(self.incidents[quarter], year), Figures(
            self.sums([quarter]),
            self.sums(quarters_of(quarter.year)),
            {group: self.sums(block, group) for group in set(GROUP.values())},
        )


def added(each: Sequence[FigureSums]) -> FigureSums:
    """Sums of sums."""
    total = FigureSums(0, 0, Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    for one in each:
        for name in (
            "switches",
            "referrals",
            "outcomes",
            "hate",
            "event_to_warning",
            "warning_to_opened",
            "registered",
        ):
            getattr(total, name).update(getattr(one, name))
    return FigureSums(
        sum(one.statements for one in each),
        sum(one.reports for one in each),
        total.switches,
        total.referrals,
        total.outcomes,
        total.hate,
        total.event_to_warning,
        total.warning_to_opened,
        total.registered,
    )
