"""What publishers say against what we say: within a tolerance set before, or explained."""

from __future__ import annotations

from typing import Any

import pytest
from cases_reader import case_file, cases_of
from published import compared

FILE = "emissions/published.yaml"
TOLERANCES = case_file(FILE)["tolerances"]


@pytest.mark.parametrize("case", cases_of(FILE))
def test_a_published_figure_lies_within_its_tolerance_or_the_case_says_why_not(
    case: dict[str, Any],
) -> None:
    found = compared(case)

    assert found.agrees(TOLERANCES) != bool(case.get("miss")), f"{found.ours} at {found.ratio:.3f}"


def test_there_are_enough_cases_and_every_one_has_a_source() -> None:
    cases = case_file(FILE)["cases"]
    kinds = [case["kind"] for case in cases]

    assert len(cases) >= 40
    assert all(case["source"] for case in cases)
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "factor": 90,
        "formula": 5,
        "total": 8,
    }
    assert len({case["sentence"] + case["of"] for case in cases}) == len(cases)


def test_a_set_repeats_its_own_source_without_a_miss() -> None:
    own = [case for case in case_file(FILE)["cases"] if case["within"] != "range"]

    assert len(own) >= 25
    assert not any("miss" in case for case in own)
