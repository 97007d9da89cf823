"""What replay must call void: one defect each, the last entry of its log."""

import json
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from protocol import canonical
from protocol.envelope import STATEMENT_TYPE, decode_envelope, encode_envelope, sign_envelope
from protocol.statement_fields import Audience, Keys, MemberPart
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.scene import (
    Scene,
    member_keys,
    public,
    seal_key,
    signing_key,
    three_projects,
)
from protocol.vectors.stories import OPENING, newer

Defect = Callable[[Scene], object]
DEFECTS: Final[list[tuple[str, str, Defect]]] = []
SMALL_ORDER: Final = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
"""A point of order 8."""


def defect(code: str, shows: str) -> Callable[[Defect], Defect]:
    """Registers a function that continues the log of three projects with an entry of that defect."""

    def register(function: Defect) -> Defect:
        DEFECTS.append((code, shows, function))
        return function

    return register


def log_defects() -> dict[str, Vector]:
    """By name.

    Raises:
        RuntimeError: a log does not end in the void entry that it was made for.
    """
    opened = len(three_projects().entries)
    made = {name: forms.replay(shows, scene) for name, (shows, scene) in _whole_logs().items()}
    codes = dict(_WHOLE)
    for code, shows, continues in DEFECTS:
        scene = three_projects()
        continues(scene)
        codes[continues.__name__] = code
        made[continues.__name__] = forms.replay(shows, scene, OPENING, opened)
    for name, vector in made.items():
        if vector["outcomes"][-1] != ["void", codes[name]]:
            raise RuntimeError(f"{name}: {vector['outcomes'][-1]}")
    return {f"log_{name}": forms.rejected(vector, codes[name]) for name, vector in made.items()}


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
    scene.state, scene.entries, scene.outcomes = type(scene.state)(), [], []
    scene.append(first)


@defect("envelope.not_json", "an entry that is no envelope")
def not_an_envelope(scene: Scene) -> None:
    """Any bytes have a verdict."""
    scene.append(b"not an envelope")


@defect("statement.payload_type", "an admission request in the log")
def payload_type_of_a_request(scene: Scene) -> None:
    """Only statements stand there."""
    kind = "application/vnd.watchword.request.v1+json"
    scene.append(sign_envelope(canonical.encode(scene.request("leeds")), kind, signing_key("leeds/sign0")))


@defect("statement.payload_type", "version 1 says that it is critical")
def payload_type_critical_version_1(scene: Scene) -> None:
    """That word begins with version 2."""
    kind = "application/vnd.watchword.statement.v1-critical+json"
    scene.append(sign_envelope(b"{}", kind, signing_key("officer0")))


@defect("key.unknown", "signed by nobody")
def key_unknown(scene: Scene) -> None:
    """Its key never stood in the log."""
    scene.say("nobody", "leave", 1)


@defect("signature.invalid", "one bit of the payload was changed")
def signature_invalid(scene: Scene) -> None:
    """The signature is over the exact bytes."""
    read = decode_envelope(scene.sign(scene.statement("leave", 1), "genesis/sign0"))
    altered = read.payload.replace(b'"origin":1', b'"origin":3')
    scene.append(encode_envelope(altered, read.payload_type, read.keyid, read.signature))


@defect("signature.invalid", "S is not reduced: the same signature in other bits")
def signature_not_reduced(scene: Scene) -> None:
    """RFC 8032 §5.1.7."""
    read = decode_envelope(scene.sign(scene.statement("leave", 1), "genesis/sign0"))
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(read.signature[32:], "little") + order
    altered = read.signature[:32] + s.to_bytes(32, "little")
    scene.append(encode_envelope(read.payload, read.payload_type, read.keyid, altered))


@defect("log.stopped", "a Cancel after the log was stopped")
def stopped(scene: Scene) -> None:
    """This reader says "upgrade"."""
    first = scene.alert("genesis", 1)
    newer(scene, "officer0", critical=True)
    scene.cancel("genesis", 1, first)


