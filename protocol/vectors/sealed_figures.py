"""Figures under their seal: what must open."""

import hashlib
from typing import Final

from nacl.public import SealedBox

from protocol.figures import seal_figures
from protocol.figures_fields import FiguresBody, HateFigure, OutcomeFigure, ReferralFigures, TimeBands
from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import private_seal_key, seal_key
from protocol.vectors.plausible_bodies import figures_body

SEED: Final = hashlib.sha256(b"a one-time key").digest()
PRIVATE: Final = bytes(private_seal_key("figures"))


def accepted_figures() -> dict[str, Vector]:
    """By name."""
    bands = TimeBands(days_1_to_7=1, hours_1_to_6=3, hours_6_to_24=2, over_7_days=1, under_1_hour=1)
    full = figures_body(
        event_to_warning=bands,
        hate=(HateFigure(count=1, ground="race"), HateFigure(count=4, ground="sex_work")),
        outcomes=(OutcomeFigure(count=1, outcome="arrest"), OutcomeFigure(count=2, outcome="closed_by_police")),
        referrals=ReferralFigures(acknowledged=4, sent=5, tasked=1),
        registered="50-99",
        warning_to_opened=bands,
    )
    return {
        "sealed_figures": _sealed("a quarter in which little is counted", figures_body()),
        "sealed_figures_full": _sealed("a quarter in which all is counted", full),
    }


def _sealed(shows: str, body: FiguresBody) -> Vector:
    stored = seal_figures(body, seal_key("figures"), SEED)
    opened = SealedBox(private_seal_key("figures")).decrypt(stored)
    inside = forms.body(shows, opened, "figures.v1")
    return inside | {"what": "figures", "stored_base64": forms.b64(stored), "private": PRIVATE.hex()}
