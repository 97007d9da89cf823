"""Search the open bodies: by description, plate, place, period and method. Source: DESIGN §6, promise 3.

At most `MAX_RESULTS`, the newest, and never how many there are. Police search what police may read, and nothing of what
they are shown, nor how far was looked, depends on anything else.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlmodel import Session

from hub.actions.index_bodies import secrets_in_use
from hub.core.descriptors import Described
from hub.core.sealed_bodies import open_alert
from hub.core.search import MAX_LOOKED_THROUGH, MAX_RESULTS, Asked, fits, groups_of, leading_group
from hub.core.search_keys import keys_of
from hub.store import descriptors, finding
from hub.store.engine import Store
from protocol.at_rest import Epochs

OPENED_AT_ONCE: Final = 40
"""Candidates that are opened together: most of them fit."""


class Found(msgspec.Struct, frozen=True):
    """What a search gave, the newest first. `whole`: all that could be it was looked through."""

    alerts: tuple[Described, ...]
    whole: bool


def search_bodies(store: Store, epochs: Epochs, asked: Asked, *, for_police: bool) -> Found:
    """The newest warnings that are what is asked.

    Args:
        asked: not empty.
        for_police: whether the reader is marked as police.
    """
    groups = groups_of(asked)
    lead = leading_group(groups)
    others = [group for group in groups if group is not lead]
    places: list[int] = []
    looked_through = 0
    with store.read() as session:
        secrets = secrets_in_use(session, epochs)
        first, *rest = ([key for word in group for key in keys_of(secrets, word)] for group in (lead, *others))
        if not first:
            return Found((), whole=True)
        for page in finding.find(session, first, rest, MAX_LOOKED_THROUGH, for_police=for_police):
            looked_through += finding.STEP
            places += _fitting(session, epochs, asked, page, MAX_RESULTS - len(places), for_police=for_police)
            if len(places) >= MAX_RESULTS:
                break
        alerts = descriptors.described_at(session, places)
    whole = len(places) < MAX_RESULTS and looked_through < MAX_LOOKED_THROUGH
    return Found(tuple(reversed(alerts)), whole)


def _fitting(
    session: Session, epochs: Epochs, asked: Asked, page: Sequence[int], most: int, *, for_police: bool
) -> list[int]:
    """Those of a page that are what is asked, at most `most`; no more are opened than it takes."""
    fitting: list[int] = []
    for start in range(0, len(page), OPENED_AT_ONCE):
        places = page[start : start + OPENED_AT_ONCE]
        here = finding.bodies_at(session, places, for_police=for_police)
        fitting += [at for at in places if at in here and fits(asked, open_alert(epochs, here[at]))]
        if len(fitting) >= most:
            break
    return fitting[:most]
