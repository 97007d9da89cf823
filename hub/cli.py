"""`watchword-hub`: begin a log, admit, suspend, remove, serve, look. Run on the hub's own machine."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from nacl.signing import SigningKey
from rich.console import Console
from rich.table import Table

from hub.actions import speak_as_officer
from hub.actions.drop_candidate import drop_candidate
from hub.actions.examine import examine
from hub.actions.export_log import export_log
from hub.actions.init_log import init_log, read_charter_file
from hub.actions.invite_candidate import invite_candidate
from hub.actions.rebuild import rebuild as rebuild_hub
from hub.actions.succeed import succeed as succeed_log
from hub.app import build_app, build_hub, utc_now
from hub.cli_officer import sign_file
from hub.cli_people import invite_to_pages
from hub.config import HubConfig, read_config
from hub.core.errors import HubError, Misconfigured
from hub.core.values import Result
from hub.log_view import LogView
from hub.ordering import Ordering
from hub.store import bodies, key_files, members
from hub.store.engine import Store
from hub.store.schema import migrate as migrate_store
from protocol.errors import ProtocolError
from protocol.house.collector import spare_the_log
from protocol.house.core.errors import HouseError
from protocol.keys import public_hex
from protocol.replay import members_owing
from protocol.words import fingerprint_words

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
Settings = Annotated[Path, typer.Option("--settings", help="The hub's settings file.")]
OfficerKey = Annotated[Path, typer.Option("--officer-key", help="Your own key file as an officer.")]
DEFAULT_SETTINGS = Path("hub.toml")

console = Console()
app.command("invite-person")(invite_to_pages)
app.command("sign-as-officer")(sign_file)


def main() -> None:
    """The console command: a refusal is one line and exit status 1."""
    try:
        app()
    except (Misconfigured, HubError, HouseError, ProtocolError) as error:
        Console(stderr=True).print(f"[red]{error}[/red]")
        raise SystemExit(1) from error


def words_of(digest: str) -> str:
    """The words of a digest in hex, as they are read aloud."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))


@app.command("officer-key")
def officer_key(file: Path) -> None:
    """Make an officer's key file, and print the public key for the charter."""
    key = SigningKey(secrets.token_bytes(32))
    key_files.write_key(file, bytes(key))
    console.print(public_hex(key), highlight=False)


