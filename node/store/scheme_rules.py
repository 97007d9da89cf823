"""The scheme's rules about its warnings, sealed as the node's own: every version stays."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from node.core.leak.scheme_rules import SchemeRules
from node.store.vault import Owner, latest_part, put_part
from protocol.house.store.vault import Vault

_NODE: Final = Owner("node", 0, None)
_PART: Final = "scheme_rules"


def read_scheme_rules(session: Session, vault: Vault) -> SchemeRules:
    """The rules as they are now; empty before anybody decided anything."""
    return latest_part(session, vault, _NODE, _PART, SchemeRules) or SchemeRules()


def keep_scheme_rules(session: Session, vault: Vault, rules: SchemeRules, now: datetime) -> None:
    """Seals another version."""
    put_part(session, vault, _NODE, _PART, rules, at=now)
