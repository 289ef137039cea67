"""The printed yearly report against an independent script that reads the raw rows alone."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from audit_world import WORDS
from filing_site import FilingSite
from request_world import ORGANISATION

from travelplan import Audited, Reference, audit_rows, plan_journeys
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from travelplan.journeys.plan import Kind
from travelplan.language import message
from travelplan.report.audited import JsonLines
from webapp.hr.figures_words import reason_name, unit_name, word_of
from webapp.hr.invented import fill
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.layout import language_of

SCRIPT = Path(__file__).parent / "recompute_year.py"
YEARS = range(2021, 2027)
ROWS = list(invented_trips(read_document(DATA / "demo.yaml")))
KINDS: Mapping[str, Kind] = {"train": "rail", "night_train": "night", "plane": "air"}
_EURO = re.compile(r"€|EUR")
Table = dict[str, list[int]]


def recomputed(year: int, *files: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(SCRIPT), str(year), *map(str, files)]
    ran = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def raw(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The three files of the script: made with the library alone, without the register."""
    room, rows = tmp_path_factory.mktemp("raw"), ROWS
    trips, audit, doors = (room / name for name in ("trips.csv", "audit.jsonl", "doors.json"))
    with trips.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    judged = [r for r in audit_rows(rows, reference, WORDS) if isinstance(r, Audited)]
    audit.write_text("".join(map(JsonLines().line, judged)), "utf-8")
    minutes = {}
    for result in judged:
        stretch, mode = result.trip.stretches[0], result.trip.mode
        people = result.travellers if mode == "carpool" else 1
        planned = plan_journeys(
            stretch.origin,
            stretch.destination,
            travellers=people,
            transport=reference.transport,
            kinds=frozenset({KINDS.get(mode, "road")}),  # what was flown was flown, however near
        )
        way = next((j for j in planned.journeys if j.mode == mode), None)
        minutes[f"{stretch.destination.name}|{mode}"] = way.door_to_door_min if way else 0
    doors.write_text(json.dumps(minutes), "utf-8")
    return [trips, audit, doors]


@pytest.fixture
def filled(filing_site: FilingSite, reference: Reference) -> FilingSite:
    with filing_site.store.write() as session:
        keeper = Registrar(reference, ORGANISATION, Pseudonyms(b"a key of the tests"))
        assert fill(session, keeper, None) == 740
    return filing_site


def page(site: FilingSite, year: int, language: str) -> str:
    response = site.somebody("hr").client.get(f"/hr/report/{year}?lang={language}")
    assert response.status_code == 200
    return unescape(response.get_data(as_text=True))


def tables(text: str) -> dict[str, Table]:
    """Every table on paper: the numbers of each row, by its heading and texts."""
    found: dict[str, Table] = {}
    for match in re.finditer(r"<table.*?</table>", text, re.S):
        id_ = re.search(r'id="([a-z0-9-]+?)(?:-caption|-title)?"', match[0])
        assert id_, match[0][:200]
        found[id_[1]] = dict(_rows(match[0]))
    return found


def _rows(table: str) -> Iterator[tuple[str, list[int]]]:
    for row in re.findall(r"<tr.*?</tr>", table, re.S):
        cells = re.findall(r"<(t[hd])([^>]*)>(.*?)</t[hd]>", row, re.S)
        texts = [(kind, "number" in more, _said(cell)) for kind, more, cell in cells]
        name = "|".join(text for kind, number, text in texts if kind == "th" or not number)
        numbers = [_number(text) for kind, number, text in texts if kind == "td" and number]
        if numbers:
            yield name, numbers


