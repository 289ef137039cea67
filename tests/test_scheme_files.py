"""Faults of a scheme file, each named with its line and with what to do; and the shipped files."""

from __future__ import annotations

from datetime import date

import pytest
from cases_reader import SCHEMES, line_of, said

from travelplan.errors import DataError, InputError
from travelplan.files import load_scheme, scheme_ids
from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import parse_facts
from travelplan.scheme.model import minutes_of
from travelplan.scheme.rulebook import Scheme
from travelplan.strict import read_yaml

GOOD = """\
id: example
body: {nl: Voorbeeld, fr: Exemple, en: Example}
country: BE
list_authority: override
versions:
  - version: 2020-01-01
    in_force: {from: 2020-01-01}
    sources: [{title: A}]
    rules:
      - id: old
        outcome: free_choice
        because: {nl: Vrij., fr: Libre., en: Free.}
  - version: 2021-01-01
    in_force: {from: 2021-01-01}
    sources: [{title: B}]
    parameters:
      limit: # the parameter
        value: 8 h
        basis: assumption
        plausible: [7 h 36]
        because: {nl: We nemen acht uur., fr: Nous prenons huit heures., en: We take eight hours.}
    assumptions:
      why: {nl: Zo lezen we het., fr: Nous le lisons ainsi., en: We read it so.}
    lists:
      near: {FR: [Lille]}
    rules:
      - id: near
        when: {fact: "in_list:near", is: true}
        outcome: train_mandatory
        because: {nl: Dichtbij., fr: Proche., en: Near.}
      - id: hours
        when:
          any:
            - {fact: rail_min, at_most: limit}
            - {fact: rail_min, at_most: {fact: flight_min, plus: 2 h}}
            - {fact: distance_km, under: 500}
        outcome: train_recommended
        assumes: [why]
        because: {nl: "{rail_min}, {limit}.", fr: "{rail_min} {limit}", en: "{rail_min}: {limit}"}
      - id: rest
        outcome: free_choice
        because: {nl: De rest., fr: Le reste., en: The rest.}
...
"""


def compiled(text: str) -> Scheme:
    return compile_scheme(read_yaml(text, "example.yaml"))


def faults(old: str, new: str) -> list[tuple[int, str]]:
    """Return the faults after one change of the good file."""
    if GOOD.count(old) != 1:
        raise LookupError(old)
    with pytest.raises(DataError) as caught:
        compiled(GOOD.replace(old, new))
    return said(caught.value)


def test_the_example_without_faults_compiles() -> None:
    scheme = compiled(GOOD)
    assert [version.version.year for version in scheme.versions] == [2020, 2021]
    assert [rule.id for rule in scheme.newest.rules] == ["near", "hours", "rest"]
    assert scheme.newest.parameters["limit"].value == 480
    assert [(v.parameter, v.value) for v in scheme.newest.variants] == [("limit", 456)]
    assert [words.en for words in scheme.newest.rules[1].assumes] == ["We read it so."]


