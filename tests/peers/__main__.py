"""`make peers`: Go's `golang.org/x/mod/sumdb` reads our log, proofs, notes and evidence, as a stranger would.

The Go program knows nothing of ours. Exit status 1 if it sees anything otherwise than we do, or there is no Go.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.peers.inputs import Log, alter_entries, export, forge, gather_evidence, log_vkey

HERE: Final = Path(__file__).parent
GOPATH: Final = "/usr/share/gocode"
"""Where Debian's golang-golang-x-mod-dev puts it."""

NEEDED: Final = "Go and its module golang.org/x/mod are needed: apt-get install golang-go golang-golang-x-mod-dev"
PATIENCE_SECONDS: Final = 300


def main() -> int:
    """Builds the stranger, shows it everything, and prints what it says."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        stranger = _built(folder / "stranger")
        if stranger is None:
            print(NEEDED, file=sys.stderr)
            return 1
        different = [*_log(stranger, folder / "hub"), *_evidence(stranger, folder / "kit")]
    for one in different:
        print(f"DIFFERENT: {one}")
    print(f"{len(different)} seen otherwise than by us")
    return 1 if different else 0


def _built(to: Path) -> Path | None:
    go = shutil.which("go")
    if go is None or not (Path(GOPATH) / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        return None
    environment = os.environ | {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": GOPATH, "GOCACHE": f"{to}.cache"}
    subprocess.run([go, "build", "-o", str(to), "."], cwd=HERE, env=environment, check=True, timeout=PATIENCE_SECONDS)
    return to


def _says(stranger: Path, *words: str) -> list[str]:
    """Its lines; its refusal, where it cannot check at all."""
    done = subprocess.run([stranger, *words], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else [f"refused: {done.stderr.strip()}"]


def _log(stranger: Path, folder: Path) -> list[str]:
    folder.mkdir()
    log = asyncio.run(export(folder))
    (said,) = _says(stranger, "log", str(folder / "log"), log.vkey)
    print(said)
    different = [] if said.startswith("log: ") else [said]
    return (
        different + _spoiled_log(stranger, folder, log) + _note(stranger, folder, log) + _proofs(stranger, folder, log)
    )


def _spoiled_log(stranger: Path, folder: Path, log: Log) -> list[str]:
    """One bit in a tile, and one in an entry."""
    different = []
    for pattern in ("tile/0/**/*", "tile/entries/**/*"):
        spoiled = folder / f"spoiled {pattern.split('/')[1]}"
        shutil.copytree(folder / "log", spoiled)
        path = next(path for path in sorted(spoiled.glob(pattern)) if path.is_file())
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(bytes(data))
        (said,) = _says(stranger, "log", str(spoiled), log.vkey)
        print(f"{spoiled.name}: {said}")
        different += [] if said.startswith("refused") else [f"{spoiled.name} is believed"]
    return different


def _note(stranger: Path, folder: Path, log: Log) -> list[str]:
    (folder / "note").write_bytes(log.note)
    said = _says(stranger, "note", str(folder / "note"), log.vkey, *log.witnesses)
    print("\n".join(said))
    wanted = ["cosigned" if cosigned else "no cosignature" for cosigned in log.witnesses.values()]
    return [] if [line.rpartition(": ")[2] for line in said[1:]] == wanted else [f"cosignatures: {said}"]


def _proofs(stranger: Path, folder: Path, log: Log) -> list[str]:
    path = folder / "proofs"
    path.write_text("".join(json.dumps(claim) + "\n" for claim, _ in log.claims))
    said = _says(stranger, "proofs", str(path))
    held = sum(line == "holds" for line in said)
    print(f"proofs: {held} hold, {len(said) - held} that we spoiled are refused")
    wanted = ["holds" if holds else "refused" for _, holds in log.claims]
    if len(said) != len(wanted):
        return [f"proofs: {said[:3]}"]
    return [f"{claim}: {got}" for (claim, _), got, want in zip(log.claims, said, wanted, strict=True) if got != want]


def _evidence(stranger: Path, folder: Path) -> list[str]:
    folder.mkdir()
    different, vkey = [], log_vkey()
    claimed = gather_evidence(folder)
    for attack, kinds in claimed.items():
        said = _kinds(_says(stranger, "evidence", str(folder / "evidence" / attack), vkey))
        print(f"{attack}: {', '.join(said)}")
        different += [] if said == kinds else [f"{attack}: we say {kinds}, the stranger {said}"]
    if "proof" not in {kind for kinds in claimed.values() for kind in kinds}:
        different.append("the kit leaves no proof")
    return different + _forged(stranger, folder, vkey)


def _forged(stranger: Path, folder: Path, vkey: str) -> list[str]:
    """What looks like proof and is none: made of real proof."""
    different = []
    real = folder / "evidence" / "split-view"
    for name in forge(real, folder / "forged"):
        said = _kinds(_says(stranger, "evidence", str(folder / "forged" / name), vkey))
        print(f"forged, {name}: {', '.join(said)}")
        different += [f"{name} is believed: {said}"] if "proof" in said or "forged" not in said else []
    of_two_sizes = folder / "evidence" / "accepted-and-left-out"
    alter_entries(of_two_sizes, folder / "altered entries")
    said = _kinds(_says(stranger, "evidence", str(folder / "altered entries"), vkey))
    print(f"forged, altered entries: {', '.join(said)}")
    return different + (["altered entries are believed"] if "proof" in said else [])


def _kinds(lines: Sequence[str]) -> list[str]:
    return [line.rpartition(": ")[2] for line in lines]


if __name__ == "__main__":
    sys.exit(main())
