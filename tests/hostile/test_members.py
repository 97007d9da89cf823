"""A member that means ill, against a real hub on both databases."""

from pathlib import Path

import pytest

from tests.hostile.members import MEMBER_ATTACKS, REQUESTS_PER_MINUTE, STATEMENTS_PER_DAY, MemberAttack
from tests.hostile.outcomes import member_rows
from tests.hub.ground import running_ground


@pytest.mark.parametrize("one", MEMBER_ATTACKS, ids=lambda one: one.name)
async def test_what_comes_of(one: MemberAttack, database: str, tmp_path: Path) -> None:
    limits = {"statements_per_day": STATEMENTS_PER_DAY, "requests_per_minute": REQUESTS_PER_MINUTE}
    async with running_ground(database, tmp_path, **limits) as ground:
        await ground.three_projects()
        assert await one.play(ground, tmp_path) == member_rows()[one.name], "the table says something else"


def test_the_table_has_every_attack_of_a_member() -> None:
    assert list(member_rows()) == [one.name for one in MEMBER_ATTACKS]
