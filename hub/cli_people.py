"""People of the hub's pages, from its own machine: a way in for the first ones, or for who lost theirs."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hub.actions.hub_desk import open_hub_desk
from hub.config import read_config
from hub.core.access import ROLES
from hub.store import key_files
from hub.store.engine import Store
from protocol.house.actions.invite_person import invite_again, invite_person
from protocol.house.store.people import person_of_name

console = Console()


def invite_to_pages(
    name: str,
    role: Annotated[list[str], typer.Option(help="One of: " + ", ".join(ROLES) + ". Several are fine.")],
    police: Annotated[bool, typer.Option(help="They belong to a police body.")] = False,
    by: Annotated[str | None, typer.Option(help="Who invites them; none while nobody here could.")] = None,
    settings: Annotated[Path, typer.Option("--settings", help="The hub's settings file.")] = Path("hub.toml"),
) -> None:
    """Invite NAME to the hub's pages: prints an address, good once within seven days. Somebody known: another one."""
    config, now = read_config(settings), dt.datetime.now(dt.UTC)
    store = Store(config.database)
    try:
        desk = open_hub_desk(config, store, key_files.load_epochs(config.epoch_dir))
        with store.read() as session:
            known = person_of_name(session, name)
        if known is None:
            made = invite_person(desk, name=name, roles=role, police=police, by=by, now=now)
        else:
            made = invite_again(desk, person=known, by=by, now=now)
    finally:
        store.close()
    console.print(f"{config.public_url.rstrip('/')}/invitation/{made.code}", highlight=False, soft_wrap=True)
