"""What disks, logs, archives and backups keep of an erased body, and that nobody can read it. Promise 12.

A database keeps what it deleted: PostgreSQL in its heap, its write-ahead log, its archive and every base backup. So
the tests gather every file that there is, find the sealed rows in them, cut them out, and try all keys that exist.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from hub.actions.keep_house import change_epoch
from hub.core.sealed_bodies import place_of
from hub.store.key_files import load_epochs
from protocol.at_rest import Epochs, SealBroken, Sealed
from protocol.body_fields import PersonDescribed
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.faults.own_postgres import OwnPostgres, own_postgres
from tests.hub.ground import Ground, running_ground
from tests.hub.test_erasure import rows
from tests.postgres import PostgresServer

WORD: Final = "Canaryword"
HEAD_BYTES: Final = 64
"""A content is searched by its beginning: a long one is stored in pieces."""


class Watched:
    """A hub's bodies as they were sealed, under every key that ever wrapped theirs."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.sealed: dict[str, list[Sealed]] = {}
        self.look()

    def look(self) -> None:
        """Remembers what is in the database now."""
        for digest, one in rows(self.ground.hub.store).items():
            versions = self.sealed.setdefault(digest, [])
            if one not in versions:
                versions.append(one)

    async def publish(self, number: int) -> tuple[str, str]:
        """A warning with a word that is looked for; its identity and its body's digest."""
        person = PersonDescribed(names_used=(WORD,))
        alert = self.ground.scene.alert("genesis", 1, body=alert_body(salt=salt(f"rest{number}"), persons=(person,)))
        (item,) = self.ground.scene.take()
        assert (await self.ground.asker("genesis/online").statements(item)).status_code == 200
        self.look()
        return alert, self.ground.scene.digest_of(item)

    async def cancel(self, alert: str) -> None:
        self.ground.scene.cancel("genesis", 1, alert)
        await self.ground.ok()

    def night(self) -> list[int]:
        """The next day's house-keeping; the epoch keys that it destroyed."""
        self.ground.forward(days=1)
        config, hub = self.ground.hub.config, self.ground.hub
        destroyed = change_epoch(hub.store, config.epoch_dir, self.ground.clock.now, config.epoch_days)
        self.look()
        return destroyed

    def found(self, digest: str, data: bytes) -> list[Sealed]:
        """This body as it can be put together again from the bytes of a disk."""
        found = []
        for one in self.sealed[digest]:
            at = data.find(one.wrapped_key)
            if at >= 0 and one.content[:HEAD_BYTES] in data:
                found.append(Sealed(one.content, data[at : at + len(one.wrapped_key)], one.epoch))
        return found

    def existing_keys(self) -> list[Epochs]:
        """Every key of this hub, each tried as the key of every epoch."""
        config = self.ground.hub.config
        files = [*config.epoch_dir.iterdir(), *config.keys_dir.iterdir()]
        keys = [bytes.fromhex(path.read_text().strip()) for path in files]
        assert len(keys) >= 4
        return [Epochs(dict.fromkeys(range(1, 30), key)) for key in keys]


def opened(sealed: Iterable[Sealed], keys: Iterable[Epochs], digest: str) -> list[bytes]:
    """What these keys make of these rows."""
    found = []
    keys = list(keys)
    for one in sealed:
        for each in keys:
            try:
                found.append(each.open(one, place_of(digest)))
            except SealBroken:
                continue
    return found


def require_sealed(places: Mapping[str, bytes], keys: Iterable[Epochs]) -> None:
    """Neither a word of a body nor a key of the epochs stands anywhere in clear."""
    spelled = {WORD.encode(), WORD.encode().hex().encode(), base64.b64encode(WORD.encode())[:-4]}
    secret = {form for epochs in keys for key in epochs.keys.values() for form in (key, key.hex().encode())}
    for place, data in places.items():
        assert not [one for one in spelled | secret if one in data], place


@pytest.fixture(scope="module")
def own(postgres: PostgresServer) -> Iterator[OwnPostgres]:
    with own_postgres() as own:
        yield own


