"""What a person types becomes a trip, or every wrong field is named at once."""

from __future__ import annotations

from datetime import date, time

import pytest
from cases_reader import codes, problem_of
from hypothesis import given
from hypothesis import strategies as st

from travelplan import InputError, Places, Trip, load_language, load_places, parse_trip
from travelplan.language import LANGUAGES
from travelplan.trip import parse_clock, read_day

TODAY = date(2026, 11, 22)
GENT, NANTES = "gn:2797656", "gn:2990969"
MELLE_BE, MELLE_DE = "gn:2791385", "gn:2872079"


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


@pytest.fixture
def trip(places: Places) -> Trip:
    return parse_trip({"destination": "Nantes"}, places, today=TODAY)


def refused(places: Places, **fields: object) -> InputError:
    given_fields = {"destination": "Nantes", **fields}
    if "back" in given_fields:
        given_fields["return"] = given_fields.pop("back")
    with pytest.raises(InputError) as caught:
        parse_trip(given_fields, places, today=TODAY)
    return caught.value


def test_a_destination_alone_is_a_trip_from_gent_today_by_one_member_of_staff(trip: Trip) -> None:
    assert (trip.origin.id, trip.destination.id, trip.depart) == (GENT, NANTES, TODAY)
    assert (trip.travellers, trip.role, trip.via) == (1, "staff", ())
    assert (trip.back, trip.nights, trip.multi_day) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-05", date(2027, 3, 5)),
        ("2027-3-5", date(2027, 3, 5)),
        ("5/3/2027", date(2027, 3, 5)),
        ("05/03/2027", date(2027, 3, 5)),
        ("05-03-2027", date(2027, 3, 5)),
        ("5.3.2027", date(2027, 3, 5)),
        ("  5/3/2027 ", date(2027, 3, 5)),
        ("5 maart 2027", date(2027, 3, 5)),
        ("5 Maart 2027", date(2027, 3, 5)),
        ("5 mrt. 2027", date(2027, 3, 5)),
        ("5 mars 2027", date(2027, 3, 5)),
        ("vrijdag 5 maart 2027", date(2027, 3, 5)),
        ("vendredi 5 mars 2027", date(2027, 3, 5)),
        ("1 aout 2027", date(2027, 8, 1)),
        ("1er mars 2027", date(2027, 3, 1)),
        ("5 août 2027", date(2027, 8, 5)),
        ("5 March 2027", date(2027, 3, 5)),
        ("12/10/2027", date(2027, 10, 12)),
        ("29/2/2028", date(2028, 2, 29)),
        ("21/11/2026", date(2026, 11, 21)),
        ("31/12/2036", date(2036, 12, 31)),
    ],
)
def test_a_day_is_read_as_a_belgian_writes_it(places: Places, typed: str, day: date) -> None:
    fields = {"destination": "Nantes", "depart": typed}
    assert parse_trip(fields, places, today=TODAY).depart == day


@pytest.mark.parametrize(
    "typed", ["31/2/2027", "29/2/2027", "2027-13-01", "31 april 2027", "0/1/2027"]
)
def test_a_day_that_the_calendar_lacks_is_refused(places: Places, typed: str) -> None:
    error = refused(places, depart=typed)
    assert codes(error) == {("depart", "no_such_day")}
    assert typed in str(problem_of(error, "depart").message)


@pytest.mark.parametrize("typed", ["tomorrow", "5/3/27", "5 maart", "March 2027", "20270305", "3"])
def test_what_is_not_a_whole_date_is_refused(places: Places, typed: str) -> None:
    error = refused(places, depart=typed)
    assert codes(error) == {("depart", "not_a_date")}
    assert typed in str(problem_of(error, "depart").message)
    assert "5/3/2027" in str(problem_of(error, "depart").message)


def test_a_day_more_than_ten_years_ahead_is_refused(places: Places) -> None:
    error = refused(places, depart="1/1/2037", nights="3")
    assert codes(error) == {("depart", "too_far")}
    assert "2037" in str(problem_of(error, "depart").message)


