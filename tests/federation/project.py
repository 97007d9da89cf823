"""One project of a federation in one process: its node on disk, and what its people do with it."""

import contextlib
import datetime as dt
import shutil
from pathlib import Path
from typing import Any, Final

import httpx

from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.open_database import open_database
from node.actions.pause_alert import pause_alert
from node.actions.set_up_node import set_up_node
from node.actions.show_release import show_release
from node.actions.take_report import take_report
from node.actions.withdraw_alert import withdraw_alert
from node.config import NodeConfig
from node.core.compose import Choices
from node.core.errors import Misconfigured
from node.core.report import Facts
from node.core.scheme_data import SchemeData
from node.core.voice import Voice
from node.exchange.client import HubClient
from node.exchange.desk import Desk
from node.exchange.publish import publish_due
from node.exchange.sync import Sync, SyncReport
from node.keyring import Keyring
from node.log_view import LogView
from node.store.epoch_keys import load_epochs
from node.store.erasures import ErasureList
from node.store.inbox import held_identities
from protocol.house.actions.add_person import add_person
from protocol.statement_fields import Statement
from tests.builders import a_reporter, some_scheme_data
from tests.links import Link

URL: Final = "http://hub.example.org"
START: Final = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
AGENCIES: Final = {"genesis": ("BLAST",)}
WRITER, RELEASER = "Asha", "Bryony"


class Clock:
    """One time for all; it moves only when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Time passes."""
        self.now += dt.timedelta(**delta)


class Node:
    """One project."""

    def __init__(self, folder: Path, name: str, region: str, clock: Clock, link: Link) -> None:
        self.name, self.clock, self.link, self.folder = name, clock, link, folder
        self.config = NodeConfig(
            name=name,
            region=region,
            host=f"{name}.example.org",
            hub_url=URL,
            database=folder / "node.db",
            keys_dir=folder / "keys",
            epoch_dir=folder / "epochs",
            witness_name=f"{name}.example.org/witness",
            batch_times=(),
            agencies=AGENCIES.get(name, ()),
        )
        if not self.config.database.exists():
            set_up_node(self.config, clock())
            self.open()
            add_person(self.cases, name=RELEASER, role="coordinator", now=clock())
            add_person(self.cases, name=WRITER, role="caseworker", by=RELEASER, now=clock())
        else:
            self.open()

    def open(self) -> None:
        """Starts, as after a reboot: everything comes from disk."""
        self.store = open_database(self.config, self.clock())
        self.view = LogView(self.store)
        self.keyring = Keyring.load(self.config.keys_dir)
        http = httpx.AsyncClient(transport=self.link, base_url=URL)
        client = HubClient(http, URL, self.keyring, self.view, now=self.clock, timeout_seconds=30)
        self.desk = Desk(
            store=self.store,
            view=self.view,
            keyring=self.keyring,
            epochs=lambda: load_epochs(self.config.epoch_dir),
            erasures=ErasureList(self.config.epoch_dir),
            client=client,
            now=self.clock,
        )
        self._sync = Sync(self.desk)

    def restart(self) -> None:
        """Stops without warning and starts again."""
        self.store.close()
        self.open()

    def restore(self, copy: Path) -> None:
        """The database as it was when `copy` was made."""
        self.store.close()
        for path in self.folder.glob("node.db*"):
            path.unlink()
        shutil.copy(copy, self.config.database)
        self.open()

    @property
    def cases(self) -> CaseDesk:
        """The desk of the records."""
        return open_case_desk(self.config, self.store)

    @property
    def has_joined(self) -> bool:
        """Whether it has pinned a log."""
        with contextlib.suppress(Misconfigured):
            return bool(self.view.log)
        return False

    @property
    def id(self) -> int:
        """Its member id."""
        member_id = self.view.member_id
        assert member_id is not None
        return member_id

    def voice(self) -> Voice:
        """What its statements are signed with."""
        return voice_of(self.view, self.keyring)

    def report(self, *, scheme: SchemeData | None = None, **over: Any) -> int:
        """A report by an adult who says yes to being recorded, to warning others, and to police without a name."""
        given: dict[str, Any] = {
            "agency": self.name,
            "facts": Facts(age_at_event="adult", age_now="adult"),
            "scheme": scheme or some_scheme_data(),
            "answers": {"record": "yes", "warn_own": "yes", "warn_others": "yes", "police_anonymous": "yes"},
            "reporter": a_reporter(),
            "account": "What happened, in her words.",
            "by": WRITER,
            "now": self.clock(),
        }
        return take_report(self.cases, **(given | over))

    def draft(self, report: int, **over: Any) -> int:
        """A draft of a warning to other projects, west towards Liverpool."""
        choices = Choices(**({"region": self.config.region, "direction": ("merseyside", "west-yorkshire")} | over))
        voice = self.voice()
        return draft_release(self.cases, voice, report_id=report, choices=choices, by=WRITER, now=self.clock())

    def release(self, release: int) -> str:
        """A second person looks at it and lets it out; the statement's identity."""
        shown = show_release(self.cases, release_id=release, by=RELEASER, now=self.clock())
        voice = self.voice()
        made = approve_release(
            self.cases, voice, release_id=release, digest=shown.digest, by=RELEASER, now=self.clock()
        )
        assert made.identity is not None
        return made.identity

    def warn(self, report: int, **over: Any) -> str:
        """Draft and release; the alert's identity."""
        return self.release(self.draft(report, **over))

    def draft_update(self, release: int, **over: Any) -> int:
        """A draft of what replaces that release."""
        choices = Choices(**({"region": self.config.region, "direction": ("merseyside", "west-yorkshire")} | over))
        voice = self.voice()
        return draft_update(self.cases, voice, release_id=release, choices=choices, by=WRITER, now=self.clock())

    def pause(self, release: int) -> None:
        """Pauses a warning."""
        pause_alert(self.cases, self.voice(), release_id=release, by=RELEASER, now=self.clock())

    def withdraw(self, release: int) -> None:
        """Takes a warning back: one person, any hour."""
        voice = self.voice()
        withdraw_alert(self.cases, voice, release_id=release, by=WRITER, now=self.clock())

    def statement(self, kind: str, **fields: Any) -> Statement:
        """A statement of this project, as the node itself would write it; not signed."""
        common: dict[str, Any] = {
            "log": self.view.log,
            "origin": self.id,
            "day": self.clock().date().isoformat(),
            "status": "actual",
        }
        return Statement(kind=kind, **(common | fields))

    async def publish(self) -> None:
        """Sends what is due."""
        await publish_due(self.desk, lambda: 0.0)

    async def sync(self) -> SyncReport:
        """One round."""
        return await self._sync.round()

    def reads(self) -> frozenset[str]:
        """Identities of the statements whose bodies it holds."""
        with self.store.read() as session:
            return held_identities(session)
