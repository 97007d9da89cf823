"""The words of one language: a value that comes in, so that what people read is built without reading a file.

English is the source of every other language, and stands here whole. A message is its English text in a context (the
list of codes that it is of; `""` for sentences); what a language does not have is said in English.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """How one language says what the sentences and codes of a warning mean.

    Attributes:
        language: its code as BCP 47 has it: `en`, `cy`.
        name: what the language calls itself.
        reviewed: a speaker of it has read all of it.
        messages: (context, English) → its forms: one, or one for each plural.
        plural: which form a number takes.
        day: a date in words.
        month: a month and its year in words; any day of it is given.
        listed: several things as one phrase.
    """

    language: str
    name: str
    reviewed: bool
    messages: Mapping[tuple[str, str], tuple[str, ...]]
    plural: Callable[[int], int]
    day: Callable[[date], str]
    month: Callable[[date], str]
    listed: Callable[[Sequence[str]], str]

    def word(self, context: str, english: str) -> str:
        """A message of a context; in English where this language does not have it."""
        return self.messages.get((context, english), (english,))[0]

    def say(self, sentence: str, **values: object) -> str:
        """A whole sentence with its named places filled."""
        return self.word("", sentence).format(**values)

    def count(self, one: str, many: str, number: int) -> str:
        """A sentence about `{number}` things, in the form that the number takes."""
        forms = self.messages.get(("", one))
        chosen = (one if number == 1 else many) if forms is None else forms[self.plural(number)]
        return chosen.format(number=number)


def _listed(things: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1]))) if things else ""


ENGLISH: Final = Catalogue(
    language="en",
    name="English",
    reviewed=True,
    messages={},
    plural=lambda number: int(number != 1),
    day=lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    month=lambda day: f"{_MONTHS[day.month - 1]} {day.year}",
    listed=_listed,
)
"""The language in which everything is written first."""
