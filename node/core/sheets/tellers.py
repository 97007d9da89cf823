"""Who told it, whether the person harmed did, whether somebody is under 18, whether an officer is described.

Source: PEOPLE.md 1.9, "Under 18", "Coercive others"; sheets/README.md (gold's flags).
"""

import datetime
import re
from typing import Final

import msgspec

from node.core.sheets.words import fold


class Teller(msgspec.Struct, frozen=True):
    """`told_by` is of `vocabulary.TOLD_BY`. `second_hand`: no permission of the teller's counts."""

    told_by: str = "person_harmed"
    second_hand: bool = False
    hearsay: bool = False
    third_party: bool = False
    rumour: bool = False


_FAMILY: Final = (
    r"mum|mam|mother|dad|father|sister|brother|aunt(?:ie)?|nan|gran(?:ny|dma)?|cousin|daughter|son|"
    r"partner|husband|wife|boyfriend|parents?|mutter|schwester|mama|irma|matka"
)
_FRIEND: Final = (
    r"friend|mate|flatmate|housemate|freundin|amiga|prietena|colleague|another (?:girl|lass|woman|lad|"
    r"worker)|co-?worker"
)
_NEIGHBOUR: Final = (
    r"neighbour|neighbor|nachbar\w*|passer-?by|taxi driver|cafe owner|security|cctv|"
    r"member of (?:the )?public|resident|witness"
)
_AGENCY: Final = (
    r"nurse|health (?:van|visitor|worker)|social (?:worker|services|care)|hospital|doctor|gp\b|clinic|"
    r"hostel|probation|school|college|council|outreach from|another (?:project|agency|service|charity)|"
    r"drug service|support worker|key ?worker|police|housing|idva|isva|sarc|women'?s aid|refuge"
)
_BOSS: Final = r"boss|manager(?:ess)?|owner|madam|receptionist|reception|landlady|agency|driver for"
_RUMOUR: Final = re.compile(
    r"\b(?:rumou?rs?|general talk|gossip|everyone(?:'s| is)? say\w*|girls (?:are )?say\w*|word (?:is|"
    r"on the street)|street talk|going round|social media post|gerucht|seen on (?:facebook|fb)|facebook post|"
    r"newspaper|in the news)\b"
)
_RELAYED: Final = re.compile(
    r"\b(?:fwd|forwarded|relayed|passed on by|received (?:by e-?mail )?from|rec'?d from|alert from|warning from|"
    r"bulletin from|circulated by|copied from|via) (?:\w+ ){0,3}?(?:num\b|ugly ?mugs|national ugly mugs|"
    r"project|scheme|um\b|police bulletin|network|e-?mail list|alert)|"
    r"\b(?:num|national ugly mugs|ugly mugs) (?:alert|warning|email|bulletin|notice)|\balert (?:rec'?d|"
    r"received) (?:from|via)|^(?:num|national ugly mugs)$|\bnot (?:our|one of our) (?:own )?(?:report|women|"
    r"ladies|lads)\b"
)
_SECOND: Final = re.compile(
    r"\b(?:2nd|3rd|second|third|4th)[ -]?hand|\bhearsay|\bhorensagen|\bsecond-?hand|\bheard (?:it )?(?:off|from|"
    r"through|via)|\bpassed on by"
)
_SAYS: Final = (
    r"(?:said|says|rang|called|told|phoned|reckons|reports?|reported|came in|e-?mailed|texted|saw|heard|"
    r"in touch|contacted|worried|ringing|=)"
)


def read_teller(first_hand: str, reporter: str, account: str) -> Teller:
    """Who told it.

    Args:
        first_hand: the cell of a column that asks whether it is first hand, "" if there is none.
        reporter: who reported, as written.
        account: what happened.
    """
    asked = fold(first_hand)
    who = fold(reporter)
    story = fold(account)[:160]
    if (
        _RUMOUR.search(asked)
        or _RUMOUR.search(who)
        or re.match(r"(?:everyone (?:is )?say|rumour|word is|girls are saying|going round)", story)
    ):
        return Teller("public_source", True, True, False, True)
    if (
        _RELAYED.search(asked)
        or _RELAYED.search(who)
        or re.match(r"(?:num|ugly mugs|fwd|forwarded|alert from|relayed)", story)
    ):
        return Teller("other_scheme", True, True)
    if (
        asked
        and re.match(r"(?:y|yes|ja|sim|oui|da|tak|1st|first|direct|own|herself|himself|self|ie|oes)\b", asked)
        and not _SECOND.search(asked)
    ):
        return Teller()
    if asked:
        return _not_first_hand(asked, who)
    return _from_reporter(who, story)


