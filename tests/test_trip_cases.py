"""Trips that must come out sensibly: by the library, by the command line, in every language."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cases_reader import case_file

from travelplan import Reference, parse_trip, recommend, recommendation_record
from travelplan.cli import main
from travelplan.language import LANGUAGES
from travelplan.report.record import as_json

CASES = case_file("trips/from_ghent.yaml")["cases"]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case["trip"])


def fields(case: dict[str, Any]) -> dict[str, object]:
    return {name: value if isinstance(value, list) else str(value) for name, value in asked(case)}


def asked(case: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in case["ask"].items() if value is not False]


def command(case: dict[str, Any], *more: str) -> list[str]:
    words = ["recommend"]
    for name, value in asked(case):
        option = f"--{name.replace('_', '-')}"
        if name == "destination":
            words.append(value)
        elif value is True:
            words.append(option)
        else:
            given = value if isinstance(value, list) else [value]
            words += [word for item in given for word in (option, str(item))]
    return [*words, *more]


def at(record: Any, path: str) -> Any:
    for step in path.split("."):
        record = record[int(step)] if isinstance(record, list) else record[step]
    return record


@EACH
def test_a_trip_comes_out_sensibly(reference: Reference, case: dict[str, Any]) -> None:
    found = recommend(parse_trip(fields(case), reference.places), reference)
    vehicles = {option.journey.vehicle for option in found.plain_options}

    assert found.outcome == case["outcome"]
    assert vehicles >= set(case.get("with", []))
    assert not vehicles & set(case.get("without", []))
    assert vehicles == set(case.get("exactly", vehicles))
    record = recommendation_record(found)
    for name, value in case.get("facts", {}).items():
        assert record["facts"][name] == value, name
    for path, value in case.get("record", {}).items():
        assert at(record, path) == value, path
    for path in case.get("nothing", []):
        assert at(record, path) is None, path


@EACH
def test_the_command_line_gives_the_same_answer(
    reference: Reference, case: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    found = recommend(parse_trip(fields(case), reference.places), reference)

    assert main(command(case, "--json")) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(as_json(recommendation_record(found)))


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_the_answer_says_so_in_every_language(
    case: dict[str, Any], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(case, "--lang", language)) == 0
    said = capsys.readouterr().out.casefold()

    for sentence in case.get("says", {}).get(language, []):
        assert sentence.casefold() in said


def test_every_trip_says_why_it_is_sensible() -> None:
    assert all(case["because"] for case in CASES)
    assert len({case["trip"] for case in CASES}) == len(CASES)
