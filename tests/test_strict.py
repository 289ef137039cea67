"""YAML read strictly: each guess of YAML is refused with its line and with advice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases_reader import SCHEMES, cut_short, line_of, said
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import Field

from travelplan.errors import DataError
from travelplan.sourced import FileModel
from travelplan.strict import read_yaml

AMBIGUOUS_NUMBERS = (
    "6:30",
    "12:30:45",
    "010",
    "08",
    "1_000",
    "1,5",
    "1e5",
    ".5",
    "5.",
    "2027-3-5",
    "0x1F",
    "0b11",
    ".inf",
    "-.inf",
    ".nan",
    "2001-12-14T21:59:43Z",
)
BOOLEAN_WORDS = ("NO", "no", "No", "on", "ON", "off", "yes", "Yes", "y", "N", "True", "FALSE")


def refusal(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_yaml(text + "\n...\n", "scheme.yaml")
    return caught.value


def test_plain_content_is_read_with_the_line_of_each_part() -> None:
    document = read_yaml("# head\na: 1\nb:\n  - x\n  - c: 2.5\n    d: 2027-03-05\n...\n", "f.yaml")
    assert document.content == {"a": 1, "b": ["x", {"c": 2.5, "d": date(2027, 3, 5)}]}
    assert document.line_of(("a",)) == 2
    assert document.line_of(("b", 0)) == 4
    assert document.line_of(("b", 1, "d")) == 6
    assert document.line_of(("b", 1, "unknown", "deeper")) == 5


@pytest.mark.parametrize("written", [repr(w) for w in (*AMBIGUOUS_NUMBERS, *BOOLEAN_WORDS)])
def test_in_quotes_everything_is_text(written: str) -> None:
    assert read_yaml(f"a: {written}\n...\n", "f.yaml").content == {"a": written.strip("'")}


@pytest.mark.parametrize("number", AMBIGUOUS_NUMBERS)
def test_a_number_that_yaml_would_guess_is_refused(number: str) -> None:
    error = refusal(f"first: 1\nlimit: {number}")
    assert said(error)[0][0] == 2
    assert number in error.faults[0].problem
    assert error.faults[0].where == "limit"
    assert "in quotes" in error.faults[0].advice


@pytest.mark.parametrize("word", BOOLEAN_WORDS)
def test_a_word_that_yaml_takes_for_true_or_false_is_refused(word: str) -> None:
    (fault,) = refusal(f"a: 1\ncountry: {word}").faults
    assert (fault.line, fault.where) == (2, "country")
    assert word in fault.problem
    assert f"'{word}' in quotes" in fault.advice


@pytest.mark.parametrize("word", ["NO", "on", "yes"])
def test_such_a_word_is_refused_as_a_key_too(word: str) -> None:
    (fault,) = refusal(f"grid:\n  {word}: 30.75").faults
    assert (fault.line, fault.advice) == (2, f"Write '{word}' in quotes.")


@pytest.mark.parametrize("empty", ["", " ~", " null", " Null"])
def test_an_empty_value_is_refused(empty: str) -> None:
    (fault,) = refusal(f"a: 1\nb:{empty}\nc: 2").faults
    assert (fault.where, fault.problem) == ("b", "the value is empty.")
    assert fault.line == 2
    assert fault.advice == "Give a value, or take the key out."


def test_an_empty_item_of_a_list_is_refused() -> None:
    (fault,) = refusal("a:\n  - x\n  -\n  - z").faults
    assert (fault.line, fault.where) == (3, "a.1")


def test_a_repeated_key_is_refused_on_its_second_line() -> None:
    (fault,) = refusal("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3").faults
    assert (fault.line, fault.where) == (5, "b.c")
    assert fault.problem == "the key 'c' stands here twice."


def test_the_same_key_in_two_rooms_is_no_repetition() -> None:
    content = read_yaml("a: {x: 1}\nb: {x: 2}\n...\n", "f.yaml").content
    assert content == {"a": {"x": 1}, "b": {"x": 2}}


def test_an_alias_is_refused_where_it_stands() -> None:
    anchor, alias = refusal("a: &hours [8, 10]\nb: 1\nc: *hours").faults
    assert (anchor.line, anchor.where) == (1, "a")
    assert (alias.line, alias.where, alias.advice) == (3, "c", "Write it out.")


def test_an_alias_to_nothing_is_refused() -> None:
    (fault,) = refusal("a: 1\nb: *nowhere").faults
    assert fault.line == 2
    assert "the alias *nowhere" in fault.problem


@pytest.mark.parametrize("anchored", ["&x 1", "&x [1]", "&x {b: 1}", "&x 'text'"])
def test_an_anchor_that_nobody_uses_is_refused(anchored: str) -> None:
    assert refusal(f"a: {anchored}").faults[0].line == 1


@pytest.mark.parametrize(
    "tagged",
    [
        "!foo bar",
        "!!str 5",
        "!!int '5'",
        "!foo {b: 1}",
        "!!omap [b: 1]",
        "!!python/name:os.system x",
    ],
)
def test_a_tag_is_refused(tagged: str) -> None:
    fault = refusal(f"b: 1\na: {tagged}").faults[0]
    assert fault.line == 2
    assert "tag" in fault.problem


def test_a_key_that_is_a_list_is_refused() -> None:
    assert refusal("a: 1\n[b, c]: 2").faults[0].line == 2


@pytest.mark.parametrize("day", ["2027-02-31", "2026-02-29", "2027-13-01", "2027-00-10"])
def test_a_day_that_does_not_exist_is_refused(day: str) -> None:
    (fault,) = refusal(f"a: 1\nday: {day}").faults
    assert (fault.line, fault.problem) == (2, f"{day} is not a day of the calendar.")


def test_a_leap_day_is_read() -> None:
    assert read_yaml("a: 2028-02-29\n...\n", "f.yaml").content == {"a": date(2028, 2, 29)}


@pytest.mark.parametrize("second", ["---\nb: 2", "...\nb: 2", "...\n---\nb: 2"])
def test_a_second_document_is_refused(second: str) -> None:
    (fault,) = refusal(f"a: 1\n{second}").faults
    assert fault.line in (2, 3, 4)


@pytest.mark.parametrize("text", ["a: 1\n", "a: 1\n..", "a: 1\n....", "a: 1 ...", "", "a: '\n...'"])
def test_a_file_without_its_end_marker_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        read_yaml(text, "f.yaml")
    assert "cut off" in caught.value.faults[0].advice


@pytest.mark.parametrize("text", ["...\n", "# only a comment\n...\n"])
def test_a_file_with_nothing_in_it_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        read_yaml(text, "f.yaml")


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_scheme_file_cut_after_any_line_is_refused(path: Path) -> None:
    whole = path.read_text("utf-8")
    read_yaml(whole, path.name)
    for kept, text in cut_short(whole):
        with pytest.raises(DataError) as caught:
            read_yaml(text, path.name)
        assert caught.value.faults[0].line == max(kept, 1)


def test_a_scheme_file_cut_after_any_character_is_refused() -> None:
    whole = (SCHEMES / "ugent.yaml").read_text("utf-8").rstrip()
    for kept in range(len(whole)):
        with pytest.raises(DataError):
            read_yaml(whole[:kept], "ugent.yaml")


def test_wrong_indentation_is_refused_with_its_line() -> None:
    (fault,) = refusal("a:\n  b: 1\n   c: 2").faults
    assert fault.line == 3
    assert "not valid YAML" in fault.problem


def test_all_faults_of_a_file_are_named_at_once() -> None:
    error = refusal("a: NO\nb: 6:30\nc:\nd: 2027-02-31\na: 1\ne: {f: 010}")
    assert [fault.where for fault in error.faults] == ["a", "b", "c", "d", "a", "e.f"]
    assert [fault.line for fault in error.faults] == [1, 2, 3, 4, 5, 6]
    assert all(fault.advice for fault in error.faults)
    assert str(error).count("scheme.yaml, line ") == 6


class Inner(FileModel):
    hours: int = Field(ge=0)
    name: str


class Outer(FileModel):
    items: list[Inner]
    country: str = Field(pattern="^[A-Z]{2}$")


def test_misfits_with_a_model_are_named_with_their_lines_all_at_once() -> None:
    text = (
        "items:\n  - hours: -1\n    name: x\n  - hours: many\n    nmae: z\ncountry: Belgium\n...\n"
    )
    with pytest.raises(DataError) as caught:
        read_yaml(text, "f.yaml").parse(Outer)
    found = {fault.where: (fault.line, fault.problem) for fault in caught.value.faults}
    assert found["items.0.hours"][0] == 2
    assert found["items.1.hours"][0] == 4
    assert found["items.1.nmae"] == (5, "unknown key.")
    assert found["items.1.name"][0] == 4
    assert found["country"][0] == 6
    assert len(found) == 5


def test_an_unknown_key_is_named_on_its_own_line_even_if_much_stands_below_it() -> None:
    text = "country: BE\nitems: []\nitmes:\n  - hours: 1\n    name: x\n...\n"
    with pytest.raises(DataError) as caught:
        read_yaml(text, "f.yaml").parse(Outer)
    assert [(f.line, f.where) for f in caught.value.faults] == [(line_of(text, "itmes"), "itmes")]
    assert caught.value.faults[0].advice == "Correct the name of the key, or take it out."


NAMES = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
SCALARS = (
    st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    .map(lambda number: round(number % 1000, 6))
    .filter(lambda number: "e" not in repr(number))
    | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\ufeff"))
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


class Plain(yaml.SafeDumper):
    """Writes what a careful person would: text in quotes, everything else plain, no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Plain.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


@given(st.dictionaries(NAMES, TREES, max_size=5))
@example({"no": "NO", "a": [{"b": "6:30"}]})
def test_reading_what_yaml_writes_gives_it_back(data: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=Plain, allow_unicode=True, explicit_end=True)
    assert read_yaml(text, "f.yaml").content == data


@example("0x1F")
@example(".inf")
@example("2001-12-14T21:59:43Z")
@given(st.from_regex(r"[-+.0-9a-fA-FxobeEnNyYsSoOtT:_~=<]{1,7}", fullmatch=True))
def test_what_yaml_takes_for_more_than_text_is_either_that_or_refused(scalar: str) -> None:
    text = f"a: {scalar}\n...\n"
    try:
        guess = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    if not isinstance(guess, dict) or isinstance(guess.get("a"), str):
        return
    try:
        read = read_yaml(text, "f.yaml").content
    except DataError:
        return
    assert read == guess
