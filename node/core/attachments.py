"""What may be kept beside a report as a file. It is kept as it came, metadata and all: it may be evidence.

Pure. No door built here lets a file out: each is chosen one by one in a full referral. Source: PEOPLE 4.14.
"""

import re
from typing import Final

from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted

MAX_FILE_BYTES: Final = 10 * 2**20
"""A photograph of a modern phone, or minutes of a voice message; sealed and opened in memory as one piece."""

MAX_FILES: Final = 20
"""For one report: 200 MB at most, so that a node's disk and its nightly backup stay small."""

MAX_NAME: Final = 200

_ENDING: Final = re.compile(r"\.[a-z0-9]{1,5}\Z", re.IGNORECASE)
"""Of a file's name: by which a computer knows what opens it."""


class Attached(Unprinted, frozen=True, kw_only=True):
    """What is known of a file, sealed beside it.

    Attributes:
        filename: as it came, without folders.
        sha256: of the bytes as they came, 64 hex digits: what shows later that they are the same.
        described: what it is, in the words of whoever added it.
    """

    filename: str
    size: int
    sha256: str
    described: str = ""


def require_attachable(filename: str, size: int, count: int) -> None:
    """Refuses what is not kept.

    Args:
        count: files that the report has already.

    Raises:
        Refused: `refused.attachment`.
    """
    if not 0 < size <= MAX_FILE_BYTES:
        raise Refused("attachment", f"a file has at least one byte and at most {MAX_FILE_BYTES // 2**20} MB")
    if count >= MAX_FILES:
        raise Refused("attachment", f"a report has at most {MAX_FILES} files")
    if not filename or len(filename) > MAX_NAME or not filename.isprintable():
        raise Refused("attachment", f"a file has a name of at most {MAX_NAME} characters that can be shown")


def saved_as(report_id: int, number: int, filename: str) -> str:
    """What a copy is called that leaves the node: its own name may say who she is, and web servers log headers."""
    ending = _ENDING.search(filename)
    return f"report-{report_id}-file-{number}{ending[0].lower() if ending else ''}"
