"""Files that cannot be read are refused with their name, the line and what to do."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from cases_reader import said

from travelplan.errors import DataError
from travelplan.files import read_document, read_text


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_document(tmp_path / "nowhere.yaml")
    assert "nowhere.yaml" in str(caught.value)
    assert caught.value.faults[0].advice == "Check the path."


def test_latin_1_is_refused_on_the_line_of_the_first_wrong_letter(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes("a: Gent\nb: Liège\n...\n".encode("latin-1"))
    with pytest.raises(DataError) as caught:
        read_text(path)
    assert said(caught.value) == [(2, "is not UTF-8 text. Save the file as UTF-8.")]


def test_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes("a: Gent\n...\n".encode("utf-16"))
    with pytest.raises(DataError):
        read_text(path)


def test_a_byte_order_mark_does_not_become_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes("country: BE\n...\n".encode("utf-8-sig"))
    assert read_document(path).content == {"country": "BE"}


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(b"a: 1\r\nb: NO\r\n...\r\n")
    with pytest.raises(DataError) as caught:
        read_document(path)
    assert [fault.line for fault in caught.value.faults] == [2]


@pytest.mark.parametrize("kept", [5, 30])
def test_a_packed_file_that_was_cut_off_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "places.tsv.gz"
    path.write_bytes(gzip.compress(b"Gent\tBE\n" * 1000)[:kept])
    with pytest.raises(DataError):
        read_text(path)
