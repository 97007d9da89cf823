"""What somebody finds who comes to the hub's pages: two warnings said to be of one person, and what waits for someone.

Two projects say that a warning of each may be about one person, and both stand by it. A project joins, its machine
stays off, and a warning is taken back that it may hold: it is silent, and has not confirmed. Another asks to join.
"""

from typing import Final

from deploy.demo.network import wait_for
from deploy.demo.story import Story
from hub.log_view import LogView as HubView
from hub.store.engine import Store as HubStore
from protocol.body_fields import SeriesReason

GENESIS_WARNING, BRADFORD_ROW = 1, 4
"""Genesis's second warning and a row of Bradford's sheet, from 0: somebody in their early 20s with braces."""

REASONS: Final = (
    SeriesReason(field="hair", speaks="for", weight="some"),
    SeriesReason(field="height", speaks="for", weight="weak"),
    SeriesReason(field="marks", speaks="for", weight="some"),
)


async def say_that_two_are_alike(story: Story) -> None:
    """Bradford warns once more and says that it may be one person with a warning of Genesis; Genesis agrees."""
    genesis, bradford = story.office("genesis"), story.office("bradford")
    theirs = [one for one in story.warnings if one.project is genesis.project][GENESIS_WARNING]
    ours = bradford.warn_from_row(BRADFORD_ROW)

    async def arrived() -> bool:
        story.network.require_running()
        return ours.first in genesis.holds() and bradford.knows_of(ours.first)

    await wait_for("one more warning to arrive", arrived)
    series = bradford.say_alike((theirs, ours), REASONS)

    async def heard() -> bool:
        return genesis.knows_of(series)

    await wait_for("Genesis to hear that two may be one person", heard)
    genesis.agree(series)


async def leave_one_unconfirmed(story: Story) -> None:
    """A project joins and its machine stays off; Merseyside takes a warning back."""
    await story.network.join_and_stay_off()
    office = story.office("merseyside")
    warning = next(one for one in reversed(story.warnings) if one.project is office.project)
    office.take_back(warning)
    store = HubStore(story.network.hub_config.database)

    async def taken_back() -> bool:
        return HubView(store).refresh().state.chains[warning.first].cancelled is not None

    await wait_for("Merseyside's warning to be taken back", taken_back)
    store.close()
