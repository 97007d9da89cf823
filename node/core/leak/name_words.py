"""Ordinary words that are names too, and capitals that are no names. Written for this project; folded."""

import re
from typing import Final

from node.core.sheets.car_models import MAKES, MODELS

ALSO_NAMES: Final = frozenset(
    """
    alma amber angel april art august autumn bay bill bob bonny bonnie bruce buck bunny candy carol chance charity chase
    cherry chase christian clay cliff crystal daisy dale dawn dean destiny diamond dolly don drew dusty earl ebony eve
    faith fern flame foxy frank gale gay gene georgia german ginger glen glory gold grace grant guy harmony harry hazel
    heather holly honey hope iris ivory ivy jack jade jasmine jay jean jet jewel joy june king kit kitty lance lane lee
    lily love lucky lotus man may mark marine mason max mercy melody merry mike miles mimi misty nick norm olive page
    pat patience pearl penny pete pink poppy precious prince princess queen rain raven ray red reed rich rick river rob
    robin rocky rod roman rose ruby rusty ryder sable sally sandy sapphire savannah scarlet serenity sharp shaw sierra
    silver sky snow spike star starr stormy sue sugar summer sunny sunshine tanner ted terry tiger tiny tony trinity van
    velvet venus victor victoria violet ward whip will willow winter wood woody
    """.split()  # noqa: SIM905
)
"""Given and working names that are common or describing words: with a capital they are looked at."""

MONTHS_NAMES: Final = frozenset({"april", "may", "june", "august", "march"})

PROPER: Final = frozenset(
    """
    aberdonian adidas afghan african albanian american arab arabic aramaic armani armenian arsenal asian asics aussie
    australian austrian balkan bangladeshi barbour belgian bengali berber berghaus black bmx bosnian brazilian brit
    british brummie bulgarian burberry canadian cantonese caribbean carhartt cctv celtic chav chilean chinese cockney
    colombian congolese converse cornish country crocs croat croatian cuban cumbrian cypriot czech danish deliveroo
    diadora dutch eastern east egyptian ellesse english eritrean estonian estuary ethiopian european farsi fila filipino
    finnish fitbit flemish french gambian geordie georgian german ghanaian glaswegian gps greek gucci gti harrington
    hindi hispanic hungarian ic1 ic2 ic3 id ic4 ic5 ic6 ic9 igbo indian indonesian iranian iraqi irish italian jamaican
    japanese jewish jordanian kenyan korean kosovan kurd kurdish lacoste lancashire lancastrian latin latino latvian
    lebanese levi levis liberian libyan lithuanian liverpudlian london londoner lonsdale lwb lycra macedonian mackem
    malaysian maltese manc mancunian mandarin maori mediterranean mexican midlands mixed moldovan moroccan montirex
    mpv nepalese nigerian nike nikes north northern norwegian oakley pakistani palestinian patagonia persian peugeot
    polish portuguese prada puma punjabi rayban raybans reebok rolex romanian romany rs russian scandinavian scot scots
    scottish scouse scouser senegalese serb serbian sikh slavic slovak slovakian somali somalian south southern spanish
    stanley staffie staffy rottweiler sudanese superdry suv swahili swb swedish swiss syrian tamil tdi thai tibetan
    timberland timberlands trinidadian tunisian turk turkish uber ugandan uk ukrainian umbro urdu velcro vespa
    vietnamese viking welsh west western white yankees yemeni yoruba yorkshire zimbabwean zulu
    """.split()  # noqa: SIM905
)
"""Written with a capital, and no name of anybody."""