@defect("statement.unknown_kind", "a kind that is neither known nor reserved")
def unknown_kind(scene: Scene) -> None:
    """Void, not unknown."""
    fields = json.loads(canonical.encode(scene.statement("leave", 1))) | {"kind": "stay"}
    scene.append(sign_envelope(canonical.encode(fields), STATEMENT_TYPE, signing_key("genesis/sign0")))


@defect("statement.duplicate_key", "two kinds, one of them reserved")
def two_kinds(scene: Scene) -> None:
    """Readers could disagree which one it is."""
    scene.append(sign_envelope(b'{"kind":"leave","kind":"series"}', STATEMENT_TYPE, signing_key("genesis/sign0")))


@defect("log.other", "a statement for another log")
def other_log(scene: Scene) -> None:
    """A fork or a successor of this one cannot use it."""
    scene.say("genesis/sign0", "leave", 1, log="ab" * 32)


@defect("log.charter", "a second charter")
def second_charter(scene: Scene) -> None:
    """It stands at index 0 and nowhere else."""
    scene.append(scene.charter_envelope(notice_days=0, lease_max_days=90))


@defect("replay.duplicate", "the same statement twice")
def duplicate(scene: Scene) -> None:
    """Once."""
    scene.alert("genesis", 1)
    scene.append(scene.entries[-1])


@defect("key.not_origins", "one member signs for another")
def signed_for_another(scene: Scene) -> None:
    """Nobody else can invent."""
    scene.append(scene.sign(scene.alert_statement(1), "bradford/sign0"))


@defect("key.not_origins", "one member cancels for another, before its alert is there")
def cancel_for_another(scene: Scene) -> None:
    """It is no successor."""
    scene.say("bradford/sign0", "cancel", 1, supersedes="ab" * 32)


@defect("key.not_origins", "a member suspends, under the registrar's id")
def member_as_officer(scene: Scene) -> None:
    """Only officers do."""
    scene.say("bradford/sign0", "suspend", 0, member=MemberPart(id=1, reason="misuse"))


@defect("key.not_origins", "an officer rotates a member's keys")
def officer_as_member(scene: Scene) -> None:
    """Nobody but a member changes that member's keys."""
    scene.say("officer0", "rotate", 1, member=MemberPart(keys=member_keys("seized")))


@defect("key.retired", "an alert by a key that was rotated away")
def key_retired(scene: Scene) -> None:
    """It signs nothing any more but Cancel."""
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    scene.alert("genesis", 1)


@defect("key.use", "an alert by the unattended key")
def alert_by_online_key(scene: Scene) -> None:
    """It signs requests and Acks."""
    scene.append(scene.sign(scene.alert_statement(1), "genesis/online"))


@defect("key.use", "a Cancel by the unattended key")
def cancel_by_online_key(scene: Scene) -> None:
    """A person cancels."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first, key="genesis/online")


@defect("key.use", "a Cancel by an officer")
def cancel_by_officer(scene: Scene) -> None:
    """The registrar withdraws nobody's warning."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first, key="officer0")


@defect("member.suspended", "an alert of a suspended member")
def alert_while_suspended(scene: Scene) -> None:
    """Two officers suspended it."""
    scene.officers("suspend", 1, reason="silent")
    scene.alert("genesis", 1)


@defect("member.removed", "an alert of a member that left")
def alert_after_leaving(scene: Scene) -> None:
    """Its keys sign nothing but Cancel."""
    scene.say("genesis/sign0", "leave", 1)
    scene.alert("genesis", 1)


@defect("member.removed", "a rotation of a member that was revoked")
def rotate_after_revocation(scene: Scene) -> None:
    """It makes no new keys."""
    scene.officers("revoke", 1, reason="left")
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))


@defect("member.removed", "a revocation of a member that left")
def revoke_after_leaving(scene: Scene) -> None:
    """Only `compromised` says anything new of it."""
    scene.say("genesis/sign0", "leave", 1)
    scene.say("officer0", "revoke", 0, member=MemberPart(id=1, reason="left"))


@defect("member.role", "an alert of an observer")
def alert_of_an_observer(scene: Scene) -> None:
    """It watches the log."""
    scene.admit("watcher", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="observer", region=None)
    scene.alert("watcher", 9)


