"""What the log means: `apply(state, index, entry)`, pure and total. Source: spec/replay.md.

Does *not* say whether a checkpoint is confirmed, an alert has lapsed, `seen` is true, or what a body holds: those are
judged over its output, by each reader.
"""

from protocol.replay.apply import Outcome, Verdict, apply, replay
from protocol.replay.entry import Entry, verify_ahead
from protocol.replay.reading import confirmed_by, current_alerts, holders, may_read, members_owing
from protocol.replay.state import Chain, KeyRecord, Link, Member, State

__all__ = [
    "Chain",
    "Entry",
    "KeyRecord",
    "Link",
    "Member",
    "Outcome",
    "State",
    "Verdict",
    "apply",
    "confirmed_by",
    "current_alerts",
    "holders",
    "may_read",
    "members_owing",
    "replay",
    "verify_ahead",
]
