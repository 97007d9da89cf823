"""What a lead decides on the pages: kept until its own node has signed it, handed to nobody who may not read it."""

import datetime as dt
from typing import Any

import httpx
import pytest

from hub.actions.count_series import count_series
from hub.actions.decide_series import (
    decide_series,
    decisions_waiting,
    forget_decisions,
    split_series,
    take_back,
    undo_series,
)
from hub.store import suggestions
from hub.store.suggestions import SkinCount
from protocol.body_fields import PersonDescribed
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.store.people import names_by_id
from protocol.statement_fields import Audience
from protocol.vectors.plausible_bodies import alert_body, salt
from protocol.vocabulary import SERIES_FIELDS
from tests.hub.asker import code_of
from tests.hub.ground import Ground
from tests.hub.test_index_bodies import index
from tests.hub.test_series_and_figures import with_lead
from tests.hub.web.client import ANALYST, LEAD, POLICE_LEAD, add_people

LEAD_MEMBER = 9
"""The lead's node; its person is `LEAD`."""

ALL = Audience(members=(LEAD_MEMBER,), regions=("merseyside", "west-yorkshire"))


async def two_alerts(ground: Ground, *, police: str = "yes", audience: Audience = ALL) -> tuple[str, str]:
    """One of Genesis that police may read, and one of Merseyside."""
    alerts = (
        ground.scene.alert("genesis", 1, audience=audience),
        ground.scene.alert("merseyside", 3, audience=audience, body=alert_body(police=police, salt=salt("second"))),
    )
    await ground.ok()
    index(ground)
    return alerts


def decide(ground: Ground, alerts: tuple[str, ...], *, by: str = LEAD, relation: str = "same_person") -> int:
    known(ground)
    hub = ground.hub
    return decide_series(hub.store, hub.view, hub.epochs(), relation, alerts, by=by, now=ground.clock.now)


def known(ground: Ground) -> None:
    """Everybody has an account, from now on."""
    with ground.hub.store.read() as session:
        nobody = not names_by_id(session)
    if nobody:
        add_people(ground)


async def ask(ground: Ground, path: str, by: str = "lead") -> httpx.Response:
    asker = ground.asker(f"{by}/online")
    return await ground.client.get(path, headers=asker.signed("GET", path))


async def told(ground: Ground) -> list[dict[str, Any]]:
    answer = await ask(ground, "/v1/decisions")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["decisions"]
    return found


async def test_a_decision_is_told_to_the_leads_node_until_the_log_has_it(ground: Ground) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    number = decide(ground, alerts)
    (one,) = await told(ground)
    assert (one["id"], one["relation"], one["alerts"]) == (number, "same_person", sorted(alerts))
    fields = [reason["field"] for reason in one["reasons"]]
    assert fields == sorted(fields) and set(fields) <= SERIES_FIELDS and "names_used" in fields
    assert all(set(reason) == {"field", "speaks", "weight"} for reason in one["reasons"])
    ground.scene.series("lead", LEAD_MEMBER, alerts)
    await ground.ok("lead")
    assert await told(ground) == []
    assert forget_decisions(ground.hub.store, ground.hub.view, ground.clock.now.date()) == 1
    assert decisions_waiting(ground.hub.store) == [] == await told(ground)
    assert decide_again_says(ground, alerts) == "this was proposed already"


def decide_again_says(ground: Ground, alerts: tuple[str, ...], **over: Any) -> str:
    with pytest.raises(Refused) as refused:
        decide(ground, alerts, **over)
    return refused.value.message


