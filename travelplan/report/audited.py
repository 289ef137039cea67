"""An audited trip as JSON and as cells, with all that its figures can be recomputed from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from travelplan.audit.judge import Finding
from travelplan.audit.results import Audited, Faulty
from travelplan.audit.trips import BookedTrip
from travelplan.language import Language, message
from travelplan.report.harmless import harmless, harmless_in_csv
from travelplan.report.record import problem_records
from travelplan.scheme.rights import CONFIDENTIAL

FIGURES = (
    *("co2e_kg", "co2e_low_kg", "co2e_high_kg", "ttw_kg", "non_co2_kg"),
    *("avoidable_kg", "avoidable_hours"),
)
"""The figures of a trip: kg of CO2e and hours, of all travellers."""
OWN = (
    *("row", "rows", "trip_id", "depart", "return", "travellers", "unit", "cost_eur"),
    *FIGURES,
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
            shared = _keep(self._known, finding, json.dumps(record, ensure_ascii=False)[1:-1])
        own = json.dumps(dict(zip(OWN, own_cells(result), strict=True)), ensure_ascii=False)
        return f'{own[:-1]}, {shared}, "evidence": {evidence_text(finding)}}}\n'


class _CsvParts(NamedTuple):
    """What alike trips share in CSV: the figures, by how many travelled, and all the rest."""

    figures: dict[int, str]
    rest: tuple[str, ...]


class CsvLines:
    """Writes audited trips as lines of CSV; what alike trips share is put into words once."""

    def __init__(self) -> None:
        self._known: dict[Finding, _CsvParts] = {}
        self._figures: dict[tuple[float | None, ...], dict[int, str]] = {}
        self._texts: dict[str, str] = {}
        self._days: dict[date | None, str] = {None: ""}

    def line(self, result: Audited) -> str:
        """Return a trip as one line, with its line break."""
        rows, trip_id, depart, back, travellers, cost_cents, unit, _, finding = result
        figures, rest = self._known.get(finding) or self._parts(result)
        if not trip_id.isalnum():
            trip_id = _csv_cell(trip_id)
        row = rows[0]
        numbers = row if len(rows) == 1 else " ".join(map(str, rows))
        cost = "" if cost_cents is None else cost_cents / 100
        return "".join(
            (
                f"{row},{numbers},{trip_id},{self._day(depart)},{self._day(back)},{travellers},",
                f"{self._text(unit)},{cost},",
                figures.get(travellers)
                or _keep(figures, travellers, _figures_text(unit_figures(finding), travellers)),
                *rest,
            )
        )

    def _parts(self, result: Audited) -> _CsvParts:
        finding = result.finding
        record = shared_record(result.trip, finding)
        known = self._texts.get
        cells = ",".join([known(value) or self._cell(value) for value in record.values()])
        first, *further = map(self._quoted, _evidence_texts(finding))
        alike = self._figures.setdefault(unit_figures(finding), {})
        parts = _CsvParts(alike, (f',{cells},"{first}', *further, '"\n'))
        return _keep(self._known, finding, parts)

    def _day(self, day: date | None) -> str:
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = day.isoformat() if day else ""
        return known

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        return self._text(value) if isinstance(value, str) else _csv_cell(value)

    def _text(self, cell: str) -> str:
        known = self._texts.get(cell)
        if known is None:
            known = _keep(self._texts, cell, _csv_cell(cell))
        return known

    def _quoted(self, text: str) -> str:
        known = self._texts.get(text)
        if known is None:
            known = _keep(self._texts, text, text.replace('"', '""'))
        return known


def _keep(known: dict[K, V], key: K, value: V) -> V:
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[key] = value
    return value


def trip_cells(result: Audited) -> list[str | int | float]:
    """Return an audited trip as cells of COLUMNS, safe in a workbook."""
    shared = shared_record(result.trip, result.finding).values()
    cells = (*own_cells(result), *shared, evidence_text(result.finding))
    return [harmless(cell) for cell in cells]


def unit_figures(finding: Finding) -> tuple[float | None, ...]:
    """Return the figures of one traveller, in the order of their columns."""
    kg: tuple[float | None, ...] = (None, None, None, None, None)
    if finding.booked:
        wtw, non_co2 = finding.booked.estimate.wtw, finding.booked.estimate.non_co2.central
        kg = (wtw.central, wtw.low, wtw.high, finding.booked.ttw_kg, non_co2)
    return (*kg, *finding.avoidable)


def _times(figures: Iterable[float | None], travellers: int) -> list[float | None]:
    """Return figures for all travellers: kg to the gram, the hours to a hundredth."""
    found = [None if value is None else round(value * travellers, 3) for value in figures]
    hours = found[-1]
    found[-1] = None if hours is None else round(hours, 2)
    return found


def _figures_text(figures: Iterable[float | None], travellers: int) -> str:
    found = _times(figures, travellers)
    return ",".join(["" if value is None else repr(value) for value in found])


def own_cells(result: Audited) -> list[Cell]:
    """Return the cells of OWN: figures are those of all travellers."""
    rows, trip_id, depart, back, travellers, cost_cents, unit, _, finding = result
    return [
        rows[0],
        " ".join(map(str, rows)),
        trip_id,
        depart.isoformat(),
        back.isoformat() if back else None,
        travellers,
        unit,
        None if cost_cents is None else cost_cents / 100,
        *_times(unit_figures(finding), travellers),
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
    for name in FIGURES:
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
    if not finding.parts:
        yield f'[{{"booked":{finding.booked.evidence if finding.booked else "null"}}}]'
        return
    before = "["
    for part in finding.parts:
        ground = part.ground
        modes = ",".join(map(_json, part.modes))
        yield (
            f'{before}{{"outcome":{_json(ground.outcome)},"rule":{_json(ground.rule)},'
            f'"verdict":{_json(part.verdict)},"reason":{_json(part.reason)},"modes":[{modes}],'
            f'"more_min":{_json(part.more_min)},'
        )
        yield f'{ground.evidence[1:-1]},"booked":'
        yield f'{part.booked.evidence if part.booked else "null"},"land":'
        yield f"{part.land.evidence if part.land else 'null'}}}"
        before = ","
    yield "]"


@lru_cache(maxsize=4_096)
def _json(value: str | int | None) -> str:
    return json.dumps(value, ensure_ascii=False)


def _csv_cell(cell: object) -> str:
    safe = harmless_in_csv(cell)
    if not isinstance(safe, str):
        return repr(safe)
    if safe and not safe.isalnum() and any(char in safe for char in ',"\n'):
        return '"' + safe.replace('"', '""') + '"'
    return safe
