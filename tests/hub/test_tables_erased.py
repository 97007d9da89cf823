"""Every table of the hub declares what it is erased with; each is filled, erased by what it names, and looked at."""

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

import pytest

from hub.actions.compare_bodies import compare_new
from hub.actions.count_series import count_series
from hub.actions.decide_series import forget_decisions, take_back
from hub.actions.declare_history import declare_total, take_back_declared
from hub.actions.freeze_release import ask_for_release, confirm_release, drop_request
from hub.actions.index_bodies import index_bodies
from hub.actions.keep_house import erase_lapsed, forget_stale
from hub.actions.submit import Submission, stage
from hub.actions.tell_origins import LOOKS_KEPT_DAYS, forget_looks
from hub.core.offered import Offered
from hub.store import releases
from hub.store.deciding import add_look
from hub.store.engine import HubTable
from hub.store.heard import remind
from hub.store.members import add_invitation, add_old_members, forget_candidate, use_invitation
from hub.store.staging import forget_batch
from protocol.at_rest import ErasedWith
from protocol.quarters import quarter_of
from protocol.replay import Entry, members_carried
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.ground import Ground
from tests.hub.test_decide_series import LEAD_MEMBER, decide, two_alerts
from tests.hub.test_erasure import decoded, publish
from tests.hub.test_freezing import NEW_YEAR, QUARTER, Office, declared
from tests.hub.test_series_and_figures import with_lead
from tests.hub.web.client import ANALYST, LEAD

Keys = set[tuple[Any, ...]]
Play = Callable[[Ground], AsyncIterator[Keys]]
"""Fills a table, yields the keys of the rows that are to go, and erases them."""

DECLARED: Final[dict[str, ErasedWith]] = {
    str(kind.__tablename__): kind.erased_with  # type: ignore[attr-defined]
    for kind in HubTable.__subclasses__()
}
CODE: Final = "ab" * 16
BATCH: Final = "left"
PLAYS: Final[dict[tuple[str, str], Play]] = {}


def plays(table: str, name: str) -> Callable[[Play], Play]:
    """Lists how a table is erased by the function of that name."""

    def keep(play: Play) -> Play:
        PLAYS[table, name] = play
        return play

    return keep


def keys_of(ground: Ground) -> dict[str, Keys]:
    """The primary keys of every row of every table."""
    with ground.hub.store.read() as session:
        connection = session.connection()
        return {
            name: {tuple(row) for row in connection.execute(table.select().with_only_columns(*table.primary_key))}
            for name, table in HubTable.metadata.tables.items()
        }


def a_year_later(ground: Ground) -> None:
    forget_stale(ground.hub.store, ground.hub.view, ground.clock.now + dt.timedelta(days=366))


def batch_left_behind(ground: Ground) -> Keys:
    """A batch that was ordered, and whose sender did not wait for its results."""
    ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    envelope, body = decoded(item)
    late = Submission(ground.hub.store, ground.hub.view, ground.hub.epochs(), ground.clock.now)
    late.check(Offered(Entry(envelope), body))
    stage(ground.hub.store, {BATCH: late}, 100, ground.clock.now.date())
    assert not late.is_settled
    ground.hub.ordering.order()
    return keys_of(ground)["staged"]


@plays("bodies", "order")
async def _gone(ground: Ground) -> AsyncIterator[Keys]:
    alert, _ = await publish(ground)
    yield {(ground.hub.view.now.state.links[alert].index,)}
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()


def derived(table: str, erase: Callable[[Ground, str], Awaitable[None]]) -> Play:
    """A warning that is described, and what takes its body away: the rows that were derived from it go too."""

    async def play(ground: Ground) -> AsyncIterator[Keys]:
        alert, _ = await publish(ground)
        assert index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())
        index = ground.hub.view.now.state.links[alert].index
        yield {key for key in keys_of(ground)[table] if key[-1] == index}
        await erase(ground, alert)

    return play


async def cancelled(ground: Ground, alert: str) -> None:
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()


async def lapsed(ground: Ground, _alert: str) -> None:
    erase_lapsed(ground.hub.store, ground.hub.view, ground.clock.now.date() + dt.timedelta(days=366))


def told_again(erase: Callable[[Ground, str], Awaitable[None]]) -> Play:
    """A warning that tells of the same event as an earlier one, and what takes its body away."""

    async def play(ground: Ground) -> AsyncIterator[Keys]:
        first, _ = await publish(ground)
        again = ground.scene.alert("genesis", 1, body=alert_body(salt=salt("told again"), same_event_as=(first,)))
        await ground.ok()
        assert index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())
        yield keys_of(ground)["same_events"]
        await erase(ground, again)

    return play


