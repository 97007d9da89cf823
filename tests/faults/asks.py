"""What somebody asks of a hub, as data: so that it can be asked in one process, and again in another after a crash."""

import base64
import json
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import select

from hub.actions import keep_house
from hub.cli import invite
from hub.store import members
from hub.store.members import _code_hash
from hub.store.tables import InvitationRow
from protocol.envelope import decode_envelope
from protocol.vectors.named_keys import signing_key
from tests.hub.asker import Asker, codes_of
from tests.hub.ground import Ground

Ask = dict[str, Any]


class NotNow(Exception):
    """The hub says that it cannot now (503): the only thing that a fault may make it say."""


async def perform(ground: Ground, ask: Ask) -> Any:
    """Asks; what was answered with success, in a form that is the same when asked again.

    Raises:
        NotNow: 503, as it must be while something is broken.
    """
    return await globals()[f"_{ask['kind']}"](ground, ask)


async def has_effect(ground: Ground, ask: Ask) -> bool:
    """Whether the hub holds what this ask was to bring about."""
    state = ground.hub.view.refresh().state
    with ground.hub.store.read() as session:
        if ask["kind"] == "statements":
            return all(_identity(item) in state.statements for item in ask["items"])
        if ask["kind"] == "ack":
            return members.acked_sizes(session).get(ask["member"], 0) >= int(ask["size"])
        if ask["kind"] == "cosignature":
            return ground.hub.view.now.witnessed.get(ask["witness"], 0) >= int(ask["size"])
        if ask["kind"] == "request":
            return any(one.digest == ask["digest"] for one in members.candidates(session))
        if ask["kind"] == "officers":
            return _status(ground, ask["member"]) == str(ask["status"])
        if ask["kind"] == "invite":
            return _is_usable(session, Path(ask["file"]))
    return False


def decoded(item: dict[str, str]) -> bytes:
    """The envelope of an item."""
    return base64.b64decode(item["envelope"])


def _identity(item: dict[str, str]) -> str:
    return decode_envelope(decoded(item)).identity


def _taken(answer: httpx.Response) -> httpx.Response:
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0 and answer.json()["code"] == "hub.busy", answer.text
        raise NotNow
    assert answer.status_code in (200, 204), answer.text
    return answer


def _asker(ground: Ground, key: str) -> Asker:
    return Asker(ground.client, signing_key(key), ground.clock.seconds)


async def _statements(ground: Ground, ask: Ask) -> Any:
    answer = _taken(await _asker(ground, f"{ask['by']}/online").statements(*ask["items"]))
    indices = list(codes_of(answer))
    assert all(isinstance(index, int) for index in indices), indices
    return indices


async def _ack(ground: Ground, ask: Ask) -> Any:
    _taken(await _asker(ground, f"{ask['by']}/online").post("/v1/acks", {"envelope": ask["envelope"]}))


async def _cosignature(ground: Ground, ask: Ask) -> Any:
    _taken(await _asker(ground, ask["key"]).post("/v1/cosignatures", ask["note"].encode()))


async def _request(ground: Ground, ask: Ask) -> Any:
    return _taken(await ground.client.post("/v1/requests", json=ask["content"])).json()


async def _officers(ground: Ground, ask: Ask) -> Any:
    """Officers type it, unless `status` shows that it stands already."""
    for officer in ask["officers"]:
        if not await has_effect(ground, ask):
            await ground.as_officer(ask["verb"], *ask["args"], officer=officer)
    assert await has_effect(ground, ask), (ask["verb"], ask["args"], _status(ground, ask["member"]))


async def _invite(ground: Ground, ask: Ask) -> Any:
    invite(Path(ask["file"]), Path(ask["settings"]))
    assert await has_effect(ground, ask)


async def _house(ground: Ground, ask: Ask) -> Any:
    hub = ground.hub
    keep_house.erase_lapsed(hub.store, hub.view, ground.clock.now.date())
    keep_house.forget_stale(hub.store, hub.view, ground.clock.now)
    keep_house.change_epoch(hub.store, hub.config.epoch_dir, ground.clock.now, hub.config.epoch_days)


def _is_usable(session: Any, file: Path) -> bool:
    if not file.exists():
        return False
    hashed = _code_hash(json.loads(file.read_text())["invitation"])
    return session.exec(select(InvitationRow).where(InvitationRow.code_hash == hashed)).first() is not None


def _status(ground: Ground, member: int) -> str:
    found = ground.hub.view.refresh().state.members.get(member)
    return "unknown" if found is None else found.status
