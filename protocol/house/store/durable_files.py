"""Files that are on disk before whoever wrote them goes on."""

import os
from pathlib import Path


def replace_durably(path: Path, content: bytes) -> None:
    """Writes a file that only we read, whole or not at all; on disk before this returns.

    A crash before the rename leaves nothing that is read; after it, the file is there.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)  # another process's half: each writes into a file of its own
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in it is so on disk too.

    Raises:
        OSError: it cannot be reached.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
