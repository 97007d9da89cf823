"""What a person may correct before an import: which column means what, what codes mean, where the sheet is from.

A mapping is a TOML file. Every field is checked; an error names the field and never its value.
"""

import datetime
import json
import tomllib
from typing import Any, Final

import msgspec

from node.core.sheets.errors import MappingInvalid
from node.core.sheets.layout import Column
from node.core.sheets.legend import SHARING, Code, Legend
from node.core.sheets.meanings import MEANINGS, is_meaning

VERSION: Final = 1
MAX_BYTES: Final = 2**20

_ALLOWED: Final = {
    "": {"version", "home_area", "year", "date_order", "worksheets"},
    "worksheet": {"name", "heading_row", "columns", "permission", "type_codes", "staff"},
    "column": {"heading", "means", "group"},
    "permission": {
        "codes",
        "not_written",
        "blank",
        "single_code_includes_earlier",
        "single_code_includes_earlier_until",
        "yes_words",
        "no_words",
    },
    "code": {"code", "yes", "no", "words"},
}


class TableMapping(msgspec.Struct, frozen=True):
    """One worksheet's table: where its heading is, what its columns mean, its legends."""

    worksheet: str = ""
    heading_row: int = 1
    columns: tuple[Column, ...] = ()
    legend: Legend = Legend()
    type_codes: dict[str, str] = {}
    staff: tuple[str, ...] = ()


class Mapping(msgspec.Struct, frozen=True):
    """How a file is to be read. `home_area`: the town of places that name no town; `year`: of days without one."""

    tables: tuple[TableMapping, ...] = ()
    home_area: str | None = None
    year: int | None = None
    date_order: str = "dmy"


def read_mapping(text: str) -> Mapping:
    """A mapping from TOML.

    Raises:
        MappingInvalid: no TOML, another version, an unknown field, or a field of a wrong kind; names the field.
    """
    if len(text) > MAX_BYTES:
        raise MappingInvalid("too_large", "file")
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, and nesting without end
        raise MappingInvalid("not_toml", "file") from error
    _known(raw, "", "")
    if raw.get("version") != VERSION:
        raise MappingInvalid("version", "version")
    order = _text(raw, "date_order", "", "dmy")
    if order not in ("dmy", "mdy"):
        raise MappingInvalid("value", "date_order")
    year = raw.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not 1950 <= year <= 2200):
        raise MappingInvalid("value", "year")
    tables = tuple(_table(item, f"worksheets[{i}]") for i, item in enumerate(_list(raw, "worksheets", "")))
    if not tables:
        raise MappingInvalid("missing", "worksheets")
    return Mapping(tables=tables, home_area=_text(raw, "home_area", "", "") or None, year=year, date_order=order)


def _known(raw: dict[str, Any], kind: str, where: str) -> None:
    for key in raw:
        if key not in _ALLOWED[kind]:
            raise MappingInvalid("unknown_field", f"{where}.{key}".strip("."))


