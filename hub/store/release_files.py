"""Frozen releases outside the database, beside the guard file: a file each, named by number and digest.

A hub that lost its database is rebuilt from its members' copies of the log, and no member has its releases. Without
these a window that was published could be counted again, and two counts of one window tell who took back what. A file
is never changed, and none is ever removed here. Source: spec/rebuild.md; DESIGN §6.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hub.core.errors import Busy, Misconfigured
from hub.core.releases import Release, digest_of, read_release
from protocol.house.store.durable_files import replace_durably, sync_folder

_NAME: Final = re.compile(r"release-(\d{6})-([0-9a-f]{64})\.json")


def write_release(folder: Path, release: Release) -> None:
    """Keeps a release; on disk before this returns. One that is there already stays as it is.

    A crash before the rename leaves nothing that is read; after it, the release is there.

    Raises:
        Busy: `hub.busy`: it cannot be written now.
    """
    content = release.content
    path = folder / f"release-{release.number:06}-{digest_of(content)}.json"
    if path.exists():
        return
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        replace_durably(path, content)
        sync_folder(folder.parent)
    except OSError as error:
        raise Busy("hub.busy", "a release cannot be written beside the guard file") from error


def read_release_files(folder: Path) -> Mapping[int, Release]:
    """Number → release, ascending, of every file; empty where there is no folder.

    Raises:
        Misconfigured: a file is not what its name says, or two are of one number; it says which.
    """
    found: dict[int, Release] = {}
    for path in sorted(folder.glob("release-*.json")) if folder.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name is None:
            raise Misconfigured(f"{path.name} beside the guard file is no release: move it elsewhere")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Misconfigured(f"{path.name} beside the guard file cannot be read") from error
        if digest_of(content) != name[2]:
            raise Misconfigured(f"{path.name} beside the guard file was altered: bring it back from a copy")
        release = _release(content, path.name)
        if release.number != int(name[1]):
            raise Misconfigured(f"{path.name} beside the guard file holds a release of another number")
        if release.number in found:
            raise Misconfigured(
                f"there are two releases {release.number} beside the guard file: keep both for evidence, and leave the "
                "one whose digest was published"
            )
        found[release.number] = release
    return found


def _release(content: bytes, name: str) -> Release:
    try:
        return read_release(content)
    except RuntimeError as error:
        raise Misconfigured(f"{name} beside the guard file cannot be read as a release") from error
