from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from journey_world import PLACES, shipped

from travelplan.cli import main
from travelplan.files import load_background, load_language
from travelplan.journeys.model import Journey
from travelplan.journeys.plan import plan_journeys
from travelplan.report.map import HEIGHT, WIDTH, route_svg, route_words

SVG = "{http://www.w3.org/2000/svg}"


def journey(name: str, mode: str) -> Journey:
    planned = plan_journeys(PLACES["Gent"], PLACES[name], travellers=1, transport=shipped())
    return next(j for j in planned.journeys if j.mode == mode)


def drawn(name: str, mode: str, language: str = "en") -> ET.Element:
    svg = route_svg(journey(name, mode), load_background(), load_language(language))
    return ET.fromstring(svg)  # noqa: S314  (our own)


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_the_map_has_a_title_and_the_way_in_words() -> None:
    root = drawn("Vienna", "train")
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == "Train from Ghent (Gent-Sint-Pieters) to Vienna"
    assert desc.text == " ".join(route_words(journey("Vienna", "train"), load_language("en")))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "route-title route-desc"


def test_the_map_speaks_the_language_of_the_reader() -> None:
    assert "Wenen" in texts(drawn("Vienna", "train", "nl"))
    assert drawn("Vienna", "train", "fr").get("lang") == "fr"


def test_every_change_is_named_and_every_leg_drawn() -> None:
    root = drawn("Barcelona", "train")
    legs = [path for path in root.iter(f"{SVG}path") if path.get("data-mode")]
    assert len(legs) == len(journey("Barcelona", "train").legs)
    assert {"Barcelona", "Ghent (Gent-Sint-Pieters)"} <= set(texts(root))


@pytest.mark.parametrize("mode", ["train", "plane", "car", "night_train"])
def test_means_of_transport_differ_without_colour(mode: str) -> None:
    root = drawn("Vienna", mode)
    dashes = {
        path.get("data-mode"): path.get("stroke-dasharray")
        for path in root.iter(f"{SVG}path")
        if path.get("data-mode")
    }
    assert (dashes["train"] is None) if "train" in dashes else True
    assert len(set(dashes.values())) == len(dashes)
    style = root.find(f"{SVG}style")
    assert style is not None
    assert "red" not in (style.text or "")


def test_the_route_lies_on_the_map() -> None:
    for name in ("Lille", "Vienna", "Dublin", "Athens"):
        for circle in drawn(name, "train").iter(f"{SVG}circle"):
            assert 0 < float(circle.get("cx", "-1")) < WIDTH
            assert 0 < float(circle.get("cy", "-1")) < HEIGHT


def test_a_flight_beyond_europe_ends_at_the_edge() -> None:
    root = drawn("New York", "plane")
    assert any(path.get("data-mode") == "plane" for path in root.iter(f"{SVG}path"))
    assert "New York" in (root.findtext(f"{SVG}desc") or "")


def test_names_are_escaped() -> None:
    svg = route_svg(journey("Berlin", "train"), load_background(), load_language("en"))
    assert "<script" not in svg
    assert len(svg) < 60_000


def test_the_command_writes_the_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "route.svg"
    assert main(["journeys", "Gent", "Marseille", "--map", str(file), "--lang", "en"]) == 0
    assert "Marseille" in capsys.readouterr().out
    assert file.read_text("utf-8").startswith("<svg ")


def test_a_map_of_a_way_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "route.svg"
    command = ["journeys", "Gent", "Lille", "--by", "plane", "--map", str(file), "--lang", "en"]
    assert main(command) == 2
    assert not file.exists()
    assert "There is no way by “plane”" in "".join(capsys.readouterr())


def test_a_map_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["journeys", "Gent", "Lille", "--map", str(tmp_path / "no" / "m.svg"), "--lang", "en"]
    assert main(command) == 1
    assert "could not be saved" in "".join(capsys.readouterr())
