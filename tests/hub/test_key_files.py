"""The hub's key files: whole or not there."""

import datetime as dt
import os
from pathlib import Path

import pytest

from hub.core.errors import Misconfigured
from hub.store.key_files import load_epochs, make_epoch, read_key, write_key

DAY = dt.date(2026, 11, 2)


def test_a_crash_or_a_full_disk_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_epoch(tmp_path, DAY, b"1" * 32)

    def full(_handle: int) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as disk, pytest.raises(OSError, match="no space"):
        disk.setattr(os, "fsync", full)
        make_epoch(tmp_path, DAY, b"2" * 32)
    (tmp_path / "2-2026-11-02.epoch.new").write_text("abc")
    assert load_epochs(tmp_path).current == 1
    assert make_epoch(tmp_path, DAY, b"2" * 32) == 2
    assert load_epochs(tmp_path).current == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1-2026-11-02.epoch", "2-2026-11-02.epoch"]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    write_key(tmp_path / "log.key", b"1" * 32)
    with pytest.raises(Misconfigured):
        write_key(tmp_path / "log.key", b"2" * 32)
    assert read_key(tmp_path / "log.key") == b"1" * 32
