"""What people may be shown: the text of every template, and every string in the code that is more than a name.

Docstrings are shown where they are the help of a command; comments and the other docstrings speak to us.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import jinja2

PAGES: Final = (Path("node/web"), Path("protocol/house/web"), Path("hub/web"))
CODE: Final = (Path("node"), Path("protocol/house"), Path("protocol/wording"), Path("hub/web"), Path("hub/core"))
NOT_SHOWN: Final = (
    "node/core/sheets/",  # words that are looked for in other people's spreadsheets
    "node/core/leak/",  # words that are looked for in a reviewer's line
    "node/core/own_words.py",  # the same
    "node/core/common_words.py",
    "node/core/number_words.py",
    "node/store/",  # SQL and why tables are erased
    "node/wording/",  # the catalogues are read themselves
    "protocol/house/core/common_passwords.py",
    "protocol/house/store/",  # SQL and why tables are erased
)
_TAGS: Final = re.compile(r"<[^>]*>")
_ATTRIBUTES: Final = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"]*)"')
_WORDS: Final = re.compile(r"[A-Za-z]{2,} [A-Za-z]|^[A-Z][a-z]+")
"""More than a name: two words, or one that begins like a sentence."""


class Text(NamedTuple):
    """Something shown, and where it stands."""

    place: str
    text: str


def shown_in_templates() -> Iterator[Text]:
    environment = jinja2.Environment()
    for path in sorted(path for room in PAGES for path in room.glob("templates/**/*.html")):
        written = []
        for line, kind, value in environment.lex(path.read_text("utf-8")):
            if kind == "data":
                written.append(value)
            elif kind == "string" and _WORDS.search(value[1:-1]):
                yield Text(f"{path}:{line}", value[1:-1])
        html = "".join(written)
        for found in _ATTRIBUTES.findall(html):
            yield Text(str(path), found)
        for piece in _TAGS.sub("\n", html).split("\n"):
            if piece.strip():
                yield Text(str(path), piece.strip())


def shown_in_code() -> Iterator[Text]:
    for path in sorted(path for room in CODE for path in room.rglob("*.py")):
        if str(path).startswith(NOT_SHOWN):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        notes = _notes(tree, commands=path.name.startswith("cli"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in notes:
                continue
            if _WORDS.search(node.value):
                yield Text(f"{path}:{node.lineno}", node.value)


def _notes(tree: ast.Module, *, commands: bool) -> set[int]:
    """Strings that stand alone: docstrings and what explains a constant; a command's are its help."""
    alone = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    if not commands:
        return alone
    shown = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.decorator_list and ast.get_docstring(node):
            shown.add(id(node.body[0].value))  # type: ignore[attr-defined]
    return alone - shown
