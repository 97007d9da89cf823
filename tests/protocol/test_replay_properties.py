"""What must hold of every log, whatever a hub, a member or an officer does. Source: spec/replay.md §8."""

import functools
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.envelope import decode_envelope, sign_envelope
from protocol.replay import State, apply, current_alerts, replay
from protocol.statement_fields import Audience, MemberPart
from protocol.vectors.accepted import accepted
from protocol.vectors.named_keys import member_keys, signing_key
from protocol.vectors.scene import Scene, three_projects
from protocol.vectors.stories import STORIES, newer
from tests.protocol.payload_strategies import hostile
from tests.protocol.settings import FEW, QUICK

NAMES = {1: "genesis", 2: "bradford", 3: "merseyside"}
STATEMENT = "application/vnd.watchword.statement.v1+json"
TYPES = [STATEMENT, STATEMENT.replace("v1", "v2"), STATEMENT.replace("v1", "v2-critical")]
KINDS = [n for n, v in accepted().items() if v["what"] == "envelope" and not n.startswith("request")]


@functools.cache
def history() -> tuple[bytes, ...]:
    """A long log: every story after another, whatever is void in it by now."""
    scene = three_projects()
    for name, (_, tell) in STORIES.items():
        if "stops" not in name:
            tell(scene)
    return tuple(scene.entries)


@functools.cache
def states() -> tuple[State, ...]:
    made = [State()]
    for entry in history():
        made.append(apply(made[-1], made[-1].size, entry)[0])
    return tuple(made)


def gone(state: State) -> set[str]:
    return {identity for identity, link in state.links.items() if link.gone is not None}


def check_step(before: State, after: State) -> None:
    """What no entry can do."""
    for identity, link in before.links.items():
        now = after.links[identity]
        if link.gone is not None:
            assert now == link, "a gone body changed"
        else:
            assert (now.body, now.index, now.origin, now.audience) == (
                link.body,
                link.index,
                link.origin,
                link.audience,
            )
    for digest, identity in before.bodies.items():
        assert after.bodies[digest] == identity, "a digest changed its statement"
    for identity, chain in before.chains.items():
        now_chain = after.chains[identity]
        assert chain.cancelled is None or now_chain == chain, "a cancelled chain changed"
        assert now_chain.origin == chain.origin
    for identity, series in before.series.items():
        assert series.ended is None or after.series[identity].ended == series.ended, "an ended series was revived"
        assert after.series[identity].alerts == series.alerts
    for keyid, key in before.keys.items():
        now_key = after.keys[keyid]
        assert (now_key.member, now_key.use, now_key.public) == (key.member, key.use, key.public)
        assert key.retired is None or now_key.retired == key.retired
    assert all(after.cancels[target] == index for target, index in before.cancels.items())
    assert all(after.statements[identity] == index for identity, index in before.statements.items())
    assert after.size == before.size + 1


@QUICK
@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_at_any_index_have_a_verdict_and_change_nothing_but_the_size(entry: bytes, at: int) -> None:
    state = states()[at % len(states())]
    after, outcome = apply(state, state.size, entry)
    assert outcome.verdict == "void"
    check_step(state, after)


@QUICK
@given(
    hostile(*KINDS),
    st.sampled_from(TYPES),
    st.sampled_from(["genesis/sign0", "genesis/online", "merseyside/sign0", "renewed/sign0", "officer0", "nobody"]),
    st.integers(0, 200),
)
def test_any_payload_signed_by_anybody_has_a_verdict(payload: bytes, kind: str, key: str, at: int) -> None:
    state = states()[at % len(states())]
    after, outcome = apply(state, state.size, sign_envelope(payload[:8192], kind, signing_key(key)))
    assert outcome.verdict in ("valid", "void", "unknown")
    check_step(state, after)