def _not_first_hand(asked: str, who: str) -> Teller:
    no = (
        bool(re.match(r"(?:n|no|nein|nao|non|nu|nie|na)\b", asked))
        or bool(_SECOND.search(asked))
        or "staff saw" in asked
    )
    kind = _kind(asked) or (_kind(who) if no else None)
    if kind == "staff" or re.search(r"\bstaff (?:saw|witness)|\bwe saw\b|\bworker (?:saw|witness)", asked):
        return Teller("staff")
    if kind == "worker_or_boss":
        return Teller("worker_or_boss", False, False, True)
    if kind == "other_agency":
        return Teller("other_agency", True, True)
    if kind in ("family", "witness"):
        return Teller(kind, True, True, True)
    return Teller("witness", True, True, True) if no else Teller()


def _kind(text: str) -> str | None:
    for kind, words in (
        ("other_agency", _AGENCY),
        ("family", _FAMILY),
        ("witness", rf"{_FRIEND}|{_NEIGHBOUR}"),
        ("worker_or_boss", _BOSS),
    ):
        if re.search(rf"\b(?:{words})\b", text):
            return kind
    return None


_LEAD: Final = r"^(?:the |her |his |a |an |initials [\w.]+, )?(?:\w+'?s )?"


def _from_reporter(who: str, story: str) -> Teller:
    """Without a column that asks: only where the cell or the account begins with somebody else who tells."""
    for kind, words in (
        ("worker_or_boss", _BOSS), ("family", _FAMILY), ("witness", _NEIGHBOUR), ("witness", _FRIEND),
        ("other_agency", _AGENCY),
    ):  # fmt: skip
        in_cell = re.match(
            rf"{_LEAD}(?:{words})\b(?:(?: [\w']+){{0,3}}? (?:{_SAYS})|(?: lady| of [\w' ]+| \w+)? ?(?:=|\(|,|$|-|:|"
            rf"on behalf|\d))",
            who,
        )
        in_story = re.match(rf"{_LEAD}(?:{words})\b (?:\w+ ){{0,1}}?(?:{_SAYS})", story)
        if not in_cell and not in_story:
            continue
        if kind == "worker_or_boss":
            return Teller(kind, False, False, True)
        if kind == "other_agency":
            return Teller(kind, True, True)
        return Teller(kind, True, True, True)
    if _SECOND.search(who) or _SECOND.search(story):
        return Teller("witness", True, True, True)
    if re.match(r"(?:police|pc |dc |sgt |officer )", who):
        return Teller("police", True, True)
    return Teller()


_IS: Final = r"(?:'?s| is| was|is|'re| are)"
_AGE17: Final = (
    r"(?:1[0-7])(?![\d:.%/]|\s?(?:pm|am|mins?|hrs?|hours|days|weeks|months|times|st\b|stone|quid|"
    r"pounds|x\b|cm|miles|of\b|girls|lads|people))"
)
_UNDER: Final = re.compile(
    rf"\b(?:she|girl|lass|reporter|caller|client|woman){_IS} (?:only |actually |just |really |still )?{_AGE17}|"
    rf"\bshe is {_AGE17}|\b(?:girl|lass|client|reporter|yp|young person) ?(?:,|is|aged|\() ?(?:aged )?{_AGE17}\b|"
    rf"(?<![\d-])\b{_AGE17}[ -]?(?:yr|year|y/o|yo)s?[ -]?(?:old)?[ -](?:girl|lass|client|female|reporter|worker|yp)\b|"
    rf"\b(?:turns?|is|not) 18 (?:in|next|on)\b|\b18 in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|"
    rf"\bsie ist {_AGE17}|\bminderjahrig|\bmenor de idade|\bare {_AGE17} ani\b|\bma {_AGE17} lat\b|"
    rf"\bniepelnoletni\w*|\bminora\b|\bmineure?\b|\bmenor de edad|\bo dan 18|\bdan 18\b|\bmae hi'n {_AGE17}"
)
_UNDER_IN_NOTES: Final = re.compile(
    rf"\b(?:lad|boy|kid|child|he) ?(?:,|is|aged|'s|\() ?(?:aged |only )?{_AGE17}\b|\b(?:aged|age:?) {_AGE17}\b|"
    rf"(?<![\d-])\b{_AGE17}[ -]?(?:yr|year|y/o|yo)s?[ -]?(?:old)?\b|\bunder[ -]?(?:18|age|eighteen)\b|\bu18\b|"
    rf"\b<\s?18\b|"
    r"\bminor\b(?! (?:injur|cut|damage|scratch|bruis|graz|offence|crash|accident))"
)
"""In notes it is about the person who reported; in an account it may be about those who did it."""
_UNDER_POSSIBLE: Final = re.compile(
    rf"\bage!+|\bcheck (?:her |his |their )?age|\b(?:her|his|their) age\b.{{0,14}}\?|\bage (?:unclear|unsure|"
    rf"not (?:sure|certain|known|confirmed)|unknown\b.{{0,12}}(?:young|check))|\b(?:may|might|could) be under|"
    rf"\blooks? (?:very |too |really |about |like )*(?:young|under ?age|under 18|1[0-7])\b|\bnot sure (?:if |"
    rf"whether )?(?:she|he)(?:'s| is) (?:18|over 18|an adult|old enough)|"
    rf"\b(?:says|said|claims) she(?:'s| is| was|s)? 1[89]\b|\bhe (?:is|was|'s) (?:only )?1[5-7]\b(?!-|"
    rf":| ?(?:pm|am|st))|\btold \w+ (?:he|she) (?:was|is) (?:{_AGE17})|\bstill at school\b|\bschool uniform\b|"
    rf"\bwhen (?:she|he|i) (?:was|were) (?:{_AGE17})\b|\bage \?|\b17 or 18\b|\b17/18\b|\bolder than (?:she|"
    rf"he) looks|\bunder 18\?"
)
_SAFEGUARDING: Final = re.compile(
    r"\bsafeguarding referral|\bschool nurse|\bfoster carer|\blooked after child|\bchildren'?s (?:services|social)|"
    r"\bcse\b|\bsg referral|\bmash referral|\bnot our pathway|\bleaving care"
)


