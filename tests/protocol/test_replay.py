import datetime as dt
import subprocess
import sys

import pytest

from protocol.replay import State, apply, confirmed_by, current_alerts, holders, may_read, members_owing, replay
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors.named_keys import member_keys
from protocol.vectors.scene import Scene, three_projects
from protocol.vectors.stories import newer

TODAY = "2026-11-02"


def codes(scene: Scene, since: int) -> list[str]:
    return [outcome.code or outcome.verdict for outcome in scene.outcomes[since:]]


def live(scene: Scene) -> list[str]:
    return [first for first, _ in current_alerts(scene.state, TODAY)]


def test_three_projects_join_one_by_one() -> None:
    scene = three_projects()
    assert {outcome.verdict for outcome in scene.outcomes} == {"valid"}
    assert scene.state.active_projects() == {1, 2, 3}


def test_an_alert_is_in_force_until_the_day_it_expires() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1, days=3)
    assert [identity for identity, _ in current_alerts(scene.state, "2026-11-04")] == [first]
    assert list(current_alerts(scene.state, "2026-11-05")) == []


def test_alerts_in_force_come_in_the_order_of_the_log() -> None:
    scene = three_projects()
    made = [scene.alert("genesis", 1) for _ in range(20)]
    assert live(scene) == made


def test_an_entry_out_of_order_is_a_callers_bug() -> None:
    with pytest.raises(RuntimeError):
        apply(State(), 1, b"")


def test_a_pause_hides_and_a_return_shows_a_new_body() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    paused = scene.pause("genesis", 1, first)
    assert live(scene) == []
    scene.update("genesis", 1, paused)
    assert live(scene) == [first]
    assert scene.state.links[first].why == "paused"


def test_those_who_could_hold_a_gone_body_owe_their_word() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1, audience=Audience(regions=("west-yorkshire",), members=(3,)))
    assert members_owing(scene.state, {}) == ()
    scene.cancel("genesis", 1, first)
    gone = scene.state.links[first].gone
    assert gone is not None
    assert holders(scene.state, first) == {2, 3}
    assert [m.id for m in members_owing(scene.state, {2: gone, 3: gone + 1})] == [2]
    assert confirmed_by(scene.state, first, {2: gone, 3: gone + 1}) == {3}


def test_who_joins_after_a_body_was_gone_owes_nothing_for_it() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.admit("wirral", 4, endorsed_by={"genesis": 1, "bradford": 2}, region="merseyside")
    assert holders(scene.state, first) == {3}


def test_a_suspended_member_reads_nothing_and_still_owes_its_word() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    size = len(scene.entries)
    assert may_read(scene.state, 3, scene.state.links[first], size, TODAY)
    scene.officers("suspend", 3, reason="silent")
    assert not may_read(scene.state, 3, scene.state.links[first], size, TODAY)
    scene.cancel("genesis", 1, first)
    assert holders(scene.state, first) == {3}


def test_a_removed_member_reads_nothing_and_owes_its_word_for_all() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.say("merseyside/sign0", "leave", 3)
    assert not may_read(scene.state, 3, scene.state.links[first], 99, TODAY)
    assert [m.id for m in members_owing(scene.state, {})] == [3]


def test_an_admission_is_not_acted_upon_before_it_is_confirmed() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    link = scene.state.links[first]
    admitted = scene.state.members[3].admitted
    assert not may_read(scene.state, 3, link, admitted, TODAY)
    assert may_read(scene.state, 3, link, admitted + 1, TODAY)


def test_an_observer_reads_no_body() -> None:
    scene = three_projects()
    scene.admit("watcher", 9, endorsed_by={"genesis": 1, "bradford": 2}, role="observer", region=None)
    first = scene.alert("genesis", 1, audience=Audience(members=(9,)))
    assert not may_read(scene.state, 9, scene.state.links[first], 99, TODAY)
    scene.cancel("genesis", 1, first)
    assert holders(scene.state, first) == frozenset()


