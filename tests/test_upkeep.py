"""A list that evolves by decision: the review, the patch, and what a person decides."""

from __future__ import annotations

import csv
import io
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from travelplan import InputError, Reference
from travelplan.demo import COLUMNS, invented_trips
from travelplan.destinations import DestinationList, LevelDecision, RailTime
from travelplan.files import (
    DATA,
    destinations_path,
    load_destinations,
    load_parameters,
    load_reference,
    read_document,
    read_text,
)
from travelplan.saving import change_text
from travelplan.strict import read_yaml
from travelplan.upkeep.editing import Ruling, accepted, refused
from travelplan.upkeep.propose import patch, proposed
from travelplan.upkeep.review import Review, Suggestion, months_before, review
from travelplan.upkeep.visits import Visits, read_visits

DAY = date(2026, 11, 22)
FIRST = date(2024, 11, 23)
SHIPPED = read_text(destinations_path())
AN = Ruling("An Peeters, HR", DAY, "veel bezocht")
BARCELONA, VIENNA, BERLIN, AMSTERDAM = "gn:3128760", "gn:2761369", "gn:2950159", "gn:2759794"


def rows(seed: int | None = None) -> list[dict[str, str]]:
    return invented_trips(read_document(DATA / "demo.yaml"), seed)


def as_csv(trips: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(trips)
    return out.getvalue()


def counted(reference: Reference, text: str) -> Visits:
    listed = reference.destinations
    lines = text.splitlines(keepends=True)
    return read_visits(lines, reference.places, listed.origin, listed.listed_ids)


def with_list(reference: Reference, text: str) -> Reference:
    listed = read_yaml(text, "destinations.yaml").parse(DestinationList)
    return replace(reference, destinations=listed)


def reviewed(reference: Reference, text: str | None = None, day: date = DAY) -> Review:
    visits = counted(reference, text).visits if text is not None else None
    return review(reference, visits, load_parameters(reference.destinations.review), day)


def named(found: Review, id_: str) -> Suggestion:
    return next(item for item in found.suggestions if item.id == id_)


@pytest.fixture(scope="module")
def found(reference: Reference) -> Review:
    return reviewed(reference, as_csv(rows()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "destinations.yaml"
    path.write_text(SHIPPED, encoding="utf-8")
    return path


def stated_minutes(place: str) -> int:
    """The minutes by train that the shipped list states for a place."""
    entries = read_yaml(SHIPPED, "x").parse(DestinationList).entries
    rail = next(entry.rail for entry in entries if entry.place == place)
    assert rail is not None
    return rail.minutes


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
        ("1,Gent,Parijs,31/2/2026,2026-03-03", "not a date"),
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


# --- What a person decides ----------------------------------------------------------------------


def comments(text: str) -> list[str]:
    return [line[line.index("#") :] for line in text.splitlines() if "# " in line]


def lost(old: str, new: str) -> int:
    """Return how many lines of the old text the new one no longer has."""
    return (Counter(old.splitlines()) - Counter(new.splitlines())).total()


def test_accepting_adds_the_entry_with_evidence_and_history(found: Review) -> None:
    item = named(found, "join:gn:2618425")
    new = accepted(SHIPPED, item, AN)
    entry = read_yaml(new, "x").parse(DestinationList).entries[-1]

    assert (entry.names.nl, entry.country, entry.status, entry.level) == (
        *("Kopenhagen", "DK", "listed", "free"),
    )
    visits = entry.evidence[0].visits
    assert not isinstance(visits, str)
    assert visits is not None
    assert (visits.count, visits.first, visits.last) == (item.evidence["visits"], FIRST, DAY)
    assert 3 < visits.per_year < 4
    change = entry.history[0]
    assert (change.day, change.what, change.by) == (DAY, "added", AN.by)
    assert change.why.startswith("veel bezocht (visits 7, from 2024-11-23")
    assert lost(SHIPPED, new) == 0
    assert len(new.splitlines()) - len(SHIPPED.splitlines()) < 20


def test_a_candidate_that_joins_stays_in_its_place(found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"join:{VIENNA}"), AN)
    entries = read_yaml(new, "x").parse(DestinationList).entries

    assert [e.place for e in entries] == [
        e.place for e in load_destinations(destinations_path()).entries
    ]
    vienna = next(e for e in entries if e.place == VIENNA)
    assert (vienna.status, vienna.history[-1].was, vienna.history[-1].now) == (
        *("listed", "candidate", "listed"),
    )
    assert len(vienna.evidence) == 2


def test_an_entry_that_leaves_stays_as_a_candidate_with_its_history(found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"leave:{BARCELONA}"), AN)
    before, after = (
        next(e for e in read_yaml(text, "x").parse(DestinationList).entries if e.place == BARCELONA)
        for text in (SHIPPED, new)
    )

    assert after.status == "candidate"
    assert after.history[:-1] == before.history


def test_checked_minutes_are_written_with_day_and_name(reference: Reference) -> None:
    later = DAY + timedelta(days=400)
    item = named(reviewed(reference, day=later), f"recheck:{AMSTERDAM}")
    ruling = Ruling("Piet", later, "nagekeken bij NMBS", minutes=161)
    new = accepted(SHIPPED, item, ruling)
    rail = read_yaml(new, "x").parse(DestinationList).entries[0].rail

    assert rail == RailTime(minutes=161, basis="checked", checked_on=later, checked_by="Piet")
    assert not [
        s for s in reviewed(with_list(reference, new), day=later).suggestions if s.id == item.id
    ]
    with pytest.raises(InputError, match="minutes"):
        accepted(SHIPPED, item, replace(ruling, minutes=None))


def test_a_level_near_a_limit_becomes_a_decision(reference: Reference, found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"near-limit:{BERLIN}"), AN)
    changed = with_list(reference, new)
    berlin = next(e for e in changed.destinations.entries if e.place == BERLIN)

    assert berlin.decided == LevelDecision(by=AN.by, day=DAY, why=AN.why)
    assert not [s for s in reviewed(changed).suggestions if s.place.id == BERLIN]


