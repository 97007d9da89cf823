"""The closed vocabularies of vehicles, and of colours. Source: `vocabulary`, spec/bodies.md §3."""

from typing import Final

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
