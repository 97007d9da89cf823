"""What the exchange erases, played between three nodes and a hub."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from node.store.outbox import mark_confirmed, mark_refused
from tests.contract.played import Played, all_rows
from tests.node.builders import a_scene
from tests.node.exchange_nodes import all_sync, digest_of, three


async def _played_on_exchange(folder: Path, erase: Callable[["Stage"], Any]) -> Played:
    stage = Stage(folder)
    await stage.begin()
    before = all_rows(stage.node.store)
    about = await erase(stage)
    after = all_rows(stage.node.store)
    stage.node.store.close()
    return Played(lambda _, row: row.get("identity") in about, before, after)


class Stage:
    """Merseyside holds a warning of Genesis's, misses one of Bradford's, and has one of its own on its way."""

    def __init__(self, folder: Path) -> None:
        self.scene = a_scene()
        self.hub, _, self.genesis, self.bradford, self.node = three(folder, self.scene)

    async def begin(self) -> None:
        before = self.scene.alert("genesis", 1)
        await all_sync(self.genesis, self.bradford, self.node)
        self.scene.cancel("genesis", 1, before)
        self.held, self.missed = self.scene.alert("genesis", 1), self.scene.alert("bradford", 2)
        stands, missed_too = self.scene.alert("genesis", 1), self.scene.alert("bradford", 2)
        self.hub.withheld |= {digest_of(self.scene, self.missed), digest_of(self.scene, missed_too)}
        await all_sync(self.genesis, self.bradford, self.node)
        self.own = self.node.say(self.scene.alert_statement(3))
        await self.node.publish()
        assert self.node.outgoing(self.own).state == "sent" and self.node.received(stands) is not None

    async def everything_is_taken_back(self) -> set[str]:
        for name, member, identity in (("genesis", 1, self.held), ("bradford", 2, self.missed)):
            self.scene.cancel(name, member, identity)
        self.scene.cancel("merseyside", 3, self.own)
        await self.node.sync()
        return {self.held, self.missed, self.own}

    async def the_missing_body_comes(self) -> set[str]:
        self.hub.withheld.discard(digest_of(self.scene, self.missed))
        self.node.clock.forward(hours=1)
        await self.node.sync()
        return {self.missed}

    async def the_own_one_is_confirmed(self) -> set[str]:
        with self.node.store.begin() as session:
            assert mark_confirmed(session, len(self.scene.entries)) == 1
        return {self.own}

    async def the_own_one_is_refused(self) -> set[str]:
        with self.node.store.begin() as session:
            mark_refused(session, self.own, "limits.day")
        return {self.own}


def played_on_exchange(erase: Callable[[Stage], Any]) -> Callable[[Path], Played]:
    return lambda folder: asyncio.run(_played_on_exchange(folder, erase))
