"""The outbox: what is signed reaches the log, once, in the right order, whatever happens to requests and answers."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from node.core.back_off import CAP_SECONDS, URGENT_CAP_SECONDS, next_attempt
from node.exchange.publish import UNPROVED
from node.store.outbox import WITHDRAWN, hold_unsent, outbox_body, withdraw_unsent
from protocol.checkpoint import open_checkpoint
from protocol.vectors.scene import three_projects
from tests.node.exchange_nodes import EPOCHS, Clock, ExchangeNode, three
from tests.node.hub_simulator import LOG_KEY, HubSimulator, Refusal, statement_of

Three = tuple[HubSimulator, Clock, ExchangeNode, ExchangeNode, ExchangeNode]


@pytest.fixture
async def scene_nodes(tmp_path: Path) -> Three:
    nodes = three(tmp_path, three_projects())
    for node in nodes[2:]:
        await node.sync()
    return nodes


async def test_an_alert_is_sent_kept_as_a_receipt_and_confirmed(scene_nodes: Three) -> None:
    hub, _, genesis, bradford, merseyside = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    report = await genesis.publish()
    assert (report.sent, report.problem) == (1, None)
    sent = genesis.outgoing(identity)
    assert sent.state == "sent" and sent.receipt is not None
    assert sent.index == hub.scene.state.statements[identity]
    for node in (genesis, bradford, merseyside, genesis):
        await node.sync()
    settled = genesis.outgoing(identity)
    assert (settled.state, settled.receipt) == ("confirmed", None)
    with genesis.store.read() as session:
        assert outbox_body(session, identity, EPOCHS) is None, "the body is erased here: its record keeps its own"


async def test_a_cancel_goes_before_everything_else(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    alerts = [genesis.say(hub.scene.alert_statement(1)) for _ in range(3)]
    genesis.say(hub.scene.statement("cancel", 1, supersedes="ab" * 32))
    first = len(hub.scene.entries)
    await genesis.publish()
    assert statement_of(hub.scene.entries[first]).kind == "cancel"
    assert len(hub.scene.entries) == first + 1 + len(alerts)


async def test_a_lost_answer_puts_nothing_into_the_log_twice(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.lose_answers = True
    report = await genesis.publish()
    assert (report.waiting, report.problem) == (1, "unavailable.unreachable")
    hub.lose_answers = False
    clock.forward(minutes=1)
    size = len(hub.scene.entries)
    assert (await genesis.publish()).problem == UNPROVED, "an index without a receipt is believed once it is seen"
    assert len(hub.scene.entries) == size
    await genesis.sync()
    assert genesis.outgoing(identity).state == "sent"


async def test_a_crash_after_sending_sends_again_and_changes_nothing(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    await genesis.publish()
    with genesis.store.begin() as session:  # what a crash before the last transaction would have left
        session.connection().exec_driver_sql("UPDATE outbox_items SET state = 'waiting', receipt = NULL")
    size = len(hub.scene.entries)
    await genesis.publish()
    assert len(hub.scene.entries) == size
    await genesis.sync()
    assert genesis.outgoing(identity).state == "sent"


async def test_with_the_hub_away_for_days_everything_waits_and_then_goes(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    identities = [genesis.say(hub.scene.alert_statement(1)) for _ in range(70)]
    hub.away = True
    for _ in range(12):
        await genesis.publish()
        clock.forward(hours=6)
    assert genesis.outgoing(identities[0]).attempts == 12
    hub.away = False
    assert (await genesis.publish()).sent == 70
    assert all(identity in hub.scene.state.statements for identity in identities)


async def test_nothing_is_sent_before_its_batch(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    genesis.say(hub.scene.alert_statement(1), not_before=clock() + dt.timedelta(hours=5))
    assert (await genesis.publish()).sent == 0
    clock.forward(hours=5)
    assert (await genesis.publish()).sent == 1


async def test_a_pause_waits_for_the_warning_that_it_replaces(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    alert = genesis.say(hub.scene.alert_statement(1), not_before=clock() + dt.timedelta(hours=5))
    pause = genesis.say(hub.scene.statement("update", 1, supersedes=alert, state="paused"))
    assert (await genesis.publish()).sent == 0
    assert genesis.outgoing(pause).state == "waiting"
    clock.forward(hours=5)
    assert (await genesis.publish()).sent == 2
    assert hub.scene.state.chains[alert].head == pause


async def test_what_is_held_does_not_leave_and_its_pause_follows_if_it_had_arrived(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    alert = genesis.say(hub.scene.alert_statement(1))
    pause = genesis.say(hub.scene.statement("update", 1, supersedes=alert, state="paused"))
    hub.lose_answers = True
    await genesis.publish()
    with genesis.store.begin() as session:
        assert hold_unsent(session, alert)
    hub.lose_answers = False
    assert (await genesis.publish()).sent == 0
    await genesis.sync()
    assert genesis.outgoing(alert).state == "sent"
    assert (await genesis.publish()).sent == 1
    assert hub.scene.state.chains[alert].head == pause


async def test_a_held_update_whose_place_was_taken_is_given_up_and_its_pause_with_it(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    alert = hub.scene.alert("genesis", 1)
    await genesis.sync()
    update = genesis.say(hub.scene.alert_statement(1, kind="update", supersedes=alert, state="live"))
    with genesis.store.begin() as session:
        hold_unsent(session, update)
    pause = genesis.say(hub.scene.statement("update", 1, supersedes=alert, state="paused"))
    second = genesis.say(hub.scene.statement("update", 1, supersedes=update, state="paused"))
    assert (await genesis.publish()).sent == 1
    await genesis.sync()
    await genesis.sync()
    assert hub.scene.state.chains[alert].head == pause
    assert {genesis.outgoing(one).problem for one in (update, second)} == {WITHDRAWN}


async def test_danger_now_leaves_before_other_warnings_and_never_waits_long(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    calm = genesis.say(hub.scene.alert_statement(1))
    urgent = genesis.say(hub.scene.alert_statement(1), urgent=True)
    hub.away = True
    for _ in range(12):
        await genesis.publish()
        clock.forward(hours=1)
    await genesis.publish()
    assert genesis.outgoing(urgent).next_attempt_at <= clock() + dt.timedelta(seconds=URGENT_CAP_SECONDS)
    hub.away = False
    clock.forward(hours=1)
    await genesis.publish()
    order = hub.scene.state.statements
    assert order[urgent] < order[calm]


async def test_a_refusal_for_good_is_kept_for_a_person_and_its_body_erased(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.scene.append(genesis.keyring.sign_statement(hub.scene.statement("cancel", 1, supersedes=identity)))
    report = await genesis.publish()
    assert (report.refused, report.problem) == (1, "chain.cancelled")
    kept = genesis.outgoing(identity)
    assert (kept.state, kept.problem) == ("refused", "chain.cancelled")
    with genesis.store.read() as session:
        assert outbox_body(session, identity, EPOCHS) is None


async def test_a_limit_is_waited_for_as_long_as_the_hub_says(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.refuse_with = Refusal(429, "limits.requests", retry_after=120)
    assert (await genesis.publish()).problem == "limits.requests"
    assert genesis.outgoing(identity).next_attempt_at >= clock() + dt.timedelta(seconds=120)


async def test_a_batch_that_is_too_large_goes_one_by_one(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identities = [genesis.say(hub.scene.alert_statement(1)) for _ in range(2)]
    hub.refuse_with = Refusal(413, "request.too_large")
    report = await genesis.publish()
    assert report.refused == 1
    assert {genesis.outgoing(identity).state for identity in identities} == {"refused", "waiting"}


async def test_one_malformed_statement_does_not_stop_the_others(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    bad = genesis.say(hub.scene.alert_statement(1))
    good = genesis.say(hub.scene.alert_statement(1))
    hub.malformed = {bad}
    assert (await genesis.publish()).problem == "request.malformed"
    assert (await genesis.publish()).sent == 1
    assert [genesis.outgoing(one).state for one in (bad, good)] == ["refused", "sent"]


async def test_a_cancel_is_sent_beside_nothing_that_could_be_refused(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    alert = hub.scene.alert("genesis", 1)
    await genesis.sync()
    other = genesis.say(hub.scene.alert_statement(1))
    cancel = genesis.say(hub.scene.statement("cancel", 1, supersedes=alert))
    hub.malformed = {other}
    await genesis.publish()
    assert [genesis.outgoing(one).state for one in (cancel, other)] == ["sent", "refused"]


async def test_no_answer_to_a_whole_request_stops_a_cancel_for_good(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    cancel = genesis.say(hub.scene.statement("cancel", 1, supersedes="ab" * 32))
    hub.refuse_with = Refusal(400, "request.malformed")
    assert (await genesis.publish()).waiting == 1
    assert genesis.outgoing(cancel).state == "waiting"


async def test_an_index_that_nothing_proves_loses_no_cancel(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    alert = hub.scene.alert("genesis", 1)
    await genesis.sync()
    before = (hub.scene.state, list(hub.scene.outcomes))
    cancel = genesis.say(hub.scene.statement("cancel", 1, supersedes=alert))
    hub.forget_submissions = True
    for index in (10**9, 0):
        hub.answer_with = msgspec.json.encode({"results": [{"identity": cancel, "index": index}]})
        assert (await genesis.publish()).problem == UNPROVED
        assert genesis.outgoing(cancel).state == "waiting"
        hub.scene.state, hub.scene.outcomes = before[0], list(before[1])
        clock.forward(minutes=2)
    hub.answer_with, hub.forget_submissions = None, False
    assert (await genesis.publish()).sent == 1
    assert hub.scene.state.chains[alert].cancelled is not None


async def test_what_a_log_that_stands_still_never_shows_is_lost_and_sent_again(scene_nodes: Three) -> None:
    hub, clock, genesis, _, _ = scene_nodes
    before = (hub.scene.state, list(hub.scene.outcomes))
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.forget_submissions = True
    await genesis.publish()
    hub.forget_submissions = False
    hub.scene.state, hub.scene.outcomes = before
    await genesis.sync()
    assert genesis.outgoing(identity).state == "sent"
    clock.forward(hours=1)
    await genesis.sync()
    assert genesis.alarm_codes() == ["outbox.lost"]
    assert (await genesis.publish()).sent == 1
    assert identity in hub.scene.state.statements


async def test_a_receipt_that_proves_nothing_is_not_believed(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.history = [*hub.scene.entries, b"something else"]
    report = await genesis.publish()
    assert report.problem == "tree.root_mismatch"
    assert genesis.outgoing(identity).state == "waiting"


async def test_what_the_hub_acknowledged_and_dropped_is_found_and_sent_again(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    before = (hub.scene.state, list(hub.scene.outcomes))
    hub.forget_submissions = True
    await genesis.publish()
    assert genesis.outgoing(identity).state == "sent"
    hub.forget_submissions = False
    hub.scene.state, hub.scene.outcomes = before
    hub.scene.cancel("bradford", 2, "ab" * 32)
    await genesis.sync()
    assert genesis.alarm_codes() == ["outbox.lost"]
    promised = genesis.alarms()[0].other_note
    assert promised is not None and open_checkpoint(promised, LOG_KEY).size == len(hub.scene.entries)
    assert (await genesis.publish()).sent == 1
    assert identity in hub.scene.state.statements


async def test_what_is_withdrawn_before_it_was_sent_never_leaves(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    with genesis.store.begin() as session:
        assert withdraw_unsent(session, identity)
        assert not withdraw_unsent(session, identity)
    assert (await genesis.publish()).sent == 0
    assert genesis.outgoing(identity).problem == WITHDRAWN


async def test_an_answer_that_is_none_is_tried_again(scene_nodes: Three) -> None:
    hub, _, genesis, _, _ = scene_nodes
    identity = genesis.say(hub.scene.alert_statement(1))
    hub.answer_with = b'{"results":[{"code":"x"}]}'
    report = await genesis.publish()
    assert report.problem == "answer.grammar"
    assert genesis.outgoing(identity).state == "waiting"


def test_the_pause_doubles_to_a_cap_and_is_shorter_for_what_is_urgent() -> None:
    now = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    pauses = [(next_attempt(now, attempts, 0.999) - now).total_seconds() for attempts in range(30)]
    assert pauses == sorted(pauses) and CAP_SECONDS * 0.9 < pauses[-1] <= CAP_SECONDS
    assert (next_attempt(now, 99, 0.999, urgent=True) - now).total_seconds() <= URGENT_CAP_SECONDS
    assert (next_attempt(now, 5, 0.0) - now) < (next_attempt(now, 5, 0.9) - now)
