"""What several bring at once: judged behind each other, ordered in one run each, and staged where another orders."""

import asyncio
from pathlib import Path

import msgspec

from hub.actions.submit import Submission, commit, stage
from hub.core.offered import Items, offered_of
from hub.core.sealed_bodies import index_of
from hub.store import bodies
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Ground, running_ground
from tests.hub.test_submission import verify_receipt


async def test_two_senders_at_once_each_get_one_run_and_a_receipt_that_verifies(ground: Ground) -> None:
    batches = []
    for name, member in (("genesis", 1), ("bradford", 2), ("merseyside", 3)) * 3:
        for _ in range(4):
            ground.scene.alert(name, member)
        batches.append((name, ground.scene.take()))
    answers = await asyncio.gather(*(ground.asker(f"{n}/online").statements(*items) for n, items in batches))
    taken: list[int] = []
    for (_, items), answer in zip(batches, answers, strict=True):
        assert verify_receipt(ground, items, answer.json()) == 4
        taken += [int(index) for index in codes_of(answer)]
    assert sorted(taken) == list(range(min(taken), min(taken) + 36))


async def test_two_who_carry_the_same_at_once_get_the_same_indices_and_receipts_that_verify(ground: Ground) -> None:
    for _ in range(6):
        ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    halves = [items[:4], items[2:], items[::-1], items]
    answers = await asyncio.gather(*(ground.asker("bradford/online").statements(*half) for half in halves))
    size = ground.hub.view.refresh().state.size
    found: dict[str, set[int]] = {}
    for half, answer in zip(halves, answers, strict=True):
        for result in answer.json()["results"]:
            found.setdefault(result["identity"], set()).add(result["index"])
        if "receipt" in answer.json():
            verify_receipt(ground, half, answer.json())
    assert all(len(indices) == 1 for indices in found.values())
    assert sorted(i for indices in found.values() for i in indices) == list(range(size - 6, size))
    digests = [ground.scene.digest_of(item) for item in items]
    assert all("bytes" in one for one in await ground.asker("genesis/online").bodies(*digests))


async def test_what_comes_at_once_builds_on_each_other_and_what_is_wrong_with_one_stays_its_own(ground: Ground) -> None:
    genesis, bradford = ground.asker("genesis/online"), ground.asker("bradford/online")
    chain = ground.scene.alert("genesis", 1)
    alert = ground.scene.take()
    ground.scene.cancel("genesis", 1, chain)
    cancel = ground.scene.take()
    ground.scene.alert("bradford", 2)
    other = msgspec.json.encode({"statements": ground.scene.take()})
    headers = bradford.signed("POST", "/v1/statements", other)
    before = ground.hub.view.now.state.size
    answers = await asyncio.gather(
        genesis.statements(*alert),
        bradford.post("/v1/statements", {"statements": [{"envelope": "!"}]}),
        ground.client.post("/v1/statements", content=other, headers=headers),
        ground.client.post("/v1/statements", content=other, headers=headers),  # the very same request
        genesis.statements(*cancel),
        ground.client.post("/v1/statements", content=other),  # signed by nobody
    )
    assert codes_of(answers[0]) == [before] and codes_of(answers[4]) == [before + 2]
    assert [answer.status_code for answer in answers] == [200, 400, 200, 401, 200, 401]
    assert code_of(answers[1]) == "request.malformed" and code_of(answers[3]) == "auth.replayed"
    assert codes_of(answers[2]) == [before + 1]
    with ground.hub.store.read() as session:
        assert ground.scene.digest_of(alert[0]) not in bodies.all_digests(session)


async def test_what_comes_at_once_may_build_on_what_came_before_it(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1)
    first = ground.scene.take()
    ground.scene.pause("genesis", 1, ground.scene.update("genesis", 1, alert))
    second = ground.scene.take()
    ground.scene.sighting("bradford", 2, alert)
    third = ground.scene.take()
    genesis, bradford = ground.asker("genesis/online"), ground.asker("bradford/online")
    before = ground.hub.view.now.state.size
    answers = await asyncio.gather(genesis.statements(*first), genesis.statements(*second), bradford.statements(*third))
    assert [codes_of(answer) for answer in answers] == [[before], [before + 1, before + 2], [before + 3]]


