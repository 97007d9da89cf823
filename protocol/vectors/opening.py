"""Defects that continue the log of three projects."""

from collections.abc import Callable
from typing import Final

from protocol.vectors import forms
from protocol.vectors.forms import Vector
from protocol.vectors.scene import Scene, three_projects
from protocol.vectors.stories import OPENING

Defect = Callable[[Scene], object]
SMALL_ORDER: Final = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
"""A point of order 8."""


class Defects:
    """A table of functions, each of which continues the log of three projects and ends it in one void entry."""

    def __init__(self) -> None:
        self._table: list[tuple[str, str, Defect]] = []

    def defect(self, code: str, shows: str) -> Callable[[Defect], Defect]:
        """Registers a function under the code by which its last entry is void."""

        def register(function: Defect) -> Defect:
            self._table.append((code, shows, function))
            return function

        return register

    def vectors(self) -> dict[str, Vector]:
        """By name.

        Raises:
            RuntimeError: a log does not end in the void entry that it was made for.
        """
        opened, made = len(three_projects().entries), {}
        for code, shows, continues in self._table:
            scene = three_projects()
            continues(scene)
            vector = forms.replay(shows, scene, OPENING, opened)
            made[f"log_{continues.__name__}"] = ends_void(vector, code)
        return made


def ends_void(vector: Vector, code: str) -> Vector:
    """The vector with its rejection.

    Raises:
        RuntimeError: its last entry is not void by that code.
    """
    if vector["outcomes"][-1] != ["void", code]:
        raise RuntimeError(f"{vector['shows']}: {vector['outcomes'][-1]}")
    return forms.rejected(vector, code)
