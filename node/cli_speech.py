"""How the command line reads settings, finds the node's voice, and says what went wrong. Thin: no rule stands here."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import msgspec
import typer

from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.actions.open_database import open_database
from node.config import read_config
from node.core.errors import Misconfigured
from node.core.voice import Voice
from node.keyring import Keyring
from node.log_view import LogView
from protocol.at_rest import SealBroken
from protocol.house.core.errors import HouseError

Settings = Annotated[Path, typer.Option("--settings", help="The node's settings file.")]
By = Annotated[str, typer.Option("--by", help="Who does this: a name that 'people add' made known.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object for a program, instead of words.")]

NODE_TOML = Path("node.toml")

_P = ParamSpec("_P")
_R = TypeVar("_R")


def spoken(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Says what a rule refused, in its own words, and ends with exit status 1."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except HouseError as error:
            typer.echo(f"{error.message} ({error.code})", err=True)
        except SealBroken:
            typer.echo("It cannot be opened: its epoch key is not here any more. (seal.broken)", err=True)
        raise typer.Exit(1)

    return run


def now() -> datetime:
    """The clock, read once a command."""
    return datetime.now(UTC)


def desk_at(settings: Path) -> CaseDesk:
    """The desk of the node whose settings these are."""
    config = read_config(settings)
    return open_case_desk(config, open_database(config, now()))


def voice_at(desk: CaseDesk) -> Voice:
    """The node's voice in the log."""
    return voice_of(LogView(desk.store), Keyring.load(desk.config.keys_dir))


def voice_if_any(desk: CaseDesk) -> Voice | None:
    """The node's voice, or None: taking back works without key and log."""
    try:
        return voice_at(desk)
    except Misconfigured:
        return None


def say(lines: str | tuple[str, ...] | list[str]) -> None:
    """Words, a line each."""
    for line in (lines,) if isinstance(lines, str) else lines:
        typer.echo(line)


def say_json(value: Any) -> None:
    """One JSON object on one line."""
    typer.echo(msgspec.json.encode(value).decode())
