"""Recompute the yearly report from the raw rows, with nothing but the standard library.

    python recompute_year.py 2024 TRIPS.csv AUDIT.jsonl DOORS.json

TRIPS.csv is what `travelplan demo trips` prints, AUDIT.jsonl what `travelplan audit --json` prints
of it, DOORS.json the minutes from door to door, one way, by "destination|mode". Prints one JSON
object: masses in grams, money in euro cents, time in minutes.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

OTHERWISE = {"deviated", "exception", "exception_without_request"}
NOT_JUDGED = {"undetermined", "no_rule_in_force"}


def grams(value: float | None) -> int:
    return round((value or 0) * 1000)


def in_time(row: Any) -> bool:
    known = row["mode"] == "plane" and None not in (row["rail_min"], row["limit_min"])
    return known and row["rail_min"] <= row["limit_min"]


def numbers(row: Any, doors: dict[str, int]) -> dict[str, int]:
    """Return all that is ever added up of a trip."""
    kg, ttw = grams(row["co2e_kg"]), grams(row["ttw_kg"])
    is_split = row["ttw_kg"] is not None
    return {
        "trips": 1,
        "travellers": int(row["travellers"]),
        "train": row["mode"] in {"train", "night_train"},
        "flights": row["mode"] == "plane",
        "in_time": in_time(row),
        "minutes": 2 * doors[f"{row['destination']}|{row['mode']}"] * int(row["travellers"]),
        "cents": round(float(row["cost_eur"]) * 100),
        "g": kg,
        "ttw_g": ttw,
        "wtt_g": kg - ttw if is_split else 0,
        "unsplit_g": 0 if is_split else kg,
        "non_co2_g": grams(row["non_co2_kg"]),
        "avoidable_g": grams(row["avoidable_kg"]),
        "extra_min": round((row["avoidable_hours"] or 0) * 60),
        "judged": row["verdict"] not in NOT_JUDGED,
    }


def by(rows: list[Any], key: Any) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for name, number in row["numbers"].items():
            found[key(row)][name] += number
    return found


def report(rows: list[Any]) -> dict[str, Any]:
    """Return the sums of everything that the report of a year prints, by its tables."""
    otherwise = [row for row in rows if row["verdict"] in OTHERWISE]
    known = [row for row in rows if row["co2e_kg"] is not None]
    flights = [row for row in rows if in_time(row)]
    columns = ("unit", "mode", "outcome", "destination", "verdict", "tier", "version")
    return {
        "all": by(rows, lambda _: "all")["all"],
        **{name: by(rows, lambda row, name=name: str(row[name] or "")) for name in columns},
        "reasons": by(otherwise, lambda row: f"{row['verdict']}|{row['reason_code']}"),
        "flights": by(flights, lambda row: f"{row['unit']}|{row['reason_code']}"),
        "employees": by(known, lambda row: str(row["role"] in {"staff", "elected"})),
    }


def main() -> None:
    year, *files = sys.argv[1:]
    with Path(files[0]).open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    with Path(files[1]).open(encoding="utf-8") as file:
        judged = {row["trip_id"]: row for row in map(json.loads, file) if "verdict" in row}
    doors = json.loads(Path(files[2]).read_text("utf-8"))
    own = ("unit", "mode", "role", "cost_eur", "travellers")
    rows = [
        {**judged[trip["trip_id"]], **{name: trip[name] for name in own}}
        for trip in raw
        if trip["depart"][:4] == year
    ]
    rows = [{**row, "numbers": numbers(row, doors)} for row in rows]
    json.dump(report(rows), sys.stdout)


if __name__ == "__main__":
    main()