def alike(erase: Callable[[Ground, str], Awaitable[None]]) -> Play:
    """Two warnings that may be about one person, and what takes the body of one away."""

    async def play(ground: Ground) -> AsyncIterator[Keys]:
        _, again = await publish(ground), await publish(ground)
        assert index_bodies(ground.hub.store, ground.hub.view, ground.hub.epochs())
        assert compare_new(ground.hub.store, ground.hub.epochs(), ground.clock.now.date())
        yield keys_of(ground)["suggestions"]
        await erase(ground, again[0])

    return play


plays("suggestions", "order")(alike(cancelled))
plays("suggestions", erase_lapsed.__name__)(alike(lapsed))
plays("same_events", "order")(told_again(cancelled))
plays("same_events", erase_lapsed.__name__)(told_again(lapsed))
for derived_table in ("descriptors", "descriptor_keys"):
    plays(derived_table, "order")(derived(derived_table, cancelled))
    plays(derived_table, erase_lapsed.__name__)(derived(derived_table, lapsed))


@plays("bodies", erase_lapsed.__name__)
async def _lapsed(ground: Ground) -> AsyncIterator[Keys]:
    alert, _ = await publish(ground)
    yield {(ground.hub.view.now.state.links[alert].index,)}
    erase_lapsed(ground.hub.store, ground.hub.view, ground.clock.now.date() + dt.timedelta(days=366))


@plays("staged", forget_batch.__name__)
async def _read(ground: Ground) -> AsyncIterator[Keys]:
    yield batch_left_behind(ground)
    with ground.hub.store.begin() as session:
        forget_batch(session, BATCH)


@plays("staged", forget_stale.__name__)
async def _never_read(ground: Ground) -> AsyncIterator[Keys]:
    yield batch_left_behind(ground)
    a_year_later(ground)


async def decided(ground: Ground) -> tuple[tuple[str, ...], int]:
    """Alerts of which a lead decided that they may be of one person, and that decision's number."""
    await with_lead(ground, "no")
    alerts = await two_alerts(ground)
    return alerts, decide(ground, alerts)


@plays("decisions", forget_decisions.__name__)
async def _signed(ground: Ground) -> AsyncIterator[Keys]:
    alerts, number = await decided(ground)
    yield {(number,)}
    ground.scene.series("lead", LEAD_MEMBER, alerts)
    await ground.ok("lead")
    forget_decisions(ground.hub.store, ground.hub.view, ground.clock.now.date())


@plays("decisions", take_back.__name__)
async def _not_signed_yet(ground: Ground) -> AsyncIterator[Keys]:
    _, number = await decided(ground)
    yield {(number,)}
    take_back(ground.hub.store, ground.hub.view, number, by=LEAD, now=ground.clock.now)


@plays("looks_at_alerts", forget_looks.__name__)
async def _told_long_ago(ground: Ground) -> AsyncIterator[Keys]:
    alert, _ = await publish(ground)
    with ground.hub.store.begin() as session:
        add_look(
            session, "1" * 32, alert=alert, origin=1, today=ground.clock.now.date(), role="lead", reason="training"
        )
    yield keys_of(ground)["looks_at_alerts"]
    forget_looks(ground.hub.store, ground.clock.now.date() + dt.timedelta(days=LOOKS_KEPT_DAYS + 1))


@plays("requests", forget_candidate.__name__)
async def _admitted_or_dropped(ground: Ground) -> AsyncIterator[Keys]:
    digest = await ground.ask_to_join("leeds")
    yield {(digest,)}
    with ground.hub.store.begin() as session:
        forget_candidate(session, digest)


@plays("requests", forget_stale.__name__)
async def _left_behind_by_an_admission(ground: Ground) -> AsyncIterator[Keys]:
    yield {(await ground.ask_to_join("genesis"),)}
    a_year_later(ground)


@plays("invitations", use_invitation.__name__)
async def _used(ground: Ground) -> AsyncIterator[Keys]:
    with ground.hub.store.begin() as session:
        add_invitation(session, CODE, ground.clock.now.date())
    yield keys_of(ground)["invitations"]
    with ground.hub.store.begin() as session:
        assert use_invitation(session, CODE, ground.clock.now.date())


