"""A quarter from the records of two projects to the holder of the figures key, and back."""

import datetime as dt
from pathlib import Path

from hub.store.bodies import bodies_at
from hub.store.key_files import FIGURES_KEY, read_key
from node.actions.approve_figures import approve_figures
from node.actions.prepare_figures import prepare_figures
from node.actions.show_figures import show_figures
from node.actions.take_back_figures import take_back_figures
from protocol.at_rest import Sealed
from protocol.figures import open_figures
from protocol.figures_fields import FiguresBody
from protocol.house.actions.add_person import add_person
from tests.federation.network import Federation, federation
from tests.federation.project import RELEASER, Node

QUARTER, SECOND = "2026-Q4", "Dana"


def opened(fed: Federation, identity: str) -> FiguresBody | None:
    """What the holder of the figures key reads of a statement; None: its body is not at the hub."""
    link = fed.hub.view.refresh().state.links[identity]
    body, place = link.body, link.index
    assert body is not None
    with fed.hub.store.read() as session:
        kept = bodies_at(session, [place]).get(place)
    if kept is None:
        return None
    stored = fed.hub.epochs().open(Sealed(kept.content, kept.wrapped_key, kept.epoch), f"bodies/{body.digest}")
    return open_figures(stored, read_key(fed.hub_config.keys_dir / FIGURES_KEY))


def let_out(node: Node) -> str:
    add_person(node.cases, name=SECOND, role="coordinator", by=RELEASER, now=node.clock())
    prepare_figures(node.cases, quarter=QUARTER, registered=None, by=RELEASER, now=node.clock())
    shown = show_figures(node.cases, quarter=QUARTER, by=SECOND, now=node.clock())
    return approve_figures(
        node.cases, node.voice(), quarter=QUARTER, digest=shown.kept.digest, by=SECOND, now=node.clock()
    )


async def test_figures_reach_the_holder_of_the_key_and_nobody_else_and_can_be_taken_back(tmp_path: Path) -> None:
    async with federation(tmp_path) as fed:
        for node, reports in ((fed.genesis, 3), (fed.merseyside, 1)):
            for _ in range(reports):
                node.report()
        fed.clock.now = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)
        genesis, merseyside = let_out(fed.genesis), let_out(fed.merseyside)
        await fed.settle()
        read = {one: opened(fed, one) for one in (genesis, merseyside)}
        assert {one: body and (body.quarter, body.reports) for one, body in read.items()} == {
            genesis: (QUARTER, 3),
            merseyside: (QUARTER, 1),
        }
        assert all(not node.reads() & {genesis, merseyside} for node in fed.nodes.values())
        take_back_figures(fed.genesis.cases, fed.genesis.voice(), quarter=QUARTER, by=SECOND, now=fed.clock())
        await fed.settle()
        assert opened(fed, genesis) is None and opened(fed, merseyside) is not None
