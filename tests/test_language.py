"""Three languages: complete catalogues, and numbers, days and durations as each says them."""

from __future__ import annotations

import importlib.util
import string
from datetime import date
from math import floor, log10
from types import ModuleType

import pytest
from babel.messages.pofile import read_po
from cases_reader import ROOT
from hypothesis import given
from hypothesis import strategies as st

from travelplan.errors import InputError
from travelplan.files import load_language, load_scheme, scheme_ids
from travelplan.language import (
    ENGLISH,
    LANGUAGES,
    Country,
    Kilograms,
    Language,
    Minutes,
    Words,
    message,
    two_figures,
)

ROOMS = ("travelplan", "webapp")
DAY = date(2027, 3, 5)


def script() -> ModuleType:
    """Load the script that keeps the catalogues."""
    spec = importlib.util.spec_from_file_location(
        "update_messages", ROOT / "scripts" / "update_messages.py"
    )
    if spec is None or spec.loader is None:
        raise LookupError("scripts/update_messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(room: str, language: str) -> dict[str, str]:
    with (ROOT / room / "translations" / f"{language}.po").open(encoding="utf-8") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def language(code: str) -> Language:
    return load_language(code)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("code", ["nl", "fr"])
def test_a_catalogue_holds_exactly_the_sentences_of_the_code_all_translated(
    room: str, code: str
) -> None:
    path = ROOT / room / "translations" / f"{code}.po"
    assert path.read_text("utf-8") == script().catalogue_text(room, code)
    entries = catalogue(room, code)
    assert len(entries) > 20
    assert [sentence for sentence, translated in entries.items() if not translated.strip()] == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("code", ["nl", "fr"])
def test_a_translation_has_the_placeholders_of_its_sentence(room: str, code: str) -> None:
    for sentence, translated in catalogue(room, code).items():
        assert placeholders(translated) == placeholders(sentence), sentence


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("code", ["nl", "fr"])
def test_a_translation_keeps_the_spaces_at_the_ends_of_its_sentence(room: str, code: str) -> None:
    for sentence, translated in catalogue(room, code).items():
        assert translated[:1].isspace() == sentence[:1].isspace(), sentence
        assert translated[-1:].isspace() == sentence[-1:].isspace(), sentence


@pytest.mark.parametrize("scheme", scheme_ids())
def test_a_rule_fills_the_same_facts_into_each_language(scheme: str) -> None:
    for version in load_scheme(scheme).versions:
        for because in (rule.because for rule in version.rules if rule.because):
            assert placeholders(because.nl) == placeholders(because.fr) == placeholders(because.en)


def test_a_fourth_language_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        load_language("de")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("lang", "unknown")
    assert all(code in str(problem.message) for code in LANGUAGES)


@pytest.mark.parametrize(
    ("minutes", "nl", "fr"),
    [
        (0, "0 min", "0 min"),
        (45, "45 min", "45 min"),
        (60, "1 uur", "1 h"),
        (65, "1 uur 05", "1 h 05"),
        (456, "7 uur 36", "7 h 36"),
        (480, "8 uur", "8 h"),
        (1500, "25 uur", "25 h"),
    ],
)
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, nl: str, fr: str) -> None:
    assert language("nl").duration(minutes) == nl
    assert language("fr").duration(minutes) == language("en").duration(minutes) == fr
    assert language("nl").say(Minutes(minutes)) == nl
    assert str(Minutes(minutes)) == fr


@pytest.mark.parametrize(
    ("code", "said"),
    [("nl", "vrijdag 5 maart 2027"), ("fr", "vendredi 5 mars 2027"), ("en", "Friday 5 March 2027")],
)
def test_a_day_is_said_in_full(code: str, said: str) -> None:
    assert language(code).date(DAY) == language(code).say(DAY) == said


