"""The method page has the numbers of the data, and its spreadsheet can be followed by hand."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import build_method  # noqa: E402
from build_worksheet import SHEETS, cells_of, write_worksheet  # noqa: E402

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_the_page_agrees_with_the_data() -> None:
    page = build_method.PAGE.read_text(encoding="utf-8")

    assert build_method.page_text(page) == page, "run `make method`"


def test_a_page_without_a_block_is_refused() -> None:
    with pytest.raises(LookupError, match="no block flights"):
        build_method.page_text("<!-- begin sets -->\n<!-- end sets -->")


def test_the_page_says_plainly_that_our_flights_are_low_and_what_is_not_counted() -> None:
    page = build_method.PAGE.read_text(encoding="utf-8")

    assert "median at **0.82**" in page
    assert "Not counted in it" in page
    assert "Not counted at all" in page
    assert page.count("| `travelplan-2026.1` |") > 20


def test_the_example_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = build_method.PAGE.read_text(encoding="utf-8")
    match = re.search(r"```python\n(.+?)```", page, re.DOTALL)
    assert match is not None

    exec(match[1], {})  # noqa: S102

    model, known, label = capsys.readouterr().out.splitlines()
    assert model == "104 60 3"
    assert int(known.split()[0]) < int(model.split()[0])
    assert label.startswith("88 ")
    assert label.endswith(" 1")


def sheet_cells(path: Path, number: int) -> dict[str, tuple[str | None, str | None]]:
    """Formula and stored value of every cell of column B."""
    with zipfile.ZipFile(path) as book:
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    cells = {}
    for cell in root.iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if cell.attrib["r"].startswith("B"):
            cells[cell.attrib["r"]] = (
                None if formula is None else formula.text,
                None if value is None else value.text,
            )
    return cells


def worked_out(name: str, cells: dict[str, tuple[str | None, str | None]]) -> float:
    """The value of a cell, its formula followed down to the numbers."""
    formula, value = cells[name]
    if formula is None:
        return float(value or "nan")
    filled = re.sub(r"B\d+", lambda m: repr(worked_out(m[0], cells)), formula)
    assert re.fullmatch(r"[-+*/^().\de]+", filled)
    return float(eval(filled.replace("^", "**")))  # noqa: S307  (numbers and operators only)


@pytest.mark.parametrize("shipped", [True, False], ids=["shipped", "written anew"])
@pytest.mark.parametrize("name", SHEETS)
def test_the_spreadsheet_works_out_to_what_the_library_says(
    name: str, shipped: bool, tmp_path: Path
) -> None:
    path = build_method.WORKSHEET if shipped else tmp_path / "by-hand.xlsx"
    if not shipped:
        write_worksheet(path)
    cells = sheet_cells(path, list(SHEETS).index(name) + 1)
    steps = SHEETS[name]()

    where = cells_of(steps)
    results = [step for step in steps if step.result]
    assert len(results) >= 4
    for step in results:
        assert worked_out(where[step.name], cells) == pytest.approx(step.result, rel=1e-9)
    for step in steps:
        if not isinstance(step.value, str):
            assert worked_out(where[step.name], cells) == step.value
