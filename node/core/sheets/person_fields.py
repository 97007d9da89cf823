"""The cells about the people described, taken apart where they describe several."""

import re
from typing import Final

import msgspec

from node.core.sheets import appearance, stature
from node.core.sheets.words import fold


class Field(msgspec.Struct, frozen=True):
    """One cell about a person: the features its column asks, its text, and whether it was a number.

    `person`: which of several the heading says (*Man 2*).
    """

    facets: tuple[str, ...]
    text: str
    number: bool = False
    person: int = 1


_NUMBERED: Final = re.compile(r"(?:(?<=^)|(?<=[\s;,.]))\(?([1-5])\s?[):]\s?(?!\d\d)")

_ROLES: Final = re.compile(
    r"\b(driver|passenger|first man|second man|man 1|man 2|first one|second one|other man|other one|1st|2nd|fahrer|"
    r"beifahrer)\s?:\s?",
    re.I,
)

_TIMES: Final = re.compile(r"\b([a-z]+) ?x ?(\d)\b")

_BY_SEX: Final = re.compile(r"\b(man|woman|male|female|bloke|lady)\b")


def take_apart(fields: tuple[Field, ...]) -> list[tuple[Field, ...]]:
    """The cells of each person described, one list a person; one list if they describe one."""
    if len({field.person for field in fields}) > 1:
        return [tuple(f for f in fields if f.person == person) for person in sorted({f.person for f in fields})]
    for splitter in (_numbered, _by_role, _by_count, _by_sex):
        several = [splitter(field.text) for field in fields]
        size = max((len(parts) for parts in several), default=0)
        if splitter is _numbered and size > 1:
            several = [parts or _only_first(field.text) for parts, field in zip(several, fields, strict=True)]
        if size > 1:
            people = []
            for i in range(size):
                people.append(
                    tuple(
                        msgspec.structs.replace(field, text=parts[i] if i < len(parts) else "") if parts else field
                        for field, parts in zip(fields, several, strict=True)
                        if parts or _shared(field) or (i == 0 and not _odd(field.text))
                    )
                )
            return people
    return [fields]


def _shared(field: Field) -> bool:
    """A column without parts tells something of all of them, unless it is about one."""
    return not re.match(r"\s*(?:one|1)\b", fold(field.text))


def _odd(text: str) -> bool:
    return stature.read_height(text) is not None or appearance.read_build(text) is not None


def _only_first(text: str) -> list[str]:
    head = re.match(r"\s*\(?1\s?[):]\s?(?!\d\d)", text)
    return [text[head.end() :]] if head else []


def _numbered(text: str) -> list[str]:
    heads = list(_NUMBERED.finditer(text))
    if len(heads) < 2 or [int(head[1]) for head in heads] != list(range(1, len(heads) + 1)):
        return []
    before = text[: heads[0].start()].strip(" ,;:")
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [f"{before} {text[head.end() : end]}".strip(" ,;") for head, end in zip(heads, ends, strict=True)]


def _by_role(text: str) -> list[str]:
    heads = list(_ROLES.finditer(text))
    if len(heads) < 2:
        return []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [text[head.end() : end].strip(" ,;") for head, end in zip(heads, ends, strict=True)]


def _by_count(text: str) -> list[str]:
    found = _TIMES.findall(fold(text))
    return [word for word, _ in found] if len(found) > 1 else []


def _by_sex(text: str) -> list[str]:
    parts = [part for part in re.split(r"[;,]|\band\b", fold(text)) if part.strip()]
    kinds = [
        {"male": "man", "bloke": "man", "female": "woman", "lady": "woman"}.get(m[1], m[1])
        if (m := _BY_SEX.search(part))
        else None
        for part in parts
    ]
    if len(parts) != 2 or None in kinds or kinds[0] == kinds[1]:
        return []
    return parts
