"""Look for what may be of one person: for each new body, and for the one that somebody looks at.

Only ever proposals. What police are shown is looked for among bodies that police may read and nothing else: a warning
that they may not read changes no candidate, no order and no count of theirs (promise 3).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from sqlmodel import Session

from hub.actions.index_bodies import secrets_in_use
from hub.core.descriptors import Described
from hub.core.linking import NEWEST_OF_A_WORD, Comparison, compare, rarest_first, skin_of
from hub.core.sealed_bodies import open_alert
from hub.core.search_keys import keys_of, linking_words
from hub.store import descriptors, finding, suggestions
from hub.store.engine import Store
from hub.store.suggestions import Suggestion
from protocol.at_rest import Epochs
from protocol.body_fields import AlertBody

PAGE = 20
"""Bodies compared in one run of reads: a fraction of a second."""

SUGGESTED = ("strong", "some")
"""What is put on the list by itself; what is weak is shown beside the alert that somebody looks at."""


class Alike(msgspec.Struct, frozen=True):
    """Another alert that may be about the same person, and why."""

    described: Described
    comparison: Comparison


def compare_new(store: Store, epochs: Epochs, today: dt.date, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Compares each body that was not compared yet with those that share something rare with it.

    A crash leaves whole pages: the next run goes on. Again: changes nothing.

    Args:
        goes_on: asked before each page: whether to take it now.

    Returns:
        How many suggestions were new.
    """
    made = 0
    while goes_on():
        with store.read() as session:
            page = suggestions.uncompared(session, PAGE)
            found = [one for index in page for one in _suggestions(session, epochs, index)]
        if not page:
            break
        with store.begin() as session:
            new = suggestions.add_suggestions(session, [suggestion for suggestion, _ in found])
            _count(session, new, dict(found), today)
            suggestions.mark_compared(session, page)
        made += len(new)
    return made


def alike(store: Store, epochs: Epochs, index: int, *, for_police: bool) -> list[Alike]:
    """What may be of the same person as the alert at this place in the log, the likeliest first.

    Empty where the reader may not see that alert, or it is not here any more.
    """
    with store.read() as session:
        found = _compared(session, epochs, index, for_police=for_police)
        coarse = {one.idx: one for one in descriptors.described_at(session, [other for other, _, _ in found])}
    return [Alike(coarse[other], comparison) for other, _, comparison in found if other in coarse]


def _suggestions(session: Session, epochs: Epochs, index: int) -> Iterable[tuple[Suggestion, str]]:
    """With the skin as seen of the two. Two bodies that police may read are found among such alone."""
    own = finding.bodies_at(session, [index], for_police=False)
    is_for_police = bool(finding.bodies_at(session, [index], for_police=True))
    if not own:
        return
    mine = open_alert(epochs, own[index])
    for police in (True, False) if is_for_police else (False,):
        for other, theirs, comparison in _compared(session, epochs, index, for_police=police):
            if comparison.strength not in SUGGESTED or (is_for_police and (theirs.police == "yes") != police):
                continue
            earlier, later = sorted((index, other))
            yield Suggestion(earlier, later, comparison.strength, police), skin_of([mine, theirs])


def _compared(
    session: Session, epochs: Epochs, index: int, *, for_police: bool
) -> list[tuple[int, AlertBody, Comparison]]:
    """Place, body and comparison of each that is like this one, the likeliest first."""
    own = finding.bodies_at(session, [index], for_police=for_police)
    if not own:
        return []
    mine, secrets = open_alert(epochs, own[index]), secrets_in_use(session, epochs)
    lists = (
        finding.newest_with(session, keys_of(secrets, word), NEWEST_OF_A_WORD, for_police=for_police)
        for word in sorted(linking_words(mine))
    )
    candidates = rarest_first([other for other in found if other != index] for found in lists)
    here = finding.bodies_at(session, candidates, for_police=for_police)
    compared = []
    for other in candidates:
        if other in here:
            theirs = open_alert(epochs, here[other])
            comparison = compare(mine, theirs)
            if comparison.strength is not None:
                compared.append((other, theirs, comparison))
    return sorted(compared, key=lambda one: (-one[2].bits, -one[0]))


def _count(session: Session, new: Sequence[Suggestion], skins: Mapping[Suggestion, str], today: dt.date) -> None:
    """For the yearly table. A body that replaces another was compared before: it is not counted again."""
    later = descriptors.described_at(session, {one.later for one in new})
    first = {one.idx for one in later if one.identity == one.chain}
    for one in new:
        if one.later in first:
            suggestions.count_skin(session, today.year, skins[one], "suggested")
