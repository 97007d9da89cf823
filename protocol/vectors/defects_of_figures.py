"""What must be refused of figures: of the seal, then of what is inside. One defect each."""

from typing import Any, Final

from nacl.bindings import crypto_box_SEALBYTES

from protocol import canonical
from protocol.figures import open_figures, parse_figures, seal_figures
from protocol.statement_fields import FIGURES_SIZE
from protocol.vectors import forms
from protocol.vectors.defects_of_payloads import ABSENT, changed, refused
from protocol.vectors.forms import Vector
from protocol.vectors.named_keys import seal_key
from protocol.vectors.plausible_bodies import figures_body
from protocol.vectors.sealed_figures import PRIVATE, SEED

_INSIDE: Final = FIGURES_SIZE - crypto_box_SEALBYTES


def figures_defects() -> dict[str, Vector]:
    """By name."""
    stored = seal_figures(figures_body(), seal_key("figures"), SEED)
    other = seal_figures(figures_body(), seal_key("somebody"), SEED)
    sealed = {
        "size": ("a size between two", stored[:-1]),
        "sealed_to_another": ("sealed to somebody else's key", other),
        "sealed_altered": ("one bit of it is another", stored[:-1] + bytes([stored[-1] ^ 1])),
    }
    made = {}
    for name, (shows, data) in sealed.items():
        vector = {"what": "figures", "shows": shows, "stored_base64": forms.b64(data), "private": PRIVATE.hex()}
        made[f"figures_{name}"] = forms.rejected(vector, refused(lambda one: open_figures(one, PRIVATE), data))
    for name, (shows, inside) in (_raw() | _coded()).items():
        vector = forms.body(shows, inside, "figures.v1") | {"what": "figures"}
        made[f"figures_{name}"] = forms.rejected(vector, refused(parse_figures, inside))
    return made


def _raw() -> dict[str, tuple[str, bytes]]:
    content = canonical.encode(figures_body())
    twice = content.replace(b'"reports":12', b'"reports":12,"reports":12')
    return {
        "inside_size": ("content that is not filled up", content),
        "padding": ("a line end behind it", (content + b"\n").ljust(_INSIDE)),
        "not_json": ("cut off", content[:-2].ljust(_INSIDE)),
        "member_twice": ("a number twice", twice.ljust(_INSIDE)),
        "not_canonical": ("a space", content.replace(b'"reports":12', b'"reports": 12').ljust(_INSIDE)),
    }


def _coded() -> dict[str, tuple[str, bytes]]:
    content = canonical.encode(figures_body())
    referrals = {"acknowledged": 4, "sent": 5, "tasked": 5}
    cases: dict[str, tuple[str, str, Any]] = {
        "type": ("a series where figures are due", "type", "series.v1"),
        "quarter": ("a fifth quarter", "quarter", "2026-Q5"),
        "words": ("a field with words", "note", "busy"),
        "without_salt": ("no salt", "salt", ABSENT),
        "switch_missing": ("one switch of six is not there", "switches.record", ABSENT),
        "more_yes_than_asked": ("more yes than asked", "switches.warn_own", {"asked": 3, "yes": 4}),
        "asked_of_more_than_taken": ("asked of more reports than were taken", "switches.warn_own.asked", 13),
        "below_zero": ("less than none", "reports", -1),
        "beyond_counting": ("a hundred thousand and one", "reports", 100_001),
        "half": ("half a report", "reports", 11.5),
        "tasked_without_acknowledged": ("more tasked than acknowledged", "referrals", referrals),
        "outcome_twice": (
            "an outcome twice", "outcomes", [{"count": 1, "outcome": "arrest"}, {"count": 2, "outcome": "arrest"}],
        ),
        "hate_order": (
            "grounds not ascending", "hate", [{"count": 1, "ground": "trans"}, {"count": 1, "ground": "race"}],
        ),
        "more_hate_than_reports": ("more than there are reports", "hate", [{"count": 13, "ground": "race"}]),
        "registered_exactly": ("a number where a band is due", "registered", 57),
    }  # fmt: skip
    return {name: (shows, changed(content, path, value).ljust(_INSIDE)) for name, (shows, path, value) in cases.items()}
