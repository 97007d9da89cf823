"""Erased is gone: at once where the log says so, and from every older copy once its epoch key is destroyed."""

import base64
import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import update
from sqlmodel import col, select

from hub.actions.keep_house import change_epoch, erase_lapsed
from hub.actions.submit import Submission, stage
from hub.core.errors import Misconfigured
from hub.core.offered import Offered
from hub.core.sealed_bodies import index_of, open_alert, open_body, place_of
from hub.store import bodies
from hub.store.engine import Store
from hub.store.key_files import load_epochs
from hub.store.tables import BodyRow, StagedRow
from protocol.at_rest import NONCE_BYTES, SealBroken, Sealed
from protocol.body_fields import PersonDescribed
from protocol.replay import Entry
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.asker import codes_of
from tests.hub.ground import Clock, Ground, config_of, serving


def rows(store: Store) -> dict[str, Sealed]:
    """The sealed bodies in the database, staged ones too."""
    with store.read() as session:
        kept = [*session.exec(select(BodyRow)), *session.exec(select(StagedRow).where(StagedRow.content != None))]  # noqa: E711
        return {row.digest or "": Sealed(row.content or b"", row.wrapped_key or b"", row.epoch or 0) for row in kept}


def on_disk(url: str) -> bytes:
    """Every byte that SQLite keeps."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.suffix != ".lock")


async def publish(ground: Ground) -> tuple[str, str]:
    alert = ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    assert isinstance(codes_of(await ground.asker("genesis/online").statements(item))[0], int)
    return alert, ground.scene.digest_of(item)


@pytest.mark.parametrize("at_once", [2, 9])
async def test_each_body_of_a_batch_has_a_key_and_nonces_of_its_own(ground: Ground, at_once: int) -> None:
    """To forget one's key erases that one, and no other."""
    for _ in range(at_once):
        ground.scene.alert("genesis", 1)
    before = rows(ground.hub.store)
    await ground.ok()
    new = {digest: one for digest, one in rows(ground.hub.store).items() if digest not in before}
    epochs = load_epochs(ground.hub.config.epoch_dir)
    keys = {epochs._unwrap(one, place_of(digest)) for digest, one in new.items()}
    nonces = {part[:NONCE_BYTES] for one in new.values() for part in (one.content, one.wrapped_key)}
    assert (len(new), len(keys), len(nonces)) == (at_once, at_once, 2 * at_once)


@pytest.mark.parametrize("how", ["cancel", "pause", "update", "compromised"])
async def test_a_body_is_deleted_at_once_when_the_log_says_that_it_is_gone(ground: Ground, how: str) -> None:
    alert, digest = await publish(ground)
    sealed = rows(ground.hub.store)[digest]
    if how == "cancel":
        ground.scene.cancel("genesis", 1, alert)
    elif how == "pause":
        ground.scene.pause("genesis", 1, alert)
    elif how == "update":
        ground.scene.update("genesis", 1, alert)
    else:
        ground.scene.officers("revoke", 1, reason="compromised", from_=ground.hub.view.now.state.size - 1)
    await ground.ok("bradford")
    assert digest not in rows(ground.hub.store)
    if ground.hub.store.is_sqlite:
        kept = on_disk(str(ground.hub.store.url))
        assert sealed.wrapped_key not in kept and sealed.content not in kept and sealed.content[24:88] not in kept
        assert next(iter(rows(ground.hub.store).values())).wrapped_key in kept  # what is live is found so


async def test_cancelling_in_the_same_batch_leaves_no_body_behind(ground: Ground) -> None:
    before = set(rows(ground.hub.store))
    alert = ground.scene.alert("genesis", 1)
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    assert set(rows(ground.hub.store)) == before


async def test_a_refused_statement_leaves_no_body_behind(ground: Ground) -> None:
    before = set(rows(ground.hub.store))
    ground.scene.alert("genesis", 2)
    await ground.send()
    assert set(rows(ground.hub.store)) == before


async def test_a_late_copy_of_an_erased_statement_brings_no_body_back(ground: Ground) -> None:
    """A sender whose check came before the Cancel, and whose batch is staged after it."""
    alert = ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    envelope, body = decoded(item)
    hub = ground.hub
    late = Submission(hub.store, hub.view, hub.epochs(), ground.clock.now)
    late.check(Offered(Entry(envelope), body))
    index = codes_of(await ground.asker("genesis/online").statements(item))
    ground.scene.cancel("genesis", 1, alert)
    await ground.ok()
    stage(hub.store, {"late": late}, 100, ground.clock.now.date())
    assert not late.is_settled
    hub.ordering.order()
    assert late.settle("late") and [late.results[0].index] == index
    assert ground.scene.digest_of(item) not in rows(hub.store)


