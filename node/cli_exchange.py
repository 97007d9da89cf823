"""`watchword-node`: keys, joining, the exchange, and what came of it. A refusal is one line (`node.cli`)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import typer
from rich.console import Console

from node import cli_words
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
from node.config import read_config
from node.exchange.carry import carry
from node.exchange.join import (
    CharterOffered,
    JoinAs,
    ask_to_join,
    askers,
    endorse,
    fetch_charter,
    pin_charter,
    read_invitation,
)
from node.exchange.membership import follow_keys, leave, rotate_keys, rotate_seal
from node.exchange.publish import publish_due
from node.exchange.resending import send_again
from node.exchange.succession import ask_to_come_over, require_succession, turn
from node.jobs.leader import Leadership
from node.jobs.worker import by_chance
from node.key_files import Rotated
from node.keyring import Keyring
from node.store.releases import list_releases
from protocol.house.core.errors import Refused
from protocol.log_copy import LogCopy

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The exchange with other projects.")
console = Console(soft_wrap=True)
_T = TypeVar("_T")

Settings = Annotated[Path, typer.Option("--settings", help="This node's settings file.")]
By = Annotated[str, typer.Option("--by", help="Who does this: a name that 'people add' made known.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DEFAULT_SETTINGS = Path("node.toml")


@app.command()
def init(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Make this node's folders, keys and database. Nothing is ever overwritten."""
    set_up_node(read_config(settings), utc_now())
    console.print("Made: keys, the first epoch key, the database.")
    console.print("This set-up is not finished until recovery sheets are made and two were read back: 'recovery make'.")
    console.print("Next: give the registrar what 'watchword-node keys' prints, and wait for the invitation.")


