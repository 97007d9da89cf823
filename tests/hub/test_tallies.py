"""Running counts: after whatever comes and goes they say what counting everything again says."""

import datetime as dt
import itertools
import random
from collections import Counter
from typing import Any

import pytest
from sqlmodel import select

from hub.actions.examine import examine
from hub.actions.index_bodies import index_bodies
from hub.actions.keep_house import erase_lapsed
from hub.actions.recount_incidents import Difference, recount_incidents
from hub.core.counting import MAIN_CONTACTS, MAIN_KINDS, MAIN_METHODS, SPLITS
from hub.store import tallies
from hub.store.figures_tables import TallyRow
from protocol.body_fields import AlertBody
from protocol.vectors.plausible_bodies import alert_body, salt
from protocol.vocabulary import CONTACT_MEANS, INCIDENT_TYPES, METHODS
from tests.hub.ground import Ground

LEASES = (3, 30, 90)
ORIGINS = {"genesis": 1, "bradford": 2, "merseyside": 3}
Counts = Counter[tuple[str, str, str]]


class Told:
    """One alert and what followed, as this test remembers it: nothing of it is ever forgotten here."""

    def __init__(self, name: str, quarter: str) -> None:
        self.name, self.quarter = name, quarter
        self.first = self.head = ""
        self.identities: list[str] = []
        self.body: AlertBody | None = None
        self.ends = dt.date.min
        self.paused = self.cancelled = False
        self.for_good: AlertBody | None = None


