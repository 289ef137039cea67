"""The rows of files that were given out, read back from the cells of CSV or of a workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from travelplan.audit.given_out import is_given_out
from travelplan.report.audited import record_of_cells

_WHOLE = ("travellers", "minutes", "changes", "tier", "rail_min", "limit_min")
_DECIMAL = ("distance_km", "cost_eur")
_NESTED: Mapping[str, str] = {"legs": "[]", "decision_evidence": "null"}
_TEXTS = ("scheme_of_day", "outcome_of_day", "version_of_day")


def record_of_given(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of `audit --out` or of a file of HR from its cells.

    Raises:
        ValueError: it is neither, or a number or the evidence cannot be read.
    """
    if "evidence" not in cells:
        raise ValueError("no evidence")
    record = record_of_cells(cells)
    if not is_given_out(cells):
        return record
    record |= {name: int(cells[name]) if cells[name] else None for name in _WHOLE}
    record |= {name: float(cells[name]) if cells[name] else None for name in _DECIMAL}
    record |= {name: json.loads(cells[name] or empty) for name, empty in _NESTED.items()}
    record |= {name: cells[name] or None for name in _TEXTS}
    return {**record, "deviates": cells["deviates"] == "true"}
