"""English for the codes of a body. A code that is not here reads as itself with spaces: `knife`, `no_such` → `no such`.

Data. Words: PEOPLE §4 (the person described; *as seen*; no crude labels).
"""

from typing import Final

from protocol import vocabulary

INCIDENTS: Final = {
    "condom_removal": "condom taken off without a yes",
    "physical_assault": "hitting or other physical assault",
    "attempted_killing": "attempted killing",
    "abduction_false_imprisonment": "taken away or locked in",
    "payment_refused_or_reversed": "payment refused or taken back",
    "threats_weapon": "threats or a weapon",
    "harassment_stalking": "harassment or stalking",
    "blackmail_outing": "blackmail or threats to tell",
    "covert_filming": "secret filming",
    "spiking": "drink or drugs spiked",
    "hate_incident": "hate incident",
    "kerb_abuse": "abuse or things thrown from the kerb or a vehicle",
    "coercive_other": "someone who controls or profits from others",
    "impersonating_police": "pretending to be police",
    "other": "something else",
}
SEVERITIES: Final = {
    "extreme": "gravest",
    "severe": "serious",
    "moderate": "moderate",
    "minor": "minor",
    "unknown": "not known",
}
URGENCIES: Final = {
    "immediate": "Danger now",
    "expected": "Happened in the last days: may happen again",
    "future": "May happen",
    "past": "Happened some time ago",
    "unknown": "",
}
CERTAINTIES: Final = {
    "observed": "told by two or more at first hand",
    "likely": "told at first hand, or from a source that was there",
    "possible": "told at second hand",
    "unlikely": "doubtful",
    "unknown": "not known how sure",
}
SOURCES: Final = {
    "report": "From a report.",
    "staff": "From a project's staff, not from a report.",
    "police_request": "At the request of police, not from a report.",
    "public": "From a public source, not from a report.",
    "other_scheme": "Passed on from another scheme, not from a report.",
}
TOLD_BY: Final = {
    "person_harmed": "the person it happened to",
    "witness": "a witness",
    "worker_or_boss": "a colleague or a boss",
    "family": "family",
    "other_agency": "another agency",
    "staff": "staff",
    "police": "police",
    "public_source": "a public source",
    "other_scheme": "another scheme",
}
SKIN: Final = {
    "ic1": "White, northern European looking, as seen",
    "ic2": "White, southern European looking, as seen",
    "ic3": "Black, as seen",
    "ic4": "South Asian looking, as seen",
    "ic5": "East or South-East Asian looking, as seen",
    "ic6": "Arab or North African looking, as seen",
    "ic9": "skin colour: not sure",
}
ADVICE: Final = {
    "do_not_go_with": "Do not go with this person.",
    "do_not_get_in_vehicle": "Do not get into this vehicle.",
    "do_not_book": "Do not take a booking.",
    "take_payment_first": "Take payment first, and check that it has arrived.",
    "tell_your_project": "If this sounds like someone you know of, tell your project.",
    "call_999_if_seen": "If you see this person, call 999.",
    "work_in_pairs": "Work in pairs where you can.",
    "check_numbers": "Check numbers before you answer. No warning does not mean that a person is all right.",
    "keep_messages": "Keep messages: do not delete them.",
    "do_not_confront": "Do not confront this person.",
}
PLACES: Final = {
    "street": "on the street",
    "vehicle": "in a vehicle",
    "hotel": "at a hotel",
    "private_home": "at a private home",
    "working_premises": "at working premises",
    "venue": "at a venue",
    "open_ground": "on open ground",
    "online": "online",
    "other": "elsewhere",
}
CONTACTS: Final = {
    "street": "on the street",
    "advert": "through an advert",
    "phone": "by phone",
    "text": "by text",
    "e_mail": "by e-mail",
    "app_or_site": "through an app or site",
    "social_media": "through social media",
    "in_person": "in person",
    "premises": "at premises",
    "other": "in another way",
}
METHODS: Final = {
    "changed_agreement": "changed what was agreed",
    "drove_elsewhere": "drove somewhere else",
    "locked_in": "locked the door",
    "more_people_came": "more people came",
    "took_phone": "took the phone",
    "took_money_back": "took the money back",
    "fake_payment": "made a fake payment",
    "reversed_payment": "took a payment back afterwards",
    "fake_identity": "used a false name or photographs",
    "claimed_police": "said to be police",
    "threatened_to_tell": "threatened to tell others",
    "refused_condom": "refused a condom",
    "used_more_force_when_refused": "used more force when refused",
    "befriended_first": "was friendly first",
    "controls_earnings": "takes others' earnings",
    "other": "in another way",
}
WEAPONS: Final = {
    "none_seen": "no weapon seen",
    "blade_other": "another blade",
    "blunt_object": "something blunt",
    "acid_or_liquid": "acid or another liquid",
    "ligature": "a cord or belt",
    "threatened_unseen": "said to have a weapon, not seen",
    "vehicle": "a vehicle used as a weapon",
    "other": "another weapon",
}
IDENTIFIERS: Final = {
    "phone": "a phone number",
    "e_mail": "an e-mail address",
    "handle": "a username",
    "plate": "a number plate",
}
MAKES: Final = {"bmw": "BMW", "byd": "BYD", "daf": "DAF", "ds": "DS", "ldv": "LDV", "mg": "MG", "man": "MAN"}
STATUSES: Final = {"exercise": "PRACTICE - NOT REAL", "test": "PRACTICE - NOT REAL"}

LISTS: Final = {
    "incidents": (INCIDENTS, vocabulary.INCIDENT_TYPES),
    "severity": (SEVERITIES, vocabulary.SEVERITIES),
    "urgency": (URGENCIES, vocabulary.URGENCIES),
    "certainty": (CERTAINTIES, vocabulary.CERTAINTIES),
    "source": (SOURCES, vocabulary.SOURCES),
    "told_by": (TOLD_BY, vocabulary.TOLD_BY),
    "skin": (SKIN, vocabulary.SKIN_CODES),
    "advice": (ADVICE, vocabulary.ADVICE_CODES),
    "place": (PLACES, vocabulary.PLACE_KINDS),
    "contact": (CONTACTS, vocabulary.CONTACT_MEANS),
    "methods": (METHODS, vocabulary.METHODS),
    "weapons": (WEAPONS, vocabulary.WEAPONS),
    "identifiers": (IDENTIFIERS, vocabulary.IDENTIFIER_KINDS),
}
"""Each list of words with the vocabulary that it is of: no word here may be outside it."""


def in_words(words: dict[str, str], code: str) -> str:
    """The words of a code."""
    return words.get(code, code.replace("_", " "))
