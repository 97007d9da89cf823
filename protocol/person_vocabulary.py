"""The closed vocabularies of how people look, speak and dress, as seen. Source: `vocabulary`, spec/bodies.md §3."""

from typing import Final

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