@QUICK
@given(st.data())
def test_an_altered_entry_has_a_verdict_and_is_never_valid(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(history()) - 1))
    entry = history()[at]
    cut = data.draw(st.integers(0, len(entry) - 1))
    altered = entry[:cut] + data.draw(st.binary(min_size=0, max_size=2)) + entry[cut + 1 :]
    after, outcome = apply(states()[at], at, altered)
    assert altered == entry or outcome.verdict == "void"
    check_step(states()[at], after)


@FEW
@given(st.lists(st.integers(1, 30)))
def test_the_state_is_the_same_whatever_the_batching(sizes: list[int]) -> None:
    state, left = State(), list(history())
    for size in sizes:
        state, left = replay(state, left[:size]), left[size:]
    assert replay(state, left).serialise() == states()[-1].serialise()


def test_every_step_of_a_long_history_keeps_what_must_be_kept() -> None:
    for before, after in itertools.pairwise(states()):
        check_step(before, after)


@FEW
@given(st.permutations(range(3, 60)), st.integers(0, 57))
def test_a_hub_that_reorders_revives_no_body(order: list[int], count: int) -> None:
    """Entries of a history in any order, some twice, behind the history's own beginning."""
    state = states()[7]
    for at in (*order[:count], *order[:5]):
        before = state
        state, _ = apply(state, state.size, history()[at % len(history())])
        check_step(before, state)


def _chain() -> tuple[list[bytes], str]:
    """An alert, two updates, a pause, a return, a sighting and a Cancel, all signed before the hub chooses."""
    draft = three_projects()
    opened = len(draft.entries)
    first = draft.alert("genesis", 1)
    second = draft.update("genesis", 1, first)
    draft.update("genesis", 1, first)
    third = draft.pause("genesis", 1, second)
    draft.update("genesis", 1, third)
    draft.sighting("bradford", 2, first)
    draft.cancel("genesis", 1, first)
    return draft.entries[opened:], first


def test_cancel_wins_in_every_order() -> None:
    entries, first = _chain()
    opening = three_projects().state
    for order in itertools.permutations(entries):
        state = replay(opening, order)
        _require_ended(state, first)


@FEW
@given(st.data())
def test_cancel_wins_in_every_order_with_repetitions_and_gaps(data: st.DataObject) -> None:
    entries, first = _chain()
    order = data.draw(st.lists(st.sampled_from(entries[:-1]), max_size=20))
    order.insert(data.draw(st.integers(0, len(order))), entries[-1])
    _require_ended(replay(three_projects().state, order), first)


def _require_ended(state: State, first: str) -> None:
    assert list(current_alerts(state, "2026-11-02")) == []
    alive = [link for link in state.links.values() if link.chain == first and link.body and link.gone is None]
    assert alive == []
    assert first not in state.chains or state.chains[first].cancelled is not None


Move = Callable[[Scene, int], object]


def _rotate(scene: Scene, member: int) -> None:
    keys = member_keys(f"{NAMES[member]}/{len(scene.entries)}")
    scene.say(f"{NAMES[member]}/sign0", "rotate", member, member=MemberPart(keys=keys))


def _cancel_something(scene: Scene, member: int) -> None:
    target = next(iter(sorted(scene.state.chains)), "ab" * 32)
    scene.cancel(NAMES[member], member, target)


def _update_something(scene: Scene, member: int) -> None:
    heads = sorted(chain.head for chain in scene.state.chains.values() if chain.cancelled is None)
    scene.update(NAMES[member], member, heads[len(scene.entries) % len(heads)] if heads else "ab" * 32)


def _say_series(scene: Scene, member: int) -> None:
    alerts = sorted(first for first, chain in scene.state.chains.items() if chain.cancelled is None)
    if len(alerts) > 1:
        scene.series(NAMES[member], member, alerts[:2])


def _speak_of_series(scene: Scene, member: int) -> None:
    standing = sorted(scene.state.series)
    if standing and len(scene.entries) % 2:
        scene.say(f"{NAMES[member]}/sign0", "endorse", member, about=standing[0])
    elif standing:
        scene.objection(NAMES[member], member, standing[0])


