"""Emissions in a report, by another set, on the command line and on the page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from travelplan import (
    Estimate,
    Leg,
    Recommendation,
    Reference,
    load_factors,
    load_language,
    parse_trip,
    recommend,
    recommendation_record,
    recommendation_text,
)
from travelplan.cli import main
from travelplan.emissions.beside import NON_CO2
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.reporting import leg_accounts
from travelplan.language import Words
from travelplan.report.emissions import order_change

DEFAULT = load_factors()
NOWHERE = Words("", "", "")
ENGLISH = load_language("en")


def leg(mode: str, km: float, *, kind: str = "", operator: str = "", **countries: float) -> Leg:
    return Leg(
        mode,
        NOWHERE,
        NOWHERE,
        minutes=0,
        km=km,
        kind=kind,
        operator=operator,
        km_by_country=countries,
    )


def kg_of(*legs: Leg, occupants: float = 1) -> Estimate:
    return estimate_legs(legs, DEFAULT, cabin="economy", occupants=occupants)


def answer(reference: Reference, place: str, **fields: str) -> Recommendation:
    given_fields = {"destination": place, "depart": "2027-03-01", "nights": "2", **fields}
    return recommend(parse_trip(given_fields, reference.places), reference)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


# --- the GHG Protocol -----------------------------------------------------------------------

CAR = leg("car", 100)
EV = leg("car", 100, kind="electric", BE=100)


@pytest.mark.parametrize(
    ("one", "owner", "ttw", "wtt"),
    [
        (CAR, "organisation", (1, None), (3, 3)),
        (EV, "organisation", (2, None), (2, None)),
        (leg("bike", 5), "organisation", (1, None), (3, 3)),
        (CAR, "other", (3, 6), (3, 6)),
        (leg("taxi", 10), "organisation", (3, 6), (3, 6)),
        (leg("train", 10, kind="ic_be", BE=10), "organisation", (3, 6), (3, 6)),
        (leg("plane", 1000), "other", (3, 6), (3, 6)),
    ],
)
def test_each_leg_has_its_scope_and_category(
    one: Leg, owner: Any, ttw: tuple[int, int | None], wtt: tuple[int, int | None]
) -> None:
    (line,) = leg_accounts(kg_of(one), owner=owner)

    assert (line.ttw.scope, line.ttw.category) == ttw
    assert (line.wtt.scope, line.wtt.category) == wtt
    assert line.ttw_kg is not None
    assert line.wtt_kg is not None
    assert line.ttw_kg + line.wtt_kg == pytest.approx(line.wtw_kg)


@pytest.mark.parametrize(
    ("role", "who"),
    [
        ("staff", "employees"),
        ("elected", "employees"),
        ("guest", "others"),
        ("student", "others"),
    ],
)
def test_travellers_who_are_not_employees_stand_apart(
    reference: Reference, role: str, who: str
) -> None:
    record = recommendation_record(answer(reference, "Nantes", role=role))
    kg = record["options"][0]["emissions"]
    assert {leg["ghg"]["ttw"]["travellers"] for leg in kg["legs"]} == {who}
    assert kg["hotel_ghg"] == {"scope": 3, "category": 6, "travellers": who, "optional": True}


# --- another set ----------------------------------------------------------------------------


def test_another_set_warns_of_its_steps_and_of_another_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, found = run(capsys, "recommend", "Parijs", "--nights", "1", "--factors", "ademe-2025")

    assert status == 0
    assert found["emissions"]["factor_set"] == "ademe-2025"
    assert found["emissions"]["stepwise"] is True
    changed = found["emissions"]["order_changed"]
    assert changed["standard"] == "travelplan-2026.1"
    assert sorted(changed["order"]) == sorted(changed["standard_order"])
    assert changed["order"] != changed["standard_order"]
    sets = {option["mode"]: option["emissions"]["factor_sets"] for option in found["options"]}
    assert sets["coach"] == ["ademe-2025"]
    assert sets["train"] == ["ademe-2025", "travelplan-2026.1"]

    assert main(["recommend", "Parijs", "--factors", "ademe-2025", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "Do not rank flights by it" in printed
    assert "The order changes with the factor set" in printed
    assert "we count that part with travelplan-2026.1" in printed


def test_the_default_set_has_no_other_order(reference: Reference) -> None:
    found = answer(reference, "Parijs")
    assert order_change(found) is None
    assert "The order changes" not in recommendation_text(found, ENGLISH)


def test_a_set_of_another_boundary_is_never_filled(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, "recommend", "Nantes", "--factors", "tim-2")

    for option in found["options"]:
        assert option["emissions"]["wtw_kg"] is None
        assert option["emissions"]["missing_factor"]


@pytest.mark.parametrize("non_co2", NON_CO2)
def test_non_co2_is_in_the_figure_only_when_asked_and_named(
    capsys: pytest.CaptureFixture[str], non_co2: str
) -> None:
    arguments = ("emissions", "plane", "--km", "1000", "--non-co2", non_co2, "--lang", "en")
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    _, record = run(capsys, *arguments)

    assert record["wtw_kg"]["central"] == pytest.approx(98.11)
    assert record["with_non_co2_kg"]["central"] == pytest.approx(154.69, abs=0.01)
    assert record["non_co2_multiplier"] == pytest.approx(1.7)
    if non_co2 == "included":
        assert printed.startswith("150 kg (110–260) with non-CO2 (CO2 of the flight times 1.7)")
    else:
        assert printed.startswith("98 kg (80–120) + 57 kg non-CO2")
    assert "One passenger, one way." in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("factors", "list"),
        ("factors", "show", "travelplan-2026.1"),
        ("factors", "show", "desnz-2026"),
        ("factors", "compare", "--km", "800"),
        ("factors", "compare", "train", "--country", "FR"),
        ("emissions", "hotel", "--nights", "2", "--country", "FR"),
        ("emissions", "virtual", "--hours", "2"),
        ("emissions", "car", "--km", "100", "--kind", "electric", "--country", "be"),
        ("emissions", "night_train", "--km", "800", "--country", "DE", "--berth", "sleeper"),
        ("recommend", "Londen", "--factors", "desnz-2026", "--non-co2", "included"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_command_answers_in_every_language(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], language: str
) -> None:
    assert main([*arguments, "--lang", language]) == 0
    printed = capsys.readouterr().out
    assert printed.strip()
    assert "{" not in printed


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (("emissions", "hotel", "--nights", "2"), ["country"]),
        (("emissions", "hotel", "--nights", "2", "--country", "AT"), ["country"]),
        (("emissions", "hotel", "--nights", "1.5", "--country", "FR"), ["nights"]),
        (("emissions", "virtual"), ["hours"]),
        (("emissions", "virtual", "--hours", "inf"), ["hours"]),
        (("emissions", "virtual", "--hours", "1", "--factors", "desnz-2026"), ["mode"]),
        (("emissions", "plane"), ["km"]),
        (("emissions", "plane", "--km", "900", "--label-kg", "-1"), ["label_kg"]),
        (("emissions", "plane", "--km", "900", "--label-kg", "little"), ["label_kg"]),
        (("emissions", "car", "--km", "9", "--occupants", "0"), ["occupants"]),
        (("factors", "compare", "--km", "-3"), ["km"]),
        (("factors", "show", "nowhere"), ["factors"]),
    ],
)
def test_commands_refuse_what_cannot_be(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fields: list[str]
) -> None:
    status, found = run(capsys, *arguments)
    assert status == 2
    assert [error["field"] for error in found["errors"]] == fields


def test_the_label_of_a_flight_goes_before_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, "emissions", "plane", "--km", "1084", "--label-kg", "88")

    assert found["wtw_kg"] == {"low": 88.0, "central": 88.0, "high": 88.0}
    assert found["tier"] == 1
    assert found["legs"][0]["factors"] == ["EU flight emissions label"]


def test_factors_show_gives_every_number_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = run(capsys, "factors", "show", "travelplan-2026.1")

    rows = {row["key"]: row for row in found["rows"]}
    assert rows["grid.g_kwh.BE"]["value"] == 117.58
    assert rows["grid.g_kwh.BE"]["source"] == "ember"
    assert rows["rail.energy_kwh_pkm.ice.central"]["basis"] == "assumption"
    assert found["boundary"] == "WTW"
    assert found["licence"]


# --- the page -------------------------------------------------------------------------------

PAGE = "/advice?destination=Parijs&depart=2027-03-01&nights=2&lang=en"


def test_the_page_shows_another_set_with_its_warnings(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}&factors=ademe-2025").get_data(as_text=True)

    assert "by the factor set ademe-2025" in page
    assert "Do not rank flights by it" in page
    assert "The order changes with the factor set" in page
    assert "factors=desnz-2026" in page


def test_the_page_draws_the_non_co2_warming_on_the_flight(client: FlaskClient) -> None:
    page = client.get(PAGE).get_data(as_text=True)
    chart = page.partition("CO2e, there and back")[2].partition("</figure>")[0]
    bars = [bar for bar in chart.split('class="bar"')[1:] if "<span>" in bar]
    assert len(bars) > 3
    assert [("<span>Plane" in bar) for bar in bars] == [('"beyond"' in bar) for bar in bars]
    assert "In more than 99 % of cases the train emits less than the plane." in page

    included = client.get(f"{PAGE}&non_co2=included").get_data(as_text=True)
    assert "CO2 of the flight times 1.7" in included


def test_an_unknown_set_is_refused_with_the_known_ones(client: FlaskClient) -> None:
    response = client.get(f"{PAGE}&factors=nowhere")
    assert response.status_code == 422
    assert "desnz-2026" in response.get_data(as_text=True)
