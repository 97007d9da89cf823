"""Says that a warning of ours and others may be the same person, the same incident, or one a relay of another."""

from datetime import datetime

from node.actions.answer_series import require_not_on_its_way, send_out_said
from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.series import require_reasons, require_series
from node.core.voice import Voice, say_series
from protocol.bodies import encode_body
from protocol.body_fields import SeriesBody, SeriesReason
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import State


def propose_series(
    desk: CaseDesk,
    voice: Voice,
    state: State,
    *,
    alerts: tuple[str, ...],
    relation: str,
    reasons: tuple[SeriesReason, ...],
    by: str,
    now: datetime,
) -> str:
    """Says it to the projects concerned; the identity of the statement. Others hear of it when these agree.

    Args:
        state: of the log as this node last saw it.
        alerts: first alerts of the warnings.
        relation: of `vocabulary.SERIES_RELATIONS`.

    Raises:
        Refused: as `require_series` and `require_reasons`; `refused.series_said`.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_speak_of_series, now)
        require_series(state, voice.member_id, alerts)
        require_not_on_its_way(session, state, alerts=tuple(sorted(alerts)))
        require_reasons(reasons)
        body = SeriesBody(
            type="series.v1",
            salt=desk.vault.new_salt(),
            relation=relation,
            reasons=tuple(sorted(reasons, key=lambda one: one.field)),
        )
        nonce, named, stored = desk.vault.new_nonce(), tuple(sorted(alerts)), encode_body(body)
        said = say_series(voice, nonce=nonce, day=now.date(), alerts=named, body=body, stored=stored)
        send_out_said(session, desk, said, stored, now)
        audit.note(session, person=who.id, verb="propose_series", subject=f"series/{said.identity}", now=now)
        return said.identity