def _repeat(scene: Scene, member: int) -> None:
    scene.append(scene.entries[(len(scene.entries) * 7 + member) % len(scene.entries)])


MOVES: dict[str, Move] = {
    "alert": lambda scene, member: scene.alert(NAMES[member], member, audience=Audience(members=(1, 2, 3))),
    "update": _update_something,
    "cancel": _cancel_something,
    "repeat": _repeat,
    "rotate": _rotate,
    "series": _say_series,
    "of series": _speak_of_series,
    "figures": lambda scene, member: scene.figures(NAMES[member], member),
    "leave": lambda scene, member: scene.say(f"{NAMES[member]}/sign0", "leave", member),
    "suspend": lambda scene, member: scene.officers("suspend", member, reason="misuse"),
    "resume": lambda scene, member: scene.say("officer2", "resume", 0, member=MemberPart(id=member)),
    "revoke": lambda scene, member: scene.officers("revoke", member, reason="left"),
    "compromised": lambda scene, member: scene.officers("revoke", member, reason="compromised", from_=8),
    "again": lambda scene, member: scene.append(scene.sign(scene.admit_statement("bradford", 2), "officer1")),
    "newer": lambda scene, member: newer(scene, NAMES[member] + "/sign0", critical=True),
}


@FEW
@given(st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.sampled_from(sorted(NAMES))), max_size=14))
def test_nothing_revives_a_gone_body_or_changes_what_is_anothers(moves: list[tuple[str, int]]) -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    scene.cancel("genesis", 1, first)
    scene.alert("genesis", 1)
    for name, member in moves:
        since, before = len(scene.entries), scene.state
        MOVES[name](scene, member)
        state = before
        for entry in scene.entries[since:]:
            after, outcome = apply(state, state.size, entry)
            check_step(state, after)
            if outcome.verdict == "valid":
                _check_authority(state, after, entry)
            state = after
        assert gone(before) <= gone(scene.state)


def _check_authority(before: State, after: State, entry: bytes) -> None:
    """Only a member changes its keys; only an origin changes its chain; a retired key only cancels."""
    key = before.keys[decode_envelope(entry).keyid]
    signer = key.member
    assert key.retired is None or (after.links.keys() == before.links.keys() and after.keys == before.keys)
    for number, member in before.members.items():
        assert after.members[number].keys == member.keys or signer == number
    for identity, chain in before.chains.items():
        now = after.chains[identity]
        assert (now.head, now.cancelled) == (chain.head, chain.cancelled) or signer == chain.origin


@pytest.mark.parametrize("count", [1, 2])
def test_no_officer_changes_a_members_keys_or_chain(count: int) -> None:
    scene = three_projects()
    first = scene.alert("genesis", 1)
    before = scene.state
    for number in range(count):
        officer = f"officer{number}"
        scene.say(officer, "rotate", 1, member=MemberPart(keys=member_keys("seized")))
        scene.cancel("genesis", 1, first, key=officer)
        scene.append(scene.sign(scene.alert_statement(1, kind="update", supersedes=first, state="live"), officer))
    assert (scene.state.members, scene.state.chains, scene.state.keys) == (before.members, before.chains, before.keys)


@FEW
@given(st.permutations(["rotate", "suspend", "resume", "leave", "revoke", "update"]), st.booleans())
def test_a_members_cancel_works_after_anything_but_a_compromise(moves: list[str], known: bool) -> None:
    scene = three_projects()
    draft = three_projects()
    first = draft.alert("genesis", 1)
    if known:
        scene.append(draft.entries[-1])
    for name in moves:
        MOVES[name](scene, 1)
    scene.cancel("genesis", 1, first)
    assert scene.outcomes[-1].verdict == "valid"
    scene.append(draft.entries[-1])
    _require_ended(scene.state, first)
