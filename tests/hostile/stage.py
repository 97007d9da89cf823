"""What each attack begins with: three honest projects in a log, the node under test as the fourth, one warning held."""

import base64
import copy
import datetime as dt
import json
from pathlib import Path
from typing import Final, NamedTuple

from protocol.body_fields import MemberBody
from protocol.envelope import decode_envelope
from protocol.request import parse_request
from protocol.statement_fields import MemberPart
from protocol.vectors.plausible_bodies import salt
from protocol.vectors.scene import Scene, three_projects
from protocol.words import fingerprint_words
from tests.hostile.node_under_test import NodeUnderTest, Run
from tests.hostile.server import HostileServer
from tests.node.hub_simulator import HubSimulator

NODE_ID = 4


REPORT: Final = """\
account = "He did not pay."

[facts]
age_now = "adult"
age_at_event = "adult"

[answers]
record = "yes"
warn_own = "yes"
warn_others = "yes"

[scheme]
incident_types = ["robbery"]
date_min = {day}
area = "Merseyside"
persons = [{{ age_min = 45, age_max = 49, build = "stocky", names_used = ["Gaz"] }}]
"""


class OwnWarning(NamedTuple):
    """A warning of the node's own: its number there, and its chain in the log."""

    release: int
    chain: str


class Stage:
    """One attack's own hub and node.

    Attributes:
        hub: misbehaves as the attack wants. node: the one under test, a member of Merseyside's region.
        warning: identity of Genesis's warning, in force and held by the node.
    """

    def __init__(self, server: HostileServer, hub: HubSimulator, node: NodeUnderTest, warning: str) -> None:
        self.server, self.hub, self.node, self.warning = server, hub, node, warning

    @property
    def scene(self) -> Scene:
        """The honest log."""
        return self.hub.scene

    def copy(self, folder: Path) -> "Stage":
        """The same again, for another attack; from now on its hub answers."""
        scene = copy.copy(self.scene)
        scene.entries, scene.outcomes = list(scene.entries), list(scene.outcomes)
        scene.bodies = dict(scene.bodies)
        hub = HubSimulator(scene)
        hub.cosigned, hub.acks = dict(self.hub.cosigned), dict(self.hub.acks)
        self.server.hub, self.server.raw = hub, None
        self.server.asked.clear()
        return Stage(self.server, hub, self.node.copy(folder), self.warning)

    def grow(self) -> None:
        """The log grows by one honest warning of Bradford's, cosigned by two witnesses."""
        self.scene.alert("bradford", 2)
        self.hub.cosign_as(0, 1)

    def release_one(self) -> "OwnWarning":
        """The node releases a warning of its own, as two people do, and the log takes it."""
        report = self.node.folder / "report.toml"
        report.write_text(REPORT.format(day=dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)), "utf-8")
        self.node.must("people", "add", "Bea", "--role", "coordinator")
        self.node.must("people", "add", "Asha", "--by", "Bea")
        number = json.loads(self.node.must("report", "take", str(report), "--by", "Asha", "--json"))["report"]
        draft = ("release", "draft", str(number), "--by", "Asha", "--region", "merseyside", "--json")
        release = json.loads(self.node.must(*draft))["release"]
        shown = json.loads(self.node.must("release", "show", str(release), "--by", "Bea", "--json"))
        approve = ("release", "approve", str(release), "--by", "Bea", "--digest", shown["digest"], "--json")
        chain = json.loads(self.node.must(*approve))["chain"]
        self.node.must("publish")
        assert chain in self.scene.state.chains, "its own warning is not in the log"
        return OwnWarning(release, chain)

    def shows(self, identity: str) -> bool:
        """Whether the node shows that warning as in force."""
        return any(one["identity"] == identity for one in self.node.inbox())


def build_stage(server: HostileServer, folder: Path, run: Run) -> Stage:
    """Sets the node up, lets it join by the whole ceremony, and gives it a warning."""
    scene = three_projects()
    scene.day = dt.datetime.now(dt.UTC).date()
    hub = HubSimulator(scene)
    hub.cosign_as(0, 1)
    server.hub = hub
    node = NodeUnderTest(folder / "node", run)
    node.set_up(server.url)
    invitation = folder / "invitation.json"
    invitation.write_text(json.dumps({"invitation": "let-us-in", "log": scene.log, "hub": server.url}))
    words = " ".join(fingerprint_words(bytes.fromhex(scene.log)))
    node.must("join", "--invitation", str(invitation), "--contact", "office@newcastle.example.org", "--words", words)
    _admit(hub)
    hub.cosign_as(0, 1)
    node.sync()
    warning = scene.alert("genesis", 1)
    hub.cosign_as(0, 1)
    node.sync()
    stage = Stage(server, hub, node, warning)
    assert stage.shows(warning), node.heard[-1]
    node.heard.clear()
    return stage


def _admit(hub: HubSimulator) -> None:
    """The registrar admits whoever has asked, with everybody's endorsement."""
    scene, asked = hub.scene, hub.candidates[-1]
    envelope = decode_envelope(base64.b64decode(asked["envelope"]))
    request = parse_request(envelope.payload)
    for name, member in (("genesis", 1), ("bradford", 2)):
        scene.say(f"{name}/sign0", "endorse", member, about=asked["digest"])
    part = MemberPart(
        id=NODE_ID,
        host=request.host,
        keys=request.keys,
        nonce=request.nonce,
        police=request.police,
        region=request.region,
        role=request.role,
        proof=envelope.signature.hex(),
    )
    statement = scene.statement("admit", 0, member=part, about=asked["digest"])
    body = MemberBody(type="member.v1", salt=salt("under test"), name=asked["name"], contact=asked["contact"])
    scene.append(scene.sign(scene.with_body(statement, body), "officer0"))
