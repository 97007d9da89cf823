"""How much the leak check finds: `python -m tests.bench.redaction FILE.jsonl [--misses] [--flags]`.

Each line is a narrative with its `private` record and its `spans`: `perp` about the person described, `victim` about
the person who reported (`known`: exact, fuzzy or unknown to the record). A clean alert is composed from the line's
`perp` spans, as a node would: descriptions and vehicles are the text, names stand where names used stand, of a phone
the last three digits are shown, of a plate three characters, of an e-mail address or handle its kind. Then each
`victim` span is put into the text in turn, between two of its parts. It is caught if a flag covers a part of it. *Known
to the record* are those that stand in it exactly. Flags of the clean alert, hard and soft, are counted together; the
time is processor time, of the fastest of several rounds over all of them. Figures, never a gate.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from node.core.described import plate_shown
from node.core.leak.check import check_alert
from node.core.leak.found import Flag, Found
from node.core.leak.record_file import read_record
from node.core.private_parts import PrivateParts
from protocol.body_fields import AlertBody, IdentifierShown, Period, PersonDescribed, VehicleDescribed

TEXT_TYPES: Final = ("DESC", "VEHICLE")
ROUNDS: Final = 25

Line = dict[str, Any]


class Tally:
    """Of some kind of injected item: how many, how many were caught, how many by a hard stop."""

    def __init__(self) -> None:
        self.items = self.caught = self.stopped = 0

    def add(self, hard: bool, soft: bool) -> None:
        self.items += 1
        self.caught += hard or soft
        self.stopped += hard


def clean_parts(line: Line) -> list[str]:
    """The texts about the person described, in their order."""
    return [span["text"] for span in line["spans"] if span["cls"] == "perp" and span["type"] in TEXT_TYPES]


def composed(line: Line, parts: list[str]) -> AlertBody:
    """The alert of a line, with these parts as its text."""
    spans = [span for span in line["spans"] if span["cls"] == "perp"]
    names = tuple(span["text"] for span in spans if span["type"] in ("ALIAS", "NAME"))
    plates = [plate_shown(span["text"]) for span in spans if span["type"] == "PLATE"]
    kinds = {"PHONE": "phone", "EMAIL": "e_mail", "HANDLE": "handle"}
    return AlertBody(
        type="alert.v1",
        salt="5a" * 32,
        police="no",
        source="report",
        told_by="person_harmed",
        incidents=("other",),
        severity="unknown",
        urgency="unknown",
        certainty="observed",
        period=Period(from_="2026-11", to="2026-11"),
        region="west-yorkshire",
        reporters="1",
        persons=(PersonDescribed(names_used=names),),
        vehicles=tuple(VehicleDescribed(plate=plate) for plate in plates if plate is not None),
        identifiers=tuple(
            IdentifierShown(kind=kinds[span["type"]], tail=tail_shown(span)) for span in spans if span["type"] in kinds
        ),
        text=". ".join(parts) + "." if parts else None,
    )


def tail_shown(span: dict[str, str]) -> str | None:
    """The last three digits of a phone."""
    digits = "".join(c for c in span["text"] if c.isdigit())
    return digits[-3:] if span["type"] == "PHONE" and len(digits) >= 3 else None


def covers(flags: tuple[Flag, ...], start: int, end: int) -> bool:
    """Whether a flag of the text shares a character with a span of it."""
    return any(flag.field == "text" and flag.start < end and start < flag.end for flag in flags)


def injected(line: Line, number: int, item: str, private: PrivateParts) -> tuple[bool, bool]:
    """Whether an item put into a clean alert is stopped, and whether it is looked at."""
    parts = clean_parts(line)
    at = number % (len(parts) + 1)
    start = sum(len(part) + 2 for part in parts[:at])
    found = check_alert(composed(line, [*parts[:at], item, *parts[at:]]), private)
    return covers(found.hard, start, start + len(item)), covers(found.soft, start, start + len(item))


def milliseconds(alerts: list[tuple[AlertBody, PrivateParts]]) -> float:
    """Of one check, on average, in the fastest round."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for body, private in alerts:
            check_alert(body, private)
        rounds.append(time.process_time() - begun)
    return min(rounds) * 1_000 / max(len(alerts), 1)


def shown(line: Line, found: Found, text: str) -> str:
    """The flags of an alert, for a person who works on the check."""
    flagged = [f"{flag.kind}: {text[flag.start : flag.end] if flag.field == 'text' else flag.field}"
               for flag in (*found.hard, *found.soft)]  # fmt: skip
    return f"  {line['id']}: {'; '.join(flagged)}"


class Figures:
    """What was measured over a file."""

    def __init__(self) -> None:
        self.tallies = {known: Tally() for known in ("exact", "fuzzy", "unknown")}
        self.alerts: list[tuple[AlertBody, PrivateParts]] = []
        self.flags = 0
        self.missed: list[str] = []
        self.flagged: list[str] = []

    def add(self, line: Line) -> None:
        """Measures one line."""
        private = read_record(json.dumps(line["private"]).encode())
        body = composed(line, clean_parts(line))
        found = check_alert(body, private)
        self.alerts.append((body, private))
        self.flags += len(found.hard) + len(found.soft)
        if found.hard or found.soft:
            self.flagged.append(shown(line, found, body.text or ""))
        for number, span in enumerate(span for span in line["spans"] if span["cls"] == "victim"):
            hard, soft = injected(line, number, span["text"], private)
            self.tallies[span["known"]].add(hard, soft)
            if not (hard or soft):
                self.missed.append(f"  {line['id']} {span['known']} {span['type']}: {span['text']}")

    def caught(self) -> tuple[int, int]:
        """Of all injected items, how many were caught."""
        return sum(t.caught for t in self.tallies.values()), sum(t.items for t in self.tallies.values())

    def flags_per_alert(self) -> float:
        """Of the clean ones."""
        return self.flags / max(len(self.alerts), 1)


def measured(file: Path) -> Figures:
    """The figures of a file, the time apart."""
    figures = Figures()
    for text in file.read_text("utf-8").splitlines():
        if text.strip():
            figures.add(json.loads(text))
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not caught")
    parser.add_argument("--flags", action="store_true", help="print the flags of the clean alerts")
    chosen = parser.parse_args()
    figures = measured(chosen.file)
    for wanted, lines in ((chosen.flags, figures.flagged), (chosen.misses, figures.missed)):
        print("\n".join(lines) if wanted and lines else "", end="\n" if wanted and lines else "")
    for known, tally in figures.tallies.items():
        print(f"{known}: {tally.caught}/{tally.items} caught, {tally.stopped} of them stopped")
    (caught, items), exact = figures.caught(), figures.tallies["exact"]
    print(
        f"caught {caught}/{items} injected, {exact.caught}/{exact.items} known to the record, "
        f"{figures.flags_per_alert():.2f} flags per clean alert, {milliseconds(figures.alerts):.2f} ms per alert"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
