"""Marks, things carried and clothing from the words of a description, each with the words it was read from."""

import re
from typing import Final

import msgspec

from node.core.scheme_data import MarkData
from node.core.sheets.words import fold


class Mark(msgspec.Struct, frozen=True):
    """A mark and the words for it."""

    data: MarkData
    words: str


_PARTS: Final = (
    ("eyebrow", r"eye ?brows?"), ("forearm", r"fore ?arms?|antebraco|unterarm"), ("elbow",
    r"elbows?|cotovelo|ellbogen"),
    ("finger", r"fingers?|knuckles?|thumb|dedos?|deget\w*"), ("hand",
    r"hands?|wrists?|maos?\b|mano\b|hand\b|mana|reka"),
    ("shoulder", r"shoulders?|ombro|schulter|ramie"), ("arm", r"arms?|biceps?|sleeve|braco|brazo|bras\b|brat\b|"
        r"ramie|braich"),
    ("neck", r"neck|throat|pescoco|hals|nacken|cuello|cou\b|szyi|szyja|gat\b|gwddf"),
    ("mouth", r"mouth|lips?|mund|boca"), ("nose", r"nose|nariz|nase"), ("ear", r"ears?|ohr|orelha"),
    ("face", r"face|cheeks?|chin|forehead|under eye|gesicht|rosto|cara|visage|twarz\w*|fata|wyneb|eye\b"),
    ("chest", r"chest|nipples?|brust|peito|pecho"), ("back",
    r"(?<!\bshort )back\b(?! (?:of|in|to|seat))|rucken|costas"),
    ("stomach", r"stomach|belly|tummy|bauch|barriga"), ("calf", r"calf|calves|wade|panturrilha"),
    ("leg", r"legs?|thighs?|shins?|bein|perna|pierna|jambe|noga"), ("foot", r"foot|feet|ankles?|fuss"), ("head",
    r"head|scalp|kopf"),
)  # fmt: skip
_COMPILED_PARTS: Final = tuple((code, re.compile(rf"\b(?:{words})")) for code, words in _PARTS)
_SIDES: Final = (
    ("both", re.compile(r"\bboth\b|\bbeide\b")),
    ("left", re.compile(r"\bleft\b|\bl\b(?=[ .]?(?:arm|hand|leg|eye|ear|side|forearm|cheek))|\blinks\b|"
        r"\blinke[rnm]?\b|esquerd[oa]|izquierd[oa]|gauche|\blewy|\blewej|\bchwith|\bstang\w*")),
    ("right", re.compile(r"\bright\b(?! side up|away|after)|\br\b(?=[ .]?(?:arm|hand|leg|eye|ear|side|forearm|"
        r"cheek))|\brechts\b|\brechte[rnm]?\b|direit[oa]|derech[oa]|droite?|\bprawy|\bprawej|\bdrept\w*")),
)  # fmt: skip
_MOTIFS: Final = tuple(
    (code, re.compile(rf"\b(?:{words})"))
    for code, words in (
        ("lion", r"lions?\b|leao|lowe|leon\b|lew\b"), ("bird", r"birds?\b|swallow|eagle|swift|andorinha|schwalbe|"
            r"adler|golondrina|robin|owl|dove|swan|liver bird"),
        ("fish", r"fish|koi|carp|shark|dolphin"), ("skull", r"skulls?\b|caveira|totenkopf|craniu|skeleton"),
        ("rose", r"roses?\b|rosa\b"), ("flower", r"flowers?|lotus|flor\b|blume|lily|thistle|shamrock"),
        ("teardrop", r"tear ?drops?|tears?\b|lagrima|trane|tear drop"), ("heart", r"hearts?\b|coracao|herz"),
        ("cross", r"cross\b|crucifix|cruz|kreuz"), ("star", r"stars?\b|estrela|stern\b"),
        ("moon", r"moon|crescent|mond\b|lua\b"), ("web", r"(?:spider'?s? ?)?web\b|cobweb|spinnennetz|teia"),
        ("flag", r"flag|st george|union jack|red dragon|fahne|bandeira"),
        ("sports_club", r"lufc|mufc|lfc\b|efc\b|ccfc|mcfc|nufc|safc|hcafc|bcafc|rhinos|trinity|football|rangers|"
            r"celtic|yorkshire cricket|badge|club crest|everton|liverpool fc|leeds united|cardiff city|swans\b|"
            r"arsenal|chelsea|spurs|millwall|west ham|hull city|hull fc|hkr|robins"),
        ("numbers", r"roman numerals?|numerals?|numbers?|dates?\b|zahl\w*|numeros?|numerais"),
        ("name", r"names?\b|namen?\b|nome\b"), ("words", r"words?\b|writing|script|letters?|text\b|initials|quote|"
            r"schrift|letras|mum\b"),
        ("portrait", r"portrait|face of|woman'?s face"), ("tribal", r"tribal|celtic (?:band|knot|pattern)|maori"),
        ("harp", r"harp\b"), ("ship", r"ships?\b|boat\b|galleon|navio"), ("anchor", r"anchor|ancora|anker"),
        ("sleeve", r"(?:full |half )?sleeve\b|sleeves"),
        ("animal", r"animal|dragon|snake|wolf|tiger|panther|bull\b|bulldog|dog\b|cat\b|horse|bear\b|cobra|scorpion|"
            r"spider(?!'?s? ?web)|schlange|drachen?|cobra|tigre|draig|butterfly|elephant|ram\b"),
    )
)  # fmt: skip
_TATTOO: Final = re.compile(
    r"\b(?:tattoo(?:s|ed)?|tatt?s?\b|tattoed|ink(?:ed)?\b|tatuag\w+|tatuaj\w*|tatuaz\w*|tatouage\w*|tatowier\w*|"
    r"tatw\w*|tatuad\w+)"
)
_CHUNKS: Final = re.compile(
    r"[,;\n|]|\. |\.$|\+ | \+| & | and (?=(?:a |has |tear|gold|scar|glasses|no |limp|sov|signet|wears|wore|smel))|\)\s"
)

