"""Reads the catalogues of this package. Dates and lists are those of the language, as the Unicode CLDR has them."""

import datetime as dt
import gettext
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from node.core.errors import Misconfigured
from protocol.wording.catalogue import ENGLISH, Catalogue


def read_catalogues(folder: Traversable | None = None) -> Mapping[str, Catalogue]:
    """Every language that there is, by its code, English first.

    Args:
        folder: one folder for each language; None: those of this package.

    Raises:
        Misconfigured: `config.language`: a file is no catalogue, or its folder's name no language.
    """
    return _read_all(folder) if folder is not None else _of_this_package()


@cache
def _of_this_package() -> Mapping[str, Catalogue]:
    """Read once a process: it takes a tenth of a second."""
    return _read_all(files("node.wording") / "locale")


def _read_all(folder: Traversable) -> Mapping[str, Catalogue]:
    found = {ENGLISH.language: ENGLISH}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = entry / "LC_MESSAGES" / "watchword.po"
        if path.is_file():
            found[entry.name] = _read(entry.name, path)
    return found


def _read(language: str, path: Traversable) -> Catalogue:
    try:
        locale = Locale.parse(language, sep="-")
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale, abort_invalid=True)
        plural: Callable[[int], int] = gettext.c2py(catalog.plural_expr)
    except (ValueError, UnknownLocaleError, PoFileError) as error:
        raise Misconfigured("language", f"the catalogue of the language {language} cannot be read") from error
    return Catalogue(
        language=language,
        name=(locale.get_display_name(locale) or language).capitalize(),
        reviewed=not catalog.fuzzy,
        messages={_key(message): _forms(message) for message in catalog if message.id and _is_whole(message)},
        plural=plural,
        day=partial(_day, locale),
        month=partial(_month, locale),
        listed=partial(_listed, locale),
    )


def messages_of(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """What a catalogue file has, by context and English; not its header."""
    return {_key(message): message for message in catalog if message.id}


def _key(message: Message) -> tuple[str, str]:
    english = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", english


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _is_whole(message: Message) -> bool:
    return bool(_forms(message)) and all(_forms(message))


def _day(locale: Locale, day: dt.date) -> str:
    return format_date(day, "long", locale=locale)


def _month(locale: Locale, month: dt.date) -> str:
    return format_skeleton("yMMMM", dt.datetime.combine(month, dt.time()), locale=locale)


def _listed(locale: Locale, things: Sequence[str]) -> str:
    """With *and*, unless the language writes that in a way that depends on the next word: `a(c)`.

    Not in the CLDR's style of units: of Welsh, Babel has half of it, and fails on three things.
    """
    varies = "(" in locale.list_patterns["standard"]["2"]
    return ", ".join(things) if varies else format_list(list(things), locale=locale)
