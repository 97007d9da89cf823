"""Canonical forms of what may identify a person described: telephone, e-mail, handle, plate.

Does not search text for identifiers and does not say whether one exists: it takes what somebody claims to be a
telephone number (or another kind) and returns the one spelling that is compared and tagged, or refuses. Each function
leaves its own result unchanged. Source: spec/bodies.md §2.3.

Telephone numbers need only be *possible*: the ranges that Ofcom keeps for fiction are not *valid* to `phonenumbers`,
and nor is a range opened after its release.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import phonenumbers

from protocol.errors import IdentifierInvalid

MAX_INPUT: Final = 320
"""Characters; the longest e-mail address is the longest identifier there is."""

HOME_COUNTRY_CODE: Final = 44
"""Of the United Kingdom, where numbers are written without it."""

_PHONE_CHARACTERS: Final = re.compile(r"\+?[0-9 ()./\-]{5,40}")
_E_MAIL: Final = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@(?=.{4,255}\Z)[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PLATE: Final = re.compile(r"[A-Z0-9]{2,10}")
_PLATE_PATTERN: Final = re.compile(r"[A-Z0-9?*]{1,12}")

_GB_PLATES: Final = (
    re.compile(r"[A-Z]{2}[0-9]{2}[A-Z]{3}"),
    re.compile(r"[A-Z][0-9]{1,3}[A-Z]{3}"),
    re.compile(r"[A-Z]{3}[0-9]{1,3}[A-Z]"),
    re.compile(r"[0-9]{1,4}[A-Z]{1,2}|[0-9]{1,3}[A-Z]{1,3}|[A-Z]{1,2}[0-9]{1,4}|[A-Z]{1,3}[0-9]{1,4}"),
    re.compile(r"[0-9]{3}[DX][0-9]{3}"),
)


def canonical(kind: str, text: str) -> str:
    """The one spelling of an identifier of a kind of `vocabulary.IDENTIFIER_KINDS`.

    Raises:
        IdentifierInvalid: `kind` is none of them, or the text is no such identifier.
    """
    function = _BY_KIND.get(kind)
    if function is None:
        raise IdentifierInvalid("kind", "kind")
    return function(text)


def canonical_phone(text: str, region: str = "GB") -> str:
    """E.164, such as `+447700900123`.

    Args:
        text: a number as written: spaces, brackets, dashes, `+44 (0)`, `0044` and fullwidth digits are understood.
        region: two letters, where a number without a country code belongs.

    Raises:
        IdentifierInvalid: it is no possible number.
    """
    plain = _digits_in_ascii(_bounded(text, "phone"))
    if plain.startswith(("+", "00")):
        plain = plain.replace("(0)", "")
    if not _PHONE_CHARACTERS.fullmatch(plain):
        raise IdentifierInvalid("phone", "phone")
    if plain.startswith("00"):
        plain = "+" + plain[2:].lstrip(" -.")
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException as error:
        raise IdentifierInvalid("phone", "phone") from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or number.extension:
        raise IdentifierInvalid("phone", "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def written_phone(canonical: str) -> str:
    """A canonical number as people write it: `07700 900123`; of another country with its code; else as it stands."""
    try:
        number = phonenumbers.parse(canonical)
    except phonenumbers.NumberParseException:
        return canonical
    shape = phonenumbers.PhoneNumberFormat
    home = number.country_code == HOME_COUNTRY_CODE
    return phonenumbers.format_number(number, shape.NATIONAL if home else shape.INTERNATIONAL)


def canonical_e_mail(text: str) -> str:
    """An e-mail address in lower case; a name of a host outside ASCII becomes its ASCII form.

    Raises:
        IdentifierInvalid: it is no address.
    """
    plain = _folded(_bounded(text, "e_mail")).removeprefix("mailto:")
    if not _E_MAIL.fullmatch(plain):
        raise IdentifierInvalid("e_mail", "e_mail")
    local, _, host = plain.rpartition("@")
    try:
        return f"{local}@{host.encode('idna').decode('ascii').lower()}"
    except UnicodeError as error:
        raise IdentifierInvalid("e_mail", "e_mail") from error


def canonical_handle(text: str) -> str:
    """A name on an app or site: NFKC, case folded, without `@` in front; emoji are kept.

    Raises:
        IdentifierInvalid: empty, longer than 64 characters, with spaces or control characters, or without any letter
            or digit.
    """
    plain = _folded(_bounded(text, "handle")).lstrip("@")
    if not 1 <= len(plain) <= 64 or any(c.isspace() or not (c.isprintable() or c == "\u200d") for c in plain):
        raise IdentifierInvalid("handle", "handle")
    if not any(c.isalnum() for c in plain):
        raise IdentifierInvalid("handle", "handle")
    return plain


def canonical_plate(text: str) -> str:
    """A whole registration mark: upper case, without spaces; foreign marks are kept as they stand.

    Raises:
        IdentifierInvalid: not 2 to 10 letters and digits, or without a digit.
    """
    plain = _without_gaps(_bounded(text, "plate"))
    if not _PLATE.fullmatch(plain) or not any(c.isdigit() for c in plain):
        raise IdentifierInvalid("plate", "plate")
    return plain


def canonical_plate_pattern(text: str) -> str:
    """What is known of a registration mark: `?` stands for one unknown character, `*` for any number of them.

    Raises:
        IdentifierInvalid: other characters, or nothing known.
    """
    plain = re.sub(r"\*+", "*", _without_gaps(_bounded(text, "plate")))
    if not _PLATE_PATTERN.fullmatch(plain) or not any(c.isalnum() for c in plain):
        raise IdentifierInvalid("plate", "plate")
    return plain


def is_gb_plate(plate: str) -> bool:
    """Whether a canonical plate has one of the forms issued in the United Kingdom. Source: DOMAIN.md §5."""
    return any(form.fullmatch(plate) for form in _GB_PLATES)


def _bounded(text: str, kind: str) -> str:
    if len(text) > MAX_INPUT:
        raise IdentifierInvalid(kind, "too long")
    return unicodedata.normalize("NFKC", text).strip()


def _folded(text: str) -> str:
    """NFKC and case folding, each once more: either may undo the other once."""
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text.casefold())
    return text.strip()


def _digits_in_ascii(text: str) -> str:
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _without_gaps(text: str) -> str:
    return re.sub(r"[\s.\-\u2010-\u2015]", "", text).upper()


_BY_KIND: Final[dict[str, Callable[[str], str]]] = {
    "phone": canonical_phone,
    "e_mail": canonical_e_mail,
    "handle": canonical_handle,
    "plate": canonical_plate,
}
