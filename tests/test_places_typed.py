"""The tables of what people type, and what never happens in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from test_places import CASES, FOLDER, brief, cases

from travelplan.files import DATA, load_places
from travelplan.geo import great_circle_km
from travelplan.places import Place, Places
from travelplan.places.table import read_table


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


@pytest.mark.parametrize(
    "case",
    cases("capitals.yaml") + cases("cities.yaml") + cases("stops.yaml") + cases("partners.yaml"),
)
def test_every_name_of_a_place_finds_it(places: Places, case: dict[str, str]) -> None:
    result = places.find(case["typed"])
    assert (result.status, brief(result.place)) == ("found", case["found"])


@pytest.mark.parametrize("case", cases("misspelt.yaml"))
def test_a_misspelt_name_finds_or_suggests_what_was_meant(
    places: Places, case: dict[str, str]
) -> None:
    result = places.find(case["typed"])
    offered = [brief(place) for place in result.candidates[:3]]
    assert brief(result.place) == case["meant"] if result.place else case["meant"] in offered


@pytest.mark.parametrize("case", cases("nonsense.yaml"))
def test_nonsense_is_no_place(places: Places, case: dict[str, str]) -> None:
    assert places.find(case["typed"]).place is None


def test_the_tables_hold_what_the_issue_asks_for() -> None:
    def count(*files: str) -> int:
        return sum(len(cases(file)) for file in files)

    assert count(*(path.name for path in CASES.glob("*.yaml"))) >= 400
    assert count("misspelt.yaml", "refused.yaml") >= 100
    assert count("asked.yaml") >= 60
    assert count("nonsense.yaml") >= 40


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("Melle, Duitsland", "Niedersachsen"),
        ("Eindhoven", "Noord-Brabant"),
        ("Bordeaux", "Nouvelle-Aquitaine"),
        ("Sevilla", "Andalucía"),
        ("Milaan", "Lombardia"),
        ("Gdańsk", "Pomorskie"),
        ("Praag", "Praha"),
        ("Gent", "Oost-Vlaanderen"),
        ("Luik", "Liège"),
        ("Kopenhagen", "Hovedstaden"),
        ("Rennes", "Bretagne"),
        ("Bazel", "Basel-Stadt"),
    ],
)
def test_a_region_is_shown_in_its_local_form(places: Places, typed: str, region: str) -> None:
    found = places.find(typed).place
    assert found is not None
    assert found.region == region


@pytest.mark.parametrize(
    "typed", ["Melle, Niedersachsen", "Melle, Lower Saxony", "Melle, Basse-Saxe"]
)
def test_a_region_is_understood_in_every_form(places: Places, typed: str) -> None:
    assert brief(places.find(typed).place) == "DE Melle"


@pytest.mark.parametrize(("country", "first"), [("Duitsland", "Berlin"), ("Espagne", "Madrid")])
def test_a_country_alone_is_refused_with_its_cities(
    places: Places, country: str, first: str
) -> None:
    result = places.find(country)
    assert result.status == "not_found"
    assert result.candidates[0].name == first
    assert len({place.country for place in result.candidates}) == 1


def test_a_code_says_which_stop_was_understood(places: Places) -> None:
    result = places.find("BRU")
    assert result.stop is not None
    assert (result.stop.kind, result.stop.label) == ("airport", "Brussels Airport")
    assert places.find("Brussel").stop is None


def test_a_code_in_small_letters_is_first_a_name(places: Places) -> None:
    assert brief(places.find("ath").place) == "BE Ath"
    assert [brief(place) for place in places.find("ATH").candidates] == ["GR Athens", "BE Ath"]


def test_a_town_that_is_called_like_a_beginning_of_ours_is_asked(places: Places) -> None:
    offered = [brief(place) for place in places.find("san").candidates]
    assert offered[0] == "ML San"
    assert "ES Donostia / San Sebastián" in offered


def test_a_town_goes_before_a_district_of_a_great_city_elsewhere(places: Places) -> None:
    found = places.find("Salamanca").place
    assert found is not None
    assert found.region == "Castilla y León"
    assert brief(places.find("Kreuzberg").place) == "DE Kreuzberg"


def test_every_stop_lies_near_its_town(places: Places) -> None:
    rows = read_table(
        (FOLDER / "stops.csv").read_text("utf-8"), "stops.csv", ("name", "kind", "place", "label")
    )
    assert all(places.get(row["place"]) for row in rows)
    columns = ("iata", "name", "city", "country", "continent", "lat", "lon", "tier")
    lines = (DATA / "airports.csv").read_text("utf-8").splitlines()
    airports = {
        line.split(",")[0]: dict(zip(columns, line.split(","), strict=True)) for line in lines
    }
    for row in rows:
        town = places.get(row["place"])
        if town and row["name"] in airports:
            airport = airports[row["name"]]
            where = replace(town, lat=float(airport["lat"]), lon=float(airport["lon"]))
            assert great_circle_km(town, where) < 450, row


def test_every_capital_and_every_region_of_the_tables_exists(places: Places) -> None:
    capitals = read_table((FOLDER / "capitals.csv").read_text("utf-8"), "capitals.csv", ("id",))
    assert len(capitals) > 180
    assert all(places.get(f"gn:{row['id']}") for row in capitals)


def _namesakes(places: Places) -> list[tuple[str, list[Place]]]:
    names: dict[str, list[Place]] = {}
    for entry in places._index.most_populous_first():
        if entry.population < 1_000_000:
            break
        names.setdefault(entry.name, []).append(places._index.place(entry))
    return list(names.items())


def test_no_large_city_far_away_is_taken_when_a_known_namesake_is_near(places: Places) -> None:
    """Lagos in Portugal, Alexandria in Romania: whoever types so is asked."""
    for name, [city, *_] in _namesakes(places):
        found = places.find(name).place
        if found is None or found.continent == "EU":
            continue
        rivals: list[Any] = [
            place
            for place in places.starting_with(name, 50)
            if place.continent == "EU" and place.name == found.name and place.population > 35_000
        ]
        assert not rivals, (name, city, rivals)
