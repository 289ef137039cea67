"""The README tells the truth: its library example and its command line are run."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

import travelplan
from travelplan.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_library_example_runs_and_prints_a_decision(capsys: pytest.CaptureFixture[str]) -> None:
    match = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert match is not None

    exec(match[1], {})  # noqa: S102

    outcome, minutes, rule, mode = capsys.readouterr().out.split()
    assert (outcome, rule, mode) == ("train_mandatory", "within-working-day", "train")
    assert 0 < int(minutes) <= 480


def test_the_command_line_example_prints_every_line_that_the_readme_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    match = re.search(r"\$ \.venv/bin/travelplan ([^\n]+)\n(.+?)\n```", README, re.DOTALL)
    assert match is not None
    command, shown = match.groups()

    assert main(shlex.split(command)) == 0

    printed = iter(capsys.readouterr().out.splitlines())
    for line in shown.splitlines():
        assert line in printed, line  # an iterator: each line must stand after the one before


def test_what_the_readme_links_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_every_command_is_named() -> None:
    for command in ("make serve", "make test", "recommend", "journeys", "emissions", "decide"):
        assert command in README


def test_the_changelog_tells_of_this_version_and_of_every_scheme() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## {travelplan.__version__}" in changelog
    for scheme in travelplan.scheme_ids():
        assert f"`{scheme}`" in changelog
        for version in travelplan.load_scheme(scheme).versions:
            assert version.first_day.isoformat() in changelog


def test_no_day_of_the_changelog_is_impossible() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for day in re.findall(r"\d{4}-\d{2}-\d{2}", changelog):
        date.fromisoformat(day)
