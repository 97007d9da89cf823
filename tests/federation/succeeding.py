"""What is done when a log is succeeded: the ceremony of the new one, and its members coming over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from hub.actions import speak_as_officer
from hub.actions.init_log import CharterFile
from hub.actions.succeed import Succeeded, succeed
from hub.config import HubConfig
from node.actions.copy_log import copy_log
from node.actions.read_inbox import read_inbox
from node.actions.read_status import Status, read_status
from node.exchange.join import fetch_charter
from node.exchange.succession import ask_to_come_over, require_succession, turn
from node.store.releases import list_releases
from protocol.keys import public_hex
from tests.federation.network import Federation
from tests.federation.project import URL, Node


def copy_of(node: Node) -> bytes:
    return msgspec.json.encode(copy_log(node.cases, node.view))


def new_hub(fed: Federation, database: str | None = None) -> HubConfig:
    """Settings of the hub of the new log: nothing of the old one's."""
    folder = fed.folder / "hub-2"
    return HubConfig(
        database=database or f"sqlite:///{folder / 'hub.db'}",
        keys_dir=folder / "keys",
        epoch_dir=fed.folder / "hub-2-epochs",
        guard_file=folder / "guard.json",
        public_url=URL,
    )


def begin(fed: Federation, config: HubConfig, files: dict[str, bytes]) -> Succeeded:
    """The ceremony of the new log, by the officers of the old one."""
    (fed.folder / "hub-2").mkdir(exist_ok=True)
    charter = CharterFile(
        origin="hub.example.org/watchword-2",
        officers=tuple(public_hex(key) for key in fed.officers),
        witnesses=fed.witnesses,
        k=2,
        notice_days=7,
        requests_per_minute=100_000,
        statements_per_day=100_000,
    )
    return succeed(config, charter, fed.officers[0], files, fed.clock())


@asynccontextmanager
async def succeeded(fed: Federation, config: HubConfig) -> AsyncIterator[Federation]:
    """The same nodes before the new hub."""
    again = Federation(fed.folder, 1)
    again.hub_config, again.clock.now = config, fed.clock.now
    again.make_nodes()
    async with again.serving():
        yield again
        again.close()


async def come_over(node: Node) -> None:
    """What a person does at one project: compares the words, turns, asks."""
    offered = await fetch_charter(node.desk.client)
    if offered.log != node.view.log:
        turn(node.desk, offered, require_succession(node.desk, offered, None))
    await ask_to_come_over(node.desk, f"{node.name} project", f"office@{node.name}.example.org")


async def all_come_over(fed: Federation, *names: str) -> None:
    for name in names or tuple(fed.nodes):
        await come_over(fed.nodes[name])
    admitted = speak_as_officer.readmit(fed.officer())
    assert all(result.index is not None for result in admitted.values())
    await fed.settle()


def inbox(node: Node) -> set[str]:
    shown = read_inbox(node.store, node.view, node.desk.epochs(), node.clock().date())
    assert all(one.lines and one.project.endswith("project") for one in shown)
    return {one.identity for one in shown}


def status(node: Node) -> Status:
    return read_status(node.store, node.view, node.desk.epochs(), node.clock())


def release_of(node: Node, chain: str) -> int:
    with node.store.read() as session:
        return max(one.id for one in list_releases(session) if one.chain == chain)


class Old:
    """The old log's warnings: two of Genesis's, one of Bradford's; Merseyside and the other receive them."""

    def __init__(self, fed: Federation) -> None:
        self.kept, self.ended = (fed.genesis.warn(fed.genesis.report()) for _ in range(2))
        self.bradfords = fed.bradford.warn(fed.bradford.report())
