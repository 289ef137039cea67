"""Trips judged by the rule and the list of their day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from audit_world import judged, only, verdict, with_scheme
from cases_reader import SCHEMES
from scheme_world import small

from travelplan import Reference, Trip, recommend
from travelplan.audit.grounds import VERDICTS
from travelplan.audit.judge import Judge
from travelplan.destinations import Entry
from travelplan.destinations.entries import Change, LevelDecision, RailTime

FLOWN = "1;;;Parijs;1/3/2024;3/3/2024;vlucht;;1;100;{reason};{request}"


# --- Verdicts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1;;;Parijs;1/3/2024;3/3/2024;trein;;;;;", "complied"),
        ("1;;;Parijs;1/3/2024;3/3/2024;autocar;;;;;", "complied"),
        ("1;;;Barcelona;1/3/2024;3/3/2024;vliegtuig;;;;;", "complied"),
        ("1;;;Parijs;1/3/2024;3/3/2024;wagen;;;;;", "deviated"),
        (FLOWN.format(reason="", request=""), "deviated"),
        (FLOWN.format(reason="want dat was goedkoper", request="A-1"), "deviated"),
        (FLOWN.format(reason="Staking", request="A-1"), "exception"),
        (FLOWN.format(reason="grève", request="oui"), "exception"),
        (FLOWN.format(reason="staking", request=""), "exception_without_request"),
        (FLOWN.format(reason="staking", request="nee"), "exception_without_request"),
        ("1;;;Antwerpen;1/3/2024;3/3/2024;wagen;;;;;", "out_of_scope"),
        ("1;;;Parijs;1/3/2024;1/3/2024;vlucht;;;;;", "out_of_scope"),
        ("1;;;Parijs;6/2/2020;8/2/2020;vlucht;;;;;", "no_rule_in_force"),
    ],
)
def test_the_verdict_on_a_trip(reference: Reference, row: str, expected: str) -> None:
    assert verdict(reference, row) == expected


def test_without_a_column_for_requests_a_reason_is_an_exception(reference: Reference) -> None:
    head = "destination;depart;return;mode;reason"
    row = "Parijs;1/3/2024;3/3/2024;vlucht;staking"
    assert verdict(reference, row, head=head) == "exception"


def test_a_confidential_reason_is_kept_as_a_code_only(reference: Reference) -> None:
    from travelplan.report.audited import JsonLines  # noqa: PLC0415

    row = FLOWN.format(reason="Vertrouwelijke reden (besproken met HR)", request="A-1")
    result = only(reference, row)
    record = json.loads(JsonLines().line(result))
    assert (record["verdict"], record["reason"]) == ("exception", "confidential")
    assert "besproken" not in json.dumps(record)


def test_what_the_facts_do_not_tell_is_not_decided(reference: Reference) -> None:
    scheme = small(rules="{id: far, when: {fact: shift_min, over: 1 h}, outcome: train_mandatory}")
    row = "1;;;Parijs;1/3/2024;3/3/2024;trein;;;;;"
    assert verdict(with_scheme(reference, scheme), row) == "undetermined"


def test_every_verdict_has_a_name() -> None:
    assert list(VERDICTS)[:3] == ["deviated", "exception_without_request", "exception"]
    assert all(str(words) for words in VERDICTS.values())


# --- The rule and the list of the day -------------------------------------------------------------


def test_the_version_in_force_on_the_day_of_departure_judges(reference: Reference) -> None:
    head = "destination;depart;return;mode;role"
    row = "Parijs;{day};28/12/2020;vlucht;schepen"
    before = only(reference, row.format(day="22/11/2020"), head=head)
    after = only(reference, row.format(day="23/11/2020"), head=head)
    assert (before.finding.verdict, after.finding.verdict) == ("out_of_scope", "deviated")
    versions = [r.finding.parts[0].ground.version.version.isoformat() for r in (before, after)]
    assert versions == ["2020-02-07", "2020-11-23"]


def test_after_the_last_day_of_a_scheme_no_rule_is_in_force(reference: Reference) -> None:
    text = (SCHEMES / "ugent-2018.yaml").read_text("utf-8")
    old = with_scheme(reference, text)
    assert verdict(old, "1;;;Parijs;31/12/2021;3/1/2022;trein;;;;;") == "complied"
    assert verdict(old, "1;;;Parijs;1/1/2022;3/1/2022;trein;;;;;") == "no_rule_in_force"


def listed(reference: Reference, **changes: object) -> Reference:
    """The shipped list with the entry of Barcelona changed."""
    own = reference.destinations
    entries = [
        entry.model_copy(update=changes) if entry.names.en == "Barcelona" else entry
        for entry in own.entries
    ]
    return replace(reference, destinations=own.model_copy(update={"entries": entries}))


def test_an_entry_of_the_list_counts_from_the_day_it_was_decided(reference: Reference) -> None:
    decided = LevelDecision(by="An", day=date(2024, 3, 1), why="x")
    changed = listed(reference, level="mandatory", decided=decided, added=date(2023, 1, 1))
    row = "1;;;Barcelona;{day};5/3/2024;vlucht;;;;;"
    assert verdict(changed, row.format(day="29/2/2024")) == "complied"
    assert verdict(changed, row.format(day="1/3/2024")) == "deviated"


def test_an_entry_added_later_does_not_count_before(reference: Reference) -> None:
    decided = LevelDecision(by="An", day=date(2023, 1, 1), why="x")
    changed = listed(reference, level="mandatory", decided=decided, added=date(2024, 3, 1))
    row = "1;;;Barcelona;{day};5/3/2024;vlucht;;;;;"
    assert verdict(changed, row.format(day="29/2/2024")) == "complied"
    assert verdict(changed, row.format(day="1/3/2024")) == "deviated"


def test_an_entry_is_taken_back_through_its_history(reference: Reference) -> None:
    entry = next(e for e in reference.destinations.entries if e.names.en == "Barcelona")
    later = date(2024, 6, 1)
    changes = [
        Change(day=date(2023, 1, 1), what="added", why="x"),
        Change.model_validate(
            {"day": later, "what": "level", "from": "free", "to": "mandatory", "why": "x"}
        ),
        Change.model_validate(
            {"day": later, "what": "status", "from": "candidate", "to": "listed", "why": "x"}
        ),
    ]
    rail = RailTime(minutes=400, basis="checked", checked_on=later, checked_by="An")
    now = entry.model_copy(
        update={"added": date(2023, 1, 1), "history": changes, "level": "mandatory", "rail": rail}
    )
    before = now.on(later - timedelta(days=1))
    assert isinstance(before, Entry)
    assert (before.level, before.status) == ("free", "candidate")
    assert before.rail is not None
    assert before.rail.basis == "network"
    assert now.on(later) == now
    assert now.on(date(2022, 12, 31)) is None


def test_a_checked_time_counts_from_the_day_it_was_looked_up(reference: Reference) -> None:
    rail = RailTime(minutes=300, basis="checked", checked_on=date(2024, 3, 1), checked_by="An")
    changed = listed(reference, rail=rail, added=date(2023, 1, 1))
    row = "1;;;Barcelona;{day};5/3/2024;vlucht;;;;;"
    assert verdict(changed, row.format(day="29/2/2024")) == "complied"
    assert verdict(changed, row.format(day="1/3/2024")) == "deviated"


# --- The same as an answer before the trip --------------------------------------------------


@pytest.mark.parametrize(
    "name", ["stad-gent", "ugent", "uu", "gemeente-utrecht", "vlaamse-overheid"]
)
@pytest.mark.parametrize("city", ["Parijs", "Berlijn", "Wenen", "Barcelona", "Tokio", "Dublin"])
def test_an_audit_decides_and_reckons_as_a_recommendation_does(
    reference: Reference, name: str, city: str
) -> None:
    own = with_scheme(reference, (SCHEMES / f"{name}.yaml").read_text("utf-8"))
    place, home = own.places.find(city).place, own.places.find("Gent").place
    assert place is not None
    assert home is not None
    depart = date(2027, 3, 1)
    answer = recommend(Trip(home, place, depart, back=date(2027, 3, 3), nights=2), own)
    result = only(own, f"1;;;{city};2027-03-01;2027-03-03;vlucht;;;;;")
    ground, figure = result.finding.parts[0].ground, result.finding.booked
    plane = next(option for option in answer.options if option.mode == "plane")
    assert (ground.outcome, ground.borderline) == (answer.outcome, answer.borderline)
    assert ground.rule == (answer.decision.rule.id if answer.decision.rule else "")
    assert figure is not None
    assert plane.emissions is not None
    assert figure.estimate.wtw == plane.emissions.wtw
    assert figure.estimate.non_co2 == plane.emissions.non_co2


def test_rows_alike_are_judged_once_and_figures_follow_the_travellers(reference: Reference) -> None:
    rows = [f"{n};;;Berlijn;{n}/3/2024;20/3/2024;vlucht;;{n};;;" for n in range(1, 6)]
    found = judged(reference, *rows)
    assert len({id(result.finding) for result in found}) == 1
    assert [result.travellers for result in found] == [1, 2, 3, 4, 5]


def test_travellers_of_a_shared_car_do_not_share_a_figure(reference: Reference) -> None:
    rows = [f"{i};;;Keulen;1/3/2024;3/3/2024;carpool;;{n};;;" for i, n in enumerate((2, 4, 2, 4))]
    kg = [
        r.finding.booked.estimate.wtw.central for r in judged(reference, *rows) if r.finding.booked
    ]
    assert kg[0] == kg[2] > kg[1] == kg[3]


def test_what_could_have_been_avoided_is_the_flight_less_the_train(reference: Reference) -> None:
    flown, taken = (
        only(reference, f"1;;;Berlijn;1/3/2024;3/3/2024;{mode};;;;;")
        for mode in ("vlucht", "trein")
    )
    kg, hours = flown.finding.avoidable
    assert flown.finding.booked is not None
    assert taken.finding.booked is not None
    difference = (
        flown.finding.booked.estimate.wtw.central - taken.finding.booked.estimate.wtw.central
    )
    assert kg == pytest.approx(difference)
    assert hours is not None
    assert hours > 0
    assert taken.finding.avoidable == (None, None)


def test_a_judgement_does_not_depend_on_the_rows_before_it(reference: Reference) -> None:
    rows = [
        "1;;;Parijs;1/3/2024;3/3/2024;vlucht;;1;;;",
        "2;;;Parijs;1/3/2024;3/3/2024;vlucht;;1;;staking;A-1",
        "3;;;Parijs;1/3/2024;1/3/2024;vlucht;;1;;;",
        "4;;;Parijs;6/2/2020;8/2/2020;vlucht;;1;;;",
        "5;;;Parijs;1/3/2024;;vlucht;;1;;;",
        "6;;;Parijs;1/3/2024;3/3/2024;vlucht;business;1;;;",
    ]
    together = [r.finding for r in judged(reference, *rows, *[f"9{row}" for row in rows])]
    alone = [only(reference, row).finding for row in rows] * 2
    assert [f.verdict for f in together] == [f.verdict for f in alone]
    figures = [[f.booked.estimate.wtw for f in found if f.booked] for found in (together, alone)]
    assert figures[0] == figures[1]


def test_a_scheme_that_asks_for_the_evening_or_the_nights_is_asked_for_each(
    reference: Reference,
) -> None:
    scheme = small(rules="{id: long, when: {fact: nights, over: 3}, outcome: train_mandatory}")
    own = with_scheme(reference, scheme)
    rows = [f"{n};;;Wenen;1/3/2024;{n}/3/2024;vlucht;;;;;" for n in (2, 4, 5, 8)]
    verdicts = [r.finding.verdict for r in judged(own, *rows)]
    assert verdicts == ["complied", "complied", "deviated", "deviated"]
    judge = Judge(own)
    assert (judge.counts_nights, judge.counts_evenings, judge.counts_travellers) == (
        True,
        False,
        False,
    )
