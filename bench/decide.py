"""Time decisions by every shipped scheme, and the proof of a scheme of 30 rules.

    python bench/decide.py

Prints decisions a second without grounds (the outcome alone) and with (tests, parameters,
borderline causes), by the time that the CPU worked: other work on the machine hardly matters.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from time import process_time

from travelplan.files import load_reach, load_scheme, scheme_ids
from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.decide import decide, outcome_of
from travelplan.scheme.facts import Facts, Swing, Value
from travelplan.scheme.prove import prove
from travelplan.scheme.rulebook import Version
from travelplan.strict import read_yaml

ROUNDS = 5
DECISIONS = 20_000
RULES = 30
TRIPS = (250, 440, 475, 482, 530, 900)


def per_second(work: Callable[[], object], times: int) -> float:
    """Return how often a call runs in a second: the best of some rounds."""
    found = []
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(times):
            work()
        found.append(times / (process_time() - start))
    return max(found)


def trip(minutes: int) -> Facts:
    """Return the facts of a trip as `recommend` knows them, with the tolerance of the network."""
    values: dict[str, Value] = {
        "rail_min": minutes,
        "rail_door_min": minutes + 70,
        "flight_min": 90,
        "plane_door_min": 320,
        "land_min": minutes,
        "distance_km": minutes * 1.5,
        "route_km": minutes * 2.0,
        "country": "FR",
        "continent": "EU",
        "domestic": False,
        "nights": 2,
        "role": "staff",
        "one_day_or_night": True,
        "destination": "Lyon",
    }
    margin = round(minutes * 0.1)
    moved = ("rail_min", "rail_door_min", "land_min")
    return Facts.of(values, [Swing("rail_min", moved, -margin, margin)])


def speeds(version: Version) -> tuple[float, float]:
    """Return decisions a second without and with grounds, over the trips."""
    bare, full = [], []
    for minutes in TRIPS:
        facts = trip(minutes)
        values = decide(version, facts).values
        bare.append(per_second(partial(outcome_of, version.rules, values), DECISIONS // 20))
        full.append(per_second(partial(decide, version, facts), DECISIONS // 40))
    return statistics.harmonic_mean(bare), statistics.harmonic_mean(full)


def thirty_rules() -> Version:
    """Return a scheme of 30 rules over six facts, some bounds relative."""
    facts = ("rail_min", "flight_min", "land_min", "plane_door_min", "distance_km", "nights")
    rules = []
    for i in range(RULES - 1):
        fact = facts[i % len(facts)]
        first = f"{{fact: {fact}, under: {_bound(fact, i)}}}"
        other = f"{{fact: rail_min, at_most: {{fact: plane_door_min, plus: {i + 1} min}}}}"
        part = other if i % 7 == 0 else f"{{fact: rail_changes, at_most: {i % 5}}}"
        outcome = ("train_mandatory", "train_recommended", "justify_otherwise")[i % 3]
        rules.append(f"      - {{id: r{i}, when: {{all: [{first}, {part}]}}, outcome: {outcome}}}")
    rules.append("      - {id: rest, outcome: free_choice}")
    text = "\n".join(
        [
            "id: thirty",
            "body: {nl: a, fr: a, en: a}",
            "country: BE",
            "list_authority: indicative",
            "versions:",
            "  - version: 2020-01-01",
            "    in_force: {from: 2020-01-01}",
            "    sources: [{title: A}]",
            "    rules:",
            *rules,
            "...",
        ]
    )
    return compile_scheme(read_yaml(text, "thirty.yaml")).newest


def _bound(fact: str, i: int) -> str:
    if fact == "distance_km":
        return str(200 + 50 * i)
    return str(1 + i) if fact == "nights" else f"{60 + 20 * i} min"


def main() -> None:
    """Print the figures."""
    found = {}
    for id_ in scheme_ids():
        for version in load_scheme(id_).versions:
            found[f"{id_} {version.version}"] = speeds(version)
    bare = [speed for speed, _ in found.values()]
    full = [speed for _, speed in found.values()]
    for label, numbers, goal in (("without", bare, 200_000), ("with", full, 50_000)):
        slowest = min(found, key=lambda name: found[name][label == "with"])
        print(
            f"decisions {label:<8} grounds: median {statistics.median(numbers):10,.0f} a second, "
            f"slowest {min(numbers):10,.0f} ({slowest}); goal {goal:,}"
        )
    ghent = found["stad-gent 2020-11-23"]
    print(f"stad-gent: {ghent[0]:,.0f} without, {ghent[1]:,.0f} with grounds")
    version = thirty_rules()
    seconds = 1 / per_second(partial(prove, version, load_reach()), 1)
    print(f"a scheme of {RULES} rules is proved in {seconds:.3f} s; goal 1 s")


if __name__ == "__main__":
    main()
