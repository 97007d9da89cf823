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

SEXES: Final = frozenset({"man", "woman"})
BUILDS: Final = frozenset({"thin", "slim", "medium", "athletic", "stocky", "heavy"})
HAIR_COLOURS: Final = frozenset({"black", "dark", "brown", "light_brown", "blond", "ginger", "grey", "white", "dyed"})
HAIR_STYLES: Final = frozenset(
    {
        "bald",
        "balding",
        "shaved",
        "crew_cut",
        "short",
        "fade",
        "medium_length",
        "long",
        "ponytail",
        "curly",
        "wavy",
        "straight",
        "dreadlocks",
        "braids",
        "afro",
        "quiff",
        "mullet",
        "curtains",
        "side_parting",
        "combed_over",
        "receding",
        "highlights",
        "covered",
    }
)
FACIAL_HAIR: Final = frozenset(
    {"none", "stubble", "beard_short", "beard_long", "beard", "goatee", "moustache", "sideburns"}
)
EYE_COLOURS: Final = frozenset({"blue", "light_blue", "brown", "green", "grey", "hazel", "dark"})
SKIN_CODES: Final = frozenset({"ic1", "ic2", "ic3", "ic4", "ic5", "ic6", "ic9"})
"""UK IC codes, as seen by an observer; never self-defined ethnicity and never converted from it."""

ACCENTS: Final = frozenset(
    {
        "local",
        "well_spoken",
        "yorkshire",
        "leeds",
        "bradford",
        "wakefield",
        "barnsley",
        "doncaster",
        "sheffield",
        "hull",
        "lancashire",
        "manchester",
        "liverpool",
        "north_east",
        "cumbrian",
        "midlands",
        "birmingham",
        "black_country",
        "east_anglian",
        "london",
        "southern_english",
        "west_country",
        "english_other",
        "welsh",
        "scottish",
        "northern_irish",
        "irish",
        "romanian",
        "polish",
        "albanian",
        "lithuanian",
        "hungarian",
        "french",
        "eastern_european",
        "western_european",
        "south_asian",
        "east_asian",
        "african",
        "caribbean",
        "middle_eastern",
        "north_american",
        "australian",
        "other",
    }
)
"""`local` is meaningless without the region it is local to: it must carry `region`."""

MARKS: Final = frozenset(
    {
        "tattoo",
        "scar",
        "birthmark",
        "mole",
        "piercing",
        "missing_teeth",
        "gold_tooth",
        "bad_teeth",
        "braces",
        "missing_finger",
        "limp",
        "walking_aid",
        "wheelchair",
        "hearing_aid",
        "glasses",
        "bad_skin",
        "scabs",
        "burn",
        "cauliflower_ear",
        "belly",
        "ring",
        "chain",
        "watch",
        "bracelet",
        "lanyard",
        "smell_of_drink",
        "smell_of_cannabis",
        "smell_of_smoke",
        "smell_of_fuel",
        "strong_aftershave",
        "bad_breath",
        "stammer",
        "other",
    }
)
BODY_PARTS: Final = frozenset(
    {
        "face",
        "eyebrow",
        "nose",
        "mouth",
        "ear",
        "head",
        "neck",
        "chest",
        "back",
        "stomach",
        "shoulder",
        "arm",
        "forearm",
        "elbow",
        "hand",
        "finger",
        "leg",
        "calf",
        "foot",
    }
)
SIDES: Final = frozenset({"left", "right", "both"})
MOTIFS: Final = frozenset(
    {
        "animal",
        "bird",
        "fish",
        "lion",
        "skull",
        "flower",
        "rose",
        "teardrop",
        "heart",
        "cross",
        "star",
        "moon",
        "web",
        "flag",
        "sports_club",
        "numbers",
        "words",
        "name",
        "portrait",
        "tribal",
        "harp",
        "ship",
        "anchor",
        "sleeve",
        "other",
    }
)
GARMENTS: Final = frozenset(
    {
        "suit",
        "shirt",
        "t_shirt",
        "jumper",
        "hoodie",
        "jacket",
        "coat",
        "puffer_jacket",
        "bomber_jacket",
        "work_clothes",
        "high_visibility",
        "uniform",
        "police_uniform",
        "tracksuit",
        "tracksuit_bottoms",
        "jeans",
        "trousers",
        "shorts",
        "sports_shirt",
        "cap",
        "beanie",
        "hat",
        "balaclava",
        "mask",
        "scarf",
        "gloves",
        "trainers",
        "boots",
        "shoes",
        "other",
    }
)
COLOURS: Final = frozenset(
    {
        "black",
        "white",
        "grey",
        "silver",
        "blue",
        "red",
        "green",
        "brown",
        "beige",
        "yellow",
        "orange",
        "purple",
        "pink",
        "gold",
        "multi",
    }
)
SHADES: Final = frozenset({"light", "dark"})

VEHICLE_TYPES: Final = frozenset(
    {
        "car",
        "estate",
        "four_by_four",
        "van",
        "minibus",
        "taxi",
        "pickup",
        "lorry",
        "camper",
        "bus",
        "motorcycle",
        "moped",
        "bicycle",
        "e_bike",
        "boat",
        "other",
    }
)
VEHICLE_MAKES: Final = frozenset(
    {
        "alfa_romeo",
        "audi",
        "bentley",
        "bmw",
        "byd",
        "chevrolet",
        "chrysler",
        "citroen",
        "cupra",
        "dacia",
        "daf",
        "daihatsu",
        "dodge",
        "ds",
        "fiat",
        "ford",
        "honda",
        "hyundai",
        "infiniti",
        "isuzu",
        "iveco",
        "jaguar",
        "jeep",
        "kia",
        "land_rover",
        "ldv",
        "lexus",
        "man",
        "maserati",
        "mazda",
        "mercedes",
        "mg",
        "mini",
        "mitsubishi",
        "nissan",
        "peugeot",
        "polestar",
        "porsche",
        "renault",
        "rolls_royce",
        "rover",
        "saab",
        "scania",
        "seat",
        "skoda",
        "smart",
        "ssangyong",
        "subaru",
        "suzuki",
        "tesla",
        "toyota",
        "vauxhall",
        "volkswagen",
        "volvo",
        "yamaha",
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
