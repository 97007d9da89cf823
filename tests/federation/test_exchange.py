from pathlib import Path

from node.actions.read_inbox import Shown, show_alert
from node.actions.withdraw_alert import signed_envelope, withdraw_alert
from node.exchange.carry import carry
from node.exchange.sync import Sync
from tests.federation.network import federation
from tests.federation.project import WRITER, Node


async def test_a_warning_crosses_a_force_boundary_and_is_taken_back_everywhere(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(release)
        await fed.settle()
        assert alert in fed.merseyside.reads()
        fed.genesis.withdraw(release)
        await fed.settle()
        assert alert not in fed.merseyside.reads()


async def test_without_its_signing_key_a_project_syncs_and_takes_back_what_it_signed_before(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(release)
        await fed.settle()
        (fed.genesis.config.keys_dir / "sign").unlink()
        fed.genesis.restart()
        withdraw_alert(fed.genesis.cases, None, release_id=release, by=WRITER, now=fed.clock())
        await fed.settle()
        assert fed.genesis.view.state.chains[alert].cancelled is not None
        assert alert not in fed.merseyside.reads()


async def test_another_project_carries_the_cancel_of_one_whose_link_is_cut(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        release = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(release)
        await fed.settle()
        fed.genesis.link.cut = True
        cancel = withdraw_alert(fed.genesis.cases, None, release_id=release, by=WRITER, now=fed.clock())
        assert cancel is not None
        bradford = fed.bradford
        index = await carry(bradford.desk, Sync(bradford.desk), signed_envelope(fed.genesis.cases, cancel))
        assert bradford.view.state.chains[alert].cancelled == index


async def test_who_confirmed_the_deletion_is_told_of_a_warning_that_was_replaced_paused_and_taken_back(
    tmp_path: Path,
) -> None:
    async with federation(tmp_path) as fed:
        first = fed.genesis.draft(fed.genesis.report())
        alert = fed.genesis.release(first)
        await fed.settle()
        second = fed.genesis.draft_update(first)
        fed.genesis.release(second)
        await fed.settle()
        assert _deletion(_shown(fed.genesis, alert)) == (0, 0), "the last one is in force"
        assert _deletion(_shown(fed.genesis, alert, content=alert)) == (2, 2)
        fed.genesis.pause(second)
        assert _deletion(_shown(fed.genesis, alert)) == (0, 0), "the pause is on its way"
        await fed.settle()
        assert _deletion(_shown(fed.genesis, alert)) == (2, 2)
        fed.genesis.withdraw(second)
        await fed.settle()
        taken = _shown(fed.genesis, alert)
        assert (taken.state, _deletion(taken)) == ("taken back", (2, 2))


def _shown(node: Node, alert: str, *, content: str | None = None) -> Shown:
    today = node.clock().date()
    return show_alert(node.store, node.view, node.desk.epochs(), alert, today, content=content)


def _deletion(shown: Shown) -> tuple[int, int]:
    return shown.deleted_by, shown.deleted_of
