"""Commands about records: people, reports, permissions, taking back, erasing, the trail. Releases: `cli_releases`.

Each takes one action and says in words what came of it.
"""

from typing import Annotated, get_args

import typer

from node.actions.change_permission import STOP_SHARING, change_permission
from node.actions.erase_report import ERASURE_REASONS, erase_report
from node.actions.hand_over_report import hand_over_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.open_report import open_report
from node.actions.record_permission import record_permission
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import ReportShown, list_all_reports, show_report
from node.cli_figures import figures_app
from node.cli_people import app as people_app
from node.cli_releases import (
    pause,
    release_app,
    update,
    warn_own_command,
    withdraw,
)
from node.cli_reports import add, amend, override, own_warnings, take
from node.cli_speech import NODE_TOML, AsJson, By, Settings, desk_at, now, say, say_json, spoken, voice_if_any
from node.core.permissions import Answer, Condition, Standing, Switch
from node.core.report import Age, Report
from node.core.taken_back import CANNOT_CALL_BACK, TakenBack
from node.store.permissions import Given
from protocol.house.core.audit import AuditBroken, AuditHead
from protocol.house.core.errors import Refused
from protocol.house.store.audit import verify_audit

app = typer.Typer(no_args_is_help=True, help="Reports, permissions and warnings of this project.")
report_app = typer.Typer(no_args_is_help=True, help="One report.")
audit_app = typer.Typer(no_args_is_help=True, help="The trail of every look.")
app.add_typer(people_app, name="people")
app.add_typer(report_app, name="report")
app.add_typer(release_app, name="release")
app.add_typer(figures_app, name="figures")
app.add_typer(audit_app, name="audit")
app.command("warn-own")(warn_own_command)
app.command("pause")(pause)
app.command("withdraw")(withdraw)
app.command("update")(update)
app.command("override")(override)
app.command("own-warnings")(own_warnings)
report_app.command("take")(take)
report_app.command("add")(add)
report_app.command("amend")(amend)

SWITCH_WORDS: dict[Switch, str] = {
    "record": "keep a record",
    "warn_own": "warn our own people",
    "warn_others": "warn other projects",
    "compare_quietly": "compare numbers quietly",
    "police_anonymous": "information for police without a name",
    "police_full": "police with full details",
}
AGE_WORDS = {"adult": "18 or over", "under_18": "under 18", "not_sure": "not sure", "not_asked": "not asked yet"}

ReportId = Annotated[int, typer.Argument(help="The report's number.", min=1)]


