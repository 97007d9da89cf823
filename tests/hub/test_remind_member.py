"""A member is reminded once a day at most, and its node is told the day and nothing else."""

from typing import Any

import pytest

from hub.actions.remind_member import TOLD_FOR, last_reminded, remind_member
from protocol.house.core.errors import NotYours, Refused
from tests.hub.ground import Ground
from tests.hub.test_decide_series import ask
from tests.hub.web.client import LEAD, OPERATOR, POLICE_LEAD, add_people, desk_of


@pytest.fixture
def staffed(ground: Ground) -> Ground:
    add_people(ground)
    return ground


async def told(ground: Ground, name: str) -> Any:
    answer = await ask(ground, "/v1/reminder", name)
    assert answer.status_code == 200
    return answer.json()


async def test_who_is_reminded_is_told_and_nobody_else(staffed: Ground) -> None:
    remind_member(desk_of(staffed), 3, by=OPERATOR, now=staffed.clock.now)
    assert await told(staffed, "merseyside") == {"asked_on": staffed.clock.now.date().isoformat()}
    assert await told(staffed, "genesis") == {"asked_on": None}
    assert (await staffed.client.get("/v1/reminder")).status_code == 401


async def test_once_a_day_and_again_on_the_next(staffed: Ground) -> None:
    desk = desk_of(staffed)
    remind_member(desk, 3, by=OPERATOR, now=staffed.clock.now)
    first = last_reminded(desk, [3])
    with pytest.raises(Refused, match="today already"):
        remind_member(desk, 3, by=OPERATOR, now=staffed.clock.now)
    assert last_reminded(desk, [3]) == first, "what was refused leaves nothing"
    staffed.forward(days=1)
    remind_member(desk, 3, by=OPERATOR, now=staffed.clock.now)
    assert await told(staffed, "merseyside") == {"asked_on": staffed.clock.now.date().isoformat()}


async def test_after_a_month_it_is_not_told_any_more(staffed: Ground) -> None:
    remind_member(desk_of(staffed), 3, by=OPERATOR, now=staffed.clock.now)
    staffed.forward(days=TOLD_FOR.days)
    assert (await told(staffed, "merseyside"))["asked_on"] is not None
    staffed.forward(days=1)
    assert await told(staffed, "merseyside") == {"asked_on": None}


@pytest.mark.parametrize("name", [LEAD, POLICE_LEAD])
async def test_only_an_operator_reminds(staffed: Ground, name: str) -> None:
    with pytest.raises(NotYours):
        remind_member(desk_of(staffed), 3, by=name, now=staffed.clock.now)
    assert await told(staffed, "merseyside") == {"asked_on": None}
