"""One line of a table → `ImportedRow`: its cells read by what their columns mean."""

import re
from typing import Final

from node.core.scheme_data import IdentifierData, SchemeData
from node.core.sheets import consent, incidents, tellers
from node.core.sheets.cells import Record
from node.core.sheets.circumstances import Circumstances, read_circumstances
from node.core.sheets.consent import Permission
from node.core.sheets.date_values import Context
from node.core.sheets.identifying import Identified, IdentifiedRow, identify
from node.core.sheets.imported_row import ImportedRow, Unread, with_status
from node.core.sheets.meanings import PERMISSION, PERSON
from node.core.sheets.people import Person, read_people
from node.core.sheets.person_fields import Field
from node.core.sheets.places import read_area, read_place_kind
from node.core.sheets.row_flags import flags_of
from node.core.sheets.row_lines import (
    Line,
    RowContext,
    as_written,
    contents_of,
    fingerprint_of,
    reporter_marks_of,
    texts_of,
)
from node.core.sheets.row_private import private_of
from node.core.sheets.vehicles import Vehicle, read_vehicles
from node.core.sheets.withdrawals import read_overrides
from node.core.sheets.words import fold, says_nothing


def not_a_report(record: Record, kind: str, context: RowContext) -> ImportedRow:
    """An empty line, a total, a divider, headings again, a footer: kept, not imported."""
    status = "empty" if kind == "empty" else "not-a-report"
    reasons = {
        "empty": "nothing is in this row",
        "totals": "a count, not a report",
        "divider": "a line between rows",
        "repeated_header": "the headings again",
        "footer": "a note below the rows",
    }
    texts = tuple(cell.raw for cell in record.cells if cell.raw)
    pieces = tuple(
        name
        for name in sorted(context.staff)
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in texts)
    )
    first = next((cell.raw.strip() for cell in record.cells if cell.raw.strip()), None)
    return ImportedRow(
        worksheet=context.table.worksheet,
        number=record.number,
        row_kind=kind,
        status=status,
        reason=reasons[kind],
        fingerprint=fingerprint_of([("", text) for text in texts]),
        cells=as_written(record, context.table),
        ref=first if kind == "totals" and first and len(first) < 12 else None,
        private_strings=pieces,
        flags=(kind,),
    )


_REACH: Final = ("vehicle", "plate", "identifiers", "phone", "e_mail", "handle", "platform")
_EVENT: Final = ("what_happened", "incident_type", "contact_means", "incident_date", "incident_time", "place")
_FIRST: Final = (*_EVENT, *PERSON, *_REACH)


def interpret(record: Record, context: RowContext) -> ImportedRow:
    """Reads one report."""
    line = Line(record, context)
    unread: list[Unread] = []
    around = read_circumstances(line, context, unread)
    permission = _permission(line, context, around)
    people = _people(line, context, around)
    vehicles = read_vehicles(line.text("vehicle"), line.text("plate"))
    identified = identify(line, around.account, vehicles)
    kinds = _types(line, context, around, unread)
    data = _data(line, context, around, kinds=kinds, people=people, vehicles=vehicles, identified=identified)
    _unread_of_people(line, people, vehicles, identified.found, unread)
    row = ImportedRow(
        worksheet=context.table.worksheet,
        number=record.number,
        row_kind="relayed" if around.teller.told_by == "other_scheme" else "report",
        status="report",
        reason="",
        fingerprint=fingerprint_of(contents_of(line, around.taken, around.when)),
        cells=as_written(record, context.table),
        ref=line.text("ref").strip() or None,
        taken_on=around.taken,
        taken_by=line.text("taken_by"),
        agency=line.text("agency"),
        told_by=around.teller.told_by,
        reporter_age=around.reporter_age,
        data=data,
        people=people,
        vehicles=vehicles,
        identified=identified.found,
        permission=permission,
        first_account=texts_of(line, _FIRST),
        support_notes=texts_of(line, ("notes", "outcome", "police_ref", "reporter_age")),
        reporter_text=texts_of(line, ("reporter", "reporter_contact", "told_by", "taken_by", "agency")),
        private_strings=private_of(
            line, context, people=people, vehicles=vehicles, identified=identified, area=data.area
        ),
        flags=flags_of(line, context, around, permission=permission, data=data, more=identified.flags),
        unread=tuple(unread),
        reporter_marks=reporter_marks_of(line),
    )
    return with_status(row)


def _data(
    line: Line,
    context: RowContext,
    around: Circumstances,
    *,
    kinds: tuple[str, ...],
    people: tuple[Person, ...],
    vehicles: tuple[Vehicle, ...],
    identified: IdentifiedRow,
) -> SchemeData:
    when, account = around.when, around.account
    return SchemeData(
        incident_types=kinds,
        date_min=when.min if when else None,
        date_max=when.max if when else None,
        area=read_area(line.text("place"), context.home_area),
        place_kind=read_place_kind(line.text("place"), line.text("contact_means")),
        contact_means=incidents.read_contact_means(line.text("contact_means", "platform")),
        methods=incidents.read_methods(account),
        weapons=incidents.read_weapons(account),
        number_of_people=_number(line, account) or (len(people) if len(people) > 1 else None),
        persons=tuple(person.data for person in people),
        vehicles=tuple(vehicle.data for vehicle in vehicles),
        identifiers=tuple(_wire(found) for found in identified.found),
    )


