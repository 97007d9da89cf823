"""Makes, models and kinds of vehicle as people write them, folded, with the codes of `protocol.vocabulary`."""

from typing import Final

from node.core.sheets.words import word_set

MAKES: Final = {
    "alfa romeo": "alfa_romeo", "alfa": "alfa_romeo", "audi": "audi", "bentley": "bentley", "bmw": "bmw",
    "beamer": "bmw",
    "beemer": "bmw", "bimmer": "bmw", "beema": "bmw", "byd": "byd", "chevrolet": "chevrolet", "chevy": "chevrolet",
    "chrysler": "chrysler", "citroen": "citroen", "cupra": "cupra", "dacia": "dacia", "daf": "daf",
    "daihatsu": "daihatsu",
    "dodge": "dodge", "fiat": "fiat", "ford": "ford", "honda": "honda", "hyundai": "hyundai", "infiniti": "infiniti",
    "isuzu": "isuzu", "iveco": "iveco", "jaguar": "jaguar", "jag": "jaguar", "jeep": "jeep", "kia": "kia",
    "land rover": "land_rover", "landrover": "land_rover", "landie": "land_rover", "range rover": "land_rover",
    "ldv": "ldv",
    "lexus": "lexus", "maserati": "maserati", "mazda": "mazda", "mercedes benz": "mercedes",
    "mercedes-benz": "mercedes",
    "mercedes": "mercedes", "merc": "mercedes", "benz": "mercedes", "mg": "mg", "mini cooper": "mini", "mini": "mini",
    "mitsubishi": "mitsubishi", "nissan": "nissan", "peugeot": "peugeot", "pug": "peugeot", "polestar": "polestar",
    "porsche": "porsche", "renault": "renault", "rolls royce": "rolls_royce", "rolls-royce": "rolls_royce",
    "rover": "rover",
    "saab": "saab", "scania": "scania", "seat": "seat", "skoda": "skoda", "smart car": "smart", "smart": "smart",
    "ssangyong": "ssangyong", "subaru": "subaru", "suzuki": "suzuki", "tesla": "tesla", "toyota": "toyota",
    "vauxhall": "vauxhall", "vauxall": "vauxhall", "opel": "vauxhall", "volkswagen": "volkswagen", "vw": "volkswagen",
    "volkswagon": "volkswagen", "volvo": "volvo", "yamaha": "yamaha",
}  # fmt: skip

LABELS: Final = {
    "alfa_romeo": "Alfa Romeo", "bmw": "BMW", "byd": "BYD", "daf": "DAF", "land_rover": "Land Rover", "ldv": "LDV",
    "mg": "MG",
    "rolls_royce": "Rolls Royce", "ssangyong": "SsangYong", "ds": "DS", "man": "MAN", "citroen": "Citroen",
}  # fmt: skip
"""Where a make is not just its code with a capital."""

_MODELS: Final = {
    "alfa_romeo": "giulietta, mito, 147, 159",
    "audi": "a1, a3, a4, a5, a6, a7, a8, q2, q3, q5, q7, s3, s4, tt, rs3, rs4, rs6, e-tron",
    "bmw": "1 series, 2 series, 3 series, 4 series, 5 series, 7 series, x1, x2, x3, x5, x6, m3, m4, z3, z4, 116d, "
        "118d, 318d, 318i, 320d, 320i, 325i, 330d, 520d, 530d",
    "citroen": "berlingo, c1, c2, c3, c4, c5, picasso, saxo, xsara, dispatch, relay, nemo",
    "dacia": "duster, sandero, logan, jogger",
    "fiat": "punto, panda, 500, doblo, ducato, fiorino, bravo, stilo, tipo, seicento",
    "ford": "fiesta, focus, mondeo, transit connect, transit custom, transit, tourneo, connect, ka, kuga, puma, "
        "escort, c-max, s-max, b-max, "
            "galaxy, ecosport, ranger, mustang, cougar, courier",
    "honda": "civic, jazz, accord, cr-v, crv, hr-v, cbr, pcx",
    "hyundai": "i10, i20, i30, i40, ix35, tucson, santa fe, getz, kona, ioniq, ix20",
    "jaguar": "x-type, s-type, xf, xe, xj, f-pace, e-pace, xk",
    "jeep": "cherokee, grand cherokee, wrangler, renegade, compass",
    "kia": "picanto, rio, ceed, cee'd, sportage, sorento, niro, soul, venga, stonic, carens",
    "land_rover": "discovery sport, discovery, disco, defender, freelander, evoque, range rover sport, range "
        "rover, velar",
    "lexus": "is200, is250, rx300, ct200h, rx400h",
    "mazda": "mazda 2, mazda 3, mazda 5, mazda 6, mx5, mx-5, cx-5, cx-3",
    "mercedes": "a class, b class, c class, e class, s class, a-class, b-class, c-class, e-class, s-class, cla, "
        "gla, glc, ml, slk, vito, "
                "sprinter, viano, v class, v-class, citan, c200, c220, e220, amg, gle",
    "mg": "zs, zr, tf, mg3, mg4, hs",
    "mini": "countryman, clubman",
    "mitsubishi": "shogun, outlander, l200, colt, lancer, asx",
    "nissan": "micra, qashqai, juke, note, navara, x-trail, almera, primera, leaf, nv200, primastar, vivaro "
        "nissan, skyline, 350z, pathfinder, interstar",
    "peugeot": "107, 108, 206, 207, 208, 306, 307, 308, 406, 407, 508, 2008, 3008, 5008, partner, expert, boxer, "
        "bipper, rifter",
    "porsche": "cayenne, boxster, macan, panamera, 911, cayman",
    "renault": "clio, megane, scenic, twingo, kangoo, trafic, laguna, captur, kadjar, master, espace, zoe, modus",
    "rover": "rover 25, rover 45, rover 75",
    "seat": "ibiza, leon, ateca, arona, alhambra, altea, cordoba, toledo, mii",
    "skoda": "octavia, fabia, superb, yeti, kodiaq, karoq, rapid, roomster, citigo, kamiq, enyaq",
    "subaru": "impreza, forester, legacy, outback",
    "suzuki": "swift, vitara, jimny, alto, ignis, sx4, wagon r",
    "tesla": "model 3, model s, model x, model y",
    "toyota": "yaris, corolla, auris, avensis, prius, aygo, rav4, rav 4, hilux, hi-lux, land cruiser, c-hr, chr, "
        "verso, celica, proace, previa, hiace",
    "vauxhall": "corsa, astravan, astra, insignia, vectra, zafira, meriva, mokka, vivaro, combo, movano, corsavan, "
        "agila, adam, tigra, "
                "signum, omega, antara, crossland, grandland, cavalier, viva",
    "volkswagen": "golf, polo, passat, caddy, transporter, touran, tiguan, touareg, crafter, up, bora, beetle, "
        "sharan, scirocco, jetta, "
                  "t-roc, t4, t5, t6, caravelle, lupo, arteon, amarok",
    "volvo": "v40, v50, v60, v70, xc60, xc70, xc90, xc40, s40, s60, s80, c30",
}  # fmt: skip
MODELS: Final = {model.strip(): make for make, models in _MODELS.items() for model in models.split(",")}

