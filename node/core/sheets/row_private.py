"""The private strings of a row: which of its cells are private, and what in them describes the person described."""

from node.core.sheets.identifying import IdentifiedRow
from node.core.sheets.languages import read_language
from node.core.sheets.meanings import PERMISSION, PERSON
from node.core.sheets.people import Person
from node.core.sheets.private_words import private_pieces
from node.core.sheets.row_lines import Line, RowContext
from node.core.sheets.vehicles import Vehicle
from node.core.sheets.words import fold

_PRIVATE = ("notes", "outcome", "police_ref", "reporter_contact", "reporter_age")
_OPEN = ("what_happened", "contact_means", "incident_date", "incident_time", "incident_type", *PERMISSION)


def private_of(
    line: Line,
    context: RowContext,
    *,
    people: tuple[Person, ...],
    vehicles: tuple[Vehicle, ...],
    identified: IdentifiedRow,
    area: str | None,
) -> tuple[str, ...]:
    """Exact pieces of the row that must not leave. See `private_words`."""
    names = [name for person in people for name in person.data.names_used]
    never = {fold(part) for name in names for part in (name, *name.split())}
    never |= {fold(text) for found in identified.found for text in (found.canonical, found.raw, found.platform or "")}
    never |= {
        fold(part) for v in vehicles for text in (v.make or "", v.model or "") for part in (text, *text.split("/"))
    }
    never |= {fold(area or ""), fold(context.home_area or "")}
    never |= {fold(cell.text) for cell in line.cells("platform", "contact_means")}
    never -= {fold(cell.text) for cell in line.cells("reporter")}
    comments = tuple(cell.comment for _, _, cell in line.everything if cell.comment)
    pieces = private_pieces(
        private_cells=(*(cell.text for cell in line.cells(*_PRIVATE)), *comments, *identified.withheld),
        names_cells=tuple(cell.text for cell in line.cells("reporter", "taken_by", "told_by") if cell.text),
        place_cells=tuple(cell.text for cell in line.cells("place")),
        open_cells=tuple(cell.text for _, meaning, cell in line.everything if meaning in _OPEN),
        described_cells=tuple(
            cell.text
            for _, meaning, cell in line.everything
            if meaning in ("vehicle", "identifiers") or set(meaning.split("+")) <= set(PERSON)
        ),
        staff=context.staff,
        never=frozenset(never),
        nouns_have_capitals=read_language(line.text("what_happened")) == "de",
    )
    return tuple(dict.fromkeys((*pieces, *identified.withheld)))
