"""Commands for the day on which a machine is lost, and for agencies that leave: sheets, read back, put back, files."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from node.actions.keep_recoverable import make_recovery, put_back_keys, read_back, recovery_stands
from node.actions.leave_scheme import read_export
from node.cli_speech import NODE_TOML, By, Settings, desk_at, now, say, spoken
from node.config import read_config
from node.core.errors import Misconfigured
from node.recovery import NEEDED
from protocol.house.core.errors import Refused

app = typer.Typer(no_args_is_help=True)
recovery_app = typer.Typer(no_args_is_help=True, help="Recovery sheets: any two of three put this node back.")
app.add_typer(recovery_app, name="recovery")


@recovery_app.command("make")
@spoken
def make(
    by: By,
    out: Annotated[Path, typer.Option(help="A new folder for three text files: print them, then delete it.")],
    settings: Settings = NODE_TOML,
) -> None:
    """Make three sheets. Print each, give them to three people, then read two back."""
    try:
        out.mkdir(mode=0o700)
    except OSError as error:
        raise Misconfigured("folder", "this folder is there already, or cannot be made: name a new one") from error
    desk = desk_at(settings)
    for number, words in enumerate(make_recovery(desk, by=by, now=now()), 1):
        path = out / f"sheet-{number}.txt"
        path.touch(mode=0o600)
        path.write_text(_sheet(desk.config.name, number, words), "utf-8")
    say(f"Three sheets are in {out}. Print each on its own paper, delete the folder, and read two back:")
    say(f"watchword-node recovery read-back --by {by}")


def _sheet(project: str, number: int, words: str) -> str:
    listed = "\n".join(f"{at:>2}  {word}" for at, word in enumerate(words.split(), 1))
    return (
        f"Recovery sheet {number} of 3, {project}\n\n"
        "Two of the three sheets put this node back. One alone opens nothing.\n"
        f"Keep it away from the other two. Show it to nobody who has another.\n\n{listed}\n"
    )


@recovery_app.command("read-back")
@spoken
def read_two_back(by: By, settings: Settings = NODE_TOML) -> None:
    """Type two sheets from paper: finishes the set-up, and is the yearly drill."""
    read_back(desk_at(settings), sheets=_typed(), by=by, now=now())
    say("Two sheets are right. Read two back again within a year.")


@recovery_app.command("status")
@spoken
def status(settings: Settings = NODE_TOML) -> None:
    """Whether this node could be put back."""
    known, missing = recovery_stands(desk_at(settings), now())
    if known is not None and not missing:
        say(f"Sheets of {known.made_at:%d %B %Y}; the copy holds epoch key {known.copied_epoch}.")
    for one in missing:
        say(one.replace("_", " "))


@recovery_app.command("put-back")
@spoken
def put_keys_back(
    copy: Annotated[Path, typer.Option(help="The recovery copy, from the other host.")],
    settings: Settings = NODE_TOML,
) -> None:
    """On a new machine: keys and epoch keys out of the copy, by two sheets. Then restore the database's backup."""
    done = put_back_keys(read_config(settings), copy=copy, sheets=_typed())
    say(f"{done} files are back. Now restore the last backup of the database, and start the node.")


@app.command("open-export")
@spoken
def open_agency_export(
    file: Annotated[Path, typer.Argument(help="The sealed file that an agency took along.")],
    out: Annotated[Path, typer.Option(help="A new folder: the reports as JSON, and the files beside it.")],
) -> None:
    """Open the file that an agency took along when it left; it needs its passphrase, and no node."""
    passphrase = typer.prompt("Passphrase", hide_input=True)
    try:
        found = read_export(file.read_bytes(), passphrase)
        out.mkdir(mode=0o700)
    except OSError as error:
        raise Refused("export", "the file cannot be read, or the folder is there already") from error
    for report in found.reports:
        for number, kept in enumerate(report.files, 1):
            (out / f"report-{report.id}-file-{number}").write_bytes(kept.content)
    (out / "reports.json").write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2))
    say(f"{len(found.reports)} reports of {found.agency}, as at {found.made_at:%d %B %Y %H:%M} UTC, are in {out}.")


def _typed() -> list[str]:
    return [typer.prompt(f"The twenty words of sheet {number} of {NEEDED}") for number in range(1, NEEDED + 1)]