def gathered(folder: Path) -> bytes:
    """Every byte of every file under a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_postgresql_keeps_erased_bodies_everywhere_and_none_can_be_read_once_their_key_is_destroyed(
    own: OwnPostgres, tmp_path: Path
) -> None:
    around = own.data.parent
    own.archive_to(around / "archive")
    async with running_ground(own.new_database("at_rest"), tmp_path) as ground:
        await ground.three_projects()
        watched = Watched(ground)
        alert, digest = await watched.publish(1)
        later_alert, later_digest = await watched.publish(2)
        _, live_digest = await watched.publish(3)
        own.back_up(around / "before")
        await watched.cancel(alert)
        assert watched.night() == [] and len(watched.sealed[later_digest]) == 2, "wrapped anew under the second key"
        await watched.cancel(later_alert)
        evening = {"write-ahead log of that evening": gathered(own.data / "pg_wal")}
        own.back_up(around / "after")
        own.run_in("at_rest", "VACUUM")
        own.run("CHECKPOINT")
        own.finish_segment(around / "archive")

        def places() -> dict[str, bytes]:
            return {
                "heap": gathered(own.data / "base"),
                "write-ahead log": gathered(own.data / "pg_wal"),
                "archive": gathered(around / "archive"),
                "backup from before": gathered(around / "before" / "data"),
                "backup from after": gathered(around / "after" / "data"),
            }

        then = places() | evening
        keys = watched.existing_keys()
        require_sealed(then, keys)
        for place in ("archive", *evening, "backup from before"):
            for gone in (digest, later_digest):
                assert opened(watched.found(gone, then[place]), keys, gone), f"the search finds it in the {place}"
        assert opened(watched.found(live_digest, then["heap"]), keys, live_digest)
        with own.restored(around / "before", "at_rest") as restored:
            row = restored.execute("SELECT content, wrapped_key, epoch FROM bodies WHERE digest = %s", (digest,))
            content, wrapped_key, epoch = row.fetchone() or (b"", b"", 0)
        stolen = Sealed(content, wrapped_key, epoch)
        assert opened([stolen], keys, digest), "a backup that is started has it, for eight days"

        destroyed = [number for _ in range(9) for number in watched.night()]
        assert destroyed[:2] == [1, 2]
        own.run("CHECKPOINT")
        own.finish_segment(around / "archive")
        now, keys = places(), watched.existing_keys()
        require_sealed(now, keys)
        for place in ("archive", "backup from before"):
            assert watched.found(digest, now[place]) and watched.found(later_digest, now[place]), (
                "it is all still there"
            )
        everything = b"".join(now.values())
        for gone in (digest, later_digest):
            assert not opened(watched.found(gone, everything), keys, gone)
        assert not opened([stolen], keys, digest)
        assert not opened(watched.found(live_digest, now["backup from before"]), keys, live_digest), "live ones neither"
        assert opened(watched.found(live_digest, now["archive"]), keys, live_digest), "but for today's copy"
        assert load_epochs(ground.hub.config.epoch_dir).current >= 8


async def test_sqlite_keeps_an_erased_body_in_older_copies_only_and_none_can_be_read_once_its_key_is_destroyed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "data" / "hub.db"
    path.parent.mkdir()

    def files() -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in path.parent.iterdir()}

    async with running_ground(f"sqlite:///{path}", tmp_path) as ground:
        await ground.three_projects()
        watched = Watched(ground)
        gone = [await watched.publish(number) for number in range(12)]
        _, live_digest = await watched.publish(99)
        before, keys = files(), watched.existing_keys()
        wal = before["hub.db-wal"]
        assert any(opened(watched.found(digest, wal), keys, digest) for _, digest in gone), "a copy of the log has it"
        for alert, _ in gone:
            await watched.cancel(alert)
        ground.hub.store.checkpoint_wal()
        at_once = b"".join(files().values())
        with ground.hub.store.read() as session:
            freed = session.connection().exec_driver_sql("PRAGMA freelist_count").scalar_one()
        assert freed > 0, "there are pages that were given back"
        for _, digest in gone:
            for one in watched.sealed[digest]:
                assert one.wrapped_key not in at_once and one.content[:HEAD_BYTES] not in at_once
        assert opened(watched.found(live_digest, at_once), keys, live_digest)
        copied = b"".join(before.values())
        assert all(opened(watched.found(digest, copied), keys, digest) for _, digest in gone)
        destroyed = [number for _ in range(9) for number in watched.night()]
        assert destroyed[0] == 1
        keys = watched.existing_keys()
        require_sealed(before | files(), keys)
        for _, digest in gone:
            assert watched.found(digest, copied) and not opened(watched.found(digest, copied), keys, digest)


def test_the_search_itself_can_fail(tmp_path: Path) -> None:
    epochs = Epochs({1: bytes(range(32))})
    sealed = epochs.seal(b"content", place_of("d"), bytes(80))
    assert opened([sealed], [epochs], "d") == [b"content"]
    assert opened([sealed], [Epochs({1: bytes(32)})], "d") == []
    with pytest.raises(AssertionError, match="disk"):
        require_sealed({"disk": b"..." + bytes(range(32))}, [epochs])
