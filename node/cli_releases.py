"""Commands about warnings: draft, show byte for byte, approve, refuse, update, pause, take back."""

from pathlib import Path
from typing import Annotated

import typer

from node.actions.approve_release import approve_release
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.pause_alert import pause_alert
from node.actions.publish_anew import draft_anew
from node.actions.refuse_release import refuse_release
from node.actions.release_danger_now import release_danger_now
from node.actions.resolve_flag import resolve_flag
from node.actions.send_out import Released
from node.actions.show_release import Shown, show_release
from node.actions.warn_own import warn_own
from node.actions.withdraw_alert import signed_envelope, withdraw_alert
from node.cli_speech import (
    NODE_TOML,
    AsJson,
    By,
    Settings,
    desk_at,
    now,
    say,
    say_json,
    spoken,
    voice_at,
    voice_if_any,
)
from node.core import danger_now as danger
from node.core.audience import AudienceChoice
from node.core.compose import OMITTABLE, Choices
from node.core.leak.resolving import REASONS, Looked
from node.core.leak.small_cells import GROUPS
from node.core.release import REFUSAL_REASONS, Release
from node.store.releases import get_release, list_releases, unreviewed_danger_now
from protocol.house.core.errors import Refused

release_app = typer.Typer(no_args_is_help=True, help="Warnings before and after they leave.")

ReportId = Annotated[int, typer.Argument(help="The report's number.", min=1)]
ReleaseId = Annotated[int, typer.Argument(help="The warning's number here.", min=1)]
DigestOption = Annotated[str, typer.Option("--digest", help="As 'release show' gave it to you.")]
Region = Annotated[str, typer.Option(help="Police-force area of the event.")]
Direction = Annotated[list[str] | None, typer.Option(help="Where the person described may be going.")]
Town = Annotated[str | None, typer.Option(help="Name the town: only where that gives nobody away.")]
Omit = Annotated[list[str] | None, typer.Option(help="Leave out: " + ", ".join(sorted(OMITTABLE)))]
Wider = Annotated[list[str] | None, typer.Option(help="A further region; needs a reason.")]
WiderReason = Annotated[str | None, typer.Option(help="Why wider.")]
Reporters = Annotated[str, typer.Option(help="1, or 2+ where two told it independently.")]
Days = Annotated[int | None, typer.Option(help="In force for 3, 30, 90 or 365 days.")]
Text = Annotated[
    Path | None, typer.Option("--text", help="A file with one line about the person described, at most 160 characters.")
]
Concerns = Annotated[list[str] | None, typer.Option(help="Whom it concerns: " + ", ".join(sorted(GROUPS)))]
Danger = Annotated[bool, typer.Option("--danger-now", help="Listed kinds, within 72 hours; in force for three days.")]


def _choices(
    region: str,
    direction: list[str] | None,
    town: str | None,
    omit: list[str] | None,
    wider: list[str] | None,
    reason: str | None,
    reporters: str,
    days: int | None,
    *,
    danger_now: bool = False,
    text: Path | None = None,
    concerns: list[str] | None = None,
) -> Choices:
    return Choices(
        region=region,
        direction=tuple(direction or ()),
        town=town,
        omit=tuple(omit or ()),
        audience=AudienceChoice(regions=tuple(wider or ()), reason=reason),
        reporters="2+" if reporters == "2+" else "1",
        lease_days=days,
        danger_now=danger_now,
        text=None if text is None else _line_in(text),
        concerns=tuple(concerns or ()),
    )


