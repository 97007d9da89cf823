"""Charts as SVG, written by hand: classes for the style sheet, no script, no inline style. Pure.

Each stands beside a table that says the same. What is too few to show is a cross on the ground line, never a gap that
looks like a mistake, and never a height. Lines differ by dash and mark, not by colour alone. Numbers come in as they
may be shown (`core.masking`): nothing here sees a true count.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, Literal

import msgspec

from hub.core.masking import Shown

WIDTH: Final = 480
"""Units of every chart's own grid: on a narrow phone, type of 15 units is still 11 pixels high."""

_LEFT, _RIGHT, _TOP, _GROUND = 48, 470, 44, 220
_LINE_HEIGHT: Final = 264
_STEPS: Final = (1, 2, 3, 4, 6, 8)
_BAR: Final = 22
_CHARACTER: Final = 8
"""Units that a character of a name takes, at most."""

_LONGEST_NAME: Final = 230
_TILE: Final = 46

Kind = Literal["all", "panel", "declared"]


class Line(msgspec.Struct, frozen=True):
    """One line of a chart; `values` beside the labels of its places.

    Attributes:
        begins_anew: places at which it is of something else than before: it is not drawn across to them.
    """

    name: str
    kind: Kind
    values: tuple[Shown, ...]
    begins_anew: frozenset[int] = frozenset()


class Tile(msgspec.Struct, frozen=True):
    """One square of a map: where it stands, what is written in it, its name, its number."""

    column: int
    row: int
    short: str
    name: str
    shown: Shown


def line_chart(title: str, labels: Sequence[str], lines: Sequence[Line]) -> str:
    """Numbers over time.

    Args:
        labels: of each place on the time axis; empty where nothing is to be written.
        lines: each with as many values as there are labels. None is too few to show.
    """
    highest = _nice_top(max((value or 0 for line in lines for value in line.values), default=0))
    places = [_LEFT + (_RIGHT - _LEFT) * (at + 0.5) / max(len(labels), 1) for at in range(len(labels))]
    parts = [_grid(highest)]
    parts += [_text(x, _GROUND + 20, label, "middle") for x, label in zip(places, labels, strict=True) if label]
    for number, line in enumerate(lines):
        points = [
            None if value is None else (x, _GROUND - (_GROUND - _TOP) * value / highest)
            for x, value in zip(places, line.values, strict=True)
        ]
        parts.append(_line(line, points, places))
        parts.append(_legend(line, number))
    return _svg(title, _LINE_HEIGHT, parts)


def bar_chart(title: str, bars: Sequence[tuple[str, Shown]]) -> str:
    """One bar for each part, in the order given."""
    highest = max([shown or 0 for _, shown in bars] + [1])
    left = min(_LONGEST_NAME, 16 + _CHARACTER * max((len(name) for name, _ in bars), default=0))
    parts = []
    for at, (name, shown) in enumerate(bars):
        y = 8 + at * (_BAR + 8)
        parts.append(_text(left - 8, y + 16, name, "end"))
        width = (WIDTH - left - 50) * (shown or 0) / highest
        if shown is None:
            parts += [_cross(left + 8, y + _BAR / 2), _text(left + 20, y + 16, "too few to show", "start")]
        else:
            parts.append(f'<rect class="ww-chart__bar" x="{left}" y="{y}" width="{width:.1f}" height="{_BAR}"/>')
            parts.append(_text(left + width + 6, y + 16, f"{shown:,}", "start"))
    return _svg(title, 16 + len(bars) * (_BAR + 8), parts)


def tile_map(title: str, tiles: Sequence[Tile]) -> str:
    """Equal squares, each about where its area lies: none looks important because it is large.

    The darker, the more, in five steps; a square with a cross is too few to show.
    """
    highest = max([tile.shown or 0 for tile in tiles] + [1])
    rows = max((tile.row for tile in tiles), default=0) + 1
    left = (WIDTH - _TILE * (max((tile.column for tile in tiles), default=0) + 1)) / 2
    parts = []
    for tile in tiles:
        x, y = left + tile.column * _TILE, tile.row * _TILE
        step = "none" if tile.shown is None else str(-(-5 * tile.shown // highest))
        said = "too few to show" if tile.shown is None else f"{tile.shown:,}"
        parts.append(
            f'<g class="ww-tile ww-tile--{step}"><title>{escape(tile.name)}: {said}</title>'
            f'<rect x="{x:.1f}" y="{y}" width="{_TILE - 3}" height="{_TILE - 3}"/>'
            f"{_text(x + (_TILE - 3) / 2, y + 19, tile.short, 'middle')}"
            f"{_text(x + (_TILE - 3) / 2, y + 36, '×' if tile.shown is None else said, 'middle')}</g>"
        )
    return _svg(title, rows * _TILE, parts)


def standalone(svg: str, style: str) -> str:
    """The same chart as a file of its own, with its style in it.

    Args:
        style: the charts' style sheet, ours.
    """
    head, rest = svg.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    said = escape(title)
    return (
        f'<svg class="ww-chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{said}">'
        f"<title>{said}</title>{''.join(parts)}</svg>"
    )


def _nice_top(highest: int) -> int:
    """The least of 10, 20, 30, 40, 60, 80, 100, … that is not below the highest number."""
    power = 10
    while True:
        for step in _STEPS:
            if step * power >= highest:
                return step * power
        power *= 10


def _grid(highest: int) -> str:
    rows = []
    for quarter in range(5):
        y = _GROUND - (_GROUND - _TOP) * quarter / 4
        rows.append(f'<path class="ww-chart__grid" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>')
        if quarter in (0, 2, 4):
            rows.append(_text(_LEFT - 6, y + 5, f"{highest * quarter // 4:,}", "end"))
    return "".join(rows)


def _line(line: Line, points: Sequence[tuple[float, float] | None], places: Sequence[float]) -> str:
    path, pen = [], "M"
    marks = []
    for at, (x, point) in enumerate(zip(places, points, strict=True)):
        if point is None:
            marks.append(_cross(x, _GROUND - 6))
            pen = "M"
            continue
        pen = "M" if at in line.begins_anew else pen
        path.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        marks.append(_mark(line.kind, *point))
        pen = "L"
    return f'<g class="ww-line ww-line--{line.kind}"><path d="{"".join(path)}"/>{"".join(marks)}</g>'


def _legend(line: Line, number: int) -> str:
    x = _LEFT + number * (WIDTH - _LEFT) / 2
    return (
        f'<g class="ww-line ww-line--{line.kind}"><path d="M{x} 16h30"/>{_mark(line.kind, x + 15, 16)}</g>'
        f"{_text(x + 36, 21, line.name, 'start')}"
    )


def _mark(kind: Kind, x: float, y: float) -> str:
    if kind == "panel":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _cross(x: float, y: float) -> str:
    return (
        f'<path class="ww-chart__few" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"><title>too few to show</title></path>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
