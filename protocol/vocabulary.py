"""The closed vocabularies of the wire: every coded field takes one of these words and no other.

The words are lower-case ASCII, stored and sent as plain strings, so that any reader can render them in any language. A
list may only grow in a new body type; a word is never given a second meaning.

Sources: CAP 1.2 (severity, urgency, certainty, status), UK IC codes (skin as seen), MISP `personification` and UK
police usage (build, hair), scheme practice (incident types, places, methods). Source: spec/bodies.md §3.
"""

from typing import Final

STATUSES: Final = frozenset({"actual", "exercise", "test"})
ROLES: Final = frozenset({"project", "lead", "registrar", "observer"})

SOURCES: Final = frozenset({"report", "staff", "police_request", "public", "other_scheme"})
TOLD_BY: Final = frozenset(
    {
        "person_harmed",
        "witness",
        "worker_or_boss",
        "family",
        "other_agency",
        "staff",
        "police",
        "public_source",
        "other_scheme",
    }
)

INCIDENT_TYPES: Final = frozenset(
    {
        "rape",
        "sexual_assault",
        "condom_removal",
        "physical_assault",
        "strangulation",
        "attempted_killing",
        "murder",
        "abduction_false_imprisonment",
        "robbery",
        "payment_refused_or_reversed",
        "threats_weapon",
        "harassment_stalking",
        "blackmail_outing",
        "covert_filming",
        "spiking",
        "hate_incident",
        "kerb_abuse",
        "coercive_other",
        "impersonating_police",
        "other",
    }
)
"""What may be warned about. `time_waster` is kept by nodes and is never on the wire."""

SEVERITIES: Final = frozenset({"extreme", "severe", "moderate", "minor", "unknown"})
URGENCIES: Final = frozenset({"immediate", "expected", "future", "past", "unknown"})
CERTAINTIES: Final = frozenset({"observed", "likely", "possible", "unlikely", "unknown"})

PLACE_KINDS: Final = frozenset(
    {"street", "vehicle", "hotel", "private_home", "working_premises", "venue", "open_ground", "online", "other"}
)
CONTACT_MEANS: Final = frozenset(
    {"street", "advert", "phone", "text", "e_mail", "app_or_site", "social_media", "in_person", "premises", "other"}
)
METHODS: Final = frozenset(
    {
        "changed_agreement",
        "drove_elsewhere",
        "locked_in",
        "more_people_came",
        "took_phone",
        "took_money_back",
        "fake_payment",
        "reversed_payment",
        "fake_identity",
        "claimed_police",
        "followed",
        "threatened_to_tell",
        "filmed",
        "drugged",
        "strangled",
        "hit",
        "threw_objects",
        "refused_condom",
        "used_more_force_when_refused",
        "befriended_first",
        "controls_earnings",
        "other",
    }
)
RUSES: Final = frozenset(
    {
        "regular_customer",
        "well_spoken",
        "police",
        "security",
        "agency_or_booker",
        "friend_of_someone",
        "paid_before",
        "fake_booking",
        "other",
    }
)
WEAPONS: Final = frozenset(
    {
        "none_seen",
        "knife",
        "blade_other",
        "firearm",
        "blunt_object",
        "acid_or_liquid",
        "vehicle",
        "dog",
        "ligature",
        "syringe",
        "threatened_unseen",
        "other",
    }
)


IDENTIFIER_KINDS: Final = frozenset({"phone", "e_mail", "handle", "plate"})
ADVICE_CODES: Final = frozenset(
    {
        "do_not_go_with",
        "do_not_get_in_vehicle",
        "do_not_book",
        "take_payment_first",
        "tell_your_project",
        "call_999_if_seen",
        "work_in_pairs",
        "check_numbers",
        "keep_messages",
        "do_not_confront",
    }
)
CONCERNS: Final = frozenset({"everyone", "women", "men", "trans_people", "street", "indoor", "online"})
SIGHTING_KINDS: Final = frozenset({"known_here", "thought_wrong"})
SIGHTING_REASONS: Final = frozenset(
    {
        "own_report",
        "told_by_person",
        "same_identifier",
        "same_description",
        "wrong_person",
        "did_not_happen",
        "out_of_date",
        "other",
    }
)
OBJECTION_REASONS: Final = frozenset(
    {
        "not_known_to_us",
        "not_a_project",
        "tied_to_person_described",
        "key_doubt",
        "different_person",
        "different_incident",
        "too_little_to_say",
        "safeguarding",
        "other",
    }
)
"""Of an admission, or of a series."""

SERIES_RELATIONS: Final = frozenset({"same_person", "same_incident", "relay"})
"""What alerts may be of each other; relay: one passes on what another says."""

SERIES_FIELDS: Final = frozenset(
    {
        "accents",
        "age",
        "build",
        "clothing",
        "contact",
        "direction",
        "eyes",
        "facial_hair",
        "hair",
        "height",
        "identifiers",
        "incidents",
        "marks",
        "methods",
        "names_used",
        "officer",
        "people",
        "period",
        "place",
        "plate",
        "region",
        "ruses",
        "sex",
        "skin",
        "vehicle",
        "weapons",
    }
)
"""What speaks for or against it: fields of an alert's body. Source: spec/bodies.md §4."""

SERIES_WEIGHTS: Final = frozenset({"strong", "some", "weak"})

REGISTERED_BANDS: Final = ("0", "1-9", "10-49", "50-99", "100-249", "250+")
"""How many workers are registered with a project."""

HATE_GROUNDS: Final = ("sex_work", "race", "religion", "disability", "sexual_orientation", "trans")
"""Of what an event was seen as a hate crime, in the order in which it is asked. Source: PEOPLE 3.11."""

OUTCOMES: Final = (
    "recorded_as_crime",
    "arrest",
    "charged",
    "convicted",
    "acquitted",
    "closed_by_police",
    "person_withdrew",
    "not_known",
)
"""What came of what police were told. Source: DOMAIN §2.3."""
