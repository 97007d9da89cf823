"""`make bench`: how fast the exchange is, each figure beside the raw limit of this machine in the same run.

`--json` prints one object as the last line; `--only NAME` measures a part; `--quick` is for a look at the bench itself.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from protocol.replay import State, replay
from protocol.vectors.scene import three_projects
from tests.bench import catch_up, growth, hub_pages, hub_search, latency, members, submission
from tests.bench.raw import measure_machine, per_second, raw_verifications
from tests.postgres import running_postgres

Figures = dict[str, float | str]
OVER_RAW: Final = "_over_raw"
"""Ends the names of rates a second that are told as a share of the raw limit."""

REPLAYED: Final = 2_048
KIB: Final = 1_024
MIB: Final = 1_024 * KIB


class Size(msgspec.Struct, frozen=True):
    """How much is measured: batches of 256, single statements, entries to catch up with, warnings and who
    receives them, statements, members.

    `rows`: warnings that a hub holds while its pages search them, each size by itself.
    `asked`: requests for each page by each reader; `searched`: searches of a kind.
    `quiet`: at how many entries a round that finds nothing new is timed, beside `entries`.
    """

    batches: int
    singles: int
    entries: int
    quiet: int
    warnings: int
    receivers: int
    statements: int
    members: tuple[int, ...]
    rows: tuple[int, ...]
    asked: int
    searched: int


FULL: Final = Size(40, 1_600, 100_000, 1_000, 25, 10, 100_000, (10, 100, 1_000), (10_000, 100_000, 1_000_000), 20, 200)
QUICK: Final = Size(1, 32, 300, 100, 1, 2, 256, (10,), (300,), 1, 30)


def _replayed(size: Size, folder: Path) -> Figures:
    """Entries a second that a reader verifies and obeys, in memory."""
    scene = three_projects()
    entries = [*scene.entries]
    entries += [scene.sign(scene.alert_statement(1), "genesis/sign0") for _ in range(REPLAYED)]
    rate = per_second(lambda: replay(State(), entries), len(entries))
    return {"replay_per_second": rate, "replay_over_raw": rate}


def _submitted(rates: submission.Rates, kind: str) -> Figures:
    figures: Figures = {
        f"{kind}_single_statements_32_clients_per_second": rates.singles,
        f"{kind}_single_p50_ms": rates.single_p50_ms,
        f"{kind}_single_p99_ms": rates.single_p99_ms,
    }
    for name, rate in (
        ("alerts_batches_of_256_one_sender", rates.alerts),
        ("alerts_batches_of_256_four_senders", rates.alerts_by_four),
        ("alerts_batches_of_256_32_senders", rates.alerts_by_many),
        ("cancels_batches_of_256_one_sender", rates.cancels),
    ):
        figures[f"{kind}_{name}_per_second"] = rate
        figures[f"{kind}_{name}_over_raw"] = rate
    return figures


def _sqlite(size: Size, folder: Path) -> Figures:
    made = folder / "sqlite"
    made.mkdir()
    rates = submission.measure(f"sqlite:///{made / 'hub.db'}", made, size.batches, size.singles)
    return _submitted(rates, "sqlite")


def _postgresql(size: Size, folder: Path) -> Figures:
    made = folder / "postgresql"
    made.mkdir()
    with running_postgres() as server:
        rates = submission.measure(server.new_database(), made, size.batches, size.singles)
    return _submitted(rates, "postgresql")


def _caught_up(size: Size, folder: Path) -> Figures:
    small = catch_up.measure(folder / "catch-up-small", size.quiet)
    found = catch_up.measure(folder / "catch-up", size.entries)
    return {
        "catch_up_entries_per_second": found.entries,
        "catch_up_over_raw": found.entries,
        "nothing_new_few_entries_round_ms": small.nothing_new_ms,
        "nothing_new_many_entries_round_ms": found.nothing_new_ms,
        "nothing_new_many_over_few": found.nothing_new_ms / small.nothing_new_ms,
    }


def _waited(size: Size, folder: Path) -> Figures:
    found = latency.measure(folder / "latency", size.warnings, size.receivers)
    return {
        "publish_to_visible_p50_ms": found.visible_p50_ms,
        "publish_to_visible_p99_ms": found.visible_p99_ms,
        f"cancel_to_acks_of_{found.receivers}_p50_ms": found.acks_p50_ms,
        f"cancel_to_acks_of_{found.receivers}_p99_ms": found.acks_p99_ms,
        f"cancel_to_acks_of_{found.receivers}_known_to_its_origin_p50_ms": found.known_p50_ms,
        f"cancel_to_acks_of_{found.receivers}_known_to_its_origin_p99_ms": found.known_p99_ms,
        "alert_sender_sent_bytes": float(found.sender.sent),
        "alert_sender_received_bytes": float(found.sender.received),
        "alert_receiver_sent_bytes": float(found.receiver.sent),
        "alert_receiver_received_bytes": float(found.receiver.received),
    }


def _grown(size: Size, folder: Path) -> Figures:
    hub = growth.measure(folder / "growth", size.statements)
    return {
        "hub_statements": float(hub.statements),
        "hub_resident_mib": hub.resident_bytes / MIB,
        "hub_resident_mib_while_empty": hub.empty_bytes / MIB,
        "hub_database_mib": hub.database_bytes / MIB,
        "hub_start_seconds": hub.start_seconds,
        "hub_start_seconds_while_empty": hub.empty_start_seconds,
        "hub_start_statements_over_raw": hub.statements / hub.start_seconds,
    }


def _joined(size: Size, folder: Path) -> Figures:
    figures: Figures = {}
    for count in size.members:
        one = members.measure(folder / f"members-{count}", count)
        figures |= {
            f"members_{count}_replay_of_an_alert_us": one.replay_us,
            f"members_{count}_audience_of_an_alert_us": one.audience_us,
            f"members_{count}_overdue_list_us": one.overdue_us,
            f"members_{count}_replay_state_kib": one.state_bytes / KIB,
            f"members_{count}_all_acks_kib": one.acks_bytes / KIB,
            f"members_{count}_waiting_last_is_told_ms": one.told_ms,
            f"members_{count}_waiting_hub_processor_ms": one.cpu_ms,
            f"members_{count}_waiting_hub_resident_mib": one.resident_bytes / MIB,
        }
    return figures


def _searched_sqlite(size: Size, folder: Path) -> Figures:
    figures: Figures = {}
    for count in size.rows:
        database = folder / f"rows-{count}.db"
        figures |= _named("sqlite", count, hub_search.measure(f"sqlite:///{database}", count, size.searched))
        database.unlink()
    return figures


def _searched_postgresql(size: Size, folder: Path) -> Figures:
    figures: Figures = {}
    with running_postgres() as server:
        for count in size.rows:
            database = server.new_database()
            figures |= _named("postgresql", count, hub_search.measure(database, count, size.searched))
            server.drop(database)
    return figures


def _pages_sqlite(size: Size, folder: Path) -> Figures:
    figures: Figures = {}
    for count in size.rows:
        made = folder / f"pages-{count}"
        made.mkdir()
        figures |= _named("sqlite", count, hub_pages.measure(f"sqlite:///{made / 'hub.db'}", made, count, size.asked))
        shutil.rmtree(made)
    return figures


def _pages_postgresql(size: Size, folder: Path) -> Figures:
    figures: Figures = {}
    with running_postgres() as server:
        for count in size.rows:
            made, database = folder / f"pages-postgresql-{count}", server.new_database()
            made.mkdir()
            figures |= _named("postgresql", count, hub_pages.measure(database, made, count, size.asked))
            server.drop(database)
    return figures


def _named(kind: str, count: int, found: Mapping[str, float]) -> Figures:
    return {f"{kind}_{count}_warnings_{name}": value for name, value in found.items()}


PARTS: Final[dict[str, Callable[[Size, Path], Figures]]] = {
    "replay": _replayed,
    "submission-sqlite": _sqlite,
    "submission-postgresql": _postgresql,
    "catch-up": _caught_up,
    "latency": _waited,
    "growth": _grown,
    "members": _joined,
    "hub-search-sqlite": _searched_sqlite,
    "hub-search-postgresql": _searched_postgresql,
    "hub-pages-sqlite": _pages_sqlite,
    "hub-pages-postgresql": _pages_postgresql,
}


def _beside_raw(part: str, size: Size, folder: Path) -> Figures:
    """A part's figures, and the raw limit of the same minutes: the mean of just before and just after it."""
    before = raw_verifications()
    figures = PARTS[part](size, folder)
    raw = (before + raw_verifications()) / 2
    over = {name: float(rate) / raw for name, rate in figures.items() if name.endswith(OVER_RAW)}
    return figures | over | ({f"raw_ed25519_verifications_per_second_around_{part}": raw} if over else {})


def main() -> int:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--json", action="store_true", help="print one object as the last line")
    arguments.add_argument("--only", action="append", choices=list(PARTS), default=[])
    arguments.add_argument("--quick", action="store_true", help="small sizes: figures that mean nothing")
    wanted = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        machine = measure_machine(folder)
        figures: Figures = {
            "machine": machine.name,
            "durability": "SQLite WAL synchronous=FULL; PostgreSQL fsync=on; one worker process, HTTP on loopback",
            "raw_ed25519_verifications_per_second_of_one_core": machine.verifications,
            "raw_fsyncs_of_4_kib_per_second": machine.fsyncs,
        }
        for name in wanted.only or PARTS:
            figures |= _beside_raw(name, QUICK if wanted.quick else FULL, folder)
    for name, value in figures.items():
        print(f"{name:66} {value if isinstance(value, str) else _readable(value)}")
    if wanted.json:
        print(json.dumps(figures))
    return 0


def _readable(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
