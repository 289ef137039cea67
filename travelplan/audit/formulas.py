"""The formulas of a workbook: the reader of its cells gives what was last reckoned, if anything.

A formula says what somebody's program made of other cells, not what was booked; and without a
reckoned value its cell looks empty. So it is shown as the text that it would be in CSV.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 16
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LETTERS = 26

Cell = tuple[int, int]
"""Row and column of a cell, both from 0."""


def formulas(sheet: IO[bytes]) -> dict[Cell, str]:
    """Return the formulas of the XML of a sheet, each with its "=" before it.

    Args:
        sheet: open, with `seek`; no types are declared in it.
    """
    if not _holds_any(sheet):
        return {}
    sheet.seek(0)
    return dict(_Formulas(sheet))


def first_sheet(book: bytes, relations: bytes) -> str:
    """Return the name of the part that holds the first sheet, "" if there is no telling.

    Args:
        book: the part BOOK of a workbook.
        relations: its part RELATIONS.
    """
    sheets = [found for name, found in _elements(book) if name == "sheet"]
    wanted = sheets[0].get(f"{_RELATION} id") if sheets else None
    for name, found in _elements(relations):
        if name == "Relationship" and found.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", found.get("Target", ""))).lstrip("/")
    return ""


def _elements(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: found.append((_local(name), attributes))
    parser.ParseFile(BytesIO(content))
    return iter(found)


def _holds_any(file: IO[bytes]) -> bool:
    before = b""
    while chunk := file.read(_CHUNK):
        if _FORMULA.search(before + chunk):
            return True
        before = chunk[-64:]
    return False


class _Formulas:
    """Finds the formulas in the XML of a sheet."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._cell = ""
        self._text: list[str] | None = None
        self._found: list[tuple[Cell, str]] = []

    def __iter__(self) -> Iterator[tuple[Cell, str]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        while chunk := self._file.read(_CHUNK):
            parser.Parse(chunk)
            yield from self._found
            self._found.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "c":
                self._cell = attributes.get("r", "")
            case "f":
                self._text = []

    def _say(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if _local(name) != "f" or self._text is None:
            return
        place = _place(self._cell)
        if place:
            self._found.append((place, "=" + "".join(self._text)))
        self._text = None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _place(written: str) -> Cell | None:
    match = _CELL.fullmatch(written)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
