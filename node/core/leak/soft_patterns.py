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
    ("telling", r"\bsize \d+\b|\bsection \d+\b"),
    ("telling", r"\b(?:born|grew up|raised|originally|moved|came) (?:in|from|over|here)\b"),
    ("telling", r"\bsleep(?:s|ing)? (?:in|on|at|rough)\b|\bknown (?:for|as|to)\b"),
    ("telling", r"\b(?:women'?s|men'?s|refugee) (?:aid|centre|refuge|project|group|council)\b|\bfood ?banks?\b"),
    ("telling", r"\b(?:turning point|changing lives|change grow live|open doors?|beyond the streets|salvation army)\b"),
    ("telling", r"\b(?:citizens advice|social services|crisis team|victim support|rape crisis|age uk|ugly mugs)\b"),
    ("place", r"\b(?!focus|fiesta)[a-z'-]{3,} st\b"),
    ("place", r"\b(?:soup|breakfast) (?:run|kitchen|club)\b|\bdrop[- ]?in\b|\bneedle exchange\b|\bcar park\b"),
    ("place", r"\b(?:ground|first|second|third|fourth|top|\d+(?:st|nd|rd|th)) floor\b"),
    ("place", r"\b(?:number|no\.?|nr) \d{2,3}[a-z]?\b(?! (?:plate|cut|crop|all))"),
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
