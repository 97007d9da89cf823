"""What of a warning is counted, and as what: one value in each of a few splits, never two splits crossed.

Crossed counts of one are records; each split by itself is all that any release shows. What is told of twice is counted
once. Source: DESIGN §6 (incidents, not messages), promise 13.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from hub.core.descriptors import Described

COUNTED_SOURCE: Final = "report"
"""Warnings from other sources (staff, police, public, another scheme) are no reports: not counted (PEOPLE 1.10)."""

NOT_KNOWN: Final = "not_known"
NOT_LISTED: Final = "elsewhere"
"""The area of a warning that the charter does not list."""

MAIN_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sexual_violence": ("rape", "sexual_assault", "condom_removal"),
    "physical_violence": (
        "murder",
        "attempted_killing",
        "strangulation",
        "abduction_false_imprisonment",
        "spiking",
        "physical_assault",
    ),
    "robbery": ("robbery",),
    "threats": ("threats_weapon", "blackmail_outing"),
    "coercion": ("coercive_other",),
    "harassment": ("harassment_stalking", "covert_filming", "hate_incident", "kerb_abuse", "impersonating_police"),
    "payment": ("payment_refused_or_reversed",),
    "other": ("other",),
}
"""Main kind → incident types. A warning is counted under the first that it has any of."""

MAIN_CONTACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "street": ("street",),
    "online": ("advert", "app_or_site", "social_media", "e_mail"),
    "phone": ("phone", "text"),
    "premises": ("premises", "in_person"),
    "other": ("other",),
}
"""How the person came into contact → means of contact."""

MAIN_METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    "force": ("strangled", "drugged", "hit", "used_more_force_when_refused", "threw_objects"),
    "trapping": ("drove_elsewhere", "locked_in", "more_people_came", "took_phone"),
    "refusing_condom": ("refused_condom",),
    "pressure": ("threatened_to_tell", "filmed", "followed", "controls_earnings"),
    "money": ("took_money_back", "fake_payment", "reversed_payment"),
    "deceit": ("claimed_police", "fake_identity", "befriended_first", "changed_agreement"),
    "other": ("other",),
}
"""Main way of working → methods. A warning is counted under the first that it has any of."""

Split = tuple[str, str]
"""A split and the value in it: `("force", "west-yorkshire")`."""

SPLITS: Final = ("origin", "force", "kind", "contact", "method", "police", "reporters")


def splits_of(described: Described) -> tuple[Split, ...]:
    """Where a warning is counted: its value in each of `SPLITS`, in that order."""
    return (
        ("origin", str(described.origin)),
        ("force", described.force),
        ("kind", _first_of(MAIN_KINDS, described.incidents)),
        ("contact", _first_of(MAIN_CONTACTS, (described.contact,))),
        ("method", _first_of(MAIN_METHODS, described.methods)),
        ("police", "yes" if described.police else "no"),
        ("reporters", described.reporters),
    )


def values_of(split: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The values of a split that is made of codes, in the order in which they are shown."""
    return (*split, NOT_KNOWN)


def _first_of(split: Mapping[str, tuple[str, ...]], codes: Sequence[str]) -> str:
    return next((name for name, members in split.items() if not set(members).isdisjoint(codes)), NOT_KNOWN)
