"""Shows the figures of a quarter: exactly what would leave, or has left."""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.figures import FiguresKept
from node.store.figures import figures_of, list_figures, read_figures
from protocol.figures_fields import FiguresBody
from protocol.house.core.errors import NotFound
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.quarters import quarter_of


class FiguresShown(msgspec.Struct, frozen=True, kw_only=True):
    """Figures, and what they say.

    Attributes:
        content: the exact bytes under the seal: what a person lets out.
        body: the same, read.
    """

    kept: FiguresKept
    content: str
    body: FiguresBody


class AllFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept, the latest quarter first.

    Attributes:
        last: the quarter that was over last.
        due: the same, if it is not counted yet; else None.
    """

    kept: tuple[FiguresKept, ...]
    last: str
    due: str | None


def list_all_figures(desk: CaseDesk, *, by: str, now: datetime) -> AllFigures:
    """Every quarter that was counted here.

    Raises:
        NotYours: `access.role`. NotFound: `not_found.person`.
    """
    with desk.store.read() as session:
        acting(session, by, access.may_prepare_figures, now)
        kept = tuple(list_figures(session))
    last = str(quarter_of(now.date()).previous)
    return AllFigures(kept=kept, last=last, due=None if any(one.quarter == last for one in kept) else last)


def show_figures(desk: CaseDesk, *, quarter: str, by: str, now: datetime) -> FiguresShown:
    """Those of a quarter.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.figures`, `not_found.person`.
        SealBroken: their epoch key is destroyed.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_prepare_figures, now)
        kept = figures_of(session, quarter)
        if kept is None:
            raise NotFound("figures", "there are no figures of that quarter here")
        content, body = read_figures(session, desk.vault, quarter)
        audit.note(session, person=who.id, verb="show_figures", subject=f"figures/{quarter}", now=now)
    return FiguresShown(kept=kept, content=content.decode(), body=body)
