"""Lines of one file that tell the same report twice: copies, and the same event entered again."""

import re

import msgspec
from rapidfuzz import fuzz

from node.core.sheets import consent
from node.core.sheets.imported_row import ImportedRow, with_status
from node.core.sheets.legend import SWITCHES
from node.core.sheets.words import fold


def mark_duplicates(rows: list[ImportedRow]) -> list[ImportedRow]:
    """The rows, in order; a later copy of an earlier report has the status `duplicate` and names it.

    A copy that permits less than the first takes that permission from the first as well.

    The same event is: one reporter, days that meet, and the same identifier or nearly the same words. A row that is not
    certainly a copy stays a report.
    """
    done: list[ImportedRow] = []
    for row in rows:
        if row.row_kind not in ("report", "relayed"):
            done.append(row)
            continue
        first = next((other for other in done if other.row_kind == "report" and _same(other, row)), None)
        if first is None:
            done.append(row)
            continue
        if _permits_less(first, row):
            done[done.index(first)] = _less_permitted(first, row)
        said = first.ref or ""
        done.append(
            msgspec.structs.replace(
                _with_spelling_of(row, first),
                status="duplicate",
                row_kind="duplicate",
                reason=f"the same as row {first.number}" + (f" ({said})" if said else ""),
                duplicate_of=first.number,
                flags=(*row.flags, "duplicate"),
            )
        )
    return done


def _permits_less(first: ImportedRow, second: ImportedRow) -> bool:
    return any(getattr(first.permission, s) and not getattr(second.permission, s) for s in SWITCHES)


def _less_permitted(first: ImportedRow, second: ImportedRow) -> ImportedRow:
    """A copy that permits less takes its yes away from the first: a no in either is a no, a doubt in either a doubt."""
    values = {s: consent.both(getattr(first.permission, s), getattr(second.permission, s)) for s in SWITCHES}
    permission = msgspec.structs.replace(
        first.permission,
        **values,
        withdrawn=first.permission.withdrawn or second.permission.withdrawn,
        withdrawn_on=first.permission.withdrawn_on or second.permission.withdrawn_on,
        erase=first.permission.erase or second.permission.erase,
    )
    changed = msgspec.structs.replace(first, permission=permission, flags=(*first.flags, "permission_differs_in_copy"))
    return with_status(changed)


def _same(first: ImportedRow, second: ImportedRow) -> bool:
    if first.fingerprint == second.fingerprint:
        return True
    account, other = _account(first), _account(second)
    if account and account == other and len(account) > 40 and _cells_but_ref(first) == _cells_but_ref(second):
        return True
    if not _same_reporter(first, second) or not _days_meet(first, second):
        return False
    return bool(_identifier_keys(first) & _identifier_keys(second)) or (
        len(account) > 60 and fuzz.token_set_ratio(account, other) >= 93 and len(other) > 60
    )


def _account(row: ImportedRow) -> str:
    return fold(row.first_account.partition("\n")[0]) if row.first_account else ""


def _cells_but_ref(row: ImportedRow) -> tuple[str, ...]:
    return tuple(fold(text) for _, text, _ in row.cells if fold(text) != fold(row.ref or ""))


def _same_reporter(first: ImportedRow, second: ImportedRow) -> bool:
    same = first.reporter_marks & second.reporter_marks
    if any(not mark.startswith("name:") for mark in same):
        return True
    others = [m for m in first.reporter_marks ^ second.reporter_marks if not m.startswith("name:")]
    return bool(same) and not others


def _days_meet(first: ImportedRow, second: ImportedRow) -> bool:
    a, b = first.data, second.data
    if a.date_min is None or a.date_max is None or b.date_min is None or b.date_max is None:
        return False
    narrow = (a.date_max - a.date_min).days <= 7 and (b.date_max - b.date_min).days <= 7
    return narrow and a.date_min <= b.date_max and b.date_min <= a.date_max


def _identifier_keys(row: ImportedRow) -> set[str]:
    """Identifiers without punctuation, and what stands unread in their columns."""
    keys = {re.sub(r"[\W_]", "", found.canonical) for found in row.identified if not found.partial}
    keys |= {
        re.sub(r"[\W_]", "", fold(unread.text)) for unread in row.unread if unread.field in ("handle", "identifiers")
    }
    return {key for key in keys if len(key) >= 6}


def _with_spelling_of(row: ImportedRow, first: ImportedRow) -> ImportedRow:
    """A handle of a copy that could not be read alone (typed with a space) is the one of the row that it copies."""
    known = {re.sub(r"[\W_]", "", found.canonical): found for found in first.identified if found.kind == "handle"}
    own = {re.sub(r"[\W_]", "", found.canonical) for found in row.identified}
    unread = [u for u in row.unread if u.field in ("handle", "identifiers")]
    more = tuple(known[key] for u in unread if (key := re.sub(r"[\W_]", "", fold(u.text))) in known and key not in own)
    return msgspec.structs.replace(row, identified=(*row.identified, *more)) if more else row
