"""Towns in words: which town a cell of a place means, and what kind of place it was.

A known town is taken as said; a district that is no town belongs to the sheet's home area, which the mapping names.
Finer places (streets, premises) are private and are not read here.
"""

import re
from typing import Final

from node.core.sheets.words import fold, says_nothing, word_set

_TOWNS: Final = word_set(
    """
Aberdeen Aberystwyth Accrington Aldershot Altrincham Andover Ashford Ashton-under-Lyne Aylesbury Ayr Banbury
Bangor Barking Barnet Barnsley Barrow-in-Furness Barry Basildon Basingstoke Bath Batley Bedford Belfast Beverley
Birkenhead Birmingham Blackburn Blackpool Bolton Bootle Boston Bournemouth Bracknell Bradford Brentwood Bridgend
Bridgwater Brighouse Brighton Bristol Bromley Burnley Burton-on-Trent Bury Caerphilly Camborne Cambridge Cannock
Canterbury Cardiff Carlisle Castleford Chatham Chelmsford Cheltenham Chester Chesterfield Chorley Cleethorpes
Colchester Coventry Crawley Crewe Croydon Cwmbran Darlington Dartford Derby Derry Dewsbury Doncaster Dover
Dudley Dumfries Dundee Durham Ealing Eastbourne Edinburgh Ellesmere Enfield Epsom Exeter Falkirk Farnborough
Fleetwood Folkestone Gateshead Gillingham Glasgow Gloucester Goole Gosport Grantham Gravesend Grays Greenock
Grimsby Guildford Halesowen Halifax Hamilton Harlow Harrogate Harrow Hartlepool Hastings Hemel-Hempstead
Hereford High-Wycombe Hove Huddersfield Hull Huyton Ilford Ilkley Inverness Ipswich Keighley Kettering
Kidderminster Kilmarnock King's-Lynn Kirkby Kirkcaldy Knaresborough Lancaster Leamington Leeds Leicester
Lewisham Lichfield Lincoln Lisburn Liverpool Livingston Llandudno Llanelli London Londonderry Loughborough
Lowestoft Luton Macclesfield Maidenhead Maidstone Manchester Mansfield Margate Merthyr-Tydfil Middlesbrough
Milton-Keynes Morecambe Morley Neath Newbury Newcastle Newcastle-under-Lyme Newport Newquay Newry Newton-Abbot
Northampton Norwich Nottingham Nuneaton Oldham Ormskirk Ossett Oswestry Oxford Paignton Paisley Penzance Perth
Peterborough Plymouth Pontefract Pontypridd Poole Port-Talbot Portsmouth Preston Pudsey Ramsgate Reading Redcar
Redditch Rhondda Rhyl Rochdale Romford Rotherham Rugby Runcorn Salford Salisbury Scarborough Scunthorpe Selby
Sheffield Shipley Shrewsbury Skelmersdale Skipton Slough Solihull Southampton Southend Southport South-Shields
Stafford St-Albans St-Austell St-Helens Stalybridge Stevenage Stirling Stockport Stockton Stockton-on-Tees Stoke
Stoke-on-Trent Stratford-upon-Avon Stretford Sunderland Sutton-Coldfield Swansea Swindon Tamworth Taunton
Telford Torquay Tunbridge-Wells Tynemouth Wakefield Wallasey Walsall Warrington Warwick Watford Wellingborough
West-Bromwich Weston-super-Mare Wetherby Weymouth Whitehaven Widnes Wigan Winchester Windsor Woking
Wolverhampton Worcester Workington Worthing Wrexham Yeovil York Berlin Hamburg Köln Amsterdam Dublin Cork
Limerick Galway
"""
)
_NAMES: Final = {fold(town.replace("-", " ")): town.replace("-", " ") for town in _TOWNS} | {
    fold(town): town.replace("-", " ") for town in _TOWNS
} | {
    "mcr": "Manchester", "manc": "Manchester", "b'ham": "Birmingham", "bham": "Birmingham", "brum": "Birmingham",
    "l'pool": "Liverpool",
    "lpool": "Liverpool", "huddersfeild": "Huddersfield", "hudds": "Huddersfield", "bfd": "Bradford",
    "b'ford": "Bradford",
    "wakey": "Wakefield", "donny": "Doncaster", "donnie": "Doncaster", "caerdydd": "Cardiff", "abertawe": "Swansea",
    "casnewydd": "Newport",
    "wrecsam": "Wrexham", "kingston upon hull": "Hull", "southend on sea": "Southend", "ldn": "London",
    "nottm": "Nottingham",
    "kings cross": "London", "king's cross": "London", "docklands": "London", "tower hamlets": "London",
    "canning town": "London",
    **dict.fromkeys(word_set("whitechapel stratford poplar hackney soho camden islington lambeth brixton peckham "
        "southwark newham haringey tottenham "
                    "walthamstow westminster kensington paddington shoreditch hammersmith fulham wandsworth "
                        "clapham streatham greenwich "
                    "woolwich deptford wembley hounslow bermondsey stepney dalston vauxhall-london"), "London"),
    "sheff": "Sheffield", "boro": "Middlesbrough", "w'pton": "Wolverhampton", "wolves": "Wolverhampton",
    "soton": "Southampton",
    "newcastle upon tyne": "Newcastle", "koln": "Köln", "cologne": "Köln", "londra": "London", "londres": "London",
}  # fmt: skip
_POST_TOWNS: Final = {
    "AB": "Aberdeen", "B": "Birmingham", "BA": "Bath", "BB": "Blackburn", "BD": "Bradford", "BH": "Bournemouth",
    "BL": "Bolton",
    "BN": "Brighton", "BS": "Bristol", "CA": "Carlisle", "CB": "Cambridge", "CF": "Cardiff", "CH": "Chester",
    "CM": "Chelmsford",
    "CO": "Colchester", "CT": "Canterbury", "CV": "Coventry", "DD": "Dundee", "DE": "Derby", "DH": "Durham",
    "DL": "Darlington",
    "DN": "Doncaster", "DY": "Dudley", "E": "London", "EC": "London", "EH": "Edinburgh", "EX": "Exeter",
    "FY": "Blackpool",
    "G": "Glasgow", "GL": "Gloucester", "GU": "Guildford", "HD": "Huddersfield", "HG": "Harrogate", "HU": "Hull",
    "HX": "Halifax",
    "IP": "Ipswich", "L": "Liverpool", "LA": "Lancaster", "LE": "Leicester", "LN": "Lincoln", "LS": "Leeds",
    "LU": "Luton",
    "M": "Manchester", "MK": "Milton Keynes", "N": "London", "NE": "Newcastle", "NG": "Nottingham", "NN": "Northampton",
    "NP": "Newport", "NR": "Norwich", "NW": "London", "OL": "Oldham", "OX": "Oxford", "PE": "Peterborough",
    "PL": "Plymouth",
    "PO": "Portsmouth", "PR": "Preston", "RG": "Reading", "S": "Sheffield", "SA": "Swansea", "SE": "London",
    "SK": "Stockport",
    "SN": "Swindon", "SO": "Southampton", "SP": "Salisbury", "SR": "Sunderland", "SS": "Southend",
    "ST": "Stoke on Trent",
    "SW": "London", "TA": "Taunton", "TF": "Telford", "TQ": "Torquay", "TR": "Truro", "TS": "Middlesbrough",
    "W": "London",
    "WA": "Warrington", "WC": "London", "WF": "Wakefield", "WN": "Wigan", "WR": "Worcester", "WS": "Walsall",
    "WV": "Wolverhampton",
    "YO": "York",
}  # fmt: skip
_PLACE: Final = re.compile(
    r"(?<![\w'])(" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")(?![\w'])(?! (?:rd|"
        r"road|st|street|lane|ln|ave|avenue|way|terr\w*|close|gdns|gardens|row|place|drive|crescent|ct|crt|court|"
        r"cl|cres|grove|sq|square|mews|pk|park|hill|mount|vale|fold|house|lodge|gate|bridge|wharf|"
    r"united|accent|lads?|number|girls?|lass|university|hospital|based|fc|arms|hotel|shirt|top|away))"
)  # fmt: skip
_AWAY: Final = re.compile(
    r"\b(?:to|taken to|driven to|took (?:her |him |them )?to|nr|near|towards|from|up to|out to|outside of|"
    r"sends? (?:her|him) to|nach|para|do|via|heading|moors?|lives in|not)\s+(?:the |a |moors? )*(?:\w+ (?:nr|"
    r"near|in) )?$"
)
_ONLINE: Final = re.compile(r"\b(?:online|internet|web ?cam|cam|on the phone|phone only|virtual|ar-?lein)\b")
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]?(?: ?\d[A-Z]{2})?\b")


