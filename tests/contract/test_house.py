"""What must be complete: settings, promises, the words of the README."""

import re
from pathlib import Path

import pytest

from hub.config import HubConfig
from node.config import NodeConfig

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("config", [HubConfig, NodeConfig])
def test_every_setting_is_in_its_class_s_manual(config: type[HubConfig] | type[NodeConfig]) -> None:
    manual = config.__doc__ or ""
    missing = [name for name in config.__struct_fields__ if f"        {name}:" not in manual]
    assert missing == []


def test_every_promise_names_its_tests_or_is_said_to_be_not_built_yet() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE))
    later = re.search(
        r"^(\d[\d, and]*) belongs? to (?:a part that is|parts that are) not built yet", text, re.MULTILINE
    )
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