def _text(raw: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = raw.get(key, default)
    if not isinstance(value, str):
        raise MappingInvalid("missing" if value is None else "kind", f"{where}.{key}".strip("."))
    return value


def _list(raw: dict[str, Any], key: str, where: str) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise MappingInvalid("kind", f"{where}.{key}".strip("."))
    return value


def _dict(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MappingInvalid("kind", where)
    return value


def _texts(raw: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = _list(raw, key, where)
    if not all(isinstance(value, str) for value in values):
        raise MappingInvalid("kind", f"{where}.{key}")
    return tuple(values)


def _table(item: object, where: str) -> TableMapping:
    raw = _dict(item, where)
    _known(raw, "worksheet", where)
    row = raw.get("heading_row", 1)
    if isinstance(row, bool) or not isinstance(row, int) or row < 1:
        raise MappingInvalid("value", f"{where}.heading_row")
    columns = []
    for i, entry in enumerate(_list(raw, "columns", where)):
        place = f"{where}.columns[{i}]"
        column = _dict(entry, place)
        _known(column, "column", place)
        meaning = _text(column, "means", place)
        if meaning and not is_meaning(meaning):
            raise MappingInvalid("unknown_meaning", f"{place}.means")
        columns.append(Column(i, _text(column, "heading", place), _text(column, "group", place, ""), meaning))
    if not columns:
        raise MappingInvalid("missing", f"{where}.columns")
    codes = _dict(raw.get("type_codes", {}), f"{where}.type_codes")
    if not all(isinstance(value, str) for value in codes.values()):
        raise MappingInvalid("kind", f"{where}.type_codes")
    return TableMapping(
        worksheet=_text(raw, "name", where, ""),
        heading_row=row,
        columns=tuple(columns),
        legend=_legend(_dict(raw.get("permission", {}), f"{where}.permission"), f"{where}.permission"),
        type_codes=dict(codes),
        staff=_texts(raw, "staff", where),
    )


def _legend(raw: dict[str, Any], where: str) -> Legend:
    _known(raw, "permission", where)
    codes = []
    for i, item in enumerate(_list(raw, "codes", where)):
        place = f"{where}.codes[{i}]"
        code = _dict(item, place)
        _known(code, "code", place)
        yes, no = _texts(code, "yes", place), _texts(code, "no", place)
        if not {*yes, *no} <= set(SHARING):
            raise MappingInvalid("unknown_switch", place)
        codes.append(Code(_text(code, "code", place), yes, no, _text(code, "words", place, "")))
    not_written, blank = _text(raw, "not_written", where, "unknown"), _text(raw, "blank", where, "not_asked")
    if not_written not in ("no", "unknown"):
        raise MappingInvalid("value", f"{where}.not_written")
    if blank not in ("no", "not_asked"):
        raise MappingInvalid("value", f"{where}.blank")
    ladder = raw.get("single_code_includes_earlier", False)
    if not isinstance(ladder, bool):
        raise MappingInvalid("kind", f"{where}.single_code_includes_earlier")
    until = raw.get("single_code_includes_earlier_until")
    if until is not None and (not isinstance(until, datetime.date) or isinstance(until, datetime.datetime)):
        raise MappingInvalid("kind", f"{where}.single_code_includes_earlier_until")
    return Legend(
        codes=tuple(codes), not_written=not_written, blank=blank, ladder=ladder, ladder_until=until,
        yes_words=_texts(raw, "yes_words", where), no_words=_texts(raw, "no_words", where),
    )  # fmt: skip


def write_mapping(mapping: Mapping, said: tuple[str, ...] = ()) -> str:
    """The mapping as TOML that `read_mapping` reads as the same value. `said`: comment lines about the file."""
    lines = [
        "# Which column means what. Correct it, then import with --mapping. Nothing is sent anywhere.",
        *(f"# {_comment(line)}" for line in said),
        f"version = {VERSION}",
        *([f"home_area = {_quoted(mapping.home_area)}"] if mapping.home_area else []),
        *([f"year = {mapping.year}"] if mapping.year else []),
        f"date_order = {_quoted(mapping.date_order)}",
    ]
    for table in mapping.tables:
        lines += ["", "[[worksheets]]", f"name = {_quoted(table.worksheet)}", f"heading_row = {table.heading_row}"]
        if table.staff:
            lines.append(f"staff = {_array(table.staff)}")
        for column in table.columns:
            lines += ["", "[[worksheets.columns]]", f"heading = {_quoted(column.heading)}"]
            if column.group:
                lines.append(f"group = {_quoted(column.group)}")
            lines.append(f"means = {_quoted(column.meaning)}")
        lines += _legend_lines(table.legend)
        if table.type_codes:
            lines += ["", "[worksheets.type_codes]"]
            lines += [f"{_quoted(code)} = {_quoted(words)}" for code, words in table.type_codes.items()]
    lines += ["", "# A column means one of: " + ", ".join(sorted(MEANINGS)) + ".", ""]
    return "\n".join(lines)


def _legend_lines(legend: Legend) -> list[str]:
    lines = [
        "",
        "[worksheets.permission]",
        f"not_written = {_quoted(legend.not_written)}",
        f"blank = {_quoted(legend.blank)}",
    ]
    if legend.ladder:
        lines.append("single_code_includes_earlier = true")
    if legend.ladder_until:
        lines.append(f"single_code_includes_earlier_until = {legend.ladder_until.isoformat()}")
    if legend.yes_words:
        lines.append(f"yes_words = {_array(legend.yes_words)}")
    if legend.no_words:
        lines.append(f"no_words = {_array(legend.no_words)}")
    for code in legend.codes:
        lines += ["", "[[worksheets.permission.codes]]", f"code = {_quoted(code.code)}", f"yes = {_array(code.yes)}",
                  f"no = {_array(code.no)}", f"words = {_quoted(code.words)}"]  # fmt: skip
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _array(texts: tuple[str, ...]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
