"""Practice mode: fictional cases on a desk of their own, where nothing that is done reaches anybody. Data and words.

Everybody here and in these cases is made up. Source: PEOPLE 2.11.
"""

from datetime import date, timedelta
from typing import Final

from node.core.scheme_data import PersonData, SchemeData, VehicleData

COLLEAGUE: Final = "Practice colleague"
"""The second person, whom somebody who practises can be for a while."""

ACCOUNTS: Final = (
    "He stopped in a silver van by the arches and asked if I was working. He drove somewhere else than we had said and"
    " took my money back with a knife. About 45, stocky, a Leeds accent.",
    "He booked through the site as Gaz and paid. Afterwards the bank said that the payment had been taken back.",
)


def cases(today: date) -> tuple[SchemeData, ...]:
    """Two events of the last days, in the words of the wire."""
    night = today - timedelta(days=1)
    return (
        SchemeData(
            incident_types=("robbery", "threats_weapon"),
            date_min=night,
            date_max=today,
            place_kind="vehicle",
            contact_means=("street",),
            methods=("drove_elsewhere", "took_money_back"),
            weapons=("knife",),
            number_of_people=1,
            persons=(PersonData(age_min=40, age_max=49, sex="man", build="stocky"),),
            vehicles=(VehicleData(type="van", colour="silver", plates=("YK58?QA",)),),
        ),
        SchemeData(
            incident_types=("payment_refused_or_reversed",),
            date_min=today - timedelta(days=4),
            date_max=today - timedelta(days=4),
            place_kind="online",
            contact_means=("app_or_site",),
            methods=("reversed_payment",),
            persons=(PersonData(sex="man", names_used=("Gaz",)),),
        ),
    )


DONE: Final[dict[str, str]] = {
    "take_report": "took a report",
    "draft_release": "drafted a warning",
    "show_release": "read a warning before it left",
    "approve_release": "released what another had drafted",
    "refuse_release": "kept a draft from going out",
    "release_danger_now": "let a danger now out",
    "draft_review": "looked at a danger now as the second person",
    "pause_alert": "paused a warning",
    "withdraw_alert": "took a warning back",
    "stop_sharing": "stopped sharing a report",
}
"""What a certificate names, by the verb of the trail."""
