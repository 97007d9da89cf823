"""Open what projects counted: with the figures key, which opens nothing else.

They are opened to count a release, and for the page that says whose figures of the next quarter are here: the quarter
stands within the seal. For that page only the numbers of projects come out. Nothing of it is kept beside the sealed
bodies, so that erasing these erases it. Source: spec/bodies.md §6; promise 11.
"""

from collections.abc import Mapping

import msgspec
from sqlmodel import Session

from hub.core.sealed_bodies import open_body
from hub.store import bodies
from protocol.at_rest import Epochs
from protocol.errors import BodyInvalid
from protocol.figures import open_figures
from protocol.figures_fields import FiguresBody
from protocol.quarters import Quarter, read_quarter
from protocol.replay import Link, State


class FiguresKeys(msgspec.Struct, frozen=True):
    """What opens figures at the hub: the keys at rest, and the private half of the charter's figures key (32 bytes)."""

    epochs: Epochs
    figures: bytes


Figures = Mapping[tuple[int, Quarter], FiguresBody]
"""(project, quarter) → what it counted."""


def read_figures(session: Session, state: State, keys: FiguresKeys, since: Quarter) -> Figures:
    """The figures of each project and quarter from `since` on: those that stand latest in the log and are not gone.

    What does not open, or is no figures, is left out: its project will see that it is not counted. Each costs a seal of
    16 KiB to open, so what was said before `since` began is not looked at: nobody counts a quarter ahead.
    """
    began = since.first_day.isoformat()
    said = sorted((link for link in _live(state) if link.day >= began), key=lambda link: link.index)
    kept = bodies.bodies_at(session, [link.index for link in said])
    found: dict[tuple[int, Quarter], FiguresBody] = {}
    for link in said:
        stored = kept.get(link.index)
        if stored is None:
            continue
        try:
            body = open_figures(open_body(keys.epochs, stored, link), keys.figures)
        except BodyInvalid:
            continue
        quarter = read_quarter(body.quarter)
        assert quarter is not None
        if quarter >= since:
            found[link.origin, quarter] = body
    return found


def _live(state: State) -> list[Link]:
    links = (state.links[identity] for identity in state.figures.values())
    return [link for link in links if link.gone is None and link.status == "actual" and link.body is not None]