@pytest.mark.parametrize("how", ["rotate", "suspend", "leave", "revoke"])
def test_a_cancel_works_after(how: str) -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    if how == "rotate":
        scene.say("genesis/sign0", "rotate", 1, member=MemberPart(keys=member_keys("renewed")))
    elif how == "suspend":
        scene.officers("suspend", 1, reason="safeguarding")
    elif how == "leave":
        scene.say("genesis/sign0", "leave", 1)
    else:
        scene.officers("revoke", 1, reason="left")
    scene.cancel("genesis", 1, first)
    assert scene.outcomes[-1].verdict == "valid"
    assert scene.state.links[first].why == "cancelled"


def test_a_cancel_that_came_first_holds_after_its_key_was_compromised() -> None:
    scene, draft = three_projects(), three_projects()
    first = draft.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.officers("revoke", 1, reason="compromised", from_=0)
    scene.append(draft.entries[-1])
    assert first not in scene.state.links


def test_a_cancel_of_another_member_for_the_same_alert_changes_nothing() -> None:
    scene, draft = three_projects(), three_projects()
    first = draft.alert("genesis", 1)
    scene.cancel("bradford", 2, first)
    scene.append(draft.entries[-1])
    assert live(scene) == [first]


def test_a_successor_of_a_successor_cancels_too() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="compromised", from_=len(scene.entries))
    scene.admit("second", 4, endorsed_by={"bradford": 2, "merseyside": 3}, predecessor=1)
    scene.officers("revoke", 4, reason="compromised", from_=len(scene.entries))
    scene.admit("third", 5, endorsed_by={"bradford": 2, "merseyside": 3}, predecessor=4)
    scene.cancel("second", 1, first)
    assert scene.outcomes[-1].code == "cancel.compromised"
    scene.cancel("third", 1, first)
    assert scene.state.links[first].why == "cancelled"


def test_one_officer_with_one_key_never_suspends() -> None:
    scene = three_projects()
    for reason in ("misuse", "misuse", "silent", "other", "key_doubt", "safeguarding", "misuse"):
        scene.say("officer0", "suspend", 0, member=MemberPart(id=1, reason=reason))
    assert scene.state.members[1].status == "active"


def test_two_officers_who_say_different_things_do_not_revoke() -> None:
    scene = three_projects()
    scene.say("officer0", "revoke", 0, member=MemberPart(id=1, reason="left"))
    scene.say("officer1", "revoke", 0, member=MemberPart(id=1, reason="compromised", from_=1))
    scene.say("officer2", "revoke", 0, member=MemberPart(id=1, reason="compromised", from_=2))
    assert scene.state.members[1].status == "active"


def test_what_two_officers_asked_acts_once() -> None:
    scene = three_projects()
    scene.officers("suspend", 1, reason="misuse")
    scene.say("officer2", "resume", 0, member=MemberPart(id=1))
    scene.say("officer0", "suspend", 0, member=MemberPart(id=1, reason="misuse"))
    assert scene.state.members[1].status == "active"


def test_suspension_leaves_every_warning_in_force() -> None:
    scene = three_projects()
    made = [scene.alert("genesis", 1) for _ in range(3)]
    scene.officers("suspend", 1, reason="misuse")
    assert live(scene) == made


def test_a_compromised_member_keeps_what_it_published_before() -> None:
    scene = three_projects()
    before = scene.alert("genesis", 1)
    since = len(scene.entries)
    scene.alert("genesis", 1)
    scene.officers("revoke", 1, reason="compromised", from_=since)
    assert live(scene) == [before]


def test_a_member_that_left_can_be_found_compromised_later() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.say("genesis/sign0", "leave", 1)
    scene.officers("revoke", 1, reason="compromised", from_=0)
    assert scene.state.members[1].status == "compromised"
    assert scene.state.links[first].why == "compromised"


