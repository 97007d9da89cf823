from pathlib import Path

from tests.federation.network import federation


async def test_a_warning_crosses_a_force_boundary_and_is_taken_back_everywhere(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(release)
        await fed.settle()
        assert alert in fed.merseyside.reads()
        fed.genesis.withdraw(release)
        await fed.settle()
        assert alert not in fed.merseyside.reads()
