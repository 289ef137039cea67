"""Exceptions, approvals, classes and levies, on schemes small enough to see through."""

from __future__ import annotations

from datetime import date

import pytest
from scheme_world import decided, small, version

from travelplan.errors import DataError
from travelplan.scheme.levy import Travelled, levies_on

SHORT = "{id: short, when: {fact: rail_min, at_most: 6 h}, outcome: train_mandatory}"
PEOPLE = "people: {boss: {nl: Baas, fr: Chef, en: Boss}, board: {nl: Raad, fr: Bureau, en: Board}}"
BECAUSE = "{nl: a, fr: a, en: a}"
GATE = "gates: [{id: online, when: {fact: meeting_min, at_most: 3 h}, outcome: trip_not_approved}]"

REASONS = """exceptions:
      - {id: crisis,
         text: {nl: Crisis, fr: Crise, en: Crisis},
         basis: published, effect: free_choice, decides: boss, also: [emergency]}
      - {id: strike, text: {nl: Staking, fr: Grève, en: Strike}, basis: assumption}
      - {id: care, text: {nl: Vertrouwelijk, fr: Confidentiel, en: Confidential},
         basis: published, effect: free_choice, confidential: true}
      - {id: far, text: {nl: Ver, fr: Loin, en: Far}, basis: published,
         effect: free_choice, rules: [middle]}"""
TWO = f"""
{SHORT}
{{id: middle, when: {{fact: rail_min, at_most: 8 h}}, outcome: train_mandatory}}
"""


@pytest.mark.parametrize("given", ["crisis", "CRISIS", "emergency", "Crise"])
def test_a_reason_that_applies_frees_and_stands_in_the_grounds(given: str) -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), rail_min=100, reason=[given])
    assert (found.outcome, found.exception and found.exception.id) == ("free_choice", "crisis")
    assert found.rule is not None
    assert found.rule.id == "short"
    assert found.verdicts["plane"] == "allowed"


def test_a_reason_that_only_justifies_a_request_leaves_the_decision() -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), rail_min=100, reason=["strike"])
    assert (found.outcome, found.exception) == ("train_mandatory", None)
    assert [reason.id for reason in found.reasons_given] == ["strike"]


def test_a_reason_that_is_not_on_the_closed_list_is_named_and_changes_nothing() -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), rail_min=100, reason=["tired"])
    assert (found.outcome, found.reasons_strange) == ("train_mandatory", ("tired",))


@pytest.mark.parametrize("given", ["care", "confidential"])
def test_a_confidential_reason_is_kept_as_a_code(given: str) -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), rail_min=100, reason=[given])
    assert found.outcome == "free_choice"
    assert found.exception is not None
    assert found.exception.code == "confidential"


@pytest.mark.parametrize(("rail", "outcome"), [(360, "train_mandatory"), (361, "free_choice")])
def test_a_reason_may_free_from_one_rule_only(rail: int, outcome: str) -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), rail_min=rail, reason=["far"])
    assert found.outcome == outcome


def test_a_reason_frees_also_where_every_open_outcome_would_be_freed() -> None:
    found = decided(small(PEOPLE, REASONS, rules=TWO), reason=["crisis"])
    assert (found.outcome, found.unknown) == ("free_choice", ())


def test_a_reason_never_opens_a_trip_that_is_not_allowed_at_all() -> None:
    text = small(GATE, PEOPLE, REASONS, rules=TWO)
    assert decided(text, meeting_min=60, reason=["crisis"]).outcome == "trip_not_approved"


APPROVALS = """approvals:
      - {id: elected, when: {fact: role, is: elected}, chain: [board], basis: published}
      - {id: days, when: {fact: multi_day, is: true}, chain: [boss, board], basis: published}
      - {id: day, chain: [boss], basis: published}
      - {id: flight, modes: [plane], chain: [board], basis: published}"""


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ({"role": "elected", "nights": 2}, ["elected", "flight"]),
        ({"role": "staff", "nights": 2}, ["days", "flight"]),
        ({"role": "staff", "nights": 0}, ["day", "flight"]),
        ({"role": "staff"}, ["days", "flight"]),
        ({}, ["days", "flight"]),
    ],
)
def test_who_agrees_depends_on_role_and_days(facts: dict[str, object], ids: list[str]) -> None:
    found = decided(small(PEOPLE, APPROVALS, rules=SHORT), rail_min=100, **facts)
    assert [approval.id for approval in found.approvals] == ids
    assert found.approvals[-1].modes == ("plane",)


def test_nobody_has_to_agree_to_what_the_scheme_prescribes_where_it_says_so() -> None:
    only = """approvals:
      - {id: unusual, chain: [boss, board], only_deviations: true, basis: published}
      - {id: flight, modes: [plane], chain: [board], basis: published}"""
    found = decided(small(PEOPLE, only, rules=SHORT), rail_min=100, nights=2)

    assert found.agreement(["train"], deviates=False) == ()
    assert [a.id for a in found.agreement(["coach"], deviates=True)] == ["unusual"]
    assert [a.id for a in found.agreement(["train", "plane"], deviates=True)] == [
        "unusual",
        "flight",
    ]


