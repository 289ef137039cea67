"""An audited trip as JSON and as cells, with all that its figures can be recomputed from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from travelplan.audit.judge import Finding
from travelplan.audit.results import Audited, Faulty
from travelplan.audit.trips import BookedTrip
from travelplan.language import Language, message
from travelplan.report.harmless import harmless
from travelplan.report.record import problem_records
from travelplan.scheme.rights import CONFIDENTIAL

OWN = (
    *("row", "rows", "trip_id", "depart", "return", "travellers", "unit", "cost_eur"),
    *("co2e_kg", "co2e_low_kg", "co2e_high_kg", "non_co2_kg", "avoidable_kg", "avoidable_hours"),
)
"""The columns that each trip has for itself."""
SHARED = (
    *("verdict", "origin", "destination", "origin_id", "destination_id", "country"),
    *("mode", "class", "role", "reason", "reason_code", "request", "return_assumed"),
    *("scheme", "version", "outcome", "rule", "rail_min", "limit_min", "borderline"),
    *("tier", "factors", "evidence"),
)
"""The columns that trips that are alike share; `evidence` comes last."""
COLUMNS = (*OWN, *SHARED)
_FIGURES = (
    *("co2e_kg", "co2e_low_kg", "co2e_high_kg", "non_co2_kg", "avoidable_kg", "avoidable_hours"),
)
MOST_REMEMBERED = 100_000
K = TypeVar("K")
V = TypeVar("V")

Cell = str | int | float | None


class JsonLines:
    """Writes audited trips as lines of JSON; what alike trips share is put into words once."""

    def __init__(self) -> None:
        self._known: dict[Finding, str] = {}

    def line(self, result: Audited) -> str:
        """Return a trip as one line, with its line break."""
        finding = result.finding
        shared = self._known.get(finding)
        if shared is None:
            record = shared_record(result.trip, finding)
            shared = json.dumps(record, ensure_ascii=False)[1:-1]
            _keep(self._known, finding, shared)
        own = json.dumps(dict(zip(OWN, own_cells(result), strict=True)), ensure_ascii=False)
        return f'{own[:-1]}, {shared}, "evidence": {evidence_text(finding)}}}\n'


class CsvLines:
    """Writes audited trips as lines of CSV; what alike trips share is put into words once."""

    def __init__(self) -> None:
        self._known: dict[Finding, tuple[str, ...]] = {}
        self._texts: dict[str, str] = {}

    def line(self, result: Audited) -> str:
        """Return a trip as one line, with its line break."""
        shared = self._known.get(result.finding)
        if shared is None:
            record = shared_record(result.trip, result.finding)
            cells = ",".join(map(_csv_cell, record.values()))
            quoted = map(self._quoted, _evidence_texts(result.finding))
            shared = (f',{cells},"', *quoted, '"\n')
            _keep(self._known, result.finding, shared)
        row, rows, trip_id, depart, back, travellers, unit, *figures = own_cells(result)
        if not str(trip_id).isalnum():
            trip_id = _csv_cell(trip_id)
        known = self._texts.get(str(unit))
        if known is None:
            known = self._quoted_cell(str(unit))
        shown = ",".join(["" if cell is None else repr(cell) for cell in figures])
        own = f"{row},{rows},{trip_id},{depart},{back or ''},{travellers},{known},{shown}"
        return own + "".join(shared)

    def _quoted_cell(self, cell: str) -> str:
        _keep(self._texts, cell, _csv_cell(cell))
        return self._texts[cell]

    def _quoted(self, text: str) -> str:
        known = self._texts.get(text)
        if known is None:
            known = text.replace('"', '""')
            _keep(self._texts, text, known)
        return known


def _keep(known: dict[K, V], key: K, value: V) -> None:
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[key] = value


def trip_cells(result: Audited) -> list[str | int | float]:
    """Return an audited trip as cells of COLUMNS, safe in a workbook."""
    shared = shared_record(result.trip, result.finding).values()
    cells = (*own_cells(result), *shared, evidence_text(result.finding))
    return [harmless(cell) for cell in cells]


def own_cells(result: Audited) -> list[Cell]:
    """Return the cells of OWN: figures are those of all travellers, to the gram."""
    rows, trip_id, depart, back, travellers, cost_cents, unit, _, finding = result
    booked = finding.booked
    figures: list[Cell] = [None, None, None, None]
    if booked:
        wtw, non_co2 = booked.estimate.wtw, booked.estimate.non_co2.central
        kg = (wtw.central, wtw.low, wtw.high, non_co2)
        figures = [round(value * travellers, 3) for value in kg]
    avoidable_kg, hours = finding.avoidable
    return [
        rows[0],
        str(rows[0]) if len(rows) == 1 else " ".join(map(str, rows)),
        trip_id,
        depart.isoformat(),
        back.isoformat() if back else None,
        travellers,
        unit,
        None if cost_cents is None else cost_cents / 100,
        *figures,
        None if avoidable_kg is None else round(avoidable_kg * travellers, 3),
        None if hours is None else round(hours * travellers, 2),
    ]


def shared_record(trip: BookedTrip, finding: Finding) -> dict[str, Any]:
    """Return the record of SHARED, without the evidence."""
    first, parts = trip.stretches[0], finding.parts
    ground = parts[0].ground if parts else None
    outcomes = {part.ground.outcome for part in parts}
    codes = list(dict.fromkeys(part.reason for part in parts if part.reason))
    figures = (finding.booked, *(f for part in parts for f in (part.booked, part.land)))
    estimate = next((figure.estimate for figure in figures if figure), None)
    values = (
        finding.verdict,
        first.origin.name,
        first.destination.name,
        first.origin.id,
        first.destination.id,
        first.destination.country,
        trip.mode,
        next((r.cabin for r in first.rides if r.cabin), ""),
        trip.role,
        CONFIDENTIAL if CONFIDENTIAL in codes else trip.reason,
        "; ".join(codes),
        trip.request,
        trip.assumed_return,
        ground.version.scheme if ground else None,
        ground.version.version.isoformat() if ground else None,
        (outcomes.pop() if len(outcomes) == 1 else "per_leg") if outcomes else None,
        ground.rule if ground else None,
        ground.rail_min if ground else None,
        ground.limit_min if ground else None,
        any(part.ground.borderline for part in parts) if parts else None,
        finding.booked.estimate.tier if finding.booked else None,
        " ".join(estimate.factor_sets) if estimate else None,
    )
    return dict(zip(SHARED, values, strict=False))


def fault_record(fault: Faulty, language: Language) -> dict[str, Any]:
    """Return a row that was not judged: what is wrong in which cell, and what to do."""
    record: dict[str, Any] = {
        "row": fault.row,
        "trip_id": fault.trip_id,
        "errors": problem_records(fault.problems, language),
    }
    if fault.waits_for:
        record["waits_for"] = list(fault.waits_for)
    return {**record, "doubtful": fault.doubtful}


def fault_reason(fault: Faulty, headers: Mapping[str, str], language: Language) -> str:
    """Return what is wrong in a row in one cell: column as the file names it, what, candidates."""
    said = []
    for problem in fault.problems:
        labels = ", ".join(f"{language.say(c.label)} [{c.id}]" for c in problem.candidates)
        column = headers.get(problem.field, problem.field)
        said.append(f"{column}: {language.say(problem.message)} {labels}".strip())
    return " | ".join(said) or waits_for(fault, language)


def record_of_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what `--json` writes of a row from the cells of a CSV file or a workbook.

    Raises:
        ValueError: a number or the evidence cannot be read.
    """
    record: dict[str, Any] = dict(cells)
    for name in ("request", "borderline"):
        record[name] = {"true": True, "false": False}.get(cells.get(name, "").lower())
    for name in _FIGURES:
        record[name] = float(cells[name]) if cells.get(name) else None
    record["evidence"] = json.loads(cells.get("evidence") or "[]")
    return record


