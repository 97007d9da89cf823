"""Three projects that have joined by the real ceremony: made once a run, then copied."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.federation.network import Federation, copied_federation, federation


@asynccontextmanager
async def three_joined(folder: Path) -> AsyncIterator[Federation]:
    """A copy of them in `folder`, which is made."""
    template = folder.parent / "three-projects"
    if not template.exists():
        template.mkdir()
        async with federation(template):
            pass
    async with copied_federation(template, folder, 0) as fed:
        yield fed
