"""What the tests of the audit share: a file of trips in a few lines, and what comes of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import xlsxwriter

from travelplan import Audited, Faulty, Reference, load_trip_words
from travelplan.audit.run import audit_table
from travelplan.audit.table import Table, csv_table
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from travelplan.scheme.compiler import compile_scheme
from travelplan.strict import read_yaml

WORDS = load_trip_words()
_PLAIN = str.maketrans("ńŁłź", "nLlz")  # what windows-1252 does not have
HEAD = (
    "trip_id;leg_no;origin;destination;depart;return;mode;class;travellers;cost_eur;reason;request"
)
DUTCH = {
    "trip_id": "Reisnummer",
    "origin": "Vertrekplaats",
    "destination": "Bestemming",
    "depart": "Vertrekdatum",
    "return": "Datum terugreis",
    "mode": "Vervoermiddel",
    "class": "Klasse",
    "travellers": "Aantal reizigers",
    "cost_eur": "Kostprijs (EUR)",
    "unit": "Dienst",
    "role": "Hoedanigheid",
    "reason": "Reden van afwijking",
}


def table(text: str, encoding: str = "utf-8") -> Table:
    return csv_table(io.BytesIO(text.encode(encoding)), WORDS)


def results(reference: Reference, *rows: str, head: str = HEAD) -> list[Audited | Faulty]:
    text = "\n".join((head, *rows)) + "\n"
    return list(audit_table(table(text), reference, WORDS))


def judged(reference: Reference, *rows: str, head: str = HEAD) -> list[Audited]:
    found = results(reference, *rows, head=head)
    faults = [[str(p.message) for p in r.problems] for r in found if isinstance(r, Faulty)]
    assert not faults
    return [result for result in found if isinstance(result, Audited)]


def only(reference: Reference, *rows: str, head: str = HEAD) -> Audited:
    (result,) = judged(reference, *rows, head=head)
    return result


def verdict(reference: Reference, *rows: str, head: str = HEAD) -> str:
    (result,) = judged(reference, *rows, head=head)
    return result.finding.verdict


def with_scheme(reference: Reference, text: str) -> Reference:
    return replace(reference, scheme=compile_scheme(read_yaml(text, "small.yaml")))


def demo_rows(total: int) -> list[dict[str, str]]:
    """Invented trips, as many as wanted, each with a number of its own."""
    recipe = read_document(DATA / "demo.yaml")
    made = chain.from_iterable(invented_trips(recipe, seed) for seed in range(1 + total // 740))
    return [
        {**row, "trip_id": f"R{number:05}"} for number, row in zip(range(total), made, strict=False)
    ]


def as_written(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same trips as a Belgian service writes them: Dutch headers, days and decimal commas."""
    return [{DUTCH[name]: _cell(name, cell) for name, cell in row.items()} for row in rows]


def _cell(name: str, cell: str) -> str:
    if name in ("depart", "return"):
        return "/".join(reversed(cell.split("-")))
    if name == "destination":
        return cell.translate(_PLAIN)
    if name == "cost_eur":
        return f"{cell},50"
    if name == "mode":
        return {"train": "trein", "plane": "Vlucht", "car": "eigen wagen", "carpool": "carpool"}[
            cell
        ]
    return cell


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "cp1252") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(DUTCH.values()), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(chain([dict.fromkeys(DUTCH.values())], rows)):
            for column, (name, cell) in enumerate(cells.items()):
                sheet.write_string(number, column, name if cell is None else cell)
    return path
