"""Telephone numbers, e-mail addresses and handles in text, and whose they are.

A number that the text says is hers, stolen from her or for reaching her is never an identifier of the person described.
Numbers in words, with O for 0, in groups, without their first zero and cut short are understood; one that cannot be
made whole is left out. Source: sheets/README.md (gold).
"""

import re
from typing import Final

import msgspec

from node.core.sheets.words import fold_in_place, word_set
from protocol.errors import IdentifierInvalid
from protocol.identifiers import canonical_e_mail, canonical_handle, canonical_phone


class Found(msgspec.Struct, frozen=True):
    """One identifier in a text. `kind` as in gold: phone, email, handle. `hers`: the text says it is the reporter's."""

    kind: str
    canonical: str
    raw: str
    start: int
    platform: str | None = None
    partial: bool = False
    hers: bool = False
    his: bool = False


_DIGIT_WORDS: Final = {
    **dict.fromkeys(("zero", "oh", "nought", "naught", "null", "nula", "dim", "sero", "o"), "0"),
    **dict.fromkeys(("one", "um", "uno", "eins", "unu", "jeden", "un"), "1"),
    **dict.fromkeys(("two", "dois", "dos", "zwei", "doi", "dwa", "deux", "dau"), "2"),
    **dict.fromkeys(("three", "tres", "drei", "trei", "trzy", "trois", "tri"), "3"),
    **dict.fromkeys(("four", "quatro", "cuatro", "vier", "patru", "cztery", "quatre", "pedwar"), "4"),
    **dict.fromkeys(("five", "cinco", "funf", "cinci", "piec", "cinq", "pump"), "5"),
    **dict.fromkeys(("six", "seis", "sechs", "sase", "szesc", "chwech"), "6"),
    **dict.fromkeys(("seven", "sete", "siete", "sieben", "sapte", "siedem", "sept", "saith"), "7"),
    **dict.fromkeys(("eight", "oito", "ocho", "acht", "opt", "osiem", "huit", "wyth"), "8"),
    **dict.fromkeys(("nine", "nove", "nueve", "neun", "noua", "dziewiec", "neuf", "naw"), "9"),
}  # fmt: skip
_WORD: Final = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_RUN: Final = re.compile(
    rf"(?<![\w@.])(?:\d[\d]*|\b(?:double|triple|treble|dwbl)[ -]+(?:{_WORD}|\d)\b|"
    rf"\b(?:{_WORD})\b)(?:[ \-,.]*(?:\d+|(?:double|triple|treble|dwbl)[ -]+(?:{_WORD}|\d)\b|"
    rf"(?:{_WORD})\b)){{2,}}"
)
_TOKEN: Final = re.compile(rf"(double|triple|treble|dwbl)[ -]+({_WORD}|\d)|\b({_WORD})\b|(\d+)")
_PHONE: Final = re.compile(r"(?<![\w.@])(?:\+|00)?\(?\d(?:[ \-.()\u2010-\u2015/]{0,3}\d){5,18}(?![\d@])")
_LETTER_DIGITS: Final = re.compile(
    r"(?<![a-z0-9@_.])(?=[0-9ol|i ()+\-]*\d)(?=[0-9ol|i ()+\-]*[ol|i])[0o+(][0-9ol|i][0-9ol|i ()\-]{7,16}[0-9ol|"
    r"i](?![a-z0-9@_.])"
)
_ENDS: Final = re.compile(
    r"\b(?:ends?|ending|ended|last (?:\w+ )?(?:digits?|numbers?|three|3|4|four|2|two)|endet(?: auf)?|termina(?: em|"
    r" en)?|se termina in|konczy sie|finishing|finishes)"
    r"(?: (?:in|with|is|was|are|digits|auf|:))* *[:\-]? *(\d{2,5})\b(?! ?\d)|(?:…|\.{2,}|\*{2,}|x{3,}) ?(\d{2,5})\b"
)
_SHORT_SECOND: Final = re.compile(r"^\s*(?:&|/|or|and|\+|,)\s*(\d{6}|\d{3} ?\d{3}|\d{3})(?![\d ]*\d)")
_E_MAIL: Final = re.compile(r"[a-z0-9._%+\-]{1,64}\s?@\s?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
_SPOKEN_MAIL: Final = re.compile(  # bounded as addresses are: in a cell full of dashes it looked from each of them
    r"\b([a-z0-9_+\-.]{1,64}(?:(?: dot | punkt | punto | ponto | punct )[a-z0-9_+\-]{1,64})*) ?(?:\(at\)|\[at\]| at |"
    r" arroba |\bat\b) ?([a-z0-9\-]{1,63}(?:(?:\.| dot | punkt | punto | ponto | punct |\(dot\)|"
    r"\[dot\])[a-z0-9\-]{1,63})+)\b"
)
_HOSTS: Final = word_set("com net org uk co de fr es ro pl pt it eu info biz me ie nl hu cz cymru wales scot")
_PLATFORMS: Final = {
    "snap": "snapchat", "snapchat": "snapchat", "sc": "snapchat", "insta": "instagram", "ig": "instagram",
    "instagram": "instagram",
    "tg": "telegram", "telegram": "telegram", "fb": "facebook", "facebook": "facebook", "twitter": "x", "x": "x",
    "tiktok": "tiktok",
    "tik tok": "tiktok", "kik": "kik", "wickr": "wickr", "signal": "signal", "discord": "discord", "skype": "skype",
    "grindr": "grindr",
    "tinder": "tinder", "onlyfans": "onlyfans", "messenger": "facebook", "wechat": "wechat", "line": "line",
    "viber": "viber",
    "reddit": "reddit", "linkedin": "linkedin",
}  # fmt: skip
_PHONE_APPS: Final = frozenset(
    {"whatsapp", "whats app", "wa", "whatsap", "wats app", "phone", "text", "imessage", "tel", "mob", "mobile", "sms"}
)
_NOT_APPS: Final = word_set(
    "email e-mail mail http https www note nb n.b. name says said called driver passenger pic profile user "
    "username handle "
    "also his her time date see and or the same used uses reg plate car number no no. id ref msg booked from via "
    "photo rang call calls "
    "withheld contact site app website account him alias aka asked told paid"
)
_HANDLE: Final = r"@?[\w][\w.\-]*[\w\U0001F000-\U0001FAFF\u2600-\u27BF]"
_LABELLED: Final = re.compile(rf"(?<![\w@.])([a-z][a-z ]{{0,14}}?[a-z])\s?(?:[:=]| - |\()\s?({_HANDLE})", re.I)
_APP_THEN: Final = re.compile(
    rf"\b({'|'.join(sorted(map(re.escape, _PLATFORMS), key=len, reverse=True))})(?: (?:name|user(?:name)?|profile|"
    rf"handle|id|is|as|called|acc(?:ount)?))* ({_HANDLE})",
    re.I,
)
_ON_APP: Final = re.compile(
    rf"\s*(?:\(|on )\s*({'|'.join(sorted(map(re.escape, _PLATFORMS), key=len, reverse=True))})\b"
)
_AT: Final = re.compile(r"(?<![\w.])@([\w][\w.\-]{2,40})")

_HERS: Final = re.compile(
    r"\b(?:is|was|its|it's) (?:actually )?(?:her|hers|my|mine|our)\b|\bher (?:own |stolen |old |new |"
    r"work )?(?:phone|mobile|mob|number|sim|whatsapp|e-?mail|account|handset|line|no\.?)\b|\bhers\b|"
    r"\bnot (?:his|him|the man|the punter|the driver)\b|\b(?:stole|stolen|took|nicked|robbed)[^.;,]{0,30}\b(?:her|"
    r"phone|mobile)\b|\b(?:ring|call|text|reach|contact|phone|msg|message|whatsapp) (?:me|her|us|back)\b|"
    r"\bmy (?:number|phone|mobile|mob|new|other)\b|\b(?:stolen|robbed|nicked|taken) (?:phone|mobile|number|"
    r"handset)\b|\bphone (?:he |they )?(?:stole|took|nicked|robbed)|\bvictim'?s|\breporter'?s|\bworker'?s|"
    r"\b(?:ihre?|ihr) (?:handy|nummer|telefon)|\btelefone dela\b|\bsu (?:movil|telefono)\b|\btelefonul (?:ei|"
    r"meu)\b|\bei ffon\b|\bmeu (?:telefone|celular|numero)\b|\bmama'?s|\bfriend'?s (?:phone|number)|"
    r"\bof the (?:girl|woman|lady|worker|lad)\b|\bhis victim|\bhe took off her\b|"
    r"\b(?:women|ladies|girl|lass|lad|lads)'?s (?:phone|number|mobile)\b"
)
_HIS: Final = re.compile(
    r"\b(?:his|him|he|they|the man|bloke|punter|driver|caller|man's|dele|deles|seine?|sein|er|lui|el|ei)\b|"
    r"\b(?:rang|texted|called|messaged|phoned|booked|contacted)(?: \w+){0,2} (?:from|on|off|via|with)\b|"
    r"\bleft (?:that |his |a )?number|\bnumber (?:he|used|was|again)|\bwith(?:held)?\b|\bwhatsapp'?d? (?:her )?from\b"
)


def find_numbers(text: str, *, region: str = "GB") -> tuple[Found, ...]:
    """Telephone numbers and e-mail addresses of a text, in order.

    Args:
        text: as written.
        region: where numbers without a country code belong.
    """
    folded, runs = _with_digits(fold_in_place(text))
    mails = _e_mails(folded, text)
    hidden = folded
    for mail in mails:
        hidden = hidden[: mail.start] + "\x00" * len(mail.raw) + hidden[mail.start + len(mail.raw) :]
    phones = [_whole_raw(found, runs, text) for found in _phones(hidden, text, region)]
    return tuple(sorted((*mails, *phones), key=lambda found: found.start))


def _whole_raw(found: Found, runs: list[tuple[int, int]], text: str) -> Found:
    """A number in words was written over more characters than it has digits."""
    for start, end in runs:
        if start <= found.start < end:
            return msgspec.structs.replace(found, raw=text[start:end].strip(" ,.-"))
    return found


def _with_digits(folded: str) -> tuple[str, list[tuple[int, int]]]:
    """Number words become digits and O becomes 0, with spaces so that positions do not move; where words stood."""
    runs: list[tuple[int, int]] = []

    def spoken(match: re.Match[str]) -> str:
        if not re.search(rf"\b(?:{_WORD}|double|triple|treble)\b", match[0]):
            return match[0]
        digits = []
        for token in _TOKEN.finditer(match[0]):
            if token[1]:
                one = token[2] if token[2].isdigit() else _DIGIT_WORDS[token[2]]
                digits.append(one * (2 if token[1] in ("double", "dwbl") else 3))
            else:
                digits.append(_DIGIT_WORDS[token[3]] if token[3] else token[4])
        joined = "".join(digits)
        if len(joined) < 6 or len(joined) > len(match[0]):
            return match[0]
        runs.append(match.span())
        return joined.ljust(len(match[0]))

    folded = _RUN.sub(spoken, folded)

    def lettered(match: re.Match[str]) -> str:
        digits = match[0].translate(str.maketrans("oli|", "0111"))
        return digits if sum(c.isdigit() for c in digits) >= 10 else match[0]

    return _LETTER_DIGITS.sub(lettered, folded), runs


def _e_mails(folded: str, text: str) -> list[Found]:
    found = []
    for match in _E_MAIL.finditer(folded):
        found += _mail(match, re.sub(r"\s", "", match[0]), folded, text)
    for match in _SPOKEN_MAIL.finditer(folded):
        host = re.sub(r" ?(?:\. ?|\bdot\b|\bpunkt\b|\bpunto\b|\bponto\b|\bpunct\b|\(dot\)|\[dot\]) ?", ".", match[2])
        local = re.sub(r" (?:dot|punkt|punto|ponto|punct) ", ".", match[1])
        spoken = bool(re.search(r" (?:dot|punkt|punto|ponto|punct) |[\[(](?:dot|at)[\])]", match[0]))
        if (
            (spoken or host.rpartition(".")[2] in _HOSTS)
            and re.fullmatch(r"[a-z]{2,10}", host.rpartition(".")[2])
            and not any(f.start == match.start() for f in found)
        ):
            found += _mail(match, f"{local}@{host}", folded, text)
    return found


def _mail(match: re.Match[str], address: str, folded: str, text: str) -> list[Found]:
    try:
        canonical = canonical_e_mail(address.strip(".-"))
    except IdentifierInvalid:
        return []
    hers, his = _whose(folded, match.start(), match.end())
    return [Found("email", canonical, text[match.start() : match.end()], match.start(), hers=hers, his=his)]


def _phones(folded: str, text: str, region: str) -> list[Found]:
    found: list[Found] = []
    for match in _PHONE.finditer(folded):
        for start, end in _split(match):
            canonical = _phone(folded[start:end], region)
            if canonical is None:
                continue
            hers, his = _whose(folded, start, end)
            found.append(Found("phone", canonical, text[start:end].strip(), start, hers=hers, his=his))
            short = _SHORT_SECOND.match(folded[end:])
            if short:
                tail = re.sub(r"\D", "", short[1])
                second = canonical[: -len(tail)] + tail
                raw = text[end + short.start(1) : end + short.end(1)]
                found.append(Found("phone", second, raw, end + short.start(1), hers=hers, his=his))
    for match in _ENDS.finditer(folded):
        tail = match[1] or match[2]
        if not any(f.start <= match.start() <= f.start + len(f.raw) for f in found):
            hers, his = _whose(folded, match.start(), match.end())
            found.append(
                Found(
                    "phone",
                    f"*{tail}",
                    text[match.start() : match.end()],
                    match.start(),
                    partial=True,
                    hers=hers,
                    his=his,
                )
            )
    return found


def _split(match: re.Match[str]) -> list[tuple[int, int]]:
    """Two numbers written one after the other, or one."""
    text = match[0]
    digits = re.sub(r"\D", "", text)
    starts = [m.start() for m in re.finditer(r"(?:(?<=[ /\-])|^)(?:\+44|0044|0(?=\d))", text)]
    if len(digits) > 13 and len(starts) >= 2:
        ends = [*starts[1:], len(text)]
        return [(match.start() + a, match.start() + b) for a, b in zip(starts, ends, strict=True)]
    return [(match.start(), match.end())]


def _phone(text: str, region: str) -> str | None:
    plain = text.strip(" -./")
    digits = re.sub(r"\D", "", plain)
    if (
        re.match(r"\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)\d\d(?!\d)|\d{4}-\d\d-\d\d(?!\d)", plain)
        or not 10 <= len(digits) <= 15
    ):
        return None
    if "/" in plain:
        plain = plain.replace("/", " ")
    national = region == "GB" and not plain.lstrip("(").startswith(("+", "00"))
    if national and not re.fullmatch(r"0[1-9]\d{8,9}|44\d{10}|440\d{10}|7[1-9]\d{8}|[12]\d{9}", digits):
        return None
    if national and re.fullmatch(r"0?7\d*", digits) and len(digits.lstrip("0")) != 10:
        return None
    if national and re.fullmatch(r"[12]\d{9}", digits):
        return None
    if national and digits.startswith("440"):
        plain = "+44" + digits[3:]
    try:
        return canonical_phone(plain, region)
    except IdentifierInvalid:
        return None


def _whose(folded: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the clause around a number says that it is hers, and whether it says that it is his."""
    left = max(folded.rfind(mark, 0, start) for mark in (". ", "; ", " / ", " ] ", ": "))
    rights = [place for mark in (". ", "; ", " / ") if (place := folded.find(mark, end)) >= 0]
    clause_before = folded[max(left, start - 70, 0) : start]
    clause_after = folded[end : min([*rights, end + 60])]
    near = clause_before + "\x00" + clause_after
    hers = bool(_HERS.search(near))
    return hers, bool(_HIS.search(near)) and not hers


def find_handles(text: str, platform: str = "", *, alone: bool = False) -> tuple[Found, ...]:
    """Names on apps and sites.

    Args:
        text: as written.
        platform: what the column beside says, "" if nothing.
        alone: the column asks just this: a cell of one word is a handle.
    """
    plain = text.strip()
    found: list[Found] = []
    taken: set[int] = set()
    for pattern in (_LABELLED, _APP_THEN):
        for match in pattern.finditer(plain):
            label, handle = fold_in_place(match[1]).strip(), match[2]
            said = label.split()[-1] if label.split() and label not in _PLATFORMS else label
            known = said in _PLATFORMS
            if (
                match.start(2) in taken
                or said in _NOT_APPS
                or said in _PHONE_APPS
                or not _is_handle(handle, known=known)
            ):
                continue
            if not known and pattern is _LABELLED and (" " in label or not alone or len(label) < 4):
                continue
            taken.add(match.start(2))
            found += _handle(handle, _PLATFORMS.get(said, said), match.start(2), plain)
    for match in _AT.finditer(plain):
        if (
            match.start(1) not in taken
            and match.start() not in taken
            and "@" not in plain[max(0, match.start() - 1) : match.start()]
        ):
            named = _ON_APP.match(fold_in_place(plain[match.end() :]))
            app = _PLATFORMS.get(named[1]) if named else platform_of(platform)
            found += _handle(match[1], app, match.start(1), plain)
            taken.add(match.start())
    if alone and not found and len(plain.split()) == 1 and _is_handle(plain, known=False):
        found += _handle(plain, platform_of(platform), 0, plain)
    return tuple(found)


def platform_of(text: str) -> str | None:
    """The name of an app or site from a cell that says just it, in lower case; None for descriptions and for phones."""
    plain = fold_in_place(text).strip(" .:-")
    if not plain or len(plain) > 24 or len(plain.split()) > 2 or plain in _PHONE_APPS:
        return None
    if re.search(r"\b(?:own|form|website|site|advert|ad|email|phone|text|street|n/a|none|\?)", plain):
        return None
    return _PLATFORMS.get(plain, plain) if re.search(r"[a-z]", plain) else None


def _is_handle(handle: str, *, known: bool) -> bool:
    plain = handle.lstrip("@")
    if (
        len(plain) < 3
        or re.search(r"[@/\\:+]", plain)
        or re.fullmatch(r"[\d.\-]+", plain)
        or plain.casefold() in _NOT_APPS
        or plain.casefold() in _PHONE_APPS
    ):
        return False
    if plain.casefold() in (
        "same",
        "name",
        "none",
        "unknown",
        "blocked",
        "deleted",
        "photo",
        "with",
        "message",
        "then",
        "there",
        "thread",
    ):
        return False
    return known or bool(re.search(r"[\d_.\-]", plain)) or handle.startswith("@") or not plain.isalpha()


def _handle(handle: str, platform: str | None, start: int, text: str) -> list[Found]:
    if re.search(r"\.(?:com|org|net|co\.uk)$", handle) and "@" not in handle:
        return []
    try:
        canonical = canonical_handle(handle)
    except IdentifierInvalid:
        return []
    hers, his = _whose(fold_in_place(text), start, start + len(handle))
    return [Found("handle", canonical, handle, start, platform=platform, hers=hers, his=his)]
