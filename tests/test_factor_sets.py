"""Every number of a factor set says where it comes from, and its bounds are in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from cases_reader import ROOT

from travelplan.emissions.factors import FactorSet
from travelplan.errors import DataError, InputError
from travelplan.files import load_factors
from travelplan.strict import read_yaml

ROOM = ROOT / "travelplan" / "data" / "factors"
DEFAULT = ROOM / "travelplan-2026.1.yaml"
# A profile has no numbers of its own: it names the set that it rests on.
FILES = [
    path for path in sorted(ROOM.glob("*.yaml")) if "\nbased_on:" not in path.read_text("utf-8")
]
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
NO_NUMBERS_OF_A_SOURCE = {"id", "title", "edition", "published", "valid_from", "sources"}
STATED_BESIDE = {
    "low_share": "range_basis",
    "high_share": "range_basis",
}


def content_of(text: str) -> dict[str, Any]:
    content = read_yaml(text, "set.yaml").content
    assert isinstance(content, dict)
    return content


def numbers(node: object, path: tuple[str, ...], sourced: bool) -> Iterator[tuple[str, bool]]:
    """Yield every number with whether it, or the part around it, names a source or an assumption.

    `x` counts as stated if `x_basis` or `x_source` stands beside it.
    """
    if isinstance(node, dict):
        sourced = sourced or bool(node.get("source")) or node.get("basis") == "assumption"
        for key, inner in node.items():
            beside = {f"{key}_basis", f"{key}_source", STATED_BESIDE.get(key, "")}
            yield from numbers(inner, (*path, key), sourced or bool(beside & set(node)))
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield ".".join(path), sourced


def source_keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, inner in node.items():
            if key == "source" or key.endswith("_source"):
                yield str(inner)
            yield from source_keys(inner)


@EACH_FILE
def test_every_number_has_a_source_or_says_that_it_is_an_assumption(path: Any) -> None:
    content = content_of(path.read_text("utf-8"))
    found = [
        row
        for key, node in content.items()
        if key not in NO_NUMBERS_OF_A_SOURCE
        for row in numbers(node, (key,), sourced=False)
    ]
    assert len(found) > (150 if path == DEFAULT else 10)
    assert [name for name, sourced in found if not sourced] == []


@EACH_FILE
def test_every_source_that_is_named_exists_and_every_source_is_named(path: Any) -> None:
    content = content_of(path.read_text("utf-8"))
    sources = content.pop("sources")
    assert set(source_keys(content)) == set(sources)
    for source in sources.values():
        assert all(source.get(key) for key in ("title", "publisher", "url", "locator"))
        assert str(source["url"]).startswith("https://")


def rows(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if {"low", "central", "high"} <= set(node):
            yield ".".join(path), node
        for key, inner in node.items():
            yield from rows(inner, (*path, key))


def test_every_row_is_in_order_and_an_assumed_range_says_so() -> None:
    found = dict(rows(content_of(DEFAULT.read_text("utf-8"))))
    assert len(found) >= 20
    for name, row in found.items():
        assert 0 <= row["low"] <= row["central"] <= row["high"], name
    published = {k: r for k, r in found.items() if r["basis"] == "published" and r["high"] > 0}
    silent = [k for k, r in published.items() if r["range_basis"] != "assumption"]
    assert silent == ["flight.non_co2"]  # of which the locator names the source of each bound


def test_the_ranges_and_seat_weights_of_a_flight_say_that_they_are_assumptions() -> None:
    flight = content_of(DEFAULT.read_text("utf-8"))["flight"]
    for body in ("narrow_body", "wide_body"):
        curve = flight[body]
        assert curve["basis"] == "assumption" or "assumption" in {
            value for key, value in curve.items() if key.endswith("_basis")
        }


def test_grid_and_typical_trains_refer_to_what_exists() -> None:
    factors = load_factors()
    assert factors.id == DEFAULT.stem
    assert factors.grid is not None
    assert factors.rail is not None
    assert set(factors.grid.supplied_by.values()) <= set(factors.grid.g_kwh)
    assert not set(factors.grid.supplied_by) & set(factors.grid.g_kwh)
    kinds = set(factors.rail.energy_kwh_pkm)
    assert {*factors.rail.typical_kind.values(), factors.rail.other_kind} <= kinds
    assert set(factors.rail.typical_kind) <= set(factors.grid.g_kwh)
    assert factors.boundary == "WTW"
    assert factors.non_co2 == "separate"


def changed(**changes: object) -> str:
    """Return the set with values at dotted paths (__ for a dot) changed, as strict YAML."""
    content = load_factors().model_dump(mode="python", exclude_none=True)
    for path, value in changes.items():
        *rooms, last = path.split("__")
        node: Any = content
        for room in rooms:
            node = node[room]
        node[last] = value
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False) + "...\n"


BUS = "per_passenger_g_km__bus__"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({BUS + "low": 200.0}, "per_passenger_g_km.bus"),
        ({BUS + "high": 1.0}, "per_passenger_g_km.bus"),
        ({BUS + "low": -1.0}, "per_passenger_g_km.bus.low"),
        ({BUS + "basis": "published"}, "per_passenger_g_km.bus"),
        ({BUS + "basis": "guess"}, "per_passenger_g_km.bus.basis"),
        ({BUS + "tier": 5}, "per_passenger_g_km.bus.tier"),
        ({BUS + "medium": 5}, "per_passenger_g_km.bus.medium"),
        ({"boundary": "cradle"}, "boundary"),
        ({"rail__supply_loss": 0.9}, "rail.supply_loss"),
        ({"flight__narrow_body__high": 0.9}, "flight.narrow_body.high"),
        ({"grid__range_share": 1.0}, "grid.range_share"),
    ],
)
def test_a_row_that_cannot_be_is_refused_where_it_stands(
    changes: dict[str, object], where: str
) -> None:
    text = changed(**changes)
    with pytest.raises(DataError) as caught:
        read_yaml(text, "set.yaml").parse(FactorSet)
    assert [fault.where for fault in caught.value.faults] == [where]
    assert caught.value.faults[0].line > 1


@pytest.mark.parametrize(
    "changes",
    [
        {"grid__g_kwh__BE": -5.0},
        {"hotel__kg_room_night__BE": -1.0},
        {"flight__blend__to_km": 3000.0},
        {BUS + "basis": "published", BUS + "source": "nobody"},
        {"rail__other_kind": "maglev"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_set_that_would_reckon_wrongly_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(DataError):
        read_yaml(changed(**changes), "set.yaml").parse(FactorSet)


@pytest.mark.parametrize("word", ["nan", "inf", "-inf", "infinity", "true"])
@pytest.mark.parametrize("number", ["constant: 29.82", "ttw_kg_per_kg: 3.1894", "BE: 117.58"])
def test_a_word_is_never_a_factor(number: str, word: str) -> None:
    text = DEFAULT.read_text("utf-8")
    key = number.split(":", maxsplit=1)[0]
    assert text.count(number) == 1
    with pytest.raises(DataError) as caught:
        read_yaml(text.replace(number, f"{key}: {word}"), "set.yaml").parse(FactorSet)
    assert caught.value.faults[0].where.endswith(key)


def test_a_set_that_is_written_out_is_read_back_the_same() -> None:
    assert read_yaml(changed(), "set.yaml").parse(FactorSet) == load_factors()


def test_an_unknown_set_is_refused_with_those_that_exist() -> None:
    with pytest.raises(InputError) as caught:
        load_factors("desnz-1999")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("factors", "unknown")
    assert "travelplan-2026.1" in str(problem.message)
