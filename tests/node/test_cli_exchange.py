"""The exchange's verbs at the command line, without a hub: what they print, refuse and leave behind."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from node.cli import app
from node.core.alarms import ALARM_WORDS
from node.store.epoch_keys import make_epoch
from protocol.checkpoint import open_checkpoint
from protocol.house.core.errors import HouseError
from protocol.log import Tree, leaf_hash
from protocol.tiles import decode_bundle
from protocol.vectors.scene import Scene, three_projects
from protocol.verifier_key import parse_vkey
from tests.node.exchange_nodes import ExchangeNode, three
from tests.node.hub_simulator import HubSimulator, seed

SETTINGS = """\
name = "Merseyside"
region = "merseyside"
host = "merseyside.example.org"
hub_url = "https://hub.example.org"
database = "{database}"
keys_dir = "keys"
epoch_dir = "elsewhere/epochs"
witness_name = "{witness}"
"""


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--settings", str(folder / "node.toml")], env={"COLUMNS": "200"})


def refusal(result: Result) -> str:
    assert isinstance(result.exception, HouseError), result.exception
    return result.exception.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "node"
    folder.mkdir()
    (folder / "node.toml").write_text(SETTINGS.format(database="data/node.db", witness=""))
    return folder


@pytest.fixture
def joined(tmp_path: Path) -> tuple[Path, Scene, HubSimulator, ExchangeNode]:
    """Merseyside's node after two rounds, as the command line finds it."""
    scene = three_projects()
    folder = tmp_path / "data"
    folder.mkdir()
    hub, _, *nodes = three(folder, scene)
    for node in nodes * 2:
        asyncio.run(node.sync())
    settings = SETTINGS.format(database="data/merseyside.db", witness="w2.example.org/witness")
    (tmp_path / "node.toml").write_text(settings)
    (tmp_path / "keys").mkdir(mode=0o700)
    for use, name in {
        "sign": "merseyside/sign0",
        "online": "merseyside/online",
        "seal": "s",
        "witness": "witness2",
    }.items():
        (tmp_path / "keys" / use).write_text(seed(name).hex())
        (tmp_path / "keys" / use).chmod(0o600)
    make_epoch(tmp_path / "elsewhere" / "epochs")
    return tmp_path, scene, hub, nodes[2]


def test_init_makes_everything_once_and_overwrites_nothing(folder: Path) -> None:
    assert run(folder, "init").exit_code == 0
    before = (folder / "keys" / "sign").read_bytes()
    assert refusal(run(folder, "init")) == "config.keys_exist"
    assert (folder / "keys" / "sign").read_bytes() == before
    assert (folder / "data" / "node.db").stat().st_mode & 0o077 == 0


def test_keys_prints_public_halves_only(folder: Path) -> None:
    run(folder, "init")
    printed = run(folder, "keys").stdout
    assert set(json.loads(printed)["witness"]) == {"host", "key", "name"}
    for use in ("sign", "online", "seal", "witness"):
        assert (folder / "keys" / use).read_text().strip() not in printed


def test_before_joining_every_verb_says_what_to_do(folder: Path) -> None:
    run(folder, "init")
    assert "join" in run(folder, "status").stdout
    assert json.loads(run(folder, "status", "--json").stdout)["log"] is None
    assert refusal(run(folder, "sync")) == "config.not_joined"
    result = run(folder, "doctor")
    assert result.exit_code == 1
    assert "has not joined a log" in result.stdout and "worker has never run" in result.stdout


def test_a_node_without_a_database_is_told_to_make_one(folder: Path) -> None:
    assert refusal(run(folder, "status")) == "config.no_database"


def test_the_doctor_sees_open_key_files_and_epoch_keys_in_backups(folder: Path) -> None:
    text = (folder / "node.toml").read_text().replace("elsewhere/epochs", "data/epochs")
    (folder / "node.toml").write_text(text)
    run(folder, "init")
    (folder / "keys" / "online").chmod(0o644)
    out = run(folder, "doctor").stdout
    assert "can read the key file online" in out
    assert "epoch keys are in the folder of the database" in out


