"""`watchword-node import`: a project's own spreadsheet; read first, kept only when asked. A dry run needs no node."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from node.actions.case_desk import open_case_desk
from node.actions.import_sheet import import_sheet
from node.actions.open_database import open_database
from node.app import utc_now
from node.config import read_config
from node.core.sheets.errors import MappingInvalid, SheetUnreadable
from node.sheet_command import print_row, run_import_dry, suggested_mapping, write_suggested_mapping
from protocol.house.core.errors import Refused

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Spreadsheets.")
console = Console(soft_wrap=True, highlight=False)
DEFAULT_SETTINGS = Path("node.toml")


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="The sheet: CSV, TSV or XLSX.")],
    out: Annotated[Path | None, typer.Argument(help="With --suggest-mapping: where to write it.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Which column means what. Absent: as suggested.")] = None,
    suggest_mapping: Annotated[
        bool, typer.Option("--suggest-mapping", help="Write a first mapping to OUT or --mapping, else print it.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be read; needs no node.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row.")] = False,
    by: Annotated[str, typer.Option(help="Who imports: a person known here.")] = "",
    settings: Annotated[Path, typer.Option("--settings", help="This node's settings file.")] = DEFAULT_SETTINGS,
) -> None:
    """Import a sheet. Every row is accounted for; importing it twice changes nothing; nothing leaves by it."""
    try:
        if suggest_mapping:
            _suggest(file, out or mapping)
        elif dry_run:
            run_import_dry(file, mapping, as_json=as_json, out=sys.stdout, today=utc_now().date())
        else:
            _import(file, mapping, by, settings, as_json=as_json)
    except OSError as error:
        raise Refused("sheet", "the sheet or its mapping cannot be read: no such file, or not allowed") from error
    except (SheetUnreadable, MappingInvalid) as error:
        raise Refused("sheet", str(error)) from error


def _suggest(file: Path, target: Path | None) -> None:
    if target is None:
        sys.stdout.write(suggested_mapping(file))
        return
    write_suggested_mapping(file, target)
    console.print(f"Written: {target}. Read it through and correct it before you import.")


def _import(file: Path, mapping: Path | None, by: str, settings: Path, *, as_json: bool) -> None:
    if not by:
        raise Refused("by", "say who imports: --by NAME, a person of 'watchword-node people list'")
    config = read_config(settings)
    desk = open_case_desk(config, open_database(config, utc_now()))
    imported = import_sheet(desk, path=file, mapping_path=mapping, by=by, now=utc_now())
    for row in imported.rows:
        if as_json or row.status == "needs-a-person":
            print_row(row, as_json=as_json, out=sys.stdout)
    if not as_json:
        console.print(f"{len(imported.new)} new reports, {imported.needing_a_person} rows need a person.")
        console.print("All permissions are as recorded: nothing leaves until a person has opened the row.")