@defect("member.role", "an endorsement by the lead")
def endorsed_by_the_lead(scene: Scene) -> None:
    """Projects vouch."""
    scene.admit("lead", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="lead", region=None, police="yes")
    scene.say("lead/sign0", "endorse", 9, about="ab" * 32)


@defect("member.unknown", "a suspension of nobody")
def suspend_nobody(scene: Scene) -> None:
    """There is no member of that id."""
    scene.say("officer0", "suspend", 0, member=MemberPart(id=77, reason="misuse"))


@defect("member.not_active", "a suspension of a suspended member")
def suspend_twice(scene: Scene) -> None:
    """It is already."""
    scene.officers("suspend", 1, reason="misuse")
    scene.say("officer2", "suspend", 0, member=MemberPart(id=1, reason="misuse"))


@defect("member.not_suspended", "a resume of an active member")
def resume_an_active_member(scene: Scene) -> None:
    """Nobody asked for its suspension."""
    scene.say("officer0", "resume", 0, member=MemberPart(id=1))


@defect("audience.region", "an audience in a region that the charter does not list")
def audience_region(scene: Scene) -> None:
    """A closed list."""
    scene.alert("genesis", 1, audience=Audience(regions=("atlantis",)))


@defect("audience.member", "an audience that excepts a member who is none")
def audience_member(scene: Scene) -> None:
    """A number is no place for a message."""
    scene.alert("genesis", 1, audience=Audience(regions=("merseyside",), except_=(1234,)))


@defect("body.reused", "two alerts with one body")
def body_reused(scene: Scene) -> None:
    """One body, one statement."""
    statement = scene.alert_statement(1)
    scene.append(scene.sign(statement, "genesis/sign0"))
    scene.append(scene.sign(replace(statement, nonce=scene.nonce()), "genesis/sign0"))


@defect("body.reused", "the body of a cancelled alert again")
def body_of_a_cancelled_alert(scene: Scene) -> None:
    """Gone is for ever."""
    statement = scene.alert_statement(1)
    first = scene.append(scene.sign(statement, "genesis/sign0"))
    scene.cancel("genesis", 1, first)
    scene.append(scene.sign(replace(statement, nonce=scene.nonce()), "genesis/sign0"))


@defect("chain.cancelled", "an alert that comes after its Cancel")
def alert_after_its_cancel(scene: Scene) -> None:
    """Cancel wins in every order."""
    statement = scene.sign(scene.alert_statement(1), "genesis/sign0")
    scene.cancel("genesis", 1, decode_envelope(statement).identity)
    scene.append(statement)


@defect("chain.cancelled", "an update of a cancelled chain")
def update_of_a_cancelled_chain(scene: Scene) -> None:
    """It is ended."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.update("genesis", 1, first)


@defect("chain.cancelled", "a sighting about a cancelled chain")
def sighting_of_a_cancelled_chain(scene: Scene) -> None:
    """It is ended."""
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.sighting("bradford", 2, first)


@defect("update.unknown", "an update of nothing")
def update_of_nothing(scene: Scene) -> None:
    """Or of what comes later."""
    scene.update("genesis", 1, "ab" * 32)


@defect("update.unknown", "an update of a sighting")
def update_of_a_sighting(scene: Scene) -> None:
    """A sighting is no link."""
    first = scene.alert("genesis", 1)
    seen = scene.sighting("bradford", 2, first)
    scene.update("bradford", 2, seen)


@defect("chain.not_yours", "an update of somebody else's alert")
def update_of_anothers(scene: Scene) -> None:
    """Nobody else can alter."""
    first = scene.alert("genesis", 1)
    scene.update("bradford", 2, first)


@defect("chain.not_yours", "a Cancel of somebody else's alert, under one's own id")
def cancel_of_anothers(scene: Scene) -> None:
    """Nobody else can withdraw."""
    first = scene.alert("genesis", 1)
    scene.cancel("bradford", 2, first)


@defect("update.not_head", "an update of a link that was replaced")
def update_not_head(scene: Scene) -> None:
    """Its origin must look again."""
    first = scene.alert("genesis", 1)
    scene.update("genesis", 1, first)
    scene.update("genesis", 1, first)


@defect("update.paused", "a pause of a paused chain")
def paused_twice(scene: Scene) -> None:
    """`paused` replaces a live head."""
    first = scene.alert("genesis", 1)
    second = scene.pause("genesis", 1, first)
    scene.pause("genesis", 1, second)


@defect("chain.status", "an exercise becomes actual")
def status_changes(scene: Scene) -> None:
    """Nobody is frightened by an exercise."""
    first = scene.alert("genesis", 1, status="exercise")
    scene.update("genesis", 1, first)


@defect("chain.status", "an actual sighting about an exercise")
def status_of_a_sighting(scene: Scene) -> None:
    """The status is the chain's."""
    first = scene.alert("genesis", 1, status="exercise")
    scene.sighting("bradford", 2, first)