@plays("invitations", forget_stale.__name__)
async def _past_its_day(ground: Ground) -> AsyncIterator[Keys]:
    with ground.hub.store.begin() as session:
        add_invitation(session, CODE, ground.clock.now.date())
    yield keys_of(ground)["invitations"]
    a_year_later(ground)


@plays("nonces", forget_stale.__name__)
async def _expired(ground: Ground) -> AsyncIterator[Keys]:
    await publish(ground)
    yield keys_of(ground)["nonces"]
    a_year_later(ground)


@plays("statement_counts", forget_stale.__name__)
async def _counted_long_ago(ground: Ground) -> AsyncIterator[Keys]:
    await publish(ground)
    yield keys_of(ground)["statement_counts"]
    a_year_later(ground)


def asked(ground: Ground) -> tuple[Office, str]:
    """An office where the quarter that is over waits for a second person."""
    office = Office(ground)
    office.until(NEW_YEAR)
    ask_for_release(office.desk, office.who(LEAD), QUARTER, ground.clock())
    return office, QUARTER


@plays("release_requests", drop_request.__name__)
async def _dropped(ground: Ground) -> AsyncIterator[Keys]:
    office, quarter = asked(ground)
    yield {(quarter,)}
    drop_request(office.desk, office.who(ANALYST), ground.clock())


@plays("release_requests", confirm_release.__name__)
async def _confirmed(ground: Ground) -> AsyncIterator[Keys]:
    office, quarter = asked(ground)
    yield {(quarter,)}
    confirm_release(office.desk, office.who(ANALYST), quarter, ground.clock())


@plays("declared_totals", take_back_declared.__name__)
async def _taken_back(ground: Ground) -> AsyncIterator[Keys]:
    office, one = Office(ground), declared()
    declare_total(office.desk.store, office.who(LEAD), one, ground.clock())
    yield {(one.scheme, one.year)}
    take_back_declared(office.desk.store, office.who(LEAD), one.scheme, one.year, ground.clock())


def test_every_table_declares_what_it_is_erased_with() -> None:
    assert set(DECLARED) == set(HubTable.metadata.tables)
    for name, one in DECLARED.items():
        assert isinstance(one, ErasedWith) and one.why, name
        assert (one.goes, one.by) == ("nothing", ()) or (one.goes == "row" and one.by), name
    assert {(table, name) for table, one in DECLARED.items() for name in one.by} == set(PLAYS)


@pytest.mark.parametrize(("table", "name"), sorted(PLAYS), ids=str)
async def test_what_a_table_declares_is_so(ground: Ground, table: str, name: str) -> None:
    play = PLAYS[table, name](ground)
    about = await anext(play)
    before = keys_of(ground)
    assert about and about <= before[table], f"{name} is played without a row in {table}"
    assert await anext(play, None) is None
    after = keys_of(ground)
    assert not about & after[table], f"{name} leaves rows in {table}"
    for other, one in DECLARED.items():
        if one.goes == "nothing":
            assert before[other] <= after[other], f"{name} deletes rows of {other}"
    live = {(link.index,) for link in ground.hub.view.now.state.links.values() if link.body and link.gone is None}
    if name != erase_lapsed.__name__:
        assert live <= after["bodies"] | about, "and no live body goes"


async def test_tables_that_keep_everything_are_filled_while_others_are_erased(ground: Ground) -> None:
    alert, _ = await publish(ground)
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    (counted, _), (other, _), hub, today = await publish(ground), await publish(ground), ground.hub, ground.scene.day
    assert index_bodies(hub.store, hub.view, hub.epochs()) and compare_new(hub.store, hub.epochs(), today)
    ground.scene.series("genesis", 1, sorted((counted, other)))
    await ground.ok()
    assert count_series(hub.store, hub.view, hub.epochs(), today)
    await lapsed(ground, counted)
    await ground.cosign()
    with ground.hub.store.begin() as session:
        add_old_members(session, members_carried(ground.hub.view.now.state))
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    office, quarter = asked(ground)
    confirm_release(office.desk, office.who(ANALYST), quarter, ground.clock())
    with ground.hub.store.begin() as session:
        releases.begin_with(session, quarter_of(NEW_YEAR))
        remind(session, 3, ground.clock().date())
    filled = keys_of(ground)
    empty = {name for name, one in DECLARED.items() if one.goes == "nothing" and not filled[name]}
    assert empty <= {"heartbeats", "members_heard"}, "the worker's alone"
