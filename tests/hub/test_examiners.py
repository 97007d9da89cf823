"""Large submissions are examined by a process beside the hub; what it does not say is found out where it is judged."""

import asyncio
import base64
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import uvloop

from hub.api.examiners import Examiners
from hub.api.statements import read_examined
from hub.core.offered import Items, examine, examined, offered_of
from hub.examiner import COURTESY
from hub.shared_memory import KEPT_BYTES, SharedMemory
from protocol.canonical import encode
from protocol.vectors.named_keys import signing_key
from tests.hub.asker import b64, codes_of
from tests.hub.ground import Ground

LARGE = 40
"""Statements with bodies: 150 kB, above what is examined elsewhere."""


def keys_of(ground: Ground, member: int) -> dict[str, bytes]:
    records = ground.hub.view.now.state.keys
    return {keyid: bytes.fromhex(key.public) for keyid, key in records.items() if key.member == member}


def altered(envelope: bytes) -> bytes:
    """With another signature."""
    at = envelope.index(b'"sig":"') + 7
    return envelope[:at] + (b"B" if envelope[at : at + 1] == b"A" else b"A") + envelope[at + 1 :]


def request_of(ground: Ground) -> bytes:
    """Good ones, and one of each way to be wrong, in the middle."""
    for _ in range(LARGE // 2):
        ground.scene.alert("genesis", 1)
    ground.scene.alert("genesis", 2)
    ground.scene.alert("bradford", 2)  # carried for another
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    bodies = [item["body"] for item in items[:3]]
    items[1] = {"envelope": "AAAA"}
    items[2] = {"envelope": items[2]["envelope"]}
    items[3] = items[3] | {"body": bodies[0]}
    items[4] = items[4] | {"envelope": b64(altered(base64.b64decode(items[4]["envelope"])))}
    ground.scene.cancel("genesis", 1, "0" * 64)
    items += [item | {"body": bodies[0]} for item in ground.scene.take()]
    for _ in range(LARGE // 2):
        ground.scene.alert("genesis", 1)
    return msgspec.json.encode({"statements": items + ground.scene.take()})


async def test_a_large_submission_gets_the_same_results_as_the_same_in_small_ones(ground: Ground) -> None:
    items = msgspec.json.decode(request_of(ground))["statements"]
    alone = [codes_of(await ground.asker("genesis/online").statements(item))[0] for item in items[:30]]
    refused = [code for code in alone if isinstance(code, str)]
    assert len(refused) == len(set(refused)) == 6, refused
    for _ in range(LARGE):
        ground.scene.alert("bradford", 2)
    _, answer = await asyncio.gather(
        ground.asker("bradford/online").statements(*ground.scene.take()),
        ground.asker("genesis/online").statements(*items),
    )
    assert len(ground.hub.examiners._idle) == 1  # the second was examined meanwhile
    together = codes_of(answer)
    fresh = together[30:]
    assert fresh == list(range(fresh[0], fresh[0] + len(fresh)))  # type: ignore[arg-type, operator]
    assert together[:30] == alone  # what stands keeps its index, what was refused is refused by the same rule


async def test_what_is_examined_remembers_all_that_verified_and_nothing_else(ground: Ground) -> None:
    request = request_of(ground)
    plain = offered_of(msgspec.json.decode(request, type=Items))
    found = examined(examine(request, keys_of(ground, 1)))
    assert [(one.entry.data, one.body) for one in found] == [(one.entry.data, one.body) for one in plain]
    known = [one for one in found if "envelope" in one.entry.__dict__]
    assert len(known) == len(found) - 3  # no frame; another's key; an altered signature
    for one, before in zip(found, plain, strict=True):
        if one in known:
            assert one.entry.envelope == before.entry.envelope
            assert encode(one.entry.statement) == encode(before.entry.statement)
            assert one.entry.envelope.verified_key in keys_of(ground, 1).values()
            assert one.refusal == before.refusal
    assert not any("envelope" in one.entry.__dict__ for one in examined(examine(request, {})))


async def test_keys_that_did_not_sign_verify_nothing(ground: Ground) -> None:
    keyids = list(keys_of(ground, 1))
    wrong = {keyid: bytes(signing_key("nobody").verify_key) for keyid in keyids}
    found = examined(examine(request_of(ground), wrong))
    assert not any("envelope" in one.entry.__dict__ for one in found)


async def two_at_once(ground: Ground) -> None:
    """Both are taken; the second has to wait."""
    batches = []
    for name, member in (("genesis", 1), ("bradford", 2)):
        for _ in range(LARGE):
            ground.scene.alert(name, member)
        batches.append((name, ground.scene.take()))
    answers = await asyncio.gather(*(ground.asker(f"{name}/online").statements(*items) for name, items in batches))
    taken = sorted(int(index) for answer in answers for index in codes_of(answer))
    assert taken == list(range(taken[0], taken[0] + 2 * LARGE))


async def test_an_examiner_that_was_killed_is_replaced_and_nothing_is_lost(ground: Ground) -> None:
    await two_at_once(ground)
    (examiner,) = ground.hub.examiners._idle
    os.kill(examiner._process.pid, signal.SIGKILL)
    await examiner._process.wait()
    await two_at_once(ground)  # done without it
    await two_at_once(ground)
    (another,) = ground.hub.examiners._idle
    assert another._process.pid != examiner._process.pid and another.lives


def test_one_that_was_killed_is_replaced_on_the_event_loop_that_a_hub_is_served_by() -> None:
    """uvloop has other errors for a pipe that closed than asyncio."""

    async def killed_then_asked() -> None:
        examiners = Examiners()
        await examiners.examine(b"{}", {})
        (examiner,) = examiners._idle
        os.kill(examiner._process.pid, signal.SIGKILL)
        assert await examiners.examine(b"{}", {}) == b""  # perhaps before its death was noticed
        await examiner._process.wait()
        assert await examiners.examine(b"{}", {}) == b""
        (another,) = examiners._idle
        assert another._process.pid != examiner._process.pid
        await examiners.stop()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(killed_then_asked())


def test_an_answer_that_cannot_be_read_is_done_without() -> None:
    for damaged in (b"\xc1", b"\x91\x94", b"null", b"\x91\x94\xc4\x00\xc0\xc0\x82\xa4code\xa1\x91"):
        assert read_examined(damaged) == []


async def test_who_comes_alone_is_not_examined_elsewhere(ground: Ground) -> None:
    for _ in range(LARGE):
        ground.scene.alert("genesis", 1)
    await ground.ok()
    assert not ground.hub.examiners._idle


async def test_one_that_is_stuck_is_ended_and_whoever_asked_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    examiners = Examiners()
    assert await examiners.examine(b"{}", {}) == b""  # not of its form; the process lives
    (examiner,) = examiners._idle
    monkeypatch.setattr("hub.api.examiners.PATIENCE_SECONDS", 0.5)
    os.kill(examiner._process.pid, signal.SIGSTOP)
    assert await examiners.examine(b"{}", {}) == b""
    assert examiner._process.returncode == -signal.SIGKILL
    await examiners.stop()


async def test_it_gives_way_to_the_hub() -> None:
    examiners = Examiners()
    await examiners.examine(b"{}", {})
    (examiner,) = examiners._idle
    niceness = [os.getpriority(os.PRIO_PROCESS, process) for process in (0, examiner._process.pid)]
    await examiners.stop()
    assert niceness[1] == min(19, niceness[0] + COURTESY)


async def test_stopping_leaves_no_process_behind() -> None:
    examiners = Examiners()
    await examiners.examine(b"{}", {})
    (examiner,) = examiners._idle
    await examiners.stop()
    assert not examiner.lives


def test_an_examiner_ends_when_its_hub_is_gone() -> None:
    """Killed, a hub says nothing: its examiner's input ends, in the middle of a message too."""
    shared = (SharedMemory.new(), SharedMemory.new())
    descriptors = [one.descriptor for one in shared]
    command, pipe = [sys.executable, "-m", "hub.examiner", *map(str, descriptors)], subprocess.PIPE
    for sent in (b"", b"\1\1"):
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, pass_fds=descriptors) as process:
            said, complained = process.communicate(sent, timeout=20)  # writes, and ends its input
        assert (process.returncode, said, complained) == (0, b"", b"")
    for one in shared:
        one.close()


def open_descriptors() -> set[Path]:
    return set(Path("/proc/self/fd").iterdir())


async def test_nothing_of_what_was_examined_stays_in_shared_memory_and_no_descriptor_stays_open() -> None:
    before = open_descriptors()
    examiners = Examiners()
    one, longer = b'{"statements":[{"envelope":"AAAA"}]}', b'{"statements":[{"envelope":"AAAA"},{"envelope":"AAAA"}]}'
    told, *_ = await asyncio.gather(*(examiners.examine(request, {}) for request in (one, longer, one)))
    assert examined(told)[0].entry.data == b"\0\0\0"
    for examiner in examiners._idle:
        assert not any(examiner._task.read(KEPT_BYTES)) and not any(examiner._answer.read(KEPT_BYTES))
    examiner = examiners._idle[-1]
    os.kill(examiner._process.pid, signal.SIGKILL)
    await examiner._process.wait()
    await examiners.examine(b"{}", {})  # another takes its place
    await examiners.stop()
    assert open_descriptors() == before