def _line_in(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("file", f"the file {file.name} cannot be read") from error


@release_app.command("draft")
@spoken
def draft(
    report_id: ReportId,
    by: By,
    region: Region,
    direction: Direction = None,
    town: Town = None,
    omit: Omit = None,
    wider: Wider = None,
    wider_reason: WiderReason = None,
    reporters: Reporters = "1",
    days: Days = None,
    danger_now: Danger = False,
    text: Text = None,
    concerns: Concerns = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Draft a warning to other projects. Nothing leaves."""
    desk = desk_at(settings)
    choices = _choices(
        region,
        direction,
        town,
        omit,
        wider,
        wider_reason,
        reporters,
        days,
        danger_now=danger_now,
        text=text,
        concerns=concerns,
    )
    number = draft_release(desk, voice_at(desk), report_id=report_id, choices=choices, by=by, now=now())
    _say_drafted(number, as_json)


@spoken
def warn_own_command(
    report_id: ReportId,
    by: By,
    region: Region,
    direction: Direction = None,
    town: Town = None,
    omit: Omit = None,
    reporters: Reporters = "1",
    days: Days = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Draft a warning to our own people and member agencies: it stays in this node."""
    choices = _choices(region, direction, town, omit, None, None, reporters, days)
    _say_drafted(warn_own(desk_at(settings), report_id=report_id, choices=choices, by=by, now=now()), as_json)


@spoken
def update(
    release_id: ReleaseId,
    by: By,
    region: Region,
    direction: Direction = None,
    town: Town = None,
    omit: Omit = None,
    wider: Wider = None,
    wider_reason: WiderReason = None,
    reporters: Reporters = "1",
    days: Days = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Draft what replaces a warning that is out. It is shown and approved like any."""
    desk = desk_at(settings)
    choices = _choices(region, direction, town, omit, wider, wider_reason, reporters, days)
    with desk.store.read() as session:
        own = get_release(session, release_id).scope == "own"
    voice = None if own else voice_at(desk)
    _say_drafted(draft_update(desk, voice, release_id=release_id, choices=choices, by=by, now=now()), as_json)


@release_app.command("anew")
@spoken
def release_anew(release_id: ReleaseId, by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """After a succession: draft a warning of the old log for the new one, as it was. It is shown and approved."""
    desk = desk_at(settings)
    _say_drafted(draft_anew(desk, voice_at(desk), release_id=release_id, by=by, now=now()), as_json)


def _say_drafted(number: int, as_json: bool) -> None:
    if as_json:
        say_json({"release": number})
    else:
        say(f"Drafted as {number}. A second person now looks at it: release show {number}")


@release_app.command("list")
@spoken
def release_list(settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """All warnings of this node, and how they stand."""
    moment = now()
    with desk_at(settings).store.read() as session:
        found = list_releases(session)
        waiting = unreviewed_danger_now(session, moment)
    if as_json:
        return say_json({"releases": found, "unreviewed": waiting})
    lines = [f"{one.id:>4}  report {one.report_id}, {_stands(one)}, drafted by {one.drafted_by}" for one in found]
    lines += [
        f"Warning {one.release_id} waits for a second look since {one.released_at:%d %B %H:%M} UTC"
        + (": it is late." if danger.due(one, moment) != "waiting" else ".")
        for one in waiting
    ]
    return say(lines or ["There are no warnings here."])


def _stands(release: Release) -> str:
    if release.not_taken is not None and release.is_out:
        return f"not out: the hub refused it ({release.not_taken})"
    if release.state == "approved" and not release.in_force(now()):
        return "no longer in force"
    return {"approved": "out", "withdrawn": "taken back", "superseded": "replaced"}.get(release.state, release.state)


@release_app.command("show")
@spoken
def release_show(release_id: ReleaseId, by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """Show a warning byte for byte, and in words. Only who was shown it can approve it."""
    shown = show_release(desk_at(settings), release_id=release_id, by=by, now=now())
    if as_json:
        return say_json(
            {
                "digest": shown.digest,
                "stored": shown.stored.decode(),
                "lines": shown.lines,
                "audience": shown.audience,
                "lease_days": shown.lease_days,
                "stops": shown.stops,
                "flags": shown.flags,
                "state": shown.release.state,
            }
        )
    return say(_shown_lines(shown))


def _shown_lines(shown: Shown) -> list[str]:
    audience = shown.audience
    who = "our own people and member agencies"
    if audience is not None:
        who = ", ".join((*audience.regions, *(f"member {one}" for one in audience.members)))
        who += "".join(f", not member {one}" for one in audience.except_)
    content = shown.stored.rstrip(b" ")
    return [
        *shown.lines,
        f"In force for {shown.lease_days} days. For: {who}.",
        "",
        "What leaves, byte for byte:",
        content.decode(),
        f"and {len(shown.stored) - len(content)} spaces, so that its size tells nothing.",
        "",
        *(f"STOP: {field} holds what must not leave. Draft it again without." for field in shown.stops),
        *(_flag_line(shown.release.id, flag) for flag in shown.flags),
        f"If that may leave: release approve {shown.release.id} --digest {shown.digest}",
    ]


def _flag_line(release_id: int, looked: Looked) -> str:
    what = f"Flag {looked.number}, {looked.flag.kind.replace('_', ' ')}: {looked.words or looked.flag.field}"
    if looked.resolved is not None:
        return f"{what}. {looked.resolved.by} let it stand: {looked.resolved.reason.replace('_', ' ')}."
    return f"{what}. Somebody looks at it: release resolve {release_id} --flag {looked.number} --reason ..."


@release_app.command("resolve")
@spoken
def release_resolve(
    release_id: ReleaseId,
    by: By,
    flag: Annotated[int, typer.Option(help="Its number, as 'release show' gives it.", min=1)],
    reason: Annotated[str, typer.Option(help="One of: " + ", ".join(sorted(REASONS)))],
    settings: Settings = NODE_TOML,
) -> None:
    """Let one flag of a draft stand, as the second person. A hard stop cannot be resolved."""
    desk, moment = desk_at(settings), now()
    shown = show_release(desk, release_id=release_id, by=by, now=moment)
    if flag > len(shown.flags):
        raise Refused("flag", "this warning has no flag of that number: show it again")
    resolve_flag(
        desk,
        release_id=release_id,
        digest=shown.digest,
        flag=shown.flags[flag - 1].flag,
        reason=reason,
        by=by,
        now=moment,
    )
    say(f"Flag {flag} stands.")


@release_app.command("approve")
@spoken
def release_approve(
    release_id: ReleaseId, by: By, digest: DigestOption, settings: Settings = NODE_TOML, as_json: AsJson = False
) -> None:
    """Let a warning out, as the second person."""
    desk = desk_at(settings)
    made = approve_release(desk, voice_if_any(desk), release_id=release_id, digest=digest, by=by, now=now())
    _say_released(made, as_json)


@release_app.command("danger-now")
@spoken
def release_danger(
    release_id: ReleaseId, by: By, digest: DigestOption, settings: Settings = NODE_TOML, as_json: AsJson = False
) -> None:
    """Let a danger-now draft out alone. A second person looks within 24 hours; without that it ends after 72."""
    desk = desk_at(settings)
    made = release_danger_now(desk, voice_at(desk), release_id=release_id, digest=digest, by=by, now=now())
    _say_released(made, as_json)


def _say_released(made: Released, as_json: bool) -> None:
    if as_json:
        say_json(made)
    elif made.leaves_at is None:
        say(f"Warning {made.release_id} is shown to our own people now.")
    else:
        say(f"Warning {made.release_id} leaves at {made.leaves_at:%d %B %H:%M} UTC.")


@release_app.command("refuse")
@spoken
def release_refuse(
    release_id: ReleaseId,
    by: By,
    reason: Annotated[str, typer.Option(help="One of: " + ", ".join(sorted(REFUSAL_REASONS)))],
    settings: Settings = NODE_TOML,
) -> None:
    """Say no to a draft."""
    refuse_release(desk_at(settings), release_id=release_id, reason=reason, by=by, now=now())
    say(f"Draft {release_id} does not go out.")


@spoken
def pause(release_id: ReleaseId, by: By, settings: Settings = NODE_TOML) -> None:
    """Pause a warning: not in force anywhere until two people bring it back."""
    desk = desk_at(settings)
    pause_alert(desk, voice_if_any(desk), release_id=release_id, by=by, now=now())
    say(f"Warning {release_id} is paused. Two people bring it back: update {release_id}")


@spoken
def withdraw(
    release_id: ReleaseId,
    by: By,
    to: Annotated[
        Path | None,
        typer.Option(help="Write what takes it back here too, signed: any project can carry it."),
    ] = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Take a warning back. One person, any hour, no reason."""
    desk = desk_at(settings)
    identity = withdraw_alert(desk, voice_if_any(desk), release_id=release_id, by=by, now=now())
    if to is not None and identity is not None:
        to.write_bytes(signed_envelope(desk, identity))
    if as_json:
        say_json({"cancel": identity})
    else:
        say(
            [
                f"Warning {release_id} is taken back.",
                "Can the person who reported talk? Is anyone with them? In danger: 999.",
            ]
        )
