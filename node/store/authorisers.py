"""Who answers for a warning that has no reporter."""

from sqlmodel import Session

from node.core.report import Facts, require_authoriser
from protocol.house.store.people import person_id


def require_known_authoriser(session: Session, facts: Facts) -> None:
    """A warning without a reporter names somebody who works here.

    Raises:
        Refused: `refused.authoriser`.
        NotFound: `not_found.person`.
    """
    require_authoriser(facts)
    if facts.source != "report":
        person_id(session, facts.authorised_by or "")
