"""What the stranger is shown: our hub's exported log, our proofs, our notes, and evidence of the hostile kit."""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.actions.export_log import export_log
from hub.store.log import read_entries
from protocol.checkpoint import sign_checkpoint
from protocol.log import Hashes, leaf_hash, tree_at
from protocol.proofs import consistency_proof, inclusion_proof
from protocol.vectors.named_keys import public, signing_key
from protocol.vectors.scene import ORIGIN
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey
from tests.hostile.attacks import all_attacks
from tests.hostile.node_under_test import in_process
from tests.hostile.play import play
from tests.hostile.server import HostileServer
from tests.hostile.stage import build_stage
from tests.hub.ground import Ground, running_ground

ENTRIES: Final = 300
"""More than a tile holds."""

PROVED: Final = 40
"""Every inclusion and consistency proof of logs up to this size: all shapes of small trees."""

LONGEST_WAIT: Final = 10
"""Seconds; attacks that need longer leave no other kind of evidence."""

Claim = dict[str, Any]


class Log(msgspec.Struct, frozen=True):
    """An exported log.

    Attributes:
        vkey: of its key.
        note: its last checkpoint, cosigned.
        witnesses: verifier key → whether it cosigned.
        claims: proofs, and whether each holds.
    """

    vkey: str
    note: bytes
    witnesses: dict[str, bool]
    claims: list[tuple[Claim, bool]]


async def export(folder: Path) -> Log:
    """A real hub takes statements, and exports its log; two of its three witnesses have cosigned."""
    limits = {"statements_per_day": 10 * ENTRIES, "requests_per_minute": 10 * ENTRIES}
    async with running_ground(f"sqlite:///{folder / 'hub.db'}", folder, **limits) as ground:
        await ground.three_projects()
        while ground.hub.view.now.state.size < ENTRIES:
            for _ in range(64):
                ground.scene.alert("genesis", 1)
            await ground.ok()
        await ground.cosign(0, 1)
        export_log(ground.hub.store, ground.hub.view, folder / "log")
        note = (await ground.asker("genesis/online").get("/v1/checkpoint")).content
        witnesses = {_witness(number): number < 2 for number in range(3)}
        return Log(ground.scene.log_key.vkey, note, witnesses, list(_claims(ground)))


def _witness(number: int) -> str:
    return VerifierKey(f"w{number}.example.org/witness", COSIGNATURE, bytes.fromhex(public(f"witness{number}"))).vkey


def _claims(ground: Ground) -> Iterator[tuple[Claim, bool]]:
    """Each proof as it is, then with a hash left out, and for another place."""
    hashes = ground.hub.view.hashes
    with ground.hub.store.read() as session:
        leaves = [leaf_hash(entry) for entry in read_entries(session, 0, PROVED)]
    for size in range(1, PROVED + 1):
        for index in range(size):
            claim = _claim("inclusion", size, hashes, index, leaves[index], inclusion_proof(index, size, hashes))
            yield from _and_spoiled(claim, (index + 1) % size)
        for old in range(1, size):
            root = tree_at(old, hashes).root
            claim = _claim("consistency", size, hashes, old, root, consistency_proof(old, size, hashes))
            yield from _and_spoiled(claim, old % (size - 1) + 1)


def _claim(kind: str, size: int, hashes: Hashes, old: int, leaf: bytes, proof: tuple[bytes, ...]) -> Claim:
    return {
        "kind": kind,
        "size": size,
        "root": _b64(tree_at(size, hashes).root),
        "old": old,
        "hash": _b64(leaf),
        "proof": [_b64(node) for node in proof],
    }


def _and_spoiled(claim: Claim, elsewhere: int) -> Iterator[tuple[Claim, bool]]:
    yield claim, True
    if claim["proof"]:
        yield claim | {"proof": claim["proof"][:-1]}, False
    if elsewhere != claim["old"]:
        yield claim | {"old": elsewhere}, False


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


# evidence


def gather_evidence(folder: Path) -> dict[str, list[str]]:
    """Lets the whole kit loose on our node; attack → what each alarm in its exported folder claims to be."""
    claimed = {}
    with HostileServer() as server:
        stage = build_stage(server, folder, in_process)
        for one in all_attacks():
            if one.evidence == "none" or one.seconds > LONGEST_WAIT:
                continue
            slug = one.name.replace(" ", "-")
            outcome = play(one, stage.copy(folder / slug), folder / "evidence" / slug)
            if not outcome.held:
                raise RuntimeError(f"{one.name}: {outcome.said}")
            claimed[slug] = kinds_in(folder / "evidence" / slug)
    return claimed


def kinds_in(exported: Path) -> list[str]:
    """What the alarms in an exported folder claim to be, in their order."""
    return [json.loads(about.read_text())["kind"] for about in sorted(exported.glob("*/about.json"))]


def log_vkey() -> str:
    """The key of the kit's log, as a stranger has it from the charter."""
    return VerifierKey(ORIGIN, ED25519, bytes.fromhex(public("log"))).vkey


def forge(exported: Path, to: Path) -> list[str]:
    """Copies of a folder that holds proof, each spoiled in its own way; their names."""
    made = []
    for name, spoil in FORGERIES.items():
        shutil.copytree(exported, to / name)
        spoil(next(path.parent for path in sorted((to / name).glob("*/other.note"))))
        made.append(name)
    return made


def _another_root(alarm: Path) -> None:
    note = (alarm / "other.note").read_bytes().split(b"\n")
    note[2] = base64.b64encode(bytes(32))
    (alarm / "other.note").write_bytes(b"\n".join(note))


def _another_key(alarm: Path) -> None:
    size = int((alarm / "other.note").read_text().split("\n")[1])
    (alarm / "other.note").write_bytes(sign_checkpoint(ORIGIN, size, bytes(32), signing_key("attacker")))


def _no_signature(alarm: Path) -> None:
    text = (alarm / "other.note").read_bytes().split(b"\n\n")[0]
    (alarm / "other.note").write_bytes(text + b"\n\n")


def _the_same_twice(alarm: Path) -> None:
    (alarm / "other.note").write_bytes((alarm / "ours.note").read_bytes())
    (alarm.parent / "latest.note").unlink(missing_ok=True)


def _only_one_note(alarm: Path) -> None:
    (alarm / "other.note").unlink()


FORGERIES: Final[dict[str, Callable[[Path], None]]] = {
    "another root": _another_root,
    "another key": _another_key,
    "no signature": _no_signature,
    "the same note twice": _the_same_twice,
    "only one note": _only_one_note,
}


def alter_entries(exported: Path, to: Path) -> None:
    """A folder whose proof is of two sizes, with other entries: they are under no root that was signed any more."""
    shutil.copytree(exported, to)
    for bundle in to.glob("entries/**/*"):
        if bundle.is_file():
            data = bytearray(bundle.read_bytes())
            data[-1] ^= 1
            bundle.write_bytes(bytes(data))
