"""Submission in the order of exchange.md §4: each refusal, and what sending again gives."""

import asyncio
import base64
import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.core.sealed_bodies import index_of
from hub.store import bodies
from protocol.bodies import body_digest
from protocol.checkpoint import open_checkpoint
from protocol.envelope import STATEMENT_TYPE, decode_envelope, encode_envelope, sign_envelope
from protocol.log import leaf_hash
from protocol.proofs import verify_range
from protocol.statement import encode_statement
from protocol.statement_fields import Keys, MemberPart
from protocol.vectors.named_keys import member_keys, public, seal_key, signing_key
from protocol.vectors.plausible_bodies import alert_body
from tests.hub.asker import b64, code_of, codes_of
from tests.hub.ground import Ground, running_ground


def envelope_of(item: dict[str, str]) -> bytes:
    return base64.b64decode(item["envelope"])


def verify_receipt(ground: Ground, items: list[dict[str, str]], answer: dict) -> int:  # type: ignore[type-arg]
    """Checks a receipt as a node does: by the statements it sent and the log's key; how many it covers."""
    receipt = answer["receipt"]
    checkpoint = open_checkpoint(receipt["checkpoint"].encode(), ground.scene.log_key)
    first, end = receipt["first"], receipt["first"] + receipt["count"]
    covered = {
        result["index"]: leaf_hash(envelope_of(item))
        for item, result in zip(items, answer["results"], strict=True)
        if first <= result.get("index", -1) < end
    }
    leaves = [covered[index] for index in range(first, end)]
    proof = [base64.b64decode(node) for node in receipt["proof"]]
    verify_range(first, leaves, checkpoint.size, checkpoint.root, proof)
    return len(leaves)


async def test_a_batch_is_taken_in_order_and_its_receipt_verifies(ground: Ground) -> None:
    for _ in range(5):
        ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    answer = await ground.asker("genesis/online").statements(*items)
    first = codes_of(answer)[0]
    assert codes_of(answer) == [first + n for n in range(5)]  # type: ignore[operator]
    assert verify_receipt(ground, items, answer.json()) == 5


