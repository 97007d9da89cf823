"""What looks like a phone number, an address, a date and so on in a text, whoever it belongs to: it stops. Pure.

The same patterns hide the text on arrival, so they are made not to fit a description: a height, an age, a model, a
street robbery. They work on a folded text (`in_place`); what they yield are positions there.
Source: FINDINGS (Redaction), PEOPLE 4.13, DESIGN §2 (place and time are coarse).
"""

import re
from collections.abc import Iterator
from typing import Final

from node.core.leak.found import HardKind
from node.core.leak.in_place import InPlace, Span
from node.core.leak.lexicon import is_everyday
from node.core.leak.name_words import VEHICLE_WORDS

PHONE_DIGITS: Final = 9
"""So many digits in a row, in figures or words, are a phone number: a UK one has ten after its first 0."""

WHOLE_NUMBER: Final = 7
"""So many digits written together are no age, height or model, whatever they are."""

POSTCODE_AREAS: Final = (
    "ab|al|b|ba|bb|bd|bf|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|ex|fk|"
    "fy|g|gl|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|"
    "nr|nw|ol|ox|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|"
    "wa|wc|wd|wf|wn|wr|ws|wv|yo|ze"
)
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_UNITS: Final = r"one|two|three|four|five|six|seven|eight|nine"
_COUNT: Final = (
    rf"(?:{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_UNITS}))?)"
)
_TOP: Final = r"(?:com|net|org|info|biz|uk|eu|ie|de|fr|ro|pl|io|tv|app|xxx|me|site|online|link|example)"
_SURELY_TOP: Final = r"(?:com|net|org|info|biz|xxx|example|co\.uk|org\.uk|uk|eu|io|tv)"
_STREET: Final = r"(?:street|road|rd|avenue|ave|lane|ln|crescent|terrace|terr|gdns|mews|boulevard|st|stryd|heol|ffordd)"
_STREET_WITH_CAPITAL: Final = (
    r"(?:Street|Str|Road|Rd|Avenue|Ave|Lane|Ln|Crescent|Cres|Terrace|Terr|Gardens|Gdns|Grove|Mews|Parade|Pde|"
    r"Boulevard|Close|Drive|Court|Crt|Row|Place|Square|Walk|Way|Hill|Rise|Vale|View|Wharf|Quay|Fold|Mount|Gate|Heights|"
    r"Green|Croft|Buildings?|Villas|Mansions|Towers?|St|Ct|Cl|Dr|Sq|Plz|Plaza|Mill|Bank|Embankment|House|Wynd)"
)
_CHAIN: Final = (
    r"(?:premier ?inn|travel ?lodge|holiday ?inn|days ?inn|ibis|novotel|mercure|hilton|marriott|radisson|best ?western|"
    r"jurys ?inn|leonardo hotel|britannia hotel|ramada|crowne? ?plaza|easyhotel|campanile|moxy|hampton by|doubletree|"
    r"malmaison|park ?inn|village hotel|wetherspoons?|yha|airbnb)"
)
_PREMISES: Final = (
    r"(?:hotel|sauna|massage|tavern|guest ?house|infirmary|hospital|hospice|refuge|hostel|primary|academy|college|"
    r"university|parlour|spa)"
)
_PREMISES_WITH_CAPITAL: Final = (
    r"(?:Hotel|Motel|Inn|Lodge|Hostel|Refuge|Sauna|Spa|Massage|Parlou?r|Brothel|Arms|Tavern|Guest ?[Hh]ouse|B&B|"
    r"Infirmary|Hospital|Hospice|Clinic|Surgery|School|Primary|Academy|College|University|Nursery|Church|Chapel|"
    r"Cathedral|Mosque|Club|Nightclub|Bar|Cafe|Studios?|Apartments|Lofts|Towers?|House|Hall|Centre|Center|Mill|Court|"
    r"Suites?|Park|Station|Services|Estate|Quarter|Mission|Trust|Project|Farm|Quarry|Wharf|Theatre|Market|Bridge|"
    r"Beauty|"
    r"Relax|Escorts|Angels|Pool|Gym|Library|Prison|Heights|Plaza)"
)
_BEAST: Final = r"(?:lion|hart|horse|swan|bull|boar|dragon|oak|bell|fleece|crown|george|griffin|stag|ram)"

