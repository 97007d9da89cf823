"""A clock that jumps, a year forth or back: nothing acknowledged is lost, and what is due comes when it is right."""

from pathlib import Path

import pytest

from hub.store import staging
from hub.store.key_files import load_epochs
from tests.faults.asks import perform
from tests.faults.soundness import require_sound
from tests.hub.asker import codes_of
from tests.hub.ground import Clock, Ground, config_of, serving
from tests.hub.test_erasure import rows

HOUSE = {"kind": "house"}


async def publish(ground: Ground) -> tuple[dict[str, str], int]:
    ground.scene.alert("genesis", 1, days=365)
    (item,) = ground.scene.take()
    (index,) = codes_of(await ground.asker("genesis/online").statements(item))
    return item, int(index)


@pytest.mark.parametrize("days", [300, -365])
async def test_while_the_clock_is_wrong_and_after_it_is_put_right_the_hub_takes_and_keeps(
    stocked: tuple[str, Path], days: int
) -> None:
    async with serving(config_of(*stocked), Clock()) as ground:
        before = [await publish(ground)]
        ground.forward(days=days)
        await perform(ground, HOUSE)
        before.append(await publish(ground))
        ground.forward(days=-days)
        await perform(ground, HOUSE)
        before.append(await publish(ground))
        for item, index in before:
            assert codes_of(await ground.asker("genesis/online").statements(item)) == [index]
        require_sound(ground)


@pytest.mark.parametrize("days", [365, -365])
async def test_epoch_keys_change_each_night_again_as_soon_as_the_clock_is_right(
    stocked: tuple[str, Path], days: int
) -> None:
    config = config_of(*stocked)
    async with serving(config, Clock()) as ground:
        ground.forward(days=days)
        await perform(ground, HOUSE)
        ground.forward(days=-days)
        await perform(ground, HOUSE)
        wrong = load_epochs(config.epoch_dir).current
        await publish(ground)
        for _ in range(config.epoch_days + 2):
            ground.forward(days=1)
            await perform(ground, HOUSE)
        epochs = load_epochs(config.epoch_dir)
        assert epochs.current == wrong + config.epoch_days + 2
        assert min(epochs.keys) > wrong - 1, "a key from before is still there: an old backup could be read"
        assert {sealed.epoch for sealed in rows(ground.hub.store).values()} == {epochs.current}


async def test_a_result_that_was_forgotten_before_it_was_read_is_not_answered_as_success(
    stocked: tuple[str, Path],
) -> None:
    """The clock jumps while a sender waits for another process to order."""
    async with serving(config_of(*stocked), Clock()) as ground:
        with ground.hub.store.read() as session:
            assert staging.results_of(session, "no such batch") is None
