"""What of a count may be shown: the one rule by which small numbers stay small (promise 13). Pure.

Does not count, and does not know what is counted. A count alone: `mask_alone`. Counts that add up to a total: a table,
`mask_table`. Whoever publishes keeps four rules, which `hub.core.releases` is built from:

    1  A window is published once. What changes afterwards changes later windows only.
    2  The total of a table is published nowhere as too few to show: neither itself, nor a part that it is the sum of
       (a quarter of its year).
    3  Tables that hang below the same total share no finer split with each other.
    4  A part that is not shown is the total of nothing that is published.

What is proved, for a reader who knows this algorithm, every release ever published, and more than any release says:
the *exact* total of every table and the *exact* value of every cell that is shown. Such a reader still finds

    a  for every cell of 1 to 7, at least two values that would have been published in just the same form;
    b  that the cells not shown of one table add up to nothing, or to 8 or more.

Why that holds over space, time and successive releases together: by rules 2 to 4 another table says something of this
one only through its total or through a cell that is shown, and both are taken to be known. So each table is proved by
itself. Within a table of n cells with total T, let F be its k cells of 1 to 7, of sum f, and M what is not shown:

    T ≤ 7n      Nothing is shown. Every way to write T as n parts looks the same.
    otherwise   By the pigeonhole principle a cell of 8 or more exists. M is F, or, if F would stand out (f < 8,
                f ≤ k + 1 or f = 7k; a single cell always does), F and the next shown cell behind F's first: chosen by
                place, never by value.
    M is F      max(8, k + 2) ≤ f ≤ 7k - 1, and every other set of k such cells of that sum looks the same.
    M has one   Let m = k + 1 be its size and s its sum, so s ≥ k + 8. Up to 7m - 1, all sets of m cells of 1 to 7 and
    more        of sum s look the same as this one. From 7m on: if k = 1, the small cell may have any value from 1 to 6
                with the rest in the other; if k > 1, the small cells may all be 1, or any of them 2 and the rest 1.

What is not proved: a reader who holds reports themselves can subtract their own; a reader who knows more than a total
of a masked cell (the number of one town's alerts, say, from having received each) has no need of a release; and what
counts reporters rather than incidents cannot be known here: one person may have reported eight times.

Shown numbers are rounded to the nearest 5, totals too, so that what is taken to be known above is not known either.
Shares are computed from what is shown and give nothing more away. Source: FINDINGS (figures), DESIGN §2 promise 13.
"""

from collections.abc import Sequence
from typing import Final

MOST_MASKED: Final = 7
"""The largest count that is not shown; 8 is the threshold of reporters (DESIGN §2, PEOPLE §5: k for figures)."""

ROUNDED_TO: Final = 5
"""Shown counts are a multiple of this: a difference of one or two reports over time is not seen."""

LEAST_WHOLE: Final = 30
"""The least whole of which a percentage is shown: of fewer it says more than it knows (PEOPLE 3.2)."""

_MOST_ADDED: Final = ROUNDED_TO // 2
"""By how much a shown count may be greater than the true one."""

Shown = int | None
"""A count as it may be shown: 0, or a multiple of 5 from 10 on; None: too few to show."""


def mask_alone(count: int) -> Shown:
    """A count that adds up with no other count ever published, or that tables hang below.

    Raises:
        RuntimeError: the count is negative.
    """
    if count < 0:
        raise RuntimeError("a count is negative")
    if 0 < count <= MOST_MASKED:
        return None
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def mask_table(counts: Sequence[int]) -> tuple[Shown, ...]:
    """The cells of a table, in its fixed order, as they may be shown beside a total that is shown.

    Args:
        counts: true counts of parts that exclude each other; the total is their sum.

    Raises:
        RuntimeError: a count is negative, or there is none.
    """
    if not counts:
        raise RuntimeError("a table has no cells")
    shown = [mask_alone(count) for count in counts]
    total = sum(counts)
    if 0 < total <= MOST_MASKED * len(counts):
        return (None,) * len(counts)
    small = [place for place, one in enumerate(shown) if one is None]
    if small and _stand_out([counts[place] for place in small]):
        shown[_next_shown(shown, small[0])] = None
    return tuple(shown)


def _stand_out(small: Sequence[int]) -> bool:
    """Whether cells of 1 to 7 could be told apart, or their sum be a small number, once their sum is known."""
    together = sum(small)
    return together <= max(MOST_MASKED, len(small) + 1) or together == MOST_MASKED * len(small)


def _next_shown(shown: Sequence[Shown], after: int) -> int:
    """The place of the next cell that is shown and not 0, from `after` on and round from the end to the beginning."""
    places = [(after + step) % len(shown) for step in range(1, len(shown))]
    return next(place for place in places if shown[place])


def mask_lines(lines: Sequence[tuple[int, int]]) -> tuple[tuple[Shown, Shown], ...]:
    """How many said yes and how many did not, in several places: all of it, or nothing where any is too few.

    For a split of two that is also published of all places together, over time: whoever knows each place's number and
    how many said yes in all finds what one of two lines hides. So no line is hidden by itself. Where nothing is shown,
    one yes may always be moved from one place to another, and too few is still too few; unless nobody said yes, or
    everybody, in which case every place is known to whoever knows that.

    Raises:
        RuntimeError: a count is negative.
    """
    shown = tuple((mask_alone(yes), mask_alone(rest)) for yes, rest in lines)
    together = (mask_alone(sum(yes for yes, _ in lines)), mask_alone(sum(rest for _, rest in lines)))
    if any(None in line for line in (*shown, together)):
        return ((None, None),) * len(lines)
    return shown


def share(part: Shown, others: Sequence[Shown]) -> int | None:
    """What percentage `part` is of itself and `others` together, from what is shown; None: not to be shown.

    All are 0 or at least 8, and the whole is certainly at least 30: else there is none.
    """
    if part is None or None in others:
        return None
    parts = [part, *(other or 0 for other in others)]
    whole = sum(parts)
    if whole - _MOST_ADDED * sum(one > 0 for one in parts) < LEAST_WHOLE:
        return None
    return round(100 * part / whole)