def _types(line: Line, context: RowContext, around: Circumstances, unread: list[Unread]) -> tuple[str, ...]:
    account, teller = around.account, around.teller
    written = line.text("incident_type")
    codes = {fold(code): words for code, words in context.mapped.type_codes.items()}
    tokens = [token for token in re.split(r"[\s,;/+&.]+", fold(written)) if token]
    if tokens and all(token in codes for token in tokens):
        meanings = tuple(codes[token] for token in tokens)
    else:
        meanings = tuple(part.strip() for part in re.split(r"[,;/+\n]", written) if part.strip())
        account = f"{account} . {written}" if not codes else account
    kinds = incidents.read_types(account, meanings, rumour=teller.rumour)
    if not kinds:
        unread.append(Unread("incident_types", "no kind of incident could be read", account[:200]))
    return kinds


def _permission(line: Line, context: RowContext, around: Circumstances) -> Permission:
    answers: dict[str, bool | None] = {}
    conditions: list[str] = []
    doubts: list[str] = []
    legend = context.mapped.legend
    taken = around.taken
    raw: list[tuple[str, str]] = []
    for meaning in PERMISSION:
        for heading, cell in line.headed(meaning):
            raw.append((heading, cell.raw))
            answer = consent.read_column(meaning, cell, legend, taken)
            for switch, value in answer.values.items():
                answers[switch] = value if switch not in answers else consent.both(answers[switch], value)
            if answer.condition:
                conditions.append(answer.condition)
            if answer.doubt:
                doubts.append(answer.doubt)
    texts = tuple(
        cell.text for cell in line.cells("notes", "outcome", "reporter", "reporter_contact", "police_ref", *PERMISSION)
    )
    overrides = read_overrides(
        (*texts, *around.comments), Context(taken=taken, order=context.date_order, year=context.year)
    )
    values = consent.settle(answers, overrides, second_hand=around.teller.second_hand, police_subject=around.officer)
    return Permission(
        **values,
        raw=tuple(raw),
        conditions=tuple(conditions),
        withdrawn=overrides.withdrawn,
        withdrawn_on=overrides.withdrawn_on,
        erase=overrides.erase,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _people(line: Line, context: RowContext, around: Circumstances) -> tuple[Person, ...]:
    fields = []
    heading_sex = None
    for heading, meaning, cell in line.everything:
        facets = tuple(meaning.split("+"))
        if not set(facets) <= set(PERSON) or not cell.text or facets == ("people",):
            continue
        number = bool(cell.form) and cell.number is not None
        fields.append(Field(facets, cell.text, number=number, person=_which(heading)))
        if meaning == "description" and re.search(r"\b(?:male|man|him|his)\b", fold(heading)):
            heading_sex = "man"
    for cell in line.cells("identifiers", "contact_means"):
        if re.search(r"(?i)name|call(?:ed|s) him|“|\"", cell.text):
            fields.append(Field(("identifiers",), cell.text))
    others = {fold(name) for name in context.staff}
    others |= {fold(word) for word in re.findall(r"[A-ZÀ-Þ][\w'’-]{2,}", line.text("reporter"))}
    return read_people(
        tuple(fields), around.account, home_area=context.home_area, sex=heading_sex, officer=around.officer,
        not_names=frozenset(others), number=_number(line, around.account),
    )  # fmt: skip


def _which(heading: str) -> int:
    """Which of several people a heading is about: *Man 2*, *Suspect no. 3*, *2nd male*; else the first."""
    plain = fold(heading)
    found = re.search(
        r"\b(?:suspect|man|male|offender|person|perp\w*|punter|tater|him|subject)\s*(?:no\.? ?|#)?([2-4])\b", plain
    )
    if found:
        return int(found[1])
    return 2 if re.search(r"\b(?:2nd|second) (?:man|male|suspect|person|offender|punter)", plain) else 1


def _number(line: Line, account: str) -> int | None:
    texts = (account, *(cell.text for _, meaning, cell in line.everything if set(meaning.split("+")) & {*PERSON}))
    return tellers.count_people(texts, line.text("people"))


def _wire(found: Identified) -> IdentifierData:
    kind = {"email": "e_mail", "vrm": "plate"}.get(found.kind, found.kind)
    return IdentifierData(kind, found.canonical, found.platform, found.partial, found.cloned)


def _unread_of_people(
    line: Line,
    people: tuple[Person, ...],
    vehicles: tuple[Vehicle, ...],
    found: tuple[Identified, ...],
    unread: list[Unread],
) -> None:
    first = people[0].data if people else None
    for facet, read in (
        ("age", first is not None and (first.age_min is not None or first.age_max is not None)),
        ("height", first is not None and (first.height_cm_min is not None or first.height_cm_max is not None)),
        ("ethnicity", first is not None and first.skin is not None),
        ("vehicle", bool(vehicles)),
        ("plate", any(vehicle.plates for vehicle in vehicles)),
        ("identifiers", bool(found)),
        ("phone", any(f.kind == "phone" for f in found)),
        ("handle", any(f.kind == "handle" for f in found)),
    ):
        text = " ; ".join(cell.raw for _, meaning, cell in line.everything if facet in meaning.split("+") and cell.raw)
        if text and not read and not says_nothing(text):
            unread.append(Unread(facet, "kept as text", text))