def waits_for(fault: Faulty, language: Language) -> str:
    """Return the sentence for a row of a trip of which another row is wrong."""
    rows = ", ".join(map(str, fault.waits_for))
    return language.say(message("Another row of this trip is wrong: row {rows}.", rows=rows))


def evidence_text(finding: Finding) -> str:
    """Return as JSON what outcome, verdict and figures can be recomputed from, part by part."""
    return "".join(_evidence_texts(finding))


def _evidence_texts(finding: Finding) -> Iterator[str]:
    """Yield the evidence in pieces, of which alike trips share the long ones."""
    yield "["
    for i, part in enumerate(finding.parts):
        judged = {
            "outcome": part.ground.outcome,
            "rule": part.ground.rule,
            "verdict": part.verdict,
            "reason": part.reason,
            "modes": part.modes,
            "more_min": part.more_min,
        }
        yield f"{',' if i else ''}{json.dumps(judged)[:-1]},"
        yield part.ground.evidence[1:-1]
        yield ',"booked":'
        yield part.booked.evidence if part.booked else "null"
        yield ',"land":'
        yield part.land.evidence if part.land else "null"
        yield "}"
    if not finding.parts:
        yield f'{{"booked":{finding.booked.evidence if finding.booked else "null"}}}'
    yield "]"


def _csv_cell(cell: object) -> str:
    safe = harmless(cell)
    if not isinstance(safe, str):
        return repr(safe)
    if safe and not safe.isalnum() and any(char in safe for char in ',"\n'):
        return '"' + safe.replace('"', '""') + '"'
    return safe
