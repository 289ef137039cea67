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
from typing import TYPE_CHECKING, TypeVar, cast

from travelplan.errors import DataError, Fault

if TYPE_CHECKING:
    import yaml
    from pydantic import BaseModel

    Model = TypeVar("Model", bound=BaseModel)

Path = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERLIKE = re.compile(r"[-+.]?[0-9][0-9_.,:eExXoO+-]*")
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
            return model.model_validate(self.content, strict=False)
        except ValidationError as error:
            faults = [
                self.fault(
                    tuple(item["loc"]), _sentence(item["msg"]), _ADVICE.get(item["type"], "")
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
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise DataError(file, [_syntax_fault(error)]) from None
    finally:
        loader.dispose()
    if node is None:
        raise DataError(file, [Fault(1, "", "the file is empty.")])
    reader = _Reader()
    content = reader.read(node, ())
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
    if "undefined alias" in problem or "found duplicate anchor" in problem:
        problem = "aliases are not allowed; " + problem
    line = mark.line + 1 if mark else 1
    return Fault(line, "", f"not valid YAML: {problem}.", "Check indentation, colons and quotes.")


class _Reader:
    """Walks the node tree once and collects content, lines and faults."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> object:
        import yaml  # noqa: PLC0415

        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self._fault(node, path, "an alias (*name) repeats another part.", "Write it out.")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._scalar(cast("yaml.ScalarNode", node), path)

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, object]]:
        known: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node.value, str) else "?"
            if not key_node.style and key.lower() in _BOOLEANLIKE:
                advice = f"Write '{key}' in quotes."
                self._fault(key_node, path, f"the key {key} means true or false in YAML.", advice)
            if key in known:
                self._fault(
                    key_node, (*path, key), f"the key '{key}' stands here twice.", "Keep one."
                )
            known.add(key)
            yield key, self.read(value_node, (*path, key))

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        text: str = node.value
        if node.style:
            return text
        if node.tag not in _PLAIN_TAGS:
            self._fault(node, path, f"the tag {node.tag} is not allowed.", "Take it out.")
            return text
        if text.lower() in _NULLLIKE:
            self._fault(node, path, "the value is empty.", "Give a value, or take the key out.")
        elif text in {"true", "false"}:
            return text == "true"
        elif text.lower() in _BOOLEANLIKE:
            advice = f"Write true or false, or '{text}' in quotes if it is a name."
            self._fault(node, path, f"{text} is ambiguous: YAML reads it as true or false.", advice)
        elif _DATE.fullmatch(text):
            return self._date(node, path)
        elif _INTEGER.fullmatch(text):
            return int(text)
        elif _DECIMAL.fullmatch(text):
            return float(text)
        elif _NUMBERLIKE.fullmatch(text):
            advice = f"Write a plain number, a duration such as 6 h 30, or '{text}' in quotes."
            self._fault(node, path, f"{text} is ambiguous as a number.", advice)
        return text

    def _date(self, node: yaml.Node, path: Path) -> object:
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            self._fault(node, path, f"{node.value} is not a day of the calendar.", "Correct it.")
            return node.value

    def _fault(self, node: yaml.Node, path: Path, problem: str, advice: str) -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(line, ".".join(map(str, path)), problem, advice))


_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)
