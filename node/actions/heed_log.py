"""What the log says in this project's name and this database does not know any more: it was restored from a backup.

Her *no* may have been in what was lost. So the chain counts as taken back, and nothing of its report goes out until a
person has asked again. In the caller's transaction; nothing private is opened for it.
"""

from datetime import datetime

from sqlmodel import Session

from node.actions.change_permission import STOP_SHARING
from node.core.permissions import HOW_RESTORED
from node.store.permissions import Given, append_entry
from node.store.releases import mark_refused, mark_withdrawn, open_drafts, releases_of_chain, releases_out
from protocol.house.store import audit
from protocol.house.store.vault import Vault


def heed_log(session: Session, vault: Vault, *, chain: str, now: datetime) -> None:
    """Obeys a Cancel, pause or update of our own that was made after the backup was.

    Warnings to our own people of the same report are taken back too: what she said of them was lost with the rest.

    Args:
        chain: identity of the first alert of the chain concerned. One that is not known here: nothing to do.
    """
    links = releases_of_chain(session, chain)
    for report_id in sorted({link.report_id for link in links}):
        for release in releases_out(session, report_id):
            if release.chain == chain or release.scope == "own":
                mark_withdrawn(session, release.id)
                audit.note(session, person=None, verb="heed_log", subject=f"release/{release.id}", now=now)
        for draft in open_drafts(session, report_id):
            mark_refused(session, draft.id, "permission_changed")
        for switch in STOP_SHARING:
            append_entry(
                session,
                vault,
                report_id=report_id,
                switch=switch,
                answer="not_asked",
                given=Given(how=HOW_RESTORED),
                at=now,
                now=now,
            )
        audit.note(session, person=None, verb="ask_again", subject=f"report/{report_id}", now=now)
