"""docs/answers.md names every field of a trip, every option, and every key that it promises."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from cases_reader import ROOT

from travelplan import Places, Reference, load_places, parse_trip, recommend, recommendation_record
from travelplan.cli import main

PAGE = (ROOT / "docs" / "answers.md").read_text("utf-8")
ROWS = [line.split("|")[1:4] for line in PAGE.splitlines() if line.startswith("| `")]
FIELDS = re.findall(r"`(\w+)`", " ".join(row[0] for row in ROWS))


class Watched(dict[str, object]):
    """What was typed; remembers which fields were asked for."""

    asked: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


def test_the_page_names_the_fields_that_the_parser_reads(places: Places) -> None:
    fields = Watched(destination="Nantes", meeting_from="9u")
    fields.asked = set()
    parse_trip(fields, places, today=date(2026, 12, 1))
    assert set(FIELDS) == fields.asked


def test_every_field_is_an_option_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recommend", "--help"])
    usage = capsys.readouterr().out
    for field in set(FIELDS) - {"destination"}:
        assert f"--{field.replace('_', '-')}" in usage


def test_the_keys_that_the_page_promises_are_there(reference: Reference, places: Places) -> None:
    fields = {"destination": "Parijs", "depart": "2027-03-01", "nights": "2", "assistance": "1"}
    fields |= {"meeting_from": "9u", "return_by": "plane"}
    trip = parse_trip(fields, places, today=date(2026, 12, 1))
    record = recommendation_record(recommend(trip, reference))
    for item in re.findall(r"^- `(trip|timing|assistance)`[^:]*: (.*)$", PAGE, re.MULTILINE):
        assert set(re.findall(r"`(\w+)`", item[1])) - NESTED <= set(record[item[0]])
    assert {"vehicle", "return"} <= set(record["options"][-1])
    assert record["options"][-1]["emissions"]["one_way_kg"] is None
    assert record["remarks"]


NESTED = {"before", "after", "day", "from", "until", "minutes", "confidential"}
