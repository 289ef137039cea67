"""Reads case files: a sentence, what is given, what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from travelplan.errors import DataError, FieldProblem, InputError
from travelplan.strict import read_yaml

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
SCHEMES = ROOT / "travelplan" / "data" / "schemes"


def case_file(path: str) -> dict[str, Any]:
    """Return the content of a case file."""
    content = read_yaml((CASES / path).read_text("utf-8"), path).content
    return cast("dict[str, Any]", content)


def cases_of(path: str) -> list[Any]:
    """Return the cases of a file as test parameters named by their sentence.

    What stands at the head of the file holds for each case that does not say otherwise; the facts
    of a case come on top of those of the head, and `without` takes some out.
    """
    given = case_file(path)
    head = {key: value for key, value in given.items() if key != "cases"}
    found = []
    for case in given["cases"]:
        facts = {**head.get("facts", {}), **case.get("facts", {})}
        facts = {name: facts[name] for name in facts if name not in case.get("without", ())}
        found.append(pytest.param({**head, **case, "facts": facts}, id=case["sentence"]))
    return found


def said(error: DataError) -> list[tuple[int, str]]:
    """Return line and sentence of every fault."""
    return [(fault.line, f"{fault.problem} {fault.advice}".strip()) for fault in error.faults]


def line_of(text: str, part: str) -> int:
    """Return the one line of a text that holds a part."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if part in line]
    if len(lines) != 1:
        raise LookupError(f"{part!r} stands on lines {lines}")
    return lines[0]


def codes(error: InputError) -> set[tuple[str, str]]:
    """Return field and code of every problem."""
    return {(problem.field, problem.code) for problem in error.problems}


def problem_of(error: InputError, field: str) -> FieldProblem:
    """Return the one problem of a field."""
    found = [problem for problem in error.problems if problem.field == field]
    if len(found) != 1:
        raise LookupError(f"{len(found)} problems of {field}")
    return found[0]


def cut_short(text: str) -> Iterator[tuple[int, str]]:
    """Yield a file cut after each of its lines but the last."""
    lines = text.splitlines(keepends=True)
    for kept in range(len(lines)):
        yield kept, "".join(lines[:kept])


def flatten(value: object, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], object]]:
    """Yield every value inside dicts and lists with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from flatten(inner, (*path, str(number)))
    else:
        yield path, value
