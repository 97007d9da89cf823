"""A warning about whoever hurt somebody under 18, or perhaps under 18: the one that no permission stands behind.

The safeguarding lead drafts it after asking the statutory agency, and a coordinator lets it out. On its face it is one
of the project's own: it says no age, no place finer than the force area and no method. What is not in it cannot tell
anybody whom it was about. Pure. Source: DESIGN §5, PEOPLE *Under 18*.
"""

from datetime import date
from typing import Final, Literal

from msgspec.structs import replace

from node.core.compose import Choices
from node.core.errors import Locked
from node.core.permissions import Condition
from node.core.report import Facts
from node.core.scheme_data import SchemeData
from protocol.body_fields import AlertBody
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted

Reply = Literal["may_warn", "must_wait", "no_answer"]

REPLIES: Final[tuple[Reply, ...]] = ("may_warn", "must_wait", "no_answer")
NO_TOWN: Final = Condition(kind="no_town")
"""What stands on such a warning as a condition would: no place finer than the force area."""


class Asked(Unprinted, frozen=True, kw_only=True):
    """That the statutory agency was asked, and what it said. The latest stands.

    Attributes:
        agency: whom, by body and name.
        asked_on: the day on which they were asked.
        reply: `may_warn`: they see no harm in it; `must_wait`: not now; `no_answer`: none yet.
        by: the safeguarding lead who asked: who answers for the warning.
    """

    agency: str
    asked_on: date
    reply: Reply
    by: str


def require_question(asked: Asked, today: date) -> None:
    """Refuses what says too little, or cannot have been yet.

    Raises:
        Refused: `refused.agency`, `refused.reply`, `refused.future`.
    """
    if not asked.agency.strip():
        raise Refused("agency", "say whom you asked: the body, and who there")
    if asked.reply not in REPLIES:
        raise Refused("reply", "the answer is one of: " + ", ".join(REPLIES))
    if asked.asked_on > today:
        raise Refused("future", "they cannot have been asked after today")


def require_may_warn(asked: Asked | None) -> Asked:
    """Nothing goes out before they were asked and see no harm in it.

    Raises:
        Locked: `locked.age`: nobody asked; `locked.statutory`: they said wait, or have not answered.
    """
    if asked is None:
        raise Locked("age", "under 18 or not sure: this record is with the safeguarding lead, and nothing goes out")
    if asked.reply != "may_warn":
        raise Locked("statutory", "the statutory agency has not agreed to a warning: nothing goes out")
    return asked


def require_no_hint(choices: Choices) -> None:
    """Refuses what a reviewer may choose elsewhere and what could tell of an age, a place or a method here.

    Raises:
        Refused: `refused.safeguarded`.
    """
    chosen = {
        "a town": choices.town is not None,
        "words of your own": choices.text is not None,
        "whom it concerns": bool(choices.concerns),
        "a ruse": bool(choices.ruses),
        "how many told it": choices.reporters != "1",
        "danger now": choices.danger_now,
    }
    if named := [words for words, is_chosen in chosen.items() if is_chosen]:
        raise Refused("safeguarded", f"a warning for somebody under 18 names no {' and no '.join(named)}")


def without_hints(data: SchemeData) -> SchemeData:
    """The scheme data of which such a warning is built: who is described, and what happened; not how, not where."""
    return replace(data, methods=(), contact_means=(), place_kind=None, area=None)


def on_its_face(facts: Facts, asked: Asked) -> Facts:
    """The facts as the warning says them: one of the project's own, and who answers for it."""
    return replace(facts, source="staff", told_by="staff", authorised_by=asked.by)


def require_still_without_hints(out: AlertBody) -> None:
    """Refuses a warning that is out and was made while the person counted as an adult.

    Raises:
        Refused: `refused.safeguarded`.
    """
    if out.source != "staff" or out.methods or out.ruses or out.contact or out.place or out.text or out.concerns:
        raise Refused("safeguarded", "it says more than a warning for somebody under 18 may")
