"""What a hub can put into the log that nobody has signed who may."""

from msgspec.structs import replace

from protocol.body_fields import SightingBody
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.statement import encode_statement
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors.named_keys import member_keys, signing_key
from protocol.vectors.plausible_bodies import salt
from protocol.vectors.scene import three_projects
from tests.hostile.listing import attack, keeps
from tests.hostile.stage import Stage


def _stands_void(stage: Stage, entry: bytes) -> str:
    identity = stage.scene.append(entry)
    assert stage.scene.outcomes[-1].verdict == "void", "the attack is none"
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    keeps(stage)
    return identity


@attack()
def forged_statement(stage: Stage) -> None:
    """A Cancel in Genesis's name, signed by the hub."""
    cancel = stage.scene.statement("cancel", 1, supersedes=stage.warning)
    _stands_void(stage, sign_envelope(encode_statement(cancel), STATEMENT_TYPE, signing_key("log")))


@attack()
def replayed_statement(stage: Stage) -> None:
    """A pause that was ended is put into the log once more, byte for byte: nothing goes dark again."""
    pause = stage.scene.pause("genesis", 1, stage.warning)
    again = stage.scene.entries[-1]
    stage.scene.update("genesis", 1, pause)
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    keeps(stage)
    _stands_void(stage, again)


@attack()
def hub_signed_rotation(stage: Stage) -> None:
    part = MemberPart(keys=member_keys("attacker"))
    rotate = stage.scene.statement("rotate", 1, member=part)
    _stands_void(stage, stage.scene.sign(rotate, "officer0"))


@attack()
def false_member(stage: Stage) -> None:
    """Admitted by an officer without anybody's endorsement; its warning is nobody's."""
    _stands_void(stage, stage.scene.sign(stage.scene.admit_statement("attacker", 9), "officer0"))
    stage.scene.append(stage.scene.sign(stage.scene.alert_statement(9), "attacker/sign0"))
    stage.hub.cosign_as(0, 1)
    stage.node.sync()
    assert len(stage.node.inbox()) == 1


@attack()
def another_logs_statement(stage: Stage) -> None:
    other = three_projects(notice_days=2)
    stage.scene.bodies |= other.bodies
    _stands_void(stage, other.sign(other.statement("cancel", 1, supersedes=stage.warning), "genesis/sign0"))


@attack()
def another_members_cancel(stage: Stage) -> None:
    _stands_void(
        stage, stage.scene.sign(stage.scene.statement("cancel", 2, supersedes=stage.warning), "bradford/sign0")
    )


@attack()
def a_nonce_with_other_content(stage: Stage) -> None:
    """A body under the nonce of another statement: its digest names one statement only."""
    first = stage.scene.alert_statement(2)
    assert first.body is not None
    stage.scene.append(stage.scene.sign(first, "bradford/sign0"))
    again = replace(stage.scene.alert_statement(2), nonce=first.nonce, body=first.body)
    _stands_void(stage, stage.scene.sign(again, "bradford/sign0"))


@attack()
def widened_audience(stage: Stage) -> None:
    """A warning for West Yorkshire only is handed to whoever asks: the node does not ask."""
    narrow = stage.scene.alert("genesis", 1, audience=Audience(regions=("west-yorkshire",)))
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    body = stage.scene.state.links[narrow].body
    assert body is not None and not any(body.digest in asked for asked in stage.hub.asked_digests)
    assert not stage.shows(narrow)


@attack()
def future_version(stage: Stage) -> None:
    kind = "application/vnd.watchword.statement.v7+json"
    stage.scene.append(sign_envelope(b'{"whatever":1}', kind, signing_key("bradford/sign0")))
    stage.grow()
    stage.node.sync(2)
    assert len(stage.node.inbox()) == 2, "it does not read on"


@attack()
def unknown_critical_by_one_officer(stage: Stage) -> None:
    _critical(stage, 1)
    stage.grow()
    stage.node.sync(2)
    assert len(stage.node.inbox()) == 2, "one officer stops nobody"


@attack("Upgrade this node", evidence="testimony")
def unknown_critical_by_two_officers(stage: Stage) -> None:
    """It obeys nothing newer, but a Cancel."""
    _critical(stage, 2)
    stage.scene.cancel("genesis", 1, stage.warning)
    stage.hub.cosign_as(0, 1)
    stage.node.sync(2)
    assert not stage.shows(stage.warning), "a Cancel is always obeyed"


def _critical(stage: Stage, officers: int) -> None:
    kind = "application/vnd.watchword.statement.v7-critical+json"
    for number in range(officers):
        stage.scene.append(sign_envelope(b'{"n":%d}' % number, kind, signing_key(f"officer{number}")))
    stage.hub.cosign_as(0, 1)


@attack()
def a_sighting_by_a_stranger(stage: Stage) -> None:
    """'We know of this too', by somebody whom nobody has admitted."""
    statement = stage.scene.statement("sighting", 9, about=stage.warning, audience=Audience(regions=("merseyside",)))
    body = SightingBody(type="sighting.v1", salt=salt("x"), sighting="known_here", reason="own_report")
    _stands_void(stage, stage.scene.sign(stage.scene.with_body(statement, body), "attacker/sign0"))
