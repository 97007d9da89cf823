"""A member that means ill: floods, Cancels by the thousand, others' contents, wrong days, private-looking text.

Single rules stand in `tests/hub/test_submission.py` and `tests/hub/test_access.py`; here one attacker tries them all,
and the others must not notice.
"""

import datetime as dt
from pathlib import Path

import msgspec

from protocol.body_fields import PersonDescribed
from protocol.vectors.scene import alert_body, salt, three_projects
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Ground, running_ground
from tests.node.exchange_nodes import all_sync, three

STATEMENTS_PER_DAY = 40
REQUESTS_PER_MINUTE = 30


async def _flooded(ground: Ground) -> None:
    """Bradford asks and sends until it is refused, and long after."""
    bradford = ground.asker("bradford/online")
    for _ in range(3 * REQUESTS_PER_MINUTE):
        ground.scene.alert("bradford", 2)
        answer = await bradford.statements(*ground.scene.take())
        assert answer.status_code in (200, 429)
    assert answer.status_code == 429 and code_of(answer) == "limits.requests"
    assert int(answer.headers["retry-after"]) > 0


async def test_a_flood_stops_at_the_members_own_limit_and_nobody_elses_warning(database: str, tmp_path: Path) -> None:
    limits = {"statements_per_day": STATEMENTS_PER_DAY, "requests_per_minute": REQUESTS_PER_MINUTE}
    async with running_ground(database, tmp_path, **limits) as ground:
        await ground.three_projects()
        own = ground.scene.alert("bradford", 2)
        await ground.ok("bradford")
        await _flooded(ground)
        ground.scene.alert("genesis", 1)
        assert isinstance(codes_of(await ground.send("genesis"))[0], int), "others are served"
        ground.scene.cancel("bradford", 2, own)
        assert isinstance(codes_of(await ground.send("bradford"))[0], int), "its own Cancel passes all the same"
        by_bradford = [link for link in ground.hub.view.now.state.links.values() if link.origin == 2]
        assert len(by_bradford) <= STATEMENTS_PER_DAY


async def test_a_thousand_cancels_of_others_and_of_nothing_take_nothing_down(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path, statements_per_day=STATEMENTS_PER_DAY) as ground:
        await ground.three_projects()
        stands = ground.scene.alert("genesis", 1)
        await ground.ok()
        size = ground.hub.view.now.state.size
        for batch in range(4):
            for number in range(250):
                target = stands if number % 2 else f"{batch * 250 + number:064x}"
                ground.scene.cancel("bradford", 2, target)
            codes = codes_of(await ground.send("bradford"))
        assert (
            set(codes) <= {"limits.statements", "cancel.not_origins", "key.not_origins"} or "limits.statements" in codes
        )
        state = ground.hub.view.now.state
        assert state.chains[stands].cancelled is None
        assert state.size - size <= STATEMENTS_PER_DAY, "and they do not fill the log"


async def test_a_day_to_come_is_refused_and_a_lease_of_the_past_is_dark(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path) as ground:
        await ground.three_projects()
        await _wrong_days(ground)


async def _wrong_days(ground: Ground) -> None:
    scene = ground.scene
    scene.day = ground.clock.now.date() + dt.timedelta(days=400)
    scene.alert("bradford", 2)
    assert codes_of(await ground.send("bradford")) == ["limits.day"]
    scene.day = ground.clock.now.date() - dt.timedelta(days=40)
    old = scene.alert("bradford", 2, days=30)
    assert isinstance(codes_of(await ground.send("bradford"))[0], int)
    link = ground.hub.view.now.state.links[old]
    assert link.expires is not None and link.expires < ground.clock.now.date().isoformat()


async def test_private_looking_text_in_a_body_hides_the_field_and_never_the_warning(tmp_path: Path) -> None:
    scene = three_projects()
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    person = PersonDescribed(age=None, names_used=("Seven Elm Road",), sex="man", skin="ic1")
    body = alert_body(salt=salt("hostile"), persons=(person,))
    statement = scene.alert_statement(2, body=body)
    identity = scene.append(scene.sign(statement, "bradford/sign0"))
    await all_sync(genesis, bradford, merseyside)
    received = merseyside.received(identity)
    assert received is not None, "the warning is shown"
    assert any("names_used" in hidden.field for hidden in received.arrival.hidden), received.arrival
    assert msgspec.json.encode(received.body), "the bytes stay as they were signed"