class Story:
    """What is said to the hub, and the counts that a reader who forgets nothing would make."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground, self.random = ground, random.Random(seed)
        self.told: list[Told] = []
        self._salts = 0

    def _body(self, same: tuple[str, ...] = ()) -> AlertBody:
        self._salts += 1
        pick = self.random.choice
        return alert_body(
            salt=salt(f"tally {self._salts}"),
            region=pick(["west-yorkshire", "merseyside", "greater-manchester", "kent"]),
            incidents=tuple(sorted(self.random.sample(sorted(INCIDENT_TYPES), pick([1, 1, 2])))),
            methods=tuple(sorted(self.random.sample(sorted(METHODS), pick([0, 1, 2])))),
            contact=pick([None, "street", "advert", "phone"]),
            police=pick(["yes", "no"]),
            reporters=pick(["1", "1", "2+"]),
            source=pick(["report", "report", "report", "report", "staff"]),
            same_event_as=tuple(sorted(same)),
        )

    async def alert(self) -> None:
        name = self.random.choice(list(ORIGINS))
        day = self.ground.scene.day
        one = Told(name, f"{day.year}-Q{(day.month + 2) // 3}")
        others = [identity for other in self.told for identity in other.identities]
        same = self.random.sample(others, min(len(others), self.random.choice([0, 0, 1, 2])))
        one.first = await self._publish(one, self._body(tuple(same)))
        self.told.append(one)

    async def _publish(self, one: Told, body: AlertBody, **over: Any) -> str:
        days = self.random.choice(LEASES)
        say = self.ground.scene.alert if not over else self.ground.scene.update
        args = (over.pop("supersedes"),) if over else ()
        one.head = say(one.name, ORIGINS[one.name], *args, body=body, days=days)
        await self.ground.ok(one.name)
        one.body, one.ends, one.paused = body, self.ground.scene.day + dt.timedelta(days=days + 7), False
        one.identities.append(one.head)
        return one.head

    def _one(self, *, live: bool = False, paused: bool = False) -> Told | None:
        found = [
            one
            for one in self.told
            if not one.cancelled and (not live or (one.body is not None)) and (not paused or one.paused)
        ]
        return self.random.choice(found) if found else None

    async def update(self) -> None:
        one = self._one()
        if one is not None:
            await self._publish(one, self._body(one.body.same_event_as if one.body else ()), supersedes=one.head)

    async def pause(self) -> None:
        one = self._one(live=True)
        if one is not None:
            one.head = self.ground.scene.pause(one.name, ORIGINS[one.name], one.head)
            await self.ground.ok(one.name)
            one.body, one.paused = None, True

    async def come_back(self) -> None:
        one = self._one(paused=True)
        if one is not None:
            await self._publish(one, self._body(), supersedes=one.head)

    async def cancel(self) -> None:
        one = self._one()
        if one is not None:
            self.ground.scene.cancel(one.name, ORIGINS[one.name], one.first)
            await self.ground.ok(one.name)
            one.body, one.cancelled = None, True

    async def time_passes(self) -> None:
        self.index()  # what lapses before it was described is never counted
        self.ground.forward(days=self.random.choice([2, 15, 40]))
        counted = {one.first for one in self.counted()}
        for one in self.told:
            if one.body is not None and one.ends <= self.ground.scene.day:
                if one.first in counted and one.for_good is None:
                    one.for_good = one.body
                one.body = None
        erase_lapsed(self.ground.hub.store, self.ground.hub.view, self.ground.scene.day)

    def index(self) -> None:
        index_bodies(self.ground.hub.store, self.ground.hub.view, self.ground.hub.epochs())

    def counted(self) -> list[Told]:
        """Each event once: not where an earlier telling of it stands."""
        place = {identity: at for at, one in enumerate(self.told) for identity in one.identities}
        found = []
        for at, one in enumerate(self.told):
            body = one.for_good or one.body
            if body is None or body.source != "report":
                continue
            earlier = [self.told[place[other]] for other in body.same_event_as if place[other] < at]
            if one.for_good or not any(other.body or other.for_good for other in earlier):
                found.append(one)
        return found

    def again(self) -> Counts:
        """Everything counted again."""
        counts: Counts = Counter()
        for one in self.counted():
            body = one.for_good or one.body
            assert body is not None
            values = (
                str(ORIGINS[one.name]),
                body.region,
                first(MAIN_KINDS, set(body.incidents)),
                first(MAIN_CONTACTS, {body.contact}),
                first(MAIN_METHODS, set(body.methods)),
                body.police,
                body.reporters,
            )
            counts.update((one.quarter, *split) for split in zip(SPLITS, values, strict=True))
        return counts

    def running(self) -> Counts:
        with self.ground.hub.store.read() as session:
            rows = list(session.exec(select(TallyRow)))
        assert all(row.live >= 0 and row.lapsed >= 0 for row in rows)
        return Counter({(row.quarter, row.split, row.value): row.live + row.lapsed for row in rows})


def first(split: Any, codes: Any) -> str:
    return next((name for name, members in split.items() if codes & set(members)), "not_known")


@pytest.mark.parametrize("seed", range(3))
async def test_running_counts_equal_counting_everything_again(ground: Ground, seed: int) -> None:
    story = Story(ground, seed)
    for _ in range(6):
        await story.alert()
    moves = [story.alert] * 4 + [story.update] * 2 + [story.pause, story.come_back, story.cancel, story.time_passes]
    for step in range(60):
        await story.random.choice(moves)()
        if story.random.random() < 0.5:
            story.index()
        if step % 10 == 9:
            story.index()
            assert +story.running() == story.again(), f"after {step + 1} steps"
            found = recount_incidents(ground.hub.store, ground.hub.view)
            assert found.ended and not found.differences, f"after {step + 1} steps"
    assert sum(one.cancelled for one in story.told) and sum(one.for_good is not None for one in story.told)
    before = story.running()
    story.index()
    assert story.running() == before


async def test_counting_again_names_the_count_that_is_wrong_and_gives_up_in_time(ground: Ground) -> None:
    story = Story(ground, 1)
    for _ in range(5):
        await story.alert()
    story.index()
    store, view = ground.hub.store, ground.hub.view
    assert recount_incidents(store, view).warnings == 5
    quarter = story.told[0].quarter
    with store.begin() as session:
        tallies.change_tallies(session, "live", {(quarter, ("force", "gwent")): 2})
    found = recount_incidents(store, view)
    assert found.differences == (Difference(quarter, ("force", "gwent"), 2, 0),)
    said = [one.wrong for one in examine(ground.hub.config, ground.clock()).findings]
    assert f"the running count of {quarter}, force gwent, is not what a full count gives" in said
    seconds = itertools.count()
    late = recount_incidents(store, view, longest=0, clock=lambda: float(next(seconds)))
    assert not late.ended and not late.differences


def test_every_code_is_counted_under_one_word() -> None:
    for split, codes in ((MAIN_KINDS, INCIDENT_TYPES), (MAIN_CONTACTS, CONTACT_MEANS), (MAIN_METHODS, METHODS)):
        listed = [code for members in split.values() for code in members]
        assert sorted(listed) == sorted(codes)


async def test_counts_are_of_quarters_together(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    await ground.ok()
    index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())
    day = ground.scene.day
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    with ground.hub.store.read() as session:
        assert tallies.counts_of(session, [quarter, "2031-Q1"], "force") == {"west-yorkshire": 1}
        assert tallies.counts_of(session, ["2031-Q1"], "force") == {}