async def test_a_series_of_the_lead_is_undone_by_the_leads_node(ground: Ground) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    series = ground.scene.series("lead", LEAD_MEMBER, alerts)
    await ground.ok("lead")
    hub = ground.hub
    known(ground)
    number = undo_series(hub.store, hub.view, series, by=LEAD, now=ground.clock.now)
    assert undo_series(hub.store, hub.view, series, by=LEAD, now=ground.clock.now) == number
    assert await told(ground) == [{"id": number, "undo": series}]
    ground.scene.cancel("lead", LEAD_MEMBER, series)
    await ground.ok("lead")
    assert await told(ground) == [] and forget_decisions(hub.store, hub.view, ground.clock.now.date()) == 1
    with pytest.raises(Refused):
        undo_series(hub.store, hub.view, series, by=LEAD, now=ground.clock.now)
    assert decide(ground, alerts) != number, "a number is never used twice"


async def four_alerts(ground: Ground) -> tuple[str, ...]:
    made = tuple(
        ground.scene.alert("genesis", 1, audience=ALL, body=alert_body(salt=salt(f"alert {number}")))
        for number in range(4)
    )
    await ground.ok()
    index(ground)
    return tuple(sorted(made))


def split(ground: Ground, series: str, *parts: tuple[str, ...], by: str = LEAD) -> str:
    """Splits it; the code of what it says against it, or nothing."""
    hub = ground.hub
    try:
        split_series(hub.store, hub.view, hub.epochs(), series, parts, by=by, now=ground.clock.now)
    except Refused as refused:
        return refused.code
    return ""


async def test_a_series_is_split_in_one_step_and_its_parts_say_what_the_whole_said(ground: Ground) -> None:
    await with_lead(ground, "no")
    one, two, three, four = whole = await four_alerts(ground)
    series = ground.scene.series("lead", LEAD_MEMBER, whole, relation="same_incident")
    await ground.ok("lead")
    known(ground)
    assert split(ground, series, (one, two), (three, four)) == ""
    waiting = {(one.relation, one.alerts, one.undoes) for one in decisions_waiting(ground.hub.store)}
    assert waiting == {("", (), series), ("same_incident", (one, two), ""), ("same_incident", (three, four), "")}
    assert len(await told(ground)) == 3
    ground.scene.cancel("lead", LEAD_MEMBER, series)
    ground.scene.series("lead", LEAD_MEMBER, (one, two), relation="same_incident")
    await ground.ok("lead")
    assert [one["alerts"] for one in await told(ground)] == [[three, four]], "the part that is not signed still waits"


async def test_what_is_no_split_keeps_nothing(ground: Ground) -> None:
    await with_lead(ground, "no")
    one, two, three, four = whole = await four_alerts(ground)
    series = ground.scene.series("lead", LEAD_MEMBER, whole[:3])
    await ground.ok("lead")
    known(ground)
    for parts in ((), ((one,), (two, three)), ((one, two), (two, three)), ((one, four),), ((one, two, three),)):
        assert split(ground, series, *parts) == "refused.parts", parts
    assert split(ground, "ab" * 32, (one, two)) == "refused.series"
    decide(ground, (one, two))
    assert split(ground, series, (one, two)) == "refused.series", "it was proposed by itself already"
    assert [(one.alerts, one.undoes) for one in decisions_waiting(ground.hub.store)] == [((one, two), "")]
    assert split(ground, series, (two, three)) == ""


async def test_a_police_lead_splits_nothing_that_names_what_police_may_not_see(ground: Ground) -> None:
    await with_lead(ground, "no")
    pair = await two_alerts(ground, police="no")
    third = ground.scene.alert("genesis", 1, audience=ALL, body=alert_body(salt=salt("third")))
    await ground.ok()
    index(ground)
    series = ground.scene.series("lead", LEAD_MEMBER, (*pair, third))
    await ground.ok("lead")
    known(ground)
    for name in (series, "ab" * 32):
        assert split(ground, name, (pair[0], third), by=POLICE_LEAD) == "refused.series"
    assert split(ground, series, pair, by=ANALYST) == "access.role"
    assert decisions_waiting(ground.hub.store) == []


