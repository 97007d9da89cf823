"""Alarms as files that a stranger can check: whole signed notes, the entries, the log's key. Nothing of any record."""

from pathlib import Path

import msgspec

from node.core.alarms import ALARM_WORDS
from node.core.evidence import Judged, judge_evidence
from node.log_view import LogView
from node.store.alarms import AlarmRaised, alarms
from node.store.engine import Store
from node.store.mirror import entries_from
from protocol.house.core.errors import Refused
from protocol.tiles import encode_bundle, new_bundles

_HOW_TO_CHECK = """\
Evidence from a Watchword node
==============================

vkey            the key that signs this log (C2SP signed-note verifier key)
entries/        every entry that this node holds, as C2SP bundles: their Merkle tree (RFC 6962) has the root that
                stands in 'ours.note' of each alarm
NNN-code/       one alarm each:
  about.json    what was found and when, and whether it is proof or testimony
  ours.note     what the hub signed and showed to this node
  other.note    what the hub signed and showed to somebody else
  entry.json    the signed message that it is about

To check, with any C2SP tool or with Watchword:

1. Verify both notes under 'vkey'. Both verify: the hub signed both.
2. Same size, different root: two histories. That alone is proof.
3. Different sizes: first see that the entries, as many as the larger note says, have the root in that note; where
   they do not, they prove nothing. Then compute the root over as many as the smaller note says, and compare it with
   the root in that one. Another root: two histories. 'latest.note' may take the place of 'ours.note'.

What is called *proof* needs nobody's word: the log's own key signed both sides of it. What is called *testimony* is
what this node says that it saw; others who saw the same can say so too.

There is nothing here about any person: messages in the log have no words in them.
"""


def export_evidence(store: Store, view: LogView, folder: Path) -> list[Judged]:
    """Writes all alarms into a new folder; what each of them is, the oldest first.

    Raises:
        Refused: `refused.folder`: it is there already and not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("folder", "that folder is not empty: name a new one")
    folder.mkdir(parents=True, exist_ok=True)
    with store.read() as session:
        raised = alarms(session)[::-1]
        entries = entries_from(session, 0)
    (folder / "README.txt").write_text(_HOW_TO_CHECK, "utf-8")
    (folder / "vkey").write_text(view.log_key.vkey + "\n", "ascii")
    if view.note is not None:
        (folder / "latest.note").write_bytes(view.note.note)
    for tile in new_bundles(0, len(entries)):
        path = folder / tile.path.replace("tile/entries", "entries", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        first = tile.index * 256
        path.write_bytes(encode_bundle(entries[first : first + tile.width]))
    latest = None if view.note is None else view.note.note
    judged = [judge_evidence((one.note, latest), one.other_note, view.log_key, view.own_tree.root_at) for one in raised]
    for number, (alarm, found) in enumerate(zip(raised, judged, strict=True), 1):
        _write_alarm(folder / f"{number:03d}-{alarm.code.replace('.', '-')}", alarm, found)
    return judged


def _write_alarm(folder: Path, alarm: AlarmRaised, judged: Judged) -> None:
    folder.mkdir()
    about = {
        "kind": judged.kind,
        "why": judged.why,
        "code": alarm.code,
        "means": ALARM_WORDS[alarm.code][0],
        "subject": alarm.subject,
        "index": alarm.index,
        "found_at": alarm.found_at.isoformat(timespec="seconds"),
    }
    (folder / "about.json").write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    for name, content in (("ours.note", alarm.note), ("other.note", alarm.other_note), ("entry.json", alarm.entry)):
        if content is not None:
            (folder / name).write_bytes(content)
