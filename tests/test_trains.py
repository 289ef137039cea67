"""How far the train reaches: classes of time, the same minutes as in an answer, and a map."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from travelplan import Place, Reference
from travelplan.cli import main
from travelplan.files import DATA, load_background, load_language, read_document
from travelplan.reach import City, TimeClass, reached, read_classes
from travelplan.report.reach import svg_map

DAY = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def classes(reference: Reference) -> list[TimeClass]:
    return read_classes(read_document(DATA / "reach.yaml")).for_scheme(reference.scheme, DAY)


@pytest.fixture(scope="module")
def cities(reference: Reference, classes: list[TimeClass]) -> list[City]:
    gent = reference.places.find("Gent").place
    assert gent is not None
    return reached(gent, reference.transport, reference.places, classes)


def test_there_are_five_classes_and_the_working_day_is_that_of_the_scheme(
    reference: Reference, classes: list[TimeClass]
) -> None:
    limits = {one.id: one.at_most for one in classes}

    assert limits == {
        "two_hours": 120,
        "four_hours": 240,
        "six_hours": 360,
        "working_day": reference.scheme.on(DAY).parameters["working_day"].value,
        "night": 960,
    }
    before = read_classes(read_document(DATA / "reach.yaml"))
    assert before.for_scheme(reference.scheme, date(2019, 1, 1))[3].at_most == 480


def test_every_city_stands_in_the_first_class_that_it_fits(
    cities: list[City], classes: list[TimeClass]
) -> None:
    for city in cities:
        assert city.time_class == next(one.id for one in classes if city.minutes <= one.at_most)
    assert [city.minutes for city in cities] == sorted(city.minutes for city in cities)
    assert {city.time_class for city in cities} == {one.id for one in classes}
    assert len({(city.names.en, city.country) for city in cities}) == len(cities) > 300


def test_the_minutes_are_those_of_the_list(reference: Reference, cities: list[City]) -> None:
    minutes = {(city.names.nl, city.country): city.minutes for city in cities}
    for entry in reference.destinations.entries:
        if entry.rail and entry.rail.minutes <= 960:
            assert minutes[entry.names.nl, entry.country] == entry.rail.minutes, entry.names.nl


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Treinen vanuit Gent"), ("en", "Trains from Ghent")]
)
def test_the_map_has_a_dot_a_city_and_a_legend(
    reference: Reference, cities: list[City], classes: list[TimeClass], language: str, title: str
) -> None:
    gent = reference.places.find("Gent").place
    assert gent is not None
    drawn = drawing(gent, cities, classes, language)

    assert drawn.findtext(f"{SVG}title") == title
    assert "Berl" in "".join(drawn.itertext())
    assert len(drawn.findall(f"{SVG}use")) == len(cities) + len(classes)
    width, height = (float(part) for part in drawn.attrib["viewBox"].split()[2:])
    for dot in drawn.findall(f"{SVG}use"):
        assert 0 <= float(dot.attrib["x"]) <= width
        assert 0 <= float(dot.attrib["y"]) <= height


def drawing(
    origin: Place, cities: list[City], classes: list[TimeClass], language: str
) -> ElementTree.Element:
    text = svg_map(origin, cities, classes, load_language(language), background=load_background())
    return ElementTree.fromstring(text)  # noqa: S314


def test_classes_differ_without_colour_and_the_coasts_are_drawn(
    reference: Reference, cities: list[City], classes: list[TimeClass]
) -> None:
    gent = reference.places.find("Gent").place
    assert gent is not None
    drawn = drawing(gent, cities, classes, "en")
    shapes = [mark.attrib["d"] for mark in drawn.findall(f"{SVG}defs/{SVG}path")]
    assert len(set(shapes)) == len(classes)
    marks = {mark.attrib["id"] for mark in drawn.findall(f"{SVG}defs/{SVG}path")}
    assert {dot.attrib["href"].removeprefix("#") for dot in drawn.findall(f"{SVG}use")} == marks
    land = drawn.find(f"{SVG}svg")
    assert land is not None
    coasts, borders = land.findall(f"{SVG}path")
    assert coasts.attrib["d"].count("M") > 10
    assert borders.attrib["d"]
    for painted in (coasts.attrib["fill"], coasts.attrib["stroke"], borders.attrib["stroke"]):
        assert len({painted[1:3], painted[3:5], painted[5:7]}) == 1, "land is grey"
    assert float(land.attrib["height"]) < float(drawn.attrib["viewBox"].split()[3])


def test_north_is_up_and_east_is_right(
    reference: Reference, cities: list[City], classes: list[TimeClass]
) -> None:
    gent = reference.places.find("Gent").place
    assert gent is not None
    drawn = drawing(gent, cities, classes, "en")
    where = {
        (dot.findtext(f"{SVG}title") or "").split(":")[0]: dot.attrib
        for dot in drawn.findall(f"{SVG}use")
    }

    assert float(where["Berlin"]["x"]) > float(where["Paris"]["x"])
    assert float(where["Berlin"]["y"]) < float(where["Paris"]["y"])


def test_the_command_answers_for_any_origin(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    drawing = tmp_path / "map.svg"
    assert (
        main(["trains", "--origin", "Wien", "--country", "sk", "--map", str(drawing), "--json"])
        == 0
    )

    found = json.loads(capsys.readouterr().out)
    assert found["origin"]["name"] == "Wenen"
    assert "Bratislava" in {city["name"] for city in found["cities"]}
    assert {city["country"] for city in found["cities"]} == {"SK"}
    assert drawing.read_text("utf-8").startswith("<svg")


def test_where_no_train_goes_there_is_no_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trains", "--origin", "Reykjavik", "--lang", "en"]) == 0
    assert "reaches no city" in capsys.readouterr().out


def test_an_unclear_origin_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trains", "--origin", "Melle", "--json"]) == 2
    problem = json.loads(capsys.readouterr().out)["errors"][0]
    assert (problem["field"], problem["code"]) == ("origin", "ambiguous")
    assert len(problem["candidates"]) >= 2
