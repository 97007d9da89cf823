"""What a hub can try. Each attack plays itself, and says what an honest node does about it.

`says`: words that the node must use of its own (any one of them); none where the attack is harmless and nobody need
know. `evidence`: what its export is worth. What must not happen is asserted on the way.
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import replace

from protocol.body_fields import SightingBody
from protocol.checkpoint import seen_of, sign_checkpoint
from protocol.cosignature import cosign
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.log import Tree, leaf_hash
from protocol.statement import encode_statement
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors.scene import ORIGIN, member_keys, salt, signing_key, three_projects
from tests.hostile.server import Send
from tests.hostile.stage import NODE_ID, Stage
from tests.node.hub_simulator import LOG_KEY, Refusal

Evidence = Literal["proof", "testimony", "none"]
TWO_HISTORIES: Final = ("two different histories",)


class Attack(msgspec.Struct, frozen=True):
    """One attack. `seconds`: how long it has to wait, where it does."""

    name: str
    play: Callable[[Stage], None]
    says: tuple[str, ...]
    evidence: Evidence
    seconds: int = 0


ATTACKS: Final[list[Attack]] = []


def attack(*says: str, evidence: Evidence = "none", seconds: int = 0) -> Callable[[Callable[[Stage], None]], Any]:
    """Lists a function as an attack; its name is the function's."""

    def keep(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
        ATTACKS.append(Attack(play.__name__.replace("_", " "), play, says, evidence, seconds))
        return play

    return keep


def _keeps(stage: Stage) -> None:
    assert stage.shows(stage.warning), "a warning that is in force is not shown any more"


# histories


@attack(*TWO_HISTORIES, evidence="proof")
def split_view(stage: Stage) -> None:
    stage.hub.history = [*stage.scene.entries[:-1], b"something else"]
    stage.node.sync()
    _keeps(stage)


@attack("older state of the log", evidence="testimony")
def rollback(stage: Stage) -> None:
    stage.hub.shown_size = len(stage.scene.entries) - 2
    stage.node.sync()
    _keeps(stage)


@attack("newer than what this node holds")
def freeze(stage: Stage) -> None:
    """Always the same old state: only another project's checkpoint tells."""
    frozen = len(stage.scene.entries)
    stage.grow()
    stage.hub.shown_size = frozen
    stage.node.sync()
    theirs = stage.node.folder / "theirs.note"
    theirs.write_bytes(stage.hub.note(len(stage.scene.entries)))
    assert stage.node.say("compare", str(theirs)).status != 0


@attack("not whole or not in its place")
def dropped_entry(stage: Stage) -> None:
    stage.grow()
    stage.hub.truncate_bundles = True
    stage.node.sync()
    _keeps(stage)


@attack("not what it signed")
def altered_entry(stage: Stage) -> None:
    stage.grow()
    stage.hub.alter_bundles = True
    stage.node.sync()
    _keeps(stage)


@attack("does not continue the one it signed before", evidence="testimony")
def reordered(stage: Stage) -> None:
    stage.grow()
    entries = stage.scene.entries
    stage.hub.history = [*entries[:5], entries[6], entries[5], *entries[7:]]
    stage.node.sync()
    _keeps(stage)


@attack("another history than this one", evidence="proof")
def another_member_was_shown_another_history(stage: Stage) -> None:
    """What the hub showed to Bradford comes to light in Bradford's next statement."""
    size = len(stage.scene.entries) - 1
    root = Tree().extend(leaf_hash(entry) for entry in [*stage.scene.entries[: size - 1], b"other"]).root
    theirs = seen_of(sign_checkpoint(ORIGIN, size, root, signing_key("log")), LOG_KEY)
    stage.scene.append(stage.scene.sign(replace(stage.scene.alert_statement(2), seen=theirs), "bradford/sign0"))
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    _keeps(stage)


@attack("does not continue the one it signed before", evidence="testimony")
def another_log(stage: Stage) -> None:
    other = three_projects(notice_days=2)
    stage.hub.history = [*other.entries, *other.entries[1:], *other.entries[1:]]
    stage.node.sync()
    _keeps(stage)


# what stands in the log, signed by nobody who may


def _stands_void(stage: Stage, entry: bytes) -> str:
    identity = stage.scene.append(entry)
    assert stage.scene.outcomes[-1].verdict == "void", "the attack is none"
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    _keeps(stage)
    return identity


@attack()
def forged_statement(stage: Stage) -> None:
    """A Cancel in Genesis's name, signed by the hub."""
    cancel = stage.scene.statement("cancel", 1, supersedes=stage.warning)
    _stands_void(stage, sign_envelope(encode_statement(cancel), STATEMENT_TYPE, signing_key("log")))


@attack()
def hub_signed_rotation(stage: Stage) -> None:
    part = MemberPart(keys=member_keys("attacker"))
    rotate = stage.scene.statement("rotate", 1, member=part)
    _stands_void(stage, stage.scene.sign(rotate, "officer0"))


@attack()
def false_member(stage: Stage) -> None:
    """Admitted by an officer without anybody's endorsement; its warning is nobody's."""
    _stands_void(stage, stage.scene.sign(stage.scene.admit_statement("attacker", 9), "officer0"))
    stage.scene.append(stage.scene.sign(stage.scene.alert_statement(9), "attacker/sign0"))
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    assert len(stage.node.inbox()) == 1


@attack()
def another_logs_statement(stage: Stage) -> None:
    other = three_projects(notice_days=2)
    stage.scene.bodies |= other.bodies
    _stands_void(stage, other.sign(other.statement("cancel", 1, supersedes=stage.warning), "genesis/sign0"))


@attack()
def another_members_cancel(stage: Stage) -> None:
    _stands_void(
        stage, stage.scene.sign(stage.scene.statement("cancel", 2, supersedes=stage.warning), "bradford/sign0")
    )


@attack()
def a_nonce_with_other_content(stage: Stage) -> None:
    """A body under the nonce of another statement: its digest names one statement only."""
    first = stage.scene.alert_statement(2)
    assert first.body is not None
    stage.scene.append(stage.scene.sign(first, "bradford/sign0"))
    again = replace(stage.scene.alert_statement(2), nonce=first.nonce, body=first.body)
    _stands_void(stage, stage.scene.sign(again, "bradford/sign0"))


@attack()
def widened_audience(stage: Stage) -> None:
    """A warning for West Yorkshire only is handed to whoever asks: the node does not ask."""
    narrow = stage.scene.alert("genesis", 1, audience=Audience(regions=("west-yorkshire",)))
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    body = stage.scene.state.links[narrow].body
    assert body is not None and not any(body.digest in asked for asked in stage.hub.asked_digests)
    assert not stage.shows(narrow)


@attack()
def future_version(stage: Stage) -> None:
    kind = "application/vnd.watchword.statement.v7+json"
    stage.scene.append(sign_envelope(b'{"whatever":1}', kind, signing_key("bradford/sign0")))
    stage.grow()
    stage.node.sync(2)
    assert len(stage.node.inbox()) == 2, "it does not read on"


@attack()
def unknown_critical_by_one_officer(stage: Stage) -> None:
    _critical(stage, 1)
    stage.grow()
    stage.node.sync(2)
    assert len(stage.node.inbox()) == 2, "one officer stops nobody"


@attack("Upgrade this node", evidence="testimony")
def unknown_critical_by_two_officers(stage: Stage) -> None:
    """It obeys nothing newer, but a Cancel."""
    _critical(stage, 2)
    stage.scene.cancel("genesis", 1, stage.warning)
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    assert not stage.shows(stage.warning), "a Cancel is always obeyed"


def _critical(stage: Stage, officers: int) -> None:
    kind = "application/vnd.watchword.statement.v7-critical+json"
    for number in range(officers):
        stage.scene.append(sign_envelope(b'{"n":%d}' % number, kind, signing_key(f"officer{number}")))
    stage.hub.cosign_as(0, 1)


# bodies


@attack("does not hand out a warning that is meant for this project", evidence="testimony", seconds=40)
def withheld_body(stage: Stage) -> None:
    import time  # noqa: PLC0415

    held_back = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[held_back].body
    assert body is not None
    stage.hub.withheld.add(body.digest)
    stage.hub.cosign_as(0, 1)
    give_up = time.monotonic() + stage_patience()
    while "does not hand out" not in stage.node.complaints() and time.monotonic() < give_up:
        stage.node.sync()
        time.sleep(1)


def stage_patience() -> float:
    """Five tries with pauses that double from two seconds: 32 seconds, and the tries themselves."""
    return 90.0


@attack("the log says that it is in force", evidence="testimony")
def false_gone(stage: Stage) -> None:
    told = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[told].body
    assert body is not None
    stage.hub.false_gone.add(body.digest)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()


@attack("is not what its signed message says")
def altered_body(stage: Stage) -> None:
    altered = stage.scene.alert("bradford", 2)
    body = stage.scene.state.links[altered].body
    assert body is not None
    stage.hub.altered.add(body.digest)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    assert not any(one.get("body") for one in stage.node.inbox() if one["identity"] == altered)


@attack()
def revived_body(stage: Stage) -> None:
    """After a Cancel the hub hands out the body again: it is not asked for, and not shown."""
    body = stage.scene.state.links[stage.warning].body
    stage.scene.cancel("genesis", 1, stage.warning)
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    stage.hub.asked_digests.clear()
    stage.node.sync(2)
    assert body is not None and not any(body.digest in asked for asked in stage.hub.asked_digests)
    assert not stage.shows(stage.warning)


@attack()
def a_sighting_by_a_stranger(stage: Stage) -> None:
    """'We know of this too', by somebody whom nobody has admitted."""
    statement = stage.scene.statement("sighting", 9, about=stage.warning, audience=Audience(regions=("merseyside",)))
    body = SightingBody(type="sighting.v1", salt=salt("x"), sighting="known_here", reason="own_report")
    _stands_void(stage, stage.scene.sign(stage.scene.with_body(statement, body), "attacker/sign0"))


# witnesses


@attack("seen by 0 of 3")
def false_witness(stage: Stage) -> None:
    """The hub cosigns in the witnesses' names with a key of its own."""
    stage.grow()
    stage.hub.cosigned.clear()
    size = len(stage.scene.entries)
    note = stage.hub.note(size)
    for number in range(3):
        name = f"w{number}.example.org/witness"
        stage.hub.cosigned[name] = (size, cosign(note, name, signing_key("log"), 1_790_000_000))
    stage.node.sync()


@attack("seen by 0 of 3")
def withheld_cosignatures(stage: Stage) -> None:
    stage.hub.cosigned.clear()
    stage.grow()
    stage.hub.cosigned.clear()
    stage.node.sync()


# what the node itself says


@attack("the log does not hold it", evidence="proof")
def accepted_and_left_out(stage: Stage) -> None:
    """Success is answered, with a receipt, and the statement is not put into the log. The log grows without it."""
    state = stage.scene.state
    stage.hub.forget_submissions = True
    stage.node.must("rotate-seal")
    stage.hub.forget_submissions = False
    stage.scene.state = state
    stage.grow()
    stage.grow()
    stage.node.sync(2)


@attack("rotate │ waiting")
def refused_submission(stage: Stage) -> None:
    stage.hub.refuse_with = Refusal(503, "hub.busy", 5)
    stage.node.say("rotate-seal")
    stage.hub.refuse_with = None


@attack("rotate │ waiting")
def truncated_batch_said_to_be_complete(stage: Stage) -> None:
    stage.hub.answer_with = msgspec.json.encode({"results": []})
    stage.node.say("rotate-seal")
    stage.hub.answer_with = None


@attack("asked to remove this project", evidence="testimony")
def removed_behind_its_back(stage: Stage) -> None:
    """One officer asks, and nobody tells the project: the log does."""
    stage.scene.officers("revoke", NODE_ID, count=1, reason="left")
    stage.hub.cosign_as(0, 1)
    stage.node.sync()


# HTTP


def _answers(
    status: int, body: bytes, *headers: tuple[bytes, bytes], repeat: int = 1
) -> Callable[[Send], Awaitable[None]]:
    async def answer(send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        for _ in range(repeat):
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return answer


def _hostile_http(stage: Stage, answer: Callable[[Send], Awaitable[None]]) -> None:
    stage.server.raw = answer
    stage.node.sync()
    stage.server.raw = None
    _keeps(stage)


@attack("not in the form that it must have")
def enormous_answer(stage: Stage) -> None:
    _hostile_http(stage, _answers(200, b"x" * 2**20, repeat=200))


@attack("not in the form that it must have")
def packed_answer(stage: Stage) -> None:
    bomb = gzip.compress(bytes(2**26))
    _hostile_http(stage, _answers(200, bomb, (b"content-encoding", b"gzip")))


@attack("not in the form that it must have")
def redirect_elsewhere(stage: Stage) -> None:
    _hostile_http(stage, _answers(302, b"", (b"location", b"http://127.0.0.1:9/v1/tokens")))


@attack("not in the form that it must have")
def not_json(stage: Stage) -> None:
    _hostile_http(stage, _answers(200, b"<html>sign in to this wireless network</html>"))


@attack("cannot do this now")
def retry_after_for_ever(stage: Stage) -> None:
    _hostile_http(stage, _answers(503, b"{}", (b"retry-after", b"9" * 5_000)))


@attack("did not answer in time", seconds=4)
def slow_drip(stage: Stage) -> None:
    async def drip(send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(200):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.sleep(0.1)

    _hostile_http(stage, drip)


def chosen(names: Sequence[str]) -> list[Attack]:
    """Those of these names; all, if none is named.

    Raises:
        ValueError: there is none of that name.
    """
    known = {one.name: one for one in ATTACKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"no attack is called {unknown[0]!r}; see --list")
    return [known[name] for name in names] or list(ATTACKS)
