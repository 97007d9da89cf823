"""All that must be refused, by name. One table, so that a test can say that no rule is without a vector."""

from protocol.vectors import defects_of_bodies, defects_of_logs, defects_of_payloads
from protocol.vectors.defects_of_chains import CHAINS
from protocol.vectors.defects_of_figures import figures_defects
from protocol.vectors.defects_of_membership import MEMBERSHIP
from protocol.vectors.defects_of_series import SERIES
from protocol.vectors.forms import Vector
from protocol.vectors.successions import succession_defects


def all_defects() -> dict[str, Vector]:
    """Every reject vector by name."""
    return {
        **defects_of_payloads.envelope_defects(),
        **defects_of_payloads.statement_defects(),
        **defects_of_payloads.request_defects(),
        **defects_of_payloads.ack_defects(),
        **defects_of_bodies.body_defects(),
        **defects_of_logs.whole_logs(),
        **defects_of_logs.ENTRIES.vectors(),
        **CHAINS.vectors(),
        **MEMBERSHIP.vectors(),
        **SERIES.vectors(),
        **figures_defects(),
        **succession_defects(),
    }
