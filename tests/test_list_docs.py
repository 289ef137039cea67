"""The page about the list says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from travelplan.cli import main
from travelplan.files import DATA, load_parameters, read_document
from travelplan.upkeep.review import KINDS

PAGE = (Path(__file__).parents[1] / "docs" / "list.md").read_text(encoding="utf-8")


def test_every_kind_of_suggestion_and_every_threshold_is_explained() -> None:
    for kind in KINDS:
        assert f"`{kind}:PLACE`" in PAGE
    for name in load_parameters().__slots__:
        text = (DATA / "review.yaml").read_text(encoding="utf-8")
        assert f"`{name}`" in PAGE or name in text


def test_every_threshold_says_that_it_is_our_choice_and_why() -> None:
    content = read_document(DATA / "review.yaml").content
    assert isinstance(content, dict)
    for threshold in content["parameters"].values():
        assert threshold["basis"] == "assumption"
        assert len(threshold["because"]) > 20


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`((?:destinations|demo) [a-z]+|trains)", PAGE)))
)
def test_every_command_of_the_page_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out
