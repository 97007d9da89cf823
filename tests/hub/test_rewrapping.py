"""What another epoch key is to wrap is looked up, not searched for: twice as many take a night twice as long."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from hub.store import bodies, descriptors
from hub.store.engine import Store
from hub.store.schema import migrate
from tests.query_plans import asked_of, plan_of


@pytest.mark.parametrize(
    ("table", "of_other_epochs"),
    [("bodies", bodies.bodies_of_other_epochs), ("descriptors", descriptors.indices_of_other_epochs)],
)
def test_what_is_done_is_not_walked_past(
    table: str, of_other_epochs: Callable[[Session, int, int], object], tmp_path: Path
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hub.db'}")
    migrate(store)
    with store.begin() as session, asked_of(table) as asked:
        assert not of_other_epochs(session, 2, 500)
        steps = plan_of(session, *asked[0])
    store.close()
    found = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    assert len(found) == 2 and all("USING" in step and "epoch" in step for step in found), steps
