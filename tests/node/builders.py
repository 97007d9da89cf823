"""A node on its desk, with people, a voice in a small log, and reports about fictional persons. Plain functions."""

import hashlib
import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.send_out import Released
from node.actions.show_release import show_release
from node.actions.take_report import take_report
from node.config import NodeConfig
from node.core.compose import Choices, Ground, compose_body
from node.core.permissions import Answer, Switch
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from node.core.voice import Voice
from node.store.epoch_keys import load_epochs, make_epoch
from node.store.outbox import OutboxEntry, outbox_body, outbox_of
from node.store.permissions import Given
from protocol.body_fields import AlertBody
from protocol.house.actions.add_person import add_person
from protocol.house.store.vault import Vault
from protocol.vectors.scene import Scene, three_projects
from tests.node.empty_databases import new_store

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
DAY = timedelta(days=1)
YES: dict[Switch, Answer] = {
    "record": "yes",
    "warn_own": "yes",
    "warn_others": "yes",
    "compare_quietly": "not_asked",
    "police_anonymous": "yes",
    "police_full": "no",
}
CHOICES = Choices(region="west-yorkshire", direction=("merseyside",))


GIVEN = Given(witness="Asha")


GROUND = Ground(
    facts=Facts(age_now="adult"),
    police=True,
    town_allowed=True,
    own_people=False,
    day=NOW.date(),
    taken_on=NOW.date(),
    salt="5a" * 32,
)


def counted_randomness() -> Any:
    """Bytes that never repeat and are the same at each run."""
    numbers: Iterator[int] = itertools.count()
    return lambda size: hashlib.shake_256(f"random:{next(numbers)}".encode()).digest(size)


def a_desk(folder: Path, **over: Any) -> CaseDesk:
    """A node that was set up: database, one epoch key, two people who know each other."""
    fields: dict[str, Any] = {
        "name": "Genesis",
        "region": "west-yorkshire",
        "host": "genesis.example.org",
        "hub_url": "http://127.0.0.1:1",
        "database": folder / "node.db",
        "keys_dir": folder / "keys",
        "epoch_dir": folder / "epochs",
        "agencies": ("BLAST",),
        "batch_times": (),
    }
    config = NodeConfig(**(fields | over))
    make_epoch(config.epoch_dir)
    desk = CaseDesk(config, new_store(config.database), Vault(load_epochs(config.epoch_dir), counted_randomness()))
    add_person(desk, name="Bea", role="coordinator", now=NOW)
    for name, role in (("Asha", "caseworker"), ("Cleo", "safeguarding_lead")):
        add_person(desk, name=name, role=role, by="Bea", now=NOW)
    return desk


def later_desk(desk: CaseDesk) -> CaseDesk:
    """The same node with the epoch keys as they are now."""
    return CaseDesk(desk.config, desk.store, Vault(load_epochs(desk.config.epoch_dir), desk.vault.randomness))


def a_scene() -> Scene:
    """A log with Genesis (1), Bradford (2), Merseyside (3)."""
    return three_projects()


def a_voice(scene: Scene) -> Voice:
    """Genesis in that log."""
    charter = scene.state.charter
    assert charter is not None
    return Voice(
        log=scene.log,
        member_id=1,
        seen=scene.seen(),
        charter=charter,
        sign=lambda statement: scene.sign(statement, "genesis/sign0"),
    )


def scheme_data(**over: Any) -> SchemeData:
    """What happened, about a fictional person."""
    fields: dict[str, Any] = {
        "incident_types": ("robbery",),
        "date_min": date(2026, 10, 30),
        "date_max": date(2026, 10, 31),
        "area": "Leeds",
        "place_kind": "vehicle",
        "contact_means": ("street",),
        "methods": ("drove_elsewhere",),
        "weapons": ("knife",),
        "number_of_people": 1,
        "persons": (PersonData(age_min=45, age_max=49, build="stocky", skin="ic1", names_used=("Gaz",)),),
        "vehicles": (VehicleData(make="vauxhall", model="Insignia", colour="silver", plates=("YK58QQA",)),),
        "identifiers": (IdentifierData(kind="phone", canonical="+447700900318"),),
    }
    return SchemeData(**(fields | over))


def composed(data: SchemeData, choices: Choices = CHOICES, ground: Ground = GROUND) -> AlertBody:
    """The body of a warning of this data."""
    return compose_body(data, choices, ground)


def a_report(desk: CaseDesk, **over: Any) -> int:
    """A report with a plain yes to warnings and to police without a name."""
    fields: dict[str, Any] = {
        "agency": "Genesis",
        "facts": Facts(age_now="adult", age_at_event="adult"),
        "scheme": scheme_data(),
        "answers": YES,
        "by": "Asha",
        "now": NOW,
        "account": "He said his name was Gaz and drove to the arches.",
        "support_notes": "Wants to sleep at a friend's.",
        "reporter": ReporterPart(names=("Mia Dobre",), numbers=("07700 900 011",), addresses=("14 Quarry Hill Terr",)),
        "private_words": ("Pewter Door",),
    }
    return take_report(desk, **(fields | over))


def released(
    desk: CaseDesk, voice: Voice, report_id: int, *, choices: Choices = CHOICES, now: datetime = NOW
) -> Released:
    """Drafted by Asha, shown to and approved by Bea."""
    release_id = draft_release(desk, voice, report_id=report_id, choices=choices, by="Asha", now=now)
    return approved(desk, voice, release_id, now=now)


def approved(desk: CaseDesk, voice: Voice | None, release_id: int, *, now: datetime = NOW) -> Released:
    """Shown to and approved by Bea."""
    shown = show_release(desk, release_id=release_id, by="Bea", now=now)
    return approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=now)


def outbox(desk: CaseDesk) -> list[OutboxEntry]:
    """Everything that waits to leave."""
    with desk.store.read() as session:
        return outbox_of(session, "waiting")


def waiting_body(desk: CaseDesk, identity: str) -> bytes | None:
    """The bytes that would leave beside a statement."""
    with desk.store.read() as session:
        return outbox_body(session, identity, desk.vault.epochs)


def rows(desk: CaseDesk, statement: str) -> list[Any]:
    """What a hand with a database browser sees."""
    with desk.store.read() as session:
        return list(session.connection().execute(text(statement)))
