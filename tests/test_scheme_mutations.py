"""Faults put into the shipped schemes: each is refused, found, or changes an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cases_reader import SCHEMES, cases_of
from scheme_world import document

from travelplan.errors import DataError
from travelplan.files import load_reach, scheme_ids
from travelplan.review import Remark, remarks_of, review
from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import MEASURED, Facts, Swing, Value
from travelplan.scheme.logic import Relative
from travelplan.scheme.logic import Test as OneTest
from travelplan.scheme.rulebook import Scheme, Version
from travelplan.strict import Document

LOOSER = {"at_most": "under", "under": "at_most", "at_least": "over", "over": "at_least"}
FACT = re.compile(r"\{fact: (rail_min|rail_door_min|distance_km|land_min|route_km)\b")
BOUND = re.compile(r"\b(at_most|under|at_least|over): (?=[0-9a-z])")
CUT = re.compile(r"^\s+(- id:|when:|outcome:|value:|all:|any:|- \{fact|- \{not|- all:)")


def mutations(text: str) -> Iterator[tuple[str, str]]:
    """Yield what was done to a scheme file, and the file after it."""
    lines = text.splitlines(keepends=True)
    yield "cut off before its end", text.removesuffix("...\n")
    yield "a key twice", text.replace("country: ", "country: XX\ncountry: ", 1)
    yield "an anchor", text.replace("country: ", "country: &land ", 1)
    alias = text.replace("country: ", "country: &land ", 1)
    yield "an alias", alias.replace("list_authority: ", "list_authority: *land # ", 1)
    first = text.index("in_force: {from: ")
    yield (
        "a last day before the first",
        text[:first]
        + text[first:]
        .replace("in_force: {from: ", "in_force: {to: 1999-12-31, from: ", 1)
        .replace(", to: 20", ", tu: 20", 1),
    )
    if match := FACT.search(text):
        yield "an unknown fact", text.replace(match[0], match[0] + "ute", 1)
        yield "a parameter that is not set", unset(text, match)
    rules = text.index("    rules:")
    for match in BOUND.finditer(text, rules):
        if text[: match.start()].rfind("    people:") > rules or in_provision(text, match.start()):
            continue
        looser = text[: match.start(1)] + LOOSER[match[1]] + text[match.end(1) :]
        yield f"{match[1]} at {match.start()} for its neighbour", looser
    for number, line in enumerate(lines):
        if (
            CUT.match(line)
            and "    rules:\n" in lines[:number]
            and not in_provision(text, sum(map(len, lines[:number])))
        ):
            yield f"line {number + 1} cut", "".join(lines[:number] + lines[number + 1 :])


def unset(text: str, match: re.Match[str]) -> str:
    """Return the file with a limit that is a parameter without a value."""
    bound = re.compile(r"(at_most|under|at_least|over): (\d+ h( \d+)?|\d+)")
    found = bound.search(text, match.start())
    if found is None:
        return ""
    changed = text[: found.start(2)] + "open_limit" + text[found.end(2) :]
    place = changed.index("    rules:")
    block = "    parameters:\n      open_limit: {basis: published}\n"
    if "    parameters:\n" in changed:
        return changed.replace("    parameters:\n", block, 1)
    return changed[:place] + block + changed[place:]


def in_provision(text: str, position: int) -> bool:
    """Return whether a place lies in what goes with the rules rather than in the rules."""
    heads = re.findall(r"^    ([a-z]+):", text[:position], re.MULTILINE)
    return bool(heads) and heads[-1] not in {"rules", "gates", "scope", "parameters"}


def probes(version: Version, cases: list[dict[str, Value]]) -> list[Facts]:
    """Return facts on both sides of every limit of a version, and those of its written cases."""
    found = [Facts.of(case) for case in cases]
    base: dict[str, Value] = {
        "rail_min": 5000,
        "rail_door_min": 5000,
        "plane_door_min": 100,
        "flight_min": 60,
        "land_min": 5000,
        "distance_km": 9000,
        "route_km": 9000,
        "domestic": False,
    }
    same_day: dict[str, Value] = {**base, "same_day_return": True}
    same_day |= {"rail_back_min": 30} if "rail_back_min" in version.further else {}
    for test in version.tests:
        for value in near(test):
            for rest in (base, {**base, "domestic": True}, {"domestic": False}, same_day):
                found.append(Facts.of({**rest, test.fact: value}))
    measured = [name for name in base if version.kind(name) in MEASURED]
    swing = Swing("rail_min", tuple(measured), -40, 40)
    return [*found, *(Facts(facts.values, (swing,)) for facts in found)]


def near(test: OneTest) -> list[Value]:
    """Return values at and beside the bound of a test."""
    bound = test.bound
    if isinstance(bound, Relative):
        return [100 + bound.plus + step for step in (-1, 0, 1)]
    if isinstance(bound, bool):
        return [True, False]
    if isinstance(bound, int | float):
        return [bound - 1, bound, bound + 1]
    return [bound if isinstance(bound, str) else bound[0], "??"] if bound else []


def checked(text: str) -> tuple[list[Remark], Document | None]:
    """Return what `schemes check` finds, and the file if it can be read at all."""
    try:
        changed = document(text)
    except DataError as error:
        return remarks_of(error), None
    return review(changed, load_reach()), changed


def told(scheme: Scheme, cases: dict[int, list[Facts]]) -> list[object]:
    """Return everything that the versions of a scheme say of the probes."""
    said: list[object] = []
    for number, facts in cases.items():
        for one in facts:
            decision = decide(scheme.versions[number], one)
            causes = [(c.cause, c.value, c.outcome) for c in decision.causes]
            said.append((decision.outcome, decision.verdicts, causes, decision.assumed))
    return said


ALL = [
    pytest.param(id_, how, text, id=f"{id_}: {how}")
    for id_ in scheme_ids()
    for how, text in mutations((SCHEMES / f"{id_}.yaml").read_text("utf-8"))
    if text
]


def test_there_are_at_least_two_hundred() -> None:
    assert len(ALL) >= 200


@pytest.mark.parametrize(("id_", "how", "text"), ALL)
def test_a_fault_is_refused_found_or_changes_an_outcome(id_: str, how: str, text: str) -> None:
    original = (SCHEMES / f"{id_}.yaml").read_text("utf-8")
    assert text != original
    remarks, changed = checked(text)
    if remarks or changed is None:
        assert all(remark.line >= 1 and str(remark.advice) for remark in remarks)
        return
    scheme = compile_scheme(document(original))
    cases: list[dict[str, Value]] = [
        case.values[0]["facts"] for case in cases_of(f"schemes/{id_}.yaml")
    ]
    facts = {i: probes(version, cases) for i, version in enumerate(scheme.versions)}
    assert told(scheme, facts) != told(compile_scheme(changed), facts)
