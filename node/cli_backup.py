"""Commands for backups: made now, restored for practice, opened."""

from pathlib import Path
from typing import Annotated

import typer

from node.actions.back_up import back_up
from node.actions.open_database import open_database
from node.actions.practise_restore import practise_restore
from node.cli_speech import NODE_TOML, Settings, now, say, spoken
from node.config import read_config
from node.core.backups import OUTCOME_WORDS
from node.key_files import BACKUP, read_key
from node.sealed_backup import open_backup

app = typer.Typer(no_args_is_help=True)
backup_app = typer.Typer(invoke_without_command=True, help="A sealed copy of the database, on another host.")
app.add_typer(backup_app, name="backup")


@backup_app.callback()
@spoken
def back_up_now(context: typer.Context, settings: Settings = NODE_TOML) -> None:
    """Make a backup now. 'watchword-node run' makes one each night by itself."""
    if context.invoked_subcommand is None:
        config = read_config(settings)
        place = back_up(config, open_database(config, now()), now=now())
        say(f"The database is backed up: {place.name}")


@backup_app.command("open")
@spoken
def open_one(
    file: Annotated[Path, typer.Argument(help="A backup, from the other host.")],
    out: Annotated[Path, typer.Option(help="A new file: the place of the database, for a restore.")],
    settings: Settings = NODE_TOML,
) -> None:
    """Open a backup with this node's key. Without its epoch keys the records in it stay sealed."""
    made_at = open_backup(file, out, read_key(read_config(settings).keys_dir / BACKUP))
    say(f"The database of {made_at.day} {made_at:%B %Y %H:%M} UTC is in {out}.")


@app.command("drill")
@spoken
def drill(settings: Settings = NODE_TOML) -> None:
    """Restore the newest backup for practice and wipe it. 'watchword-node run' does it each month by itself."""
    config = read_config(settings)
    outcome = practise_restore(config, open_database(config, now()), now=now())
    say(f"Restored for practice: {OUTCOME_WORDS[outcome]}.")
    if outcome != "whole":
        raise typer.Exit(1)