@app.command()
def keys(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Print this node's public keys as JSON: `witness` is what a charter needs."""
    config = read_config(settings)
    keyring = Keyring.load(config.keys_dir)
    witness = {"host": config.host, "key": keyring.witness_public, "name": config.witness_name}
    typer.echo(msgspec.json.encode({"witness": witness, "member": keyring.public}).decode())


@app.command()
def join(
    invitation: Annotated[Path, typer.Option(help="The file that the registrar handed over.")],
    contact: Annotated[str, typer.Option(help="How other projects reach this one, at most 120 characters.")],
    words: Annotated[str, typer.Option(help="The charter's words, as the registrar read them aloud.")] = "",
    role: Annotated[str, typer.Option(help="project, lead or observer.")] = "project",
    police: Annotated[bool, typer.Option(help="This is a police body.")] = False,
    predecessor: Annotated[int | None, typer.Option(help="Our old member number, if its keys were lost.")] = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Compare the charter, pin it, and ask to be admitted. Harmless to repeat."""
    config = read_config(settings)
    if role not in ("project", "lead", "observer"):
        raise Refused("role", "a role is project, lead or observer")
    invited = read_invitation(invitation)

    async def ask(node: Node) -> str:
        offered = await fetch_charter(node.desk.client)
        _require_words(offered, words)
        pin_charter(node.desk, offered, invited.log)
        wanted = JoinAs(
            host=config.host,
            region=config.region,
            role=role,  # type: ignore[arg-type]  # checked above
            police="yes" if police else "no",
            predecessor=predecessor,
        )
        return await ask_to_join(node.desk, invited.invitation, wanted, config.name, contact)

    digest = _with_node(settings, ask)
    console.print(f"Asked. Our request is {digest}")
    console.print(f"Its words, for those who vouch for us: [bold]{cli_words.words_of(digest)}[/bold]")


@app.command()
def succeed(
    contact: Annotated[str, typer.Option(help="How other projects reach this one, at most 120 characters.")],
    words: Annotated[str, typer.Option(help="The new charter's words, as the registrar read them aloud.")] = "",
    copy: Annotated[Path | None, typer.Option(help="Another member's copy of the old log, if ours is short.")] = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Follow the log into the one that succeeds it, with our keys and records. Harmless to repeat.

    The settings' hub_url is the new hub's. Warnings of ours that are to go on are drafted again: 'release anew'.
    """
    config = read_config(settings)
    brought = None if copy is None else read_copy(copy)

    async def follow(node: Node) -> str:
        offered = await fetch_charter(node.desk.client)
        if offered.log != node.desk.view.log:
            _require_words(offered, words)
            follow_keys(node.desk)
            left = turn(node.desk, offered, require_succession(node.desk, offered, brought))
            console.print(f"{left.size} entries of the old log are kept, {left.above} of them beyond what is named.")
        return await ask_to_come_over(node.desk, config.name, contact)

    digest = _alone(settings, follow)
    console.print(f"Asked to come over. Our request is {digest}", highlight=False)
    console.print("Once officers have admitted us: 'watchword-node sync', and 'status' lists what to publish anew.")


@app.command()
def requests(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Who asks to join. Ring them and compare the words before you endorse."""
    for asker in _with_node(settings, lambda node: askers(node.desk)):
        cli_words.print_asker(console, asker)


@app.command("endorse")
def endorse_command(digest: str, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Vouch for the candidate whose request has DIGEST, after you have rung them."""

    async def vouch(node: Node) -> Any:
        asker = await endorse(node.desk, digest)
        await publish_due(node.desk, by_chance)
        return asker

    asker = _with_node(settings, vouch)
    console.print(f"This project vouches for: {asker.candidate.name}", markup=False)


@app.command()
def sync(settings: Settings = DEFAULT_SETTINGS) -> None:
    """One round with the hub, now. Exit status 1 if the hub's log could not be followed."""

    report = _alone(settings, lambda node: node.sync.round())
    cli_words.print_report(console, report)
    if not report.reached:
        raise typer.Exit(1)


@app.command()
def publish(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Send what is waiting and due, now. Exit status 1 if something is left."""
    report = _alone(settings, lambda node: publish_due(node.desk, by_chance))
    console.print(f"sent {report.sent}, refused {report.refused}, not yet {report.waiting}")
    if report.problem:
        console.print(f"because: {report.problem}")
        raise typer.Exit(1)


@app.command()
def run(
    host: Annotated[str, typer.Option(help="Address of the pages.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the pages; 0: none.")] = 8710,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Sync, publish and erase by itself until stopped, and serve the pages."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a sync that still waits at the hub is no news
    config = read_config(settings)

    async def forever() -> None:
        await serve(build_node(config), host=host, port=port)

    asyncio.run(forever())


@app.command()
def status(as_json: AsJson = False, settings: Settings = DEFAULT_SETTINGS) -> None:
    """How this node stands: in the log, with what it sent, and with what it took back."""
    state = _read(settings, lambda node: read_status(node.desk.store, node.desk.view, node.desk.epochs(), utc_now()))
    _print(as_json, state, lambda: cli_words.print_status(console, state))


@app.command()
def inbox(as_json: AsJson = False, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Warnings of other projects that are in force."""
    warned = _read(
        settings, lambda node: read_inbox(node.desk.store, node.desk.view, node.desk.epochs(), node.desk.today)
    )
    _print(as_json, {"warnings": warned}, lambda: cli_words.print_inbox(console, warned))


@app.command()
def show(identity: str, as_json: AsJson = False, settings: Settings = DEFAULT_SETTINGS) -> None:
    """One warning, whatever has become of it. IDENTITY or its first eight digits."""
    shown = _read(
        settings,
        lambda node: show_alert(node.desk.store, node.desk.view, node.desk.epochs(), identity, node.desk.today),
    )
    _print(as_json, shown, lambda: cli_words.print_shown(console, shown))


@app.command()
def compare(file: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Hold another project's checkpoint note against ours. Exit status 1: two histories; 2: sync first."""
    try:
        note = file.read_bytes()
    except OSError as error:
        raise Refused("file", f"{file.name} cannot be read") from error
    found = _read(settings, lambda node: compare_note(node.desk.store, node.desk.view, note, utc_now()))
    console.print(f"Their checkpoint: {found.size} entries, words: [bold]{' '.join(found.words)}[/bold]")
    console.print(cli_words.COMPARED[found.outcome])
    if found.outcome != "same":
        raise typer.Exit(1 if found.outcome == "split" else 2)


@app.command()
def checkpoint(file: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Write our latest checkpoint note to FILE, for another project to compare."""

    def write(node: Node) -> None:
        note = node.desk.view.note
        if note is None:
            raise Refused("not_synced", "this node has not synced yet: there is no checkpoint")
        file.write_bytes(note.note)

    _read(settings, write)
    console.print(f"Written to {file.name}.")


@app.command("copy")
def copy_command(file: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Write this node's copy of the log to FILE, for the operator of a lost hub to rebuild it from."""
    made = _read(settings, lambda node: copy_log(open_case_desk(node.config, node.desk.store), node.desk.view))
    file.write_bytes(msgspec.json.encode(made))
    console.print(f"{len(made.entries)} entries and {len(made.bodies)} bodies. Nothing in it is about who reported.")


@app.command()
def resend(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Send our warnings that are in force again, with their content: for a hub that was rebuilt and lacks it."""

    async def again(node: Node) -> int:
        return await send_again(node.desk, copy_log(open_case_desk(node.config, node.desk.store), node.desk.view))

    count = _with_node(settings, again)
    console.print(f"{count} sent again. What the hub had already is as it was.")


@app.command()
def evidence(folder: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Write all alarms into FOLDER, with the signed bytes by which anybody can check them."""
    judged = _read(settings, lambda node: export_evidence(node.desk.store, node.desk.view, folder))
    proofs = sum(one.kind == "proof" for one in judged)
    console.print(
        f"{len(judged)} alarm(s) written: {proofs} proof, {len(judged) - proofs} testimony."
        " README.txt in the folder says how to check them."
    )


@app.command("carry")
def carry_command(file: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Send a signed message of any project, as 'withdraw --to' wrote it: for one whose node or keys are lost."""
    try:
        envelope = file.read_bytes()
    except OSError as error:
        raise Refused("file", f"{file.name} cannot be read") from error
    index = _with_node(settings, lambda node: carry(node.desk, node.sync, envelope))
    console.print(f"It stands in the log, entry {index}.")


@app.command("relink")
def relink_command(identity: str, by: By, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Say that a message of ours that this node does not know still stands: it is not taken back."""

    def write(node: Node) -> None:
        relink(node.desk.store, identity=identity, by=by, now=utc_now())

    _read(settings, write)
    console.print("It stands.")


@app.command()
def doctor(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Say in plain words what is wrong and what to do. Exit status 1 if anything is."""
    found = examine_node(read_config(settings), utc_now())
    for one in found:
        console.print(f"[bold]{one.wrong}[/bold]\n  → {one.do}", highlight=False)
    if found:
        raise typer.Exit(1)
    console.print("Nothing is wrong that can be seen from here.")


@app.command("rotate-seal")
def rotate_seal_command(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Announce a new key for letters. The old one is replaced once the log has the new one."""

    async def announce(node: Node) -> Any:
        rotate_seal(node.desk)
        return await publish_due(node.desk, by_chance)

    _with_node(settings, announce)
    console.print("Announced. The next sync puts it in place.")


def _require_words(offered: CharterOffered, words: str) -> None:
    """A person has compared the charter's words with those that the registrar read aloud."""
    said = tuple(words.lower().split())
    console.print(f"The charter's words: [bold]{' '.join(offered.words)}[/bold]")
    if said and said != offered.words:
        raise Refused("other_charter", "these are not the words of the charter that the hub offers")
    if not said and not typer.confirm("Are these the words that the registrar read to you?"):
        raise Refused("other_charter", "the words were not compared: nothing was pinned")


def read_copy(file: Path) -> LogCopy:
    """A member's copy of a log, from a file."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=LogCopy)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("file", f"{file.name} is no copy of a log, made with 'watchword-node copy'") from error


@app.command()
def rotate(
    by: By,
    sign: Annotated[bool, typer.Option("--sign", help="The key that signs warnings.")] = False,
    online: Annotated[bool, typer.Option("--online", help="The key of requests and confirmations.")] = False,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Announce new keys. They are used once the log has them; an old signing key still takes back."""
    wanted: dict[Rotated, bool] = {"sign": sign, "online": online}
    uses = [use for use, asked in wanted.items() if asked]
    if not uses:
        raise Refused("use", "say which key: --sign, --online or both")

    async def announce(node: Node) -> Any:
        await asyncio.to_thread(lambda: rotate_keys(node.desk, uses, by=by, now=utc_now()))
        return await publish_due(node.desk, by_chance)

    _with_node(settings, announce)
    console.print("Announced. The next sync puts them in place. Copy the keys folder anew once it has.")


@app.command("leave")
def leave_command(by: By, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Leave the exchange, for good. What was received is erased; our warnings stand until taken back or run out."""
    standing = _read(settings, _own_in_force)
    if standing:
        numbers = ", ".join(map(str, standing))
        console.print(f"In force at other projects: warnings {numbers}. 'withdraw' takes back what is not to stay.")
    if not typer.confirm("Leave? This cannot be undone: coming back is asking to join as a new member."):
        raise Refused("leave", "nothing was said")

    async def say_so(node: Node) -> Any:
        await asyncio.to_thread(lambda: leave(node.desk, by=by, now=utc_now()))
        return await publish_due(node.desk, by_chance)

    report = _with_node(settings, say_so)
    console.print("Said." if not report.waiting else "It leaves once what waits before it has left.")


def _own_in_force(node: Node) -> list[int]:
    with node.desk.store.read() as session:
        return [one.id for one in list_releases(session) if one.scope == "others" and one.in_force(utc_now())]


def _with_node(settings: Path, work: Callable[[Node], Awaitable[_T]]) -> _T:
    config = read_config(settings)

    async def main() -> _T:
        node = build_node(config)
        try:
            return await work(node)
        finally:
            await node.close()

    return asyncio.run(main())


def _alone(settings: Path, work: Callable[[Node], Awaitable[_T]]) -> _T:
    """As `_with_node`, while no worker of this node runs: it does the same by itself."""
    leadership = Leadership(read_config(settings).database)
    if not leadership.acquire():
        raise Refused("worker_runs", "'watchword-node run' is running and does this by itself")
    try:
        return _with_node(settings, work)
    finally:
        leadership.release()


def _read(settings: Path, work: Callable[[Node], _T]) -> _T:
    async def reading(node: Node) -> _T:
        return work(node)

    return _with_node(settings, reading)


def _print(as_json: bool, value: object, in_words: Callable[[], None]) -> None:
    if as_json:
        typer.echo(msgspec.json.encode(value).decode())
    else:
        in_words()