@given(st.dates(date(2000, 1, 1), date(2036, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_is_read_back_from_every_way_to_write_it(day: date, code: str) -> None:
    month = load_language(code).locale.months["format"]["wide"][day.month]
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day} {month} {day.year}",
    ):
        assert read_day("depart", written) == day


def stay(places: Places, **fields: object) -> tuple[date | None, int | None, bool | None]:
    words = {"destination": "Nantes", "depart": "5/3/2027", **fields}
    found = parse_trip(words, places, today=TODAY)
    return found.back, found.nights, found.multi_day


def test_a_return_gives_the_nights_and_nights_give_the_return(places: Places) -> None:
    assert stay(places, **{"return": "7/3/2027"}) == (date(2027, 3, 7), 2, True)
    assert stay(places, nights="2") == (date(2027, 3, 7), 2, True)
    assert stay(places, nights=2) == (date(2027, 3, 7), 2, True)


def test_a_return_on_the_day_of_departure_is_no_night(places: Places) -> None:
    assert stay(places, **{"return": "5/3/2027"}) == (date(2027, 3, 5), 0, False)
    assert stay(places, nights="0") == (date(2027, 3, 5), 0, False)


def test_fewer_nights_than_days_are_nights_on_the_train_and_still_several_days(
    places: Places,
) -> None:
    assert stay(places, nights="0", **{"return": "7/3/2027"}) == (date(2027, 3, 7), 0, True)


def test_more_nights_than_days_are_a_contradiction(places: Places) -> None:
    error = refused(places, depart="5/3/2027", back="7/3/2027", nights="3")
    assert codes(error) == {("nights", "contradiction")}
    assert str(problem_of(error, "nights").message).startswith("3 nights")


def test_a_return_before_the_departure_is_refused_with_both_days(places: Places) -> None:
    error = refused(places, depart="5/3/2027", back="4/3/2027")
    assert codes(error) == {("return", "before_departure")}
    said = load_language("nl").say(problem_of(error, "return").message)
    assert "donderdag 4 maart 2027" in said
    assert "vrijdag 5 maart 2027" in said


def test_a_return_before_today_without_a_departure_is_refused(places: Places) -> None:
    assert codes(refused(places, back="21/11/2026")) == {("return", "before_departure")}


def test_a_wrong_departure_does_not_make_the_return_wrong(places: Places) -> None:
    error = refused(places, depart="31/2/2026", back="5/3/2026")
    assert codes(error) == {("depart", "no_such_day")}


def test_a_stay_of_more_than_a_year_is_refused(places: Places) -> None:
    assert codes(refused(places, depart="5/3/2027", back="7/3/2028")) == {("return", "too_long")}
    assert codes(refused(places, nights="367")) == {("nights", "out_of_range")}


@pytest.mark.parametrize("typed", ["0", "501", "-1", "two", "1.5", "99999999999", "1e2", True])
def test_a_number_of_travellers_that_cannot_be_is_refused(places: Places, typed: object) -> None:
    error = refused(places, travellers=typed)
    message = str(problem_of(error, "travellers").message)
    assert str(typed) in message
    assert "from 1 to 500" in message


@pytest.mark.parametrize(("typed", "number"), [("1", 1), (" 12 ", 12), (500, 500), ("", 1)])
def test_a_number_of_travellers_is_read(places: Places, typed: object, number: int) -> None:
    fields = {"destination": "Nantes", "travellers": typed}
    assert parse_trip(fields, places, today=TODAY).travellers == number


@pytest.mark.parametrize("typed", ["-1", "366.5", "veel"])
def test_nights_that_cannot_be_are_refused(places: Places, typed: str) -> None:
    assert typed in str(problem_of(refused(places, nights=typed), "nights").message)


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_an_empty_destination_is_asked_for(places: Places, typed: str | None) -> None:
    assert codes(refused(places, destination=typed)) == {("destination", "missing")}


def test_an_empty_origin_is_gent(places: Places) -> None:
    fields = {"destination": "Nantes", "origin": " "}
    assert parse_trip(fields, places, today=TODAY).origin.id == GENT


@pytest.mark.parametrize("typed", ["Gent", "Gand", "Ghent", GENT])
def test_a_trip_to_where_one_is_already_is_refused(places: Places, typed: str) -> None:
    assert codes(refused(places, destination=typed)) == {("destination", "same_place")}


def test_an_id_is_a_place(places: Places) -> None:
    fields = {"destination": NANTES, "origin": "gn:2792196"}
    found = parse_trip(fields, places, today=TODAY)
    assert found.destination.name == "Nantes"


def test_an_id_that_nobody_has_is_refused(places: Places) -> None:
    assert codes(refused(places, destination="gn:999999999999")) == {("destination", "not_found")}


def test_a_name_of_two_places_is_asked_and_each_candidate_can_be_given_back(
    places: Places,
) -> None:
    problem = problem_of(refused(places, destination="Melle"), "destination")
    assert problem.code == "ambiguous"
    assert {MELLE_BE, MELLE_DE} <= {candidate.id for candidate in problem.candidates}
    for candidate in problem.candidates:
        found = parse_trip({"destination": candidate.id}, places, today=TODAY)
        assert found.destination.id == candidate.id


def test_a_typing_mistake_is_refused_with_candidates(places: Places) -> None:
    problem = problem_of(refused(places, destination="Barcelonaa"), "destination")
    assert problem.code == "not_found"
    assert "Barcelona" in {str(candidate.label).split(" (")[0] for candidate in problem.candidates}


def test_what_is_shown_of_a_long_text_is_cut(places: Places) -> None:
    problem = problem_of(refused(places, destination="x" * 5000), "destination")
    assert len(str(problem.message)) < 200


def test_a_tour_is_split_into_its_stretches_with_the_way_home(places: Places) -> None:
    fields = {"destination": "Praag", "via": ["Wenen"], "depart": "5/3/2027", "nights": "4"}
    tour = parse_trip(fields, places, today=TODAY)
    names = [(a.names.nl, b.names.nl) for a, b in tour.stretches]
    assert names == [("Gent", "Wenen"), ("Wenen", "Praag"), ("Praag", "Gent")]
    one = tour.between(*tour.stretches[1])
    assert (one.origin.names.nl, one.destination.names.nl, one.via) == ("Wenen", "Praag", ())
    assert one.nights == 4


def test_a_tour_that_ends_at_home_has_no_way_home_added(places: Places) -> None:
    fields = {"destination": "Gent", "via": ["Wenen", "Praag"]}
    tour = parse_trip(fields, places, today=TODAY)
    assert len(tour.stretches) == 3
    assert tour.stretches[-1][1].id == GENT


def test_one_place_on_the_way_may_be_given_as_text_and_empty_ones_are_left_out(
    places: Places,
) -> None:
    for via in ("Wenen", ["", "Wenen", "  "]):
        found = parse_trip({"destination": "Praag", "via": via}, places, today=TODAY)
        assert [place.names.nl for place in found.via] == ["Wenen"]


@pytest.mark.parametrize("via", [["Nantes"], ["Gent"], ["Wenen", "Wenen"]])
def test_the_same_place_twice_in_a_row_is_refused(places: Places, via: list[str]) -> None:
    assert ("via", "same_place") in codes(refused(places, via=via))


@pytest.mark.parametrize("via", [5, True])
def test_places_on_the_way_of_a_wrong_type_are_refused(places: Places, via: object) -> None:
    assert {field for field, _ in codes(refused(places, via=via))} == {"via"}


def test_every_wrong_field_is_named_at_once_with_its_value(places: Places) -> None:
    wrong = {
        "origin": "Nowherecity",
        "destination": "Xyzzyqq",
        "via": "Qqqqwww",
        "depart": "31/2/2027",
        "return": "gisteren",
        "nights": "x",
        "travellers": "0",
        "role": "king",
    }
    with pytest.raises(InputError) as caught:
        parse_trip(wrong, places, today=TODAY)
    said = {problem.field: problem.message for problem in caught.value.problems}
    assert set(said) == set(wrong)
    for code in LANGUAGES:
        for field, typed in wrong.items():
            assert typed in load_language(code).say(said[field])
    assert str(caught.value).count(";") == len(wrong) - 1


# Days off, meetings, reasons, combinations, more time.


def test_days_off_are_inside_the_dates_and_outside_the_nights_of_work(places: Places) -> None:
    fields = {"destination": "Nantes", "depart": "4/3/2027", "return": "8/3/2027"}
    off = {"private_before": "1", "private_after": "2"}
    found = parse_trip({**fields, **off}, places, today=TODAY)
    assert (found.nights, found.business_nights, found.business_days) == (4, 1, 2)
    assert (found.private_days, found.multi_day) == (3, True)
    usual = parse_trip(fields, places, today=TODAY)
    assert (usual.business_nights, usual.business_days) == (4, 5)


def test_one_day_of_work_is_no_trip_of_several_days(places: Places) -> None:
    fields = {"destination": "Nantes", "depart": "5/3/2027", "nights": "2", "private_after": "2"}
    found = parse_trip(fields, places, today=TODAY)
    assert (found.multi_day, found.business_nights, found.business_days) == (False, 0, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"back": "7/3/2027", "private_after": "3"}, ("private_after", "contradiction")),
        ({"nights": "1", "private_before": "2"}, ("private_before", "contradiction")),
        ({"private_after": "2"}, ("return", "missing")),
        ({"back": "7/3/2027", "private_after": "two"}, ("private_after", "not_a_number")),
        ({"meeting_from": "25:00"}, ("meeting_from", "not_a_time")),
        ({"meeting_from": "soon"}, ("meeting_from", "not_a_time")),
        ({"meeting_until": "10:00"}, ("meeting_from", "missing")),
        ({"meeting_day": "5/3/2027"}, ("meeting_from", "missing")),
        ({"meeting_from": "10", "meeting_until": "9:00"}, ("meeting_from", "not_a_time")),
        ({"meeting_from": "10u", "meeting_until": "9u"}, ("meeting_until", "contradiction")),
        ({"meeting_from": "10u", "meeting_day": "4/3/2027"}, ("meeting_day", "contradiction")),
        (
            {"meeting_from": "10u", "meeting_day": "8/3/2027", "back": "7/3/2027"},
            ("meeting_day", "contradiction"),
        ),
        ({"assistance": "perhaps"}, ("assistance", "not_yes_or_no")),
        ({"reason": 5}, ("reason", "not_a_list")),
    ],
)
def test_what_does_not_fit_is_named(
    places: Places, fields: dict[str, object], wrong: tuple[str, str]
) -> None:
    assert codes(refused(places, depart="5/3/2027", **fields)) == {wrong}


