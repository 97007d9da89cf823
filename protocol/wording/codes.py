"""English for the codes that say what happened and what to do: each list of the wire, whole.

Data. Each word is written so that it stands in its sentence in `wording`, read aloud. Words: PEOPLE §4.
"""

from typing import Final

INCIDENTS: Final = {
    "rape": "rape",
    "sexual_assault": "sexual assault",
    "condom_removal": "condom taken off without a yes",
    "physical_assault": "hitting or other physical assault",
    "strangulation": "strangulation",
    "attempted_killing": "attempted killing",
    "murder": "murder",
    "abduction_false_imprisonment": "taken away or locked in",
    "robbery": "robbery",
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
    "extreme": "It is of the most serious kind.",
    "severe": "It is serious.",
    "moderate": "It is moderately serious.",
    "minor": "It is less serious.",
    "unknown": "How serious it is, is not known.",
}
URGENCIES: Final = {
    "immediate": "DANGER NOW: {what}.",
    "expected": "WARNING: {what}. It may happen again.",
    "future": "WARNING: {what}. It may happen.",
    "past": "WARNING: {what}.",
    "unknown": "WARNING: {what}.",
}
"""Whole sentences around the incident types."""

CERTAINTIES: Final = {
    "observed": "How sure: two or more people told it at first hand.",
    "likely": "How sure: likely.",
    "possible": "How sure: possible.",
    "unlikely": "How sure: doubtful.",
    "unknown": "How sure it is, is not known.",
}
SOURCES: Final = {
    "report": "From a report.",
    "staff": "From a project's staff, not from a report.",
    "police_request": "At the request of police, not from a report.",
    "public": "From a public source, not from a report.",
    "other_scheme": "Passed on from another scheme, not from a report.",
}
TOLD_BY: Final = {
    "person_harmed": "Told at first hand, by the person it happened to.",
    "witness": "Told at first hand, by a witness.",
    "worker_or_boss": "Told at second hand, by a colleague or a boss.",
    "family": "Told at second hand, by family.",
    "other_agency": "Told at second hand, by another agency.",
    "staff": "Told by staff.",
    "police": "Told by police.",
    "public_source": "Taken from a public source.",
    "other_scheme": "Told by another scheme.",
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
    "other": "in another kind of place",
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
    "followed": "followed",
    "threatened_to_tell": "threatened to tell others",
    "filmed": "filmed",
    "drugged": "drugged",
    "strangled": "strangled",
    "hit": "hit",
    "threw_objects": "threw things",
    "refused_condom": "refused a condom",
    "used_more_force_when_refused": "used more force when refused",
    "befriended_first": "was friendly first",
    "controls_earnings": "takes others' earnings",
    "other": "in another way",
}
RUSES: Final = {
    "regular_customer": "somebody who comes often",
    "well_spoken": "well spoken",
    "police": "police",
    "security": "security",
    "agency_or_booker": "an agency or a booker",
    "friend_of_someone": "a friend of somebody known",
    "paid_before": "somebody who has paid before",
    "fake_booking": "somebody with a booking, which was not real",
    "other": "something else",
}
WEAPONS: Final = {
    "none_seen": "none was seen",
    "knife": "a knife",
    "blade_other": "another blade",
    "firearm": "a gun",
    "blunt_object": "something blunt",
    "acid_or_liquid": "acid or another liquid",
    "vehicle": "a vehicle used as a weapon",
    "dog": "a dog",
    "ligature": "a cord or belt",
    "syringe": "a needle",
    "threatened_unseen": "said to have a weapon, not seen",
    "other": "another weapon",
}
IDENTIFIERS: Final = {
    "phone": "a phone number",
    "e_mail": "an e-mail address",
    "handle": "a username",
    "plate": "a number plate",
}
CONCERNS: Final = {
    "everyone": "everyone",
    "women": "women",
    "men": "men",
    "trans_people": "trans people",
    "street": "those who work on the street",
    "indoor": "those who work indoors",
    "online": "those who work online",
}
STATUSES: Final = {"actual": "Real", "exercise": "PRACTICE - NOT REAL", "test": "PRACTICE - NOT REAL"}
ROLES: Final = {"project": "project", "lead": "national lead", "registrar": "registrar", "observer": "observer"}
SIGHTINGS: Final = {"known_here": "we know of this too", "thought_wrong": "we think this is wrong"}
SIGHTING_REASONS: Final = {
    "own_report": "we have a report of our own",
    "told_by_person": "we were told by somebody it happened to",
    "same_identifier": "the same number or name",
    "same_description": "the same description",
    "wrong_person": "it is about somebody else",
    "did_not_happen": "it did not happen",
    "out_of_date": "it is out of date",
    "other": "another reason",
}
OBJECTION_REASONS: Final = {
    "not_known_to_us": "we do not know them",
    "not_a_project": "it is not a project",
    "tied_to_person_described": "it has ties to a person described",
    "key_doubt": "we are not sure whose key it is",
    "different_person": "it is about somebody else",
    "different_incident": "it is another incident",
    "too_little_to_say": "there is too little to say so",
    "safeguarding": "safeguarding",
    "other": "another reason",
}

RELATIONS: Final = {
    "same_person": "may be the same person",
    "same_incident": "may be the same incident",
    "relay": "one may pass on what another says",
}
SERIES_FIELDS: Final = {
    "accents": "how they spoke",
    "age": "age",
    "build": "build",
    "clothing": "clothing",
    "contact": "how contact was made",
    "direction": "where they may be going",
    "eyes": "eyes",
    "facial_hair": "facial hair",
    "hair": "hair",
    "height": "height",
    "identifiers": "a telephone number, address or username",
    "incidents": "what happened",
    "marks": "marks, and things carried",
    "methods": "what they do",
    "names_used": "names used",
    "officer": "whether an officer is described",
    "people": "how many took part",
    "period": "when it was",
    "place": "kind of place",
    "plate": "number plate",
    "region": "police-force area",
    "ruses": "what they pretend",
    "sex": "man or woman, as seen",
    "skin": "skin, as seen",
    "vehicle": "vehicle",
    "weapons": "weapons",
}
WEIGHTS: Final = {"strong": "strong", "some": "some", "weak": "weak"}

LOOK_REASONS: Final[dict[str, str]] = {
    "possible_series": "It may be about the same person as another warning",
    "question_of_a_project": "A project has asked about it",
    "question_of_police": "Police have asked about it",
    "check_of_a_figure": "A figure needs to be understood",
    "withdrawal": "It was taken back, or should be",
    "training": "Learning how to use this",
}
"""Why somebody at the hub opens a warning: its origin is told the code."""