VANS: Final = frozenset({
    "transit", "transit connect", "transit custom", "dispatch", "relay", "nemo", "ducato", "fiorino", "vito",
    "sprinter", "citan", "nv200", "primastar", "interstar", "expert", "boxer", "bipper", "trafic", "master",
    "proace", "hiace", "vivaro", "movano", "corsavan", "astravan", "transporter", "crafter", "courier",
})  # fmt: skip
"""Models that are vans where nothing is said of the kind. Those that families drive, too, are not here."""

SPOKEN: Final = {"connect": "Transit Connect", "disco": "Discovery", "cee'd": "Ceed", "hi-lux": "Hilux",
"crv": "CR-V", "chr": "C-HR",
                 "rav 4": "RAV4", "mx5": "MX-5"}  # fmt: skip
"""Models whose usual name is not how they were written."""

NEED_MAKE: Final = word_set("note up leon alto adam rio soul partner expert boxer master focus puma galaxy courier "
    "legacy leaf juke hs tf zs zr ml ranger combo "
    "custom rapid superb swift fit viva colt omega beetle relay connect compass smart mii ka jogger getz 500 107 "
        "108 206 207 208 306 "
    "307 308 406 407 508 2008 3008 5008 911 147 159 tipo bravo punto compact mustang escort clubman sprinter logan "
        "outback rx300 "
    "dispatch cougar amg v40 v50 rocco") - word_set("focus leon rio ka punto escort galaxy connect ranger mustang "
        "sprinter juke superb dispatch swift combo beetle "
              "clubman v40 v50 puma partner 206 207 208 306 307 308")  # fmt: skip
"""Words that are a model only beside their make."""

TYPES: Final = (
    ("e_bike", "e-bike", r"e-?bike|electric (?:bike|bicycle)|e-?scooter|electric scooter|bicicleta eletrica|e bike"),
    ("moped", "moped", r"mopeds?|scooters?|vespa|motorroller|moto(?:neta)"),
    ("motorcycle", "motorcycle",
    r"motor ?(?:bike|cycle)s?|motorbike|motorrad|trials bike|dirt bike|mota\b|motocicleta"),
    ("bicycle", "bicycle", r"push ?bikes?|bicycles?|mountain bike|pedal bike|fahrrad|bicicleta|on a bike|bike\b|"
        r"velo\b|rower\b"),
    ("taxi", "taxi", r"taxi|private hire|black cab|minicab|mini cab|cab\b|uber|tacsi"),
    ("minibus", "minibus", r"mini ?bus|people carrier|mpv"),
    ("camper", "camper", r"camper(?: ?van)?|motor ?home|wohnmobil"),
    ("lorry", "HGV", r"lorr(?:y|ies)|hgv|artic\b|wagon\b|truck|lkw|tir\b|camiao|caminhao|camion|flatbed|tipper|"
        r"ciezarowka|lori"),
    ("pickup", "pickup", r"pick ?-?up(?: truck)?"),
    ("four_by_four", "4x4", r"4 ?x ?4|suv|four by four|off[- ]?roader|jeep type|gelandewagen"),
    ("van", "van", r"vans?\b(?!ess)|transporter|lieferwagen|furgao|carrinha|kastenwagen|duba\b|furgoneta|"
        r"camionnette|fan wen"),
    ("estate", "estate", r"estate(?! agent)|kombi|tourer"),
    ("bus", "bus", r"coach\b|bus(?! ?stop| ?stn| ?station)\b"),
    ("car", "saloon", r"saloon|sedan|limousine"),
    ("car", "hatchback", r"hatch ?back|3 ?door|5 ?door|three door|five door"),
    ("car", "convertible", r"convertible|soft top|cabrio\w*|coupe|sports car"),
    ("car", "car", r"\bcars?\b|motor\b|auto\b|pkw\b|carro\b|coche\b|voiture\b|masina\b|samochod\b|police car|wagen\b"),
)  # fmt: skip
"""Code, word, pattern; the first that fits is the kind."""
