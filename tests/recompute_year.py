"""Recompute the yearly report from the raw rows, with nothing but the standard library.

    python recompute_year.py 2024 TRIPS.csv AUDIT.jsonl

TRIPS.csv is what `travelplan demo trips` prints, AUDIT.jsonl what `travelplan audit --json` prints
of it. Prints one JSON object.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

OTHERWISE = {"deviated", "exception", "exception_without_request"}


def grams(value: float | None) -> int:
    return round((value or 0) * 1000)


def report(year: str, trips: list[Any], judged: list[Any]) -> dict[str, Any]:
    """Return the figures of a year; masses in whole grams, money in euro cents."""
    trips = [trip for trip in trips if trip["depart"][:4] == year]
    judged = [row for row in judged if row["depart"][:4] == year]
    found: dict[str, Any] = {
        "trips": len(trips),
        "travellers": sum(int(trip["travellers"]) for trip in trips),
        "train": sum(trip["mode"] in {"train", "night_train"} for trip in trips),
        "flights": sum(trip["mode"] == "plane" for trip in trips),
        "cost_cents": sum(round(float(trip["cost_eur"]) * 100) for trip in trips),
        "g": sum(grams(row["co2e_kg"]) for row in judged),
        "non_co2_g": sum(grams(row["non_co2_kg"]) for row in judged),
        "avoidable_g": sum(grams(row["avoidable_kg"]) for row in judged),
        "extra_min": sum(round((row["avoidable_hours"] or 0) * 60) for row in judged),
        "in_time": sum(
            row["mode"] == "plane"
            and None not in (row["rail_min"], row["limit_min"])
            and row["rail_min"] <= row["limit_min"]
            for row in judged
        ),
    }
    for column, rows in (("unit", trips), ("mode", trips), ("verdict", judged)):
        counts: dict[str, int] = defaultdict(int)
        for row in rows:
            counts[row[column]] += 1
        found[column] = dict(counts)
    for column in ("unit", "mode", "outcome", "tier"):
        masses: dict[str, int] = defaultdict(int)
        for row in judged:
            masses[str(row[column] or "")] += grams(row["co2e_kg"])
        found[f"g_by_{column}"] = {key: g for key, g in masses.items() if g}
    why: dict[str, int] = defaultdict(int)
    for row in judged:
        if row["verdict"] in OTHERWISE:
            why[f"{row['verdict']}|{row['reason_code']}"] += 1
    found["why"] = dict(why)
    return found


def main() -> None:
    year, raw, audit = sys.argv[1:]
    with Path(raw).open(encoding="utf-8", newline="") as file:
        trips = list(csv.DictReader(file))
    with Path(audit).open(encoding="utf-8") as file:
        judged = [row for row in map(json.loads, file) if "verdict" in row]
    json.dump(report(year, trips, judged), sys.stdout)


if __name__ == "__main__":
    main()
