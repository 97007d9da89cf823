"""Words of a row that must not leave: exact pieces of its cells. Too many rather than too few.

Whole private cells, their sentences and their parts; names, numbers, addresses, premises, references; and what patterns
find in the account: relatives, co-workers, health, status, what makes one person known. Never what describes the person
described: their names, numbers, marks, car.
"""

import re
from typing import Final

from node.core.sheets.places import is_town
from node.core.sheets.private_patterns import (
    ABOUT_HER,
    ADDRESS,
    BUILT,
    COMMON,
    E_MAIL,
    HANDLE,
    HEALTH,
    MONTHS,
    NAME,
    PHONE,
    POSTCODE,
    PREMISES,
    QUOTED,
    REFERENCE,
    ROOM,
    STATUS,
    TELLING,
    THAI_NAMES,
    THAI_STATUS,
    URL,
)
from node.core.sheets.words import contains_words, fold, says_nothing

MAX_PIECE: Final = 160
MAX_PIECES: Final = 400


class Seen:
    """Collects pieces once each, in order, and refuses what describes the person described."""

    def __init__(self, never: frozenset[str]) -> None:
        self._never = never
        self._pieces: dict[str, None] = {}

    def add(self, piece: str, *, name: bool = False) -> None:
        """Takes a piece, trimmed; blank, single-letter and forbidden ones are left out.

        `name`: it stands where names stand, so that April, Ginger and Chester are no ordinary words.
        """
        lead = "+" if re.match(r"\s*\+\d", piece) else ""
        plain = lead + piece.strip(" \t\r\n,;:.-–—/|&+()[]\"“”'‘’=!*")
        folded = fold(plain)
        if (
            len(plain) < 2
            or len(plain) > MAX_PIECE
            or (folded in self._never and not name)
            or says_nothing(plain)
            or len(self._pieces) >= MAX_PIECES
        ):
            return
        if len(plain) == 2 and not plain[0].isupper():
            return
        if not any(c.isalnum() for c in plain) or (plain.isdigit() and len(plain) < 4):
            return
        if not name and " " not in plain and (is_town(plain) or folded in MONTHS or folded in COMMON):
            return
        if re.search(r"\b[A-Z]\.$", piece.strip()) and len(plain) < 40:
            self._pieces.setdefault(piece.strip())
        self._pieces.setdefault(plain)

    def pieces(self) -> tuple[str, ...]:
        """All pieces, in the order found."""
        return tuple(self._pieces)


def private_pieces(
    *,
    private_cells: tuple[str, ...],
    names_cells: tuple[str, ...],
    place_cells: tuple[str, ...],
    open_cells: tuple[str, ...],
    described_cells: tuple[str, ...],
    staff: frozenset[str],
    never: frozenset[str],
    nouns_have_capitals: bool = False,
) -> tuple[str, ...]:
    """Exact pieces of a row's cells that must not leave.

    Args:
        private_cells: notes, outcome, references, contact and the like, with their comments.
        names_cells: who reported and who took it: what stands there is mostly names.
        place_cells: where it happened.
        open_cells: the account, and other cells in which anybody may be named.
        described_cells: description, vehicle, identifiers: only addresses in them are anybody else's.
        staff: names of staff seen anywhere in the file.
        never: folded texts that describe the person described: their names, identifiers, area, vehicle.
        nouns_have_capitals: the account is in German: a capital alone makes no name there.
    """
    seen = Seen(never)
    for text in names_cells:
        for name in _names_at_start(text):
            seen.add(name, name=True)
    for text in (*names_cells, *private_cells):
        _from_private(text, seen)
    for text in place_cells:
        _from_place(text, seen)
    for text in open_cells:
        _from_open(text, seen, nouns_have_capitals=nouns_have_capitals)
    for text in described_cells:
        for pattern in (URL, POSTCODE, ROOM):
            for match in pattern.finditer(text):
                seen.add(match[0])
    everything = "\n".join((*names_cells, *private_cells, *place_cells, *open_cells, *described_cells))
    for name in staff:
        if contains_words(everything, name):
            seen.add(name)
    return seen.pieces()


def _names_at_start(text: str) -> list[str]:
    """The aliases a cell of names begins with: `Mia (Mihaela Dobre) 077...` are Mia and Mihaela Dobre."""
    found = []
    head = re.split(r"\d|@|\s-\s|;|\bring\b|\btext\b|\bonly\b|\brang\b|\bno phone|\bon the\b|\bin office", text)[0]
    for part in re.split(r"[/,&()+=:.]|\band\b|\bor\b|\bhurt\b|\baka\b|\bvia\b", head):
        plain = part.strip(" \t\"“”'‘’-–—!?🌈")
        plain = re.sub(r"[^\w' -]+$", "", plain).strip()
        if (
            1 <= len(plain) <= 30
            and len(plain.split()) <= 3
            and any(c.isalpha() for c in plain)
            and not plain.islower()
        ):
            found.append(plain)
    return found


def _from_private(text: str, seen: Seen) -> None:
    stripped = text.strip()
    if says_nothing(stripped):
        return
    seen.add(stripped)
    for pattern in (
        URL,
        E_MAIL,
        HANDLE,
        PHONE,
        POSTCODE,
        REFERENCE,
        ROOM,
        ADDRESS,
        PREMISES,
        *THAI_NAMES,
        THAI_STATUS,
    ):
        for match in pattern.finditer(text):
            seen.add(match[0])
    for match in QUOTED.finditer(text):
        seen.add(match[1])
    for sentence in re.split(r"[.;\n|]\s+|\n|[!?]\s", text):
        seen.add(sentence)
        for chunk in re.split(r"[,()=/]|\s[-–—+&]\s|\b(?:and|but|so|because)\b", sentence):
            words = chunk.split()
            if len(words) > 2 or any(c.isdigit() for c in chunk) or (len(words) == 2 and words[1][:1].isupper()):
                seen.add(chunk)
    _from_patterns(text, seen)
    _names(text, seen, whole=True)