@defect("sighting.unknown", "a sighting about an update")
def sighting_of_an_update(scene: Scene) -> None:
    """It names the first alert."""
    first = scene.alert("genesis", 1)
    second = scene.update("genesis", 1, first)
    scene.sighting("bradford", 2, second)


@defect("cancel.not_first", "a Cancel that names an update")
def cancel_of_an_update(scene: Scene) -> None:
    """It names the first alert."""
    first = scene.alert("genesis", 1)
    second = scene.update("genesis", 1, first)
    scene.cancel("genesis", 1, second)


@defect("cancel.not_first", "a Cancel of a Cancel")
def cancel_of_a_cancel(scene: Scene) -> None:
    """Nothing makes a body live again."""
    first = scene.alert("genesis", 1)
    second = scene.cancel("genesis", 1, first)
    scene.cancel("genesis", 1, second)


@defect("cancel.compromised", "a Cancel by a compromised key")
def cancel_by_a_compromised_key(scene: Scene) -> None:
    """Whoever holds it now."""
    first = scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="compromised", from_=len(scene.entries))
    scene.cancel("genesis", 1, first)


def _endorsed(scene: Scene, name: str, **over: Any) -> tuple[Any, MemberPart, Any]:
    request = scene.request(name, **over)
    for endorser, number in (("genesis", 1), ("bradford", 2)):
        scene.say(f"{endorser}/sign0", "endorse", number, about=scene.request_digest(request))
    statement = scene.admit_statement(name, 4, request)
    assert statement.member is not None
    return request, statement.member, statement


@defect("admit.digest", "an admission with a key that nobody vouched for")
def admit_other_keys(scene: Scene) -> None:
    """A registrar can admit only what was asked for."""
    _, member, statement = _endorsed(scene, "leeds")
    swapped = replace(member, keys=member_keys("registrars_own"))
    scene.append(scene.sign(replace(statement, member=swapped), "officer0"))


@defect("admit.proof", "an admission without the candidate's own signature")
def admit_without_proof(scene: Scene) -> None:
    """Nobody is admitted who did not ask."""
    _, member, statement = _endorsed(scene, "leeds")
    scene.append(scene.sign(replace(statement, member=replace(member, proof="00" * 64)), "officer0"))


@defect("admit.proof", "the same admission again, without the proof")
def admit_again_without_proof(scene: Scene) -> None:
    """The proof is the request's, each time."""
    statement = scene.admit_statement("bradford", 2)
    assert statement.member is not None
    scene.append(scene.sign(replace(statement, member=replace(statement.member, proof="00" * 64)), "officer0"))


@defect("admit.id_taken", "an admission under a present member's id")
def admit_under_anothers_id(scene: Scene) -> None:
    """Nobody becomes somebody else."""
    request, _, _ = _endorsed(scene, "leeds")
    scene.append(scene.sign(scene.admit_statement("leeds", 1, request), "officer0"))


@defect("admit.id_taken", "an admission under the id of a member that left")
def admit_under_a_past_id(scene: Scene) -> None:
    """An id is for ever."""
    scene.say("merseyside/sign0", "leave", 3)
    scene.append(scene.sign(scene.admit_statement("merseyside", 3, scene.request("merseyside", region="merseyside")), "officer0"))  # noqa: E501  # fmt: skip


