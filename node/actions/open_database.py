"""Opens a node's database, and first erases again what a restored backup has brought back.

A backup from before an erasure holds what was erased, and opens for 14 days at most. What was erased stands in a list
beside the epoch keys, which no backup of the database rolls back: nothing is shown before it was erased again.
Warnings of such a report are taken back again, with the Cancels that were signed beforehand: those that were made at
its erasure may have been lost on their way. Promise 12.
"""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk, open_case_desk
from node.actions.withdraw_alert import take_back_or_owe
from node.config import NodeConfig
from node.store.engine import Store
from node.store.erasures import ErasureList
from node.store.inbox import erase_bodies, held_of_entries
from node.store.releases import mark_refused, open_drafts, releases_out
from node.store.reports import erase_report_rows, not_erased_of
from protocol.house.store import audit
from protocol.house.store.people import person_id


def open_database(config: NodeConfig, now: datetime) -> Store:
    """Opens it for any use. A crash part-way: the next opening goes on.

    Args:
        now: aware UTC.

    Raises:
        Misconfigured: `config.no_database` and the like, `config.erasures`, `config.no_epoch`.
        Unavailable: `unavailable.database`.
    """
    store = Store(config.database)
    try:
        _erase_again(config, store, now)
    except BaseException:
        store.close()
        raise
    return store


def _erase_again(config: NodeConfig, store: Store, now: datetime) -> None:
    erased = ErasureList(config.epoch_dir).read()
    with store.read() as session:
        restored = not_erased_of(session, erased.reports) or held_of_entries(session, erased.entries)
    if not restored:
        return
    desk = open_case_desk(config, store)
    with store.begin() as session:
        for report_id in not_erased_of(session, erased.reports):
            _erase_report(session, desk, report_id, now)
        erase_bodies(session, held_of_entries(session, erased.entries))
    store.checkpoint_wal()


def _erase_report(session: Session, desk: CaseDesk, report_id: int, now: datetime) -> None:
    for release in releases_out(session, report_id):
        person = person_id(session, release.approved_by or release.drafted_by)
        take_back_or_owe(session, desk, None, release, person=person, now=now)
    for draft in open_drafts(session, report_id):
        mark_refused(session, draft.id, "taken_back")
    erase_report_rows(session, report_id, now)
    audit.note(session, person=None, verb="erase_again", subject=f"report/{report_id}", now=now)
