"""Pieces of a hub's life, each in front of a fault: what is prepared, and what is then asked.

Every run of a scenario goes on with the hub that the last one left, and makes new things (`run` counts).
"""

import base64
import secrets
from collections.abc import Awaitable, Callable

import msgspec

from hub.actions.submit import Submission, stage
from hub.core.offered import Offered
from hub.store import members
from protocol import canonical
from protocol.cosignature import cosign
from protocol.envelope import REQUEST_TYPE, sign_envelope
from protocol.replay import Entry
from protocol.request import request_digest
from protocol.vectors.named_keys import signing_key
from tests.faults.asks import Ask
from tests.hub.asker import b64
from tests.hub.ground import Ground
from tests.hub.test_erasure import rows

Prepare = Callable[[Ground, int], Awaitable[list[Ask]]]


class Scenario(msgspec.Struct, frozen=True):
    """One piece. `at_start`: the fault comes while the hub starts, not while it is asked. `daily`: a day a run."""

    title: str
    prepare: Prepare
    at_start: bool = False
    daily: bool = False


def statements(ground: Ground, by: str) -> Ask:
    """Submits what the scene has said since."""
    return {"kind": "statements", "by": by, "items": ground.scene.take()}


async def batch(ground: Ground, run: int) -> list[Ask]:
    for name, member in (("genesis", 1), ("genesis", 1), ("bradford", 2)):
        ground.scene.alert(name, member)
    return [statements(ground, "genesis")]


async def cancel(ground: Ground, run: int) -> list[Ask]:
    """Two bodies go: one that is in the log, and one of this very batch."""
    alert = ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    await ground.asker("genesis/online").statements(item)
    sealed = rows(ground.hub.store)[ground.scene.digest_of(item)]
    ground.scene.cancel("genesis", 1, alert)
    ground.scene.cancel("genesis", 1, ground.scene.alert("genesis", 1))
    gone = [sealed.wrapped_key.hex(), sealed.content[24:88].hex()]
    return [statements(ground, "bradford") | {"erased": gone}]


async def staged(ground: Ground, run: int) -> list[Ask]:
    """A statement that another process checked and staged; its sender, without an answer, sends it here."""
    ground.scene.alert("genesis", 1)
    ask = statements(ground, "genesis")
    _stage(ground, ask)
    return [ask]


async def start(ground: Ground, run: int) -> list[Ask]:
    """The last process died between its commit and its signature, and more was staged before."""
    ground.scene.alert("genesis", 1)
    unsigned = statements(ground, "genesis")
    ground.scene.alert("bradford", 2)
    waiting = statements(ground, "bradford")
    _stage(ground, unsigned)
    blocked = ground.hub.config.guard_file.with_suffix(".new")
    blocked.mkdir()
    ground.hub.ordering.order()
    blocked.rmdir()
    _stage(ground, waiting)
    return [unsigned, waiting]


def _stage(ground: Ground, ask: Ask) -> None:
    hub = ground.hub
    submission = Submission(hub.store, hub.view, hub.epochs(), ground.clock.now)
    for item in ask["items"]:
        offered = Offered(Entry(base64.b64decode(item["envelope"])), base64.b64decode(item["body"]))
        submission.check(offered)
    stage(hub.store, {secrets.token_hex(16): submission}, 100, ground.clock.now.date())
    assert not submission.is_settled


async def ack(ground: Ground, run: int) -> list[Ask]:
    ground.scene.alert("genesis", 1)
    await ground.ok()
    seen = ground.scene.seen()
    envelope = b64(ground.ack("merseyside", 3))
    return [{"kind": "ack", "by": "merseyside", "member": 3, "size": seen.size, "envelope": envelope}]


async def cosignature(ground: Ground, run: int) -> list[Ask]:
    ground.scene.alert("genesis", 1)
    await ground.ok()
    name, note = "w0.example.org/witness", ground.scene.note
    signed = note + cosign(note, name, signing_key("witness0"), ground.clock.seconds())
    size = ground.scene.seen().size
    return [{"kind": "cosignature", "key": "witness0", "witness": name, "size": size, "note": signed.decode()}]


async def invitation(ground: Ground, run: int) -> list[Ask]:
    config = ground.hub.config
    folder = config.guard_file.parent
    settings = folder / "hub.toml"
    settings.write_text(
        f'database = "{config.database}"\nkeys_dir = "keys"\nepoch_dir = "epochs"\nguard_file = "guard"\n'
        f'public_url = "{config.public_url}"\n'
    )
    return [{"kind": "invite", "file": str(folder / f"invitation{run}.json"), "settings": str(settings)}]


async def request(ground: Ground, run: int) -> list[Ask]:
    name, code = f"candidate{run}", secrets.token_hex(16)
    with ground.hub.store.begin() as session:
        members.add_invitation(session, code, ground.clock.now.date())
    wanted = ground.scene.request(name)
    payload = canonical.encode(wanted)
    content = {
        "invitation": code,
        "envelope": b64(sign_envelope(payload, REQUEST_TYPE, signing_key(f"{name}/sign0"))),
        "name": f"{name} project",
        "contact": f"office@{name}.example.org",
    }
    return [{"kind": "request", "digest": request_digest(payload), "content": content}]


async def admission(ground: Ground, run: int) -> list[Ask]:
    name, member = f"admitted{run}", 100 + run
    digest = await ground.ask_to_join(name)
    for endorser, endorser_id in (("genesis", 1), ("bradford", 2)):
        ground.scene.say(f"{endorser}/sign0", "endorse", endorser_id, about=digest)
        await ground.ok(endorser)
    return [officers("admit", [digest, member], member, "active", "officer0")]


async def suspension(ground: Ground, run: int) -> list[Ask]:
    if ground.hub.view.now.state.members[3].status == "suspended":
        await ground.as_officer("resume", 3)
    await ground.as_officer("suspend", 3, "silent", officer="officer0")
    return [officers("suspend", [3, "silent"], 3, "suspended", "officer1")]


def officers(verb: str, args: list[object], member: int, status: str, *who: str) -> Ask:
    """These officers type it, one after the other."""
    return {"kind": "officers", "verb": verb, "args": args, "member": member, "status": status, "officers": who}


async def house(ground: Ground, run: int) -> list[Ask]:
    """A night: a lease that ended ten days ago lapses, the epoch key changes, the one of a week ago is destroyed."""
    ground.scene.alert("genesis", 1, days=3)
    ground.scene.alert("bradford", 2)
    await ground.ok()
    return [{"kind": "house"}]


SCENARIOS = {
    "batch": Scenario("A batch of three alerts with their bodies is submitted", batch),
    "cancel": Scenario("A batch cancels an alert of the log and one of its own; bodies are erased", cancel),
    "staged": Scenario("What another process staged is ordered", staged),
    "start": Scenario("The hub starts after it died between commit and signature", start, at_start=True),
    "ack": Scenario("An Ack", ack),
    "cosignature": Scenario("A witness's cosignature", cosignature),
    "invitation": Scenario("An invitation is written", invitation),
    "request": Scenario("A candidate asks to join", request),
    "admission": Scenario("An officer admits, on the command line", admission),
    "suspension": Scenario("A second officer suspends, on the command line", suspension),
    "house": Scenario("A night's housekeeping: lapsed bodies, epoch keys, what is stale", house, daily=True),
}
