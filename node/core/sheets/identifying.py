"""The identifiers of the person described in one row, and those that must not be taken for theirs."""

import re
from typing import Final, Protocol

import msgspec

from node.core.sheets.cells import Cell
from node.core.sheets.numbers import Found, find_handles, find_numbers, platform_of
from node.core.sheets.places import is_town
from node.core.sheets.vehicles import Vehicle
from node.core.sheets.words import fold, says_nothing, without_markup, word_set

_NOT_ALIASES: Final = word_set(
    "name given boss lady worker email phone text ring only mistress miss contact snapchat whatsapp"
)


class Identified(msgspec.Struct, frozen=True):
    """An identifier of the person described. `kind` as in gold: phone, email, handle, vrm."""

    kind: str
    canonical: str
    raw: str
    platform: str | None = None
    partial: bool = False
    cloned: bool = False


class IdentifiedRow(msgspec.Struct, frozen=True):
    """`found` may be compared; `withheld` are the reporter's own, or would tell who reported."""

    found: tuple[Identified, ...]
    withheld: tuple[str, ...]
    flags: tuple[str, ...]


class CellsByMeaning(Protocol):
    """The cells of a row by what their columns mean."""

    def cells(self, *meanings: str) -> list[Cell]:
        """All cells of columns that mean one of these."""
        ...

    def text(self, *meanings: str) -> str:
        """Their texts, joined."""
        ...


def identify(line: CellsByMeaning, account: str, vehicles: tuple[Vehicle, ...]) -> IdentifiedRow:
    """Identifiers from the columns for them, from descriptions, and from an account where it says that they are his.

    A number that stands among the reporter's contacts, or that the text says is hers, is withheld; so is a handle that
    holds the reporter's alias, and every other handle and address beside it.
    """
    hers = {
        found.canonical
        for cell in line.cells("reporter", "reporter_contact", "notes", "outcome")
        for found in find_numbers(cell.text)
        if not (found.his and not found.hers)
    }
    platform = line.text("platform")
    found: list[Identified] = []
    withheld: list[str] = []
    flags: list[str] = []
    asked = line.cells("identifiers", "phone", "e_mail", "handle", "platform")
    for cell, alone in (*((cell, True) for cell in asked), *((cell, False) for cell in line.cells("names"))):
        for one in _in_cell(cell, platform, alone=alone):
            if one.hers or one.canonical in hers:
                withheld.append(one.raw)
                flags.append("victim_phone_in_perpetrator_column")
            else:
                found.append(_identified(one))
    texts = [cell.text for cell in line.cells("description", "vehicle", "marks", "contact_means")]
    for text in (account, *texts):
        for one in find_numbers(without_markup(text)):
            if one.hers or one.canonical in hers or (text == account and not one.his):
                withheld.append(one.raw)
            else:
                found.append(_identified(one))
    found, revealing = _revealing(found, line.text("reporter"))
    if revealing:
        flags.append("identifier_reveals_reporter")
    for vehicle in vehicles:
        for plate in vehicle.plates:
            if plate.whole:
                found.append(Identified("vrm", plate.pattern, plate.raw, cloned=plate.cloned))
    unique = {(one.kind, one.canonical): one for one in reversed(found)}
    kept = tuple(one for i, one in enumerate(found) if unique[(one.kind, one.canonical)] is one)
    return IdentifiedRow(kept, (*withheld, *revealing), tuple(dict.fromkeys(flags)))


def _in_cell(cell: Cell, platform: str, *, alone: bool) -> list[Found]:
    text = without_markup(cell.text)
    if says_nothing(text) or cell.day is not None:
        return []
    if cell.number is not None and cell.form and not cell.number.is_integer():
        return []
    numbers = list(find_numbers(text))
    hidden = text
    for one in numbers:
        hidden = hidden[: one.start] + " " * len(one.raw) + hidden[one.start + len(one.raw) :]
    if text == platform and platform_of(text):
        return numbers
    return [*numbers, *find_handles(hidden.strip(), platform, alone=alone)]


def _identified(found: Found) -> Identified:
    return Identified(found.kind, found.canonical, found.raw, found.platform, found.partial)


def _revealing(found: list[Identified], reporter: str) -> tuple[list[Identified], list[str]]:
    """A handle or address that holds the reporter's alias tells who reported; what stands beside it may as well."""
    named = re.sub(r"\S+@\S+", " ", reporter)
    words = re.findall(r"\b[A-ZÀ-Þ][^\W\d_]{3,}", named)
    aliases = [fold(word) for word in words if not is_town(word) and fold(word) not in _NOT_ALIASES]
    telling = [
        one for one in found if one.kind in ("handle", "email") and any(alias in one.canonical for alias in aliases)
    ]
    if not telling:
        return found, []
    gone = [one for one in found if one.kind in ("handle", "email")]
    return [one for one in found if one not in gone], [one.raw for one in gone]
