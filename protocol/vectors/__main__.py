"""Writes the vectors, or with `--check` says which would change."""

import sys
from pathlib import Path

from protocol.vectors import accepted, defects, forms, stories, successions

HERE = Path(__file__).parent


def wanted() -> dict[Path, bytes]:
    """Every vector file and its bytes."""
    single, whole = accepted.accepted(), stories.told() | successions.told()
    if single.keys() & whole.keys():
        raise RuntimeError("two vectors of one name")
    folders = {"accept": single | whole, "reject": defects.all_defects()}
    return {
        HERE / folder / f"{name}.json": forms.to_bytes(vector)
        for folder, vectors in folders.items()
        for name, vector in vectors.items()
    }


def differing(files: dict[Path, bytes]) -> list[Path]:
    """The files that would change, are missing, or are extra."""
    present = {path for folder in ("accept", "reject") for path in (HERE / folder).glob("*")}
    changed = {path for path, data in files.items() if path not in present or path.read_bytes() != data}
    return sorted(changed | (present - files.keys()))


def main(arguments: list[str]) -> int:
    """Exit status: 1 if `--check` found a difference."""
    files = wanted()
    found = differing(files)
    if "--check" in arguments:
        for path in found:
            sys.stderr.write(f"differs: {path.relative_to(HERE)}\n")
        return 1 if found else 0
    for path in found:
        path.parent.mkdir(exist_ok=True)
        if path in files:
            path.write_bytes(files[path])
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
