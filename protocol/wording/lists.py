"""Every list of codes with its English: a context of the catalogues is one of these names."""

from collections.abc import Mapping
from typing import Final

import msgspec

from protocol import person_vocabulary, vehicle_vocabulary, vocabulary
from protocol.wording import codes, looks
from protocol.wording.catalogue import Catalogue


class WordList(msgspec.Struct, frozen=True):
    """One list.

    Attributes:
        english: code → English.
        known: the codes of the wire, all of which have words.
        names: these are names that no language translates, but for `other`.
    """

    english: Mapping[str, str]
    known: frozenset[str]
    names: bool = False


LISTS: Final[Mapping[str, WordList]] = {
    "incident": WordList(codes.INCIDENTS, vocabulary.INCIDENT_TYPES),
    "severity": WordList(codes.SEVERITIES, vocabulary.SEVERITIES),
    "urgency": WordList(codes.URGENCIES, vocabulary.URGENCIES),
    "certainty": WordList(codes.CERTAINTIES, vocabulary.CERTAINTIES),
    "source": WordList(codes.SOURCES, vocabulary.SOURCES),
    "told by": WordList(codes.TOLD_BY, vocabulary.TOLD_BY),
    "advice": WordList(codes.ADVICE, vocabulary.ADVICE_CODES),
    "place": WordList(codes.PLACES, vocabulary.PLACE_KINDS),
    "contact": WordList(codes.CONTACTS, vocabulary.CONTACT_MEANS),
    "method": WordList(codes.METHODS, vocabulary.METHODS),
    "ruse": WordList(codes.RUSES, vocabulary.RUSES),
    "weapon": WordList(codes.WEAPONS, vocabulary.WEAPONS),
    "identifier": WordList(codes.IDENTIFIERS, vocabulary.IDENTIFIER_KINDS),
    "concerns": WordList(codes.CONCERNS, vocabulary.CONCERNS),
    "status": WordList(codes.STATUSES, vocabulary.STATUSES),
    "role": WordList(codes.ROLES, vocabulary.ROLES),
    "sighting": WordList(codes.SIGHTINGS, vocabulary.SIGHTING_KINDS),
    "sighting reason": WordList(codes.SIGHTING_REASONS, vocabulary.SIGHTING_REASONS),
    "objection reason": WordList(codes.OBJECTION_REASONS, vocabulary.OBJECTION_REASONS),
    "relation": WordList(codes.RELATIONS, vocabulary.SERIES_RELATIONS),
    "compared field": WordList(codes.SERIES_FIELDS, vocabulary.SERIES_FIELDS),
    "weight": WordList(codes.WEIGHTS, vocabulary.SERIES_WEIGHTS),
    "sex": WordList(looks.SEXES, person_vocabulary.SEXES),
    "build": WordList(looks.BUILDS, person_vocabulary.BUILDS),
    "hair colour": WordList(looks.HAIR_COLOURS, person_vocabulary.HAIR_COLOURS),
    "hair style": WordList(looks.HAIR_STYLES, person_vocabulary.HAIR_STYLES),
    "facial hair": WordList(looks.FACIAL_HAIR, person_vocabulary.FACIAL_HAIR),
    "eyes": WordList(looks.EYES, person_vocabulary.EYE_COLOURS),
    "skin": WordList(looks.SKIN, person_vocabulary.SKIN_CODES),
    "accent": WordList(looks.ACCENTS, person_vocabulary.ACCENTS),
    "mark": WordList(looks.MARKS, person_vocabulary.MARKS),
    "body part": WordList(looks.BODY_PARTS, person_vocabulary.BODY_PARTS),
    "side": WordList(looks.SIDES, person_vocabulary.SIDES),
    "motif": WordList(looks.MOTIFS, person_vocabulary.MOTIFS),
    "garment": WordList(looks.GARMENTS, person_vocabulary.GARMENTS),
    "colour": WordList(looks.COLOURS, vehicle_vocabulary.COLOURS),
    "shade": WordList(looks.SHADES, vehicle_vocabulary.SHADES),
    "vehicle": WordList(looks.VEHICLE_TYPES, vehicle_vocabulary.VEHICLE_TYPES),
    "make": WordList(looks.MAKES, vehicle_vocabulary.VEHICLE_MAKES, names=True),
}


def said(words: Catalogue, name: str, code: str) -> str:
    """A code of a list in a language."""
    return words.word(name, LISTS[name].english[code])