@pytest.mark.parametrize(
    ("code", "said"), [("nl", "1.234,5"), ("fr", "1\u202f234,5"), ("en", "1,234.5")]
)
def test_a_number_has_the_separators_of_its_language(code: str, said: str) -> None:
    assert language(code).number(1234.5) == said


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("nl", ["België", "Nederland", "Verenigd Koninkrijk", "XX"]),
        ("fr", ["Belgique", "Pays-Bas", "Royaume-Uni", "XX"]),
        ("en", ["Belgium", "Netherlands", "United Kingdom", "XX"]),
    ],
)
def test_a_country_is_said_by_its_name(code: str, names: list[str]) -> None:
    codes = ("BE", "NL", "GB", "XX")
    assert [language(code).country(land) for land in codes] == names
    assert [language(code).say(Country(land)) for land in codes] == names


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nl", ["0 nachten", "1 nacht", "2 nachten"]),
        ("fr", ["0 nuit", "1 nuit", "2 nuits"]),
        ("en", ["0 nights", "1 night", "2 nights"]),
    ],
)
def test_things_are_counted_as_each_language_counts_them(code: str, said: list[str]) -> None:
    counted = language(code).counted
    assert [counted(number, "{number} night", "{number} nights") for number in (0, 1, 2)] == said


def test_yes_and_no_and_texts_of_data_files_are_said_in_each_language() -> None:
    words = Words("Gent", "Gand", "Ghent")
    assert [language(code).say(words) for code in LANGUAGES] == ["Gent", "Gand", "Ghent"]
    assert [language(code).say(True) for code in LANGUAGES] == ["ja", "oui", "yes"]
    assert [language(code).say(False) for code in LANGUAGES] == ["nee", "non", "no"]


def test_a_message_is_said_with_its_values_and_messages_within() -> None:
    inner = message(
        "{place}, {country}", place=Words("Gent", "Gand", "Ghent"), country=Country("BE")
    )
    outer = message("{place}: {what}", place=inner, what=Minutes(456))
    assert language("fr").say(outer) == "Gand, Belgique: 7 h 36"
    assert str(outer) == "Ghent, BE: 7 h 36"


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert language("nl").say(message("Nobody wrote {this} down.", this=5)) == (
        "Nobody wrote 5 down."
    )
    assert ENGLISH.say(message("A brace {x}.", x="{y}")) == "A brace {y}."


def test_what_a_person_typed_may_hold_braces() -> None:
    said = language("nl").say(message("We do not know “{typed}”.", typed="{0} {x}"))
    assert "{0} {x}" in said


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(0, 0), (0.0345, 0.035), (0.996, 1), (9.96, 10), (12.4, 12), (99.6, 100), (1049, 1000)],
)
def test_a_value_is_rounded_to_two_figures(value: float, rounded: float) -> None:
    assert two_figures(value) == rounded


@given(st.floats(1e-6, 1e9))
def test_two_figures_are_two_and_near_the_value(value: float) -> None:
    rounded = two_figures(value)
    assert abs(rounded - value) <= 0.0501 * value
    figures = f"{rounded:.9e}".split("e")[0].rstrip("0").replace(".", "")
    assert len(figures) <= 2
    assert abs(rounded - value) <= 0.5001 * 10.0 ** (floor(log10(value)) - 1)


@given(st.floats(1e-6, 1e9), st.floats(1e-6, 1e9))
def test_two_figures_never_turn_an_order_round(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert two_figures(low) <= two_figures(high)


@given(st.floats(1e-6, 1e9))
def test_two_figures_of_a_negative_number_are_those_of_the_positive(value: float) -> None:
    assert two_figures(-value) == -two_figures(value)


@pytest.mark.parametrize(
    ("kg", "said"),
    [
        (1049, "1.000 kg"),
        (12.4, "12 kg"),
        (2.94, "2,9 kg"),
        (0.0345, "0,035 kg"),
        (0.0012, "0,0012 kg"),
    ],
)
def test_kilograms_are_said_with_two_figures(kg: float, said: str) -> None:
    assert language("nl").say(Kilograms(kg)) == said


def test_a_range_is_said_with_two_figures() -> None:
    assert language("nl").span(2.94, 4512) == "2,9–4.500"
    assert language("en").span(0, 0.5) == "0–0.5"
