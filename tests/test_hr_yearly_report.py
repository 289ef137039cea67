"""The yearly report against an independent script that reads the raw file alone."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from audit_world import demo_rows
from register_world import store_demo

from travelplan import Reference
from webapp.hr.dashboard_filter import Choice, Period
from webapp.hr.figures import Figures, figures_of
from webapp.store import Store

SCRIPT = Path(__file__).parent / "recompute_year.py"


def recomputed(year: int, raw: Path, audit: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(SCRIPT), str(year), str(raw), str(audit)]
    ran = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def grams(kg: float) -> int:
    return round(kg * 1000)


def as_reported(figures: Figures) -> dict[str, Any]:
    all_ = figures.all
    found: dict[str, Any] = {
        name: getattr(all_, name)
        for name in ("trips", "travellers", "train", "flights", "cost_cents", "extra_min")
    }
    found |= {"g": grams(all_.kg), "non_co2_g": grams(all_.non_co2_kg)}
    found |= {"avoidable_g": grams(all_.avoidable_kg), "in_time": all_.in_time}
    for name in ("unit", "mode", "verdict"):
        found[name] = {key: sums.trips for key, sums in figures.by[name].items()}
    for name in ("unit", "mode", "outcome", "tier"):
        masses = {key: grams(sums.kg) for key, sums in figures.by[name].items()}
        found[f"g_by_{name}"] = {key: g for key, g in masses.items() if g}
    found["why"] = {f"{v}|{r}": sums.trips for v, r, sums in figures.reasons}
    return found


def test_the_script_is_short_and_knows_nothing_of_us() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    assert "import travelplan" not in text
    assert "webapp" not in text


def test_every_year_agrees_with_the_raw_rows_to_the_gram(
    store: Store, reference: Reference, tmp_path: Path
) -> None:
    records = store_demo(store, reference)
    rows = demo_rows(740)
    assert len(records) == len(rows) == 740
    raw, audit = tmp_path / "trips.csv", tmp_path / "audit.jsonl"
    with raw.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    audit.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    for year in range(2021, 2027):
        with store.read() as session:
            figures = figures_of(session, Choice(Period.of_year(year)))
        assert as_reported(figures) == recomputed(year, raw, audit)


@pytest.mark.parametrize("field", ["co2e_kg", "mode"])
def test_a_row_that_was_changed_is_found(field: str, reference: Reference, tmp_path: Path) -> None:
    """The comparison can fail: one gram or one mode more and the script says something else."""
    row = {"depart": "2024-01-01", "mode": "plane", "travellers": "1", "cost_eur": "1"}
    judged = {**row, "verdict": "complied", "co2e_kg": 1.0, "non_co2_kg": 0, "avoidable_kg": None}
    judged |= {"avoidable_hours": None, "rail_min": 1, "limit_min": 2, "reason_code": ""}
    judged |= {"unit": "x", "outcome": "free_choice", "tier": 1}
    changed = {**judged, field: {"co2e_kg": 1.001, "mode": "car"}[field]}
    raw = tmp_path / "raw.csv"
    raw.write_text("depart,mode,travellers,cost_eur,unit\n2024-01-01,plane,1,1,x\n", "utf-8")
    found = []
    for name, record in (("a", judged), ("b", changed)):
        path = tmp_path / name
        path.write_text(json.dumps(record), "utf-8")
        found.append(recomputed(2024, raw, path))
    assert found[0] != found[1]
