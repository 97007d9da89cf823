"""Search the open bodies: by description, plate, place, period and method. Source: DESIGN §6, promise 3.

At most `MAX_RESULTS`, the newest, and never how many there are. Police search what police may read, and nothing of what
they are shown, nor how far was looked, depends on anything else.
"""

import msgspec

from hub.actions.index_bodies import secrets_in_use
from hub.core.descriptors import Described
from hub.core.sealed_bodies import open_alert
from hub.core.search import MAX_LOOKED_THROUGH, MAX_RESULTS, Asked, fits, groups_of, leading_group
from hub.core.search_keys import keys_of
from hub.store import descriptors, finding
from hub.store.engine import Store
from protocol.at_rest import Epochs


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
    digests: list[str] = []
    looked_through = 0
    with store.read() as session:
        secrets = secrets_in_use(session, epochs)
        first, *rest = ([key for word in group for key in keys_of(secrets, word)] for group in (lead, *groups))
        if not first:
            return Found((), whole=True)
        for page in finding.find(session, first, rest, MAX_LOOKED_THROUGH, for_police=for_police):
            looked_through += finding.STEP
            here = finding.bodies_at(session, page, for_police=for_police)
            digests += [here[i].digest for i in page if i in here and fits(asked, open_alert(epochs, here[i]))]
            if len(digests) >= MAX_RESULTS:
                break
        alerts = descriptors.described(session, digests[:MAX_RESULTS])
    whole = len(digests) < MAX_RESULTS and looked_through < MAX_LOOKED_THROUGH
    return Found(tuple(reversed(alerts)), whole)
