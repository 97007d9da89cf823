"""What the fields of forms offer: codes with their words, in the order in which somebody looks for them."""

from collections.abc import Iterable, Mapping
from typing import Final

from node.core.scheme_data import TIME_WASTER
from protocol.house.web.site import Choices
from protocol.region_names import region_name
from protocol.statement_fields import Charter
from protocol.wording import codes, looks

NOT_KNOWN: Final = "Not known"


def options(words: Mapping[str, str], *, first: tuple[str, ...] = ()) -> Choices:
    """Codes with their words: `first` as they stand, the others by their words."""
    said = {code: _begun(english) for code, english in words.items()}
    rest = sorted((code for code in said if code not in first), key=lambda code: (code == "other", said[code]))
    return tuple((code, said[code]) for code in (*first, *rest))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


LISTED: Final = (
    "rape",
    "abduction_false_imprisonment",
    "strangulation",
    "threats_weapon",
    "attempted_killing",
    "murder",
)
INCIDENTS: Final = options(codes.INCIDENTS, first=LISTED)
"""The kinds for which danger now is open come first."""

RECORDED_INCIDENTS: Final = (*INCIDENTS, (TIME_WASTER, "Wasted time, or did not come: our own people alone are warned"))
"""What a report may be of: some of it no other project is warned of."""

TELLERS: Final = (
    ("person_harmed", "Yes, from them"),
    ("witness", "No, from somebody who saw it"),
    ("worker_or_boss", "No, from somebody they work with or for"),
    ("family", "No, from family"),
    ("other_agency", "No, from another agency"),
    ("staff", "No, one of us saw it or heard of it"),
)
AGES_ASKED: Final = (("adult", "Yes"), ("under_18", "No"), ("not_sure", "Not sure"))
SEXES: Final = (("man", "Man"), ("woman", "Woman"))
AGES: Final = (
    ("to_19", "Under 20"),
    ("20s", "20s"),
    ("30s", "30s"),
    ("40s", "40s"),
    ("50s", "50s"),
    ("from_60", "60 or over"),
)
HEIGHTS: Final = (
    ("to_5ft2", "Under 5ft 3 (to 159 cm)"),
    ("5ft3_to_5ft5", "5ft 3 to 5ft 5 (160 to 166 cm)"),
    ("5ft6_to_5ft8", "5ft 6 to 5ft 8 (167 to 174 cm)"),
    ("5ft9_to_5ft11", "5ft 9 to 5ft 11 (175 to 182 cm)"),
    ("6ft_to_6ft2", "6ft to 6ft 2 (183 to 189 cm)"),
    ("from_6ft3", "6ft 3 or over (190 cm)"),
)
BUILDS: Final = options(looks.BUILDS, first=tuple(looks.BUILDS))
"""From thin to heavy."""

HAIR: Final = options(looks.HAIR_COLOURS)
HAIR_STYLES: Final = options(looks.HAIR_STYLES)
FACIAL_HAIR: Final = options(looks.FACIAL_HAIR)
EYES: Final = options(looks.EYES)
SKIN: Final = options(looks.SKIN, first=("ic9",))
"""*Not sure* first. Source: PEOPLE §4."""

ACCENTS: Final = options(looks.ACCENTS, first=("local",))
MARKS: Final = options(looks.MARKS)
GARMENTS: Final = options(looks.GARMENTS)
VEHICLE_TYPES: Final = options(looks.VEHICLE_TYPES)
VEHICLE_MAKES: Final = options(looks.MAKES)
COLOURS: Final = options(looks.COLOURS)
IDENTIFIER_KINDS: Final = (
    ("phone", "Phone number"),
    ("plate", "Number plate"),
    ("handle", "Username"),
    ("e_mail", "E-mail"),
)
WEAPONS: Final = options(codes.WEAPONS, first=("none_seen",))
PLACES: Final = options(codes.PLACES)
CONTACTS: Final = options(codes.CONTACTS)
METHODS: Final = options(codes.METHODS)
ADVICE: Final = options(codes.ADVICE)


GROUPS: Final = (
    ("women", "Women"),
    ("men", "Men"),
    ("trans_people", "Trans people"),
    ("street", "Those who work on the street"),
    ("indoor", "Those who work indoors"),
    ("online", "Those who work online"),
)
"""Whom a warning can concern."""