def test_status_and_inbox_are_one_json_object(joined: tuple[Path, Scene, HubSimulator, ExchangeNode]) -> None:
    folder, scene, _, node = joined
    scene.alert("genesis", 1)
    asyncio.run(node.sync())
    status = json.loads(run(folder, "status", "--json").stdout)
    assert (status["member"], status["membership"], status["size"]) == (3, "active", len(scene.entries))
    assert len(status["checkpoint_words"]) == 8
    warnings = json.loads(run(folder, "inbox", "--json").stdout)["warnings"]
    assert len(warnings) <= 1


def test_what_was_taken_back_is_said_in_the_words_agreed(
    joined: tuple[Path, Scene, HubSimulator, ExchangeNode],
) -> None:
    folder, scene, _, node = joined
    identity = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, identity)
    asyncio.run(node.sync())
    out = run(folder, "show", identity[:10]).stdout
    assert "taken back" in out
    assert "Please remove it from walls and phones. Do not act on it." in out
    assert "confirmed deleted by 1 of 1 project" in out
    assert re.search(r"seen by \d of 3", out)
    assert refusal(run(folder, "show", "ab" * 32)) == "not_found.alert"
    assert refusal(run(folder, "show", identity[:4])) == "not_found.alert"


def test_compare_says_same_newer_or_proves_a_split(
    joined: tuple[Path, Scene, HubSimulator, ExchangeNode], tmp_path: Path
) -> None:
    folder, scene, hub, _ = joined
    note = tmp_path / "their.note"
    note.write_bytes(hub.note(4))
    assert run(folder, "compare", str(note)).exit_code == 0
    scene.cancel("bradford", 2, "ab" * 32)
    note.write_bytes(hub.note(len(scene.entries)))
    assert run(folder, "compare", str(note)).exit_code == 2
    hub.history = [*scene.entries[:4], b"other"]
    note.write_bytes(hub.note(5))
    result = run(folder, "compare", str(note))
    assert result.exit_code == 1 and "Two different histories" in result.stdout


def test_a_stranger_can_check_the_evidence_with_nothing_but_the_folder(
    joined: tuple[Path, Scene, HubSimulator, ExchangeNode], tmp_path: Path
) -> None:
    folder, scene, hub, node = joined
    hub.history = [*scene.entries[:-1], b"something else"]
    asyncio.run(node.sync())
    assert run(folder, "evidence", str(tmp_path / "proof")).exit_code == 0
    assert refusal(run(folder, "evidence", str(tmp_path / "proof"))) == "refused.folder"
    key = parse_vkey((tmp_path / "proof" / "vkey").read_text().strip())
    alarm = next((tmp_path / "proof").glob("001-*"))
    ours, other = (open_checkpoint((alarm / f"{name}.note").read_bytes(), key) for name in ("ours", "other"))
    assert ours.size == other.size and ours.root != other.root
    bundle = (tmp_path / "proof" / "entries" / f"000.p/{ours.size}").read_bytes()
    entries = decode_bundle(bundle, ours.size)
    assert Tree().extend(leaf_hash(entry) for entry in entries).root == ours.root


def test_every_alarm_that_the_exchange_raises_has_words() -> None:
    raised = set()
    for path in Path("node").rglob("*.py"):
        raised |= set(re.findall(r'"((?:log|seen|witness|own|outbox|body)\.[a-z_]+)"', path.read_text("utf-8")))
    of_outbox = {"outbox.withdrawn", "outbox.body_lost", "outbox.succeeded"}
    not_alarms = {"log.no_such_tile", "body.gone_ahead", "body.not_yet", "alert.v1"} | of_outbox
    assert raised - not_alarms <= ALARM_WORDS.keys(), raised - not_alarms - ALARM_WORDS.keys()


def test_alarm_words_keep_to_the_words_agreed() -> None:
    for words in ALARM_WORDS.values():
        assert all(len(part) < 200 for part in words)
        assert not re.search(r"\b(safe|clear|clean|ok|offender|victim|quarantine|canary)\b", " ".join(words), re.I)
