"""What the network of the package must hold: coverage, kilometres, times that people know."""

from __future__ import annotations

import csv
from functools import cache
from itertools import pairwise

import pytest
from cases_reader import case_file
from hypothesis import given
from hypothesis import strategies as st
from journey_world import shipped

from travelplan import load_places
from travelplan.files import DATA, read_text
from travelplan.geo import great_circle_km
from travelplan.journeys.lines import CONFIDENCES
from travelplan.journeys.rides import Access
from travelplan.journeys.ways import RailWay
from travelplan.places.model import Place

LARGE = 250_000
COVERED_TEXT = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE GB CH NO"
)
COVERED = tuple(COVERED_TEXT.split(" "))
CAPITALS_TEXT = (
    "Vienna Brussels Sofia Zagreb Nicosia Prague Copenhagen Tallinn Helsinki Paris Berlin Athens "
    "Budapest Dublin Rome Riga Vilnius Luxembourg Valletta Amsterdam Warsaw Lisbon Bucharest "
    "Bratislava Ljubljana Madrid Stockholm London Bern Oslo Belgrade Sarajevo Podgorica Tirana "
    "Skopje Pristina"
)
CAPITALS = tuple(CAPITALS_TEXT.split(" "))
UGENT = """Amersfoort, Amsterdam, Ashford, Birmingham, Bochum, Bonn, Bordeaux, Brighton, Bristol,
Cambridge, Cardiff, Dortmund, Düsseldorf, Egmond aan Zee, Enschede, Frankfurt, Grenoble, Groningen,
Heidelberg, Jülich, Köln, Leeds, London, Luxembourg, Lyon, Mainz, Marseille, Metz, Montpellier,
Münster, Nancy, Nantes, Noordwijkerhout, Oxford, Paris, Reims, Rennes, Rotterdam, Sheffield,
Southampton, Strasbourg, Stuttgart, Trier, Tübingen, York, Manchester, Zürich"""
GIESSEN = """Amiens, Besançon, Lille, Mulhouse, Paris, Reims, Strasbourg, Innsbruck, Linz,
Salzburg"""


@cache
def unserved() -> dict[str, str]:
    rows = csv.DictReader(read_text(DATA / "rail" / "unserved.csv").splitlines())
    return {row["id"]: row["reason"] for row in rows}


def large_places() -> list[Place]:
    index = load_places()._index
    found: list[Place] = []
    for row in range(10_000):
        entry = index.entry(row)
        if entry.population < LARGE:
            return found
        if entry.country in COVERED:
            found.append(index.place(entry))
    raise LookupError("the gazetteer is not sorted by inhabitants")


def is_on_a_line(place: Place) -> bool:
    joined = shipped().coverage.joined(place)
    return bool(joined) and joined[0].minutes == 0


def place_called(name: str) -> Place:
    result = load_places().find(name)
    places = [result.place] if result.place else list(result.candidates)
    found = [place for place in places if place and place.continent in {"EU", "AS"}]
    return max(found, key=lambda place: place.population)


def test_every_large_city_is_on_a_line_or_has_a_reason() -> None:
    places = large_places()
    assert len(places) > 130
    left = [p.name for p in places if not is_on_a_line(p) and p.id not in unserved()]
    assert left == []


@pytest.mark.parametrize("name", CAPITALS)
def test_every_capital_is_on_a_line_or_has_a_reason(name: str) -> None:
    place = place_called(name)
    assert is_on_a_line(place) or unserved()[place.id]


def test_a_place_with_a_reason_is_known_and_needs_one() -> None:
    for id_, reason in unserved().items():
        place = load_places().get(id_)
        assert place, id_
        assert not is_on_a_line(place), place.name
        assert reason


@pytest.mark.parametrize("name", [n.strip() for n in f"{UGENT}, {GIESSEN}".split(",")])
def test_the_cities_of_published_lists_are_reached_from_ghent(name: str) -> None:
    coverage = shipped().coverage
    answer = coverage.answer(place_called("Gent"), place_called(name))
    assert answer.served
    assert answer.way
    assert answer.way.minutes < 960


@pytest.mark.parametrize(
    ("name", "station", "most_min"),
    [
        ("Davos", "Davos", 0),
        ("Ispra", "Ispra", 0),
        ("Jülich", "Julich", 0),
        ("Saint-Raphaël", "Saint-Raphael", 0),
        ("Egmond aan Zee", "Heiloo", 30),
        ("Noordwijkerhout", "Leiden", 35),
        ("Terneuzen", "Goes", 50),
    ],
)
def test_access_is_realistic(name: str, station: str, most_min: int) -> None:
    first = shipped().coverage.joined(place_called(name))[0]
    assert (first.station, first.minutes <= most_min) == (station, True)


def test_every_line_says_how_sure_it_is_and_from_when() -> None:
    for line in shipped().network.timetable.lines:
        assert line.confidence in CONFIDENCES
        assert line.as_of
        assert line.source


