"""The guide to writing a scheme tells the truth: its files are checked, its commands are run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cases_reader import ROOT
from scheme_world import document

from travelplan.cli import main
from travelplan.files import load_reach
from travelplan.review import review
from travelplan.scheme.compiler import compile_scheme

GUIDE = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
FILES = re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL)
COMMANDS = [
    (command, shown.splitlines())
    for block in re.findall(r"```\n(\$ .+?)```", GUIDE, re.DOTALL)
    for command, shown in re.findall(r"\$ travelplan ([^\n]+)\n((?:[^$][^\n]*\n)*)", block)
]
TRIPS = "trip_id,destination,depart,return,mode\n1,Berlijn,2027-03-01,2027-03-03,plane\n"


@pytest.mark.parametrize("text", FILES, ids=["smallest", "whole"])
def test_a_file_of_the_guide_is_whole(text: str) -> None:
    assert review(document(text), load_reach()) == []


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[c[:40] for c, _ in COMMANDS])
def test_a_command_of_the_guide_prints_what_it_shows(
    command: str,
    shown: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("our-town.yaml").write_text(FILES[0], encoding="utf-8")
    trip = re.search(r"```json\n(.+?)```", GUIDE, re.DOTALL)
    assert trip is not None
    Path("trip.json").write_text(trip[1], encoding="utf-8")
    Path("trips.csv").write_text(TRIPS, encoding="utf-8")

    assert main(shlex.split(command)) == 0

    printed = iter(capsys.readouterr().out.splitlines())
    for line in shown:
        assert line in printed, line


def test_every_condition_of_the_table_can_be_read() -> None:
    written = re.findall(r"`(\{(?:fact|sum): .+?\})` \|", GUIDE)
    assert len(written) >= 6
    for number, condition in enumerate(written):
        rule = f"      - {{id: r{number}, when: {condition}, outcome: train_mandatory}}\n"
        start, rest = FILES[1].split("    rules:\n")
        compile_scheme(document(f"{start}    rules:\n{rule}{rest}"))


def test_the_json_schema_for_editors_is_current_and_knows_the_guide() -> None:
    script = ROOT / "scripts" / "build_scheme_schema.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False)
    assert done.returncode == 0, "run python scripts/build_scheme_schema.py"
    path = ROOT / "docs" / "scheme.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    known = schema["$defs"]["VersionInFile"]["properties"]
    asked = set(re.findall(r"^    ([a-z_]+):", FILES[1], re.MULTILINE)) | {"version"}
    assert asked <= set(known)
    assert schema["properties"]["id"]["pattern"]
    assert schema["additionalProperties"] is False