@app.command()
def init(
    charter: Annotated[Path, typer.Option(help="The charter as a TOML file.")],
    officer_key: OfficerKey,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Begin a log: keys, database, charter."""
    config = read_config(settings)
    identity = init_log(config, read_charter_file(charter), SigningKey(key_files.read_key(officer_key)), utc_now())
    console.print(f"The log is {identity}\nIts words: [bold]{words_of(identity)}[/bold]", highlight=False)


@app.command()
def invite(
    file: Annotated[Path, typer.Argument(help="Where to write the invitation.")], settings: Settings = DEFAULT_SETTINGS
) -> None:
    """Write an invitation for one candidate. Read the words aloud to them by another way."""
    config = read_config(settings)
    with _store(config) as store:
        made = invite_candidate(store, LogView(store), config, by=None, now=utc_now())
    file.write_bytes(made.file)
    file.chmod(0o600)
    console.print(f"Its words: [bold]{words_of(made.log)}[/bold]", highlight=False)


@app.command()
def requests(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Who asks to join, and who has endorsed them."""
    with _store(read_config(settings)) as store:
        state = LogView(store).refresh().state
        with store.read() as session:
            waiting = members.candidates(session)
    for one in waiting:
        endorsed = ", ".join(map(str, sorted(state.endorsements.get(one.digest, {})))) or "nobody yet"
        text = f"{one.name}\n  {one.digest}\n  words: {words_of(one.digest)}\n  endorsed by: {endorsed}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)


@app.command()
def admit(digest: str, member: int, officer_key: OfficerKey, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Admit the candidate whose request has DIGEST, as MEMBER (a new number)."""
    with _officer(settings, officer_key) as officer:
        _say(speak_as_officer.admit(officer, digest, member), f"member {member} is admitted")


@app.command()
def drop(digest: str, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Forget the candidate whose request has DIGEST: its name and contact are deleted. It needs a new invitation."""
    with _store(read_config(settings)) as store:
        drop_candidate(store, digest, by=None, now=utc_now())
    console.print("Forgotten.")


@app.command()
def suspend(member: int, reason: str, officer_key: OfficerKey, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Ask to suspend MEMBER: acts when a second officer asks too. Its warnings stand; its Cancels work."""
    with _officer(settings, officer_key) as officer:
        _say(speak_as_officer.suspend(officer, member, reason), "asked")


@app.command()
def resume(member: int, officer_key: OfficerKey, settings: Settings = DEFAULT_SETTINGS) -> None:
    """End a suspension of MEMBER."""
    with _officer(settings, officer_key) as officer:
        _say(speak_as_officer.resume(officer, member), f"member {member} is active")


@app.command()
def revoke(
    member: int,
    reason: str,
    officer_key: OfficerKey,
    since: Annotated[
        int | None, typer.Option(help="compromised: from which index on nothing of it is believed.")
    ] = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Ask to revoke MEMBER (left, or compromised with --since): acts when a second officer asks too."""
    with _officer(settings, officer_key) as officer:
        _say(speak_as_officer.revoke(officer, member, reason, since), "asked")


@app.command()
def migrate(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Bring the database to this version. Stop the hub and keep a copy first."""
    with _store(read_config(settings)) as store:
        migrate_store(store)
    console.print("The database is of this version.")


@app.command()
def serve(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Serve the exchange until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    config = read_config(settings)
    hub = build_hub(config)
    hub.view.refresh()
    spare_the_log(lambda: hub.view.now.state.size)
    uvicorn.run(
        build_app(hub),
        host=config.host,
        port=config.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


@app.command()
def status(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Members, size, confirmation, and who still owes a word."""
    with _store(read_config(settings)) as store, store.read() as session:
        view = LogView(store).refresh()
        acked, kept = members.acked_sizes(session), bodies.count_bodies(session)
    owing = {member.id for member in members_owing(view.state, acked)}
    table = Table("member", "role", "region", "status", "owes a word")
    for member in sorted(view.state.members.values(), key=lambda one: one.id):
        table.add_row(
            str(member.id), member.role, member.region or "", member.status, "yes" if member.id in owing else ""
        )
    console.print(f"{view.state.size} entries, {view.confirmed_size} confirmed, {kept} bodies kept")
    console.print(table)


@app.command()
def overdue(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Members who have not yet confirmed a deletion."""
    with _store(read_config(settings)) as store, store.read() as session:
        view = LogView(store).refresh()
        acked = members.acked_sizes(session)
    for member in members_owing(view.state, acked):
        console.print(f"member {member.id} ({member.status}): not yet confirmed since entry {member.owes}")


@app.command()
def rebuild(
    copies: Annotated[list[Path], typer.Argument(help="Members' copies, made with 'watchword-node copy FILE'.")],
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Write a lost database anew from members' copies of the log. Set a broken one aside first."""
    rebuilt = rebuild_hub(read_config(settings), _read_copies(copies), utc_now())
    console.print(
        f"{rebuilt.size} entries, {rebuilt.bodies} bodies, {rebuilt.releases} releases. The hub can be started."
    )
    for member, digests in sorted(rebuilt.missing.items()):
        console.print(f"nobody brought {len(digests)} of member {member}'s: ask them to run 'watchword-node resend'")
    console.print("Requests to join and invitations are made anew; members send the rest by themselves.")


@app.command()
def succeed(
    copies: Annotated[list[Path], typer.Argument(help="Members' copies of the old log.")],
    charter: Annotated[Path, typer.Option(help="The new charter as a TOML file; its origin is a new one.")],
    officer_key: OfficerKey,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Begin a new log in the place of one that cannot go on. The settings name a new database, keys and guard file."""
    key = SigningKey(key_files.read_key(officer_key))
    done = succeed_log(read_config(settings), read_charter_file(charter), key, _read_copies(copies), utc_now())
    old = done.named
    lines = [
        f"The log is {done.log}",
        f"It succeeds {old.origin} at {old.size} entries.",
        f"Members who may come over, with 'watchword-node succeed': {', '.join(map(str, done.members)) or 'none'}",
        "Then: 'watchword-hub readmit'.",
        "What does not go on in it:",
        *(f"  {count} warnings of member {origin}: it publishes them anew" for origin, count in done.warnings.items()),
        *(f"  entry {one.index}: {one.kind or 'void'} of {one.origin}: not confirmed" for one in done.above),
        f"  {done.requests} requests to join: made and endorsed anew",
        *(f"  {name} holds another history: keep the file, it is proof, and ring them" for name in done.elsewhere),
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(f"Its words: [bold]{words_of(done.log)}[/bold]", highlight=False)


@app.command()
def readmit(officer_key: OfficerKey, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Admit all who ask and were members of the log that this one succeeds, under their numbers there."""
    with _officer(settings, officer_key) as officer:
        admitted = speak_as_officer.readmit(officer)
    for member, result in sorted(admitted.items()):
        _say(result, f"member {member} is admitted")
    if not admitted:
        console.print("Nobody who asks was a member of the log before.")


@app.command("export-log")
def export(folder: Path, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Write the log as static files for any C2SP client."""
    with _store(read_config(settings)) as store:
        size = export_log(store, LogView(store), folder)
    console.print(f"{size} entries under {folder}")


@app.command()
def doctor(settings: Settings = DEFAULT_SETTINGS) -> None:
    """Say in plain words what is wrong and what to do. Exit status 1 if anything is."""
    found = examine(read_config(settings), utc_now())
    if found.recount is not None:
        console.print(f"Counted {found.recount.warnings} warnings again in {found.recount.seconds:.1f} seconds.")
    for finding in found.findings:
        console.print(f"[bold]{finding.wrong}[/bold]\n  → {finding.do}")
    if found.findings:
        raise typer.Exit(1)
    console.print("Nothing is wrong that can be seen from here.")


def _read_copies(paths: list[Path]) -> dict[str, bytes]:
    try:
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        raise Misconfigured(f"a copy cannot be read: {error.filename}") from error


@contextmanager
def _store(config: HubConfig) -> Iterator[Store]:
    store = Store(config.database)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _officer(settings: Path, officer_key: Path) -> Iterator[speak_as_officer.Officer]:
    """Whoever holds that key; at the end a turn that this process took is given up again."""
    config = read_config(settings)
    key, keys = SigningKey(key_files.read_key(officer_key)), key_files.load_keys(config.keys_dir)
    epochs = key_files.load_epochs(config.epoch_dir)
    with _store(config) as store:
        view = LogView(store)
        ordering = Ordering(store, view, keys.log, config.guard_file, lambda: None)
        try:
            yield speak_as_officer.Officer(store, view, ordering.tick, epochs, key, utc_now())
        finally:
            ordering.stop()


def _say(result: Result, done: str) -> None:
    if result.index is None:
        raise Misconfigured(f"refused: {result.code}")
    console.print(f"{done} (entry {result.index})")
