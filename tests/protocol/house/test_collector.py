"""What is known of the log is looked at once by the collector of cycles, and then set aside."""

import gc
from collections.abc import Iterator

import pytest

from protocol.house.collector import GROWTH, THRESHOLDS, resting, spare_the_log


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds, callbacks = gc.get_threshold(), list(gc.callbacks)
    yield
    gc.callbacks[:] = callbacks
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_what_the_log_grew_by_is_set_aside_at_the_next_look_at_the_oldest() -> None:
    size = 10
    spare_the_log(lambda: size)
    assert gc.get_threshold() == THRESHOLDS
    first = gc.get_freeze_count()
    assert first > 0
    kept = [[number] for number in range(1_000)]
    gc.collect()
    assert gc.get_freeze_count() <= first, "too little has come"
    size += GROWTH
    gc.collect(0)
    assert gc.get_freeze_count() <= first, "what is young is not looked at yet"
    gc.collect()
    assert gc.get_freeze_count() >= first + len(kept)
    again = gc.get_freeze_count()
    kept += [[number] for number in range(1_000)]
    gc.collect()
    assert gc.get_freeze_count() <= again


def test_nothing_is_looked_at_while_it_rests_and_everything_afterwards_however_that_ended() -> None:
    looks: list[str] = []
    gc.callbacks.append(lambda phase, _about: looks.append(phase))
    with pytest.raises(KeyError), resting():
        kept = [[number] for number in range(10 * THRESHOLDS[0])]
        assert not looks
        raise KeyError
    kept += [[number] for number in range(10 * THRESHOLDS[0])]
    assert looks


def test_it_rests_within_a_rest_to_the_end_of_that_and_stays_off_where_it_was_off() -> None:
    with resting():
        with resting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with resting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_a_log_that_begins_anew_grew_by_is_set_aside_too() -> None:
    size = 10 * GROWTH
    spare_the_log(lambda: size)
    size = 0
    gc.collect()
    first = gc.get_freeze_count()
    kept = [[number] for number in range(1_000)]
    size = GROWTH
    gc.collect()
    assert gc.get_freeze_count() >= first + len(kept)
