"""Every error of a node has a status and a page: one table, proved total by a test. No page shows a value."""

from typing import Final

from node.core.errors import Locked, Misconfigured, NoPermission, PrivateWords, Unavailable
from protocol.house.web.frame import HOUSE_PROBLEMS, Problem, Problems

PROBLEMS: Final[Problems] = {
    **HOUSE_PROBLEMS,
    NoPermission: Problem(409, "There is no permission for this"),
    Locked: Problem(409, "This record waits for somebody"),
    PrivateWords: Problem(409, "This holds private words"),
    Unavailable: Problem(503, "This cannot be done at the moment"),
    Misconfigured: Problem(503, "This node is not set up for that"),
}