TEST = "{fact: rail_min, at_most: limit}"
ONE_FAULT = {
    "an unknown fact": (TEST, "{fact: rail_minutes, at_most: limit}", "'rail_minutes'", "rail_min"),
    "an unknown list": ('"in_list:near"', '"in_list:far"', "'in_list:far'", "in_list:near"),
    "an unknown parameter": (TEST, "{fact: rail_min, at_most: limt}", "at_most: limt", "8 h"),
    "a bound without unit": (TEST, "{fact: rail_min, at_most: 8}", "at_most: 8", "8 h"),
    "hours in a wrong form": (TEST, "{fact: rail_min, at_most: 8 hours}", "8 hours", "8 h"),
    "minutes for kilometres": ("under: 500", "under: 8 h", "under: 8 h", "kilometres"),
    "a duration parameter for km": ("under: 500", "under: limit", "under: limit", "kilometres"),
    "an operator for another kind": (TEST, "{fact: rail_min, is: 8 h}", "is: 8 h", "at_most"),
    "a flag with a limit": ("is: true", "at_most: 3", "at_most: 3", "is: true"),
    "a flag against a word": ("is: true", "is: waar", "is: waar", "is: true"),
    "names of a list as text": (TEST, "{fact: country, in: FR}", "in: FR", "in: [name"),
    "one name as a list": (TEST, "{fact: country, is: [FR]}", "is: ", "in: [name"),
    "a fact that no rule may test": (TEST, "{fact: reason, is: x}", "reason", "cannot be tested"),
    "an unknown fact to count from": ("fact: flight_min, plus", "fact: fly, plus", "fly", ""),
    "kilometres plus hours": ("fact: flight_min, plus", "fact: route_km, plus", "route_km", ""),
    "two operators": (TEST, "{fact: rail_min, at_most: 8 h, over: 1 h}", "exactly one", ""),
    "no operator": (TEST, "{fact: rail_min}", "exactly one", ""),
    "an unknown operator": (TEST, "{fact: rail_min, atmost: 8 h}", "unknown key", "Correct"),
    "an unknown operator in a later part": ("under: 500", "undr: 500", "unknown key", "Correct"),
    "an assumption unknown": ("[why]", "[wyh]", "'wyh'", "under 'assumptions'"),
    "a placeholder unknown": (
        'en: "{rail_min}: {',
        'en: "{rial_min}: {',
        "'{rial_min}'",
        "Correct",
    ),
    "a parameter unknown": ('{limit}", en', '{limt}", en', "'{limt}'", "Correct"),
    "an empty placeholder": ('en: "{rail_min}: {', 'en: "{}: {', "{}", ""),
    "an open brace": ('en: "{rail_min}: {', 'en: "{rail_min: {', "brace", ""),
    "a rule id twice": ("- id: rest", "- id: hours", "two rules 'hours'", "Rename"),
    "an unknown outcome": ("outcome: train_recommended", "outcome: train", "train_recommended", ""),
    "a language left out": ("fr: Le reste., ", "", "required", "Add it"),
    "a language left empty": ("fr: Le reste., ", 'fr: "", ', "at least 1", ""),
    "no source": ("sources: [{title: B}]", "sources: []", "at least 1", ""),
    "an unknown key": ("plausible:", "plausable:", "unknown key", "take it out"),
    "an unknown basis": ("basis: assumption", "basis: guess", "assumption", ""),
    "a country in lower case": ("country: BE", "country: be", "pattern", ""),
    "an id with a space": ("id: example", "id: my example", "pattern", ""),
    "neither override nor indicative": (
        "list_authority: override",
        "list_authority: x",
        "over",
        "",
    ),
}


@pytest.mark.parametrize("sentence", ONE_FAULT)
def test_it_is_refused_on_its_line_with_what_to_write_instead(sentence: str) -> None:
    old, new, problem, advice = ONE_FAULT[sentence]
    (fault,) = faults(old, new)
    expected = {number for number, row in enumerate(GOOD.splitlines(), 1) if old in row}
    if sentence == "a language left out":
        expected = {line_of(GOOD, "nl: De rest.")}
    assert fault[0] in expected
    assert problem in fault[1]
    assert advice in fault[1]


def test_a_last_rule_with_a_condition_is_refused() -> None:
    condition = "- id: rest\n        when: {fact: rail_min, over: 8 h}"
    ((line, text),) = faults("- id: rest", condition)
    assert line == line_of(GOOD, "- id: rest")
    assert "fall through" in text
    assert "End with a rule without 'when'." in text


def test_a_rule_after_one_without_condition_is_refused() -> None:
    start = GOOD.index("        when:\n          any:")
    end = GOOD.index("        outcome: train_recommended")
    ((line, text),) = faults(GOOD[start:end], "")
    assert line == line_of(GOOD, "- id: hours")
    assert "'hours'" in text
    assert "Give it a 'when', or move it to the end." in text


def test_an_assumption_has_to_say_why() -> None:
    start = GOOD.index("        because: {nl: We nemen")
    end = GOOD.index("    assumptions:")
    ((line, text),) = faults(GOOD[start:end], "")
    assert line in {line_of(GOOD, "# the parameter"), line_of(GOOD, "value: 8 h")}
    assert "'limit' does not say why" in text
    assert "Add 'because' in nl, fr and en." in text


@pytest.mark.parametrize("day", ["2019-12-31", "2020-01-01"])
def test_versions_out_of_order_are_refused(day: str) -> None:
    ((line, text),) = faults("in_force: {from: 2021-01-01}", f"in_force: {{from: {day}}}")
    assert line == line_of(GOOD, "in_force: {from: 2021-01-01}")
    assert f"starts on {day}" in text
    assert "Put versions in order of their start." in text


def test_a_version_that_starts_on_the_last_day_of_the_one_before_is_refused() -> None:
    (fault,) = faults("{from: 2020-01-01}", "{from: 2020-01-01, to: 2021-01-01}")
    assert fault[0] == line_of(GOOD, "in_force: {from: 2021-01-01}")
    assert "still holds" in fault[1]


