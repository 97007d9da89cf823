"""What the log means: `apply(state, index, entry)`, pure and total. Source: spec/replay.md.

Does *not* say whether a checkpoint is confirmed, an alert has lapsed, `seen` is true, or what a body holds: those are
judged over its output, by each reader.
"""

from protocol.replay.apply import Outcome, Verdict, apply, replay
from protocol.replay.entry import Entry, KnownEntry, known_entry, recalled_entry, verify_ahead
from protocol.replay.gone import could_hold
from protocol.replay.membership import Endorsed, endorsed
from protocol.replay.reading import (
    confirmed_by,
    current_alerts,
    heads_named,
    holders,
    is_told,
    lease_end,
    may_read,
    members_owing,
    told_from,
)
from protocol.replay.state import Chain, KeyRecord, Link, Member, Series, State
from protocol.replay.succession import after_successors, as_carried, members_carried, predecessor_of

__all__ = [
    "Chain",
    "Endorsed",
    "Entry",
    "KeyRecord",
    "KnownEntry",
    "Link",
    "Member",
    "Outcome",
    "Series",
    "State",
    "Verdict",
    "after_successors",
    "apply",
    "as_carried",
    "confirmed_by",
    "could_hold",
    "current_alerts",
    "endorsed",
    "heads_named",
    "holders",
    "is_told",
    "known_entry",
    "lease_end",
    "may_read",
    "members_carried",
    "members_owing",
    "predecessor_of",
    "recalled_entry",
    "replay",
    "told_from",
    "verify_ahead",
]
