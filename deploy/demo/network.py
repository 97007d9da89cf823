"""Real processes on loopback: a hub and three nodes, set up and admitted by the ceremony that anyone would follow.

The hub and the nodes' workers are processes of their own (`watchword-hub serve`, `watchword-node run`). What operators
type in between is done by the same functions as the console commands call, so that the demo does not wait for twenty
starts of Python; each is told as the command that it stands for.
"""

import asyncio
import datetime as dt
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec
from nacl.signing import SigningKey

from hub.actions import speak_as_officer
from hub.actions.init_log import CharterFile, init_log
from hub.config import HubConfig
from hub.config import read_config as read_hub_config
from hub.log_view import LogView as HubView
from hub.ordering import Ordering
from hub.store import key_files
from hub.store import members as hub_members
from hub.store.engine import Store as HubStore
from node.actions.set_up_node import set_up_node
from node.app import Node, build_node
from node.config import NodeConfig
from node.config import read_config as read_node_config
from node.exchange.join import JoinAs, ask_to_join, endorse, fetch_charter, pin_charter
from node.keyring import Keyring
from protocol.house.core.errors import HouseError
from protocol.keys import public_hex
from protocol.statement_fields import WitnessKey
from protocol.words import fingerprint_words

BIN: Final = Path(sys.executable).parent
PATIENCE_SECONDS: Final = 30.0
"""How long the demo waits for one thing to happen before it says what did not."""


class Project(msgspec.Struct, frozen=True):
    """A project of the demo."""

    key: str
    name: str
    region: str
    sheet: str
    agencies: tuple[str, ...] = ()


PROJECTS: Final = (
    Project("genesis", "Genesis (Leeds)", "west-yorkshire", "genesis.csv", ("BLAST",)),
    Project("bradford", "Bradford Working Women's Project", "west-yorkshire", "bradford.csv"),
    Project("merseyside", "Safe-Place Merseyside", "merseyside", "merseyside.xlsx"),
)
"""Three projects of two police-force areas. Their sheets are fictional and lie beside this file."""

LEAD: Final = Project("lead", "National lead's office", "west-yorkshire", "")
"""Signs what is decided on the hub's pages; no police body. It is asked for no region."""

SWITCHED_OFF: Final = Project("canalside", "Canalside Outreach (Manchester)", "greater-manchester", "")
"""Joins last, and then its machine stays off: it confirms nothing, and nothing is heard of it."""

ASKS_TO_JOIN: Final = Project("tideway", "Tideway Project (Hull)", "humberside", "")
"""Has asked, and waits for two projects to vouch for it."""


class DemoFailed(Exception):
    """Something did not happen; the message says what and where to look."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def utc_now() -> dt.datetime:
    """Now, aware UTC."""
    return dt.datetime.now(dt.UTC)


def words_of(digest: str) -> str:
    """The words of a digest in hex, as they are read aloud."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))


async def wait_for(what: str, condition: Callable[[], Awaitable[bool]]) -> None:
    """Returns once the condition holds.

    Raises:
        DemoFailed: it did not within `PATIENCE_SECONDS`.
    """
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not await condition():
        if time.monotonic() > give_up:
            raise DemoFailed(f"waited {PATIENCE_SECONDS:.0f} seconds for: {what}")
        await asyncio.sleep(0.05)


