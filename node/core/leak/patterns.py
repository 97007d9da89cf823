"""What looks like a phone number, an address, a date and so on in a text, whoever it belongs to. Pure.

All work on a folded text (`in_place`); what they yield are positions there. The hard ones also hide a field on
arrival, so they are made not to fit a description: a height, an age, a model, `street robbery`.
Source: FINDINGS (Redaction), PEOPLE 4.13, DESIGN §2 (place and time are coarse).
"""

import re
from collections.abc import Iterator
from typing import Final

from node.core.leak.descriptor_words import DESCRIPTORS
from node.core.leak.found import HardKind, SoftKind
from node.core.leak.in_place import InPlace
from node.core.leak.name_words import VEHICLE_WORDS

PHONE_DIGITS: Final = 9
"""So many digits in a row, in figures or words, are a phone number: a UK one has ten after its first 0."""

WHOLE_NUMBER: Final = 7
"""So many digits written together are no age, height or model, whatever they are."""

TOP_LEVEL: Final = r"(?:com|net|org|info|biz|uk|eu|ie|de|fr|ro|pl|io|tv|app|xxx|me|site|online|link|example)"
_NUMBER_WORD: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
POSTCODE_AREAS: Final = (
    "ab|al|b|ba|bb|bd|bf|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|ex|fk|fy|"
    "g|gl|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|nr|nw|"
    "ol|ox|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|wa|wc|"
    "wd|wf|wn|wr|ws|wv|yo|ze"
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_STREET: Final = (
    r"(?:street|str|road|rd|avenue|ave|lane|ln|crescent|cres|terrace|terr|gardens|gdns|grove|mews|parade|boulevard|"
    r"close|drive|court|crt|row|place|square|walk|way|hill|rise|vale|view|wharf|quay|street|fold|mount|gate|heights|"
    r"green|croft|buildings?|villas|mansions|towers?|st|ct|cl|dr|sq|plz|plaza|mill|bank|embankment|stryd|heol|ffordd)"
)
_STREET_ALWAYS: Final = (
    r"(?:street|road|rd|avenue|ave|lane|ln|crescent|cres|terrace|terr|gdns|mews|boulevard|st|stryd|heol|ffordd)"
)
_NO_STREET_NAME: Final = (
    r"(?:the|a|an|on|in|of|off|to|at|by|up|down|into|across|over|along|main|same|side|back|busy|dark|each|every|this|"
    r"that|any|from|with|and|or|his|her|my|our|their|your|open|quiet|empty|one|way|dead|end|wet|dirt|for|le|walks|"
    r"works?|working|s|is|was|cross|middle|near|outside|behind|opposite|dual|slip|private|country|residential|local|"
    r"another|other|under|per|all|some|focus|fiesta|mondeo|golf)"
)
_PREMISES_KIND: Final = (
    r"(?:hotel|motel|inn|lodge|hostel|refuge|sauna|spa|massage|parlou?r|brothel|arms|tavern|guest ?house|b&b|infirmary|"
    r"hospital|hospice|clinic|surgery|school|primary|academy|college|university|nursery|church|chapel|cathedral|mosque|"
    r"club|nightclub|bar|cafe|studios?|apartments|lofts|towers?|house|hall|centre|center|mill|court|suites?|"
    r"retail park|shopping park|business park|park|station|services|estate|quarter|hostels?|mission|trust|project|"
    r"farm|quarry|wharf|theatre|market|bridge|beauty|relax|escorts|angels|pool|gym|library|prison|heights|plaza)"
)
_CHAIN: Final = (
    r"(?:premier ?inn|travel ?lodge|holiday ?inn|days ?inn|ibis|novotel|mercure|hilton|marriott|radisson|best ?western|"
    r"jurys ?inn|leonardo hotel|britannia hotel|ramada|crowne? ?plaza|easyhotel|campanile|moxy|hampton by|doubletree|"
    r"malmaison|park ?inn|village hotel|wetherspoons?|yha|airbnb)"
)
_PUB: Final = (
    r"(?:(?:red|white|black|golden|blue|green|old|new|royal) (?:lion|hart|horse|swan|bull|bear|cow|dragon|boar|ship|"
    r"oak|bell|fleece|crown|george|griffin|sun|cock|stag|ram|inn|anchor|eagle)|(?:kings?|queens?|nags?|dukes?|boars?|"
    r"turks?|saracens?|bulls?|rams?)'?s? (?:head|arms)|[a-z]+ (?:and|&|n) (?:crown|hounds|castle|duck|feathers|anchor|"
    r"whistle|horses|fiddle|compass|gun|partridge|dragon|thistle|star|firkin|pheasant)|ring o'? ?bells|"
    r"(?:coach|wagon|horse) (?:and|&) (?:horses|jockey))"
)

_MAY_BE_ADDRESS_ON_THE_NET: Final = re.compile(r"@|\bdot\b|\.[a-z]|http|www|[(\[]at")
"""Cheap, before the dear one."""

_ON_THE_NET: Final = re.compile(
    rf"[^\s@,;]+@[^\s@,;]+\.\w+|\S+ ?[(\[]at[)\]] ?\S+|\b\w[\w.]*(?: dot \w+)* at (?:\w+ )?dot \w+|"
    rf"\b\w[\w.]*(?: dot [\w-]+)* at [\w-]+ ?(?:\.|dot) ?{TOP_LEVEL}\b(?: ?(?:\.|dot) ?\w+)?|"
    rf"\b(?:[\w-]+ dot )+{TOP_LEVEL}\b(?: slash [\w-]+)*|\bhttps?\b\S*|\bwww\b\S*|"
    rf"\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|biz|xxx|example|co\.uk|org\.uk|uk|eu|io|tv)\b(?:/\S*)?|"
    rf"\b[\w-]+(?:\.[\w-]+)*\.{TOP_LEVEL}/\S*"
)

_HARD: Final[tuple[tuple[HardKind, re.Pattern[str]], ...]] = (
    ("handle", re.compile(r"(?<![\w.])@\w[\w.-]{2,}")),
    ("postcode", re.compile(rf"\b(?:{POSTCODE_AREAS})[0-9o][a-z0-9]?[ -]{{0,2}}[0-9][abd-hjlnp-uw-z]{{2}}\b")),
    (
        "address",
        re.compile(
            rf"\b\d{{1,4}}[a-z]?,? (?:the )?(?:[a-z'.-]+ ){{1,3}}{_STREET}\b|"
            rf"\b(?:flat|apartment|apt|room|rm|unit|suite|bedsit|studio|block|plot|floor|lot|caravan|berth|"
            rf"house number|"
            rf"house no)\.? ?(?:no\.? ?|number )?(?:\d+[a-z]?|[a-h]|"
            rf"{_NUMBER_WORD}(?:[ -]{_NUMBER_WORD})?)\b(?! ?(?:cm|ft))|"
            rf"\b{_NUMBER_WORD}(?:[ -]{_NUMBER_WORD})? (?:the )?[a-z'-]+ {_STREET_ALWAYS}\b|"
            rf"\b(?!{_NO_STREET_NAME}\b)[a-z'-]{{2,}} {_STREET_ALWAYS}\b(?!\.? ?(?:worker|robber|corner|works?|name|"
            rf"rage|"
            rf"beat|level|walker|girl|drug|dealer|side|clothes|fighter|bike|legal|wear|cred|smart))|"
            rf"\bc/o \S+|\b0/\d\b"
        ),
    ),
    (
        "premises",
        re.compile(
            rf"\b{_CHAIN}\b|\b(?:the )?{_PUB}\b(?! (?:tattoo|badge|logo|on))|"
            r"\b(?!(?:the|a|an|of|in|at|to|his|her|any|cheap|same|local|nearby|posh|budget|from|and|or|by|outside|"
            r"near)\b)"
            r"[a-z']+ (?:hotel|sauna|massage|tavern|guest ?house|infirmary|hospital|hospice|refuge|hostel|"
            r"primary school|"
            r"high school|academy|college|university)\b(?! (?:room|booking|visit|porter|staff|style|worker|student))"
        ),
    ),
    (
        "reference",
        re.compile(
            r"\b[a-ceghj-prstw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b|\b[a-z]\d{4}[a-z]{2}\b|\b\d{3} ?-?\d{3} ?-?\d{4}\b|"
            r"\b(?:crime|cad|urn|log|incident|occurrence|ref(?:erence)?|case|nhs|custody|claim|badge|collar|passport|"
            r"hospital|patient|warrant)\.? ?(?:no|num|number|ref|id|#)?\.? ?[:#]? ?(?:[a-z]{1,4}[-/ ]?)?\d{2,}[\w/-]*|"
            r"\b\d{2,}/\d{3,}(?:/\d+)*\b|\b[a-z]{2,4}[-/]\d{2,}[-/]\d{2,}\b"
        ),
    ),
    (
        "date",
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]?{_MONTH}\b(?! (?:be|have|know|drive|use))|"
            rf"\b{_MONTH}[ -](?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b|"
            r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
        ),
    ),
)
_NAMED_PREMISES: Final = re.compile(
    rf"\b[A-Z][\w'&-]*(?: (?:of|the|and|&|on|in|at|[A-Z][\w'&-]*)){{0,3}} (?=[A-Z])(?i:{_PREMISES_KIND})\b"
)

