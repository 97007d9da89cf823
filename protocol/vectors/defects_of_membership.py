"""What replay must call void of admissions, rotations and revocations: one defect each."""

from typing import Any

from msgspec.structs import replace

from protocol.statement_fields import Keys, MemberPart
from protocol.vectors.named_keys import member_keys, public, seal_key
from protocol.vectors.opening import SMALL_ORDER, Defects
from protocol.vectors.scene import Scene

MEMBERSHIP = Defects()


def _endorsed(scene: Scene, name: str, **over: Any) -> tuple[Any, MemberPart, Any]:
    request = scene.request(name, **over)
    for endorser, number in (("genesis", 1), ("bradford", 2)):
        scene.say(f"{endorser}/sign0", "endorse", number, about=scene.request_digest(request))
    statement = scene.admit_statement(name, 4, request)
    assert statement.member is not None
    return request, statement.member, statement


@MEMBERSHIP.defect("admit.digest", "an admission with a key that nobody vouched for")
def admit_other_keys(scene: Scene) -> None:
    """A registrar can admit only what was asked for."""
    _, member, statement = _endorsed(scene, "leeds")
    swapped = replace(member, keys=member_keys("registrars_own"))
    scene.append(scene.sign(replace(statement, member=swapped), "officer0"))


@MEMBERSHIP.defect("admit.proof", "an admission without the candidate's own signature")
def admit_without_proof(scene: Scene) -> None:
    """Nobody is admitted who did not ask."""
    _, member, statement = _endorsed(scene, "leeds")
    scene.append(scene.sign(replace(statement, member=replace(member, proof="00" * 64)), "officer0"))


@MEMBERSHIP.defect("admit.proof", "the same admission again, without the proof")
def admit_again_without_proof(scene: Scene) -> None:
    """The proof is the request's, each time."""
    statement = scene.admit_statement("bradford", 2)
    assert statement.member is not None
    scene.append(scene.sign(replace(statement, member=replace(statement.member, proof="00" * 64)), "officer0"))


@MEMBERSHIP.defect("admit.id_taken", "an admission under a present member's id")
def admit_under_anothers_id(scene: Scene) -> None:
    """Nobody becomes somebody else."""
    request, _, _ = _endorsed(scene, "leeds")
    scene.append(scene.sign(scene.admit_statement("leeds", 1, request), "officer0"))


@MEMBERSHIP.defect("admit.id_taken", "an admission under the id of a member that left")
def admit_under_a_past_id(scene: Scene) -> None:
    """An id is for ever."""
    scene.say("merseyside/sign0", "leave", 3)
    scene.append(scene.sign(scene.admit_statement("merseyside", 3, scene.request("merseyside", region="merseyside")), "officer0"))  # noqa: E501  # fmt: skip


