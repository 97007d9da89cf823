"""Turns of speech that a reviewer looks at: times, places, and what could say who reported. Pure.

Words alone are `lexicon`'s; here are those that tell something only together. Source: FINDINGS (Redaction).
"""

import re
from collections.abc import Iterator
from typing import Final

from node.core.leak.found import SoftKind
from node.core.leak.in_place import InPlace, Span

_SPELT_OUT: Final = 5
"""So many digits of which some are spelt out are part of a number, and no count."""

_PERSON: Final = r"(?:male|man|men|lad|lads|one|guy|person|suspect|woman|female|van|car|bloke|youth)"
_OF_THE_BODY: Final = (
    r"(?:left|right|his|both|each|an?|the)? ?(?:left |right )?(?:eye\w*|ears?|brow|lip|knees?|neck|head|back|wheel|"
    r"seats?|"
    r"steering|windscreen|nose|shoulder|elbow|ankle|wrist|hand|arm|leg|chest|bonnet|bumper|spine|temple)\b"
)
_DIGIT: Final = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_ORDINAL: Final = r"(?:first|second|third|fourth|fifth|last|next)"
_COLOUR: Final = r"(?:black|blue|green|grey|orange|pink|purple|red|white|yellow)"
_SIGN: Final = r"(?:lion|hart|horse|swan|bull|boar|dragon|oak|bell|fleece|crown|george|griffin|stag|ram)"
_BONE: Final = (
    r"(?:arm|ankle|cheekbone|collarbone|elbow|eye socket|finger|foot|hand|hip|jaw|leg|pelvis|ribs?|skull|wrist)"
)
_SUBSTANCE: Final = r"(?:coke|cocaine|crack|drugs|gear|heroin|ket|meth|monkey dust|spice|speed|weed)"
_NEAR: Final = r"(?:above|behind|next to|opposite|round the corner|back of|top of|end of)"

