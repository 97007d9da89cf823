"""A second person lets out the figures of a quarter: sealed to the charter's figures key, signed, on their way."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.release import next_batch
from node.core.voice import Voice, say_figures
from node.store.figures import figures_of, list_figures, mark_approved, read_figures
from node.store.outbox import add_to_outbox
from protocol.figures import SEAL_SEED_BYTES, seal_figures
from protocol.house.core.errors import NotFound, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def approve_figures(desk: CaseDesk, voice: Voice, *, quarter: str, digest: str, by: str, now: datetime) -> str:
    """Lets them out; the identity of their statement.

    A crash before the commit leaves nothing signed behind; after it, the outbox sends.

    Args:
        digest: as `show_figures` gave it to this person.

    Raises:
        Refused: `refused.decided`, `refused.second_person`, `refused.other_bytes`, `refused.one_a_day` (the log takes
            one statement of figures a day).
        NotYours: `access.role`.
        NotFound: `not_found.figures`, `not_found.person`.
        SealBroken: their epoch key is destroyed.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_let_out_figures, now)
        kept = figures_of(session, quarter)
        if kept is None:
            raise NotFound("figures", "there are no figures of that quarter here")
        if kept.approved_at is not None:
            raise Refused("decided", "these figures have left already")
        if kept.prepared_by == by:
            raise Refused("second_person", "a second person lets them out: not the one who counted them")
        if kept.digest != digest:
            raise Refused("other_bytes", "they were counted again since: look at them again")
        if any(one.approved_at is not None and one.approved_at.date() == now.date() for one in list_figures(session)):
            raise Refused("one_a_day", "figures of another quarter left today: let these out tomorrow")
        _, body = read_figures(session, desk.vault, quarter)
        stored = seal_figures(body, voice.charter.figures_key, desk.vault.randomness(SEAL_SEED_BYTES))
        said = say_figures(voice, nonce=desk.vault.new_nonce(), day=now.date(), body=body, stored=stored)
        add_to_outbox(
            session,
            identity=said.identity,
            kind=said.kind,
            envelope=said.envelope,
            body=stored,
            not_before=next_batch(now, desk.config.batch_times),
            release_id=None,
            epochs=desk.vault.epochs,
        )
        mark_approved(session, quarter, by=who.id, now=now, identity=said.identity)
        audit.note(session, person=who.id, verb="approve_figures", subject=f"figures/{quarter}", now=now)
        return said.identity
