import asyncio
from pathlib import Path

import pytest

from tests.federation.network import federation


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three admitted projects and their hub, closed, to be copied."""
    folder = tmp_path_factory.mktemp("federation")

    async def make() -> None:
        async with federation(folder):
            pass

    asyncio.run(make())
    return folder
