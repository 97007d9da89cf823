"""Promises 1 and 11: every private field of hundreds of reports carries a word of its own; none of them leaves."""

import base64
import logging
from pathlib import Path

import pytest

from tests.federation.canary import Canaries
from tests.federation.canary_weeks import SLIPS, Weeks
from tests.federation.network import copied_federation
from tests.simulator.fuse import Fuse

REPORTS = 240


async def test_no_private_word_of_any_report_is_found_outside_its_part(
    template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Fuse().installed() as fuse:
        async with copied_federation(template, tmp_path / "copy", 5) as fed:
            weeks = Weeks(fed, fuse, seed=5)
            await weeks.pass_by(REPORTS)
    assert weeks.counted.left > 15 and weeks.counted.mishaps > 5
    assert set(weeks.counted.stopped) == set(SLIPS)
    assert weeks.found == {}
    lines = "\n".join(record.getMessage() for record in caplog.records).encode()
    assert Canaries(0).found_in(lines) == set()


def test_a_canary_is_found_in_every_encoding_in_use() -> None:
    canaries = Canaries(seed=1)
    word = canaries.word()
    for blob in (
        word.encode(),
        word.title().encode(),
        word.encode("utf-16-le"),
        word.encode().hex().encode(),
        *(base64.b64encode(b"x" * lead + word.encode() + b"tail") for lead in range(5)),
    ):
        assert canaries.found_in(b"before" + blob + b"after")
    assert canaries.found_in(b"nothing here") == set()
