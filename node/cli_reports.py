"""Commands that write a report: take it, add to it, put it right, record an override. What is said stands in files.

Private words come from a file or standard input, never from an option: a shell keeps what is typed.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec
import typer
from msgspec.structs import replace

from node.actions.add_to_account import add_to_account
from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.record_override import record_override
from node.actions.show_own_warnings import show_own_warnings
from node.actions.take_report import take_report
from node.cli_speech import NODE_TOML, AsJson, By, Settings, desk_at, now, say, say_json, spoken, voice_if_any
from node.core.overrides import OVERRIDE_GROUNDS, TOLD_HER
from node.core.permissions import Answer, Condition, Switch
from node.core.report import Age, Facts, ReporterPart
from node.core.scheme_data import SchemeData
from node.store.permissions import Given
from node.store.reports import get_report
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted

ReportId = Annotated[int, typer.Argument(help="The report's number.", min=1)]
WordsFile = Annotated[Path | None, typer.Option("--file", help="Read the words from here; else from standard input.")]

_T = TypeVar("_T")


class ReportFile(Unprinted, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report as a file, TOML or JSON: what `take_report` takes.

    Attributes:
        agency: None: this project.
        answers: to the switches that were asked.
        given: wording, witness, way and conditions of these answers.
    """

    facts: Facts
    answers: dict[Switch, Answer]
    scheme: SchemeData = SchemeData()
    account: str = ""
    support_notes: str = ""
    reporter: ReporterPart | None = None
    private_words: tuple[str, ...] = ()
    agency: str | None = None
    wording: str = ""
    witness: str = ""
    how: str = "in_person"
    conditions: tuple[Condition, ...] = ()


@spoken
def take(
    file: Annotated[Path, typer.Argument(help="The report, TOML or JSON.")],
    by: By,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Keep a new report: account, support notes, scheme data, age, who told it, and the switches."""
    desk = desk_at(settings)
    read = read_values(file, ReportFile)
    number = take_report(
        desk,
        agency=read.agency or desk.config.name,
        facts=read.facts,
        scheme=read.scheme,
        answers=read.answers,
        by=by,
        now=now(),
        account=read.account,
        support_notes=read.support_notes,
        reporter=read.reporter,
        private_words=read.private_words,
        given=Given(wording=read.wording, witness=read.witness or by, how=read.how, conditions=read.conditions),
    )
    if as_json:
        say_json({"report": number})
    else:
        say(f"Kept, as report {number}. The file {file.name} holds the same words: delete it.")


@spoken
def add(
    report_id: ReportId,
    by: By,
    to: Annotated[
        Literal["account", "addition", "support"],
        typer.Option(help="addition; support; or account, within 24 hours: it is written anew."),
    ] = "addition",
    file: WordsFile = None,
    settings: Settings = NODE_TOML,
) -> None:
    """Add words to a report. Nothing is overwritten."""
    text = typer.get_text_stream("stdin").read() if file is None else _bytes(file).decode("utf-8", "replace")
    add_to_account(desk_at(settings), report_id=report_id, text=text.strip(), by=by, now=now(), to=to)
    say(f"Added to report {report_id}.")


@spoken
def amend(
    report_id: ReportId,
    by: By,
    told_by: Annotated[str | None, typer.Option(help="Who told it.")] = None,
    source: Annotated[str | None, typer.Option(help="Where it comes from.")] = None,
    authorised_by: Annotated[str | None, typer.Option(help="Who authorised it, where it is not from a report.")] = None,
    age: Annotated[str | None, typer.Option(help="Now: adult, under_18, not_sure.")] = None,
    age_then: Annotated[str | None, typer.Option(help="At the event: the same words.")] = None,
    officer: Annotated[bool | None, typer.Option(help="An officer is described.")] = None,
    coercive: Annotated[bool | None, typer.Option(help="Someone who controls or lives with them is.")] = None,
    scheme: Annotated[Path | None, typer.Option(help="The scheme data anew, TOML or JSON.")] = None,
    private: Annotated[Path | None, typer.Option(help="Further private words, one a line.")] = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Put a report right. Warnings that a rule refuses by what is known now are taken back."""
    desk = desk_at(settings)
    given = {
        "told_by": told_by,
        "source": source,
        "authorised_by": authorised_by,
        "age_now": _age(age),
        "age_at_event": _age(age_then),
        "officer": officer,
        "coercive": coercive,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    facts = None
    if changed:
        with desk.store.read() as session:
            facts = replace(get_report(session, desk.vault, report_id).facts, **changed)
    words = () if private is None else _bytes(private).decode("utf-8", "replace").splitlines()
    taken_back = amend_scheme_data(
        desk,
        report_id=report_id,
        by=by,
        now=now(),
        scheme=None if scheme is None else read_values(scheme, SchemeData),
        facts=facts,
        private_words=tuple(word.strip() for word in words if word.strip()),
        voice=voice_if_any(desk),
    )
    if as_json:
        say_json({"taken_back": taken_back})
    else:
        say([f"Report {report_id} is put right.", *(f"Warning {number} is taken back." for number in taken_back)])


@spoken
def override(
    report_id: ReportId,
    by: By,
    second: Annotated[str, typer.Option(help="The second person.")],
    ground: Annotated[str, typer.Option(help="One of: " + ", ".join(sorted(OVERRIDE_GROUNDS)))],
    recipient: Annotated[str, typer.Option(help="One, by name and body.")],
    told: Annotated[str, typer.Option(help="The person it happened to: " + ", ".join(sorted(TOLD_HER)))],
    file: WordsFile = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Record that something was shared without permission, and what the recipient was told. It sends nothing."""
    text = typer.get_text_stream("stdin").read() if file is None else _bytes(file).decode("utf-8", "replace")
    number = record_override(
        desk_at(settings),
        report_id=report_id,
        ground=ground,
        recipient=recipient,
        told_what=text.strip(),
        told=told,
        by=by,
        second=second,
        now=now(),
    )
    if as_json:
        say_json({"override": number})
    else:
        say(f"Kept, as number {number}. It opens nothing else: no warning goes out by it.")


@spoken
def own_warnings(by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """What our own people and member agencies are warned of now."""
    found = show_own_warnings(desk_at(settings), by=by, now=now())
    if as_json:
        say_json({"warnings": found})
        return
    for warning in found:
        say([f"Warning {warning.release_id}", *(f"  {line}" for line in warning.lines)])
    if not found:
        say("No warning to our own people is in force. That says nothing about anybody.")


def _age(text: str | None) -> Age | None:
    for known in get_args(Age):
        if known == text:
            return known  # type: ignore[no-any-return]
    if text is not None:
        raise Refused("age", "age is one of: " + ", ".join(get_args(Age)))
    return None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused("file", f"the file {path.name} cannot be read") from error


def read_values(path: Path, kind: type[_T]) -> _T:
    """Reads a file of one report, TOML or JSON; a misspelt name is refused."""
    wrong = f"the file {path.name} is not as it must be: a name or a value is wrong"
    decode = msgspec.json.decode if path.suffix == ".json" else msgspec.toml.decode
    try:
        raw = decode(_bytes(path))
        made = msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused("file", wrong) from error
    if not _names_are_known(raw, msgspec.to_builtins(made)):
        raise Refused("file", wrong)
    return made


def _names_are_known(raw: Any, made: Any) -> bool:
    """A misspelt name must not pass for one that was left out."""
    if isinstance(raw, dict):
        return all(name in made and _names_are_known(value, made[name]) for name, value in raw.items())
    if isinstance(raw, list):
        return all(_names_are_known(one, other) for one, other in zip(raw, made, strict=True))
    return True
