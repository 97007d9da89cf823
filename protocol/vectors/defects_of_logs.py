"""What replay must call void of any entry: its frame, its key, its log, its member. One defect each."""

import json
from typing import Final

from protocol import canonical
from protocol.envelope import STATEMENT_TYPE, decode_envelope, encode_envelope, sign_envelope
from protocol.replay import State
from protocol.statement_fields import MemberPart
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import member_keys, signing_key
from protocol.vectors.opening import SMALL_ORDER, Defects, ends_void
from protocol.vectors.scene import Scene, three_projects
from protocol.vectors.stories import newer

ENTRIES = Defects()


def whole_logs() -> dict[str, Vector]:
    """Logs that are wrong from their beginning, or have another charter, by name."""
    return {
        f"log_{name}": ends_void(forms.replay(shows, scene), _WHOLE[name])
        for name, (shows, scene) in _whole_logs().items()
    }


_WHOLE: Final = {
    "charter_of_a_small_order_key": "key.invalid_point",
    "charter_signed_by_a_stranger": "key.unknown",
    "charter_badly_signed": "signature.invalid",
    "first_entry_is_no_charter": "log.charter",
    "lease_longer_than_the_charters": "alert.lease",
    "admitted_before_the_notice": "admit.notice",
}


def _whole_logs() -> dict[str, tuple[str, Scene]]:
    small, stranger, forged, headless = Scene(), Scene(), Scene(), Scene()
    charter = decode_envelope(small.entries[0])
    fields = json.loads(charter.payload)
    fields["charter"]["log_key"] = SMALL_ORDER
    firsts = {
        "small": sign_envelope(canonical.encode(fields), STATEMENT_TYPE, signing_key("officer0")),
        "stranger": sign_envelope(charter.payload, STATEMENT_TYPE, signing_key("nobody")),
        "forged": encode_envelope(charter.payload, STATEMENT_TYPE, charter.keyid, bytes(64)),
        "headless": headless.sign(headless.statement("leave", 1), "officer0"),
    }
    for scene, first in zip((small, stranger, forged, headless), firsts.values(), strict=True):
        _begin_again(scene, first)
    lease = three_projects(lease_max_days=30)
    lease.alert("genesis", 1, days=90)
    hasty = Scene(notice_days=7)
    hasty.admit("genesis", 1)
    hasty.admit("bradford", 2, endorsed_by={"genesis": 1})
    return {
        "charter_of_a_small_order_key": ("the log's key is of small order", small),
        "charter_signed_by_a_stranger": ("a charter signed by none of its officers", stranger),
        "charter_badly_signed": ("a charter whose signature fails", forged),
        "first_entry_is_no_charter": ("something else stands at index 0", headless),
        "lease_longer_than_the_charters": ("90 days where 30 are the most", lease),
        "admitted_before_the_notice": ("endorsed and admitted on one day", hasty),
    }


def _begin_again(scene: Scene, first: bytes) -> None:
    scene.state, scene.entries, scene.outcomes = State(), [], []
    scene.append(first)


@ENTRIES.defect("envelope.not_json", "an entry that is no envelope")
def not_an_envelope(scene: Scene) -> None:
    """Any bytes have a verdict."""
    scene.append(b"not an envelope")


@ENTRIES.defect("statement.payload_type", "an admission request in the log")
def payload_type_of_a_request(scene: Scene) -> None:
    """Only statements stand there."""
    kind = "application/vnd.watchword.request.v1+json"
    scene.append(sign_envelope(canonical.encode(scene.request("leeds")), kind, signing_key("leeds/sign0")))


@ENTRIES.defect("statement.payload_type", "version 1 says that it is critical")
def payload_type_critical_version_1(scene: Scene) -> None:
    """That word begins with version 2."""
    kind = "application/vnd.watchword.statement.v1-critical+json"
    scene.append(sign_envelope(b"{}", kind, signing_key("officer0")))


@ENTRIES.defect("key.unknown", "signed by nobody")
def key_unknown(scene: Scene) -> None:
    """Its key never stood in the log."""
    scene.say("nobody", "leave", 1)


@ENTRIES.defect("signature.invalid", "one bit of the payload was changed")
def signature_invalid(scene: Scene) -> None:
    """The signature is over the exact bytes."""
    read = decode_envelope(scene.sign(scene.statement("leave", 1), "genesis/sign0"))
    altered = read.payload.replace(b'"origin":1', b'"origin":3')
    scene.append(encode_envelope(altered, read.payload_type, read.keyid, read.signature))


@ENTRIES.defect("signature.invalid", "S is not reduced: the same signature in other bits")
def signature_not_reduced(scene: Scene) -> None:
    """RFC 8032 §5.1.7."""
    read = decode_envelope(scene.sign(scene.statement("leave", 1), "genesis/sign0"))
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(read.signature[32:], "little") + order
    altered = read.signature[:32] + s.to_bytes(32, "little")
    scene.append(encode_envelope(read.payload, read.payload_type, read.keyid, altered))


@ENTRIES.defect("log.stopped", "an alert after two officers stopped the log")
def stopped(scene: Scene) -> None:
    """This reader says "upgrade"."""
    newer(scene, "officer0", critical=True)
    newer(scene, "officer1", critical=True)
    scene.alert("genesis", 1)


