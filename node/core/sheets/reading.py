"""From bytes to worksheets of cells; the encoding and the delimiter are found and said.

Keeps every record and every cell, hidden or not. A cell's `text` is what is interpreted; `raw` is what is kept.
"""

import codecs
import csv
import io
import re
from collections import Counter
from typing import Final

import charset_normalizer

from node.core.sheets.cells import MAX_COLUMNS, MAX_RECORDS, Record, Source, Worksheet, text_cell
from node.core.sheets.errors import SheetUnreadable
from node.core.sheets.workbook import read_workbook

MAX_BYTES: Final = 50 * 2**20

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_ONE_BYTE: Final = ("cp1252", "cp1250", "mac_roman", "cp850", "cp1257", "iso8859_15", "cp1254", "cp1251", "cp874")


def read_sheet(data: bytes, filename: str) -> Source:
    """Reads CSV, TSV or XLSX, by its content and not by its name.

    Raises:
        SheetUnreadable: empty, too large, another format, or broken.
    """
    if len(data) > MAX_BYTES:
        raise SheetUnreadable("too_large", "file")
    if data[:4] == b"PK\x03\x04":
        return Source(worksheets=read_workbook(data), said=("a workbook (XLSX)",))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise SheetUnreadable("old_excel", "an old .xls or a locked workbook: save it as .xlsx without a password")
    if data[:5] in (b"%PDF-", b"{\\rtf"):
        raise SheetUnreadable("format", "not a sheet")
    text, encoding = decode(data)
    return _read_delimited(text, encoding, filename)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of the encoding it was read with.

    Raises:
        SheetUnreadable: no text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise SheetUnreadable("encoding", name) from error
    if not data.strip():
        raise SheetUnreadable("empty", "file")
    if wide := _wide_without_mark(data):
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_one_byte(data)


def _wide_without_mark(data: bytes) -> tuple[str, str] | None:
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 3 < len(sample) // 2:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return None


def _decode_one_byte(data: bytes) -> tuple[str, str]:
    mended = data.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in mended)
    whole = sum(c > "\x7f" and not "\udc80" <= c <= "\udcff" for c in mended)
    if whole > 4 * broken:
        text = "".join(_one_byte(c) if "\udc80" <= c <= "\udcff" else c for c in mended)
        return text, "utf-8 with some cp1252"
    scores = {}
    for name in _ONE_BYTE:
        try:
            scores[name] = _plausibility(data.decode(name))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda name: scores[name] - (0.0 if name == "cp1252" else 0.15), default="")
    if scores.get(best, -1.0) < 0.5:
        guess = charset_normalizer.from_bytes(data).best()
        if guess is not None:
            return str(guess), guess.encoding
    if not best:
        return data.decode("latin-1"), "latin-1"
    return data.decode(best), best


def _one_byte(character: str) -> str:
    byte = bytes([ord(character) - 0xDC00])
    return byte.decode("cp1252", errors="replace")


_LIKELY: Final = frozenset("’‘“”–—…£€•½¼¾°ñçéèêëàâäáåîïíìôöóòûüúùßæøœŷŵÉÀÂÄÖÜÇÑãõâşţășțąćęłńśźżőűěščřžýů¿¡")


def _plausibility(text: str) -> float:
    """Share of the characters outside ASCII that people type in such sheets; what is misread falls outside."""
    odd = [(text[i - 1] if i else " ", c) for i, c in enumerate(text) if c > "\x7f"]
    if not odd:
        return 1.0
    score = 0.0
    for before, c in odd:
        if c in "’‘" and before.isalnum():
            score += 1.2
        elif c in _LIKELY:
            score += 1.0 if c.islower() or not c.isalpha() or not before.islower() else -1.0
        elif "\x80" <= c <= "\x9f" or not c.isprintable():
            score -= 2.0
        elif c.isalpha():
            score += 0.3 if c.islower() or not before.isalpha() or before.isupper() else -1.0
        else:
            score -= 0.5
    return score / len(odd)


def _read_delimited(text: str, encoding: str, filename: str) -> Source:
    text = text.removeprefix("\ufeff")
    first = text[:8].splitlines()[:1]
    named = re.fullmatch(r"sep=(.)", first[0], re.I) if first else None
    delimiter = named[1] if named else _find_delimiter(text, filename)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MAX_RECORDS or len(row) > MAX_COLUMNS:
                raise SheetUnreadable("too_large", f"record {len(rows) + 1}")
            rows.append(row)
    except csv.Error as error:
        raise SheetUnreadable(
            "broken", f"record {len(rows) + 1}: a cell is too long or a quotation mark is open"
        ) from error
    if not rows:
        raise SheetUnreadable("empty", "file")
    records = tuple(
        Record(number=number, cells=tuple(text_cell(value) for value in row)) for number, row in enumerate(rows, 1)
    )
    said = (f"encoding {encoding}", f"delimiter {_NAMES.get(delimiter, delimiter)}")
    return Source(worksheets=(Worksheet("", records),), encoding=encoding, delimiter=delimiter, said=said)


_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def _find_delimiter(text: str, filename: str) -> str:
    scores: dict[str, float] = {}
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if number >= 400:
                    break
                if row:
                    widths[len(row)] += 1
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        if width > 1:
            scores[delimiter] = times / sum(widths.values()) * (1 + min(width, 30) / 10)
    if not scores:
        return "\t" if filename.casefold().endswith((".tsv", ".tab")) else ","
    return max(scores, key=lambda delimiter: scores[delimiter])