def group_names(codes: Iterable[str]) -> str:
    """Groups in words, all of which apply; none: everybody."""
    known = dict(GROUPS)
    return ", ".join(known[code].lower() for code in codes) or "everybody"


ETHNICITIES: Final = (
    ("W1", "White: British"),
    ("W2", "White: Irish"),
    ("W3", "White: Gypsy or Irish Traveller"),
    ("W9", "White: other"),
    ("M1", "Mixed: White and Black Caribbean"),
    ("M2", "Mixed: White and Black African"),
    ("M3", "Mixed: White and Asian"),
    ("M9", "Mixed: other"),
    ("A1", "Asian: Indian"),
    ("A2", "Asian: Pakistani"),
    ("A3", "Asian: Bangladeshi"),
    ("A4", "Asian: Chinese"),
    ("A9", "Asian: other"),
    ("B1", "Black: Caribbean"),
    ("B2", "Black: African"),
    ("B9", "Black: other"),
    ("O2", "Arab"),
    ("O9", "Another"),
    ("NS", "They did not want to say"),
)
"""Self-defined, 18+1. Source: DOMAIN §5."""

CONTACT_WAYS: Final = (
    ("text", "Text"),
    ("call", "Call"),
    ("messaging_app", "Messaging app"),
    ("e_mail", "E-mail"),
    ("letter", "Letter"),
    ("in_person", "In person"),
)
HATE_GROUNDS: Final = (
    ("sex_work", "Being a sex worker"),
    ("race", "Race"),
    ("religion", "Religion"),
    ("disability", "Disability"),
    ("sexual_orientation", "Sexual orientation"),
    ("trans", "Being trans"),
)
LANGUAGES: Final = (
    ("en", "English"),
    ("cy", "Welsh"),
    ("ro", "Romanian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("th", "Thai"),
    ("zh", "Chinese"),
    ("es", "Spanish"),
    ("bg", "Bulgarian"),
    ("hu", "Hungarian"),
    ("sq", "Albanian"),
    ("other", "Another"),
)
HOW_GIVEN: Final = (
    ("in_person", "In person"),
    ("phone", "By phone"),
    ("text", "In writing, by text or app"),
    ("paper", "On paper"),
    ("letter", "By letter"),
)
YES_NO: Final = (("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked"))


ROLE_WORDS: Final[dict[str, str]] = {
    "outreach": "Outreach",
    "caseworker": "Caseworker",
    "coordinator": "Coordinator",
    "safeguarding_lead": "Safeguarding lead",
    "police_contact_worker": "Police contact worker",
    "administrator": "Administrator",
    "auditor": "Auditor",
}
ROLE_HINTS: Final[dict[str, str]] = {
    "outreach": "Takes reports and danger now; sees only their own until they are handed over",
    "caseworker": "Reads reports, records permission, drafts warnings",
    "coordinator": "Releases warnings; answers for records and people",
    "safeguarding_lead": "Alone sees reports of people under 18, or not sure",
    "police_contact_worker": "Works for us, never for the police",
    "administrator": "Looks after the machine; reads no record",
    "auditor": "Verifies who looked at what; reads no record",
}
SEVERAL_ROLES: Final = "Several are fine. Nobody ever releases what they drafted."
TRAIL_KINDS: Final = (
    ("report", "Report"),
    ("release", "Warning of ours"),
    ("person", "Person"),
    ("device", "Device"),
    ("session", "Session"),
)


def regions(charter: Charter | None, home: str) -> Choices:
    """Police-force areas of the charter, our own first; before there is a log, our own alone."""
    found = [home] if charter is None else [region.code for region in charter.regions]
    return tuple((code, region_name(code)) for code in sorted(found, key=lambda code: (code != home, code)))


def codes_of(offered: Choices) -> frozenset[str]:
    """The codes alone."""
    return frozenset(code for code, _ in offered)


JOBS: Final[dict[str, str]] = {
    "sync": "Fetches what is new from the hub",
    "publish": "Sends what is due",
    "erase": "Erases what is over",
    "rewrap": "Renews the keys",
    "backup": "Sees that the nightly backup is made",
    "drill": "Sees that a backup is restored each month, to try it",
    "watchdog": "Looks whether all of these are done",
}
"""What a node does by itself."""

ROLES_LOOKING: Final = {"lead": "the national lead", "analyst": "an analyst at the hub"}