_SIMPLE: Final = tuple(
    (code, re.compile(rf"\b(?:{words})"))
    for code, words in (
        ("gold_tooth", r"gold (?:front )?(?:tooth|teeth|cap)|goldzahn|dente de ouro|zloty zab|dinte de aur|"
            r"dant aur|diente de oro"),
        ("missing_teeth", r"(?:(?:front |top |bottom )*(?:teeth|tooth) (?:missing|out|gone|knocked out)|(?:missing|"
            r"no) (?:(?:some|a|two|his|front|top|bottom|upper|lower|side) )*(?:teeth|tooth)|gap in (?:his )?teeth|"
            r"toothless|gappy|zahnlucke|sem dentes?|fara dinti|fehlende zahne|dannedd ar goll)"),
        ("braces", r"(?:train ?track(?:s)?(?: braces)?|braces?(?! himself)(?: on (?:his |the )?teeth)?|zahnspange|"
            r"aparelho)"),
        ("bad_teeth", r"(?:bad|rotten|brown|yellow|crooked|black|horrible|stained|broken) teeth|schlechte zahne"),
        ("missing_finger", r"(?:(?:\w+ )?fingers? (?:missing|gone|off|short)|missing (?:\w+ ){0,2}fingers?|(?:top|"
            r"tip|end|half|bit) of (?:\w+ ){0,3}finger (?:missing|gone)|finger fehlt|half a finger|stump)"),
        ("cauliflower_ear", r"cauli(?:flower)? ears?"),
        ("hearing_aid", r"hearing aids?|horgerat"),
        ("glasses", r"glasses|spectacles|\bspecs\b|brille\b|brillentrager|oculos|gafas|lunettes|okulary|ochelari|"
            r"sbectol|bril\b"),
        ("walking_aid", r"(?:walking )?stick\b|walks with (?:a )?(?:stick|cane|crutch)|crutch(?:es)?|cane\b|zimmer|"
            r"gehstock|krucken|bengala"),
        ("wheelchair", r"wheel ?chair|mobility scooter|rollstuhl"),
        ("limp", r"limp(?:s|ed|ing)?\b|hinkt|hobbl\w+|manca\b|walks funny|bad leg|gammy leg"),
        ("stammer", r"stammer\w*|stutter\w*|stottert|gago|gagueja"),
        ("bad_skin", r"(?:bad|spotty|rough|poor|pitted|pock ?-?marked|greasy|acne|blotchy) ?(?:skin|face|"
            r"complexion)|pock ?-?marked|acne|spotty|pock ?marks|unreine haut"),
        ("scabs", r"scab(?:s|by)\b(?: (?:on|all over) (?:his )?(?:face|hands?|arms?))?(?: face)?|sores on"),
        ("birthmark", r"birth ?mark|port wine stain|muttermal|sinal de nascenca"),
        ("burn", r"burn (?:scar|mark|s\b)|burns? (?:on|to)|burn scars?|burned skin|brandnarbe|queimadura"),
        ("scar", r"scars?\b|scarred|narben?\b|cicatri\w+|blizn\w+|craith"),
        ("mole", r"mole\b|leberfleck|verruga|wart\b"),
        ("piercing", r"pierc(?:ing|ings|ed)\b|(?:nipple|nose|lip|eyebrow|tongue|ear) (?:ring|bar|stud|bars|rings|"
            r"studs)s?\b|ear ?rings?|nose stud|piercing"),
        ("belly", r"(?:beer |pot |bit of a |big |slight )?belly\b|paunch|pot bellied|bauch\b|barriga"),
        ("smell_of_drink", r"(?:smel(?:t|ls|led|ling|l)|stank|stinks?|stinking|reek(?:s|ed|ing)?|reeked|"
            r"breath)(?: \w+){0,2} of (?:\w+ ){0,2}?(?:drink|alcohol|booze|beer|whisk(?:e)?y|vodka|lager|cider|ale|"
            r"rum)|booz\w* breath|drunk breath|alkoholfahne|cheirava a alcool|cheiro de alcool|"
            r"alcohol on (?:his )?breath|smelt drunk"),
        ("smell_of_cannabis", r"(?:smel(?:t|ls|led|ling|l)|stank|stinks?|stinking|reek(?:s|ed|ing)?|"
            r"reeked)(?: \w+){0,2} of (?:\w+ ){0,2}?(?:weed|cannabis|skunk|ganja|dope|pot\b)|cheiro de maconha|"
            r"cheirava a maconha|gras geruch"),
        ("smell_of_smoke", r"(?:smel(?:t|ls|led|ling|l)|stank|stinks?|reek(?:s|"
            r"ed)?)(?: \w+){0,2} of (?:\w+ ){0,2}?(?:smoke|fags|cigarettes|cigars|tobacco)"),
        ("smell_of_fuel", r"(?:smel(?:t|ls|led|ling|l)|stank|stinks?|reek(?:s|"
            r"ed)?)(?: \w+){0,2} of (?:\w+ ){0,2}?(?:diesel|petrol|fuel|oil\b|grease)"),
        ("strong_aftershave", r"(?:strong|loads of|too much|lots of|heavy|overpowering|stank of|stinks of|smelt of|"
            r"smells of|expensive) (?:aftershave|cologne|perfume|lynx)|aftershave"),
        ("bad_breath", r"bad breath|breath (?:stank|stinks|smelt|smells|reeked|was rank)(?! of)|smelly breath|"
            r"halitosis|mundgeruch|mau halito"),
        ("lanyard", r"lanyard"),
        ("ring", r"(?:sov(?:ereign)?|signet|gold|silver|skull|big|wedding|chunky|thumb|fat)(?:[ -](?:gold|silver|"
            r"skull|wedding|chunky))* rings?|\brings? on|siegelring|anel|wedding band|eheringe?|(?:sovereign|"
            r"sov)s?\b"),
        ("chain", r"(?:gold|silver|thick|big|chunky|neck|heavy)?(?: |-)?(?:neck)?chain\b|necklace|goldkette|"
            r"corrente de ouro|lant de aur|kette\b|lanc de aur"),
        ("watch", r"(?:nice|expensive|gold|big|smart|silver|flash|rolex|fake|apple|designer)? ?watch\b(?!ing|ed|"
            r"es)|rolex|armbanduhr|relogio"),
        ("bracelet", r"bracelet|bangle|armband\b|pulseira|wrist ?band"),
    )
)  # fmt: skip
_LONGER: Final = {
    "glasses": re.compile(
        r"(?:(?:thick|thin|big|black|round|gold|wire|dark|framed|frame|reading|horn|rimmed|sun)[ -]?)*(?:framed|"
        r"rimmed)?[ -]?(?:sun)?(?:glasses|specs|frames)(?: on (?:a )?(?:cord|string|chain))?"
    )
}
_DENIED: Final = re.compile(r"\b(?:no|without|not wearing|keine?|sem|fara|not|didn'?t have(?: any| a)?) (?:\w+ )?$")


