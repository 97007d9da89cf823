"""Migrations: what they make is what the tables say, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from hub.core.errors import Misconfigured
from hub.store.engine import Store
from hub.store.schema import migrate, require_schema
from hub.store.tables import HeadRow
from protocol.house.store.schema import HOUSE


@pytest.fixture
def store(database: str) -> Store:
    return Store(database)


def test_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    migrate(store)
    with store.change() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, [HOUSE, HeadRow.metadata]) == []  # type: ignore[arg-type] # it takes several
    store.close()


def test_four_starters_at_once_all_succeed_and_migrating_again_changes_nothing(database: str) -> None:
    stores = [Store(database) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, stores))
    migrate(stores[0])
    require_schema(stores[0])
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("revision", "says"), [(None, "has no tables"), ("0000", "of a newer version"), ("9999", "of a newer version")]
)
def test_a_database_of_another_shape_is_refused_in_plain_words(store: Store, revision: str | None, says: str) -> None:
    if revision is not None:
        migrate(store)
        with store.change() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    with pytest.raises(Misconfigured, match=says):
        require_schema(store)
    store.close()