async def test_a_body_that_waits_is_wrapped_anew_and_then_lies_at_its_statements_place_alone(ground: Ground) -> None:
    hub = ground.hub
    ground.scene.alert("genesis", 1)
    (item,) = ground.scene.take()
    waits = Submission(hub.store, hub.view, hub.epochs(), ground.clock.now)
    waits.check(Offered(Entry(decoded(item)[0]), decoded(item)[1]))
    stage(hub.store, {"one": waits, "again": waits}, 100, ground.clock.now.date())
    digest = ground.scene.digest_of(item)
    first = rows(hub.store)[digest]
    change_epoch(hub.store, hub.config.epoch_dir, ground.clock.now + dt.timedelta(days=2), keep_days=8)
    again, epochs = rows(hub.store)[digest], load_epochs(hub.config.epoch_dir)
    assert again.wrapped_key != first.wrapped_key and again.epoch == epochs.current > first.epoch
    hub.ordering.order()
    with hub.store.read() as session:
        kept = bodies.bodies_at(session, [index_of(hub.view.now.state, digest)])
        left = session.exec(select(StagedRow)).all()
    (body,) = kept.values()
    assert body.epoch == epochs.current
    assert epochs.open(Sealed(body.content, body.wrapped_key, body.epoch), place_of(digest)) == decoded(item)[1]
    assert len(left) == 2 and not any(row.content or row.wrapped_key or row.digest or row.epoch for row in left)


async def test_a_body_that_lies_at_anothers_place_is_given_to_nobody(ground: Ground) -> None:
    """Whoever can write to the database, and has no key, changes two places; one of the two may be read by all."""
    alerts = [ground.scene.alert("genesis", 1), ground.scene.alert("genesis", 1)]
    items = ground.scene.take()
    await ground.asker("genesis/online").statements(*items)
    one, other = (ground.hub.view.now.state.links[alert].index for alert in alerts)
    with ground.hub.store.begin() as session:
        for was, to in ((one, -1), (other, one), (-1, other)):
            session.execute(update(BodyRow).where(col(BodyRow.idx) == was).values(idx=to))
    link = ground.hub.view.now.state.links[alerts[0]]
    with ground.hub.store.read() as session:
        body = bodies.bodies_at(session, [one])[one]
    assert body.digest == ground.scene.digest_of(items[1])
    with pytest.raises(SealBroken):
        open_body(ground.hub.epochs(), body, link)
    with pytest.raises(SealBroken):
        open_alert(ground.hub.epochs(), body, link)
    asked = {"digests": [ground.scene.digest_of(items[0])]}
    answer = await ground.asker("merseyside/online").post("/v1/bodies", asked)
    assert answer.status_code == 500 and b"bytes" not in answer.content


def decoded(item: dict[str, str]) -> tuple[bytes, bytes]:
    """An item's envelope and body."""
    return base64.b64decode(item["envelope"]), base64.b64decode(item["body"])


async def test_a_lapsed_body_is_erased_seven_days_after_its_lease(ground: Ground) -> None:
    alert = ground.scene.alert("genesis", 1, days=3)
    ground.scene.sighting("bradford", 2, alert)
    items = ground.scene.take()
    await ground.asker("genesis/online").statements(*items)
    digests = {ground.scene.digest_of(item) for item in items}
    day = ground.scene.day + dt.timedelta(days=3)
    assert erase_lapsed(ground.hub.store, ground.hub.view, day + dt.timedelta(days=6)) == 0
    assert digests <= set(rows(ground.hub.store))
    assert erase_lapsed(ground.hub.store, ground.hub.view, day + dt.timedelta(days=7)) == 2
    assert not digests & set(rows(ground.hub.store))
    assert erase_lapsed(ground.hub.store, ground.hub.view, day + dt.timedelta(days=7)) == 0