def _from_place(text: str, seen: Seen) -> None:
    if len(text.split()) > 1 and not _only_towns(text):
        seen.add(text)
        for part in re.findall(r"(?:Flat|Apt|Room|Rm|Unit|No\.?) ?\d+\w?, [A-Z][\w' ]+", text):
            seen.add(part)
    for chunk in re.split(r"[,;()\n]|\s[-–—]\s|\bthen\b|\bdriven to\b|\bpicked up\b|\btaken\b", text):
        plain = chunk.strip()
        words = plain.split()
        if (len(words) > 1 and not _only_towns(plain)) or any(c.isdigit() for c in plain):
            seen.add(plain)
            seen.add(re.sub(r"^(?:at|in|on|by|off|near|nr|to|the|again|up to|from) ", "", plain, flags=re.I))
    for pattern in (ADDRESS, PREMISES, POSTCODE, ROOM, QUOTED):
        for match in pattern.finditer(text):
            seen.add(match[0])
    for match in re.finditer(r"(?:[A-Z][\w'’]+)(?: [A-Z][\w'’]+)+", text):
        if not _only_towns(match[0]):
            seen.add(match[0])
    if re.search(r"\b(?:her|his) (?:flat|house|place|home|room)\b|\bhers\b", text):
        seen.add(re.search(r"\b(?:her|his) (?:flat|house|place|home|room)\b|\bhers\b", text)[0])  # type: ignore[index]


def _only_towns(text: str) -> bool:
    words = re.findall(r"[\w'’]+", fold(text))
    rest = [
        word
        for word in words
        if not is_town(word)
        and word
        not in (
            "city",
            "centre",
            "town",
            "and",
            "or",
            "mostly",
            "north",
            "south",
            "east",
            "west",
            "online",
            "area",
            "near",
            "nr",
            "incall",
            "outcall",
            "street",
            "hotel",
            "parlour",
            "shop",
            "apartment",
            "flat",
            "indoor",
        )
    ]
    return not rest


def _from_open(text: str, seen: Seen, *, nouns_have_capitals: bool) -> None:
    """The account and the descriptions: only what patterns know to be private."""
    for pattern in (URL, ADDRESS, POSTCODE, ROOM, PREMISES, *THAI_NAMES, THAI_STATUS):
        for match in pattern.finditer(text):
            if pattern is ADDRESS and (short := re.fullmatch(r"\d+[a-z]? ([A-Z]\w+)", match[0])):
                word = fold(short[1])
                if is_town(word) or word in MONTHS or word in COMMON or word.endswith(("an", "ish", "ese")):
                    continue
            seen.add(match[0])
    _from_patterns(text, seen)
    if nouns_have_capitals:
        for match in re.finditer(
            r"\b(?:heißt|heisst|namens|Frau|Herr|Freundin|Schwester|Kollegin|Nachbarin) ([A-ZÄÖÜ]\w+)", text
        ):
            seen.add(match[1])
    else:
        _names(text, seen, whole=False)


def _from_patterns(text: str, seen: Seen) -> None:
    for pattern in (ABOUT_HER, HEALTH, STATUS):
        for match in pattern.finditer(text):
            piece = match[0].strip()
            seen.add(piece)
            core = re.sub(
                r"^(?:she'?s?|he'?s?|her|his|and|but|then|had to|has|was|is|still|they) ", "", piece, flags=re.I
            )
            if len(core.split()) > 1:
                seen.add(core)
    for match in re.finditer(
        r"\b(?:trans worker|ts worker|trans woman|trans man|male worker|sou trans|law student|student visa|"
        r"school nurse|social worker|foster carer|leaving care|call centre|parcels firm|laundry room|"
        r"massage shop|carpet shop|student)\b",
        text,
        re.I,
    ):
        seen.add(match[0])
    for pattern in TELLING:
        for match in pattern.finditer(text):
            seen.add(match[0])


def _names(text: str, seen: Seen, *, whole: bool) -> None:
    """Words with a capital that begin no sentence; in private cells also those that a name's verb follows."""
    for match in NAME.finditer(text):
        piece = match[0].strip()
        first = fold(piece).split()[0].rstrip(".")
        before = text[: match.start()].rstrip()
        starts = not before or before[-1] in '.!?:;\n"“‘)]>'
        words = piece.split()
        if piece.isupper() and len(piece) > 2 and (not whole or fold(piece) in COMMON or len(piece) > 9):
            continue
        if first in COMMON or first in MONTHS or first.rstrip("'s’") in COMMON:
            for word in words[1:]:
                if fold(word) not in COMMON and fold(word) not in MONTHS and len(word) > 2:
                    seen.add(word)
            continue
        after = text[match.end() : match.end() + 14]
        named = bool(
            re.match(
                r"\s*(?:'s|’s|=|is |was |has |rang|said|says|doesn|does |can |who|on |at |and |or |\(|/|,|:|;|$|\+|"
                r"&|\d|-|–|\n|got |in |also|works|lives|wants|went|came|told|overstay|cut )",
                after,
            )
        )
        if (
            starts
            and len(words) == 1
            and not (named if whole else re.match(r"\s*(?:'s|’s|=| got | said| rang|:)", after))
        ):
            continue
        seen.add(piece)
        plain = re.sub(r"['’]s$", "", piece)
        seen.add(plain)
        if len(words) > 1 and not BUILT.search(piece):
            for word in words:
                if fold(word) not in COMMON and len(word) > 2 and word not in ("Mrs", "Miss"):
                    seen.add(re.sub(r"['’]s$", "", word))
