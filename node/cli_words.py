"""How the exchange is told at the command line. Words: PEOPLE.md §4. Nothing here decides anything."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from node.actions.read_inbox import Shown, Warned
from node.actions.read_status import Status
from node.core.backups import Backups, practised_words, unready, unready_words
from node.core.troubles import trouble_words
from node.exchange.join import Asker
from node.exchange.sync import SyncReport
from protocol.words import fingerprint_words

COMPARED: Final = {
    "same": "The same history as ours.",
    "split": "[bold red]Two different histories.[/bold red] Both signed notes are kept as proof: run"
    " 'watchword-node evidence FOLDER' and send it to the other projects.",
    "newer": "It is newer than what this node holds: sync, and compare again.",
}

_TAKEN_BACK: Final = "Taken back on {day}. Please remove it from walls and phones. Do not act on it."


def words_of(digest: str) -> str:
    """The words of a digest in hex, as they are read aloud."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))


def print_asker(console: Console, asker: Asker) -> None:
    """One candidate: what it says of itself, and what to compare by voice."""
    request = asker.request
    console.print(f"[bold]{escape(asker.candidate.name)}[/bold]  ({escape(asker.candidate.contact)})", highlight=False)
    police = ", a police body" if request.police == "yes" else ""
    console.print(f"  asks to be: {request.role} {request.region or ''}{police}; its machine: {request.host}")
    console.print(f"  digest: {asker.candidate.digest}", highlight=False)
    console.print(f"  words:  [bold]{' '.join(asker.words)}[/bold]")
    console.print(f"  vouched for by: {', '.join(f'member {one}' for one in asker.endorsed_by) or 'nobody yet'}")


def print_report(console: Console, report: SyncReport) -> None:
    """What a round of sync did."""
    console.print(
        f"{report.size} entries ({report.added} new), {report.confirmed_size} confirmed;"
        f" {report.received} received, {report.erased} erased",
        highlight=False,
    )
    if report.acked:
        console.print("Told the others, signed, that what was taken back is deleted here.")
    for trouble in report.troubles:
        console.print(f"[yellow]{trouble_words(trouble.code)}[/yellow]")
        console.print(f"  step {int(trouble.step)} ({trouble.step.name.lower()}): {trouble.code}", highlight=False)
    if report.alarms:
        console.print(f"[bold red]{report.alarms} alarm(s): run 'watchword-node doctor'[/bold red]")


def print_status(console: Console, status: Status) -> None:
    """How the node stands."""
    if status.log is None:
        console.print("This node has not joined a log yet: run 'watchword-node join'.")
        return
    who = f"{status.project} (member {status.member})" if status.member is not None else "not a member yet"
    console.print(f"[bold]{escape(who)}[/bold], {status.membership}", highlight=False)
    console.print(f"{status.size} entries, {status.confirmed_size} confirmed; {_seen_by(status)}", highlight=False)
    if status.checkpoint_words:
        console.print(f"checkpoint words: [bold]{' '.join(status.checkpoint_words)}[/bold]")
    if status.stopped:
        console.print("[bold red]Upgrade this node: the log holds something that it cannot read.[/bold red]")
    if status.confirmed_late:
        console.print("[yellow]Nothing was confirmed for six hours: the witnesses are late.[/yellow]")
    console.print(f"last sync: {_moment(status.last_sync)}", highlight=False)
    _print_outgoing(console, status)
    for one in status.taken_back:
        console.print(f"{one.identity[:12]} taken back: {_deleted(one.deleted_by, one.deleted_of)}", highlight=False)
    if status.anew:
        numbers = ", ".join(map(str, status.anew))
        console.print(f"[yellow]in the old log only, draft again with 'release anew': {numbers}[/yellow]")
    if status.overdue:
        console.print(f"not yet confirmed: {', '.join(escape(name) for name in status.overdue)}", highlight=False)
    for identity in status.orphans:
        console.print(f"[yellow]not known here, taken back after a day unless re-linked: {identity}[/yellow]")
    for job in status.jobs:
        if job.late:
            console.print(f"[yellow]job {job.job}: last succeeded {_moment(job.last_success)}[/yellow]")
    for alarm in status.alarms:
        console.print(f"[bold red]{alarm.means}[/bold red]\n  → {alarm.do}", highlight=False)


def print_backups(console: Console, backups: Backups, now: dt.datetime) -> None:
    """When the last backup was made, what the last practice showed, and what is wrong."""
    console.print(f"last backup: {_moment(backups.made_at)}; {practised_words(backups)}", highlight=False)
    for one in unready(backups, now):
        console.print(f"[yellow]{unready_words(one, backups)[0]}[/yellow]", highlight=False)


def _print_outgoing(console: Console, status: Status) -> None:
    if not status.outgoing:
        return
    table = Table("message", "kind", "state", "why")
    for one in status.outgoing:
        table.add_row(one.identity[:12], one.kind, one.state, one.problem or "")
    console.print(table)


def print_inbox(console: Console, warned: Sequence[Warned]) -> None:
    """The warnings in force, danger now first."""
    if not warned:
        console.print("There is no warning in force for this project. That says nothing about anybody.")
    for warning in warned:
        _print_warning(console, warning)
        console.print()


def print_shown(console: Console, shown: Shown) -> None:
    """One warning, whatever has become of it."""
    console.print(f"{shown.identity}\nfrom {escape(shown.project)}: [bold]{shown.state}[/bold]", highlight=False)
    if shown.taken_back_on is not None:
        console.print(f"[bold]{_TAKEN_BACK.format(day=_day(shown.taken_back_on))}[/bold]", highlight=False)
    if shown.state == "taken back":
        console.print(_deleted(shown.deleted_by, shown.deleted_of), highlight=False)
    if shown.warning is not None:
        _print_warning(console, shown.warning)
    else:
        console.print(_seen(shown.seen_by, shown.witnesses), highlight=False)
    if shown.known_too:
        console.print(f"{shown.known_too} project(s) say: we know of this too")
    if shown.thought_wrong:
        console.print(f"{shown.thought_wrong} project(s) say: we think this is wrong")


def _print_warning(console: Console, warning: Warned) -> None:
    if warning.practice:
        console.print("[bold]PRACTICE - NOT REAL[/bold]")
    if warning.danger_now:
        console.print("[bold red]DANGER NOW[/bold red]")
    for line in warning.lines:
        console.print(escape(line), highlight=False)
    if not warning.lines:
        console.print("Its content is not here yet.")
    if warning.hidden:
        console.print(f"{len(warning.hidden)} field(s) are not shown: they held a number or an address.")
    console.print(
        f"from {escape(warning.project)} · in force until {_day(warning.in_force_until)}"
        f" · {_seen(warning.seen_by, warning.witnesses)} · {warning.identity[:12]}",
        highlight=False,
    )


def _seen_by(status: Status) -> str:
    return _seen(status.seen_by, status.witnesses)


def _seen(count: int, witnesses: int) -> str:
    return f"seen by {count} of {witnesses}" if witnesses else "no witness"


def _deleted(count: int, of: int) -> str:
    if of == 0:
        return "no other project could have had it"
    return f"confirmed deleted by {count} of {of} project{'' if of == 1 else 's'}"


def _day(text: str) -> str:
    return dt.date.fromisoformat(text).strftime("%-d %b %Y") if text else "-"


def _moment(moment: dt.datetime | None) -> str:
    return "never" if moment is None else moment.strftime("%-d %b %Y %H:%M UTC")