@pytest.mark.parametrize(
    "typed", ["09:30", "9:30", "9.30", "9h30", "9 h 30", "9u30", "9 uur 30", "9 u 30", " 9:30 "]
)
def test_a_time_of_day_is_read_as_people_write_it(places: Places, typed: str) -> None:
    fields = {"destination": "Nantes", "depart": "5/3/2027", "meeting_from": typed}
    meeting = parse_trip(fields, places, today=TODAY).meeting
    assert meeting
    assert (meeting.begins, meeting.day, meeting.minutes) == (time(9, 30), date(2027, 3, 5), None)


@pytest.mark.parametrize("typed", ["9u", "9h", "9 uur", "09:00"])
def test_whole_hours_may_stand_alone(typed: str) -> None:
    assert parse_clock(typed) == time(9)


@pytest.mark.parametrize("typed", ["", "9", "24:00", "9:60", "9:5", "noon", "09:00:00"])
def test_what_is_no_time_of_day(typed: str) -> None:
    assert parse_clock(typed) is None


def test_the_meeting_is_on_the_first_day_of_work(places: Places) -> None:
    fields = {"destination": "Nantes", "depart": "5/3/2027", "return": "9/3/2027"}
    at = {"meeting_from": "9:00", "meeting_until": "12:15", "private_before": "2"}
    meeting = parse_trip({**fields, **at}, places, today=TODAY).meeting
    assert meeting
    assert (meeting.day, meeting.minutes, meeting.begins_min) == (date(2027, 3, 7), 195, 540)