def read_reporter_age(
    answer: str,
    reporter: str,
    account: str,
    notes: tuple[str, ...],
    *,
    born: datetime.date | None = None,
    taken: datetime.date | None = None,
) -> str:
    """`18_or_over`, `under_18`, `not_sure` or `not_asked`, for the person who reported.

    Args:
        answer: the cell of a column that asks it, "" if there is none.
        reporter: who reported, as written: `Gina (17)`.
        account: what happened.
        notes: notes, reporter and comments.
        born: a day of birth in that column.
        taken: the day the report was taken.
    """
    asked = fold(answer)
    if re.search(rf"\([^)]*\b{_AGE17}\s?(?:yrs?|y/?o|years)?\s?\)|,\s?{_AGE17}\s?(?:$|yrs?|y/?o|,)", fold(reporter)):
        return "under_18"
    beside = [fold(text) for text in notes]
    found = [fold(account), *beside]
    under = [text for text in found if _UNDER.search(text)] + [text for text in beside if _UNDER_IN_NOTES.search(text)]
    if any(not _about_other(text) for text in under):
        return (
            "not_sure"
            if any(_UNDER_POSSIBLE.search(text) for text in found) and not any(_SAFEGUARDING.search(t) for t in found)
            else "under_18"
        )
    if any(_UNDER_POSSIBLE.search(text) for text in found):
        return "not_sure"
    if born is not None and taken is not None:
        birthday_to_come = (taken.month, taken.day) < (born.month, born.day)
        return "18_or_over" if taken.year - born.year - birthday_to_come >= 18 else "under_18"
    if born is not None:
        return "not_sure"
    if asked:
        years = [int(n) for n in re.findall(r"(?<!\d)(\d{2})(?!\d)", asked)]
        if re.search(r"under|u18|minor|child", asked) or any(10 <= n < 18 for n in years):
            return "not_sure" if "?" in asked else "under_18"
        if re.match(r"(?:y|yes|over|18\+|adult|18 or over|ja|sim)\b", asked) or (
            years and min(years) >= 18 and "?" not in asked
        ):
            return "18_or_over"
        if re.match(r"(?:n|no|nein)\b", asked):
            return "under_18"
        if "?" in asked or re.search(r"not sure|unsure|unclear|check|looks", asked):
            return "not_sure"
    if any(re.search(r"\bsafeguarding referral|\bsg referral|\bcse\b|\bnot our pathway", text) for text in found):
        return "not_sure"
    return "not_asked"


def _about_other(text: str) -> bool:
    """Whether words for an age are about somebody else's child."""
    return bool(
        re.search(r"\b(?:her|his) (?:daughter|son|kids?|child|sister|brother)\b[^.]{0,20}\b1[0-7]\b", text)
    ) and not re.search(rf"\b(?:she|lass|client){_IS} (?:only )?{_AGE17}", text)