_ROWS: Final[tuple[tuple[HardKind, str], ...]] = (
    ("handle", r"(?<![\w.])@\w[\w.-]{2,}"),
    ("postcode", rf"\b(?:{POSTCODE_AREAS})[0-9o][a-z0-9]?[ -]{{0,2}}[0-9][ ]?[abd-hjlnp-uw-z]{{2}}\b"),
    (
        "address",
        r"\b(?:flat|apartment|apt|room|rm|unit|suite|bedsit|studio|block|caravan|berth|house (?:number|no))\.? ?"
        rf"(?:no\.? ?|number )?(?:\d+[a-z]?|[b-h]|{_COUNT})\b(?! ?(?:cm|ft))",
    ),
    ("address", r"\bc/o \S+|\b\d/\d, \d"),
    ("premises", rf"\b{_CHAIN}\b"),
    ("premises", rf"\bthe (?:red|white|black|golden|blue|green|old|new|royal) {_BEAST}\b(?! (?:tattoo|badge|logo|on))"),
    ("premises", r"\b(?:kings?|queens?|nags?|dukes?|boars?|turks?|saracens?|bulls?)'?s? (?:head|arms)\b"),
    ("premises", r"\b[a-z]+ (?:and|&|n) (?:hounds|feathers|whistle|firkin|partridge|pheasant|fiddle|horses|garter)\b"),
    (
        "premises",
        r"\b(?:rose and crown|dog and (?:duck|gun)|lamb and flag|ring o'? ?bells|(?:coach|wagon) and horses)\b",
    ),
    ("reference", r"\b[a-ceghj-prstw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b"),
    ("reference", r"\b[a-z]\d{4}[a-z]{2}\b|\b\d{3} ?-?\d{3} ?-?\d{4}\b"),
    ("reference", r"\b\d{2,}/\d{3,}(?:/\d+)*\b|\b[a-z]{2,4}[-/]\d{2,}[-/]\d{2,}\b|\b\d{2}-\d{2}-\d{2}\b"),
    (
        "reference",
        r"\b(?:crime|cad|urn|log|incident|occurrence|ref(?:erence)?|case|nhs|custody|claim|badge|collar|passport|"
        r"patient|"
        r"warrant)\.? ?(?:no|num|number|ref|id|#)?\.? ?[:#]? ?(?:[a-z]{1,4}[-/ ]?)?\d{2,}[\w/-]*",
    ),
    ("date", rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]?{MONTH}\b(?! (?:be|have|know|drive|use))"),
    ("date", rf"\b{MONTH}[ -](?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b"),
    ("date", r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b"),
)
_KINDS: Final = tuple(dict.fromkeys(kind for kind, _ in _ROWS))
_PATTERNS: Final = tuple(
    (kind, re.compile("|".join(f"(?:{row})" for of, row in _ROWS if of == kind))) for kind in _KINDS
)

_MAY_BE_ON_THE_NET: Final = re.compile(r"@|\bdot\b|\.[a-z]|http|www|[(\[]at|underscore")
"""Cheap, before the dear one."""

_ON_THE_NET: Final = re.compile(
    "|".join(
        (
            r"[^\s@,;]+@[^\s@,;]+",
            r"\S+ ?[(\[]at[)\]] ?\S+",
            r"\b\w[\w.]*(?: dot [\w-]+)* at (?:\w+ )?dot \w+",
            rf"\b\w[\w.]*(?: dot [\w-]+)* at [\w-]+ ?(?:\.|dot) ?{_TOP}\b(?: ?(?:\.|dot) ?\w+)?",
            rf"\b(?:[\w-]+ dot )+{_TOP}\b(?: slash [\w-]+)*",
            r"\b\w+ underscore \w+",
            r"\bhttps?\b\S*|\bwww\b\S*",
            rf"\b[\w-]+(?:\.[\w-]+)*\.{_SURELY_TOP}\b(?:/\S*)?",
            rf"\b[\w-]+(?:\.[\w-]+)*\.{_TOP}/\S*",
        )
    )
)
_NAMED_STREET: Final = re.compile(rf"\b([a-z'-]{{2,}}) ({_STREET})\b(?!\.? ?(?:rage|legal|wear|cred|smart|level))")
_NUMBERED: Final = re.compile(
    rf"\b(?:\d{{1,4}}[A-Za-z]?|(?i:{_COUNT})),? (?:[Tt]he )?(?:[A-Z][\w'-]+ ){{1,3}}{_STREET_WITH_CAPITAL}\b"
)
_NAMED_PREMISES: Final = re.compile(
    rf"\b[A-Z][\w'&-]*(?: (?:of|the|and|&|on|in|at|[A-Z][\w'&-]*)){{0,3}} {_PREMISES_WITH_CAPITAL}\b"
)
_UNKNOWN_PREMISES: Final = re.compile(rf"\b([a-z']+) {_PREMISES}\b")


def hard_patterns(text: InPlace) -> Iterator[tuple[HardKind, Span]]:
    """What no text of a warning may hold, and no text shows on arrival."""
    yield from (("phone", span) for span in _phones(text))
    if _MAY_BE_ON_THE_NET.search(text.low):
        yield from (("email", match.span()) for match in _ON_THE_NET.finditer(text.low))
    for kind, pattern in _PATTERNS:
        yield from ((kind, match.span()) for match in pattern.finditer(text.low))
    yield from (("address", span) for span in _addresses(text))
    yield from (("premises", span) for span in _premises(text))


def _phones(text: InPlace) -> Iterator[Span]:
    for part in text.numbers:
        digits = "".join(group.digits for group in part)
        long = max(len(group.digits) for group in part) >= WHOLE_NUMBER
        begins_as_one = digits.startswith(("0", "44")) or any(len(group.digits) != 2 for group in part)
        if long or (len(digits) >= PHONE_DIGITS and begins_as_one):
            yield part[0].start, part[-1].end


def _addresses(text: InPlace) -> Iterator[Span]:
    """A street by its name: a word that is no ordinary one, or two capitals: freehold road, High Road, not the road."""
    yield from (match.span() for match in _NUMBERED.finditer(text.bare))
    for match in _NAMED_STREET.finditer(text.low):
        name = match[1]
        capitals = text.bare[match.start()].isupper() and text.bare[match.start(2)].isupper()
        if name not in VEHICLE_WORDS and (capitals or not is_everyday(name)):
            yield match.span()


def _premises(text: InPlace) -> Iterator[Span]:
    for match in _NAMED_PREMISES.finditer(text.bare):
        if not all(is_everyday(word) and word in VEHICLE_WORDS for word in match[0].lower().split()[:-1]):
            yield match.span()
    for match in _UNKNOWN_PREMISES.finditer(text.low):
        if not is_everyday(match[1]):
            yield match.span()