def test_there_is_a_file_for_each_part_of_europe() -> None:
    files = {path.stem for path in (DATA / "rail" / "lines").glob("*.txt")}
    assert files >= {"be", "brussels", "fr", "nl", "de", "gb", "ie", "si_hr", "baltics", "gr"}
    weak = {line.id[:2] for line in shipped().network.timetable.lines if line.confidence == "low"}
    assert weak >= {"RS", "RO", "BG", "GR", "HR"}


@pytest.mark.parametrize(
    "case", case_file("journeys/track_km.yaml")["cases"], ids=lambda case: case["to"]
)
def test_rail_kilometres_are_those_of_the_track(case: dict[str, str]) -> None:
    way = shipped().network.way((Access("Brussels"),), (Access(case["to"]),))
    assert way
    assert way.km == pytest.approx(float(case["km"]), rel=0.10)


STATIONS = tuple(shipped().network.timetable.stations)


def by_country(way: RailWay) -> dict[str, float]:
    total: dict[str, float] = {}
    for leg in way.legs:
        for country, km in leg.km_by_country.items():
            total[country] = total.get(country, 0) + km
    return total


@given(st.sampled_from(STATIONS), st.sampled_from(STATIONS))
def test_each_country_has_the_same_kilometres_both_ways(a: str, b: str) -> None:
    network = shipped().network
    out, back = network.way((Access(a),), (Access(b),)), network.way((Access(b),), (Access(a),))
    if out and back:
        assert by_country(out) == pytest.approx(by_country(back), rel=0.02, abs=1)


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("Athens", "Piraeus", 22),
        ("Riga", "Vilnius", 255),
        ("Tallinn", "Tartu", 115),
        ("Dublin Heuston", "Cork", 154),
        ("Dublin Connolly", "Belfast", 126),
        ("Bucharest", "Brasov", 158),
        ("Sofia", "Plovdiv", 140),
        ("Belgrade", "Novi Sad", 36),
        ("Zagreb", "Rijeka", 240),
        ("Ljubljana", "Maribor", 125),
        ("Paris Lyon", "Marseille", 190),
        ("Madrid Atocha", "Barcelona", 157),
        ("Rome", "Milan", 192),
        ("Zurich", "Milan", 197),
        ("Vienna", "Budapest", 157),
        ("Copenhagen", "Hamburg", 285),
        ("Brussels", "Cologne", 110),
        ("Ghent", "Brussels", 30),
    ],
)
def test_direct_trains_take_what_timetables_say(a: str, b: str, minutes: int) -> None:
    way = shipped().network.way((Access(a),), (Access(b),))
    assert way
    assert way.changes == 0
    assert way.minutes == pytest.approx(minutes, rel=0.05)


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("Milan", "Trieste", 260),
        ("Florence", "Perugia", 128),
        ("Rome", "Catania", 560),
        ("Madrid Atocha", "Cadiz", 255),
        ("Barcelona", "Zaragoza", 90),
        ("Porto", "Faro", 355),
        ("Gothenburg", "Karlstad", 165),
        ("Copenhagen", "Kalmar", 225),
        ("Helsinki", "Lappeenranta", 125),
        ("Lodz", "Krakow", 172),
        ("Warsaw", "Budapest", 590),
        ("Ostrava", "Bratislava", 178),
        ("Bratislava", "Kosice", 284),
        ("Cluj-Napoca", "Iasi", 555),
        ("Varna", "Ruse", 240),
    ],
)
def test_cities_beside_each_other_are_not_joined_by_the_capital(
    a: str, b: str, minutes: int
) -> None:
    way = shipped().network.way((Access(a),), (Access(b),))
    assert way
    assert way.minutes == pytest.approx(minutes, rel=0.08)


@pytest.mark.parametrize(
    ("a", "b", "through"),
    [
        ("Tartu", "Narva", "Tapa"),
        ("Debrecen", "Szeged", "Cegléd"),
        ("Stockholm", "Kalmar", "Alvesta"),
        ("Olomouc", "Vienna", "Břeclav"),
        ("Celje", "Zagreb", "Zidani Most"),
        ("Siena", "Pisa", "Empoli"),
    ],
)
def test_one_changes_at_the_junction_not_in_the_capital(a: str, b: str, through: str) -> None:
    way = shipped().network.way((Access(a),), (Access(b),))
    assert way
    assert [leg.destination.en for leg in way.legs[:-1]] == [through]


def test_no_line_is_shorter_than_the_crow_flies_or_faster_than_trains_are() -> None:
    stations = shipped().network.timetable.stations
    for line in shipped().network.timetable.lines:
        for a, b in pairwise(line.stops):
            crow_km = great_circle_km(stations[a.station], stations[b.station])
            km, minutes = b.km - a.km, b.minutes - a.minutes
            # Positions are those of towns, so short hops may seem too short.
            assert km > 0.9 * crow_km - 10, (line.id, b.station)
            assert km / minutes * 60 < 270, (line.id, b.station)
