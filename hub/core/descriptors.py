"""What the hub keeps of an open alert body beside its sealed bytes: coarse columns, and nothing else in the clear.

Only what is counted: a transaction that erases takes it out of the counts, and no missing key may stop that. What
describes a person or a vehicle stays in the sealed body; it is found by keys under a secret (`search_keys`).
Source: DESIGN §6; promises 3, 12, 13.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from protocol.body_fields import AlertBody
from protocol.replay import Link
from protocol.statement_fields import CharterRegion

LAPSED: Final = "lapsed"
"""Why a body is erased of which the log does not say that it is gone: its lease ran out."""


class Described(msgspec.Struct, frozen=True):
    """One open alert body in coarse words.

    Attributes:
        idx: its statement's index in the log.
        identity: of its statement.
        chain: identity of the first alert of its chain.
        origin: member id.
        day: of its statement, ISO 8601.
        month: the last month of the period, `YYYY-MM`.
        force: the police-force area that leads.
        region: that area's group in the charter; the area itself if the charter does not list it.
        police: whether permission lets police read it.
        source: of `vocabulary.SOURCES`.
        reporters: `1` or `2+`.
        contact: how contact was made, or empty.
        incidents: of `vocabulary.INCIDENT_TYPES`, ascending.
        methods: of `vocabulary.METHODS`, ascending.
        same_event_as: identities of alerts that tell of the same event, ascending.
    """

    idx: int
    identity: str
    chain: str
    origin: int
    day: str
    month: str
    force: str
    region: str
    police: bool
    source: str
    reporters: str
    contact: str
    incidents: tuple[str, ...]
    methods: tuple[str, ...]
    same_event_as: tuple[str, ...]


class Gone(msgspec.Struct, frozen=True):
    """A body that was described, and why it is erased.

    Attributes:
        why: as replay says (superseded, paused, cancelled, compromised), or `LAPSED`.
    """

    described: Described
    why: str


def groups_of(regions: Sequence[CharterRegion]) -> dict[str, str]:
    """Force area → its group, as the charter lists them."""
    return {region.code: region.group for region in regions}


def describe(identity: str, link: Link, body: AlertBody, groups: Mapping[str, str]) -> Described:
    """The coarse columns of an open body.

    Args:
        identity: of its statement.
        link: its place in the log; it has a body.
        groups: `groups_of` the charter.
    """
    assert link.body is not None
    return Described(
        idx=link.index,
        identity=identity,
        chain=link.chain,
        origin=link.origin,
        day=link.day,
        month=body.period.to,
        force=body.region,
        region=groups.get(body.region, body.region),
        police=body.police == "yes",
        source=body.source,
        reporters=body.reporters,
        contact=body.contact or "",
        incidents=body.incidents,
        methods=body.methods,
        same_event_as=body.same_event_as,
    )
