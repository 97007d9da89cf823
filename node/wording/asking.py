"""Reads the words in which permission is asked: one file a language; another language is another file beside them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from node.core.asking import AskingWords
from node.core.errors import Misconfigured

FIRST = "en"


def read_asking(folder: Traversable | None = None) -> Mapping[str, AskingWords]:
    """Every language in which it can be asked, English first.

    Args:
        folder: of `<language>.toml` files; None: those of this package.

    Raises:
        Misconfigured: `config.asking`: a file is not of that form, or not whole.
    """
    found = {}
    for path in (folder or files("node.wording") / "asking_texts").iterdir():
        if path.name.endswith(".toml"):
            words = _read(path)
            found[words.language] = words
    return dict(sorted(found.items(), key=lambda item: (item[0] != FIRST, item[0])))


@cache
def asking() -> Mapping[str, AskingWords]:
    """Those of this package, read once.

    Raises:
        Misconfigured: as `read_asking`.
    """
    return read_asking()


def _read(path: Traversable) -> AskingWords:
    try:
        words = msgspec.convert(tomllib.loads(path.read_text("utf-8")), AskingWords)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise Misconfigured("asking", f"{path.name} does not hold the words of all permissions") from error
    if not words.is_whole or path.name != f"{words.language}.toml":
        raise Misconfigured("asking", f"{path.name} names another language, or misses a permission")
    return words
