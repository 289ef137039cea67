"""The page about the audit says what is true: its commands are run, its tables are complete."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from audit_world import WORDS
from cases_reader import ROOT

from travelplan import load_trip_words
from travelplan.audit.grounds import VERDICTS
from travelplan.audit.words import ALL_COLUMNS
from travelplan.cli import main
from travelplan.report.audited import COLUMNS

PAGE = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.+?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_commands_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("trips.csv").write_text(block("csv"), encoding="utf-8")
    commands = re.findall(r"\$ travelplan ([^\n]+)\n((?:[^$`][^\n]*\n)*)", block(""))
    assert len(commands) == 3
    for command, shown in commands:
        assert main(shlex.split(command)) == 0
        printed = capsys.readouterr().out.splitlines()
        for line in shown.splitlines():
            assert line in printed


def test_every_verdict_column_and_option_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*VERDICTS, *ALL_COLUMNS):
        assert f"`{name}`" in PAGE, name
    for name in ("co2e_kg", "non_co2_kg", "avoidable_kg", "avoidable_hours", "tier"):
        assert name in COLUMNS
        assert f"`{name}`" in PAGE
    with pytest.raises(SystemExit):
        main(["audit", "--help"])
    options = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--help", "--lang"}
    assert all(f"`{option}" in PAGE for option in options)


def test_the_file_of_a_supplier_is_read(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(block("yaml"), encoding="utf-8")
    words = load_trip_words(own)
    assert words.columns_of(["Routing", "D. dt", "Invoiced"]) == {
        "destination": 0,
        "depart": 1,
        "cost_eur": 2,
    }
    assert words.modes["air"] == "plane"
    assert WORDS.columns_of(["Routing"]) == {}


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(block("python"), {})  # noqa: S102
    assert "'deviated': 1" in capsys.readouterr().out
