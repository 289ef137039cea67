"""The list of destinations: what it states, against what is computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from travelplan import InputError, Reference, Trip, recommend
from travelplan.destinations import DestinationList, LevelDecision, RailTime
from travelplan.errors import DataError
from travelplan.files import destinations_path, load_destinations, read_text
from travelplan.strict import read_yaml
from travelplan.upkeep.check import check_destinations

TODAY = date(2026, 11, 22)


def with_entry(reference: Reference, name: str, **changes: object) -> Reference:
    """The same reference with one entry of the list changed."""
    entries = [
        entry.model_copy(update=changes) if entry.names.en == name else entry
        for entry in reference.destinations.entries
    ]
    return replace(
        reference, destinations=reference.destinations.model_copy(update={"entries": entries})
    )


def trip_to(reference: Reference, name: str) -> Trip:
    origin, place = reference.places.find("Gent").place, reference.places.find(name).place
    assert origin is not None
    assert place is not None
    return Trip(origin, place, date(2027, 3, 1), back=date(2027, 3, 3), nights=2)


def test_every_entry_agrees_with_the_computed_answer(reference: Reference) -> None:
    assert list(check_destinations(reference, TODAY)) == []


def test_the_six_most_visited_and_kanazawa_are_listed(reference: Reference) -> None:
    listed = {e.names.nl for e in reference.destinations.entries if e.status == "listed"}

    assert listed == {
        *("Amsterdam", "Londen", "Barcelona", "Utrecht", "Berlijn", "Parijs", "Kanazawa")
    }


def test_every_entry_says_why_it_is_there_with_a_source(reference: Reference) -> None:
    for entry in reference.destinations.entries:
        assert all(item.source.title and item.source.publisher for item in entry.evidence)
        assert entry.history[0].what == "added"


def test_wrong_minutes_and_a_wrong_level_are_found(reference: Reference) -> None:
    changed = with_entry(
        reference, "Paris", rail=RailTime(minutes=999, basis="network"), level="free"
    )

    found = {(d.entry.names.en, d.what) for d in check_destinations(changed, TODAY)}

    assert found == {("Paris", "rail_min"), ("Paris", "level")}


def test_a_level_that_a_person_decided_overrides_the_computed_one(reference: Reference) -> None:
    decided = LevelDecision(by="HR", day=TODAY)
    changed = with_entry(reference, "Barcelona", level="mandatory", decided=decided)

    answer = recommend(trip_to(changed, "Barcelona"), changed)

    assert answer.outcome == "train_mandatory"
    assert answer.decision.rule is None
    assert answer.decision.listed is not None


def test_a_candidate_never_decides(reference: Reference) -> None:
    decided = LevelDecision(by="HR", day=TODAY)
    changed = with_entry(reference, "Vienna", level="mandatory", decided=decided)

    assert recommend(trip_to(changed, "Wenen"), changed).outcome == "free_choice"


def test_a_checked_time_goes_before_the_network_and_is_not_borderline_by_tolerance(
    reference: Reference,
) -> None:
    checked = RailTime(minutes=470, basis="checked", checked_on=TODAY, checked_by="HR")
    changed = with_entry(reference, "Berlin", rail=checked)

    answer = recommend(trip_to(changed, "Berlijn"), changed)

    assert answer.facts.values["rail_min"] == 470
    assert "rail_min" not in {cause.cause for cause in answer.decision.causes}


def test_a_list_with_faults_is_refused_with_line_and_reason() -> None:
    text = read_text(destinations_path())
    for old, new, reason in (
        ("    level: mandatory", "    level: compulsory", "mandatory"),
        ("    status: listed", "    state: listed", "unknown key"),
        ("    mode: train\n", "", "required"),
        ("basis: network}", "basis: checked}", "checked_on"),
        ("\n...\n", "\n", "cut off"),
    ):
        broken = read_yaml_or_fail(text.replace(old, new, 1))
        assert reason in str(broken)
        assert "line " in str(broken)


def read_yaml_or_fail(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_yaml(text, "destinations.yaml").parse(DestinationList)
    return caught.value


def test_a_place_stands_on_the_list_once() -> None:
    entries = load_destinations(destinations_path()).entries
    with pytest.raises(ValueError, match="twice"):
        DestinationList(organisation="x", origin="gn:1", entries=[entries[0], entries[0]])


def test_the_scheme_refuses_a_day_before_its_first(reference: Reference) -> None:
    trip = replace(trip_to(reference, "Parijs"), depart=date(2020, 2, 6))

    with pytest.raises(InputError, match="2020-02-07"):
        recommend(trip, reference)