def _said(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def _number(text: str) -> int:
    """A number as printed: euro in cents; of "37 % (46)" the digits one after the other."""
    if not re.search(r"\d", text):
        return 0
    sign = -1 if text.lstrip("€ ")[:1] in "-−" else 1
    return sign * int(re.sub(r"\D", "", text))


def kg(sums: Mapping[str, int], name: str = "g") -> int:
    return round(sums.get(name, 0) / 1000)


def on_paper(found: Mapping[str, Any], reference: Reference, code: str) -> dict[str, Table]:
    """The tables as they must stand on paper, of what the script found."""
    language = language_of(code)
    not_known = language.say(message("Not known"))

    def word(column: str) -> Any:
        return lambda key: language.say(word_of(column, key))

    def unit(key: str) -> str:
        return unit_name(key, ORGANISATION, language)

    def why(key: str) -> str:
        verdict, reason = key.split("|")
        said = word("verdict")(verdict).lower()
        return f"{reason_name(reason, reference, language)} ({said})"

    def unit_and_why(key: str) -> str:
        name, reason = key.split("|")
        return f"{unit(name)}|{reason_name(reason, reference, language)}"

    def carbon(s: Mapping[str, int]) -> list[int]:
        return [s["trips"], kg(s), kg(s, "non_co2_g")]

    def table(name: str, say: Any, cells: Any) -> Table:
        return {say(key): cells(sums) for key, sums in found[name].items()}

    return {
        "verdicts": table("verdict", word("verdict"), lambda s: [s["trips"], kg(s)]),
        "kg-unit-table": table("unit", unit, carbon),
        "kg-mode-table": table("mode", word("mode"), carbon),
        "kg-outcome-table": table("outcome", word("outcome"), carbon),
        "reasons-table": table("reasons", why, lambda s: [s["trips"], kg(s)]),
        "budgets-table": table("unit", unit, lambda s: [0, s["cents"], 0]),
        "by-unit": table("flights", unit_and_why, lambda s: [s["trips"], s["cents"], kg(s)]),
        "tiers": table("tier", lambda key: key or not_known, lambda s: [s["trips"]]),
    }


def test_the_script_is_short_and_knows_nothing_of_us() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    assert not re.search(r"^\s*(import|from) (travelplan|webapp)", text, re.M)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("code", ["nl", "fr", "en"])
def test_every_table_on_paper_agrees_with_the_raw_rows(
    filled: FilingSite, raw: list[Path], year: int, code: str, reference: Reference
) -> None:
    found, shown = recomputed(year, *raw), tables(page(filled, year, code))
    for name, expected in on_paper(found, reference, code).items():
        assert shown.pop(name) == expected, name
    all_ = found["all"]
    share = round(100 * all_["train"] / all_["trips"])
    short = [all_["trips"], all_["travellers"], int(f"{share}{all_['train']}")]
    short += [kg(all_), kg(all_, "non_co2_g"), round(all_["minutes"] / 60), all_["cents"]]
    short += [all_["in_time"], kg(all_, "avoidable_g"), round(all_["extra_min"] / 60)]
    assert [numbers for (numbers,) in shown.pop("in-short").values()] == short
    kinds = shown.pop("kinds")
    *_, last = kinds.values()
    assert last == [all_["trips"], all_["travellers"], all_["cents"], kg(all_)]
    modes = [[s["trips"], s["travellers"], s["cents"], kg(s)] for s in found["mode"].values()]
    assert sorted(list(kinds.values())[:-1]) == sorted(modes)
    lines = [
        [s["trips"], kg(s, "ttw_g"), kg(s, "wtt_g"), kg(s, "unsplit_g"), kg(s)]
        for s in found["employees"].values()
    ]
    *inventory, unknown = shown.pop("ghg").values()
    assert sorted(inventory) == sorted(lines)
    assert unknown[0] == all_["trips"] - sum(line[0] for line in lines)
    places = sorted(found["destination"].values(), key=lambda s: -s["g"])[:12]
    top = [[s["trips"], kg(s), kg(s, "non_co2_g")] for s in places]
    assert list(shown.pop("kg-destination-table").values()) == top
    assert shown == {}, "a table that nobody recomputes"


def test_what_stands_beside_the_tables_agrees_too(filled: FilingSite, raw: list[Path]) -> None:
    for year in YEARS:
        found, text = recomputed(year, *raw), _said(page(filled, year, "en"))
        all_ = found["all"]
        assert f"{all_['judged']} of {all_['trips']} trips could be judged" in text
        for version, sums in found["version"].items():
            assert f"Scheme {version}: {sums['trips']} trip" in text
        people = {n * 37 % 150 for n, row in enumerate(ROWS) if row["depart"][:4] == str(year)}
        assert f"{len(people)} different people travelled" in text


def test_most_of_what_flights_emit_is_what_they_burn(raw: list[Path]) -> None:
    """The script itself would agree with a register that knows no TTW at all."""
    found = recomputed(2024, *raw)["mode"]["plane"]
    assert 0.6 * found["g"] < found["ttw_g"] < found["g"]


@pytest.mark.parametrize("field", ["co2e_kg", "outcome", "ttw_kg"])
def test_a_row_that_was_changed_is_found(field: str, raw: list[Path], tmp_path: Path) -> None:
    """The comparison can fail: one gram or one level more and the script says something else."""
    trips, audit, doors = raw
    rows = [json.loads(line) for line in audit.read_text("utf-8").splitlines()]
    row = next(row for row in rows if row["depart"].startswith("2024") and row["ttw_kg"])
    changed = row[field] + 0.001 if isinstance(row[field], float) else "other"
    text = "".join(
        f"{json.dumps({**one, field: changed} if one is row else one)}\n" for one in rows
    )
    (tmp_path / "audit.jsonl").write_text(text, "utf-8")
    other = recomputed(2024, trips, tmp_path / "audit.jsonl", doors)
    assert other != recomputed(2024, *raw)
