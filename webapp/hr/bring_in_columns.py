"""Which column of a supplier's file is what: asked once, kept for each supplier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice

from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError, load_trip_words, read_trips
from travelplan.audit.table import NEEDED, MissingColumnError, Table
from travelplan.audit.words import ALL_COLUMNS, TripWords
from travelplan.language import Message, message
from travelplan.places.normalise import normalise
from webapp.store.register import ColumnMapping
from webapp.store.tables import Person

NAMES: Mapping[str, Message] = {
    "trip_id": message("Number of the trip"),
    "leg_no": message("Number of the leg"),
    "traveller": message("Who travels"),
    "origin": message("From"),
    "destination": message("To"),
    "depart": message("Day of departure"),
    "return": message("Day of return"),
    "mode": message("Mode of transport"),
    "class": message("Class"),
    "travellers": message("How many travel"),
    "cost_eur": message("Cost in euro"),
    "unit": message("Unit"),
    "role": message("Role"),
    "reason": message("Reason to deviate"),
    "request": message("Request or approval"),
}
NOT_USED = "-"
_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
Chosen = Mapping[str, str]
"""What was chosen for each header, normalised; "" for a header that is not used."""


@dataclass(frozen=True)
class Header:
    """A header of a file with some of what stands under it, and the column that it seems to be."""

    field: str
    name: str
    examples: tuple[str, ...]
    column: str


def words_with(chosen: Chosen) -> TripWords:
    """Return how trips are written, with the headers that were chosen."""
    return replace(load_trip_words(), chosen=chosen)


def open_table(content: bytes, chosen: Chosen) -> Table:
    """Return the table of a file.

    Raises:
        MissingColumnError: nothing tells which column is the destination or the departure.
        InputError: (field `file`) it cannot be read; see `read_trips`.
    """
    return read_trips(BytesIO(content), words_with(chosen))


def any_table(content: bytes, chosen: Chosen) -> Table:
    """Return the table of a file, whether or not every needed column is known.

    Raises:
        InputError: (field `file`) it cannot be read, is empty, has one column, or two of one name
            that tell of the trip.
    """
    try:
        table = open_table(content, chosen)
    except MissingColumnError as error:
        table = error.table
    _check_header(table)
    return table


def _check_header(table: Table) -> None:
    named = [name.strip() for name in table.header if name.strip()]
    if not named:
        text = message("The file is empty. Its first line must name the columns.")
        raise InputError([FieldProblem("file", "empty", text)])
    if len(named) < len(NEEDED):
        text = message(
            "The file has one column. Put a semicolon, a comma or a tab between the columns."
        )
        raise InputError([FieldProblem("file", "one_column", text)])
    used = {normalise(table.header[i]) for i in table.columns.values()}
    often = Counter(normalise(name) for name in named)
    twice = [name for name in named if normalise(name) in used and often[normalise(name)] > 1]
    if twice:
        text = message(
            "Two columns are called “{name}”. Give each a name of its own in the file.",
            name=twice[0],
        )
        raise InputError([FieldProblem("file", "twice", text)])


def is_clear(table: Table, chosen: Chosen) -> bool:
    """Return whether every header is known or was chosen, and every needed column is there."""
    known = all(normalise(name) in chosen for name in table.unused)
    return known and all(name in table.columns for name in NEEDED)


def headers_of(table: Table, chosen: Chosen, typed: Mapping[str, str]) -> list[Header]:
    """Return the headers of a file; what was typed for them goes first."""
    columns = {i: name for name, i in table.columns.items()}
    rows = [cells for _, cells in islice(table.rows(), 50) if cells is not None]
    found = []
    for i, name in enumerate(table.header):
        if not name.strip():
            continue
        cells = (row[i].strip()[:_LONGEST_EXAMPLE] for row in rows)
        examples = tuple(islice(dict.fromkeys(cell for cell in cells if cell), _EXAMPLES))
        is_left_out = normalise(name) in chosen
        guess = columns.get(i) or (NOT_USED if is_left_out else "")
        field = field_of(i)
        found.append(Header(field, name, examples, typed.get(field, guess)))
    return found


def field_of(position: int) -> str:
    """Return the name of the field in which the column of a header is chosen."""
    return f"column-{position + 1}"


def read_chosen(headers: Sequence[Header]) -> dict[str, str]:
    """Return what a person chose for each header.

    Raises:
        InputError: naming every header without a choice, every column that was chosen twice, and
            a needed column that is none of them.
    """
    problems: list[FieldProblem] = []
    chosen: dict[str, str] = {}
    first: dict[str, str] = {}
    for header in headers:
        if header.column not in (*ALL_COLUMNS, NOT_USED):
            text = message("Choose what this column is, or “Do not use”.")
            problems.append(FieldProblem(header.field, "missing", text))
            continue
        column = "" if header.column == NOT_USED else header.column
        if column and column in first:
            text = message("“{other}” is this already. Choose one of the two.", other=first[column])
            problems.append(FieldProblem(header.field, "twice", text))
        first.setdefault(column, header.name)
        if chosen.setdefault(normalise(header.name), column) != column:
            text = message(
                "Two columns are called “{name}”. Give each a name of its own in the file.",
                name=header.name,
            )
            problems.append(FieldProblem(header.field, "same_name", text))
    for name in NEEDED:
        if name not in chosen.values() and headers:
            text = message("Say which column is “{name}”.", name=NAMES[name])
            problems.append(FieldProblem(headers[0].field, "needed", text))
    if problems:
        raise InputError(problems)
    return chosen


def kept_columns(session: Session, supplier: str) -> dict[str, str]:
    """Return what was chosen for the headers of a supplier before; empty for a new one."""
    kept = session.get(ColumnMapping, supplier)
    return dict(kept.columns) if kept else {}


def keep_columns(session: Session, supplier: str, chosen: Chosen, person: Person) -> None:
    """Keep what was chosen for the headers of a supplier; other headers stay as they were."""
    kept = session.get(ColumnMapping, supplier)
    if kept is None:
        kept = ColumnMapping(supplier=supplier, columns={}, changed_by=person.id)
        session.add(kept)
    kept.columns = {**kept.columns, **chosen}
    kept.changed_by = person.id
