"""Acks and the overdue list. Source: exchange.md §6."""

import asyncio

from hub.store import members
from protocol.replay import members_owing
from tests.hub.asker import b64, code_of
from tests.hub.ground import Ground, seen_at


def owing(ground: Ground) -> list[int]:
    with ground.hub.store.read() as session:
        acked = members.acked_sizes(session)
    return [member.id for member in members_owing(ground.hub.view.refresh().state, acked)]


async def withdrawn_alert(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    await ground.ok()
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()


async def test_whoever_could_have_had_a_gone_body_owes_a_word_until_its_ack_has_seen_that(ground: Ground) -> None:
    before = ground.scene.seen()
    await withdrawn_alert(ground)
    assert owing(ground) == [3]
    assert (await ground.send_ack("merseyside", 3, seen=before)).status_code == 204
    assert owing(ground) == [3]
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert owing(ground) == []
    envelopes = (await ground.asker("genesis/online").get("/v1/acks")).json()["envelopes"]
    assert len(envelopes) == 1


async def latest_with(ground: Ground, mark: int, wait: int) -> float:
    """Seconds until the long-poll was answered."""
    began = asyncio.get_running_loop().time()
    size = ground.hub.view.refresh().state.size
    answer = await ground.asker("genesis/online").get("/v1/checkpoint", after=size, wait=wait, acks=mark)
    assert answer.status_code == 200, answer.text
    return asyncio.get_running_loop().time() - began


async def test_an_ack_is_news_to_who_has_another_mark_and_to_nobody_else(ground: Ground) -> None:
    await withdrawn_alert(ground)
    await ground.send_ack("genesis", 1)
    mark = (await ground.asker("genesis/online").get("/v1/acks")).json()["mark"]
    waiting = asyncio.create_task(latest_with(ground, mark, 20))
    unmoved = asyncio.create_task(latest_with(ground, 0, 2))
    await asyncio.sleep(0.3)
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert await waiting < 10
    assert await unmoved >= 2
    assert await latest_with(ground, mark, 20) < 10, "it came while nobody waited"


async def test_the_mark_of_what_others_said_changes_with_each_ack_and_each_cosignature(ground: Ground) -> None:
    async def mark() -> str:
        return str((await ground.asker("genesis/online").get("/v1/checkpoint")).headers["watchword-others"])

    await withdrawn_alert(ground)
    first = await mark()
    assert await mark() == first
    await ground.send_ack("merseyside", 3)
    second = await mark()
    await ground.cosign(0)
    assert len({first, second, await mark()}) == 3


async def test_an_older_ack_does_not_replace_a_later_one_and_the_same_again_is_taken(ground: Ground) -> None:
    before = ground.scene.seen()
    await withdrawn_alert(ground)
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    answer = await ground.send_ack("merseyside", 3, seen=before)
    assert (answer.status_code, code_of(answer)) == (409, "ack.older")
    assert owing(ground) == []


async def test_nobody_acks_for_another_or_with_another_key_or_another_log(ground: Ground) -> None:
    await withdrawn_alert(ground)
    assert code_of(await ground.send_ack("genesis", 3)) == "key.not_origins"
    assert code_of(await ground.send_ack("merseyside", 3, key="sign0")) == "auth.not_a_member"
    seen = ground.scene.seen()
    assert code_of(await ground.send_ack("merseyside", 3, seen=seen_at(seen, sig="00" * 64))) == "note.seen"
    answer = await ground.asker("merseyside/online").post("/v1/acks", {"envelope": b64(b"{}")})
    assert code_of(answer) == "envelope.shape"
    statement = ground.scene.sign(ground.scene.statement("leave", 3), "merseyside/online")
    answer = await ground.asker("merseyside/online").post("/v1/acks", {"envelope": b64(statement)})
    assert code_of(answer) == "statement.payload_type"
    assert owing(ground) == [3]


async def test_suspended_and_removed_members_acks_are_taken(ground: Ground) -> None:
    await withdrawn_alert(ground)
    await ground.officers("suspend", 3, reason="silent")
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert owing(ground) == []
    await ground.officers("revoke", 3, reason="left")
    assert owing(ground) == [3]
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert owing(ground) == []


async def test_anybody_may_carry_an_ack(ground: Ground) -> None:
    await withdrawn_alert(ground)
    answer = await ground.asker("bradford/online").post("/v1/acks", {"envelope": b64(ground.ack("merseyside", 3))})
    assert answer.status_code == 204 and owing(ground) == []
