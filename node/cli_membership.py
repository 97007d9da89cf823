"""The command line of a membership: joining, another log, vouching, other keys, leaving."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from node import cli_words
from node.app import Node, utc_now
from node.cli_running import alone, read, with_node
from node.cli_speech import NODE_TOML, By, Settings
from node.config import read_config
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
from node.exchange.succession import ask_to_come_over, require_succession, turn
from node.jobs.worker import by_chance
from node.key_files import Rotated
from node.store.releases import list_releases
from protocol.house.core.errors import Refused
from protocol.log_copy import LogCopy

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Membership.")
console = Console(soft_wrap=True)


@app.command()
def join(
    invitation: Annotated[Path, typer.Option(help="The file that the registrar handed over.")],
    contact: Annotated[str, typer.Option(help="How other projects reach this one, at most 120 characters.")],
    words: Annotated[str, typer.Option(help="The charter's words, as the registrar read them aloud.")] = "",
    role: Annotated[str, typer.Option(help="project, lead or observer.")] = "project",
    police: Annotated[bool, typer.Option(help="This is a police body.")] = False,
    predecessor: Annotated[int | None, typer.Option(help="Our old member number, if its keys were lost.")] = None,
    settings: Settings = NODE_TOML,
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

    digest = with_node(settings, ask)
    console.print(f"Asked. Our request is {digest}")
    console.print(f"Its words, for those who vouch for us: [bold]{cli_words.words_of(digest)}[/bold]")


@app.command()
def succeed(
    contact: Annotated[str, typer.Option(help="How other projects reach this one, at most 120 characters.")],
    words: Annotated[str, typer.Option(help="The new charter's words, as the registrar read them aloud.")] = "",
    copy: Annotated[Path | None, typer.Option(help="Another member's copy of the old log, if ours is short.")] = None,
    settings: Settings = NODE_TOML,
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

    digest = alone(settings, follow)
    console.print(f"Asked to come over. Our request is {digest}", highlight=False)
    console.print("Once officers have admitted us: 'watchword-node sync', and 'status' lists what to publish anew.")


@app.command()
def requests(settings: Settings = NODE_TOML) -> None:
    """Who asks to join. Ring them and compare the words before you endorse."""
    for asker in with_node(settings, lambda node: askers(node.desk)):
        cli_words.print_asker(console, asker)


@app.command("endorse")
def endorse_command(digest: str, settings: Settings = NODE_TOML) -> None:
    """Vouch for the candidate whose request has DIGEST, after you have rung them."""

    async def vouch(node: Node) -> Any:
        asker = await endorse(node.desk, digest)
        await publish_due(node.desk, by_chance)
        return asker

    asker = with_node(settings, vouch)
    console.print(f"This project vouches for: {asker.candidate.name}", markup=False)


@app.command("rotate-seal")
def rotate_seal_command(settings: Settings = NODE_TOML) -> None:
    """Announce a new key for letters. The old one is replaced once the log has the new one."""

    async def announce(node: Node) -> Any:
        rotate_seal(node.desk)
        return await publish_due(node.desk, by_chance)

    with_node(settings, announce)
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
    settings: Settings = NODE_TOML,
) -> None:
    """Announce new keys. They are used once the log has them; an old signing key still takes back."""
    wanted: dict[Rotated, bool] = {"sign": sign, "online": online}
    uses = [use for use, asked in wanted.items() if asked]
    if not uses:
        raise Refused("use", "say which key: --sign, --online or both")

    async def announce(node: Node) -> Any:
        await asyncio.to_thread(lambda: rotate_keys(node.desk, uses, by=by, now=utc_now()))
        return await publish_due(node.desk, by_chance)

    with_node(settings, announce)
    console.print("Announced. The next sync puts them in place. Copy the keys folder anew once it has.")


@app.command("leave")
def leave_command(by: By, settings: Settings = NODE_TOML) -> None:
    """Leave the exchange, for good. What was received is erased; our warnings stand until taken back or run out."""
    standing = read(settings, _own_in_force)
    if standing:
        numbers = ", ".join(map(str, standing))
        console.print(f"In force at other projects: warnings {numbers}. 'withdraw' takes back what is not to stay.")
    if not typer.confirm("Leave? This cannot be undone: coming back is asking to join as a new member."):
        raise Refused("leave", "nothing was said")

    async def say_so(node: Node) -> Any:
        await asyncio.to_thread(lambda: leave(node.desk, by=by, now=utc_now()))
        return await publish_due(node.desk, by_chance)

    report = with_node(settings, say_so)
    console.print("Said." if not report.waiting else "It leaves once what waits before it has left.")


def _own_in_force(node: Node) -> list[int]:
    with node.desk.store.read() as session:
        return [one.id for one in list_releases(session) if one.scope == "others" and one.in_force(utc_now())]