_SOFT: Final[tuple[tuple[SoftKind, re.Pattern[str]], ...]] = (
    (
        "time",
        re.compile(
            r"\b\d{1,2}[:.]\d{2} ?(?:am|pm|hrs|hours|h)?\b(?! ?(?:m|metres?|meters?|cm)\b)|\b\d{1,2} ?(?:am|pm|a\.m|"
            r"p\.m)\b|"
            r"\b\d{3,4} ?(?:hrs|hours)\b|\bo'?clock\b|\bin the (?:morning|afternoon|evening|early hours|"
            r"small hours)\b|\b(?:half|quarter|ten|five|twenty) (?:past|to) \w+|"
            r"\b(?:midnight|midday|noon|teatime|lunchtime|bedtime|tonight|yesterday|today|tomorrow|christmas|easter|"
            r"eid|diwali|hogmanay|halloween|birthday|new year'?s?|bank holiday|valentine'?s?)\b|"
            r"\b(?:last|this|that|next) (?:night|morning|evening|afternoon|week|weekend|month)\b|"
            r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)days?\b|\b(?:the )?\d{1,2}(?:st|nd|rd|th)\b|"
            r"\b(?:for|over|since|after|about) \w+ (?:years|months|weeks)\b|\b\w+ (?:years|months|weeks|days) ago\b"
        ),
    ),
    (
        "telling",
        re.compile(
            r"\b(?:only|just|is|aged|was|turned) \d{2} (?:and|with|who|when)\b|\bonly \d{2}\b|"
            r"\b(?:years?|months?) (?:on|in|at|of) the\b|\bfirst time\b|\bday job\b|\breal name\b|\bold name\b|"
            r"\bworks? (?:the|at|in|as|from|for|on|nights?|mornings?|weekends?|evenings?|days)\b|\bonly \w+ who\b|"
            r"\b(?:the|an?) only \w+|\bused to (?:be|live|work)\b|\bhas (?:a|an|two|three|one|four|her|no) \w+\b|"
            r"\b(?:no|without) papers\b|\b(?:on|lives? in) (?:benefits|tag|licence|bail)\b|"
            r"\b(?:soup|breakfast) (?:run|kitchen|club)\b|\bdrop[- ]?in\b|\bneedle exchange\b|\bcar park\b|"
            r"\b(?:months?|weeks?) (?:gone|pregnant|along|after|old)\b|\blost (?:the |an? |her )?(?:sight|hearing|use|"
            r"leg|arm|baby|child)\b|"
            r"\b(?:cannot|can'?t|unable to|doesn'?t|does not|barely) (?:read|speak|write|walk|see|hear|talk)\b|"
            r"\bsize \d+\b|"
            r"\b(?:ankle|electronic) tag\b|\bsection \d+\b|\b(?:born|grew up|raised|originally|moved|came) (?:in|from|"
            r"over|here)\b|"
            r"\bevery ?one (?:in|at|on|knows)\b|\bsleep(?:s|ing)? (?:in|on|at|rough)\b|\bknown (?:for|as|to)\b"
        ),
    ),
    (
        "place",
        re.compile(r"\b(?:above|behind|next to|opposite|round the corner|back of|top of|end of) (?:the |a )?\w+"),
    ),
)