_ROWS: Final[tuple[tuple[SoftKind, str], ...]] = (
    ("time", r"\b\d{1,2}[:.]\d{2} ?(?:am|pm|hrs|hours|h)?\b(?! ?(?:m|metres?|meters?|cm)\b)"),
    ("time", r"\b\d{1,2} ?(?:am|pm|a\.m|p\.m)\b|\b\d{3,4} ?(?:hrs|hours)\b|\bo'?clock\b"),
    ("time", r"\b(?:at|around|about|before|after|til|until|by) (?:[1-9]|1[0-2])(?:ish)?\b(?! ?[\d'\"])(?![.-]\d)"
             r"(?! ?(?:ft|foot|feet|st|stone|cm|inch|people|men|lads|others?|years?|months?|weeks?|days?|times?|of))"),
    ("time", r"\bin the (?:morning|afternoon|evening|early hours|small hours)\b|\bearly hours\b"),
    ("time", r"\b(?:half|quarter|ten|five|twenty) (?:past|to) \w+"),
    ("time", r"\b(?:midnight|midday|noon|teatime|lunchtime|bedtime|tonight|yesterday|today|tomorrow)\b"),
    ("time", r"\b(?:christmas|easter|eid|diwali|hogmanay|halloween|birthday|new year'?s?|bank holiday)\b"),
    ("time", r"\b(?:last|this|that|next) (?:night|morning|evening|afternoon|week|weekend|month)\b"),
    ("time", r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)days?\b"),
    ("time", rf"\b(?:(?:1|21|31)st|2?2nd|2?3rd|\d{{1,2}}th)\b(?! {_PERSON})"),
    ("time", r"\b(?:for|over|since|after) \w+ (?:years|months|weeks)\b|\b\w+ (?:years|months|weeks|days) ago\b"),
    ("telling", r"\b(?:only|just|is|aged|was|turned) \d{2} (?:and|with|who|when)\b|\bonly \d{2}\b|\b\d{2} and has\b"),
    ("telling", r"\b\d{2} (?:when|and (?:just|still|already|has|had|lives?|living|in|on|at|a))\b"),
    ("telling", r"\b(?:in|into|out of|left|leaving) care\b|\bcare (?:leaver|home|order|system|worker)s?\b"),
    ("telling", r"\b(?:years?|months?) (?:on|in|at|of) the\b|\bnew (?:to|in|here)\b|\bfirst time\b"),
    ("telling", r"\b(?:months?|weeks?|years?|days?) (?:gone|pregnant|along|after|clean|sober|postnatal)\b"),
    ("telling", r"\bday job\b|\breal name\b|\bold name\b|\bgoes by\b"),
    ("telling", r"\bworks? (?:the|at|in|as|from|for|on|nights?|mornings?|weekends?|evenings?|days)\b"),
    ("telling", r"\bonly \w+ who\b|\b(?:the|an?) only \w+|\bused to (?:be|live|work)\b"),
    ("telling", r"\b(?:no|without) papers\b|\bon (?:benefits|tag|licence|bail)\b|\b(?:ankle|electronic) tag\b"),
    ("telling", r"\blost (?:the |an? |her )?(?:sight|hearing|use|leg|arm|baby|child)\b"),
    ("telling", r"\bone (?:arm|leg|hand|kidney)\b|\bevery ?one (?:in|at|on|knows)\b"),
    ("telling", r"\b(?:cannot|can'?t|unable to|doesn'?t|does not|barely) (?:read|speak|write|walk|see|hear|talk)\b"),
    ("telling", r"\b(?:hearing|guide|assistance|therapy) dog\b|\b(?:using again|on the gear|years inside)\b"),
    ("telling", r"\b(?:sent|send|sending|going) (?:her |him |me |them )?back\b|\b(?:leave to remain|right to work)\b"),
    ("telling", r"\b(?:no|her|his|their|settled|refugee|immigration|pending|waiting for|without) status\b"),
    ("telling", r"\b(?:home office|small boat|off the boat|came (?:on|in|by) (?:a|the))\b"),
    ("telling", r"\bspeaks? (?:no|little|hardly any|not much)\b|\byear (?:\d{1,2}|one|two|three|four|five|six)\b"),
    ("telling", rf"\b(?:{_ORDINAL}|final) year\b|\bregular (?:at|of|on|here)\b|\bthe new (?:one|girl|lad|worker)\b"),
    ("telling", r"\b(?:male|female|trans|sex|street|indoor|rent|escort) (?:worker|boy)s?\b"),
    ("telling", r"\b(?:nearly|almost|turning|just turned|barely) [12]\d\b|\bc[- ]?section\b|\bc(?:ae|e)sarean\b"),
    ("telling", rf"\bbroken? (?:her |my |his |a |the )?{_BONE}\b|\bblack eye\b|\bblue badge\b"),
    ("telling", r"\b(?:bright |neon |hot )?(?:pink|purple|blue|green|rainbow|turquoise) (?:hair|braids|dreads|wig)\b"),
    ("telling", r"\bhair extensions\b|\b(?:three|four|six|seven|eight|nine) (?:fingers|toes)\b"),
    ("telling", rf"\b(?:uses?|using|takes|smokes) (?:a (?:frame|stick|chair|crutch)|{_SUBSTANCE})\b"),
    ("telling", r"\b(?:clean|sober|dry) (?:since|for|now)\b"),
    ("telling", r"\bsize \d+\b|\bsection \d+\b"),
    ("telling", r"\b(?:born|grew up|raised|originally|moved|came) (?:in|from|over|here)\b"),
    ("telling", r"\bsleep(?:s|ing)? (?:in|on|at|rough)\b|\bknown (?:for|as|to)\b"),
    ("telling", r"\b(?:women'?s|men'?s|refugee) (?:aid|centre|refuge|project|group|council)\b|\bfood ?banks?\b"),
    ("telling", r"\b(?:turning point|changing lives|change grow live|open doors?|beyond the streets|salvation army)\b"),
    ("telling", r"\b(?:citizens advice|social services|crisis team|victim support|rape crisis|age uk|ugly mugs)\b"),
    ("telling", r"\b(?:basis (?:yorkshire|leeds)|red umbrella|joanna project|a way out)\b"),
    ("place", r"\b(?!focus|fiesta)[a-z'-]{3,} st\b"),
    ("place", r"\b(?:soup|breakfast) (?:run|kitchen|club)\b|\bdrop[- ]?in\b|\bneedle exchange\b|\bcar park\b"),
    ("place", r"\b(?:ground|first|second|third|fourth|top|\d+(?:st|nd|rd|th)) floor\b"),
    ("place", r"\b(?:number|no\.?|nr) \d{1,3}[a-z]?\b(?! (?:plate|cut|crop|all|hair|guard|shave|on))"),
    ("place", rf"\b(?:{_ORDINAL}|the {_COLOUR}) door\b|\bdoor on the (?:left|right|corner|end)\b"),
    ("place", rf"\b(?:{_COLOUR}|golden|old|new|royal) {_SIGN}\b(?! (?:tattoo|badge|logo|on|terrier|motif|emblem))"),
    ("number", rf"\b(?:double|treble|triple) (?:{_DIGIT}|\d)\b|\b(?:{_DIGIT}[ -]){{2,}}{_DIGIT}\b"),
    ("number", r"(?:\b\d[ -]){4,}\d\b"),
    ("number", r"\b(?:officer|pc|dc|ds|wpc|sgt|constable) \d+\b"),
    ("place", rf"\b{_NEAR} (?!{_OF_THE_BODY})(?:the |a )?\w+"),
)  # fmt: skip
_KINDS: Final = tuple(dict.fromkeys(kind for kind, _ in _ROWS))
_PATTERNS: Final = tuple(
    (kind, re.compile("|".join(f"(?:{row})" for of, row in _ROWS if of == kind))) for kind in _KINDS
)


def soft_patterns(text: InPlace) -> Iterator[tuple[SoftKind, Span]]:
    """What a reviewer looks at."""
    for kind, pattern in _PATTERNS:
        yield from ((kind, match.span()) for match in pattern.finditer(text.low))
    for part in text.numbers:
        spelt = any(not text.low[group.start : group.end].isdigit() for group in part)
        if spelt and sum(len(group.digits) for group in part) >= _SPELT_OUT:
            yield "number", (part[0].start, part[-1].end)
