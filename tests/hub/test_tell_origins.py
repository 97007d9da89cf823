"""Opening one alert's body: for a reason of the list, noted before it is shown, and told to its origin; never who."""

from typing import Any

import pytest

from hub.actions.list_silent import list_silent
from hub.actions.list_withdrawals import list_withdrawals
from hub.actions.show_board import show_board
from hub.actions.tell_origins import LOOKED, Opened, open_alert_body, show_closed
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.store.audit import read_trail
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.ground import Ground
from tests.hub.test_decide_series import ask, known
from tests.hub.test_index_bodies import index, say
from tests.hub.web.client import ANALYST, OPERATOR, POLICE_ANALYST, POLICE_LEAD
from tests.hub.web.test_accounts import number_of


def look(ground: Ground, alert: str, reason: str = "possible_series", *, by: str = ANALYST) -> Opened:
    known(ground)
    hub = ground.hub
    return open_alert_body(hub.store, hub.view, hub.epochs(), alert, reason, by=by, now=ground.clock.now)


async def told(ground: Ground, by: str, after: str | None = None) -> list[dict[str, Any]]:
    answer = await ask(ground, "/v1/looks" if after is None else f"/v1/looks?after={after}", by)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["looks"]
    return found


async def test_its_origin_is_told_which_when_in_which_role_and_why_and_never_who(ground: Ground) -> None:
    alert = await say(ground, "looked at")
    index(ground)
    opened = look(ground, alert)
    assert opened.body == alert_body(salt=salt("looked at")) and opened.described.identity == alert
    day = ground.clock.now.date().isoformat()
    (one,) = await told(ground, "genesis")
    assert one == {"id": one["id"], "alert": alert, "day": day, "role": "analyst", "reason": "possible_series"}
    assert await told(ground, "genesis", one["id"]) == []
    assert await told(ground, "bradford") == []
    look(ground, alert, "question_of_police", by=POLICE_LEAD)
    assert [again["reason"] for again in await told(ground, "genesis", one["id"])] == ["question_of_police"]
    with ground.hub.store.read() as session:
        noted = [(entry.person, entry.verb, entry.subject, entry.reason) for entry in read_trail(session)]
    assert noted[0] == (number_of(ground, ANALYST), LOOKED, f"alert/{alert}", "possible_series") and len(noted) == 2


async def test_what_an_origin_is_told_says_nothing_of_looks_at_others_and_a_look_that_is_not_here_hides_none(
    ground: Ground,
) -> None:
    """Numbers that count up would: whoever sees two of them knows how many came between."""
    alert = await say(ground, "looked at")
    index(ground)
    for _ in range(3):
        look(ground, alert)
    identities = [one["id"] for one in await told(ground, "genesis")]
    assert all(len(one) == 32 for one in identities) and max(int(one, 16) for one in identities) > 2**64
    assert [one["id"] for one in await told(ground, "genesis", identities[1])] == identities[2:]
    assert [one["id"] for one in await told(ground, "genesis", "f" * 32)] == identities


async def test_an_update_is_told_of_as_its_first_alert(ground: Ground) -> None:
    alert = await say(ground, "first")
    ground.scene.update("genesis", 1, alert, body=alert_body(salt=salt("again"), severity="minor"))
    await ground.ok()
    index(ground)
    assert look(ground, alert).body.severity == "minor"
    assert [one["alert"] for one in await told(ground, "genesis")] == [alert]


@pytest.mark.parametrize("why", ["no reason", "kept from police", "paused", "cancelled", "not there", "an update"])
async def test_what_is_not_to_be_opened_is_not_and_leaves_nothing(ground: Ground, why: str) -> None:
    alert = await say(ground, "closed", police="no")
    asked, reason = alert, "withdrawal"
    if why == "no reason":
        reason = "curious"
    elif why == "not there":
        asked = "ab" * 32
    elif why == "an update":
        asked = ground.scene.update("genesis", 1, alert, body=alert_body(salt=salt("again"), police="no"))
    elif why in ("paused", "cancelled"):
        getattr(ground.scene, {"paused": "pause", "cancelled": "cancel"}[why])("genesis", 1, alert)
    if ground.scene.queued:
        await ground.ok()
    index(ground)
    with pytest.raises(Refused if why == "no reason" else NotFound):
        look(ground, asked, reason, by=POLICE_ANALYST if why == "kept from police" else ANALYST)
    assert await told(ground, "genesis") == []
    with ground.hub.store.read() as session:
        assert list(read_trail(session)) == []


async def test_who_operates_opens_nothing_and_each_action_asks_itself(ground: Ground) -> None:
    alert = await say(ground, "closed")
    index(ground)
    with pytest.raises(NotYours):
        look(ground, alert, by=OPERATOR)
    hub, now = ground.hub, ground.clock.now
    for name, see in (
        (OPERATOR, lambda by: show_closed(hub.store, hub.view, [alert], by=by, now=now)),
        (OPERATOR, lambda by: list_silent(hub.store, hub.view.now, by=by, now=now)),
        (POLICE_LEAD, lambda by: list_withdrawals(hub.store, hub.view, by=by, now=now)),
        (POLICE_LEAD, lambda by: show_board(hub.store, by=by, now=now)),
    ):
        with pytest.raises(NotYours):
            see(name)
    assert await told(ground, "genesis") == []


async def test_who_signs_nothing_is_told_nothing(ground: Ground) -> None:
    assert (await ground.client.get("/v1/looks")).status_code == 401
    assert (await ask(ground, "/v1/looks?after=1", "genesis")).status_code == 400