Span = tuple[int, int]


def hard_patterns(text: InPlace) -> Iterator[tuple[HardKind, Span]]:
    """What no text of a warning may hold, and no field shows on arrival."""
    for group in _phones(text):
        yield "phone", group
    if _MAY_BE_ADDRESS_ON_THE_NET.search(text.low):
        for match in _ON_THE_NET.finditer(text.low):
            yield "email", match.span()
    for kind, pattern in _HARD:
        for match in pattern.finditer(text.low):
            yield kind, match.span()
    for match in _NAMED_PREMISES.finditer(text.bare):
        if not all(word in DESCRIPTORS or word in VEHICLE_WORDS for word in match[0].lower().split()):
            yield "premises", match.span()


def soft_patterns(text: InPlace) -> Iterator[tuple[SoftKind, Span]]:
    """What a reviewer looks at: times, places, and what could say who reported."""
    for kind, pattern in _SOFT:
        for match in pattern.finditer(text.low):
            yield kind, match.span()


def _phones(text: InPlace) -> Iterator[Span]:
    for part in text.numbers:
        digits = "".join(group.digits for group in part)
        long = max(len(group.digits) for group in part) >= WHOLE_NUMBER
        begins_as_one = digits.startswith(("0", "44")) or any(len(group.digits) != 2 for group in part)
        if long or (len(digits) >= PHONE_DIGITS and begins_as_one):
            yield part[0].start, part[-1].end