@MEMBERSHIP.defect("admit.key_taken", "an admission with a member's key")
def admit_with_anothers_key(scene: Scene) -> None:
    """A key has one owner."""
    keys = Keys(online=public("genesis/online"), seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("admit.key_taken", "an admission with the log's own key")
def admit_with_the_logs_key(scene: Scene) -> None:
    """Keys of the charter are taken too."""
    keys = Keys(online=public("log"), seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("key.invalid_point", "an admission with a key of small order")
def admit_with_a_small_order_key(scene: Scene) -> None:
    """Lenient libraries accept forged signatures under it."""
    keys = Keys(online=SMALL_ORDER, seal=seal_key("leeds"), sign=(public("leeds/sign0"),))
    _, _, statement = _endorsed(scene, "leeds", keys=keys)
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("admit.region", "a project in a region that the charter does not list")
def admit_to_no_region(scene: Scene) -> None:
    """No alert could reach it."""
    _, _, statement = _endorsed(scene, "leeds", region="atlantis")
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("admit.predecessor", "a successor of a member that is still there")
def successor_of_a_present_member(scene: Scene) -> None:
    """It could cancel that member's warnings."""
    _, _, statement = _endorsed(scene, "leeds", predecessor=3)
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("admit.predecessor", "a second successor")
def second_successor(scene: Scene) -> None:
    """Each member has at most one."""
    scene.say("merseyside/sign0", "leave", 3)
    scene.admit("heir", 5, endorsed_by={"genesis": 1, "bradford": 2}, predecessor=3)
    _, _, statement = _endorsed(scene, "leeds", predecessor=3)
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("admit.endorsements", "an admission that one project vouched for twice")
def admit_endorsed_twice_by_one(scene: Scene) -> None:
    """Each project counts once."""
    request = scene.request("leeds")
    for _ in range(2):
        scene.say("genesis/sign0", "endorse", 1, about=scene.request_digest(request))
    scene.append(scene.sign(scene.admit_statement("leeds", 4, request), "officer0"))


@MEMBERSHIP.defect("admit.endorsements", "an admission for which a suspended project vouched")
def admit_endorsed_by_a_suspended(scene: Scene) -> None:
    """An endorsement stands while its member is active."""
    _, _, statement = _endorsed(scene, "leeds")
    scene.officers("suspend", 2, reason="safeguarding")
    scene.append(scene.sign(statement, "officer0"))


@MEMBERSHIP.defect("rotate.online", "the unattended key changes a key that signs")
def rotate_by_online_key(scene: Scene) -> None:
    """A stolen machine cannot take a member over."""
    keys = replace(member_keys("genesis"), sign=(public("thief/sign0"),))
    scene.say("genesis/online", "rotate", 1, member=MemberPart(keys=keys))


@MEMBERSHIP.defect("rotate.proof", "a rotation to the keys that a candidate has published")
def rotate_to_a_candidates_keys(scene: Scene) -> None:
    """The candidate could not be admitted any more."""
    statement = scene.statement("rotate", 1, member=MemberPart(keys=scene.request("leeds").keys))
    assert statement.member is not None and statement.member.proofs is not None
    own = scene.statement("rotate", 1, member=MemberPart(keys=member_keys("renewed"))).member
    assert own is not None
    scene.append(scene.sign(replace(statement, member=replace(statement.member, proofs=own.proofs)), "genesis/sign0"))


@MEMBERSHIP.defect("rotate.proof", "a rotation in which one of two new keys does not sign")
def rotate_with_half_a_proof(scene: Scene) -> None:
    """A key that was mistyped locks its member out."""
    statement = scene.statement("rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    assert statement.member is not None and statement.member.proofs is not None
    half = replace(statement.member, proofs=statement.member.proofs[:1])
    scene.append(scene.sign(replace(statement, member=half), "genesis/sign0"))


@MEMBERSHIP.defect("rotate.key_taken", "a rotation to somebody else's key")
def rotate_to_anothers_key(scene: Scene) -> None:
    """A key has one owner."""
    keys = replace(member_keys("genesis"), online=public("bradford/online"))
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@MEMBERSHIP.defect("rotate.key_taken", "a rotation back to a key that was rotated away")
def rotate_back(scene: Scene) -> None:
    """A retired key stays so."""
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    scene.say("renewed/sign0", "rotate", 1, member=MemberPart(keys=member_keys("genesis")))


@MEMBERSHIP.defect("rotate.key_taken", "the unattended key becomes one that signs")
def rotate_online_to_sign(scene: Scene) -> None:
    """No key changes its use."""
    keys = Keys(online=public("fresh"), seal=seal_key("genesis"), sign=(public("genesis/online"),))
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@MEMBERSHIP.defect("key.invalid_point", "a rotation to a key of small order")
def rotate_to_a_small_order_key(scene: Scene) -> None:
    """As in an admission."""
    keys = replace(member_keys("genesis"), online=SMALL_ORDER)
    scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=keys))


@MEMBERSHIP.defect("revoke.from", "compromised from an index that is not there yet")
def revoke_from_the_future(scene: Scene) -> None:
    """At most the index of the entry that says it."""
    scene.officers("revoke", 1, count=1, reason="compromised", from_=len(scene.entries) + 1)