def test_one_officer_stops_no_log() -> None:
    scene = three_projects()
    newer(scene, "officer1", critical=True)
    newer(scene, "officer1", critical=True)
    assert scene.state.stopped is None
    alert = scene.alert("genesis", 1)
    assert live(scene) == [alert]


def test_a_stopped_log_keeps_counting_and_obeys_a_cancel_and_nothing_else() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    newer(scene, "officer0", critical=True)
    newer(scene, "officer1", critical=True)
    scene.cancel("genesis", 1, first)
    assert codes(scene, -1) == ["valid"]
    assert scene.state.links[first].why == "cancelled"
    before = scene.state
    scene.alert("genesis", 1)
    scene.officers("suspend", 1, reason="misuse")
    assert codes(scene, -3) == ["log.stopped"] * 3
    assert (scene.state.members, scene.state.links) == (before.members, before.links)
    assert scene.state.size == len(scene.entries)


def test_a_log_that_does_not_begin_with_a_charter_obeys_nothing() -> None:
    whole = three_projects()
    state = replay(State(), [b"", *whole.entries])
    assert state == State(size=len(whole.entries) + 1)


def test_equal_states_have_equal_bytes_whatever_the_batching() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.sighting("bradford", 2, first)
    scene.cancel("genesis", 1, first)
    at_once = replay(State(), scene.entries)
    in_parts = replay(replay(State(), scene.entries[:4]), scene.entries[4:])
    assert at_once.serialise() == in_parts.serialise() == scene.state.serialise()


def test_the_serialised_state_does_not_depend_on_the_seed_of_hashes() -> None:
    program = (
        "import hashlib\n"
        "from protocol.vectors.stories import STORIES\n"
        "from protocol.vectors.scene import three_projects\n"
        "s = three_projects()\n"
        "STORIES['sightings_end_with_their_chain'][1](s)\n"
        "STORIES['revoked_as_compromised'][1](s)\n"
        "print(hashlib.sha256(s.state.serialise()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_a_second_sighting_of_one_project_about_one_alert_waits_until_the_first_is_taken_back() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    sighting = scene.sighting("bradford", 2, first)
    scene.sighting("bradford", 2, first)
    assert codes(scene, -1) == ["sighting.again"]
    scene.cancel("bradford", 2, sighting)
    scene.sighting("bradford", 2, first)
    assert codes(scene, -1) == ["valid"]


def test_a_second_revocation_reaches_further_back_and_takes_others_sightings_with_it() -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    sighting = scene.sighting("bradford", 2, first)
    since = len(scene.entries)
    scene.officers("revoke", 1, reason="compromised", from_=since)
    assert scene.state.links[sighting].gone is None
    scene.officers("revoke", 1, reason="compromised", from_=since - 2)
    assert live(scene) == []
    scene.officers("revoke", 1, count=1, reason="compromised", from_=since)
    assert codes(scene, -1) == ["revoke.from"]


def test_a_resume_drops_what_one_officer_alone_has_asked_for() -> None:
    scene = three_projects()
    scene.officers("revoke", 1, count=1, reason="left")
    scene.officers("resume", 1, count=1)
    scene.say("officer1", "revoke", 0, member=MemberPart(id=1, reason="left"))
    assert scene.state.members[1].status == "active"


def test_suspending_every_project_does_not_let_officers_admit_alone() -> None:
    scene = three_projects()
    for member in (1, 2, 3):
        scene.officers("suspend", member, reason="other")
    scene.append(scene.sign(scene.admit_statement("stranger", 4), "officer0"))
    assert codes(scene, -1) == ["admit.endorsements"]


def test_an_alert_dated_far_ahead_is_not_in_force() -> None:
    scene = three_projects()
    today = scene.day.isoformat()
    ahead = scene.day + dt.timedelta(days=2)
    scene.alert("genesis", 1, day=ahead.isoformat(), expires=(ahead + dt.timedelta(days=3)).isoformat())
    assert codes(scene, -1) == ["valid"]
    assert list(current_alerts(scene.state, today)) == []
