"""Commands about the figures of a quarter: count, show exactly what leaves, let out as a second person, take back."""

from typing import Annotated

import typer

from node.actions.approve_figures import approve_figures
from node.actions.prepare_figures import prepare_figures
from node.actions.show_figures import list_all_figures, show_figures
from node.actions.take_back_figures import take_back_figures
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
from node.core.figure_words import WHO_READS, figure_lines
from node.core.figures import FiguresKept
from protocol.vocabulary import REGISTERED_BANDS

figures_app = typer.Typer(no_args_is_help=True, help="What this project counts of a quarter, for the nation's figures.")

Quarter = Annotated[str, typer.Argument(help="A quarter that is over, as 2026-Q3.")]
Registered = Annotated[
    str | None, typer.Option(help="How many workers are registered here: " + ", ".join(REGISTERED_BANDS))
]
Digest = Annotated[str, typer.Option("--digest", help="As 'figures show' gave it to you.")]


@figures_app.command("prepare")
@spoken
def figures_prepare(quarter: Quarter, by: By, registered: Registered = None, settings: Settings = NODE_TOML) -> None:
    """Count a quarter. Nothing leaves."""
    prepare_figures(desk_at(settings), quarter=quarter, registered=registered, by=by, now=now())
    say(f"{quarter} is counted. A second person looks at it: watchword-node figures show {quarter} --by THEIR-NAME")


@figures_app.command("list")
@spoken
def figures_list(by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """Every quarter that was counted here, and the one that is due."""
    found = list_all_figures(desk_at(settings), by=by, now=now())
    if as_json:
        say_json(found)
        return
    say([f"{one.quarter}: {_stands(one)}" for one in found.kept])
    if found.due is not None:
        say(f"{found.due}: over, and not counted yet")


def _stands(one: FiguresKept) -> str:
    if one.not_taken is not None:
        return f"the hub refused them ({one.not_taken})"
    if one.approved_at is None:
        return f"counted by {one.prepared_by}, waits for a second person"
    return f"let out by {one.approved_by} on {one.approved_at:%d %B %Y}"


@figures_app.command("show")
@spoken
def figures_show(quarter: Quarter, by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """Show exactly what leaves, and its digest."""
    shown = show_figures(desk_at(settings), quarter=quarter, by=by, now=now())
    if as_json:
        say_json(shown)
        return
    say([f"{what}: {how_many}" for what, how_many in figure_lines(shown.body)])
    say(["", *WHO_READS, "", "Byte for byte:", shown.content, "", f"Digest: {shown.kept.digest}"])


@figures_app.command("approve")
@spoken
def figures_approve(
    quarter: Quarter, by: By, digest: Digest, settings: Settings = NODE_TOML, as_json: AsJson = False
) -> None:
    """Let them out, as the second person."""
    desk = desk_at(settings)
    identity = approve_figures(desk, voice_at(desk), quarter=quarter, digest=digest, by=by, now=now())
    say_json({"identity": identity}) if as_json else say(f"The figures of {quarter} are on their way.")


@figures_app.command("take-back")
@spoken
def figures_take_back(quarter: Quarter, by: By, settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """Take them back. What the hub has published stays; later releases are made without them."""
    desk = desk_at(settings)
    cancel = take_back_figures(desk, voice_if_any(desk), quarter=quarter, by=by, now=now())
    if as_json:
        say_json({"cancel": cancel})
    else:
        say("They never left: they are forgotten." if cancel is None else f"The figures of {quarter} are taken back.")