def test_a_version_may_start_the_day_after_the_one_before_ends() -> None:
    scheme = compiled(GOOD.replace("{from: 2020-01-01}", "{from: 2020-01-01, to: 2020-12-31}"))
    assert scheme.on(date(2020, 12, 31)).version == date(2020, 1, 1)
    assert scheme.on(date(2021, 1, 1)).version == date(2021, 1, 1)


def test_a_version_that_ends_before_it_starts_is_refused() -> None:
    (fault,) = faults("{from: 2020-01-01}", "{from: 2020-01-01, to: 2019-06-30}")
    assert fault[0] == line_of(GOOD, "in_force: {from: 2020-01-01}")


def test_every_fault_is_named_at_once() -> None:
    text = GOOD.replace(TEST, "{fact: rail_time, at_most: 8}").replace("[why]", "[wyh]")
    text = text.replace("- id: rest", "- id: near").replace("under: 500", "under: 8 h")
    with pytest.raises(DataError) as caught:
        compiled(text)
    second = max(n for n, row in enumerate(text.splitlines(), 1) if "- id: near" in row)
    lines = {line_of(text, part) for part in ("rail_time", "wyh", "under: 8 h")}
    assert {fault.line for fault in caught.value.faults} == {*lines, second}
    assert len(caught.value.faults) == 4


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("8 h", 480),
        ("7 h 36", 456),
        ("7 h 36 min", 456),
        ("45 min", 45),
        ("0 min", 0),
        ("90 min", 90),
    ],
)
def test_a_duration_is_read_as_people_write_it(written: str, minutes: int) -> None:
    assert minutes_of(written) == minutes


@pytest.mark.parametrize(
    "written", ["8", "", " ", "8h", "h", "min", "8 uur", "-1 h", 8, 8.0, "8 h x"]
)
def test_what_does_not_say_its_unit_is_no_duration(written: object) -> None:
    assert minutes_of(written) is None


def test_at_least_forty_versions_of_at_least_thirty_bodies_are_shipped() -> None:
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    assert sum(len(scheme.versions) for scheme in schemes) >= 40
    assert len({scheme.body.en for scheme in schemes}) >= 30
    assert {"stad-gent", "ugent", "ugent-2018", "vlaamse-overheid", "ku-leuven"} <= {*scheme_ids()}


@pytest.mark.parametrize("scheme", scheme_ids())
def test_a_shipped_scheme_has_its_id_sources_and_three_languages(scheme: str) -> None:
    found = load_scheme(scheme)
    assert found.id == scheme
    for version in found.versions:
        assert all(source.title and source.publisher for source in version.sources)
        texts = [version.body, *(r.because for r in version.rules if r.because)]
        texts += [reason.text for reason in version.reasons]
        texts += [p.because for p in version.parameters.values() if p.because]
        texts += [words for rule in version.rules for words in rule.assumes]
        texts += [words for words in (version.note, version.scope_because) if words]
        assert all(words.nl.strip() and words.fr.strip() and words.en.strip() for words in texts)
        assert version.rules[-1].condition.holds({}) is True


@pytest.mark.parametrize("scheme", scheme_ids())
def test_every_assumption_of_a_shipped_scheme_is_used_by_a_rule(scheme: str) -> None:
    content = read_yaml((SCHEMES / f"{scheme}.yaml").read_text("utf-8"), scheme).content
    assert isinstance(content, dict)
    for version in content["versions"]:
        used = {name for rule in version["rules"] for name in rule.get("assumes", [])}
        assert used == set(version.get("assumptions", {}))


def test_a_day_before_the_first_version_is_refused_with_the_first_day() -> None:
    with pytest.raises(InputError) as caught:
        load_scheme("stad-gent").on(date(2020, 2, 6))
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("depart", "before_scheme")
    assert problem.message.values["first"] == date(2020, 2, 7)


def test_a_day_after_the_last_version_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        load_scheme("ugent-2018").on(date(2022, 1, 1))
    assert caught.value.problems[0].code == "no_version"
    assert load_scheme("ugent-2018").is_in_force(date(2021, 12, 31))


def test_a_list_entry_counts_only_in_its_country() -> None:
    newest = compiled(GOOD).newest
    near = decide(newest, parse_facts({"destination": "Lille", "country": "FR"}))
    elsewhere = decide(newest, parse_facts({"destination": "Lille", "country": "BE"}))
    assert (near.outcome, elsewhere.outcome) == ("train_mandatory", "undetermined")
