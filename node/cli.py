"""`watchword-node`: the whole command line of a node. A refusal is one line and exit status 1."""

import typer
from rich.console import Console

from node import cli_backup, cli_exchange, cli_leak, cli_membership, cli_records, cli_recovery, cli_sheets
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="One project's node.")
app.add_typer(cli_exchange.app)
app.add_typer(cli_membership.app)
app.add_typer(cli_records.app)
app.add_typer(cli_sheets.app)
app.add_typer(cli_recovery.app)
app.add_typer(cli_backup.app)
app.command("check-alert")(cli_leak.check_alert)


def main() -> None:
    """The console command."""
    try:
        app()
    except HouseError as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]{error.message}[/red] ({error.code})", highlight=False)
        raise SystemExit(1) from error
    except ProtocolError as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]{error}[/red]", highlight=False)
        raise SystemExit(1) from error