PHRASES: Final = re.compile(
    r"\b(?:north face|stone island|land rover|range rover|doc martens?|dr martens|under armour|ralph lauren|hugo boss|"
    r"calvin klein|ray[ -]?bans?|nike tech|air (?:max|force)|new balance|armani exchange|tommy hilfiger|fred perry|"
    r"harley davidson|canada goose|black country|west country|east anglian?|home counties|man (?:united|utd|city|u)|"
    r"hells? angels?|st george'?s?(?: cross| flag)?|st andrew'?s? cross|union (?:jack|flag)|mini cooper|grim reaper|"
    r"stars? of david|first language|second language|middle east(?:ern)?|eastern european?|south asian|"
    r"far east(?:ern)?|"
    r"high vis|hi vis|half moon|wing mirror|walking (?:stick|aid)|mixed race|number plate|plate number|"
    r"reg(?:istration)? number|"
    r"calls? (?:himself|herself|itself)|tool ?box|roof ?rack|taxi plate|l plates?|spider'?s? web|barbed wire|"
    r"playing cards?|"
    r"baseball (?:cap|bat)|car seats?|child seats?|child locks?|high street brand|on foot|adam'?s apple|crow'?s feet|"
    r"widow'?s peak|receding hair ?line|soft top|sports car|ball ?cap|flat cap|bum ?bag|man ?bag|school tie|club tie|"
    r"works? (?:van|boots?|clothes|clothing|trousers|gear|jacket|vest|truck|vehicle|wear|top|shirt|fleece|"
    r"'?in security)|"
    r"company (?:car|van|name|logo)|delivery (?:van|driver|bag|box)|mountain bike|hire car|family car|steering lock|"
    r"cash ?point|love heart|mum tattoo|'?mum'? on|tattoo of (?:a |an )?(?:his )?(?:mum|rose|kid'?s? names?)|"
    r"in his (?:early|mid|late)|"
    r"his (?:own|wife|mum|mother|kids?|son|daughter|brother|mates?|friends?|dog|flat|house|home|place|job)|"
    r"blind in one eye|one blind eye|glass eye|lazy eye|hearing aids?|false teeth|gold tooth|missing (?:finger|tooth|"
    r"teeth)|"
    r"burn marks?|building site|building work\w*|security (?:guard|uniform|jacket|firm)|football (?:shirt|top|club)|"
    r"hands? (?:tattoo\w*|over)|stanley knife|first aid|street robbe\w+|(?:down|up|along|off|into|across) the (?:road|"
    r"street))\b"
)
"""Turns of speech about the person described, a word of which alone would be looked at."""

_TEAM: Final = (
    r"(?:united|city|town|rovers|rangers|wanderers|athletic|county|albion|villa|rhinos|giants|tigers|celtic|hotspur)"
)
_SAID_OF: Final = r"(?:accents?|accented|twang|dialect|lilt|brogue)"
PLACE_BEFORE_ACCENT: Final = re.compile(
    rf"\b(?:(?:north|south|east|west|central|strong|thick|broad|slight|heavy)[ -])?(?:[a-z]+ ?(?:or|/|"
    rf"and) ?)?[a-z]+ {_SAID_OF}\b|"
    rf"\b[a-z]+ (?:{_TEAM} )?(?:(?:rugby|football|home|away|team|fc|replica) )*(?:shirt|jersey|kit|football top)\b|"
    r"\b(?:football|rugby) shirt \([a-z ]+\)"
)
"""A place that says how somebody speaks, a team that says what they wear."""

SHORT_MODELS: Final = frozenset(
    model for model in MODELS if any(c.isdigit() for c in model) or len(model) < 4 or model in {
        "adam", "zoe", "leon", "alto", "rio", "celica", "clio", "note", "up", "leaf", "soul", "partner", "expert",
        "boxer", "master", "legacy", "bravo", "superb", "swift", "custom", "rapid", "logan", "viva", "ranger", "relay",
        "dispatch", "connect", "compass", "beetle", "combo", "omega", "discovery", "courier", "focus", "galaxy",
        "puma", "escort", "outback", "forester", "bora", "sharan", "kona", "verso", "lancer", "roomster", "espace",
    }
)  # fmt: skip
"""Models that are one only behind their make: M3 is a postcode district too, and Zoe a name."""

VEHICLE_WORDS: Final = frozenset(word for name in (*MAKES, *MODELS) for word in name.replace("-", " ").split()
                                 if len(word) > 1 and word not in SHORT_MODELS)  # fmt: skip
MAKE_WORDS: Final = frozenset(word for name in MAKES for word in name.replace("-", " ").split())
