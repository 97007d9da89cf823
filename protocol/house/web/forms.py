"""What was posted, read field by field. A refusal names the field and what would be right, never the value.

form = Form(posted)
kind = form.one_of("kind", KINDS, missing="Say what happened")
if form.errors: render the page again, with `form`: it fills the fields and shows the errors.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from protocol.house.core.errors import HouseError

MAX_TEXT: Final = 20_000
"""Characters of an account: some seven pages. A longer one is put down in parts."""

MAX_LINE: Final = 200
"""Characters of one line."""


_TIME: Final = re.compile("([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def sentence(message: str) -> str:
    """What a rule said, as a sentence begins."""
    return f"{message[:1].upper()}{message[1:]}"


class Form:
    """One posted form.

    Attributes:
        errors: by field; the key `""` holds what concerns no single field.
    """

    def __init__(self, posted: Iterable[tuple[str, str]] = ()) -> None:
        """Fields and values as posted; a field may come several times."""
        self._values: dict[str, list[str]] = {}
        for name, value in posted:
            self._values.setdefault(name, []).append(value)
        self.errors: dict[str, str] = {}

    @classmethod
    def filled(cls, values: Mapping[str, str | Sequence[str] | None]) -> "Form":
        """A form that shows what is known already."""
        form = cls()
        for name, value in values.items():
            if value is not None:
                form._values[name] = [value] if isinstance(value, str) else list(value)
        return form

    def value(self, name: str) -> str:
        """The field as it was posted; empty where it was not."""
        return self._values.get(name, [""])[-1]

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(self._values.get(name, ()))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Everything, as posted: to be posted again."""
        return tuple((name, value) for name, values in self._values.items() for value in values)

    def has(self, name: str) -> bool:
        """Whether the field was posted at all: which button was pressed."""
        return name in self._values

    def refuse(self, name: str, message: str) -> None:
        """Says what is wrong with a field; the first thing said of it stands."""
        self.errors.setdefault(name, message)

    def refuse_with(self, error: HouseError, name: str = "") -> None:
        """Says what a rule said of it."""
        self.refuse(name, sentence(error.message))

    def say_of_page(self, names: Iterable[str]) -> None:
        """What is said of fields that the page does not show is said of the page."""
        for name in names:
            self.refuse("", self.errors.pop(name))

    def line(self, name: str, *, missing: str | None = None, longest: int = MAX_LINE) -> str:
        """One line of text, without spaces around it.

        Args:
            missing: what is said where it is empty; None: it may be.
            longest: characters.
        """
        found = " ".join(self.value(name).split())
        return self._checked(name, found, missing, longest)

    def text(self, name: str, *, missing: str | None = None, longest: int = MAX_TEXT) -> str:
        """Text of several lines; line ends become plain ones."""
        found = self.value(name).replace("\r\n", "\n").replace("\r", "\n").strip()
        return self._checked(name, found, missing, longest)

    def _checked(self, name: str, found: str, missing: str | None, longest: int) -> str:
        if not found and missing is not None:
            self.refuse(name, missing)
        if len(found) > longest:
            self.refuse(name, f"This is too long: {longest:,} characters at most")
        if any(not (char.isprintable() or char in "\n\t") for char in found):
            self.refuse(name, "This holds a character that cannot be shown: type it again")
        return found

    def lines(self, name: str, *, longest: int = MAX_LINE, most: int = 50) -> tuple[str, ...]:
        """One entry a line; empty lines count for nothing."""
        found = tuple(line for part in self.value(name).splitlines() if (line := " ".join(part.split())))
        if len(found) > most:
            self.refuse(name, f"At most {most} lines")
        if any(len(line) > longest for line in found):
            self.refuse(name, f"A line has at most {longest} characters")
        return found

    def one_of(self, name: str, known: Collection[str], *, missing: str | None = None) -> str | None:
        """One of the answers that the page offers; None where there is none and there need not be."""
        found = self.value(name)
        if found in known and found:
            return found
        if found:
            self.refuse(name, "Choose one of the answers on this page")
        elif missing is not None:
            self.refuse(name, missing)
        return None

    def several_of(self, name: str, known: Collection[str], *, missing: str | None = None) -> tuple[str, ...]:
        """Any of the answers that the page offers, in the order posted, each once."""
        found = tuple(dict.fromkeys(value for value in self.values(name) if value))
        if any(value not in known for value in found):
            self.refuse(name, "Choose from the answers on this page")
        elif not found and missing is not None:
            self.refuse(name, missing)
        return tuple(value for value in found if value in known)

    def number(self, name: str, *, least: int, most: int, missing: str | None = None) -> int | None:
        """A whole number."""
        found = self.value(name).strip()
        if not found:
            if missing is not None:
                self.refuse(name, missing)
            return None
        if found.isascii() and found.isdigit() and len(found) <= len(str(most)) and least <= int(found) <= most:
            return int(found)
        self.refuse(name, f"A whole number from {least} to {most}")
        return None

    def time(self, name: str, *, missing: str | None = None) -> dt.time | None:
        """An hour and a minute, as `02:10`."""
        found = self.value(name).strip()
        if not found:
            if missing is not None:
                self.refuse(name, missing)
            return None
        matched = _TIME.fullmatch(found)
        if matched is None:
            self.refuse(name, "A time of day, such as 02:10 or 23:45")
            return None
        return dt.time(int(matched[1]), int(matched[2]))

    def day(self, name: str, *, latest: dt.date | None = None, missing: str | None = None) -> dt.date | None:
        """A date from the three fields `name-day`, `name-month`, `name-year`."""
        parts = [self.value(f"{name}-{part}").strip() for part in ("day", "month", "year")]
        if not any(parts):
            if missing is not None:
                self.refuse(name, missing)
            return None
        try:
            found = dt.date(*(int(part) for part in reversed(parts)))
        except (ValueError, OverflowError):
            self.refuse(name, "A real date, such as 27 3 2026")
            return None
        if latest is not None and found > latest:
            self.refuse(name, "A date in the future cannot be right")
        return found
