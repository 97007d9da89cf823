"""A desk, a log and a voice for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from node.actions.case_desk import CaseDesk
from node.core.voice import Voice
from protocol.vectors.scene import Scene
from tests.node.builders import a_desk, a_scene, a_voice


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def voice(scene: Scene) -> Voice:
    return a_voice(scene)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = a_desk(tmp_path)
    yield made
    made.store.close()
