"""What every action on the records works with: settings, database, vault. Made anew for each command or job."""

import secrets

import msgspec
from sqlmodel import Session

from node.config import NodeConfig
from node.core.access import may_judge, require_may_open
from node.core.errors import Misconfigured
from node.core.release import OPEN_STATES, Release
from node.core.report import Report
from node.core.staffing import node_staffing
from node.core.voice import Lead, Voice
from node.keyring import NO_SIGN_KEY, Keyring
from node.log_view import LogView
from node.store.engine import Store
from node.store.epoch_keys import load_epochs
from node.store.reports import get_report
from protocol.house.core.relying_party import RelyingParty, relying_party
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing
from protocol.house.store.vault import Vault


class CaseDesk(msgspec.Struct, frozen=True):
    """Settings, database and vault of one node. The vault knows the epoch keys of the moment at which it was made.

    Attributes:
        is_practice: a desk with fictional cases: what is drafted on it is an exercise, and leaves by no door.
    """

    config: NodeConfig
    store: Store
    vault: Vault
    is_practice: bool = False

    @property
    def name(self) -> str:
        """The project's."""
        return self.config.name

    @property
    def party(self) -> RelyingParty | None:
        """What passkeys are bound to; None: the pages' address can have none."""
        return relying_party(self.config.public_url, self.config.name)

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""
        return node_staffing(self.config.agencies)


def open_case_desk(config: NodeConfig, store: Store) -> CaseDesk:
    """The desk of a node that was set up.

    Args:
        store: its database, from `open_database`.

    Raises:
        Misconfigured: no epoch key.
    """
    return CaseDesk(config, store, Vault(load_epochs(config.epoch_dir), secrets.token_bytes))


def report_for(session: Session, desk: CaseDesk, who: Staff, report_id: int) -> Report:
    """A report that is theirs to open.

    Raises:
        Locked: `locked.hold`, `locked.lead_only`.
        NotYours: `access.report`.
        NotFound: `not_found.report`, `not_found.erased`.
    """
    report = get_report(session, desk.vault, report_id)
    require_may_open(who, report, desk.config.name)
    return report


def require_may_judge(session: Session, desk: CaseDesk, who: Staff, release: Release) -> None:
    """That a draft is theirs to look at and to decide: with its report, or as the coordinator of two who answer for it.

    Raises:
        Locked, NotYours, NotFound: as `report_for`.
    """
    report = get_report(session, desk.vault, release.report_id)
    if release.state not in OPEN_STATES or not may_judge(who, report):
        require_may_open(who, report, desk.config.name)


def voice_of(view: LogView, keyring: Keyring) -> Voice:
    """This node's voice in the log as it last saw it.

    Raises:
        Misconfigured: `config.not_joined`, `config.not_synced`, `config.not_admitted`, `config.no_sign_key`.
    """
    if not keyring.can_sign:
        raise Misconfigured("no_sign_key", NO_SIGN_KEY)
    log, seen, member_id, charter = view.log, view.seen(), view.member_id, view.state.charter
    if log is None or seen is None or charter is None:
        raise Misconfigured("not_synced", "this node has not synced yet: run 'watchword-node sync'")
    if member_id is None:
        raise Misconfigured("not_admitted", "this node is not a member yet")
    leads = tuple(Lead(one.id, one.police) for one in view.state.members.values() if one.role == "lead" and one.present)
    return Voice(log=log, member_id=member_id, seen=seen, charter=charter, sign=keyring.sign_statement, leads=leads)
