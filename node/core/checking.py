"""Compares a number, plate, address or username that somebody asks about with what is held. Pure.

`same`: all of both is known and equal. `may_be`: what is known of either fits, and something is not known. A blank is
not a mismatch, and no hit is not safety (promise 9): there is no answer that says more than these two, or nothing.
"""

from typing import Final, Literal

from node.core.scheme_data import IdentifierData, SchemeData
from protocol.body_fields import AlertBody

Fit = Literal["same", "may_be"]

MIN_KNOWN: Final = 3
"""So many characters must be known of both sides: fewer fit nearly everything."""

_ALIKE: Final = str.maketrans("OISB", "0158")
"""Read for each other on plates at night. Source: DOMAIN §5."""


def fit_of_identifier(asked: IdentifierData, held: IdentifierData) -> Fit | None:
    """Whether a held identifier is, or may be, the one that is asked about."""
    if asked.kind != held.kind:
        return None
    if asked.kind == "plate":
        return fit_of_plates(asked.canonical, held.canonical)
    return _fit_of_endings(asked.canonical, held.canonical)


def fit_of_report(asked: IdentifierData, data: SchemeData) -> Fit | None:
    """The best fit among all that a report holds of the person described."""
    fits = [fit_of_identifier(asked, held) for held in data.identifiers]
    if asked.kind == "plate":
        fits += [fit_of_plates(asked.canonical, plate) for vehicle in data.vehicles for plate in vehicle.plates]
    return best(fits)


def fit_of_warning(asked: IdentifierData, body: AlertBody) -> Fit | None:
    """At most `may_be`: a warning never shows all of an identifier."""
    fits: list[Fit | None] = []
    if asked.kind == "phone":
        tails = [shown.tail for shown in body.identifiers if shown.kind == "phone" and shown.tail is not None]
        fits += [_fit_of_endings(asked.canonical, f"*{tail}") for tail in tails]
    if asked.kind == "plate":
        fits += [fit_of_plates(asked.canonical, vehicle.plate) for vehicle in body.vehicles if vehicle.plate]
    return "may_be" if best(fits) else None


def best(fits: list[Fit | None]) -> Fit | None:
    """`same` before `may_be` before nothing."""
    return "same" if "same" in fits else "may_be" if "may_be" in fits else None


def fit_of_plates(asked: str, held: str) -> Fit | None:
    """Of plates or patterns of them: `?` one unknown character, `*` any number."""
    one, other = asked.translate(_ALIKE), held.translate(_ALIKE)
    if asked.isalnum() and held.isalnum():
        return "same" if one == other else None
    known = min(sum(char.isalnum() for char in text) for text in (one, other))
    return "may_be" if known >= MIN_KNOWN and _could_be_one(one, other) else None


def _could_be_one(one: str, other: str) -> bool:
    """Whether some plate fits both patterns: which ends of `other` can be reached, character by character of `one`."""
    reached = _skipping_stars(other, {0})
    for char in one:
        if char == "*":
            reached = set(range(min(reached), len(other) + 1)) if reached else reached
            continue
        step = {at for at in reached if at < len(other) and other[at] == "*"}
        step |= {at + 1 for at in reached if at < len(other) and _meet(char, other[at])}
        reached = _skipping_stars(other, step)
    return len(other) in reached


def _meet(one: str, other: str) -> bool:
    return other != "*" and (one == other or "?" in (one, other))


def _skipping_stars(text: str, reached: set[int]) -> set[int]:
    found = set(reached)
    for at in sorted(reached):
        end = at
        while end < len(text) and text[end] == "*":
            end += 1
            found.add(end)
    return found


def _fit_of_endings(asked: str, held: str) -> Fit | None:
    """Of numbers and addresses: whole, or the end alone behind a `*`."""
    one, other = asked.removeprefix("*"), held.removeprefix("*")
    if asked == one and held == other:
        return "same" if one == other else None
    shorter, longer = sorted((one, other), key=len)
    if asked != one and held != other:  # two endings: each may go on to the left
        return "may_be" if len(shorter) >= MIN_KNOWN and longer.endswith(shorter) else None
    ending, whole = (one, other) if asked != one else (other, one)
    return "may_be" if len(ending) >= MIN_KNOWN and whole.endswith(ending) else None