def read_area(text: str, home_area: str | None) -> str | None:
    """The town that a cell of a place means; None if it says nothing.

    Args:
        text: as written.
        home_area: where places that are no town lie, if known.
    """
    plain = fold(text)
    if not plain or re.fullmatch(r"[?\-. ]+|n/?k|unknown|not known|dk", plain):
        return None
    towns = [(m.start(), _NAMES[m[1]]) for m in _PLACE.finditer(plain)]
    here = [town for start, town in towns if not _AWAY.search(plain[:start])]
    if here:
        return here[0]
    if _ONLINE.search(plain) and len(plain.split()) <= 3:
        return "Online"
    if (found := _POSTCODE.search(text)) and found[1] in _POST_TOWNS:
        return _POST_TOWNS[found[1]]
    if says_nothing(text) and plain not in ("n/a", "na"):
        return None
    return home_area


def town_named(text: str) -> str | None:
    """The first town that a title or a file's name holds."""
    plain = fold(re.sub(r"[_\-./]", " ", text))
    found = _PLACE.search(plain)
    return _NAMES[found[1]] if found else None


def towns_in(text: str) -> tuple[str, ...]:
    """All towns named, in order."""
    return tuple(_NAMES[m[1]] for m in _PLACE.finditer(fold(text)))


def is_town(word: str) -> bool:
    """Whether a word is just a town's name."""
    return fold(word) in _NAMES


