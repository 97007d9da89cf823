"""Epoch keys as files: whole or not there, whatever happens while one is written."""

import os
from pathlib import Path

import pytest

from node.store.epoch_keys import epoch_numbers, load_epochs, make_epoch


def test_half_a_key_that_a_crash_left_stops_nothing_and_is_removed(tmp_path: Path) -> None:
    make_epoch(tmp_path)
    (tmp_path / "2.key.new").write_text("abc")
    assert load_epochs(tmp_path).current == 1
    assert make_epoch(tmp_path) == 2
    assert load_epochs(tmp_path).current == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.key", "2.key"]


def test_a_disk_that_is_full_leaves_the_keys_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_epoch(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as disk, pytest.raises(OSError, match="no space"):
        disk.setattr(os, "fsync", full)
        make_epoch(tmp_path)
    assert (epoch_numbers(tmp_path), load_epochs(tmp_path).current) == ([1], 1)
    assert make_epoch(tmp_path) == 2
