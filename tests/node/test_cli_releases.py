"""The commands about warnings, with the node's real keys and its own mirror of a log."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from node.actions.case_desk import CaseDesk
from node.cli_records import app
from node.key_files import USES
from node.store.checkpoints import HeldNote, keep_note
from node.store.mirror import PinnedLog, append_entries, pin_log
from protocol.checkpoint import sign_checkpoint
from protocol.house.actions.add_person import add_person
from protocol.vectors.named_keys import public, signing_key
from protocol.vectors.scene import ORIGIN, Scene
from tests.node.builders import NOW, a_report, outbox
from tests.node.test_cli_records import SETTINGS


def seed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


@pytest.fixture
def settings(tmp_path: Path, desk: CaseDesk, scene: Scene) -> Path:
    """Genesis, admitted, with the log as the scene has it."""
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    names = {"sign": "key:genesis/sign0", "online": "key:genesis/online", "seal": "seal:genesis", "witness": "key:w"}
    for use in USES:
        (keys / use).touch(mode=0o600)
        (keys / use).write_text(seed(names[use]), "ascii")
    seen = scene.seen()
    note = sign_checkpoint(ORIGIN, seen.size, bytes.fromhex(seen.root), signing_key("log"))
    request = scene.request_digest(scene.request("genesis"))
    with desk.store.begin() as session:
        pin_log(
            session,
            PinnedLog(log=scene.log, origin=ORIGIN, log_key=public("log"), request=request, pinned_at=NOW),
        )
        append_entries(session, 0, scene.entries)
        held = HeldNote(source="log", size=seen.size, root=seen.root, note=note, signed_at=None, received_at=NOW)
        keep_note(session, held)
    path = tmp_path / "node.toml"
    path.write_text(SETTINGS, "utf-8")
    return path


def run(settings: Path, *words: str) -> Any:
    result = CliRunner().invoke(app, [*words, "--settings", str(settings), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_warning_goes_out_is_updated_and_taken_back_by_its_commands(
    settings: Path, desk: CaseDesk, scene: Scene
) -> None:
    report = str(a_report(desk))
    region = ("--region", "west-yorkshire", "--direction", "merseyside")
    first = str(run(settings, "release", "draft", report, "--by", "Asha", *region)["release"])
    shown = run(settings, "release", "show", first, "--by", "Bea")
    out = run(settings, "release", "approve", first, "--by", "Bea", "--digest", shown["digest"])
    again = str(run(settings, "update", first, "--by", "Asha", *region, "--reporters", "2+")["release"])
    shown = run(settings, "release", "show", again, "--by", "Bea")
    run(settings, "release", "approve", again, "--by", "Bea", "--digest", shown["digest"])
    entries = outbox(desk)
    cancel = run(settings, "withdraw", again, "--by", "Asha")["cancel"]
    entries += [entry for entry in outbox(desk) if entry.kind == "cancel"]
    made = [scene.append(entry.envelope) for entry in entries]
    assert [outcome.verdict for outcome in scene.outcomes[-3:]] == ["valid"] * 3
    assert (made[0], made[2]) == (out["identity"], cancel)
    assert scene.state.chains[out["chain"]].cancelled is not None


def test_a_quarter_is_counted_let_out_by_another_and_taken_back_by_its_commands(
    settings: Path, desk: CaseDesk, scene: Scene
) -> None:
    add_person(desk, name="Dana", role="coordinator", by="Bea", now=NOW)
    counted = CliRunner().invoke(
        app, ["figures", "prepare", "2026-Q2", "--by", "Dana", "--registered", "10-49", "--settings", str(settings)]
    )
    assert counted.exit_code == 0, counted.output
    shown = run(settings, "figures", "show", "2026-Q2", "--by", "Bea")
    words = CliRunner().invoke(app, ["figures", "show", "2026-Q2", "--by", "Bea", "--settings", str(settings)]).output
    assert "Reports taken: 0" in words and shown["content"] in words and "masked" in words
    sent = run(settings, "figures", "approve", "2026-Q2", "--by", "Bea", "--digest", shown["kept"]["digest"])
    assert [one["quarter"] for one in run(settings, "figures", "list", "--by", "Bea")["kept"]] == ["2026-Q2"]
    entries = outbox(desk)
    cancel = run(settings, "figures", "take-back", "2026-Q2", "--by", "Bea")["cancel"]
    made = [scene.append(entry.envelope) for entry in (*entries, *outbox(desk))]
    assert (made, [one.verdict for one in scene.outcomes[-2:]]) == ([sent["identity"], cancel], ["valid", "valid"])
