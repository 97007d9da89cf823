"""How long the hub's pages wait for a search, for what may be of one person, and for the list of that."""

import datetime as dt
import math
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from hub.actions.compare_bodies import alike, compare_new
from hub.actions.search_bodies import search_bodies
from hub.core.search import Asked
from hub.store import suggestions
from hub.store.engine import Store
from hub.store.schema import migrate
from protocol.at_rest import Epochs
from tests.bench.hub_filling import fill
from tests.bench.hub_rows import Row, rows

EPOCHS: Final = Epochs({1: bytes(range(32))})
TODAY: Final = dt.date(2026, 11, 2)

_T = TypeVar("_T")


def measure(database: str, count: int, asked: int) -> dict[str, float]:
    """Milliseconds, the 95th of 100, by what was asked; on an empty database of its own.

    Args:
        asked: searches of a kind, and warnings looked at.
    """
    store = Store(database)
    migrate(store)
    began = time.perf_counter()
    kept = fill(store, EPOCHS, rows(count), max(1, count // asked))
    figures = {"fill_seconds": time.perf_counter() - began}
    for name, searches in _searches(kept).items():
        figures[f"search_by_{name}_ms"] = _p95(
            searches, lambda one: search_bodies(store, EPOCHS, one, for_police=False)
        )
        figures[f"police_search_by_{name}_ms"] = _p95(
            searches, lambda one: search_bodies(store, EPOCHS, one, for_police=True)
        )
    places = [row.described.idx for row in kept]
    figures["alike_ms"] = _p95(places, lambda place: alike(store, EPOCHS, place, for_police=False))
    with store.change() as connection:
        connection.exec_driver_sql(
            f"UPDATE descriptors SET compared = {'0' if store.is_sqlite else 'false'}"
            f" WHERE idx IN ({', '.join(map(str, places))})"
        )
    began = time.perf_counter()
    compare_new(store, EPOCHS, TODAY)
    figures["compare_new_body_ms"] = 1e3 * (time.perf_counter() - began) / len(places)
    figures["list_of_suggestions_ms"] = _p95(places, lambda _: _listed(store))
    store.close()
    return figures


def _listed(store: Store) -> object:
    with store.read() as session:
        return suggestions.newest_suggestions(session, 50, for_police=True)


def _searches(kept: Sequence[Row]) -> dict[str, list[Asked]]:
    bodies = [row.body for row in kept]
    vehicles = [vehicle for body in bodies for vehicle in body.vehicles]
    people = [person for body in bodies for person in body.persons]
    return {
        "plate": [Asked(plate=v.plate.strip("*")) for v in vehicles if v.plate is not None],
        "name": [Asked(name=person.names_used[0]) for person in people if person.names_used],
        "place_and_time": [Asked(force=b.region, month_from=b.period.to, incident=b.incidents[0]) for b in bodies],
        "method_and_contact": [
            Asked(method=b.methods[0], contact=b.contact) for b in bodies if b.methods and b.contact is not None
        ],
        "description": [
            Asked(build=p.build or "", eyes=p.eyes or "", hair="".join(p.hair_colours), skin=p.skin or "", age=30)
            for p in people
        ],
        "nothing_that_is_there": [Asked(force=b.region, incident="rape", age=90, build="thin") for b in bodies],
    }


def _p95(asked: Sequence[_T], ask: Callable[[_T], object]) -> float:
    times = []
    for one in asked:
        began = time.perf_counter()
        ask(one)
        times.append(time.perf_counter() - began)
    return 1e3 * sorted(times)[math.ceil(0.95 * len(times)) - 1]
