"""The leak check alone: a text and a record in, what would give somebody away out. Needs no node and keeps nothing."""

from pathlib import Path
from typing import Annotated

import typer

from node.cli_speech import AsJson, say, say_json, spoken
from node.core.leak.check import check_text
from node.core.leak.found import Flag
from node.core.leak.record_file import read_record
from protocol.house.core.errors import Refused


@spoken
def check_alert(
    record: Annotated[Path, typer.Option(help="What is private: an object of strings and lists of strings, JSON.")],
    text: Annotated[str, typer.Option(help="The text to check; - reads it from standard input.")],
    as_json: AsJson = False,
) -> None:
    """Check a text against a record: hard stops, and what a person should look at, with their places."""
    try:
        private = read_record(record.read_bytes())
    except OSError as error:
        raise Refused("file", f"the file {record.name} cannot be read") from error
    if text == "-":
        text = typer.get_text_stream("stdin").read()
    found = check_text(text, private)
    if as_json:
        return say_json({"hard": [_place(flag) for flag in found.hard], "soft": [_place(flag) for flag in found.soft]})
    lines = [f"STOP  {flag.start} to {flag.end}: {flag.kind.replace('_', ' ')}" for flag in found.hard]
    lines += [f"look  {flag.start} to {flag.end}: {flag.kind.replace('_', ' ')}" for flag in found.soft]
    return say(lines or ["Nothing was found. A person still reads it."])


def _place(flag: Flag) -> dict[str, int | str]:
    return {"start": flag.start, "end": flag.end, "kind": flag.kind}
