"""Takes figures back: with a Cancel where they have left, and nothing but forgetting where they have not."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.voice import Voice, say_cancel
from node.store.figures import end_figures, figures_of
from node.store.outbox import add_to_outbox, erase_outbox_body, withdraw_unsent
from protocol.house.core.errors import NotFound, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def take_back_figures(desk: CaseDesk, voice: Voice | None, *, quarter: str, by: str, now: datetime) -> str | None:
    """Takes those of a quarter back; the Cancel's identity, or None: they never left.

    Releases that the hub has published stay as they are; later ones are made without these.

    Args:
        voice: None will do where they have not left.

    Raises:
        Refused: `refused.no_voice`: they have left, and no key or log is at hand.
        NotYours: `access.role`.
        NotFound: `not_found.figures`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_let_out_figures, now)
        kept = figures_of(session, quarter)
        if kept is None:
            raise NotFound("figures", "there are no figures of that quarter here")
        end_figures(session, quarter)
        audit.note(session, person=who.id, verb="take_back_figures", subject=f"figures/{quarter}", now=now)
        if kept.identity is None:
            return None
        if voice is None:
            raise Refused("no_voice", "they have left: taking them back needs this project's key and a sync")
        said = say_cancel(voice, nonce=desk.vault.new_nonce(), day=now.date(), status="actual", chain=kept.identity)
        withdraw_unsent(session, kept.identity)
        erase_outbox_body(session, kept.identity)
        add_to_outbox(
            session,
            identity=said.identity,
            kind=said.kind,
            envelope=said.envelope,
            body=None,
            not_before=now,
            release_id=None,
            epochs=desk.vault.epochs,
        )
        return said.identity
