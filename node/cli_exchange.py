"""`watchword-node`: keys, joining, the exchange, and what came of it. A refusal is one line (`node.cli`)."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from node import cli_words
from node.actions.back_up import backups_stand
from node.actions.case_desk import open_case_desk
from node.actions.compare_note import compare_note
from node.actions.copy_log import copy_log
from node.actions.examine_node import examine_node
from node.actions.export_evidence import export_evidence
from node.actions.read_inbox import read_inbox, show_alert
from node.actions.read_status import read_status
from node.actions.relink_orphan import relink
from node.actions.set_up_node import set_up_node
from node.app import Node, build_node, serve, utc_now
from node.cli_running import alone, print_as, read, with_node
from node.cli_speech import NODE_TOML, AsJson, By, Settings
from node.config import read_config
from node.exchange.carry import carry
from node.exchange.client import LONGEST_WAIT_SECONDS
from node.exchange.publish import publish_due
from node.exchange.resending import send_again
from node.jobs.worker import by_chance
from node.keyring import Keyring
from protocol.house.collector import spare_the_log
from protocol.house.core.errors import Refused

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The exchange with other projects.")
console = Console(soft_wrap=True)


@app.command()
def init(settings: Settings = NODE_TOML) -> None:
    """Make this node's folders, keys and database. Nothing is ever overwritten."""
    set_up_node(read_config(settings), utc_now())
    console.print("Made: keys, the first epoch key, the database.")
    console.print("This set-up is not finished until recovery sheets are made and two were read back: 'recovery make'.")
    console.print("Next: give the registrar what 'watchword-node keys' prints, and wait for the invitation.")


@app.command()
def keys(settings: Settings = NODE_TOML) -> None:
    """Print this node's public keys as JSON: `witness` is what a charter needs."""
    config = read_config(settings)
    keyring = Keyring.load(config.keys_dir)
    witness = {"host": config.host, "key": keyring.witness_public, "name": config.witness_name}
    typer.echo(msgspec.json.encode({"witness": witness, "member": keyring.public}).decode())


@app.command()
def sync(
    wait: Annotated[int, typer.Option(min=0, max=LONGEST_WAIT_SECONDS, help="Seconds to wait for news.")] = 0,
    settings: Settings = NODE_TOML,
) -> None:
    """One round with the hub, now. Exit status 1 if the hub's log could not be followed."""

    report = alone(settings, lambda node: node.sync.round(wait))
    cli_words.print_report(console, report)
    if not report.reached:
        raise typer.Exit(1)


@app.command()
def publish(settings: Settings = NODE_TOML) -> None:
    """Send what is waiting and due, now. Exit status 1 if something is left."""
    report = alone(settings, lambda node: publish_due(node.desk, by_chance))
    console.print(f"sent {report.sent}, refused {report.refused}, not yet {report.waiting}")
    if report.problem:
        console.print(f"because: {report.problem}")
        raise typer.Exit(1)


@app.command()
def run(
    host: Annotated[str, typer.Option(help="Address of the pages.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the pages; 0: none.")] = 8710,
    settings: Settings = NODE_TOML,
) -> None:
    """Sync, publish and erase by itself until stopped, and serve the pages."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a sync that still waits at the hub is no news
    config = read_config(settings)

    async def forever() -> None:
        node = build_node(config)
        spare_the_log(lambda: node.desk.view.state.size)
        await serve(node, host=host, port=port)

    asyncio.run(forever())


@app.command()
def status(as_json: AsJson = False, settings: Settings = NODE_TOML) -> None:
    """How this node stands: in the log, with what it sent, and with what it took back."""
    state = read(settings, lambda node: read_status(node.desk.store, node.desk.view, node.desk.epochs(), utc_now()))
    print_as(as_json, state, lambda: cli_words.print_status(console, state))
    if not as_json:
        backups = read(settings, lambda node: backups_stand(node.config, node.desk.store))
        cli_words.print_backups(console, backups, utc_now())


@app.command()
def inbox(as_json: AsJson = False, settings: Settings = NODE_TOML) -> None:
    """Warnings of other projects that are in force."""
    warned = read(
        settings, lambda node: read_inbox(node.desk.store, node.desk.view, node.desk.epochs(), node.desk.today)
    )
    print_as(as_json, {"warnings": warned}, lambda: cli_words.print_inbox(console, warned))


@app.command()
def show(identity: str, as_json: AsJson = False, settings: Settings = NODE_TOML) -> None:
    """One warning, whatever has become of it. IDENTITY or its first eight digits."""
    shown = read(
        settings,
        lambda node: show_alert(node.desk.store, node.desk.view, node.desk.epochs(), identity, node.desk.today),
    )
    print_as(as_json, shown, lambda: cli_words.print_shown(console, shown))


@app.command()
def compare(file: Path, settings: Settings = NODE_TOML) -> None:
    """Hold another project's checkpoint note against ours. Exit status 1: two histories; 2: sync first."""
    try:
        note = file.read_bytes()
    except OSError as error:
        raise Refused("file", f"{file.name} cannot be read") from error
    found = read(settings, lambda node: compare_note(node.desk.store, node.desk.view, note, utc_now()))
    console.print(f"Their checkpoint: {found.size} entries, words: [bold]{' '.join(found.words)}[/bold]")
    console.print(cli_words.COMPARED[found.outcome])
    if found.outcome != "same":
        raise typer.Exit(1 if found.outcome == "split" else 2)