@ENTRIES.defect("statement.unknown_kind", "a kind that is neither known nor reserved")
def unknown_kind(scene: Scene) -> None:
    """Void, not unknown."""
    fields = json.loads(canonical.encode(scene.statement("leave", 1))) | {"kind": "stay"}
    scene.append(sign_envelope(canonical.encode(fields), STATEMENT_TYPE, signing_key("genesis/sign0")))


@ENTRIES.defect("statement.duplicate_key", "two kinds, one of them reserved")
def two_kinds(scene: Scene) -> None:
    """Readers could disagree which one it is."""
    scene.append(sign_envelope(b'{"kind":"leave","kind":"letter"}', STATEMENT_TYPE, signing_key("genesis/sign0")))


@ENTRIES.defect("log.other", "a statement for another log")
def other_log(scene: Scene) -> None:
    """A fork or a successor of this one cannot use it."""
    scene.say("genesis/sign0", "leave", 1, log="ab" * 32)


@ENTRIES.defect("log.charter", "a second charter")
def second_charter(scene: Scene) -> None:
    """It stands at index 0 and nowhere else."""
    scene.append(scene.charter_envelope(notice_days=0, lease_max_days=90))


@ENTRIES.defect("replay.duplicate", "the same statement twice")
def duplicate(scene: Scene) -> None:
    """Once."""
    scene.alert("genesis", 1)
    scene.append(scene.entries[-1])


@ENTRIES.defect("key.not_origins", "one member signs for another")
def signed_for_another(scene: Scene) -> None:
    """Nobody else can invent."""
    scene.append(scene.sign(scene.alert_statement(1), "bradford/sign0"))


@ENTRIES.defect("key.not_origins", "one member cancels for another, before its alert is there")
def cancel_for_another(scene: Scene) -> None:
    """It is no successor."""
    scene.say("bradford/sign0", "cancel", 1, supersedes="ab" * 32)


@ENTRIES.defect("key.not_origins", "a member suspends, under the registrar's id")
def member_as_officer(scene: Scene) -> None:
    """Only officers do."""
    scene.say("bradford/sign0", "suspend", 0, member=MemberPart(id=1, reason="misuse"))


@ENTRIES.defect("key.not_origins", "an officer rotates a member's keys")
def officer_as_member(scene: Scene) -> None:
    """Nobody but a member changes that member's keys."""
    scene.say("officer0", "rotate", 1, member=MemberPart(keys=member_keys("seized")))


@ENTRIES.defect("key.retired", "an alert by a key that was rotated away")
def key_retired(scene: Scene) -> None:
    """It signs nothing any more but Cancel."""
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    scene.alert("genesis", 1)


@ENTRIES.defect("key.use", "an alert by the unattended key")
def alert_by_online_key(scene: Scene) -> None:
    """It signs requests and Acks."""
    scene.append(scene.sign(scene.alert_statement(1), "genesis/online"))


@ENTRIES.defect("key.use", "a Cancel by the unattended key")
def cancel_by_online_key(scene: Scene) -> None:
    """A person cancels."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first, key="genesis/online")


@ENTRIES.defect("key.use", "a Cancel by an officer")
def cancel_by_officer(scene: Scene) -> None:
    """The registrar withdraws nobody's warning."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first, key="officer0")


@ENTRIES.defect("member.suspended", "an alert of a suspended member")
def alert_while_suspended(scene: Scene) -> None:
    """Two officers suspended it."""
    scene.officers("suspend", 1, reason="silent")
    scene.alert("genesis", 1)


@ENTRIES.defect("member.removed", "an alert of a member that left")
def alert_after_leaving(scene: Scene) -> None:
    """Its keys sign nothing but Cancel."""
    scene.say("genesis/sign0", "leave", 1)
    scene.alert("genesis", 1)


@ENTRIES.defect("member.removed", "a rotation of a member that was revoked")
def rotate_after_revocation(scene: Scene) -> None:
    """It makes no new keys."""
    scene.officers("revoke", 1, reason="left")
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))


@ENTRIES.defect("member.removed", "a revocation of a member that left")
def revoke_after_leaving(scene: Scene) -> None:
    """Only `compromised` says anything new of it."""
    scene.say("genesis/sign0", "leave", 1)
    scene.say("officer0", "revoke", 0, member=MemberPart(id=1, reason="left"))


@ENTRIES.defect("member.role", "an alert of an observer")
def alert_of_an_observer(scene: Scene) -> None:
    """It watches the log."""
    scene.admit("watcher", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="observer", region=None)
    scene.alert("watcher", 9)


@ENTRIES.defect("member.role", "an endorsement by the lead")
def endorsed_by_the_lead(scene: Scene) -> None:
    """Projects vouch."""
    scene.admit("lead", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="lead", region=None, police="yes")
    scene.say("lead/sign0", "endorse", 9, about="ab" * 32)


@ENTRIES.defect("member.unknown", "a suspension of nobody")
def suspend_nobody(scene: Scene) -> None:
    """There is no member of that id."""
    scene.say("officer0", "suspend", 0, member=MemberPart(id=77, reason="misuse"))


@ENTRIES.defect("member.not_active", "a suspension of a suspended member")
def suspend_twice(scene: Scene) -> None:
    """It is already."""
    scene.officers("suspend", 1, reason="misuse")
    scene.say("officer2", "suspend", 0, member=MemberPart(id=1, reason="misuse"))


@ENTRIES.defect("member.not_suspended", "a resume of an active member")
def resume_an_active_member(scene: Scene) -> None:
    """Nobody asked for its suspension."""
    scene.say("officer0", "resume", 0, member=MemberPart(id=1))
