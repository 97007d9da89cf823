"""What replay must call void of alerts and what follows them: one defect each."""

from msgspec.structs import replace

from protocol.envelope import decode_envelope
from protocol.statement_fields import Audience
from protocol.vectors.opening import Defects
from protocol.vectors.scene import Scene

CHAINS = Defects()


@CHAINS.defect("audience.region", "an audience in a region that the charter does not list")
def audience_region(scene: Scene) -> None:
    """A closed list."""
    scene.alert("genesis", 1, audience=Audience(regions=("atlantis",)))


@CHAINS.defect("audience.member", "an audience that excepts a member who is none")
def audience_member(scene: Scene) -> None:
    """A number is no place for a message."""
    scene.alert("genesis", 1, audience=Audience(regions=("merseyside",), except_=(1234,)))


@CHAINS.defect("body.reused", "two alerts with one body")
def body_reused(scene: Scene) -> None:
    """One body, one statement."""
    statement = scene.alert_statement(1)
    scene.append(scene.sign(statement, "genesis/sign0"))
    scene.append(scene.sign(replace(statement, nonce=scene.nonce()), "genesis/sign0"))


@CHAINS.defect("body.reused", "the body of a cancelled alert again")
def body_of_a_cancelled_alert(scene: Scene) -> None:
    """Gone is for ever."""
    statement = scene.alert_statement(1)
    first = scene.append(scene.sign(statement, "genesis/sign0"))
    scene.cancel("genesis", 1, first)
    scene.append(scene.sign(replace(statement, nonce=scene.nonce()), "genesis/sign0"))


@CHAINS.defect("chain.cancelled", "an alert that comes after its Cancel")
def alert_after_its_cancel(scene: Scene) -> None:
    """Cancel wins in every order."""
    statement = scene.sign(scene.alert_statement(1), "genesis/sign0")
    scene.cancel("genesis", 1, decode_envelope(statement).identity)
    scene.append(statement)


@CHAINS.defect("chain.cancelled", "an update of a cancelled chain")
def update_of_a_cancelled_chain(scene: Scene) -> None:
    """It is ended."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.update("genesis", 1, first)


@CHAINS.defect("chain.cancelled", "a sighting about a cancelled chain")
def sighting_of_a_cancelled_chain(scene: Scene) -> None:
    """It is ended."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.sighting("bradford", 2, first)


@CHAINS.defect("update.unknown", "an update of nothing")
def update_of_nothing(scene: Scene) -> None:
    """Or of what comes later."""
    scene.update("genesis", 1, "ab" * 32)


@CHAINS.defect("update.unknown", "an update of a sighting")
def update_of_a_sighting(scene: Scene) -> None:
    """A sighting is no link."""
    first = scene.alert("genesis", 1)
    seen = scene.sighting("bradford", 2, first)
    scene.update("bradford", 2, seen)


@CHAINS.defect("chain.not_yours", "an update of somebody else's alert")
def update_of_anothers(scene: Scene) -> None:
    """Nobody else can alter."""
    first = scene.alert("genesis", 1)
    scene.update("bradford", 2, first)


@CHAINS.defect("chain.not_yours", "a Cancel of somebody else's alert, under one's own id")
def cancel_of_anothers(scene: Scene) -> None:
    """Nobody else can withdraw."""
    first = scene.alert("genesis", 1)
    scene.cancel("bradford", 2, first)


@CHAINS.defect("update.not_head", "an update of a link that was replaced")
def update_not_head(scene: Scene) -> None:
    """Its origin must look again."""
    first = scene.alert("genesis", 1)
    scene.update("genesis", 1, first)
    scene.update("genesis", 1, first)


@CHAINS.defect("update.paused", "a pause of a paused chain")
def paused_twice(scene: Scene) -> None:
    """`paused` replaces a live head."""
    first = scene.alert("genesis", 1)
    second = scene.pause("genesis", 1, first)
    scene.pause("genesis", 1, second)


@CHAINS.defect("chain.status", "an exercise becomes actual")
def status_changes(scene: Scene) -> None:
    """Nobody is frightened by an exercise."""
    first = scene.alert("genesis", 1, status="exercise")
    scene.update("genesis", 1, first)


@CHAINS.defect("chain.status", "an actual sighting about an exercise")
def status_of_a_sighting(scene: Scene) -> None:
    """The status is the chain's."""
    first = scene.alert("genesis", 1, status="exercise")
    scene.sighting("bradford", 2, first)


@CHAINS.defect("sighting.unknown", "a sighting about an update")
def sighting_of_an_update(scene: Scene) -> None:
    """It names the first alert."""
    first = scene.alert("genesis", 1)
    second = scene.update("genesis", 1, first)
    scene.sighting("bradford", 2, second)


@CHAINS.defect("cancel.not_first", "a Cancel that names an update")
def cancel_of_an_update(scene: Scene) -> None:
    """It names the first alert."""
    first = scene.alert("genesis", 1)
    second = scene.update("genesis", 1, first)
    scene.cancel("genesis", 1, second)


@CHAINS.defect("cancel.not_first", "a Cancel of a Cancel")
def cancel_of_a_cancel(scene: Scene) -> None:
    """Nothing makes a body live again."""
    first = scene.alert("genesis", 1)
    second = scene.cancel("genesis", 1, first)
    scene.cancel("genesis", 1, second)


@CHAINS.defect("cancel.compromised", "a Cancel by a compromised key")
def cancel_by_a_compromised_key(scene: Scene) -> None:
    """Whoever holds it now."""
    first = scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="compromised", from_=len(scene.entries))
    scene.cancel("genesis", 1, first)


@CHAINS.defect("sighting.again", "a second sighting of one project about one alert")
def sighting_again(scene: Scene) -> None:
    """One word each, until it is taken back."""
    first = scene.alert("genesis", 1)
    scene.sighting("bradford", 2, first)
    scene.sighting("bradford", 2, first)
