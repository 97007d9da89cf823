"""Count what became of series, by skin as seen: the yearly table that goes to the scheme's board. Source: PEOPLE 3.14.

Each is counted once, when it is first found agreed or disagreed and the bodies of its alerts are still here.
"""

import datetime as dt

from hub.core.linking import skin_of
from hub.core.sealed_bodies import open_alert
from hub.log_view import LogView
from hub.store import finding, suggestions
from hub.store.engine import Store
from protocol.at_rest import Epochs

COUNTED = ("agreed", "disagreed")


def count_series(store: Store, view: LogView, epochs: Epochs, today: dt.date) -> int:
    """Counts the outcomes that were not counted yet; how many. Again: changes nothing."""
    state = view.refresh().state
    counted = 0
    for identity, series in state.series.items():
        if series.state not in COUNTED:
            continue
        heads = [state.links[state.chains[one].head].index for one in series.alerts]
        with store.begin() as session:
            here = finding.bodies_at(session, heads, for_police=False)
            if len(here) == len(heads) and not suggestions.is_series_counted(session, identity):
                skin = skin_of([open_alert(epochs, body) for body in here.values()])
                suggestions.count_skin(session, today.year, skin, series.state)
                suggestions.count_series(session, identity)
                counted += 1
    return counted
