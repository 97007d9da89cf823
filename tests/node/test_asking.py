"""The words in which permission is asked stand in files by language and version: other words are another version."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from node.core.errors import Misconfigured
from node.core.permissions import SWITCHES
from node.wording.asking import asking, read_asking

TEXT = (Path(__file__).parents[2] / "node" / "wording" / "asking_texts" / "en.toml").read_text("utf-8")
VERSIONS = {"ask/en/3": "fd0d2b72899d3c8b"}
"""Digest of the words of each version that is shipped."""


def digest(words: object) -> str:
    return hashlib.sha256(msgspec.json.encode(words, order="sorted")).hexdigest()[:16]


def test_the_words_are_those_of_their_version() -> None:
    assert {words.version: digest((words.opening, words.switches)) for words in asking().values()} == VERSIONS


def test_every_permission_can_be_asked_and_what_cannot_be_undone_comes_first() -> None:
    english = asking()["en"]
    assert next(iter(asking())) == "en" and set(english.switches) == set(SWITCHES)
    assert english.opening.startswith("Say first what cannot be undone")


def test_a_language_is_added_by_dropping_a_file_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(TEXT, "utf-8")
    romanian = TEXT.replace('"en"', '"ro"').replace("ask/en/3", "ask/ro/1").replace("English", "Română")
    (tmp_path / "ro.toml").write_text(romanian, "utf-8")
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert [words.version for words in read_asking(tmp_path).values()] == ["ask/en/3", "ask/ro/1"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("[switches.police_full]", "[switches.police_everything]"),
        ('version = "ask/en/3"', 'version = "ask/ro/2"'),
        ('language = "en"', 'language = "fr"'),
        ("reviewed = true", "reviewed = "),
        ("reviewed = true", "reviewed = true\nspoken = true"),
    ],
)
def test_a_file_that_is_not_whole_is_named(tmp_path: Path, wrong: str, right: str) -> None:
    assert wrong in TEXT
    (tmp_path / "en.toml").write_text(TEXT.replace(wrong, right), "utf-8")
    with pytest.raises(Misconfigured) as refused:
        read_asking(tmp_path)
    assert "en.toml" in refused.value.message