async def test_where_another_process_orders_all_that_came_at_once_is_staged_and_settled(ground: Ground) -> None:
    """This process loses its turn, and whoever has it takes what is staged: here the same one, a moment later."""
    ground.scene.alert("genesis", 1)
    shared = ground.scene.take()
    ground.scene.alert("bradford", 2)
    own = ground.scene.take()
    ground.hub.ordering.stop()
    sent = [
        asyncio.create_task(ground.asker("genesis/online").statements(*shared)),
        asyncio.create_task(ground.asker("bradford/online").statements(*shared, *own)),
        asyncio.create_task(ground.asker("merseyside/online").statements(*shared)),
    ]
    await asyncio.sleep(0.2)
    assert not any(task.done() for task in sent)
    await asyncio.to_thread(ground.hub.ordering.tick)
    answers = await asyncio.gather(*sent)
    (first,), (again, other), (third,) = map(codes_of, answers)
    assert first == again == third and other == first + 1  # type: ignore[operator]
    for items, answer in zip((shared, shared + own, shared), answers, strict=True):
        assert verify_receipt(ground, items, answer.json()) >= 1
    found = await ground.asker("genesis/online").bodies(ground.scene.digest_of(shared[0]))
    assert "bytes" in found[0]


async def test_a_body_that_is_brought_back_where_another_process_orders_is_not_said_to_be_kept(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    await ground.asker("genesis/online").statements(*items)
    with ground.hub.store.begin() as session:
        bodies.erase_bodies(session, [index_of(ground.hub.view.now.state, ground.scene.digest_of(items[0]))])
    ground.hub.ordering.stop()
    answer = await ground.asker("genesis/online").statements(*items)
    assert answer.status_code == 503 and code_of(answer) == "hub.busy"
    await asyncio.to_thread(ground.hub.ordering.tick)
    await ground.asker("genesis/online").statements(*items)
    with ground.hub.store.read() as session:
        assert ground.scene.digest_of(items[0]) in bodies.all_digests(session)


async def test_what_two_bring_at_once_counts_once_where_another_process_orders(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path, statements_per_day=4) as ground:
        await ground.three_projects()
        ground.scene.alert("merseyside", 3)
        one = ground.scene.take()
        for _ in range(2):
            ground.scene.alert("merseyside", 3)
        with ground.hub.ordering._lock:  # nothing is ordered: what comes now waits behind these two of four
            held_up = asyncio.create_task(ground.ok("merseyside"))
            await asyncio.sleep(0.2)
            sent = [
                asyncio.create_task(ground.asker(f"{name}/online").statements(*one)) for name in ("genesis", "bradford")
            ]
            await asyncio.sleep(1)  # both, also where much else goes on
            ground.hub.ordering._sequencer = None  # and then another process has the turn
        await asyncio.sleep(0.2)
        await asyncio.to_thread(ground.hub.ordering.tick)
        first, second = [codes_of(answer) for answer in await asyncio.gather(*sent)]
        assert first == second and isinstance(first[0], int)
        await held_up
        ground.scene.alert("merseyside", 3)
        await ground.ok("merseyside")  # the fourth
        ground.scene.alert("merseyside", 3)
        assert codes_of(await ground.send("merseyside")) == ["limits.statements"]


def checked(ground: Ground, items: list[dict[str, str]]) -> Submission:
    """What these statements are to the hub as it is now, as if another process had taken them."""
    hub = ground.hub
    submission = Submission(hub.store, hub.view, hub.epochs(), hub.clock())
    for offered in offered_of(msgspec.json.decode(msgspec.json.encode({"statements": items}), type=Items)):
        submission.check(offered)
    return submission


async def test_a_body_that_another_process_staged_and_one_that_is_brought_at_that_moment_are_one(
    ground: Ground,
) -> None:
    hub, before = ground.hub, ground.hub.view.now.state.size
    ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    stage(hub.store, {"theirs": checked(ground, items)}, 10, hub.clock().date())
    assert codes_of(await ground.asker("genesis/online").statements(*items)) == [before]
    assert hub.view.now.state.size == before + 1
    found = await ground.asker("merseyside/online").bodies(ground.scene.digest_of(items[0]))
    assert "bytes" in found[0]


async def test_a_body_is_not_brought_back_if_it_was_taken_back_since_it_was_checked(ground: Ground) -> None:
    hub = ground.hub
    alert = ground.scene.alert("genesis", 1)
    items = ground.scene.take()
    (index,) = codes_of(await ground.asker("genesis/online").statements(*items))
    with hub.store.begin() as session:
        bodies.erase_bodies(session, [int(index)])
    submission = checked(ground, items)
    assert submission.brings_back
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    await asyncio.to_thread(commit, [submission], hub.ordering.commit)
    assert [result.index for result in submission.results] == [index]
    with hub.store.read() as session:
        assert ground.scene.digest_of(items[0]) not in bodies.all_digests(session)
