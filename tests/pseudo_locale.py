"""A language that does not exist: every sentence of ours stands between marks, all data too.

What a page shows outside the marks was never given to a translator.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from travelplan.language import Language, Message

_MARKED = re.compile(r"‹[^‹›]*›")
_LETTERS = re.compile(r"(?!\b(?:km|kg)\b)[^\W\d_]{2,}")
_SPOKEN = {"alt", "aria-label", "title", "placeholder", "data-label", "data-list", "data-left"}
_SILENT = {"script", "style", "code", "svg"}
_DATA_CLASSES = {"versions", "languages", "data"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "line"}


class PseudoLanguage(Language):
    """Marks what it says; numbers, days and names as well, for they are data."""

    def gettext(self, text: str) -> str:
        return f"‹{text}›"

    def say(self, value: object) -> str:
        said = super().say(value)
        if isinstance(value, Message | bool):
            return said
        return f"‹{said}›" if _LETTERS.search(_stripped(said)) else said

    def duration(self, minutes: int) -> str:
        return f"‹{super().duration(minutes)}›"

    def country(self, code: str) -> str:
        return f"‹{super().country(code)}›"


class _Reader(HTMLParser):
    """Collects what a person sees or hears, apart from data and what they typed themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.heard += [given[name] or "" for name in _SPOKEN if name in given]
        if tag in _VOID:
            return
        classes = set((given.get("class") or "").split())
        quiet = tag in _SILENT or bool(classes & _DATA_CLASSES) or given.get("rel") == "noreferrer"
        if tag == "textarea":
            quiet = True
        self._open.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(quiet for _, quiet in self._open):
            self.heard.append(data)


def untranslated(page: str) -> list[str]:
    """Return what a page says outside the marks: words of two letters or more."""
    reader = _Reader()
    reader.feed(page)
    found = (_stripped(text).strip() for text in reader.heard)
    return [text for text in found if _LETTERS.search(text)]


def _stripped(text: str) -> str:
    while (shorter := _MARKED.sub("", text)) != text:
        text = shorter
    return text
