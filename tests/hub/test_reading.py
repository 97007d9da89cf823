"""The log as it is read: checkpoints, cosignatures, proofs, tiles, and the export. Source: exchange.md §3."""

import asyncio
import base64
from pathlib import Path

import httpx

from hub.actions.export_log import export_log
from hub.api.checkpoints import ENTRIES_TOLD
from hub.log_view import LogView
from hub.store import log
from protocol.checkpoint import open_checkpoint
from protocol.cosignature import cosign, cosignatures
from protocol.envelope import decode_envelope
from protocol.log import Tree, leaf_hash, tree_at
from protocol.proofs import verify_consistency
from protocol.tiles import Tile, decode_bundle, decode_tile, encode_bundle, hashes_from_tiles, new_bundles
from protocol.vectors.named_keys import signing_key
from protocol.verifier_key import COSIGNATURE, VerifierKey, parse_vkey
from tests.hub.asker import code_of
from tests.hub.ground import Ground

WITNESSES = [
    VerifierKey(f"w{i}.example.org/witness", COSIGNATURE, bytes(signing_key(f"witness{i}").verify_key))
    for i in range(3)
]


async def latest(ground: Ground, **params: int) -> tuple[int, set[str]]:
    """Size of the latest checkpoint, and who cosigned it."""
    answer = await ground.asker("genesis/online").get("/v1/checkpoint", **params)
    assert answer.status_code == 200, answer.text
    note = answer.content
    signed = {one.witness.name[:2] for one in cosignatures(note, WITNESSES)}
    return open_checkpoint(note, ground.scene.log_key).size, signed