@app.command("reports")
@spoken
def reports(
    by: By,
    to_release: Annotated[bool, typer.Option("--to-release", help="Only those that may be warned of.")] = False,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """All reports, without their words."""
    found = list_all_reports(desk_at(settings), by=by, now=now(), to_release=to_release)
    if as_json:
        return say_json({"reports": found})
    return say([_line(report) for report in found] or ["There are no reports here."])


def _line(report: Report) -> str:
    words = [f"{report.id:>4}  {report.taken_at:%d %B %Y}", report.agency, AGE_WORDS[report.facts.age_now]]
    words += ["not opened yet"] if not report.opened else []
    words += ["on hold"] if report.held else []
    return ", ".join(words)


@report_app.command("show")
@spoken
def report_show(
    report_id: ReportId,
    by: By,
    support: Annotated[bool, typer.Option(help="The support notes too.")] = False,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Open a report and read it. Looking is kept in the trail."""
    shown = show_report(desk_at(settings), report_id=report_id, by=by, now=now(), with_support_notes=support)
    if as_json:
        return say_json(shown)
    return say(_report_lines(shown))


def _report_lines(shown: ReportShown) -> list[str]:
    facts = shown.report.facts
    lines = [
        _line(shown.report),
        f"Told by: {facts.told_by.replace('_', ' ')}. Age at the event: {AGE_WORDS[facts.age_at_event]}.",
    ]
    if shown.referral_due:
        lines.append("A child at the time: think of the safeguarding referral.")
    for title, words in (
        ("First account", shown.account),
        ("Added", shown.additions),
        ("Support notes", shown.support_notes),
    ):
        lines += [f"{title}, {one.at:%d %B %Y %H:%M} UTC, {one.by}: {one.text}" for one in words]
    for heading, cell, comment in shown.raw_cells:
        if cell or comment:
            lines.append(f"  {heading}: {cell}" + (f" [comment: {comment}]" if comment else ""))
    lines.append("You said yes to (when the report was taken / today):")
    for switch, meaning in SWITCH_WORDS.items():
        then, today = shown.at_the_report[switch], shown.today[switch]
        lines.append(f"  {meaning}: {_said(then)} / {_said(today)}")
    if shown.releases:
        lines.append("Warnings: " + ", ".join(str(number) for number in shown.releases))
    return lines


def _said(standing: Standing) -> str:
    if standing.ask_again:
        return "to be asked again: this node came back from a backup, and a warning was taken back or changed since"
    if standing.answer == standing.effective:
        return standing.answer.replace("_", " ")
    return "yes, under a condition that a person must settle" if standing.conditions else "yes, as recorded only"


@report_app.command("hand-over")
@spoken
def hand_over(report_id: ReportId, by: By, settings: Settings = NODE_TOML) -> None:
    """Hand a report that you took over to the caseworkers."""
    hand_over_report(desk_at(settings), report_id=report_id, by=by, now=now())
    say(f"Report {report_id} is handed over.")


@app.command("open")
@spoken
def open_row(
    report_id: ReportId,
    by: By,
    age: Annotated[str | None, typer.Option(help="Now: adult, under_18, not_sure, not_asked.")] = None,
    age_then: Annotated[str | None, typer.Option(help="At the event: the same words.")] = None,
    confirm: Annotated[list[str] | None, typer.Option(help="A recorded yes that you stand for.")] = None,
    wording: Annotated[str, typer.Option(help="Version of the permission wording.")] = "",
    settings: Settings = NODE_TOML,
) -> None:
    """Open an imported row that you have read: answer the age question, confirm what was said yes to."""
    open_report(
        desk_at(settings),
        report_id=report_id,
        by=by,
        now=now(),
        age_now=_age(age),
        age_at_event=_age(age_then),
        confirm=tuple(_switch(text) for text in confirm or ()),
        wording=wording,
    )
    say(f"Report {report_id} is open. What was not confirmed stays as recorded, and allows nothing.")


def _age(text: str | None) -> Age | None:
    for known in get_args(Age):
        if known == text:
            return known  # type: ignore[no-any-return]
    if text is not None:
        raise Refused("age", "age is one of: " + ", ".join(get_args(Age)))
    return None


@app.command("permission")
@spoken
def permission(
    report_id: ReportId,
    switch: Annotated[str, typer.Argument(help="One of the six, or 'all' to stop sharing.")],
    answer: Annotated[Answer, typer.Argument(help="yes, no or not_asked")],
    by: By,
    witness: Annotated[str, typer.Option(help="Who was there.")] = "",
    how: Annotated[str, typer.Option(help="in_person, phone, text, paper, letter, other")] = "in_person",
    wording: Annotated[str, typer.Option(help="Version of the wording that was read out.")] = "",
    not_region: Annotated[list[str] | None, typer.Option(help="Condition: not to this force area.")] = None,
    no_town: Annotated[bool, typer.Option(help="Condition: name no town.")] = False,
    condition: Annotated[
        list[str] | None, typer.Option(help="Any other condition, in words: no until settled.")
    ] = None,
    settles: Annotated[int | None, typer.Option(help="Number of the earlier answer that this settles.")] = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Record an answer. A no stops further use, and takes back every warning that depends on it."""
    desk = desk_at(settings)
    conditions = [Condition(kind="not_region", region=region) for region in not_region or ()]
    conditions += [Condition(kind="no_town")] if no_town else []
    conditions += [Condition(kind="other", words=words) for words in condition or ()]
    given = Given(witness=witness or by, how=how, wording=wording, conditions=tuple(conditions))
    if answer == "no":
        switches = STOP_SHARING if switch == "all" else (_switch(switch),)
        back = change_permission(
            desk, voice_if_any(desk), report_id=report_id, switches=switches, given=given, by=by, now=now()
        )
        return say_json(back) if as_json else say(_taken_back(back))
    made = record_permission(
        desk,
        report_id=report_id,
        switch=_switch(switch),
        answer=answer,
        given=given,
        by=by,
        now=now(),
        settles=settles,
        voice=voice_if_any(desk),
    )
    if as_json:
        return say_json(made)
    return say([f"Kept, as answer {made.answer}.", *(f"Warning {one} is taken back." for one in made.taken_back)])


def _switch(text: str) -> Switch:
    for known in SWITCH_WORDS:
        if known == text:
            return known
    raise Refused("switch", "the six switches are: " + ", ".join(SWITCH_WORDS))


def _taken_back(back: TakenBack) -> list[str]:
    now_back = [left for left in back.had_left if left.withdrawn_now]
    lines = ["Sharing is stopped."]
    if back.drafts_refused:
        lines.append(f"Drafts that will not go out now: {back.drafts_refused}.")
    lines += [
        f"Warning {left.release_id}, out since {left.left_at:%d %B %Y}, is taken back from: "
        + (", ".join((*left.regions, *map(str, left.members))) or "our own people")
        for left in now_back
    ]
    lines += [
        f"Warning {left.release_id} is still with the other projects: the message that takes it back could not be made."
        f" Bring the node's keys back, then: withdraw {left.release_id}"
        for left in now_back
        if left.cancel_owed
    ]
    if not now_back:
        lines.append("No warning that depends on it was out.")
    return lines + [CANNOT_CALL_BACK[remains] for remains in back.remains]


@app.command("erase")
@spoken
def erase(
    report_id: ReportId,
    by: By,
    reason: Annotated[str, typer.Option(help="One of: " + ", ".join(sorted(ERASURE_REASONS)))],
    settings: Settings = NODE_TOML,
) -> None:
    """Erase a report for good; its warnings are taken back first."""
    desk = desk_at(settings)
    erase_report(desk, voice_if_any(desk), report_id=report_id, reason=reason, by=by, now=now())
    say(f"Report {report_id} is erased. Nothing in use can open it; within 14 days no backup can either.")


@app.command("hold")
@spoken
def hold(
    report_id: ReportId,
    by: By,
    second: Annotated[str, typer.Option(help="The second person.")],
    ground: Annotated[str, typer.Option(help="police_investigation, court_proceedings, inquest, complaint, …")] = "",
    reference: Annotated[str, typer.Option(help="Their reference.")] = "",
    lift: Annotated[bool, typer.Option(help="Lift it instead.")] = False,
    settings: Settings = NODE_TOML,
) -> None:
    """Place a legal hold, or lift it. Two people."""
    desk = desk_at(settings)
    if lift:
        lift_hold(desk, report_id=report_id, by=by, second=second, now=now())
        return say(f"The hold on report {report_id} is lifted.")
    hold_report(desk, report_id=report_id, ground=ground, reference=reference, by=by, second=second, now=now())
    return say(f"Report {report_id} is on hold: not read, not shared, not erased. Look at it again within six months.")


@app.command("rewrap")
@spoken
def rewrap(
    at_once: Annotated[bool, typer.Option(help="Make a new epoch key now, before a week is over.")] = False,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Do what is due on the keys at rest: daily is right."""
    done = rewrap_keys(desk_at(settings), now=now(), at_once=at_once)
    if as_json:
        say_json(done)
        return
    gone = ", ".join(map(str, done.destroyed)) or "none"
    say([f"It does not open, and was left as it is: {place}" for place in done.broken])
    say(f"Epoch key {done.epoch} seals; {done.rows} keys wrapped anew; old epoch keys destroyed: {gone}.")


@audit_app.command("verify")
@spoken
def audit_verify(
    head: Annotated[str | None, typer.Option(help="A head noted earlier, as NUMBER:HASH.")] = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Check the whole trail. Note its head elsewhere: only against that can a missing end be seen."""
    with desk_at(settings).store.read() as session:
        found = verify_audit(session, _head(head))
    if as_json:
        say_json({"whole": isinstance(found, AuditHead), "found": found})
    elif isinstance(found, AuditHead):
        say(f"The trail is whole: {found.number} entries. Its head: {found.number}:{found.hash}")
    else:
        say(f"The trail is broken at entry {found.number}: {found.how.replace('_', ' ')}.")
    if isinstance(found, AuditBroken):
        raise typer.Exit(1)


def _head(text: str | None) -> AuditHead | None:
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise Refused("head", "a head is NUMBER:HASH, as 'audit verify' printed it")
    return AuditHead(number=int(number), hash=digest)