class Network:
    """The folders and processes of the demo."""

    def __init__(self, base: Path, say: Callable[[str], None]) -> None:
        self.base, self._say = base, say
        self.hub_port = free_port()
        self.node_ports = {one.key: free_port() for one in (*PROJECTS, LEAD, SWITCHED_OFF, ASKS_TO_JOIN)}
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def hub_url(self) -> str:
        """Where the hub listens."""
        return f"http://127.0.0.1:{self.hub_port}"

    def folder(self, name: str) -> Path:
        """Where the hub or a node lives."""
        return self.base / name

    def config(self, project: Project) -> NodeConfig:
        """A node's settings, from its file."""
        return read_node_config(self.folder(project.key) / "node.toml")

    @property
    def hub_config(self) -> HubConfig:
        """The hub's settings, from its file."""
        return read_hub_config(self.folder("hub") / "hub.toml")

    def set_up(self) -> None:
        """Nodes make their keys first; the charter names them as witnesses, two of whom must cosign."""
        witnesses = tuple(self._make_node(project) for project in PROJECTS)
        hub = self.folder("hub")
        for folder in ("data", "guard"):
            (hub / folder).mkdir(parents=True)
        (hub / "hub.toml").write_text(self._hub_settings(), "utf-8")
        officers = [SigningKey(secrets.token_bytes(32)) for _ in range(2)]
        for number, officer in enumerate(officers, 1):
            key_files.write_key(hub / f"officer{number}.key", bytes(officer))
        charter = CharterFile(
            origin="hub.example.org/watchword",
            officers=tuple(public_hex(officer) for officer in officers),
            witnesses=witnesses,
            k=2,
            notice_days=0,
        )
        log = init_log(self.hub_config, charter, officers[0], utc_now())
        self._say(f"A log has begun. Its words, read aloud to each project: [bold]{words_of(log)}[/bold]")
        self.start("hub", "watchword-hub", "serve", cwd=hub)

    def _make_node(self, project: Project) -> WitnessKey:
        folder = self.folder(project.key)
        folder.mkdir(parents=True)
        (folder / "node.toml").write_text(self._node_settings(project), "utf-8")
        config = self.config(project)
        set_up_node(config, utc_now())
        key = Keyring.load(config.keys_dir).witness_public
        return WitnessKey(host=config.host, key=key, name=config.witness_name)

    async def admit_all(self) -> None:
        """Invitation, request, endorsements, admission: one project after another."""
        await self._wait_for_hub()
        self._make_node(LEAD)
        members = (*PROJECTS, LEAD)
        digests = {one.key: await self._ask(one) for one in members}
        for one in members:
            port = str(self.node_ports[one.key])
            self.start(one.key, "watchword-node", "run", "--port", port, cwd=self.folder(one.key))
        for number, one in enumerate(members, 1):
            await self._join(one, digests[one.key], number)

    async def _join(self, project: Project, digest: str, number: int) -> None:
        """The two before it vouch for it, and an officer admits it."""
        endorsers = PROJECTS[: number - 1][-2:]
        for endorser in endorsers:
            await self._endorse(endorser, digest)
        await self._admit(project, digest, number)
        vouched = " and ".join(endorser.name for endorser in endorsers) or "nobody: it is the first"
        self._say(f"{project.name} is member {number}, vouched for by {vouched}.")

    async def join_and_stay_off(self) -> None:
        """`SWITCHED_OFF` is admitted, and its machine is never started."""
        self._make_node(SWITCHED_OFF)
        await self._join(SWITCHED_OFF, await self._ask(SWITCHED_OFF), len((*PROJECTS, LEAD)) + 1)

    async def ask_to_join(self) -> None:
        """`ASKS_TO_JOIN` asks; whether it may is for two projects to say."""
        self._make_node(ASKS_TO_JOIN)
        await self._ask(ASKS_TO_JOIN)

    async def _ask(self, project: Project) -> str:
        """`watchword-hub invite`, then `watchword-node join`."""
        invitation, store = secrets.token_hex(16), HubStore(self.hub_config.database)
        with store.begin() as session:
            hub_members.add_invitation(session, invitation, utc_now().date() + dt.timedelta(days=1))
        log = HubView(store).refresh().state.log
        store.close()
        assert log is not None
        config, node = self.config(project), build_node(self.config(project))
        pin_charter(node.desk, await fetch_charter(node.desk.client), log)
        is_lead = project is LEAD
        wanted = JoinAs(
            host=config.host, region=None if is_lead else config.region, role="lead" if is_lead else "project"
        )
        contact = f"office@{project.key}.example.org"
        digest = await ask_to_join(node.desk, invitation, wanted, project.name, contact)
        await node.close()
        return digest

    async def _endorse(self, endorser: Project, digest: str) -> None:
        """`watchword-node endorse`, as soon as the endorser knows that it is a member."""
        node = build_node(self.config(endorser))

        async def endorsed() -> bool:
            node.desk.view.refresh()
            try:
                await endorse(node.desk, digest)
            except HouseError:
                return False
            return True

        await wait_for(f"{endorser.name} to vouch for the next project", endorsed)
        await node.close()

    async def _admit(self, project: Project, digest: str, number: int) -> None:
        """`watchword-hub admit`, as soon as the endorsements have arrived."""
        config = self.hub_config
        store = HubStore(config.database)
        view, keys = HubView(store), key_files.load_keys(config.keys_dir)
        officer = speak_as_officer.Officer(
            store,
            view,
            Ordering(store, view, keys.log, config.guard_file, lambda: None).tick,
            key_files.load_epochs(config.epoch_dir),
            SigningKey(key_files.read_key(self.folder("hub") / "officer1.key")),
            utc_now(),
        )

        async def admitted() -> bool:
            result = await asyncio.to_thread(speak_as_officer.admit, officer, digest, number)
            return result.index is not None

        await wait_for(f"{project.name} to be admitted", admitted)
        store.close()

    async def _wait_for_hub(self) -> None:
        async def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.hub_port)) == 0

        await wait_for("the hub to listen", listens)

    def node(self, project: Project) -> Node:
        """What a person at this node works with, beside its worker."""
        return build_node(self.config(project))

    def start(self, name: str, command: str, *arguments: str, cwd: Path) -> None:
        """Starts a process of its own; what it prints goes to `<name>.log`."""
        log = (self.base / f"{name}.log").open("wb")
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            [BIN / command, *arguments], cwd=cwd, stdout=log, stderr=log, env=environment, start_new_session=True
        )
        self._processes.append(process)

    def require_running(self) -> None:
        """Raises `DemoFailed` if a process has ended."""
        if any(process.poll() is not None for process in self._processes):
            raise DemoFailed(f"a process ended; see {self.base}/*.log")

    def stop(self) -> None:
        """Asks every process to end, and waits."""
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _hub_settings(self) -> str:
        return f"""\
database = "sqlite:///data/hub.db"
keys_dir = "keys"
epoch_dir = "epochs"
guard_file = "guard/signed.json"
public_url = "{self.hub_url}"
name = "Watchword hub (demo)"
port = {self.hub_port}
"""

    def pages_url(self, project: Project) -> str:
        """Where people's browsers reach a node's pages."""
        return f"http://127.0.0.1:{self.node_ports[project.key]}"

    def _node_settings(self, project: Project) -> str:
        witness = f"{project.key}.example.org/witness" if project in PROJECTS else ""
        return f"""\
name = "{project.name}"
region = "{project.region}"
host = "{project.key}.example.org"
hub_url = "{self.hub_url}"
public_url = "{self.pages_url(project)}"
database = "data/node.db"
keys_dir = "keys"
epoch_dir = "epochs"
witness_name = "{witness}"
agencies = {json.dumps(project.agencies)}
batch_times = []
sync_seconds = 1.0
"""