def read_marks(text: str, *, alone: bool = False) -> tuple[Mark, ...]:
    """Marks in the order of the text. `alone`: the column asks for tattoos and marks."""
    found: list[Mark] = []
    for chunk in chunks(text):
        found += _tattoos(chunk, alone=alone)
        taken = chunk
        for code, pattern in _SIMPLE:
            match = pattern.search(taken)
            if not match or _DENIED.search(taken[: match.start()]):
                continue
            words = _longer(code, taken, match)
            part, side = _where(code, taken, match)
            found.append(Mark(MarkData(code, part, side), words))
            taken = taken[: match.start()] + "#" * (match.end() - match.start()) + taken[match.end() :]
    unique = {mark.data: mark for mark in reversed(found)}
    marks = [mark for mark in found if unique.get(mark.data) is mark]
    seen = {mark.data.mark for mark in marks}
    return tuple(mark for mark in marks if not (mark.data.mark == "scar" and "burn" in seen and "burn" in mark.words))


_ENGLISH: Final = re.compile(
    r"glass|spec|frame|scar|tooth|teeth|brace|train|finger|stump|cauli|hearing|stick|cane|crutch|zimmer|chair|"
    r"scooter|limp|hobbl|leg|stammer|stutter|skin|"
    r"pock|spott|acne|face|scab|sore|birth|port|burn|mole|wart|pierc|ring|stud|bar|belly|paunch|smel|stank|stink|"
    r"reek|booz|breath|drunk|alcohol|"
    r"aftershave|cologne|perfume|lynx|lanyard|chain|necklace|watch|rolex|bracelet|bangle|band|sov|gap|toothless|walk"
)


