"""What must be complete: tables, settings, promises, the words of the README."""

import re
from pathlib import Path

import pytest

import node.store.schema  # noqa: F401 - tables are declared by being imported
from hub.config import HubConfig
from node.config import NodeConfig
from node.store.engine import NodeTable

ROOT = Path(__file__).parents[2]


def node_tables() -> list[type[NodeTable]]:
    """Every table class of a node."""
    found, waiting = [], [NodeTable]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if "__tablename__" in vars(kind):
                found.append(kind)
    return found


def test_every_table_of_a_node_says_what_it_is_erased_with() -> None:
    tables = node_tables()
    assert len(tables) > 15
    silent = [kind.__name__ for kind in tables if not getattr(kind, "erased_with", "")]
    assert silent == []


@pytest.mark.parametrize("config", [HubConfig, NodeConfig])
def test_every_setting_is_in_its_class_s_manual(config: type[HubConfig] | type[NodeConfig]) -> None:
    manual = config.__doc__ or ""
    missing = [name for name in config.__struct_fields__ if f"        {name}:" not in manual]
    assert missing == []


def test_every_promise_names_its_tests_or_is_said_to_be_not_built_yet() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE))
    later = re.search(r"^(\d[\d, and]*) belong to parts that are not built yet", text, re.MULTILINE)
    assert later is not None
    not_built = set(re.findall(r"\d+", later[1]))
    assert {*rows, *not_built} == {str(number) for number in range(1, 16)}
    assert not_built.isdisjoint(rows)
    for row in rows.values():
        paths = re.findall(r"`((?:tests|protocol)/[^`]*)`", row)
        assert paths
        assert all(list(ROOT.glob(path.rstrip("/"))) for path in paths), row


def test_the_readme_s_targets_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert {"help", "demo", "test", "check", "fix", "bench", "vectors"} <= targets
    assert named <= targets
