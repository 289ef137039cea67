"""What a person typed in a form that is sent: read field by field, every fault noted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from travelplan import FieldProblem, InputError
from travelplan.language import Message, message
from webapp.requests.money import ProblemError, parse_cents

Fields = Mapping[str, str]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean(typed: str) -> str:
    """Return a text with line ends of one kind and without signs that nobody can type or see."""
    return _CONTROL.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class Faults:
    """What is wrong, by the name of the field."""

    problems: tuple[FieldProblem, ...] = ()

    @classmethod
    def of(cls, error: InputError) -> Faults:
        """Return the faults of wrong input."""
        return cls(error.problems)

    def at(self, name: str) -> list[FieldProblem]:
        """Return what is wrong with one field."""
        return [problem for problem in self.problems if problem.field == name]

    def summary(self, labels: Mapping[str, Message]) -> list[tuple[str, Message, Message]]:
        """Return id, label and message of every fault, in the order of the labels."""
        return [
            (name, label, problem.message)
            for name, label in labels.items()
            for problem in self.at(name)
        ]


class Typed:
    """Reads the fields of one form and notes what is wrong with them."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._problems: list[FieldProblem] = []

    def note(self, name: str, code: str, text: Message) -> None:
        """Note a problem of a field."""
        self._problems.append(FieldProblem(name, code, text))

    def check(self) -> None:
        """Raise InputError if anything is wrong."""
        if self._problems:
            raise InputError(self._problems)

    def line(self, name: str, *, most: int, needed: Message | None = None) -> str:
        """Return a text of one line; `needed` is what to say if it is empty."""
        return self._held(name, " ".join(self._raw(name).split()), 0, most, needed)

    def text(self, name: str, *, most: int, least: int = 0, needed: Message | None = None) -> str:
        """Return a text that may have several lines."""
        return self._held(name, self._raw(name).strip(), least, most, needed)

    def one_of(self, name: str, known: Collection[str], needed: Message) -> str:
        """Return a value of a closed list."""
        typed = self._raw(name)
        if typed not in known:
            self.note(name, "missing" if not typed else "unknown", needed)
        return typed

    def cents(self, name: str) -> int | None:
        """Return a sum in euro cents; None for nothing typed."""
        try:
            return parse_cents(self._raw(name), name)
        except ProblemError as error:
            self._problems.append(error.problem)
            return None

    def lines(self, name: str) -> list[str]:
        """Return the lines of a text that are not empty."""
        return [" ".join(line.split()) for line in self._raw(name).split("\n") if line.strip()]

    def _raw(self, name: str) -> str:
        return clean(self._fields.get(name, ""))

    def _held(self, name: str, text: str, least: int, most: int, needed: Message | None) -> str:
        if not text and needed:
            self.note(name, "missing", needed)
        elif len(text) > most:
            over = message(
                "This has {number} characters. At most {most} fit.", number=len(text), most=most
            )
            self.note(name, "too_long", over)
        elif text and len(text) < least:
            short = message(
                "This has {number} characters. Write at least {least}.",
                number=len(text),
                least=least,
            )
            self.note(name, "too_short", short)
        return text


def first_values(form: Iterable[tuple[str, str]], without: Collection[str] = ()) -> dict[str, str]:
    """Return the first value of each field of a form, as typed."""
    found: dict[str, str] = {}
    for name, value in form:
        if name not in without:
            found.setdefault(name, clean(value))
    return found
