"""Trips of several rows: legs joined, returns found, what is doubled named."""

from __future__ import annotations

from datetime import date

import pytest
from audit_world import judged, only, results, verdict

from travelplan import Audited, Faulty, Reference
from travelplan.audit.trips import BookedTrip


def trip_of(reference: Reference, *rows: str) -> BookedTrip:
    return only(reference, *rows).trip


def test_a_return_in_a_row_of_its_own_is_the_same_trip(reference: Reference) -> None:
    one = only(reference, "1;;;Parijs;1/3/2024;3/3/2024;trein;;;100;;")
    two = only(
        reference, "1;;;Parijs;1/3/2024;;trein;;;60;;", "1;;Parijs;Gent;3/3/2024;;trein;;;40;;"
    )
    assert (two.back, two.cost_cents, two.rows) == (one.back, one.cost_cents, (2, 3))
    assert two.finding.booked is not None
    assert one.finding.booked is not None
    assert two.finding.booked.estimate == one.finding.booked.estimate


def test_legs_are_joined_wherever_they_stand(reference: Reference) -> None:
    rows = [
        "1;3;Madrid;Gent;4/3/2024;;vlucht;;;50;;",
        "2;;;Parijs;1/3/2024;3/3/2024;trein;;;10;;",
        "1;1;Gent;Brussel;1/3/2024;;trein;;;10;;",
        "1;2;Brussel;Madrid;1/3/2024;;vlucht;;;90;;",
    ]
    found = {result.trip_id: result for result in judged(reference, *rows)}
    madrid = found["1"]
    assert madrid.rows == (2, 4, 5)
    assert madrid.trip.destination.name == "Madrid"
    assert (madrid.trip.mode, madrid.back, madrid.cost_cents) == ("plane", date(2024, 3, 4), 15000)
    assert len(madrid.trip.stretches) == 1


def test_another_mode_home_is_judged_too(reference: Reference) -> None:
    rows = ["1;;;Parijs;1/3/2024;;trein;;;;;", "1;;Parijs;Gent;3/3/2024;;vlucht;;;;;"]
    assert verdict(reference, *rows) == "deviated"


def test_a_tour_is_judged_part_by_part(reference: Reference) -> None:
    rows = [
        "1;;;Parijs;1/3/2024;;trein;;;;;",
        "1;;Parijs;Londen;3/3/2024;;vlucht;;;;;",
        "1;;Londen;Gent;5/3/2024;;trein;;;;;",
    ]
    result = only(reference, *rows)
    assert [part.verdict for part in result.finding.parts] == ["complied", "deviated", "complied"]
    assert result.finding.verdict == "deviated"


def test_a_trip_back_on_the_same_day_stays_at_its_farthest_point(reference: Reference) -> None:
    rows = [
        "1;;;Brussel;1/3/2024;;trein;;;;;",
        "1;;Brussel;Parijs;1/3/2024;;trein;;;;;",
        "1;;Parijs;Gent;1/3/2024;;trein;;;;;",
    ]
    assert trip_of(reference, *rows).destination.name == "Paris"


@pytest.mark.parametrize("trip_id", ["1", ""])
def test_a_row_that_repeats_another_is_left_out_and_said(
    reference: Reference, trip_id: str
) -> None:
    row = f"{trip_id};;;Parijs;1/3/2024;3/3/2024;trein;;;10;;"
    first, second = results(reference, row, row)
    assert isinstance(first, Audited)
    assert isinstance(second, Faulty)
    assert (second.row, second.doubtful, second.problems[0].code) == (3, True, "duplicate")
    assert second.cost_cents == 1000


def test_legs_that_do_not_join_are_doubtful_and_not_guessed(reference: Reference) -> None:
    rows = ["1;;;Parijs;1/3/2024;;trein;;;;;", "1;;Lyon;Gent;3/3/2024;;trein;;;;;"]
    found = results(reference, *rows)
    assert all(isinstance(result, Faulty) and result.doubtful for result in found)
    assert {getattr(result, "row", 0) for result in found} == {2, 3}


def test_the_other_rows_of_a_trip_wait_for_its_wrong_row(reference: Reference) -> None:
    rows = ["1;;;Parijs;1/3/2024;;trein;;;;;", "1;;Parijs;Gent;31/2/2024;;vlucht;;;;;"]
    found = {r.row: r for r in results(reference, *rows) if isinstance(r, Faulty)}
    assert [problem.code for problem in found[3].problems] == ["no_such_day"]
    assert found[2].waits_for == (3,)
    assert not found[2].problems


def test_two_travellers_of_one_trip_are_judged_each(reference: Reference) -> None:
    head = "trip_id;traveller;destination;depart;return;mode"
    rows = ["1;a;Parijs;1/3/2024;3/3/2024;trein", "1;b;Parijs;1/3/2024;3/3/2024;vlucht"]
    verdicts = [r.finding.verdict for r in judged(reference, *rows, head=head)]
    assert verdicts == ["complied", "deviated"]
