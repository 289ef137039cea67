"""Runs a command as a program would: its exit status and its JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from travelplan.cli import main

MARCH = ("--depart", "2027-03-01", "--nights", "2")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)