async def test_a_removed_members_name_is_erased_seven_days_after_its_removal(ground: Ground) -> None:
    state = ground.hub.view.now.state
    body = state.links[state.members[3].body].body
    assert body is not None
    ground.scene.say("merseyside/sign0", "leave", 3)
    await ground.ok()
    assert erase_lapsed(ground.hub.store, ground.hub.view, ground.scene.day + dt.timedelta(days=6)) == 0
    assert body.digest in rows(ground.hub.store)
    assert erase_lapsed(ground.hub.store, ground.hub.view, ground.scene.day + dt.timedelta(days=7)) == 1
    assert body.digest not in rows(ground.hub.store)


async def test_an_older_copy_of_the_database_opens_nothing_once_its_epoch_key_is_destroyed(
    stocked: tuple[str, Path], backup: Callable[[str], str]
) -> None:
    config, clock = config_of(*stocked), Clock()
    async with serving(config, clock) as ground:
        alert, cancelled = await publish(ground)
        _, live = await publish(ground)
    copied = Store(backup(stocked[0]))
    old = rows(copied)
    copied.close()
    assert all(load_epochs(config.epoch_dir).open(sealed, place_of(d)) for d, sealed in old.items())
    async with serving(config, clock) as ground:
        ground.scene.cancel("genesis", 1, alert)
        await ground.ok()
        destroyed: list[int] = []
        for _ in range(8):
            ground.forward(days=1)
            destroyed += change_epoch(ground.hub.store, config.epoch_dir, clock.now, config.epoch_days)
            destroyed += change_epoch(ground.hub.store, config.epoch_dir, clock.now, config.epoch_days)
        assert destroyed == [1]
        epochs = load_epochs(config.epoch_dir)
        for digest, sealed in old.items():
            with pytest.raises(SealBroken):
                epochs.open(sealed, place_of(digest))
        assert "bytes" in (await ground.asker("merseyside/online").bodies(live))[0]
        assert cancelled not in rows(ground.hub.store)


async def test_what_the_database_holds_of_a_body_is_sealed(ground: Ground) -> None:
    person = PersonDescribed(names_used=("Canaryword",))
    ground.scene.alert("genesis", 1, body=alert_body(salt=salt("canary"), persons=(person,)))
    (item,) = ground.scene.take()
    await ground.asker("genesis/online").statements(item)
    store = ground.hub.store
    if store.is_sqlite:
        assert b"Canaryword" not in on_disk(str(store.url))
        with sqlite3.connect(str(store.url.database)) as raw:
            dump = "\n".join(raw.iterdump())
        raw.close()
    else:
        with store.change() as connection:
            names = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars()
            dump = "".join(
                str(connection.exec_driver_sql(f"SELECT x::text FROM {name} x").scalars().all()) for name in names
            )
    for clear in ("Canaryword", b"Canaryword".hex(), _b64("Canaryword")):
        assert clear not in dump and clear.upper() not in dump
    assert ground.scene.digest_of(item) in dump


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()[:-4]


async def test_a_restored_copy_from_before_a_cancel_is_not_served(
    stocked: tuple[str, Path], backup: Callable[[str], str]
) -> None:
    """It still holds the body; the guard file beside the keys says that more was signed."""
    config, clock = config_of(*stocked), Clock()
    async with serving(config, clock) as ground:
        alert, digest = await publish(ground)
    old = replace(config, database=backup(stocked[0]))
    async with serving(config, clock) as ground:
        ground.scene.cancel("genesis", 1, alert)
        await ground.ok()
    store = Store(old.database)
    assert digest in rows(store)
    store.close()
    with pytest.raises(Misconfigured, match="restored from an old copy"):
        async with serving(old, clock):
            pass


async def test_a_restored_copy_of_the_whole_log_erases_lapsed_bodies_anew(
    stocked: tuple[str, Path], backup: Callable[[str], str]
) -> None:
    """Erased by the clock since, so the guard has nothing to say: the first look after the start erases it again."""
    config, clock = config_of(*stocked), Clock()
    async with serving(config, clock) as ground:
        _, digest = await publish(ground)
    old = replace(config, database=backup(stocked[0]))
    later = clock.now.date() + dt.timedelta(days=400)
    async with serving(config, clock) as ground:
        assert erase_lapsed(ground.hub.store, ground.hub.view, later) and digest not in rows(ground.hub.store)
    async with serving(old, clock) as ground:
        assert digest in rows(ground.hub.store)
        assert erase_lapsed(ground.hub.store, ground.hub.view, later) and digest not in rows(ground.hub.store)
