"""An operator's day: a project asks to join, a deletion is waited for, a key is stolen; keys of officers stay away."""

from pathlib import Path

import pytest
from nacl.signing import SigningKey
from typer.testing import CliRunner

from hub.cli import app
from tests.federation.network import Federation
from tests.journeys.at_the_hub import at_the_hub
from tests.journeys.conftest import EVERY_WAY, TWO_WAYS
from tests.journeys.person import Person
from tests.journeys.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def bring_signed(person: Person, fed: Federation, officer: int) -> None:
    """The text of the page goes to an officer's machine, is signed there, and comes back as a file."""
    folder = fed.folder / f"officer{officer}"
    folder.mkdir(exist_ok=True)
    wanted = folder / "to-sign.json"
    wanted.write_text(await person.page.get_by_label("The same as text, to be copied", exact=True).input_value())
    signed = sign(folder, wanted, fed.officers[officer])
    await person.follow("Bring what was signed")
    await person.upload("The signed file", signed)
    await person.press("Put it into the log")
    assert await person.heading() == "It stands in the log"


def sign(folder: Path, wanted: Path, officer: SigningKey) -> Path:
    key, signed = folder / "officer.key", folder / "signed.json"
    key.write_text(bytes(officer).hex())
    key.chmod(0o600)
    typed = ["sign-as-officer", str(wanted), str(signed), "--officer-key", str(key), "--yes"]
    result = CliRunner().invoke(app, typed)
    assert result.exit_code == 0, result.output
    return signed


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_an_operator_suspends_with_two_officers_and_chases_a_deletion(stage: Stage) -> None:
    fed = stage.fed
    release = fed.genesis.draft(fed.genesis.report())
    identity = fed.genesis.release(release)
    await stage.settle()
    oona = await at_the_hub(stage, "Oona", "operator")
    assert await oona.heading() == fed.hub.config.name
    await oona.reads("The drill of backup and restore is due")

    await oona.follow("Members")
    await oona.follow("merseyside")
    await oona.follow("Suspend")
    await oona.reads("Its warnings that are in force stand, at everybody's.", "What it takes back is taken back")
    for officer in (0, 1):
        await oona.open("/members/3/suspend")
        await oona.choose("Why?", "Doubt about who holds its keys")
        await oona.press("Prepare it for an officer to sign")
        await oona.reads("Asks to suspend member 3")
        await bring_signed(oona, fed, officer)
    assert fed.hub.view.refresh().state.members[3].status == "suspended"

    fed.genesis.withdraw(release)
    await fed.genesis.publish()
    await oona.follow("Not yet confirmed")
    await oona.reads("taken back", "Confirmed deleted by 0 of")
    await oona.follow("merseyside")
    await oona.press("I have reminded them")
    await oona.reads("Reminded on")
    await stage.settle()
    await stage.come_back(oona)
    await oona.open("/withdrawals")
    await oona.reads("Nothing is waited for")
    assert identity not in await oona.page.content()


@pytest.mark.parametrize("stage", TWO_WAYS, indirect=True)
async def test_an_operator_finds_what_to_do_when_a_key_is_stolen_and_does_the_drill(stage: Stage) -> None:
    oona = await at_the_hub(stage, "Oona", "operator")
    await oona.follow("The hub")
    await oona.reads("The latest checkpoint, in words", "Limits in force")
    await oona.follow("Backup and its drill")
    await oona.reads("The drill has never been done")
    await oona.press("We did the drill today")
    await oona.reads("The last drill was on")
    await oona.follow("How the hub stands")
    await oona.follow("The charter")
    await oona.reads("What cannot", "A succession, step by step")
    await oona.follow("Members")
    await oona.follow("A key is stolen")
    await oona.reads("A node's: first, within minutes")
    await oona.follow("Invite it anew")
    await oona.press("Make an invitation for 14 days")
    await oona.reads("Read these words aloud to them")
    await oona.follow("Who asks to join")
    await oona.reads("Nobody asks to join.")
    await oona.follow("People")
    await oona.follow("Invite somebody")
    await oona.reads("Do they belong to a police body?")
    await oona.follow("Audit")
    await oona.reads("restore drill", "invite candidate")
