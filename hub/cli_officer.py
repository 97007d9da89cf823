"""Signing what the hub's pages prepared, at the machine where an officer's key is. Needs no hub and no settings."""

from pathlib import Path
from typing import Annotated

import typer
from nacl.signing import SigningKey
from rich.console import Console

from hub.core.errors import Misconfigured
from hub.core.officers_words import EFFECTS, in_words
from hub.core.signing_files import SignedFile, decode_to_sign, encode_file
from hub.store import key_files
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.statement import parse_statement, statement_identity
from protocol.statement_fields import REGISTRAR
from protocol.words import fingerprint_words

console = Console()


def sign_file(
    file: Annotated[Path, typer.Argument(help="What the hub's page prepared.")],
    to: Annotated[Path, typer.Argument(help="Where to write what is signed: bring it to the page.")],
    officer_key: Annotated[Path, typer.Option("--officer-key", help="Your own key file as an officer.")],
    yes: Annotated[bool, typer.Option("--yes", help="Sign without asking.")] = False,
) -> None:
    """Show in words what FILE says, and sign it with your own key."""
    wanted = decode_to_sign(_read(file))
    statement = parse_statement(wanted.payload)
    if statement.origin != REGISTRAR or statement.kind not in EFFECTS:
        raise Misconfigured("this is nothing that an officer signs")
    console.print(f"[bold]{in_words(statement)}[/bold]", highlight=False)
    for line in EFFECTS[statement.kind]:
        console.print(f"  {line}", highlight=False)
    words = " ".join(fingerprint_words(bytes.fromhex(statement_identity(wanted.payload))))
    console.print(f"Dated {statement.day}. Its words, which the page shows too: [bold]{words}[/bold]", highlight=False)
    if not yes:
        typer.confirm("Sign this?", abort=True)
    key = SigningKey(key_files.read_key(officer_key))
    to.write_bytes(encode_file(SignedFile(sign_envelope(wanted.payload, STATEMENT_TYPE, key), wanted.body)))
    console.print(f"Signed: {to.name}", highlight=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Misconfigured(f"the file {file.name} cannot be read") from error
