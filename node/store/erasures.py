"""What was erased, in a file beside the epoch keys: a database that was restored from a backup does not know it.

Each line holds the number of the epoch key that sealed at the time, a kind, a number and a second: `report` and the
random mark of an erased report, `entry` and the place (`old_logs.place_of`) of a message whose content is gone, `began`
and the number of an epoch key. No other word, and nothing that says whom it was about. Lines go with the last epoch key
that could open a backup from before them. The file is whole at every moment (written anew, synced, renamed), mode 0600.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

from node.core.errors import Misconfigured, Unavailable
from node.store.epoch_keys import epoch_numbers
from protocol.house.store.durable_files import replace_durably

FILE: Final = "erasures"

_LINE: Final = re.compile(r"(\d{1,9}) (report [0-9a-f]{16}|entry \d{1,16}|began \d{1,9}) (\d{1,10})", re.ASCII)
"""Numbers as large as a log or a clock of the next three hundred years may write them."""

Kind = Literal["report", "entry", "began"]


class _Line(msgspec.Struct, frozen=True, order=True):
    epoch: int
    kind: Kind
    number: str
    second: int


class Erased(msgspec.Struct, frozen=True):
    """What was erased since the oldest backup that can still be opened.

    Attributes:
        reports: mark of each report → when its erasure was asked for, aware UTC.
        entries: places of the messages whose contents were erased because they are gone.
    """

    reports: Mapping[str, datetime]
    entries: frozenset[int]


class ErasureList:
    """The list of one node."""

    def __init__(self, folder: Path) -> None:
        """Reads nothing yet.

        Args:
            folder: of the epoch keys.
        """
        self._folder, self._path = folder, folder / FILE

    def read(self) -> Erased:
        """What was erased.

        Raises:
            Misconfigured: `config.erasures`: the file is not one.
        """
        lines = self._lines()
        return Erased(
            {line.number: datetime.fromtimestamp(line.second, UTC) for line in lines if line.kind == "report"},
            frozenset(int(line.number) for line in lines if line.kind == "entry"),
        )

    def note(self, kind: Kind, numbers: Iterable[str | int], now: datetime) -> None:
        """Notes erasures; on disk before this returns. Again: nothing changes.

        To be called within the transaction that erases: a crash between the two, or a commit that fails, leaves a line
        for what was not erased, and the next opening of the database does what was asked for.

        Raises:
            Misconfigured: `config.erasures`.
            Unavailable: `unavailable.erasures`: it cannot be written now, and nothing may be erased.
        """
        wanted = {(kind, str(number)) for number in numbers}
        if not wanted:
            return
        known = {(line.kind, line.number) for line in self._lines()}
        epoch, second = max(epoch_numbers(self._folder), default=0), int(now.timestamp())
        new = {_Line(epoch, kind, number, second) for _, number in wanted - known}
        if new:
            self._change(add=new)

    def began(self, epoch: int, now: datetime) -> datetime:
        """When that epoch key began: now, if nobody has kept that yet; kept from then on.

        Raises:
            Misconfigured, Unavailable: as `note`.
        """
        for line in self._lines():
            if (line.kind, line.epoch) == ("began", epoch):
                return min(now, datetime.fromtimestamp(line.second, UTC))
        self._change(add={_Line(epoch, "began", str(epoch), int(now.timestamp()))})
        return now

    def forget_old(self) -> None:
        """Drops the lines of before the oldest epoch key: no backup that they are about can be opened any more.

        Raises:
            Misconfigured, Unavailable: as `note`.
        """
        oldest = min(epoch_numbers(self._folder), default=0)
        old = {line for line in self._lines() if line.epoch < oldest}
        if old:
            self._change(remove=old)

    def _lines(self) -> set[_Line]:
        try:
            text = self._path.read_text("ascii")
        except FileNotFoundError:
            return set()
        except (OSError, ValueError) as error:
            raise Misconfigured("erasures", "the list of erasures beside the epoch keys cannot be read") from error
        try:
            return {_parsed(line) for line in text.splitlines()}
        except (ValueError, msgspec.ValidationError) as error:
            raise Misconfigured("erasures", "the list of erasures beside the epoch keys is not one") from error

    def _change(self, add: Iterable[_Line] = (), remove: Iterable[_Line] = ()) -> None:
        try:
            handle = os.open(self._folder, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)  # two processes of one node: neither loses the other's lines
                self._write((self._lines() | set(add)) - set(remove))
            finally:
                os.close(handle)
        except OSError as error:
            message = "the list of erasures beside the epoch keys cannot be written now: do it again later"
            raise Unavailable("erasures", message) from error

    def _write(self, lines: Iterable[_Line]) -> None:
        written = "".join(f"{line.epoch} {line.kind} {line.number} {line.second}\n" for line in sorted(lines))
        replace_durably(self._path, written.encode("ascii"))


def _parsed(line: str) -> _Line:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError
    epoch, what, second = found.groups()
    kind, number = what.split(" ")
    return _Line(int(epoch), msgspec.convert(kind, Kind), number, int(second))