async def test_what_is_refused_leaves_no_hole_in_a_batch_and_the_receipt_covers_the_rest(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    ground.scene.alert("genesis", 2)  # signed with another's key
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    answer = await ground.asker("genesis/online").statements(*items)
    before, refused, after = codes_of(answer)
    assert refused == "key.not_origins" and after == before + 1  # type: ignore[operator]
    assert verify_receipt(ground, items, answer.json()) == 2


async def test_sending_again_gives_the_same_index_and_no_new_entry(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    first = await ground.asker("genesis/online").statements(*items)
    size = ground.hub.view.now.state.size
    again = await ground.asker("bradford/online").statements(*items)
    assert codes_of(again) == codes_of(first) and "receipt" not in again.json()
    assert ground.hub.view.refresh().state.size == size


async def test_the_same_statement_twice_in_one_batch_is_one_entry_with_one_receipt(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    ground.scene.alert("genesis", 1)
    one, other = ground.scene.take()
    answer = await ground.asker("genesis/online").statements(one, one, other, one)
    a, b, c, d = codes_of(answer)
    assert a == b == d and c == a + 1  # type: ignore[operator]
    assert verify_receipt(ground, [one, one, other, one], answer.json()) == 2


async def test_a_body_that_the_hub_lacks_comes_back_without_a_second_entry(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    (first,) = codes_of(await ground.asker("genesis/online").statements(*items))
    digest = ground.scene.digest_of(items[0])
    with ground.hub.store.begin() as session:
        bodies.erase_bodies(session, [index_of(ground.hub.view.now.state, digest)])
    ground.scene.alert("genesis", 1)
    again, beside = await asyncio.gather(  # two who bring it back at once
        ground.asker("genesis/online").statements(*items, *ground.scene.take()),
        ground.asker("bradford/online").statements(*items),
    )
    assert isinstance(first, int) and codes_of(again) == [first, first + 1] and codes_of(beside) == [first]
    state = ground.hub.view.now.state
    assert len(state.statements) == state.size, "each statement stands once"
    with ground.hub.store.read() as session:
        assert digest in bodies.all_digests(session)


async def test_sending_again_after_rotation_and_suspension_gives_the_same_index(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    first = codes_of(await ground.asker("genesis/online").statements(*items))
    new = Keys(online=public("genesis/online"), seal=seal_key("new"), sign=(public("genesis/new"),))
    ground.scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=new))
    await ground.ok()
    await ground.officers("suspend", 1, reason="silent")
    assert codes_of(await ground.asker("bradford/online").statements(*items)) == first


async def test_a_statement_may_build_on_another_of_its_batch(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    update = ground.scene.update("genesis", 1, alert)
    ground.scene.pause("genesis", 1, update)
    ground.scene.sighting("bradford", 2, alert)
    ground.scene.cancel("genesis", 1, alert)
    items = ground.scene.take()
    answer = await ground.asker("genesis/online").statements(*items)
    assert verify_receipt(ground, items, answer.json()) == 5


async def test_step_1_an_envelope_that_is_no_frame_is_refused_by_name(ground: Ground) -> None:
    answer = await ground.asker("genesis/online").statements(
        {"envelope": b64(b"{}")}, {"envelope": b64(b"\xff" * 12_000)}
    )
    assert codes_of(answer) == ["envelope.shape", "envelope.oversize"]


async def test_step_2_unknown_keys_and_altered_payloads_are_refused(ground: Ground) -> None:
    statement = ground.scene.alert_statement(1)
    ground.scene.append(ground.scene.sign(statement, "nobody"))
    good = decode_envelope(ground.scene.sign(statement, "genesis/sign0"))
    altered = encode_statement(replace(statement, status="exercise"))
    ground.scene.append(encode_envelope(altered, STATEMENT_TYPE, good.keyid, good.signature))
    assert codes_of(await ground.send()) == ["key.unknown", "signature.invalid"]


async def test_step_4_a_statement_for_another_log_or_of_another_kind_of_payload_is_refused(ground: Ground) -> None:
    statement = replace(ground.scene.alert_statement(1), log="ab" * 32)
    ground.scene.append(ground.scene.sign(statement, "genesis/sign0"))
    answer = await ground.send()
    ack = {"envelope": b64(ground.ack("genesis", 1))}
    newer = sign_envelope(b"{}", STATEMENT_TYPE.replace(".v1+", ".v2+"), signing_key("genesis/sign0"))
    more = await ground.asker("genesis/online").statements(ack, {"envelope": b64(newer)})
    assert codes_of(answer) == ["log.other"]
    assert codes_of(more) == ["statement.payload_type", "statement.payload_type"]


async def test_step_5_a_seen_that_the_log_never_signed_is_refused(ground: Ground) -> None:
    seen = ground.scene.seen()
    for forged in (replace(seen, sig="00" * 64), replace(seen, size=seen.size + 1), replace(seen, root="ab" * 32)):
        statement = replace(ground.scene.alert_statement(1), seen=forged)
        ground.scene.append(ground.scene.sign(statement, "genesis/sign0"))
    assert codes_of(await ground.send()) == ["note.seen"] * 3
    assert not ground.hub.view.refresh().halted


async def test_step_6_a_body_must_be_there_be_the_one_named_and_be_nowhere_else(ground: Ground) -> None:
    for _ in range(3):
        ground.scene.alert("genesis", 1)
    alert = ground.scene.alert("bradford", 2)
    ground.scene.cancel("bradford", 2, alert)
    missing, others, garbled, own, cancel = ground.scene.take()
    del missing["body"]
    others["body"] = own["body"]
    garbled["body"] = b64(base64.b64decode(garbled["body"])[:-1])
    cancel["body"] = own["body"]
    answer = await ground.asker("genesis/online").statements(missing, others, garbled, cancel)
    assert codes_of(answer) == ["body.missing", "body.digest", "body.size", "body.unexpected"]


async def test_step_6_nobody_can_publish_anothers_body_as_their_own(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    assert codes_of(await ground.asker("genesis/online").statements(item))
    stolen = replace(ground.scene.alert_statement(2), body=ground.scene.statement_of(item).body)
    ground.scene.append(ground.scene.sign(stolen, "bradford/sign0"))
    assert codes_of(await ground.send("bradford")) in (["body.digest"], ["body.reused"])


async def test_step_6_a_body_that_breaks_a_rule_of_its_type_is_refused(ground: Ground) -> None:
    statement = ground.scene.alert_statement(1)
    stored = ground.scene.bodies[statement.body.digest]  # type: ignore[union-attr]
    bad = stored.replace(b'"police":"yes"', b'"police":"maybe"').rstrip(b" ").ljust(len(stored))
    digest = body_digest(ground.scene.log, 1, statement.nonce, bad)
    ground.scene.bodies[digest] = bad
    statement = replace(statement, body=replace(statement.body, digest=digest))  # type: ignore[type-var]
    ground.scene.append(ground.scene.sign(statement, "genesis/sign0"))
    (code,) = codes_of(await ground.send())
    assert str(code).startswith("body.")


async def test_step_7_what_replay_calls_void_is_refused_by_replays_own_code(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    ground.scene.update("bradford", 2, alert)
    ground.scene.cancel("bradford", 2, alert)
    ground.scene.append(
        ground.scene.sign(ground.scene.alert_statement(1, body=alert_body(salt="ab" * 32), days=90), "genesis/online")
    )
    codes = codes_of(await ground.send())
    assert codes[1:] == ["chain.not_yours", "chain.not_yours", "key.use"]


async def test_step_8_a_pause_by_a_clock_that_is_ahead_darkens_all_the_same(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    await ground.ok()
    ground.scene.day += dt.timedelta(days=40)
    ground.scene.pause("genesis", 1, alert)
    (index,) = codes_of(await ground.send())
    assert isinstance(index, int)
    assert ground.hub.view.now.state.links[alert].why == "paused"


async def test_step_8_a_day_after_tomorrow_and_a_notice_dated_back_are_refused(ground: Ground) -> None:
    digest = await ground.ask_to_join("newcomer")
    today = ground.scene.day
    ground.scene.day = today + dt.timedelta(days=2)
    ground.scene.alert("genesis", 1)
    ground.scene.day = today - dt.timedelta(days=2)
    ground.scene.say("genesis/sign0", "endorse", 1, about=digest)
    ground.scene.alert("genesis", 1)
    future, back, old = codes_of(await ground.send())
    assert (future, back) == ("limits.day", "limits.day") and isinstance(old, int)


async def test_a_cancel_from_any_day_is_taken_also_of_a_suspended_member(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    await ground.ok()
    await ground.officers("suspend", 1, reason="misuse")
    ground.scene.day += dt.timedelta(days=400)
    ground.scene.alert("genesis", 1)
    ground.scene.cancel("genesis", 1, alert)
    refused, taken = codes_of(await ground.send())
    assert refused == "member.suspended" and isinstance(taken, int)


async def test_limits_a_day_count_each_origin_and_never_a_cancel(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path, statements_per_day=4) as ground:
        await ground.admit("genesis", 1)
        await ground.admit("bradford", 2, {"genesis": 1})
        alert, *_ = [ground.scene.alert("genesis", 1) for _ in range(5)]
        ground.scene.alert("bradford", 2)
        ground.scene.cancel("genesis", 1, alert)
        items = ground.scene.take()
        codes = codes_of(await ground.asker("genesis/online").statements(*items, items[4]))
        assert [type(code) for code in codes[:3]] == [int] * 3
        assert codes[3:5] == ["limits.statements"] * 2 and codes[7] == "limits.statements"
        assert isinstance(codes[5], int) and isinstance(codes[6], int)
        over = await ground.asker("genesis/online").statements(items[4], items[4])
        assert codes_of(over) == ["limits.statements"] * 2
        ground.forward(days=1)
        assert isinstance(codes_of(await ground.asker("genesis/online").statements(items[4]))[0], int)


async def test_what_was_cancelled_is_not_taken_again_and_its_body_does_not_come_back(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    asker = ground.asker("genesis/online")
    index = codes_of(await asker.statements(item))
    ground.scene.cancel("genesis", 1, alert)
    cancel_index = (await ground.ok())["results"][0]["index"]
    assert codes_of(await asker.statements(item)) == index
    assert (await asker.bodies(ground.scene.digest_of(item)))[0] == {
        "digest": ground.scene.digest_of(item),
        "gone": cancel_index,
    }


async def test_a_cancel_that_comes_first_makes_its_alert_refused(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok("merseyside")
    assert codes_of(await ground.asker("genesis/online").statements(item)) == ["chain.cancelled"]


@pytest.mark.parametrize("count", [0, 257])
async def test_a_submission_has_1_to_256_statements(ground: Ground, count: int) -> None:
    answer = await ground.asker("genesis/online").statements(*[{"envelope": ""}] * count)
    assert (answer.status_code, code_of(answer)) == (400, "request.malformed")


async def test_keys_of_another_member_cannot_be_asked_for(ground: Ground) -> None:
    digest = await ground.ask_to_join(
        "impostor", keys=replace(member_keys("impostor"), online=public("genesis/online"))
    )
    for name, member in (("genesis", 1), ("bradford", 2)):
        ground.scene.say(f"{name}/sign0", "endorse", member, about=digest)
    await ground.ok()
    assert (await ground.as_officer("admit", digest, 9)).code == "admit.key_taken"


async def test_cancels_of_what_is_not_in_the_log_cannot_fill_it(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path, statements_per_day=3) as ground:
        await ground.admit("genesis", 1)
        alert = ground.scene.alert("genesis", 1)
        await ground.ok()
        for number in range(4):
            ground.scene.cancel("genesis", 1, f"{number:064x}")
        ground.scene.cancel("genesis", 1, alert)
        codes = codes_of(await ground.send())
        assert codes[2:4] == ["limits.statements"] * 2
        assert [type(code) for code in (*codes[:2], codes[4])] == [int] * 3
