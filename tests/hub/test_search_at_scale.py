"""10,000 warnings: what the index finds is what opening every one of them would find, for every reader."""

import datetime as dt
import itertools

import pytest

from hub.actions.compare_bodies import alike, compare_new
from hub.actions.search_bodies import search_bodies
from hub.core.linking import CANDIDATES
from hub.core.search import MAX_RESULTS, Asked, fits
from hub.store.engine import Store
from hub.store.schema import migrate
from protocol.at_rest import Epochs
from tests.bench.hub_filling import fill
from tests.bench.hub_rows import rows

COUNT = 10_000
EPOCHS = Epochs({1: bytes(range(32))})


@pytest.fixture
def store(database: str) -> Store:
    return Store(database)


def test_the_index_finds_what_opening_every_warning_would(store: Store) -> None:
    migrate(store)
    every = fill(store, EPOCHS, rows(COUNT), 1)
    asked = [
        Asked(force="west-yorkshire", month_from=every[7].body.period.from_, month_to="2026-12"),
        Asked(incident="robbery", method="locked_in", build="stocky"),
        Asked(force="kent", incident="robbery", age=50),
        Asked(eyes="blue", hair="grey", age=40, skin="ic1"),
        Asked(contact="advert", place="hotel", weapon="knife"),
        *(Asked(name=person.names_used[0]) for row in every[:40] for person in row.body.persons if person.names_used),
        *(Asked(plate=v.plate.strip("*")) for row in every[:60] for v in row.body.vehicles if v.plate is not None),
        *(
            Asked(plate=f"AB{v.plate.strip('*')}12")
            for row in every[:60]
            for v in row.body.vehicles
            if v.plate is not None
        ),
        *(Asked(tail=i.tail) for row in every[:20] for i in row.body.identifiers if i.tail is not None),
    ]
    assert len(asked) > 20
    for one, for_police in itertools.product(asked, (False, True)):
        found = search_bodies(store, EPOCHS, one, for_police=for_police)
        fitting = (row for row in reversed(every) if (row.described.police or not for_police) and fits(one, row.body))
        newest = list(itertools.islice(fitting, MAX_RESULTS))
        assert [each.idx for each in found.alerts] == [row.described.idx for row in newest], one
    for row in every[:: COUNT // 10]:
        beside = alike(store, EPOCHS, row.described.idx, for_police=False)
        assert len(beside) <= CANDIDATES and row.described.idx not in {one.described.idx for one in beside}
    assert compare_new(store, EPOCHS, dt.date(2026, 11, 2)) == 0, "all were compared"
    store.close()
