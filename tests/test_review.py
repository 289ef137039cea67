"""What a review suggests, counted again by hand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta

import pytest
from upkeep_world import (
    AMSTERDAM,
    AN,
    BARCELONA,
    BERLIN,
    DAY,
    FIRST,
    SHIPPED,
    VIENNA,
    as_csv,
    counted,
    named,
    reviewed,
    rows,
    stated_minutes,
    with_list,
)

from travelplan import InputError, Reference
from travelplan.files import (
    DATA,
    load_parameters,
    read_document,
)
from travelplan.upkeep.propose import proposed
from travelplan.upkeep.review import Review, months_before


@pytest.fixture(scope="module")
def found(reference: Reference) -> Review:
    return reviewed(reference, as_csv(rows()))


# --- The invented trips -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_the_invented_trips_have_the_published_shares(seed: int | None) -> None:
    trips = rows(seed)
    neighbours = read_document(DATA / "demo.yaml").content["destinations"]  # type: ignore[index]
    near = {name for code in ("NL", "FR", "DE", "LU") for name in neighbours[code]}

    assert len(trips) == 740
    assert sum(trip["mode"] == "train" for trip in trips) == 259  # 35 %
    assert sum(trip["destination"] in near for trip in trips) > 370
    assert len({trip["destination"] for trip in trips}) == 200
    assert {trip["depart"][:4] for trip in trips} == {str(year) for year in range(2021, 2027)}
    assert 1.5 < sum(int(trip["travellers"]) for trip in trips) / 740 < 1.8


def test_the_same_seed_gives_the_same_trips_and_another_seed_others() -> None:
    assert rows() == rows()
    assert rows(5) != rows()


def test_every_invented_trip_can_be_counted(reference: Reference) -> None:
    visits = counted(reference, as_csv(rows()))

    assert visits.uncounted == ()
    assert len(visits.visits) == 740


# --- The review, counted again in another way ---------------------------------------------------


def by_hand(reference: Reference) -> Counter[str]:
    """Count the rows of the file for each place, in the window, with a night away."""
    counts: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(as_csv(rows()))):
        is_in = FIRST.isoformat() <= row["depart"] <= DAY.isoformat()
        if is_in and row["return"] > row["depart"]:
            place = reference.places.find(row["destination"]).place
            assert place is not None
            counts[place.id] += 1
    return counts


def test_who_joins_can_be_counted_by_hand(reference: Reference, found: Review) -> None:
    listed = reference.destinations.listed_ids
    expected = {
        f"join:{place}": count
        for place, count in by_hand(reference).items()
        if count >= 4 and place not in listed
    }
    joining = {s.id: s.evidence["visits"] for s in found.suggestions if s.kind == "join"}

    assert joining == expected
    assert len(joining) >= 5
    assert all(s.evidence["from"] == "2024-11-23" for s in found.suggestions if s.kind == "join")


def test_who_leaves_can_be_counted_by_hand(reference: Reference, found: Review) -> None:
    hand = by_hand(reference)
    expected = {f"leave:{place}" for place in reference.destinations.listed_ids if not hand[place]}

    assert {s.id for s in found.suggestions if s.kind == "leave"} == expected
    assert f"leave:{BARCELONA}" in expected


def test_every_suggestion_names_the_trips_it_counts(found: Review) -> None:
    by_id = {row["trip_id"]: row for row in rows()}
    for item in found.suggestions:
        if item.kind in ("join", "leave"):
            assert len(set(item.trips)) == item.evidence["visits"]
            days = [by_id[trip]["depart"] for trip in item.trips]
            assert all(FIRST.isoformat() <= day <= DAY.isoformat() for day in days)


def test_what_joins_has_the_level_that_the_scheme_computes(
    reference: Reference, found: Review
) -> None:
    text = proposed(SHIPPED, found.suggestions, AN)
    changed = with_list(reference, text)
    from travelplan.upkeep.check import check_destinations  # noqa: PLC0415

    assert list(check_destinations(changed, DAY)) == []
    assert {entry.names.nl for entry in changed.destinations.entries} >= {"Kopenhagen", "Wenen"}


def test_near_a_limit_says_how_near(found: Review) -> None:
    near = named(found, f"near-limit:{BERLIN}")

    assert near.evidence["limit"] == 480
    assert near.evidence["apart"] == abs(int(near.evidence["minutes"]) - 480) <= 30


def test_minutes_grow_old_after_a_year(reference: Reference) -> None:
    assert not [s for s in reviewed(reference).suggestions if s.kind == "recheck"]

    later = reviewed(reference, day=DAY + timedelta(days=366)).suggestions
    old = {s.place.id: s.evidence for s in later if s.kind == "recheck"}

    assert old[AMSTERDAM]["days since"] == 366
    assert len(old) == 6  # all listed ones with a train


def test_minutes_that_the_network_no_longer_has_are_found(reference: Reference) -> None:
    minutes = stated_minutes(BERLIN)
    changed = SHIPPED.replace(f"rail: {{minutes: {minutes},", "rail: {minutes: 500,").replace(
        "level: mandatory", "level: free", 1
    )
    suggestions = reviewed(with_list(reference, changed)).suggestions

    assert {(s.id, s.stated, s.computed) for s in suggestions if s.kind != "near-limit"} == {
        (f"minutes:{BERLIN}", "500", str(minutes)),
        (f"level:{AMSTERDAM}", "free", "mandatory"),
    }


def test_without_trips_nobody_joins_or_leaves(reference: Reference) -> None:
    assert {s.kind for s in reviewed(reference).suggestions} <= {"near-limit"}


def test_thresholds_come_from_the_data_the_list_and_the_caller(reference: Reference) -> None:
    text = SHIPPED.replace("entries:", "review: {join_visits: 9}\nentries:", 1)
    changed = with_list(reference, text)

    assert load_parameters().join_visits == 4
    assert load_parameters(changed.destinations.review).join_visits == 9
    assert load_parameters(changed.destinations.review, {"join_visits": 2}).join_visits == 2
    joining = [s for s in reviewed(changed, as_csv(rows())).suggestions if s.kind == "join"]
    assert {s.place.id for s in joining} == {VIENNA}


@pytest.mark.parametrize("wrong", [{"join_visit": 3}, {"join_visits": 0}, {"window_months": 0}])
def test_a_threshold_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InputError):
        load_parameters(wrong)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_are_counted_back(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_a_domestic_place_is_not_suggested_but_named(reference: Reference) -> None:
    text = "trip_id,destination,depart,return\n" + "".join(
        f"{n},Antwerpen,2026-03-0{n},2026-03-1{n}\n" for n in range(1, 6)
    )
    result = reviewed(reference, text)

    assert not [s for s in result.suggestions if s.kind == "join"]
    assert [(place.name, count, why) for place, count, why in result.out_of_scope] == [
        ("Antwerp", 5, "out_of_scope")
    ]


# --- Trips as people keep them ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,Gent,Melle,2026-03-01,2026-03-03", "add a country"),
        ("1,Gent,Xyzzy,2026-03-01,2026-03-03", "do not know"),
        ("1,Gent,Parijs,31/2/2026,2026-03-03", "does not exist"),
        ("1,Gent,Parijs,soon,2026-03-03", "not a date"),
        ("1,Gent,Parijs,,2026-03-03", "No departure"),
        ("1,Gent,Parijs,2026-03-05,2026-03-03", "lies before"),
        ("1,Antwerpen,Parijs,2026-03-01,2026-03-03", "does not start"),
    ],
)
def test_what_cannot_be_counted_is_named_with_its_line(
    reference: Reference, row: str, why: str
) -> None:
    text = f"trip_id,origin,destination,depart,return\n{row}\n2,,Parijs,1/3/2026,3/3/2026\n"
    visits = counted(reference, text)

    assert [(fault.line, why in str(fault.why)) for fault in visits.uncounted] == [(2, True)]
    assert [visit.place.name for visit in visits.visits] == ["Paris"]


def test_a_semicolon_file_with_dutch_heads_and_a_mark_is_read(reference: Reference) -> None:
    text = "\ufeffReis;Bestemming;Vertrek;Terug\n7;Wenen;5/3/2026;8/3/2026\n;;;\n"
    visits = counted(reference, text)

    assert [(v.trip, v.place.name, v.depart.isoformat()) for v in visits.visits] == [
        ("7", "Vienna", "2026-03-05")
    ]


def test_a_trip_counts_once_for_each_place(reference: Reference) -> None:
    text = "trip_id,destination,depart\n1,Wenen,2026-03-05\n1,Wien,2026-03-05\n1,Praag,2026-03-07\n"

    assert [v.place.name for v in counted(reference, text).visits] == ["Vienna", "Prague"]


def test_a_day_trip_is_no_visit(reference: Reference) -> None:
    text = "trip_id,destination,depart,return\n" + "".join(
        f"{n},Keulen,2026-03-0{n},2026-03-0{n}\n" for n in range(1, 7)
    )

    assert reviewed(reference, text).visits == 0


def test_a_missing_column_is_named(reference: Reference) -> None:
    with pytest.raises(InputError, match="depart"):
        counted(reference, "trip_id,destination\n1,Wenen\n")