@app.command()
def checkpoint(file: Path, settings: Settings = NODE_TOML) -> None:
    """Write our latest checkpoint note to FILE, for another project to compare."""

    def write(node: Node) -> None:
        note = node.desk.view.note
        if note is None:
            raise Refused("not_synced", "this node has not synced yet: there is no checkpoint")
        file.write_bytes(note.note)

    read(settings, write)
    console.print(f"Written to {file.name}.")


@app.command("copy")
def copy_command(file: Path, settings: Settings = NODE_TOML) -> None:
    """Write this node's copy of the log to FILE, for the operator of a lost hub to rebuild it from."""
    made = read(settings, lambda node: copy_log(open_case_desk(node.config, node.desk.store), node.desk.view))
    file.write_bytes(msgspec.json.encode(made))
    console.print(f"{len(made.entries)} entries and {len(made.bodies)} bodies. Nothing in it is about who reported.")


@app.command()
def resend(settings: Settings = NODE_TOML) -> None:
    """Send our warnings that are in force again, with their content: for a hub that was rebuilt and lacks it."""

    async def again(node: Node) -> int:
        return await send_again(node.desk, copy_log(open_case_desk(node.config, node.desk.store), node.desk.view))

    count = with_node(settings, again)
    console.print(f"{count} sent again. What the hub had already is as it was.")


@app.command()
def evidence(folder: Path, settings: Settings = NODE_TOML) -> None:
    """Write all alarms into FOLDER, with the signed bytes by which anybody can check them."""
    judged = read(settings, lambda node: export_evidence(node.desk.store, node.desk.view, folder))
    proofs = sum(one.kind == "proof" for one in judged)
    console.print(
        f"{len(judged)} alarm(s) written: {proofs} proof, {len(judged) - proofs} testimony."
        " README.txt in the folder says how to check them."
    )


@app.command("carry")
def carry_command(file: Path, settings: Settings = NODE_TOML) -> None:
    """Send a signed message of any project, as 'withdraw --to' wrote it: for one whose node or keys are lost."""
    try:
        envelope = file.read_bytes()
    except OSError as error:
        raise Refused("file", f"{file.name} cannot be read") from error
    index = with_node(settings, lambda node: carry(node.desk, node.sync, envelope))
    console.print(f"It stands in the log, entry {index}.")


@app.command("relink")
def relink_command(identity: str, by: By, settings: Settings = NODE_TOML) -> None:
    """Say that a message of ours that this node does not know still stands: it is not taken back."""

    def write(node: Node) -> None:
        relink(node.desk.store, identity=identity, by=by, now=utc_now())

    read(settings, write)
    console.print("It stands.")


@app.command()
def doctor(settings: Settings = NODE_TOML) -> None:
    """Say in plain words what is wrong and what to do. Exit status 1 if anything is."""
    found = examine_node(read_config(settings), utc_now())
    for one in found:
        console.print(f"[bold]{one.wrong}[/bold]\n  → {one.do}", highlight=False)
    if found:
        raise typer.Exit(1)
    console.print("Nothing is wrong that can be seen from here.")
