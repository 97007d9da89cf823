"""What a column of a sheet can mean, as whoever brings it in would say it; in the order in which sheets have them."""

from typing import Final

from node.core.sheets.meanings import MEANINGS

MEANINGS_IN_WORDS: Final[dict[str, str]] = {
    "ref": "the sheet's own number",
    "taken_on": "the day it was told",
    "taken_by": "who took it down",
    "told_by": "who told it",
    "agency": "the agency",
    "incident_date": "the day it happened",
    "incident_time": "the time it happened",
    "place": "where it happened",
    "what_happened": "what happened",
    "incident_type": "the kind of incident",
    "contact_means": "how contact was made",
    "description": "the person described",
    "names": "names they used",
    "sex": "a man or a woman",
    "age": "their age",
    "ethnicity": "their skin as seen, or their origin",
    "height": "their height",
    "build": "their build",
    "hair": "their hair",
    "eyes": "their eyes",
    "accent": "their accent",
    "marks": "their marks",
    "clothing": "their clothing",
    "people": "how many people did it",
    "vehicle": "a vehicle",
    "plate": "a number plate",
    "identifiers": "numbers and names of the person described, mixed",
    "phone": "a phone number of the person described",
    "e_mail": "an e-mail address of theirs",
    "handle": "a username of theirs",
    "platform": "the app or site",
    "consent": "permission, all in one",
    "consent_record": "permission to keep it",
    "consent_local": "permission to warn our own people",
    "consent_national": "permission to warn other projects",
    "consent_police": "permission for police",
    "consent_police_anonymous": "permission for police, without their name",
    "consent_police_full": "permission for police, with all details",
    "consent_unclear": "permission, unclear for what",
    "reporter": "the name of the person who reported",
    "reporter_contact": "how to reach the person who reported",
    "reporter_age": "the age of the person who reported",
    "police_ref": "a reference of the police",
    "outcome": "what came of it",
    "notes": "notes: they stay here",
}
assert set(MEANINGS_IN_WORDS) == MEANINGS


def meaning_words(meaning: str) -> str:
    """One meaning, or several of a person joined by `+`: `Their age and their hair`."""
    said = " and ".join(MEANINGS_IN_WORDS[part] for part in meaning.split("+"))
    return said[:1].upper() + said[1:]