_KINDS: Final = (
    ("hotel", r"hotel|motel|inn\b|travelodge|premier|b ?& ?b|guest ?house|lodge|airbnb|gwesty"),
    ("working_premises", r"parlour|massage|sauna|brothel|in-?call|spa\b|working flat|her flat|his flat \(work|"
        r"premises|studio|dungeon|therapy|hers\b|bordell|laufhaus|salao|salon|clwb"),
    ("venue", r"pub\b|club|bar\b|party|nightclub|shop|toilets?|station\b"),
    ("private_home", r"out-?call|his (?:flat|house|home|place|gaff)|at his|private (?:home|house|flat)|house|"
        r"apartment|apt\b|flat\b|wohnung|apartamento|tŷ|hostel|home\b"),
    ("vehicle", r"in (?:his|the|a) (?:car|van|taxi|lorry|cab)|taxi|back of (?:the |his |a )?(?:van|car)|lorry park|"
        r"layby|driven|drove|picked up|car park|fahrzeug"),
    ("open_ground", r"moors?\b|woods?\b|park\b|field|canal|industrial estate|waste ?ground|quarry|alley|skips|"
        r"wasteland|car park|behind the|arches|wald"),
    ("online", r"online|web ?cam|internet|telegram|on the phone"),
    ("street", r"street|road|\brd\b|\bst\b|lane|\bln\b|beat\b|corner|kerb|red light|strasse|rua\b|ulica|calle|"
        r"stryd|zone\b"),
)  # fmt: skip
_COMPILED_KINDS: Final = tuple((code, re.compile(rf"\b(?:{words})")) for code, words in _KINDS)


def read_place_kind(place: str, contact: str = "") -> str | None:
    """One of `vocabulary.PLACE_KINDS`, from the place; the street if contact was made there."""
    plain = fold(place)
    for code, pattern in _COMPILED_KINDS:
        if pattern.search(plain):
            return code
    return "street" if re.search(r"\bstreet|drive by|kerb|on foot", fold(contact)) else None