async def test_cosignatures_stand_on_the_checkpoint_and_k_of_them_confirm_it(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    await ground.ok()
    size, signed = await latest(ground)
    assert (size, signed) == (ground.hub.view.now.state.size, set())
    await ground.cosign(2)
    assert ground.hub.view.refresh().confirmed_size < size
    await ground.cosign(0)
    assert await latest(ground) == (size, {"w0", "w2"})
    assert ground.hub.view.refresh().confirmed_size == size


async def test_for_each_witness_the_latest_checkpoint_that_it_cosigned_is_told(ground: Ground) -> None:
    await ground.cosign(0)
    old = ground.hub.view.now.state.size
    ground.scene.alert("genesis", 1)
    await ground.ok()
    await ground.cosign(1)
    notes = (await ground.asker("witness2").get("/v1/cosigned")).json()["notes"]
    found = {open_checkpoint(n.encode(), ground.scene.log_key).size: cosignatures(n.encode(), WITNESSES) for n in notes}
    assert {size: [one.witness.name[:2] for one in by] for size, by in found.items()} == {old: ["w0"], old + 1: ["w1"]}


async def test_only_a_witness_cosigns_only_what_was_published_and_only_as_itself(ground: Ground) -> None:
    note = ground.scene.note
    answer = await ground.asker("genesis/online").post("/v1/cosignatures", note)
    assert (answer.status_code, code_of(answer)) == (403, "auth.not_a_member")
    answer = await ground.asker("witness0").post("/v1/cosignatures", note)
    assert (answer.status_code, code_of(answer)) == (400, "note.unsigned")
    answer = await ground.asker("witness0").post("/v1/cosignatures", b"")
    assert answer.status_code == 400
    size = ground.hub.view.now.state.size
    altered = note.replace(f"\n{size}\n".encode(), f"\n{size + 1}\n".encode(), 1)
    answer = await ground.post_cosignature(0, altered)
    assert (answer.status_code, code_of(answer)) == (400, "note.bad_signature")
    line = cosign(note, "w1.example.org/witness", signing_key("witness1"), ground.clock.seconds())
    answer = await ground.asker("witness0").post("/v1/cosignatures", note + line)
    assert (answer.status_code, code_of(answer)) == (400, "note.unsigned")


async def test_an_older_cosignature_after_a_newer_one_changes_nothing_that_is_confirmed(ground: Ground) -> None:
    old = ground.scene.note
    ground.scene.alert("genesis", 1)
    await ground.ok()
    await ground.cosign()
    size = ground.hub.view.refresh().confirmed_size
    await ground.cosign(0, 1, note=old)
    assert ground.hub.view.refresh().confirmed_size == size
    assert (await latest(ground))[1] == {"w0", "w1"}


async def test_a_waiting_reader_is_woken_by_a_new_entry_and_by_a_cosignature(ground: Ground) -> None:
    size = ground.hub.view.now.state.size
    await ground.asker("genesis/online").token()
    waiting = asyncio.create_task(latest(ground, after=size, wait=20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    ground.scene.alert("bradford", 2)
    await ground.ok("bradford")
    async with asyncio.timeout(15):
        assert await waiting == (size + 1, set())
    waiting = asyncio.create_task(latest(ground, after=size + 1, wait=20))
    await asyncio.sleep(0.1)
    await ground.cosign(0)
    async with asyncio.timeout(15):
        assert await waiting == (size + 1, {"w0"})


async def test_a_reader_that_waits_for_nothing_gets_what_there_is(ground: Ground) -> None:
    size = ground.hub.view.now.state.size
    async with asyncio.timeout(15):
        assert (await latest(ground, after=size, wait=1))[0] == size
        assert (await latest(ground, after=size - 1, wait=20))[0] == size


async def test_few_new_entries_come_with_the_checkpoint_to_a_member_that_asks(ground: Ground) -> None:
    old, genesis = ground.hub.view.now.state.size, ground.asker("genesis/online")
    await genesis.token()
    waiting = asyncio.create_task(genesis.get("/v1/checkpoint", after=old, wait=20, entries=1))
    await asyncio.sleep(0.1)
    ground.scene.alert("bradford", 2)
    await ground.ok("bradford")
    async with asyncio.timeout(15):
        answer = await waiting
    note = answer.json()["note"]
    assert answer.headers["content-type"] == "application/json" and answer.headers["watchword-others"]
    assert open_checkpoint(note.encode(), ground.scene.log_key).size == old + 1
    assert note == (await genesis.get("/v1/checkpoint")).text
    assert [base64.b64decode(entry) for entry in answer.json()["entries"]] == entries_of(ground, old, old + 1)


async def test_many_new_entries_and_those_that_nobody_asked_for_are_left_to_bundles(ground: Ground) -> None:
    for _ in range(ENTRIES_TOLD + 1):
        ground.scene.alert("bradford", 2)
    await ground.ok("bradford")
    size, genesis = ground.hub.view.now.state.size, ground.asker("genesis/online")
    few = (await genesis.get("/v1/checkpoint", after=size - ENTRIES_TOLD, entries=1)).json()["entries"]
    assert [base64.b64decode(entry) for entry in few] == entries_of(ground, size - ENTRIES_TOLD, size)
    note = (await genesis.get("/v1/checkpoint")).text
    for asked in ({"after": size - ENTRIES_TOLD - 1, "entries": 1}, {"after": size, "entries": 1}, {"after": size - 1}):
        answer = await genesis.get("/v1/checkpoint", **asked)
        assert answer.text == note and answer.headers["content-type"].startswith("text/plain")
    assert code_of(await genesis.get("/v1/checkpoint", entries=2)) == "request.malformed"


async def test_a_witness_has_no_entries_with_the_checkpoint(ground: Ground) -> None:
    old = ground.hub.view.now.state.size
    ground.scene.alert("bradford", 2)
    await ground.ok("bradford")
    answer = await ground.asker("witness2").get("/v1/checkpoint", after=old, wait=1, entries=1)
    assert answer.headers["content-type"].startswith("text/plain")
    assert open_checkpoint(answer.content, ground.scene.log_key).size == old + 1


def entries_of(ground: Ground, first: int, end: int) -> list[bytes]:
    with ground.hub.store.read() as session:
        return log.read_entries(session, first, end)


async def test_proofs_join_every_two_published_sizes(ground: Ground) -> None:
    size = ground.hub.view.now.state.size
    root = ground.hub.view.now.tree.root
    for _ in range(3):
        ground.scene.alert("genesis", 1)
        await ground.ok()
    now = ground.hub.view.refresh().tree
    answer = await ground.asker("witness0").get("/v1/proof", old=size, size=now.size)
    proof = [base64.b64decode(node) for node in answer.json()["hashes"]]
    verify_consistency(size, root, now.size, now.root, proof)
    for old, new in ((0, 1), (2, 1), (1, now.size + 1), (10**30, 10**30)):
        answer = await ground.asker("witness0").get("/v1/proof", old=old, size=new)
        assert (answer.status_code, code_of(answer)) == (404, "log.no_such_size")
    for bad in ("-1", "x", "", "1.5", "9" * 5_000):
        answer = await ground.asker("witness0").get("/v1/proof", old=bad, size=1)
        assert (answer.status_code, code_of(answer)) == (400, "request.malformed")


async def test_tiles_and_bundles_are_what_was_submitted(ground: Ground) -> None:
    for _ in range(3):
        for _ in range(100):
            ground.scene.alert("genesis", 1)
        items = ground.scene.take()
        answer = await ground.asker("genesis/online").statements(*items)
        first = answer.json()["results"][0]["index"]
    now, asker = ground.hub.view.refresh().tree, ground.asker("bradford/online")

    async def fetched(tile: Tile) -> bytes:
        answer = await asker.get(f"/v1/{tile.path}")
        assert answer.status_code == 200, answer.text
        assert ("immutable" in answer.headers["cache-control"]) == (tile.width == 256)
        return answer.content

    entries: list[bytes] = []
    for bundle in new_bundles(0, now.size):
        entries += decode_bundle(await fetched(bundle), bundle.width)
    assert entries[first:] == [base64.b64decode(item["envelope"]) for item in items]
    assert Tree().extend(map(leaf_hash, entries)).root == now.root
    leaves = decode_tile(await fetched(Tile(0, 0)), 256)
    assert list(leaves) == [leaf_hash(entry) for entry in entries[:256]]
    assert decode_tile(await fetched(Tile(1, 0, 1)), 1) == (Tree().extend(leaves).root,)


async def test_whoever_has_the_first_entries_of_a_bundle_is_sent_the_rest(ground: Ground) -> None:
    await ground.three_projects()
    size, asker = ground.hub.view.refresh().tree.size, ground.asker("genesis/online")
    headers = {"authorization": f"Bearer {await asker.token()}"}
    path = f"/v1/{Tile(None, 0, size).path}"
    whole = (await ground.client.get(path, headers=headers)).content
    begun = encode_bundle(decode_bundle(whole, size)[:-1])
    rest = await ground.client.get(path, headers=headers | {"range": f"bytes={len(begun)}-"})
    assert (rest.status_code, begun + rest.content) == (206, whole)
    assert rest.headers["content-range"] == f"bytes {len(begun)}-{len(whole) - 1}/{len(whole)}"
    for other in (
        "bytes=0-",
        f"bytes={len(whole)}-",
        "bytes=1-2",
        "bytes=-5",
        "bytes=" + "9" * 5_000 + "-",
        "lines=1-",
    ):
        answer = await ground.client.get(path, headers=headers | {"range": other})
        assert (answer.status_code, answer.content) == (200, whole), other


async def test_paths_that_are_no_tile_are_not_found(ground: Ground) -> None:
    token = {"authorization": f"Bearer {await ground.asker('genesis/online').token()}"}
    for path in (
        "0/000",
        "0/000.p/0",
        "0/000.p/256",
        "7/000.p/1",
        "0/0",
        "0/x000/000.p/1",
        "entries/000.p/99",
        "entries/../charter",
        "%2e%2e/%2e%2e/etc/passwd",
        "0/000.p/1%00",
        "0/٠٠٠.p/1",
        "",
    ):
        answer = await ground.client.get(f"/v1/tile/{path}", headers=token)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"


async def test_an_export_reads_with_nothing_but_its_own_files(ground: Ground, tmp_path: Path) -> None:
    for _ in range(40):
        ground.scene.alert("genesis", 1)
    await ground.ok()
    folder = tmp_path / "export"
    size = export_log(ground.hub.store, LogView(ground.hub.store), folder)
    key = parse_vkey((folder / "vkey").read_text().strip())
    checkpoint = open_checkpoint((folder / "checkpoint").read_bytes(), key)
    hashes = hashes_from_tiles(lambda tile: (folder / tile.path).read_bytes(), size)
    assert (checkpoint.size, checkpoint.root) == (size, tree_at(size, hashes).root)
    entries: list[bytes] = []
    for bundle in new_bundles(0, size):
        entries += decode_bundle((folder / bundle.path).read_bytes(), bundle.width)
    assert Tree().extend(map(leaf_hash, entries)).root == checkpoint.root


async def test_the_charter_is_for_anyone_and_health_tells_nobody_when_a_warning_came(ground: Ground) -> None:
    async def asked(path: str) -> httpx.Response:
        return await ground.client.get(path)

    charter = await asked("/v1/charter")
    assert decode_envelope(charter.content).identity == ground.scene.log
    before = (await asked("/v1/health")).json()
    ground.scene.alert("genesis", 1)
    await ground.ok()
    assert (await asked("/v1/health")).json() == before == {"ok": True, "leads": True}
