"""What every page works with: the settings, the log as this node sees it, the desks of the actions, the clock."""

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.config import NodeConfig
from node.core.catalogue import Catalogue
from node.core.errors import Misconfigured
from node.core.voice import Voice
from node.exchange.desk import Desk
from node.log_view import LogView
from node.web.practice_room import PracticeRoom
from node.web.rendering import Renderer
from node.wording.reading import read_catalogues


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one node, built once in `app.py`.

    Attributes:
        config: its settings.
        exchange: the log, the keys and the hub.
        renderer: the templates.
        now: the clock, aware UTC.
        languages: those in which a warning can be read, by code.
        practice: where people practise.
    """

    config: NodeConfig
    exchange: Desk
    renderer: Renderer
    now: Callable[[], dt.datetime]
    languages: Mapping[str, Catalogue] = msgspec.field(default_factory=read_catalogues)
    practice: PracticeRoom = msgspec.field(default_factory=PracticeRoom)

    @property
    def https(self) -> bool:
        """Whether browsers reach the pages by it: cookies are bound to it then."""
        return self.config.public_url.startswith("https://")

    def case_desk(self) -> CaseDesk:
        """The desk of the records, with the epoch keys of this moment."""
        return open_case_desk(self.config, self.exchange.store)

    def log(self) -> LogView:
        """The log, as far as it has been synced at this moment."""
        self.exchange.view.refresh()
        return self.exchange.view

    def require_voice(self) -> Voice:
        """This node's voice in the log.

        Raises:
            Misconfigured: it has none, and why.
        """
        return voice_of(self.log(), self.exchange.keyring)

    def voice(self) -> Voice | None:
        """This node's voice in the log; None where it has none yet, or no signing key: it can warn its own people."""
        try:
            return self.require_voice()
        except Misconfigured:
            return None
