"""One leader a node: whoever holds a lock on a file beside the database. The system drops it when the process ends."""

import fcntl
import os
from pathlib import Path


class Leadership:
    """A lock on `<database>.leader`. Advisory: it keeps two workers of one node apart, not a stranger."""

    def __init__(self, database: Path) -> None:
        """Takes nothing yet."""
        self._path = database.with_name(f"{database.name}.leader")
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process leads."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Takes the lock if nobody has it; whether this process leads now. Never waits."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Gives it back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