def chunks(text: str) -> list[str]:
    """A description in its folded parts: what commas and full stops divide."""
    return [part.strip() for part in _CHUNKS.split(fold(text)) if part and part.strip()]


def _longer(code: str, chunk: str, match: re.Match[str]) -> str:
    if not _ENGLISH.search(match[0]):
        part, side = _where(code, chunk, match)
        return " ".join(word for word in (code.replace("_", " "), side, part) if word)
    if code in _LONGER and (longer := _LONGER[code].search(chunk)):
        return longer[0].strip()
    if code in ("scar", "burn", "mole", "missing_finger"):
        tail = re.match(
            r"(?: (?:scar|mark))?(?: (?:on|thru|through|over|down|across|under|above|to) (?:his |the |"
            r"one )?(?:left |right |both )?(?:\w+))?(?: (?:left|right) \w+)?",
            chunk[match.end() :],
        )
        return (match[0] + (tail[0] if tail else "")).strip()
    return match[0].strip()


_PART_OF: Final = frozenset(
    {"scar", "burn", "mole", "birthmark", "missing_finger", "piercing", "scabs", "cauliflower_ear", "gold_tooth"}
)


def _where(code: str, chunk: str, match: re.Match[str]) -> tuple[str | None, str | None]:
    if code not in _PART_OF:
        return None, None
    around = chunk[match.start() : match.end() + 30]
    part = (
        {"cauliflower_ear": "ear", "gold_tooth": "mouth", "missing_finger": "finger"}.get(code)
        or _part(around)
        or _part(chunk)
    )
    return part, _side(around)


def _part(text: str) -> str | None:
    found = [(m.start(), code) for code, pattern in _COMPILED_PARTS if (m := pattern.search(text))]
    return min(found)[1] if found else None


def _side(text: str) -> str | None:
    return next((code for code, pattern in _SIDES if pattern.search(text)), None)


def _tattoos(chunk: str, *, alone: bool) -> list[Mark]:
    said = _TATTOO.search(chunk)
    motifs = sorted((m.start(), code, m[0]) for code, pattern in _MOTIFS if (m := pattern.search(chunk)))
    part = _part(chunk)
    if not said:
        implied = alone and motifs and (part or motifs[0][1] in ("numbers", "teardrop", "sleeve", "numbers"))
        if not implied or re.search(
            r"\b(?:ring|rings|pic\b|photo|on whatsapp|shirt|hoodie|burn|scar|chain|bar|watch|name\b|top|cap|jacket|"
            r"hat|tooth|trainers)",
            chunk,
        ):
            if not re.search(r"\btear (?:under|on|drop)|teardrop", chunk):
                return []
            motifs, part = [(0, "teardrop", "teardrop")], "face"
    if said and _DENIED.search(chunk[: said.start()]):
        return []
    chosen = [m for m in motifs if not (m[1] == "sleeve" and len(motifs) > 1)][:1]
    motif = chosen[0][1] if chosen else None
    if motif == "teardrop":
        part = part or "face"
    if motif == "sleeve" or (said and "sleeve" in chunk and not part):
        part = "arm"
    chunk = re.sub(r"\([^)]*\)|\(.*$", "", chunk).strip()
    if not said and "tattoo" not in chunk:
        chunk = chunk + " tattoo"
    words = chunk[:60]
    if not re.search(r"tatt?|ink", words) or re.search(r"tatua|tatow|tatou|tatw", words):
        words = " ".join(word for word in (motif, "tattoo", _side(chunk), part) if word)
    return [
        Mark(
            MarkData("tattoo", part, _side(chunk), motif),
            re.sub(r"\bl (?=arm|hand|leg|forearm)", "left ", re.sub(r"\br (?=arm|hand|leg|forearm)", "right ", words)),
        )
    ]
