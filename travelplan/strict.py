"""YAML read strictly: what YAML would guess is refused, with the line and what to write instead.

Refused: repeated keys, aliases and anchors, tags, empty values, words that YAML 1.1 takes for
true or false (NO, yes, on), times that it takes for numbers (6:30), numbers with leading zeros,
more than one document, and a file that does not end with a line `...` (it may have been cut off).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from travelplan.errors import DataError, Fault

if TYPE_CHECKING:
    import yaml
    from pydantic import BaseModel

    Model = TypeVar("Model", bound=BaseModel)

Path = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERLIKE = re.compile(
    r"[-+.]?[0-9][0-9_.,:eE+-]*|[-+]?0[xXoObB][0-9a-fA-F_]+|[-+]?\.(inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ].*",
    re.IGNORECASE,
)
_BOOLEANLIKE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})
_NULLLIKE = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class Document:
    """The content of one YAML file, with the line on which each part of it stands."""

    file: str
    content: object
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of the part at `path`, or of the nearest part around it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def fault(self, path: Path, problem: str, advice: str = "") -> Fault:
        """Return a fault of the part at `path`."""
        return Fault(self.line_of(path), ".".join(map(str, path)), problem, advice)

    def parse(self, model: type[Model]) -> Model:
        """Return the content as `model`; raise DataError naming every misfit with its line."""
        from pydantic import ValidationError  # noqa: PLC0415

        try:
            return model.model_validate(self.content)
        except ValidationError as error:
            faults = [
                self.fault(
                    self._known(tuple(item["loc"])),
                    _sentence(item["msg"]),
                    _ADVICE.get(item["type"], ""),
                )
                for item in error.errors(include_url=False, include_input=False)
            ]
            raise DataError(self.file, faults) from None

    def _known(self, location: tuple[str | int, ...]) -> Path:
        """Return where pydantic found a fault, without the steps that the file does not have."""
        path: Path = ()
        for step in location[:-1]:
            path = (*path, step) if (*path, step) in self.lines else path
        return (*path, *location[-1:])


_ADVICE = {
    "extra_forbidden": "Correct the name of the key, or take it out.",
    "missing": "Add it.",
}


def _sentence(text: str) -> str:
    text = text.removeprefix("Value error, ").replace(
        "Extra inputs are not permitted", "unknown key"
    )
    return text if text.endswith(".") else text + "."


def read_yaml(text: str, file: str) -> Document:
    """Parse strict YAML.

    Args:
        text: the whole file.
        file: its name, for the error.

    Raises:
        DataError: with every fault found; a syntax error or a cut-off file is the only one named.
    """
    import yaml  # noqa: PLC0415

    _require_end_marker(text, file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(list(yaml.parse(text, Loader=loader)))
    except yaml.YAMLError as error:
        raise DataError(file, [_syntax_fault(error)]) from None
    reader = _Reader(events)
    content = reader.document()
    if reader.faults:
        raise DataError(file, reader.faults)
    return Document(file, content, reader.lines)


def _require_end_marker(text: str, file: str) -> None:
    lines = text.rstrip().splitlines()
    if not lines or lines[-1] != "...":
        fault = Fault(
            len(lines) or 1,
            "",
            "the file does not end with a line '...'.",
            "It may have been cut off: check that it is whole, then end it with '...'.",
        )
        raise DataError(file, [fault])


def _syntax_fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    return Fault(line, "", f"not valid YAML: {problem}.", "Check indentation, colons and quotes.")


class _Reader:
    """Builds the content from the events of the parser, and collects lines and faults.

    Events still show what the loaded content hides: anchors, aliases, tags and quotes.
    """

    def __init__(self, events: Iterator[Any]) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.faults: list[Fault] = []
        self._events = events

    def document(self) -> object:
        """Read the only document."""
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                content = self._value(next(self._events), ())
                next(self._events)
                for extra in self._events:
                    if type(extra).__name__ == "DocumentStartEvent":
                        self._fault(extra, (), "a second document begins here.", "Keep one.")
                return content
        self.faults.append(Fault(1, "", "the file is empty."))
        return None

    def _value(self, event: Any, path: Path) -> object:
        self.lines.setdefault(path, event.start_mark.line + 1)
        kind = type(event).__name__
        if kind == "AliasEvent":
            text = f"the alias *{event.anchor} repeats another part."
            self._fault(event, path, text, "Write it out.")
            return None
        if event.anchor:
            text = f"the anchor &{event.anchor} is not allowed."
            self._fault(event, path, text, "Take it out.")
        if event.tag and not _is_implied(event):
            self._fault(event, path, f"the tag {event.tag} is not allowed.", "Take it out.")
        if kind == "MappingStartEvent":
            return self._mapping(path)
        if kind == "SequenceStartEvent":
            return [self._value(item, (*path, i)) for i, item in enumerate(self._items())]
        return event.value if event.style else self._plain(event, path)

    def _items(self) -> Iterator[Any]:
        for event in self._events:
            if type(event).__name__ in {"SequenceEndEvent", "MappingEndEvent"}:
                return
            yield event

    def _mapping(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_event in self._items():
            key = self._key(key_event, path)
            if key in found:
                text = f"the key '{key}' stands here twice."
                self._fault(key_event, (*path, key), text, "Keep one.")
            self.lines[(*path, key)] = key_event.start_mark.line + 1
            found[key] = self._value(next(self._events), (*path, key))
        return found

    def _key(self, event: Any, path: Path) -> str:
        if type(event).__name__ != "ScalarEvent":
            self._fault(event, path, "a key must be one word.", "Write a name before the colon.")
            return str(self._value(event, (*path, "?")))
        key: str = event.value
        if not event.style and key.lower() in _BOOLEANLIKE:
            text = f"the key {key} means true or false in YAML."
            self._fault(event, path, text, f"Write '{key}' in quotes.")
        return key

    def _plain(self, event: Any, path: Path) -> object:
        text: str = event.value
        if text.lower() in _NULLLIKE:
            self._fault(event, path, "the value is empty.", "Give a value, or take the key out.")
        elif text in {"true", "false"}:
            return text == "true"
        elif text.lower() in _BOOLEANLIKE:
            advice = f"Write true or false, or '{text}' in quotes if it is a name."
            self._fault(
                event, path, f"{text} is ambiguous: YAML reads it as true or false.", advice
            )
        elif _DATE.fullmatch(text):
            return self._date(event, path)
        elif _INTEGER.fullmatch(text):
            return int(text)
        elif _DECIMAL.fullmatch(text):
            return float(text)
        elif _NUMBERLIKE.fullmatch(text):
            advice = f"Write a plain number, a duration such as 6 h 30, or '{text}' in quotes."
            self._fault(event, path, f"{text} is ambiguous as a number.", advice)
        return text

    def _date(self, event: Any, path: Path) -> object:
        try:
            return date.fromisoformat(event.value)
        except ValueError:
            text = f"{event.value} is not a day of the calendar."
            self._fault(event, path, text, "Correct it.")
            return event.value

    def _fault(self, event: Any, path: Path, problem: str, advice: str) -> None:
        line = event.start_mark.line + 1
        self.faults.append(Fault(line, ".".join(map(str, path)), problem, advice))


def _is_implied(event: Any) -> bool:
    """Return whether the parser put the tag there itself."""
    implicit = event.implicit
    return any(implicit) if isinstance(implicit, tuple) else bool(implicit)
