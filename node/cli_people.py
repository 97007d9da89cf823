"""Commands about the people who work here: made known, invited, roles, deputies, leaving; and handing a report over."""

from datetime import UTC, datetime, time
from typing import Annotated

import typer

from node.cli_speech import NODE_TOML, AsJson, By, Settings, desk_at, now, say, say_json, spoken
from node.core.access import ROLES
from protocol.house.actions.add_person import add_person
from protocol.house.actions.change_roles import appoint_deputy, change_roles
from protocol.house.actions.end_access import end_account
from protocol.house.actions.invite_person import invite_again, invite_person
from protocol.house.core.errors import Refused
from protocol.house.store.people import Person, list_people, person_id, person_of_name

app = typer.Typer(no_args_is_help=True, help="Who works here.")

_ROLE_HELP = "One or more of: " + ", ".join(sorted(ROLES))
Roles = Annotated[list[str] | None, typer.Option("--role", help=_ROLE_HELP)]
Agency = Annotated[str | None, typer.Option(help="The member agency they work for, if any.")]
Force = Annotated[str | None, typer.Option(help="Force area that a police contact worker deals with.")]
MaybeBy = Annotated[str | None, typer.Option("--by", help="The coordinator who does it; nobody for the first.")]


@app.command("add")
@spoken
def add(
    name: str,
    role: Roles = None,
    agency: Agency = None,
    force: Force = None,
    by: MaybeBy = None,
    settings: Settings = NODE_TOML,
) -> None:
    """Make somebody who works here known, so that they can act by name."""
    first, *more = role or ["caseworker"]
    desk = desk_at(settings)
    number = add_person(desk, name=name, role=first, more_roles=more, agency=agency, force=force, by=by, now=now())
    say(f"{name} is known here now, as number {number}.")


@app.command("invite")
@spoken
def invite(
    name: str,
    role: Roles = None,
    agency: Agency = None,
    force: Force = None,
    by: MaybeBy = None,
    settings: Settings = NODE_TOML,
    as_json: AsJson = False,
) -> None:
    """Print a link by which somebody sets up their account: once, within seven days. Whoever is new is made known."""
    desk = desk_at(settings)
    with desk.store.read() as session:
        known = person_of_name(session, name)
    if known is None:
        roles = role or ["caseworker"]
        made = invite_person(desk, name=name, roles=roles, agency=agency, force=force, by=by, now=now())
    elif role or agency or force:
        raise Refused("known", f"{name} is known here already: change roles with 'people role'")
    else:
        made = invite_again(desk, person=known, by=by, now=now())
    link = f"{desk.config.public_url.rstrip('/')}/invitation/{made.code}"
    if as_json:
        return say_json({"person": made.person, "link": link})
    return say([f"Give {name} this link, and nobody else. It is shown this once, and good for seven days:", link])


@app.command("role")
@spoken
def role_command(
    name: str,
    by: By,
    give: Annotated[list[str] | None, typer.Option(help=_ROLE_HELP)] = None,
    take: Annotated[list[str] | None, typer.Option(help="The same, to be taken away.")] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As a deputy: the last day, thirty from now at most.")
    ] = None,
    settings: Settings = NODE_TOML,
) -> None:
    """Give roles and take them away, or appoint a deputy."""
    desk = desk_at(settings)
    with desk.store.read() as session:
        person = person_id(session, name)
    if until is None:
        change_roles(desk, person=person, give=tuple(give or ()), take=tuple(take or ()), by=by, now=now())
    elif take or len(give or ()) != 1:
        raise Refused("deputy", "a deputy is appointed for one role: --give ROLE --until DAY")
    else:
        end = datetime.combine(until.date(), time(23, 59, 59), UTC)
        appoint_deputy(desk, person=person, role=(give or [""])[0], until=end, by=by, now=now())
    say(f"{name}'s roles are as you said.")


@app.command("end")
@spoken
def end(name: str, by: By, settings: Settings = NODE_TOML) -> None:
    """Somebody leaves: every session, device, password and role of theirs ends at once."""
    desk = desk_at(settings)
    with desk.store.read() as session:
        person = person_id(session, name)
    end_account(desk, person=person, by=by, now=now())
    say(f"{name}'s account is ended. The name stays, for the trail.")


@app.command("list")
@spoken
def list_command(settings: Settings = NODE_TOML, as_json: AsJson = False) -> None:
    """Everybody who works here, or did."""
    with desk_at(settings).store.read() as session:
        people = list_people(session, now())
    if as_json:
        return say_json({"people": people})
    return say([_line(person) for person in people])


def _line(person: Person) -> str:
    held = ", ".join(
        one.role.replace("_", " ") + (f" until {one.until:%d %B %Y}" if one.until else "") for one in person.held
    )
    of = f", {person.agency}" if person.agency else ""
    return f"{person.id:>4}  {person.name}{of} ({held if person.ended_at is None else 'left'})"