def test_a_person_that_is_not_named_is_refused() -> None:
    with pytest.raises(DataError, match="no 'mayor' among the people"):
        version(small(PEOPLE, APPROVALS.replace("chain: [board]", "chain: [mayor]"), rules=SHORT))


CLASSES = """classes:
      - {mode: train, class: first, when: {fact: rail_min, over: 2 h}, basis: published}
      - {mode: train, class: second, basis: published}
      - {mode: plane, class: business, decides: boss, basis: published}
      - {mode: plane, class: economy, basis: published}"""


@pytest.mark.parametrize(("rail", "cabin"), [(120, "second"), (121, "first")])
def test_the_class_depends_on_the_duration(rail: int, cabin: str) -> None:
    found = decided(small(PEOPLE, CLASSES, rules=SHORT), rail_min=rail)
    train = [(item.cabin, sure) for item, sure in found.classes if item.mode == "train"]
    assert train == [(cabin, True)]


def test_a_class_that_needs_agreement_stands_beside_the_usual_one() -> None:
    found = decided(small(PEOPLE, CLASSES, rules=SHORT), rail_min=100)
    plane = [
        (item.cabin, item.decides is not None) for item, _ in found.classes if item.mode == "plane"
    ]
    assert plane == [("business", True), ("economy", False)]


def test_a_class_of_unknown_duration_is_not_sure() -> None:
    found = decided(small(PEOPLE, CLASSES, rules=SHORT), distance_km=10)
    train = [(item.cabin, sure) for item, sure in found.classes if item.mode == "train"]
    assert train == [("first", False), ("second", True)]


LEVIES = f"""levies:
      - {{id: tonne, kind: per_tonne,
         prices: [{{from: 2024-01-01, amount: 50}}, {{from: 2025-01-01, amount: 80}}],
         class_multiplier: {{business: 3}},
         text: {BECAUSE}, basis: published}}
      - {{id: flight, kind: per_flight, when: {{fact: distance_km, at_most: 1000}},
         prices: [{{from: 2024-01-01, amount: 50}}], text: {BECAUSE}, basis: published}}
      - {{id: band, kind: per_band, to: 2026-12-31,
         bands: [{{up_to_km: 800, amount: 25}}, {{up_to_km: 4000, amount: 85}}, {{amount: 115}}],
         text: {BECAUSE}, basis: published}}
      - {{id: fare, kind: stated, text: {BECAUSE}, basis: published}}"""


def amounts(day: date, cabin: str = "economy", km: float = 800) -> dict[str, float | None]:
    newest = version(small(LEVIES, rules=SHORT))
    trip = Travelled("plane", day, kg=500, non_co2_kg=400, flights=2, distance_km=km, cabin=cabin)
    return {i.levy.id: i.amount for i in levies_on(newest.levies, trip, {"distance_km": km})}


def test_levies_by_tonne_by_flight_and_by_distance() -> None:
    assert amounts(date(2024, 6, 1)) == {"tonne": 25.0, "flight": 100.0, "band": 25.0, "fare": None}


def test_the_price_is_that_of_the_day_and_the_class_multiplies_it() -> None:
    assert amounts(date(2024, 12, 31))["tonne"] == 25.0
    assert amounts(date(2025, 1, 1))["tonne"] == 40.0
    assert amounts(date(2025, 1, 1), "business")["tonne"] == 120.0
    assert amounts(date(2023, 12, 31))["tonne"] is None


@pytest.mark.parametrize(("km", "band"), [(800, 25), (801, 85), (4000, 85), (4001, 115)])
def test_the_band_is_that_of_the_distance(km: int, band: int) -> None:
    assert amounts(date(2024, 6, 1), km=km)["band"] == band


def test_a_levy_ends_on_its_last_day_and_stops_beyond_its_distance() -> None:
    assert "band" not in amounts(date(2027, 1, 1))
    assert "flight" not in amounts(date(2024, 6, 1), km=1001)


def test_no_levy_on_the_train() -> None:
    newest = version(small(LEVIES, rules=SHORT))
    assert list(levies_on(newest.levies, Travelled("train", date(2024, 6, 1), kg=5), {})) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{from: 2025-01-01, amount: 80}", "{from: 2023-01-01, amount: 80}"),
        ("{up_to_km: 4000, amount: 85}", "{up_to_km: 700, amount: 85}"),
        ("prices: [{from: 2024-01-01, amount: 50}], text", "text"),
        ("to: 2026-12-31", "to: 2026-12-31, from: 2027-01-01"),
    ],
)
def test_a_levy_out_of_order_is_refused(old: str, new: str) -> None:
    assert old in LEVIES
    with pytest.raises(DataError):
        version(small(LEVIES.replace(old, new), rules=SHORT))