_OFFICER: Final = re.compile(
    r"\buniformed (?:pc|officer|police|copper|cop)|\b(?:serving|real|actual|off[- ]duty|retired) (?:police|pc\b|"
    r"copper|officer|cop\b|policeman|pcso)|\b(?:he|she) (?:is|'s) (?:a )?(?:police|copper|cop\b|pc\b|"
    r"police officer|policeman|detective|pcso|special constable)|\bmarked (?:police )?(?:car|vehicle)|"
    r"\bin (?:a )?(?:police uniform|marked)|"
    r"\bwarrant number|\bcollar number|\bshoulder number|\bpolice officer (?:who|stops|stopped|told|made|touched|"
    r"asked|came|on duty)|\bon duty\b.{0,20}(?:police|officer)|\bechter polizist|\bpolizeibeamter|\b(?:ist|e|"
    r"es|jest|est) (?:um |un )?(?:polizist|policial|policia|policjant\w*|policier)\b|\biopc\b|"
    r"\bprofessional standards\b|\bpolicist\b"
)
_NOT_REAL: Final = re.compile(
    r"\b(?:said|says|claim\w*|pretend\w*|told (?:her|him|me)|reckon\w*|posing|posed|fake)\b[^.]{0,24}\b(?:police|"
    r"pc\b|vice|cid|officer|copper|cop\b)|\bno radio\b|\bknew it was off\b|\bnot (?:a )?real (?:police|officer|"
    r"copper)"
)


def describes_officer(texts: tuple[str, ...]) -> bool:
    """Whether the person described is a real officer; one who only claims it is not."""
    real = any(_OFFICER.search(fold(text)) for text in texts)
    real = real or any(
        re.match(r"(?:a |the |same )?(?:police ?(?:officer|man|woman)|copper|cop|pcso|pc|detective)\b", fold(text))
        for text in texts[:1]
    )
    strong = any(
        re.search(
            r"\breal one\b|\b(?:he|she) (?:is|'s) (?:a )?(?:police|cop|copper|pc)\b|\biopc\b|\bseen (?:him|"
            r"her) at the station",
            fold(text),
        )
        for text in texts
    )
    return strong or (real and not any(_NOT_REAL.search(fold(text)) for text in texts))


_MANY: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "couple of": 2,
    "zwei": 2,
    "drei": 3,
    "dois": 2,
    "tres": 3,
    "doi": 2,
    "trei": 3,
    "dwoch": 2,
    "trzech": 3,
}
_COUNTED: Final = re.compile(
    rf"\b(?:(?P<a>\d|{'|'.join(_MANY)}) ?(?:or|-|to|/) ?)?(?P<b>\d|{'|'.join(_MANY)}) (?:white |asian |black |"
    rf"young |other |big |local |more |drunk |masked |scouse |foreign |eastern european |teenage )*(?:lads?|"
    rf"men|males?|blokes|guys|youths|boys|fellas|manner|homens|barbati|teenagers|kids|chavs|mezczyzn|hombres)\b"
)
_PLURAL: Final = re.compile(
    r"\b(?:group|gang|car ?load|bunch|load) of (?:\w+ )?(?:lads|men|youths|kids|teenagers|boys|blokes)|"
    r"\bcar of lads|\b(?:same|those|these) lads\b|\blads in\b|\b(?:passenger|driver):|\bcouple in\b|"
    r"\bhe and (?:his )?(?:mates?|friends?|another)|\bcom um amigo|\binca un baiat|\bmit einem freund|"
    r"\bwith (?:his|a) (?:mate|friend|brother)\b"
)


def count_people(texts: tuple[str, ...], asked: str = "") -> int | None:
    """How many people are described, the most that is said; None if only one or if it is not said."""
    number = re.search(r"\d+", asked)
    if number:
        return min(int(number[0]), 20)
    best = 0
    for text in texts:
        plain = fold(text)
        for found in _COUNTED.finditer(plain):
            value = found["b"]
            best = max(best, int(value) if value.isdigit() else _MANY[value])
        if _PLURAL.search(plain):
            best = max(best, 2)
        if more := re.search(r"\b(?:there were |with |and |plus )(\d|two|three) (?:more|others)\b", plain):
            best = max(best, 1 + (int(more[1]) if more[1].isdigit() else _MANY[more[1]]))
        if found_x := re.findall(r"\bx ?(\d)\b", plain):
            best = max(best, sum(int(n) for n in found_x)) if len(found_x) > 1 else best
    return best or None