def test_a_refusal_is_kept_and_holds_for_a_year(reference: Reference, found: Review) -> None:
    item = named(found, f"leave:{BARCELONA}")
    new = refused(SHIPPED, item, replace(AN, why="congres in 2027"), days=365)
    changed = with_list(reference, new)
    again = reviewed(changed, as_csv(rows()))

    assert item.id not in {s.id for s in again.suggestions}
    assert [(s.id, r.by, r.why, r.until) for s, r in again.refused] == [
        (item.id, AN.by, "congres in 2027", date(2027, 11, 22))
    ]
    after = reviewed(changed, as_csv(rows()), day=date(2027, 11, 23))
    assert item.id in {s.id for s in after.suggestions}


@pytest.mark.parametrize("without", ["by", "why"])
def test_nothing_is_decided_without_a_name_and_a_reason(found: Review, without: str) -> None:
    ruling = replace(AN, by=" ") if without == "by" else replace(AN, why=" ")
    for decide in (accepted, lambda *a: refused(*a, days=1)):
        with pytest.raises(InputError) as wrong:
            decide(SHIPPED, found.suggestions[0], ruling)
        assert wrong.value.problems[0].field == without


def test_what_someone_changed_meanwhile_is_not_overwritten(found: Review) -> None:
    for item in found.suggestions:
        once = accepted(SHIPPED, item, AN)
        with pytest.raises(InputError) as wrong:
            accepted(once, item, AN)
        assert wrong.value.problems[0].code == "changed_meanwhile"


def test_comments_and_layout_survive_every_decision(found: Review) -> None:
    for item in found.suggestions:
        for new in (accepted(SHIPPED, item, AN), refused(SHIPPED, item, AN, days=9)):
            assert comments(new)[: len(comments(SHIPPED))] == comments(SHIPPED)
            assert lost(SHIPPED, new) <= 1, item.id


def test_a_list_written_by_hand_with_another_layout_keeps_its_comments(found: Review) -> None:
    yaml = YAML()
    yaml.width, yaml.explicit_end, yaml.preserve_quotes = 10_000, True, True
    out = io.StringIO()
    yaml.dump(yaml.load(SHIPPED), out)
    text = out.getvalue()
    assert "\n- place" in text
    text = text.replace("  status: listed\n", "  status: listed   # zeker\n", 1)
    new = accepted(text, named(found, f"join:{VIENNA}"), AN)

    assert "# zeker" in new
    assert lost(text, new) <= 1


@pytest.mark.parametrize(
    "why", ["NO", 'yes: "no" # x', "...", "- a", "{a}", "é\u00a0œ", "&x *y", "6:30"]
)
def test_any_reason_is_read_back_as_text(found: Review, why: str) -> None:
    new = accepted(SHIPPED, named(found, f"leave:{BARCELONA}"), replace(AN, why=why))
    entries = read_yaml(new, "x").parse(DestinationList).entries

    assert (
        next(e for e in entries if e.place == BARCELONA)
        .history[-1]
        .why.startswith(" ".join(why.split()))
    )


def test_two_people_who_accept_at_once_lose_nothing(copy: Path, found: Review) -> None:
    joining = [s for s in found.suggestions if s.kind == "join"]

    def accept(item: Suggestion) -> None:
        change_text(copy, lambda text: accepted(text, item, AN))

    with ThreadPoolExecutor(8) as people:
        list(people.map(accept, joining))

    listed = load_destinations(copy).listed_ids
    assert listed >= {s.place.id for s in joining}
    assert len(listed) == 7 + len(joining)


def test_the_proposal_is_a_patch_that_applies(found: Review, copy: Path) -> None:
    new = proposed(SHIPPED, found.suggestions, AN)
    difference = patch(SHIPPED, new, "destinations.yaml")
    subprocess.run(["git", "apply", "-"], input=difference, text=True, check=True, cwd=copy.parent)

    assert copy.read_text("utf-8") == new
    assert patch(new, new, "x") == ""
    assert lost(SHIPPED, new) == 3  # one leaves, two candidates join


# --- Any organisation ---------------------------------------------------------------------------


@pytest.fixture
def own_list(copy: Path) -> Path:
    text = SHIPPED.replace("organisation: stad-gent", "organisation: stad-waterdam")
    copy.write_text(text, encoding="utf-8")
    return copy


def test_an_indicative_list_never_decides(own_list: Path, reference: Reference) -> None:
    rail = f"    rail: {{minutes: {stated_minutes(BARCELONA)}"
    decided = '    decided: {by: HR, day: 2026-11-22, why: "altijd de trein"}\n'
    text = own_list.read_text("utf-8").replace(rail, decided + rail)
    text = text.replace("level: free", "level: mandatory", 1)
    own_list.write_text(text, encoding="utf-8")
    overriding = load_reference(destinations=own_list).destinations
    own_list.write_text(text.replace("\nentries:", "\nauthority: indicative\nentries:"), "utf-8")
    indicative = load_reference(destinations=own_list).destinations
    entry = overriding.entry_for(BARCELONA, overriding.origin)

    assert overriding.deciding(entry) is not None
    assert indicative.deciding(entry) is None
    assert overriding.organisation == "stad-waterdam"
