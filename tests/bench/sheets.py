"""How well the sheets of a folder are read: `python -m tests.bench.sheets DIR [--show FIELD]`.

DIR holds sheets and a `gold.jsonl` beside them. Each sheet is read with the mapping suggested for it, as it stands.
Figures, never a gate; a permission that is true where gold says false or null is printed first.
"""

import datetime
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from node.core.sheets.mapping import read_mapping, write_mapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.report_json import row_json
from node.core.sheets.rows import read_rows
from node.core.sheets.suggesting import suggest

TODAY = datetime.date(2026, 11, 23)
SWITCHES = ("record", "local_alert", "national_alert", "police_anonymous", "police_full")
SINGLE = ("age_min", "age_max", "height_cm_min", "height_cm_max", "ic_code", "build", "eyes", "sex")
WORDS = ("hair", "accent", "marks", "clothing", "names_used")


class Count:
    """Right, wrong (a value that gold does not have) and missed."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0

    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


Counts = dict[str, Count]


def read_folder(folder: Path) -> dict[tuple[str, str, int], dict[str, Any]]:
    """What is read of every sheet, by file, worksheet and row."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".csv", ".xlsx", ".tsv", ".txt"):
            continue
        data = path.read_bytes()
        mapping = read_mapping(write_mapping(suggest(read_sheet(data, path.name), path.name)))
        for row in read_rows(data, path.name, mapping, TODAY).rows:
            found[(path.name, row.worksheet, row.number)] = row_json(row)
    return found


def expected_status(gold: dict[str, Any]) -> str:
    """What the status should be, from gold alone."""
    kind = gold["row_kind"]
    if kind == "empty":
        return "empty"
    if kind == "duplicate":
        return "duplicate"
    if kind not in ("report", "relayed"):
        return "not-a-report"
    dated = gold["incident_date_min"] or gold["incident_date_max"]
    known = all(gold["consent"][switch] is not None for switch in SWITCHES)
    sure_age = not {"under_18", "under_18_possible"} & set(gold.get("flags", ()))
    return "report" if dated and known and sure_age and gold["incident_types"] else "needs-a-person"


def covered(piece: str, pieces: list[str]) -> bool:
    """Whether a private string is one of those found, or stands in one as whole words."""
    pattern = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)")
    return any(pattern.search(other) for other in pieces)


def words_of(value: object) -> set[str]:
    """The content words of free descriptions, so that order and small words do not count."""
    text = " ".join(value) if isinstance(value, list) else str(value or "")
    return set(re.findall(r"[^\W_]{3,}", text.casefold())) - {"and", "the", "with", "one", "group", "uncertain"}


def score(folder: Path, show: str) -> None:
    """Prints the figures of a folder."""
    read = read_folder(folder)
    counts: Counts = defaultdict(Count)
    false_trues: list[str] = []
    kinds = statuses = rows = consent_same = consent_all = missing = 0
    exact = covers = pieces = 0
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        key = (gold["sheet"], gold.get("worksheet", ""), gold["row"])
        mine = read.get(key)
        rows += 1
        if mine is None:
            missing += 1
            print("no such row:", key)
            continue
        kinds += mine["row_kind"] == gold["row_kind"]
        statuses += mine["status"] == expected_status(gold)
        _show(show == "row_kind" and mine["row_kind"] != gold["row_kind"], key, mine["row_kind"], gold["row_kind"])
        _show(
            show == "status" and mine["status"] != expected_status(gold),
            key,
            (mine["status"], mine["reason"]),
            expected_status(gold),
        )
        if gold["row_kind"] not in ("report", "duplicate", "relayed"):
            continue
        for switch in SWITCHES:
            want, got = gold["consent"][switch], mine["consent"][switch]
            consent_all += 1
            consent_same += want == got
            if got is True and want is not True:
                false_trues.append(f"{key} {switch}")
            _show(show == "consent" and want != got, key, (switch, got), want)
        _compare(counts, key, mine, gold, show)
        for piece in gold["private_strings"]:
            pieces += 1
            exact += piece in mine["private_strings"]
            hit = covered(piece, mine["private_strings"])
            covers += hit
            _show(show == "private" and not hit, key, "", piece)
    print(f"\n{folder}: {rows} rows, {missing} not read")
    print(f"permission true where gold is not: {len(false_trues)} {false_trues}")
    print(f"permission the same: {consent_same}/{consent_all}")
    print(f"row kinds {kinds}/{rows}, status {statuses}/{rows}")
    print(f"private strings covered {covers}/{pieces}, of these exact {exact}")
    for name, count in counts.items():
        print(
            f"{name:16} precision {count.precision():.3f} recall {count.recall():.3f}  ({count.right} right, "
            f"{count.wrong} wrong, {count.missed} missed)"
        )


def _show(wanted: bool, key: object, got: object, want: object) -> None:
    if wanted:
        print("  ", key, "read", got, "gold", want)


def _compare(counts: Counts, key: object, mine: dict[str, Any], gold: dict[str, Any], show: str) -> None:
    _one(
        counts["dates"],
        (mine["incident_date_min"], mine["incident_date_max"]),
        (gold["incident_date_min"], gold["incident_date_max"]),
        (None, None),
    )
    _show(
        show == "dates"
        and (mine["incident_date_min"], mine["incident_date_max"])
        != (gold["incident_date_min"], gold["incident_date_max"]),
        key,
        (mine["incident_date_min"], mine["incident_date_max"]),
        (gold["incident_date_min"], gold["incident_date_max"]),
    )
    for field in ("area", "ref"):
        _one(counts[field], mine[field], gold[field], None)
        _show(show == field and mine[field] != gold[field], key, mine[field], gold[field])
    for field in SINGLE:
        got, want = mine["perpetrator"][field], gold["perpetrator"][field]
        if field == "eyes" and got and want:
            got, want = got.split()[-1], want.split()[-1]
        _one(counts[field], got, want, None)
        _show(show == field and got != want, key, got, want)
    for field in WORDS:
        got_words, want_words = words_of(mine["perpetrator"][field]), words_of(gold["perpetrator"][field])
        _sets(counts[field + " (words)"], got_words, want_words)
        _show(show == field and got_words != want_words, key, mine["perpetrator"][field], gold["perpetrator"][field])
    _several(counts, "incident_types", set(mine["incident_types"]), set(gold["incident_types"]), key, show)
    _several(
        counts,
        "identifiers",
        {(i["kind"], i["canonical"]) for i in mine["identifiers"]},
        {(i["kind"], i["canonical"]) for i in gold["identifiers"]},
        key,
        show,
    )
    for field in ("colour", "make", "model", "plate_pattern"):
        got_set = {v[field] for v in mine["vehicles"] if v[field]}
        _several(counts, field, got_set, {v[field] for v in gold["vehicles"] if v[field]}, key, show)
    _several(counts, "flags", set(mine["flags"]), set(gold["flags"]), key, show)


def _several(counts: Counts, name: str, got: set[Any], want: set[Any], key: object, show: str) -> None:
    _sets(counts[name], got, want)
    _show(show == name and got != want, key, got - want, want - got)


def _one(count: Count, got: object, want: object, nothing: object) -> None:
    if got == want:
        count.right += got != nothing
    else:
        count.wrong += got != nothing
        count.missed += want != nothing


def _sets(count: Count, got: set[Any], want: set[Any]) -> None:
    count.right += len(got & want)
    count.wrong += len(got - want)
    count.missed += len(want - got)


if __name__ == "__main__":
    score(Path(sys.argv[1]), sys.argv[3] if len(sys.argv) > 3 else "")
