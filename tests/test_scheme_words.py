"""A scheme as sentences, as a drawing, and as the difference between two versions."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from scheme_world import decided, small, version

from travelplan.files import load_language, load_scheme, scheme_ids
from travelplan.language import ENGLISH, LANGUAGES
from travelplan.report.listings import scheme_text, schemes_text
from travelplan.scheme.changes import changes
from travelplan.scheme.decide import decide
from travelplan.scheme.diagram import diagram_svg, diagram_text, steps_of
from travelplan.scheme.facts import Facts
from travelplan.scheme.outline import rule_lines, version_lines
from travelplan.scheme.sentences import Speaker

SVG = "{http://www.w3.org/2000/svg}"
CODE_WORDS = re.compile(r"\b\w+_\w+\b|\bin_list\b|\{|\}|\b[a-z]+(-[a-z]+){2,}\b")


def clause(condition: str) -> str:
    newest = version(small(rules=f"{{id: it, when: {condition}, outcome: train_mandatory}}"))
    return Speaker(newest, ENGLISH).condition(newest.rules[0].condition)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{fact: rail_min, at_most: 7 h 36}", "station to station is at most 7 h 36"),
        ("{fact: rail_min, under: 8 h}", "is less than 8 h"),
        ("{fact: distance_km, at_least: 500}", "as the crow flies is at least 500 km"),
        ("{fact: nights, over: 2}", "the number of nights is more than 2"),
        ("{fact: domestic, is: false}", "the trip goes abroad"),
        ("{not: {fact: domestic, is: false}}", "the trip stays in the country"),
        ("{fact: country, in: [BE, FR]}", "the country is one of Belgium, France"),
        ("{fact: role, is: elected}", "the role of the traveller is elected members"),
        (
            "{fact: rail_min, at_most: {fact: flight_min, plus: 2 h}}",
            "is at most the time in the air plus 2 h",
        ),
        (
            "{fact: stay_days, under: {fact: flight_min, times: 4}}",
            "is less than 4 times the time in the air",
        ),
        (
            "{not: {any: [{fact: rail_min, under: 6 h}, {fact: night_train, is: true}]}}",
            "is at least 6 h, and there is no night train",
        ),
        (
            "{all: [{fact: domestic, is: false}, "
            "{any: [{fact: nights, over: 1}, {fact: travellers, over: 5}]}]}",
            "the trip goes abroad, and (the number of nights is more than 1, "
            "or the number of travellers is more than 5)",
        ),
        ("{sum: [rail_min, rail_door_min], over: 6 h}", "station plus the time by train, door"),
    ],
)
def test_a_condition_is_said_as_it_decides(condition: str, said: str) -> None:
    assert said in clause(condition)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("id_", scheme_ids())
def test_every_scheme_is_said_without_code_words(id_: str, code: str) -> None:
    language = load_language(code)
    for one in load_scheme(id_).versions:
        lines = list(rule_lines(one, language))
        assert len(lines) == len(one.gates) + len(one.rules)
        quoted = re.sub(r"“[^”]*”|« [^»]* »", "", "\n".join(lines))
        assert not CODE_WORDS.search(quoted), CODE_WORDS.search(quoted)
        assert all(line.strip() for line in version_lines(one, language))


def test_the_scheme_of_ghent_reads_as_plain_dutch() -> None:
    newest = load_scheme("stad-gent").newest
    text = "\n".join(version_lines(newest, load_language("nl")))
    assert "De Stad publiceerde niet hoelang een werkdag is. We rekenen met 8 uur." in text
    assert "hoogstens 8 uur (aanname)" in text
    sentences = re.split(r"(?<=[.!?:])\s+|→|\n", text)
    assert max(len(sentence.split()) for sentence in sentences) <= 20
    assert not CODE_WORDS.search(text)


def test_all_schemes_are_listed_by_country() -> None:
    text = schemes_text([load_scheme(id_) for id_ in scheme_ids()], load_language("nl"))
    lands = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert lands == sorted(lands)
    assert {"België", "Nederland", "Zwitserland", "Frankrijk", "Duitsland"} <= set(lands)
    assert text.index("Duitsland") < text.index("uni-giessen") < text.index("Frankrijk")


def test_a_whole_scheme_shows_what_goes_with_its_rules() -> None:
    text = scheme_text(load_scheme("ugent"), ENGLISH)
    for part in ("first class", "EUR a tonne of CO2e", "The budget holder", "less than 8 h"):
        assert part in text


def test_the_difference_between_two_versions_is_said_in_words() -> None:
    old, new = load_scheme("ku-leuven").versions
    assert changes(old, new, ENGLISH)[0] == (
        "From 1 January 2024: the time by train, station to station: 8 h instead of 6 h."
    )
    assert changes(old, new, load_language("nl"))[0].startswith("Vanaf 1 januari 2024: ")
    assert "8 h au lieu de 6 h" in changes(old, new, load_language("fr"))[0]
    assert changes(new, new, ENGLISH) == []


def test_rules_that_came_went_and_changed_their_outcome_are_told() -> None:
    older, newer = load_scheme("rug").versions
    told = " ".join(changes(older, newer, ENGLISH))
    assert "is less than 9 h instead of" in told
    assert "this rule is gone" in told
    assert "Train recommended instead of Free choice" in told


def test_a_parameter_with_another_value_is_told_once() -> None:
    parameter = "parameters: {limit: {value: %s, basis: published}}"
    rule = "{id: it, when: {fact: rail_min, under: limit}, outcome: train_mandatory}"
    old, new = (version(small(parameter % value, rules=rule)) for value in ("6 h", "8 h"))
    assert len(changes(old, new, ENGLISH)) == 1
    assert "8 h instead of 6 h" in changes(old, new, ENGLISH)[0]


def test_places_that_come_on_a_list_are_told() -> None:
    rule = '{id: it, when: {fact: "in_list:near", is: true}, outcome: train_mandatory}'
    old, new = (
        version(small(f"lists: {{near: {{FR: [{names}]}}}}", rules=rule))
        for names in ("Lille, Lens", "Lille, Besançon")
    )
    told = changes(old, new, ENGLISH)
    assert "new on the list “near”: Besançon." in told[0]
    assert "no longer on the list “near”: Lens." in told[1]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("id_", scheme_ids())
def test_every_scheme_is_drawn_with_the_same_in_text(id_: str, code: str) -> None:
    language = load_language(code)
    for one in load_scheme(id_).versions:
        drawing = ET.fromstring(diagram_svg(one, language))  # noqa: S314
        described = drawing.find(f"{SVG}desc")
        title = drawing.find(f"{SVG}title")
        assert described is not None
        assert title is not None
        assert described.text == diagram_text(one, language)
        assert title.text
        assert drawing.get("role") == "img"
        assert drawing.get("lang") == code
        colours = {e.get(k) for e in drawing.iter() for k in ("fill", "stroke")} - {None}
        assert colours <= {"#000", "#fff"}
        assert "@font-face" not in diagram_svg(one, language)
        assert "http" not in diagram_svg(one, language).replace("http://www.w3.org/2000/svg", "")


def test_nothing_of_a_drawing_lies_outside_of_it() -> None:
    for id_ in scheme_ids():
        drawing = ET.fromstring(diagram_svg(load_scheme(id_).newest, ENGLISH))  # noqa: S314
        height = float(drawing.get("height", 0))
        for box in drawing.iter(f"{SVG}rect"):
            bottom = float(box.get("y", 0)) + float(box.get("height", 0))
            assert bottom <= height
        for text in drawing.iter(f"{SVG}text"):
            assert 0 < float(text.get("y", 0)) < height


def test_the_path_of_a_trip_is_marked() -> None:
    newest = load_scheme("stad-gent").newest
    facts = Facts.of({"rail_min": 500, "nights": 2, "domestic": False})
    decision = decide(newest, facts)
    steps = steps_of(newest, ENGLISH, decision)
    assert [step.answer for step in steps] == [False, False, True]
    assert [step.taken for step in steps] == [False, False, True]
    text = diagram_text(newest, ENGLISH, decision)
    assert text.count("►") == 3
    assert text.endswith("This trip: Free choice.")
    svg = diagram_svg(newest, ENGLISH, decision)
    assert 'stroke-width="4"' in svg
    assert "► Free choice" in svg


def test_a_trip_out_of_scope_walks_no_path() -> None:
    newest = load_scheme("stad-gent").newest
    decision = decide(newest, Facts.of({"rail_min": 60, "domestic": True}))
    text = diagram_text(newest, ENGLISH, decision)
    assert "►" not in text
    assert "Scheme does not apply" in text


def test_a_rule_without_words_of_its_own_gives_its_condition_and_the_value() -> None:
    rules = "{id: short, when: {fact: rail_min, under: 6 h}, outcome: train_mandatory}"
    decision = decided(small(rules=rules), rail_min=312)
    said = Speaker(decision.version, ENGLISH).reason(decision)
    assert said == (
        "The time by train, station to station is less than 6 h "
        "(the time by train, station to station: 5 h 12). So: Train required."
    )


def test_the_day_of_a_change_is_that_of_the_newer_version() -> None:
    old, new = load_scheme("gemeente-amsterdam").versions
    assert new.first_day == date(2024, 1, 1)
    assert all(line.startswith("From 1 January 2024") for line in changes(old, new, ENGLISH))
