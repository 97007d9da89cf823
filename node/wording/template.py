"""Gathers every message that a catalogue must have, and brings the files up to date with it: `make words`.

Codes come from the tables of `protocol.wording.lists`; sentences are found where they are said: `say("...")` and
`count("...", "...")` in Python and in templates.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from protocol.wording.lists import LISTS

SENTENCES_IN: Final = ("protocol/wording/alert.py", "protocol/wording/person.py", "protocol/wording/vehicle.py")
TEMPLATES_IN: Final = ("node/web/templates/print", "node/web/templates/languages.html")
_KEYWORDS: Final = ("say", "count")
_ROOT: Final = Path(str(files("node"))).parent
_LOCALE: Final = _ROOT / "node" / "wording" / "locale"
_WIDTH: Final = 120


def template() -> Catalog:
    """All messages, in English, none translated."""
    made = Catalog(project="Watchword", version="1", charset="utf-8", fuzzy=False)
    for context, words in LISTS.items():
        for code, english in words.english.items():
            if not words.names or code == "other":
                made.add(english, context=context)
    for place, one, many in _sentences():
        made.add((one, many) if many else one, locations=[(place, 0)])
    return made


def _sentences() -> Iterator[tuple[str, str, str]]:
    """(file, sentence, its plural or "")."""
    for name in SENTENCES_IN:
        with (_ROOT / name).open("rb") as file:
            for _, function, said, _ in extract_python(file, dict.fromkeys(_KEYWORDS), (), {}):
                yield name, *_said(function, said)
    for name in TEMPLATES_IN:
        place = _ROOT / name
        for path in sorted(place.glob("*.html")) if place.is_dir() else [place]:
            with path.open("rb") as file:
                for _, function, written, _ in babel_extract(file, _KEYWORDS, (), {}):
                    yield str(path.relative_to(_ROOT)), *_said(function, written)


def _said(function: object, said: str | Sequence[str | None] | None) -> tuple[str, str]:
    texts = [said] if isinstance(said, str) else [text for text in said or () if text is not None]
    return texts[0], texts[1] if function == "count" else ""


def bring_up_to_date() -> list[str]:
    """Writes each catalogue again: what is new is empty, what is no longer said is gone. Its files, by name."""
    made, written = template(), []
    for path in sorted(_LOCALE.glob("*/LC_MESSAGES/watchword.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name)
        reviewed = not catalog.fuzzy
        catalog.update(made, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        catalog.fuzzy = not reviewed
        with path.open("wb") as file:
            write_po(file, catalog, width=_WIDTH, no_location=True, omit_header=False, include_previous=False)
        written.append(str(path.relative_to(_ROOT)))
    return written


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name}\n" for name in bring_up_to_date()))
