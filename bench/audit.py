"""Time an audit of a million trips against a plain read of the same file.

    python bench/audit.py [ROWS]

Makes a file of trips with a seed (8,000 destinations, half of them in Europe; 2,400 days), reads
it with `csv`, then runs `travelplan audit` on it in a process of its own, with verdict and kg
written for every row. Prints seconds of work by the CPU, the ratio, and the memory at its peak:
times depend on the machine, the ratio hardly does.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from travelplan.audit.words import COLUMNS
from travelplan.files import load_places

ROWS = 1_000_000
DESTINATIONS = 8_000
DAYS = 2_400
FIRST_DAY = date(2020, 6, 1)
SEED = 2026
MEASURED = """
import resource, sys
from travelplan.cli import main
status = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)
sys.exit(status)
"""


def destinations() -> list[str]:
    """Return names that mean one place each, half of them in Europe, the most populous first."""
    places = load_places()
    found: dict[bool, list[str]] = {True: [], False: []}
    for entry in places._index.most_populous_first():
        near = places.continents[entry.country] == "EU"
        name = f"{entry.name} ({entry.country})"
        if len(found[near]) < DESTINATIONS // 2 and entry.country != "BE":
            result = places.find(name)
            if result.place and result.place.id == f"gn:{entry.id}":
                found[near].append(name)
        if all(len(names) == DESTINATIONS // 2 for names in found.values()):
            break
    return [*found[True], *found[False]]


def rows(total: int) -> Iterator[list[str]]:
    """Yield trips; a tenth of the trips by plane give a reason."""
    chance = Random(SEED)
    names = destinations()
    days = [(FIRST_DAY + timedelta(days=i)) for i in range(DAYS + 30)]
    written = [day.isoformat() for day in days]
    for number in range(total):
        place = int(len(names) * chance.random())
        day = int(DAYS * chance.random())
        mode = "plane" if place > len(names) // 2 or chance.random() < 0.5 else "train"
        yield [
            f"T{number:07}",
            "Gent",
            names[place],
            written[day],
            written[day + 1 + int(5 * chance.random())],
            mode,
            "economy" if mode == "plane" else "",
            str(1 + int(3 * chance.random() ** 2)),
            f"{60 + 900 * chance.random():.2f}",
            f"U{int(30 * chance.random())}",
            "elected" if chance.random() < 0.15 else "staff",
            "staking" if mode == "plane" and chance.random() < 0.1 else "",
        ]


def main() -> None:
    """Print the figures."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with TemporaryDirectory() as folder:
        trips, out = Path(folder) / "trips.csv", Path(folder) / "out.csv"
        with trips.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows(total))
        start = process_time()
        with trips.open(encoding="utf-8", newline="") as file:
            read = sum(1 for _ in csv.reader(file))
        plain_s = process_time() - start
        began = perf_counter()
        command = [sys.executable, "-c", MEASURED, "audit", str(trips), "--out", str(out)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        wall_s = perf_counter() - began
        worked_s, peak_mb = map(float, done.stderr.split()[-2:])
        with out.open(encoding="utf-8") as file:
            written = next(n for n in count() if not file.readline()) - 1
        megabytes = trips.stat().st_size / 1e6
    print(f"{read - 1:,} trips ({megabytes:.0f} MB), {written:,} judged and written")
    print(f"plain csv read   {plain_s:6.2f} s")
    print(f"travelplan audit {worked_s:6.2f} s of work, {wall_s:.2f} s on the clock")
    print(f"ratio            {worked_s / plain_s:6.1f}")
    print(f"memory           {peak_mb:6.0f} MB at its peak")


if __name__ == "__main__":
    main()
