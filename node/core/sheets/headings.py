"""What a column's heading means. By meaning, in the languages of the projects seen; what is not understood is private.

A meaning is one of `MEANINGS`. Person meanings may be joined by `+` where one column holds several ("height+build").
"""

import re
from typing import Final

from node.core.sheets.heading_words import EXACT, HER, HIM, KINDS_ASKED, PERSON_FACETS, POLICE, RULES
from node.core.sheets.meanings import PERMISSION, PRIVATE, Heading
from node.core.sheets.permission_headings import read_permission
from node.core.sheets.words import fold


def understand(heading: str, group: str = "") -> Heading | None:
    """What a heading means, read with the group heading above it; None if its words say nothing.

    `contact`, `name` and `date` are left for the neighbours to decide: they may be anybody's.
    """
    text = _plain(heading)
    over = _plain(group)
    if not text:
        return None
    if exact := EXACT.get(text):
        return exact
    if _VEHICLE_GROUP.search(over) and _VAGUE.search(text):
        return Heading("vehicle")
    if (
        re.search(r"consent|permission|share|sharing|ok to", text)
        and sum(bool(re.search(kind, text)) for kind in KINDS_ASKED) > 1
    ):
        return Heading("consent")
    about = _side(over)
    if about == "permission" and (switch := _within_permission(text)):
        return Heading(switch)
    if about == "reporter":
        return _within_reporter(text)
    return _features(text) or _by_rule(text, about)


def _within_reporter(text: str) -> Heading:
    """A heading under a group heading about the person who reported: private, whatever else it could mean."""
    found = _rule(text)
    meaning = found.meaning if found else "notes"
    if meaning in ("contact", "phone", "e_mail", "handle", "identifiers", "platform"):
        return Heading("reporter_contact")
    if meaning in ("age", "reporter_age"):
        return Heading("reporter_age")
    if meaning in ("name", "names"):
        return Heading("reporter")
    return Heading(meaning if meaning in (*PRIVATE, "told_by", "taken_by") else "notes")


def _features(text: str) -> Heading | None:
    """A heading that asks one or several features of the person described."""
    if re.search(rf"\b({HER})", text) or read_permission(text) is not None:
        return None
    facets = [facet for pattern, facet in PERSON_FACETS if re.search(pattern, text)]
    if not facets or _otherwise(text, facets):
        return None
    return Heading("+".join(facets), sure=facets != ["marks"] or text not in ("other", "marks"))


def _by_rule(text: str, about: str) -> Heading | None:
    found = _rule(text)
    if found is None:
        return Heading("marks", sure=False) if about == "person" else None
    if about == "person" and found.meaning in ("contact", "phone", "e_mail", "identifiers"):
        return Heading("identifiers")
    if about == "person" and found.meaning in ("name", "names"):
        return Heading("names")
    if found.meaning in ("phone", "identifiers") and re.search(rf"\b({HIM})", text):
        return Heading("identifiers")
    return found


_VEHICLE_GROUP: Final = re.compile(r"\b(?:car|vehicle|motor|fahrzeug|cerbyd|carro|coche|voiture|transport)\b")
_VAGUE: Final = re.compile(r"^(?:details?|desc\w*|type|make|model|colou?r|make ?/ ?model|what|info)\b")


def _plain(text: str) -> str:
    return fold(re.sub(r"[\r\n]+", " ", text)).strip(" :*")


def _rule(text: str) -> Heading | None:
    if (asked := read_permission(text)) is not None:
        return asked
    for pattern, meaning in _COMPILED:
        if pattern.search(text):
            told = meaning == "reporter" and re.search(
                r"^(told|reported|gemeldet|source|informant|caller|who (told|from)|from)\b", text
            )
            return Heading(meaning, sure=meaning not in ("contact", "name", "phone", "e_mail", "outcome") and not told)
    return None


_COMPILED: Final = tuple((re.compile(pattern), meaning) for pattern, meaning in RULES)


_SERVICE_USER: Final = re.compile(r"\b(?:clients?|customers?)\b", re.I)


def read_client(headings: tuple[str, ...]) -> str:
    """Whom a sheet calls *client*: `punter` where a client is described or has a car, else `service user`."""
    for heading in headings:
        text = _plain(heading)
        if _SERVICE_USER.search(text) and re.search(
            r"desc|look|car\b|vehicle|reg\b|appear|height|build|hair|tattoo|phone used|his\b", text
        ):
            return "punter"
    return "service user"


def without_client(heading: str, client: str) -> str:
    """The heading with the word *client* put as what the sheet means by it."""
    return _SERVICE_USER.sub(client, heading)


def _side(group: str) -> str:
    """Whom a group heading is about: permission, reporter, person, or nobody in particular."""
    if not group:
        return ""
    if re.search(r"\b(?:not|don'?t|never)\b", group):
        return "reporter"
    if re.search(r"consent|permission|sharing|caniatad|einwillig|zustimm|freigabe|consentim|zgod|acord", group):
        return "permission"
    if re.search(r"not to leave|confidential|private|office only|do not share|internal|intern\b|vertraulich", group):
        return "reporter"
    him, her = re.search(rf"\b({HIM})", group), re.search(rf"\b({HER})", group)
    if her and not him:
        return "reporter"
    if him:
        return "person"
    return ""


def _within_permission(text: str) -> str:
    """A heading under a group heading such as *Consent*."""
    found = _rule(text)
    if found and found.meaning in PERMISSION and found.meaning not in ("consent", "consent_unclear"):
        return found.meaning
    if found and found.meaning in (*PRIVATE, "reporter_age", "taken_by", "taken_on", "told_by"):
        return ""  # a group heading may reach too far: this one is not about permission
    for pattern, meaning in (
        (r"anon|intel|no name|dienw|ohne name", "consent_police_anonymous"),
        (r"full|named|with name|statement|llawn|mit name", "consent_police_full"),
        (POLICE, "consent_police"),
        (r"national|other|projects|num\b|elsewhere|schemes|andere|wider|uk\b|extern|cenedl|bundes", "consent_national"),
        (
            r"local|own|our|us\b|in-?house|ladies|girls|women|lads|members|van\b|intern|eigen|lleol|lokal",
            "consent_local",
        ),
        (r"keep|log|record|store|file|hold|speicher|cadw", "consent_record"),
        (r"date|by\b|who|form|note|comment|when", "notes"),
    ):
        if re.search(pattern, text):
            return meaning
    return "consent" if re.search(r"code|level|consent|permission|\d ?- ?\d", text) else "consent_unclear"


def _otherwise(text: str, facets: list[str]) -> bool:
    """Whether words that look like a person's features are about something else."""
    if re.search(
        r"reporter|car\b|vehicle|registration|staff|contact|police|happened|incident|date|phone|notes?\b", text
    ):
        return True
    if facets == ["marks"] and re.search(r"other (contact|project|agenc|people|info|names)", text):
        return True
    return bool(facets == ["accent"] and re.search(r"interpret|needed|her\b|support", text))
