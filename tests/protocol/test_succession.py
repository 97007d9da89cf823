"""A log that succeeds another: what its Cancels do to what was said before. Source: spec/membership.md §7."""

from protocol.carried import carried_proof, is_carried, members_root
from protocol.replay import State, after_successors, current_alerts, holders, members_carried, members_owing
from protocol.vectors.scene import DAY, Scene, successor, three_projects


def in_force(state: State) -> set[str]:
    return {first for first, _ in current_alerts(state, DAY.isoformat())}


def test_each_member_proves_its_own_place_and_no_other() -> None:
    scene = three_projects()
    scene.say("bradford/sign0", "leave", 2)
    there = members_carried(scene.state)
    assert [member.id for member in there] == [1, 3]
    root = members_root(there)
    proofs = [carried_proof(there, index) for index in range(2)]
    assert all(is_carried(member, proof, root) for member, proof in zip(there, proofs, strict=True))
    assert not is_carried(there[0], proofs[1], root)


def test_a_cancel_in_the_new_log_ends_a_chain_of_the_old_one_and_only_its_origins_does() -> None:
    old = three_projects()
    first, second = old.alert("genesis", 1), old.alert("genesis", 1)
    new = successor(old)
    new.cancel("bradford", 2, second)
    assert in_force(after_successors(old.state, [new.state])) == {first, second}
    new.cancel("genesis", 1, first)
    after = after_successors(old.state, [new.state])
    assert in_force(after) == {second}
    assert after.chains[first].cancelled == old.state.size + new.state.size - 1
    assert holders(after, first) == {3}


def test_one_who_did_not_come_over_cancels_nothing_of_the_old_log() -> None:
    old = three_projects()
    alert = old.alert("merseyside", 3)
    new = successor(old)
    new.admit("stranger", 3, endorsed_by={"genesis": 1, "bradford": 2})
    new.cancel("stranger", 3, alert)
    assert new.outcomes[-1].verdict == "valid"
    assert in_force(after_successors(old.state, [new.state])) == {alert}


def test_a_successor_within_the_old_log_cancels_what_its_predecessor_published_there() -> None:
    old = three_projects()
    alert = old.alert("merseyside", 3)
    old.officers("revoke", 3, reason="left")
    old.admit("renewed", 4, endorsed_by={"genesis": 1, "bradford": 2}, predecessor=3)
    new = successor(old)
    new.carry(old, "renewed", 4)
    new.cancel("renewed", 4, alert)
    assert not in_force(after_successors(old.state, [new.state]))


def test_a_cancel_reaches_back_over_two_successions() -> None:
    oldest = three_projects()
    alert = oldest.alert("genesis", 1)
    old = successor(oldest)
    newest = successor(old)
    newest.cancel("genesis", 1, alert)
    assert not in_force(after_successors(oldest.state, [old.state, newest.state]))
    assert in_force(after_successors(oldest.state, [old.state])) == {alert}


def test_who_comes_over_owes_a_word_then_and_again_after_a_cancel_of_something_old() -> None:
    old = three_projects()
    alert = old.alert("genesis", 1)
    new = successor(old)
    assert {member.id for member in members_owing(new.state, {})} == {1, 2}
    acked = {1: new.state.size, 2: new.state.size}
    assert not members_owing(new.state, acked)
    new.append(old.sign(old.statement("cancel", 1, supersedes=alert), "genesis/sign0"))
    assert {member.id for member in members_owing(new.state, acked)} == {2}
    assert not in_force(after_successors(old.state, [new.state]))


def test_an_early_cancel_in_a_log_that_succeeds_none_makes_nobody_owe() -> None:
    scene = three_projects()
    before = {member.id: member.owes for member in scene.state.members.values()}
    scene.cancel("genesis", 1, Scene().charter_envelope(notice_days=0, lease_max_days=3).hex()[:64])
    assert scene.outcomes[-1].verdict == "valid"
    assert {member.id: member.owes for member in scene.state.members.values()} == before