async def test_a_series_of_projects_is_not_undone_here(ground: Ground) -> None:
    await with_lead(ground, "no")
    series = ground.scene.series("genesis", 1, await two_alerts(ground))
    await ground.ok()
    known(ground)
    with pytest.raises(Refused):
        undo_series(ground.hub.store, ground.hub.view, series, by=LEAD, now=ground.clock.now)


async def test_what_was_not_signed_yet_can_be_taken_back(ground: Ground) -> None:
    await with_lead(ground, "no")
    number = decide(ground, await two_alerts(ground))
    take_back(ground.hub.store, ground.hub.view, number, by=LEAD, now=ground.clock.now)
    assert await told(ground) == []
    with pytest.raises(NotFound):
        take_back(ground.hub.store, ground.hub.view, number, by=LEAD, now=ground.clock.now)


async def test_a_police_lead_undoes_and_takes_back_nothing_that_names_what_police_may_not_see(ground: Ground) -> None:
    """It is answered as for what there is not: neither tells them that there is something to see."""
    await with_lead(ground, "no")
    alerts, hub = await two_alerts(ground, police="no"), ground.hub
    number = decide(ground, alerts)
    with pytest.raises(NotFound) as hidden:
        take_back(hub.store, hub.view, number, by=POLICE_LEAD, now=ground.clock.now)
    with pytest.raises(NotFound) as nothing:
        take_back(hub.store, hub.view, number + 1, by=POLICE_LEAD, now=ground.clock.now)
    assert hidden.value.message == nothing.value.message and [one["id"] for one in await told(ground)] == [number]
    series = ground.scene.series("lead", LEAD_MEMBER, alerts)
    await ground.ok("lead")
    for name in (series, "ab" * 32):
        assert "can be undone here" in undo_again_says(ground, name, by=POLICE_LEAD)
    undoing = undo_series(hub.store, hub.view, series, by=LEAD, now=ground.clock.now)
    assert "can be undone here" in undo_again_says(ground, series, by=POLICE_LEAD)
    with pytest.raises(NotFound):
        take_back(hub.store, hub.view, undoing, by=POLICE_LEAD, now=ground.clock.now)
    assert undoing in [one.id for one in decisions_waiting(hub.store)]


def undo_again_says(ground: Ground, series: str, *, by: str) -> str:
    with pytest.raises(Refused) as refused:
        undo_series(ground.hub.store, ground.hub.view, series, by=by, now=ground.clock.now)
    return refused.value.message


async def test_numbers_of_decisions_do_not_count(ground: Ground) -> None:
    """Else they tell somebody who sees two of them how many others there are."""
    await with_lead(ground, "no")
    alerts, numbers = await two_alerts(ground), list[int]()
    for _ in range(4):
        numbers.append(decide(ground, alerts))
        take_back(ground.hub.store, ground.hub.view, numbers[-1], by=LEAD, now=ground.clock.now)
    assert all(0 <= number < 2**53 for number in numbers) and max(numbers) > 2**32


@pytest.mark.parametrize("how", ["cancel", "pause"])
async def test_nothing_is_told_of_a_body_that_went(ground: Ground, how: str) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    decide(ground, alerts)
    getattr(ground.scene, how)("genesis", 1, alerts[0])
    await ground.ok()
    assert await told(ground) == []
    assert forget_decisions(ground.hub.store, ground.hub.view, ground.clock.now.date()) == (how == "cancel")


async def test_a_decision_is_forgotten_with_the_bodies_of_what_lapsed(ground: Ground) -> None:
    """Nobody can sign it any more; until then its warning may be prolonged."""
    await with_lead(ground, "no")
    alerts, hub = await two_alerts(ground), ground.hub
    decide(ground, alerts)
    lease = ground.hub.view.refresh().state.links[alerts[0]].expires
    assert lease is not None
    erased_on = dt.date.fromisoformat(lease) + dt.timedelta(days=7)
    assert forget_decisions(hub.store, hub.view, erased_on - dt.timedelta(days=1)) == 0
    assert forget_decisions(hub.store, hub.view, erased_on) == 1
    assert decisions_waiting(hub.store) == []