@defect("admit.key_taken", "an admission with a member's key")
def admit_with_anothers_key(scene: Scene) -> None:
    """A key has one owner."""
    keys = Keys(online=public("genesis/online"), seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@defect("admit.key_taken", "an admission with the log's own key")
def admit_with_the_logs_key(scene: Scene) -> None:
    """Keys of the charter are taken too."""
    keys = Keys(online=public("log"), seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@defect("key.invalid_point", "an admission with a key of small order")
def admit_with_a_small_order_key(scene: Scene) -> None:
    """Lenient libraries accept forged signatures under it."""
    keys = Keys(online=SMALL_ORDER, seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@defect("admit.region", "a project in a region that the charter does not list")
def admit_to_no_region(scene: Scene) -> None:
    """No alert could reach it."""
    _, _, statement = _endorsed(scene, "leeds", region="atlantis")
    scene.append(scene.sign(statement, "officer0"))


@defect("admit.predecessor", "a successor of a member that is still there")
def successor_of_a_present_member(scene: Scene) -> None:
    """It could cancel that member's warnings."""
    _, _, statement = _endorsed(scene, "leeds", predecessor=3)
    scene.append(scene.sign(statement, "officer0"))


@defect("admit.predecessor", "a second successor")
def second_successor(scene: Scene) -> None:
    """Each member has at most one."""
    scene.say("merseyside/sign0", "leave", 3)
    scene.admit("heir", 5, endorsed_by={"genesis": 1, "bradford": 2}, predecessor=3)
    _, _, statement = _endorsed(scene, "leeds", predecessor=3)
    scene.append(scene.sign(statement, "officer0"))


@defect("admit.endorsements", "an admission that one project vouched for twice")
def admit_endorsed_twice_by_one(scene: Scene) -> None:
    """Each project counts once."""
    request = scene.request("leeds")
    for _ in range(2):
        scene.say("genesis/sign0", "endorse", 1, about=scene.request_digest(request))
    scene.append(scene.sign(scene.admit_statement("leeds", 4, request), "officer0"))


@defect("admit.endorsements", "an admission for which a suspended project vouched")
def admit_endorsed_by_a_suspended(scene: Scene) -> None:
    """An endorsement stands while its member is active."""
    _, _, statement = _endorsed(scene, "leeds")
    scene.officers("suspend", 2, reason="safeguarding")
    scene.append(scene.sign(statement, "officer0"))


@defect("rotate.online", "the unattended key changes a key that signs")
def rotate_by_online_key(scene: Scene) -> None:
    """A stolen machine cannot take a member over."""
    keys = replace(member_keys("genesis"), sign=(public("thief/sign0"),))
    scene.say("genesis/online", "rotate", 1, member=MemberPart(keys=keys))


@defect("rotate.key_taken", "a rotation to somebody else's key")
def rotate_to_anothers_key(scene: Scene) -> None:
    """A key has one owner."""
    keys = replace(member_keys("genesis"), online=public("bradford/online"))
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@defect("rotate.key_taken", "a rotation back to a key that was rotated away")
def rotate_back(scene: Scene) -> None:
    """A retired key stays so."""
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    scene.say("renewed/sign0", "rotate", 1, member=MemberPart(keys=member_keys("genesis")))


@defect("rotate.key_taken", "the unattended key becomes one that signs")
def rotate_online_to_sign(scene: Scene) -> None:
    """No key changes its use."""
    keys = Keys(online=public("fresh"), seal=seal_key("genesis"), sign=(public("genesis/online"),))
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@defect("key.invalid_point", "a rotation to a key of small order")
def rotate_to_a_small_order_key(scene: Scene) -> None:
    """As in an admission."""
    keys = replace(member_keys("genesis"), online=SMALL_ORDER)
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@defect("revoke.from", "compromised from an index that is not there yet")
def revoke_from_the_future(scene: Scene) -> None:
    """At most the index of the entry that says it."""
    scene.officers("revoke", 1, count=1, reason="compromised", from_=len(scene.entries) + 1)
