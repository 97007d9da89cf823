"""Memory that two processes share: what one writes there, the other reads without a copy through the system.

It keeps its pages from one use to the next: asking for them anew costs more than what is done with them.
"""

import mmap
import os
from collections.abc import Sequence
from typing import Final

SHARED_BYTES: Final = 64 * 2**20
"""Room, not use: pages are taken when they are written. Several times what a submission, or what is found out about it,
may have (`api.callers.MAX_REQUEST_BYTES`)."""

KEPT_BYTES: Final = 4 * 2**20
"""Pages that stay between two uses: a full submission of alerts has a quarter. Those of a larger one are given back."""

_ZEROS: Final = bytes(KEPT_BYTES)


class SharedMemory:
    """Bytes from 0 to `SHARED_BYTES`. Only Linux has such memory.

    Attributes:
        descriptor: by which another process has it too.
    """

    def __init__(self, descriptor: int) -> None:
        """What another process of ours has made.

        Raises:
            OSError: there is no room for it.
        """
        self.descriptor = descriptor
        self._map = mmap.mmap(descriptor, SHARED_BYTES)

    @classmethod
    def new(cls) -> "SharedMemory":
        """Empty.

        Raises:
            OSError, AttributeError: there is no room for it, or this system has none.
        """
        descriptor = os.memfd_create("shared")
        try:
            os.ftruncate(descriptor, SHARED_BYTES)
            return cls(descriptor)
        except BaseException:
            os.close(descriptor)
            raise

    def write(self, parts: Sequence[bytes]) -> None:
        """Puts these one behind the other, from the beginning.

        Raises:
            ValueError: there is not so much room.
        """
        self._map.seek(0)
        for part in parts:
            self._map.write(part)

    def read(self, size: int) -> bytes:
        """A copy of what stands there from the beginning."""
        return self._map[:size]

    def view(self) -> memoryview:
        """What stands there, itself."""
        return memoryview(self._map)

    def forget(self, size: int) -> None:
        """Nothing of the first `size` bytes is left."""
        if size <= KEPT_BYTES:
            self._map[:size] = memoryview(_ZEROS)[:size]
            return
        os.ftruncate(self.descriptor, 0)
        os.ftruncate(self.descriptor, SHARED_BYTES)

    def close(self) -> None:
        """Lets go of it. Once."""
        self._map.close()
        os.close(self.descriptor)