async def test_only_a_leads_node_is_told_decisions(ground: Ground) -> None:
    for by in ("genesis", "merseyside"):
        answer = await ask(ground, "/v1/decisions", by)
        assert (answer.status_code, code_of(answer)) == (403, "auth.not_a_lead")
    assert (await ground.client.get("/v1/decisions")).status_code == 401


async def test_a_police_lead_decides_and_is_told_only_what_police_may_read(ground: Ground) -> None:
    """Its person finds no warning there; its node is not told what another lead decided about one."""
    await with_lead(ground, "yes")
    alerts = await two_alerts(ground, police="no")
    with pytest.raises(NotFound):
        decide(ground, alerts, by=POLICE_LEAD)
    assert "no lead's node may read" in decide_again_says(ground, alerts)
    await ground.admit("other", 8, {"genesis": 1, "bradford": 2}, role="lead", region=None, police="no")
    await ground.cosign()
    more = await two_alerts(
        ground, police="no", audience=Audience(members=(8, LEAD_MEMBER), regions=("west-yorkshire",))
    )
    decide(ground, more)
    assert await told(ground) == []
    answer = await ask(ground, "/v1/decisions", "other")
    assert [one["alerts"] for one in answer.json()["decisions"]] == [sorted(more)]


async def test_what_no_leads_node_may_read_is_refused_and_says_who_can(ground: Ground) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground, audience=Audience(regions=("merseyside", "west-yorkshire")))
    assert "only their projects can propose this" in decide_again_says(ground, alerts)


async def test_what_cannot_be_proposed_is_refused_in_words(ground: Ground) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    assert "2 to 20 different" in decide_again_says(ground, (alerts[0], alerts[0]))
    assert "choose what" in decide_again_says(ground, alerts, relation="enemies")
    with pytest.raises(NotFound):
        decide(ground, (alerts[0], "ab" * 32))
    decide(ground, alerts)
    assert decide_again_says(ground, alerts) == "this was proposed already"
    for name in (ANALYST, POLICE_LEAD):
        with pytest.raises(NotYours if name == ANALYST else Refused):
            decide(ground, alerts, by=name)


async def test_what_became_of_a_series_is_counted_once_by_skin_as_seen(ground: Ground) -> None:
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    series = ground.scene.series("lead", LEAD_MEMBER, alerts)
    await ground.ok("lead")
    hub, today = ground.hub, ground.clock.now.date()
    assert count_series(hub.store, hub.view, hub.epochs(), today) == 0
    for name, member in (("genesis", 1), ("merseyside", 3)):
        ground.scene.say(f"{name}/sign0", "endorse", member, about=series)
    await ground.ok("genesis")
    assert [count_series(hub.store, hub.view, hub.epochs(), today) for _ in range(2)] == [1, 0]
    with hub.store.read() as session:
        assert suggestions.skin_counts(session) == [SkinCount(2026, "ic1", 0, 1, 0)]


async def test_a_decision_says_nothing_of_a_body_in_the_database(ground: Ground) -> None:
    await with_lead(ground, "no")
    person = PersonDescribed(names_used=("Canaryname",), build="stocky")
    alerts = (
        ground.scene.alert("genesis", 1, audience=ALL, body=alert_body(salt=salt("a"), persons=(person,))),
        ground.scene.alert("merseyside", 3, audience=ALL, body=alert_body(salt=salt("b"), persons=(person,))),
    )
    await ground.ok()
    index(ground)
    decide(ground, alerts)
    with ground.hub.store.read() as session:
        rows = str(session.connection().exec_driver_sql("SELECT * FROM decisions").all())
    assert alerts[0] in rows
    for word in ("names_used", "Canary", "stocky"):
        assert word not in rows
