from pathlib import Path

import pytest

from tests.federation.history import tell

SEEDS = range(100)


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_happens_the_promises_hold(seed: int, template: Path, tmp_path: Path) -> None:
    told, broken = await tell(template, tmp_path / "copy", seed)
    assert not broken, "\n".join([f"seed {seed}:", *told, "does not hold:", *broken])
