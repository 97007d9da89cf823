"""Invites a project to join: a file for one candidate, whose words are read aloud to them by another way."""

import datetime as dt
import secrets

import msgspec

from hub.actions.hub_desk import HubHouse
from hub.actions.operators_trail import note_operator
from hub.config import HubConfig
from hub.core.errors import Misconfigured
from hub.log_view import LogView
from hub.store import members
from hub.store.engine import Store

CODE_BYTES = 16
"""128 random bits: a plain hash of it is enough."""


class CandidateInvited(msgspec.Struct, frozen=True):
    """What the candidate is given.

    Attributes:
        file: the invitation, as their node reads it.
        log: identity of the log: its words are what is read aloud.
        until: the last day on which it can be used.
    """

    file: bytes
    log: str
    until: dt.date


def invite_candidate(
    store: Store, view: LogView, config: HubConfig, *, by: str | None, now: dt.datetime
) -> CandidateInvited:
    """Makes an invitation, good once.

    Args:
        by: an operator's name; None: whoever has the machine itself, at its command line.

    Raises:
        Misconfigured: nothing is published yet.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    log = view.refresh().state.log
    if log is None:
        raise Misconfigured("nothing is published yet: run 'watchword-hub init'")
    code, until = secrets.token_hex(CODE_BYTES), now.date() + dt.timedelta(days=config.invitation_days)
    with HubHouse(store).begin() as session:
        note_operator(session, "invite_candidate", "candidate/new", by=by, now=now)
        members.add_invitation(session, code, until)
    content = msgspec.json.encode({"hub": config.public_url, "log": log, "invitation": code})
    return CandidateInvited(msgspec.json.format(content) + b"\n", log, until)
