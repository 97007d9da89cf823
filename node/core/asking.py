"""The words in which permission is asked, in one language, at one version. Source: DESIGN §5, PEOPLE 1.13."""

import msgspec

from node.core.permissions import SWITCHES, Switch


class SwitchAsked(msgspec.Struct, frozen=True, kw_only=True):
    """How one switch is asked.

    Attributes:
        means: what a yes does, and what it cannot undo.
    """

    question: str
    means: str


class AskingWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is read out.

    Attributes:
        version: `ask/<language>/<number>`: kept with each answer.
        name: of the language, in itself.
        reviewed: a speaker of the language has read it.
        opening: what cannot be undone: said first.
    """

    version: str
    language: str
    name: str
    reviewed: bool
    opening: str
    switches: dict[Switch, SwitchAsked]

    @property
    def is_whole(self) -> bool:
        """Whether every switch can be asked with it, and its version is of its language."""
        return set(self.switches) == set(SWITCHES) and self.version.startswith(f"ask/{self.language}/")