@pytest.mark.parametrize(
    "given_reasons", ["strike; emergency", ["strike", "emergency", "strike", " "]]
)
def test_reasons_are_a_list_or_stand_between_semicolons(
    places: Places, given_reasons: object
) -> None:
    fields = {"destination": "Nantes", "reason": given_reasons}
    assert parse_trip(fields, places, today=TODAY).reasons == ("strike", "emergency")


@pytest.mark.parametrize("typed", ["ocmw-gent", "OCMW Gent", " ocmw  gent "])
def test_the_organisation_is_read_as_schemes_name_it(places: Places, typed: str) -> None:
    fields = {"destination": "Nantes", "organisation": typed}
    assert parse_trip(fields, places, today=TODAY).organisation == "ocmw-gent"


def test_an_organisation_that_cannot_be_an_id_is_refused(places: Places) -> None:
    assert [p.field for p in refused(places, organisation="x" * 61).problems] == ["organisation"]


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        *((no, False) for no in ("", "0", "nee", False, None)),
        *((yes, True) for yes in ("1", "on", "ja", "Oui", True)),
    ],
)
def test_a_box_is_ticked_or_not(places: Places, typed: object, ticked: bool) -> None:
    fields = {"destination": "Nantes", "assistance": typed}
    assert parse_trip(fields, places, today=TODAY).assistance is ticked


def test_a_past_day_is_known_as_one_and_changes_nothing_else(places: Places) -> None:
    fields = {"destination": "Nantes", "depart": "21/11/2026"}
    past = parse_trip(fields, places, today=TODAY)
    same = parse_trip(fields, places, today=date(2026, 11, 1))
    assert (past.in_past, same.in_past) == (True, False)
    assert past == same


def test_a_shared_car_holds_two_to_nine(places: Places) -> None:
    def asked(number: str) -> Trip:
        return parse_trip({"destination": "Nantes", "occupants": number}, places, today=TODAY)

    assert asked("").occupants is None
    assert asked("4").occupants == 4
    for wrong in ("1", "10", "x"):
        with pytest.raises(InputError) as refused:
            asked(wrong)
        assert problem_of(refused.value, "occupants")


def test_a_trip_with_more_than_ten_destinations_is_made_two(places: Places) -> None:
    cities = ["Wenen", "Praag", "Parijs", "Nantes", "Lyon", "Berlijn", "Rome", "Madrid", "Londen"]
    most = parse_trip({"destination": "Keulen", "via": cities}, places, today=TODAY)
    assert len(most.via) == 9

    with pytest.raises(InputError) as refused:
        parse_trip({"destination": "Keulen", "via": [*cities, "Bern"]}, places, today=TODAY)
    assert "10 destinations at most; this one has 11" in str(refused.value)
