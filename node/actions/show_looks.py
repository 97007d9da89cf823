"""Who at the hub looked at a warning of ours: roles and reasons as the hub told them, never names."""

from node.actions.case_desk import CaseDesk
from node.store.told import Look, looks_at


def show_looks(desk: CaseDesk, alert: str | None) -> list[Look]:
    """Looks at a warning, the latest first; for a page whose reader was let in. None: it has not left.

    Args:
        alert: first alert of its chain.
    """
    if alert is None:
        return []
    with desk.store.read() as session:
        return looks_at(session, alert)
