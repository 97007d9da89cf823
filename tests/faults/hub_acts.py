"""What a hub does for its members that is durable, each as one scenario, on the same hub at every beginning."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.actions import keep_house
from hub.store import members
from protocol import canonical
from protocol.envelope import REQUEST_TYPE, sign_envelope
from protocol.vectors.named_keys import signing_key
from tests.hub.asker import b64
from tests.hub.ground import Ground, running_ground

INVITATION: Final = "an-invitation-of-the-crash-tables"


class Plan(msgspec.Struct, frozen=True):
    """What is asked of the hub, as bytes that can be sent again.

    Attributes:
        batch: alerts with bodies, of two origins, one of them twice.
        cancel: of a warning in the history. update, pause: likewise, of others.
        ack: Merseyside's. note: the latest checkpoint, for a witness. request: a candidate's.
    """

    batch: list[dict[str, str]]
    cancel: list[dict[str, str]]
    update: list[dict[str, str]]
    pause: list[dict[str, str]]
    ack: str
    note: str
    request: dict[str, str]


async def build_history(database: str, folder: Path) -> Plan:
    """A hub with three projects and four warnings, one of them taken back, closed again; and the plan."""
    async with running_ground(database, folder) as ground:
        await ground.three_projects()
        scene = ground.scene
        alerts = [scene.alert(name, member) for member, name in ((1, "genesis"), (1, "genesis"), (2, "bradford"))]
        gone = scene.alert("merseyside", 3)
        await ground.ok()
        scene.cancel("merseyside", 3, gone)
        await ground.ok()
        with ground.hub.store.begin() as session:
            members.add_invitation(session, INVITATION, ground.clock.now.date() + dt.timedelta(days=7))
        ack = b64(ground.ack("merseyside", 3))
        note = scene.note.decode()
        scene.alert("genesis", 1)
        scene.alert("bradford", 2)
        batch = scene.take()
        scene.cancel("genesis", 1, alerts[0])
        cancel = scene.take()
        scene.update("genesis", 1, alerts[1])
        update = scene.take()
        scene.pause("bradford", 2, alerts[2])
        pause = scene.take()
        request = scene.request("newcastle")
        envelope = sign_envelope(canonical.encode(request), REQUEST_TYPE, signing_key("newcastle/sign0"))
        asked = {
            "invitation": INVITATION,
            "envelope": b64(envelope),
            "name": "Newcastle project",
            "contact": "office@newcastle.example.org",
        }
        return Plan([*batch, batch[0]], cancel, update, pause, ack, note, asked)


Ask = Callable[[Ground, Any], Awaitable[Any]]


def _statements(field: str) -> Ask:
    async def ask(ground: Ground, plan: Plan) -> Any:
        answer = await ground.asker("genesis/online").statements(*getattr(plan, field))
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    return ask


async def _ack(ground: Ground, plan: Plan) -> Any:
    answer = await ground.asker("merseyside/online").post("/v1/acks", {"envelope": plan.ack})
    assert answer.status_code == 204, answer.text


async def _cosign(ground: Ground, plan: Plan) -> Any:
    answer = await ground.post_cosignature(0, plan.note.encode())
    assert answer.status_code == 204, answer.text


async def _join(ground: Ground, plan: Plan) -> Any:
    answer = await ground.client.post("/v1/requests", json=plan.request)
    assert answer.status_code == 200, answer.text
    return answer.json()["digest"]


async def _token(ground: Ground, plan: Plan) -> Any:
    await ground.asker("bradford/online").token()


async def _suspend(ground: Ground, plan: Plan) -> Any:
    state = ground.hub.view.refresh().state
    for officer in ("officer0", "officer1"):
        if state.members[3].status == "active":
            await ground.as_officer("suspend", 3, "safeguarding", officer=officer)


async def _nightly(ground: Ground, plan: Plan) -> Any:
    hub, now = ground.hub, ground.clock.now
    for days in (1, 9):
        await asyncio.to_thread(
            keep_house.change_epoch, hub.store, hub.config.epoch_dir, now + dt.timedelta(days=days), 7
        )


async def _lapse(ground: Ground, plan: Plan) -> Any:
    hub, today = ground.hub, ground.clock.now.date()
    await asyncio.to_thread(keep_house.erase_lapsed, hub.store, hub.view, today + dt.timedelta(days=98))


async def _forget(ground: Ground, plan: Plan) -> Any:
    await asyncio.to_thread(
        keep_house.forget_stale, ground.hub.store, ground.hub.view, ground.clock.now + dt.timedelta(days=9)
    )


async def _start(ground: Ground, plan: Plan) -> Any:
    """Starting is all: it takes the turn."""


ASKED: Final[dict[str, Ask]] = {
    "start": _start,
    "token": _token,
    "batch of alerts": _statements("batch"),
    "cancel": _statements("cancel"),
    "update": _statements("update"),
    "pause": _statements("pause"),
    "ack": _ack,
    "cosignature": _cosign,
    "request to join": _join,
    "suspension by two officers": _suspend,
    "nightly change of epoch keys": _nightly,
    "erasing what lapsed": _lapse,
    "forgetting what is stale": _forget,
}
