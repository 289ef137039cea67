"""What stands in the cells of a row, read as people write it; every wrong cell is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from travelplan.audit.days import read_day
from travelplan.audit.money import money_cents, plain_cents
from travelplan.audit.words import DecimalMark, TripWords
from travelplan.emissions.factors import CABINS
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message
from travelplan.places import Place, Places
from travelplan.places.normalise import normalise
from travelplan.trip import MOST_TRAVELLERS, FieldReader

T = TypeVar("T")
MOST_REMEMBERED = 20_000
MOST_SHOWN = 60
MOST_LEGS = 99

_EACH_ITS_OWN = ("trip_id", "cost_eur")
_FORMULA = re.compile(r"\s*'?\s*(?:[=@]|[+-]\s*\S*[(|!=]|[+-]\d+[-+*/]\d)")
_NO_LETTER = re.compile(r"[\W_]*")
_RISKY = "=@+-'\t"
_CLASS_OF = "class of "


class BookedLeg(NamedTuple):
    """One row: a leg of a trip, or a whole trip.

    `back` is the day of return if the row holds one. `cabin` is a class as `trips.yaml` names it,
    "" if none is given. `request` tells whether a request was filed; None if the file does not.
    `own` says that the file names a vehicle of the organisation itself.
    """

    row: int
    trip_id: str
    traveller: str
    leg_no: int | None
    origin: Place
    destination: Place
    depart: date
    back: date | None
    mode: str
    cabin: str
    travellers: int
    cost_cents: int | None
    unit: str
    role: str
    reason: str
    request: bool | None
    own: bool = False


class RowReader:
    """Reads rows. What stands in many cells is read once."""

    def __init__(
        self,
        places: Places,
        words: TripWords,
        *,
        origin: str,
        decimal: DecimalMark | None = None,
        listed: Collection[str] = (),
        today: date | None = None,
    ) -> None:
        self._places = places
        self._words = words
        self._origin = origin
        self._decimal = decimal
        self._listed = listed
        self._today = today
        self._clean: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[object, tuple[FieldProblem, ...]]] = {}

    def leg(self, row: int, cells: Mapping[str, str]) -> BookedLeg:
        """Return the leg that a row tells of.

        Raises:
            InputError: naming every wrong cell, with candidates for ambiguous places.
        """
        problems: list[FieldProblem] = []
        clean = self._clean.get
        texts = {
            name: clean(cell) or self.text(name, cell, problems) for name, cell in cells.items()
        }
        get = texts.get
        depart = self.day("depart", get("depart", ""), problems)
        back = self.day("return", get("return", ""), problems)
        mode = self.mode(get("mode", ""), problems)
        origin = self.place("origin", get("origin", "") or self._origin, problems)
        destination = self.place("destination", get("destination", ""), problems)
        cabin = self.cabin(get("class", ""), mode, problems)
        travellers = self.travellers(get("travellers", ""), problems)
        cost_cents = self.cost("cost_eur", get("cost_eur", ""), problems)
        role = self.role(get("role", ""), problems)
        leg_no = self._leg_no(get("leg_no", ""), problems)
        self._check(depart, back, origin, destination, problems)
        if problems or origin is None or destination is None or depart is None:
            raise InputError(_once_a_cell(problems))
        return BookedLeg(
            row=row,
            trip_id=get("trip_id", ""),
            traveller=get("traveller", ""),
            leg_no=leg_no,
            origin=origin,
            destination=destination,
            depart=depart,
            back=back,
            mode=mode,
            cabin=cabin,
            travellers=travellers,
            cost_cents=cost_cents,
            unit=get("unit", ""),
            role=role,
            reason=get("reason", ""),
            request=self.request(get("request", "")) if "request" in cells else None,
            own=self._words.is_own(get("mode", "")),
        )

    def text(self, field: str, cell: str, problems: list[FieldProblem]) -> str:
        """Return a cell, "" where it means nothing; a formula is noted."""
        known = self._clean.get(cell)
        if known is not None:
            return known
        text = " ".join(cell.split())
        if not text:
            return ""
        if text[0] in _RISKY and _FORMULA.match(text):
            said = message(
                "“{typed}” is a formula. Write the value itself.", typed=text[:MOST_SHOWN]
            )
            problems.append(FieldProblem(field, "formula", said))
            return ""
        is_nothing = _NO_LETTER.fullmatch(text) or normalise(text) in self._words.nothing
        found = "" if is_nothing else text
        if field not in _EACH_ITS_OWN:
            if len(self._clean) >= MOST_REMEMBERED:
                self._clean.clear()
            self._clean[cell] = found
        return found

    def place(self, field: str, typed: str, problems: list[FieldProblem]) -> Place | None:
        """Return the place that is meant; noted if it is missing, unknown or ambiguous."""
        return self._once(field, typed, problems, FieldReader.place)

    def day(self, field: str, typed: str, problems: list[FieldProblem]) -> date | None:
        """Return a day as people or Excel write it; a missing departure is noted."""
        return self._once(field, typed, problems, read_day)

    def mode(self, typed: str, problems: list[FieldProblem]) -> str:
        """Return the mode that was booked; noted if it is missing or not known."""
        return self._once("mode", typed, problems, self._mode)

    def cabin(self, typed: str, mode: str, problems: list[FieldProblem]) -> str:
        """Return the class, "" if none is given; noted if a plane has no such class.

        Of a plane the second class is economy.
        """
        return self._once(f"{_CLASS_OF}{mode}", typed, problems, self._cabin)

    def travellers(self, typed: str, problems: list[FieldProblem]) -> int:
        """Return how many travelled; one if nothing is said."""
        number = self._once("travellers", typed, problems, _travellers)
        return 1 if number is None else number

    def role(self, typed: str, problems: list[FieldProblem]) -> str:
        """Return the role of the traveller; staff if nothing is said."""
        return self._once("role", typed, problems, self._role)

    def cost(self, field: str, typed: str, problems: list[FieldProblem]) -> int | None:
        """Return an amount in cents; None if nothing is said; noted if it cannot be read."""
        plain = plain_cents(typed)
        if plain is not None:
            return plain
        reader = FieldReader(self._places, self._today)
        cents = self._cost(reader, field, typed)
        problems += reader.problems
        return cents

    def request(self, typed: str) -> bool:
        """Return whether a cell says that a request was filed: yes, or its number."""
        return self._once("request", typed, [], self._request)

    def _once(
        self,
        field: str,
        typed: str,
        problems: list[FieldProblem],
        read: Callable[[FieldReader, str, str], T],
    ) -> T:
        known = self._known.get((field, typed))
        if known is None:
            reader = FieldReader(self._places, self._today, self._listed)
            known = (read(reader, field, typed), tuple(reader.problems))
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[field, typed] = known
        found, wrong = known
        if wrong:
            problems += wrong
        return found  # type: ignore[return-value]

    def _role(self, reader: FieldReader, _field: str, typed: str) -> str:
        return reader.role(self._words.roles.get(normalise(typed), typed))

    def _request(self, _reader: FieldReader, _field: str, typed: str) -> bool:
        return normalise(typed) not in {"", *self._words.no_request}

    def _mode(self, reader: FieldReader, _field: str, typed: str) -> str:
        mode = self._words.mode(typed)
        if mode:
            return mode
        if typed:
            text = message(
                "We do not know the mode “{typed}”. Write for example train, plane or car.",
                typed=typed[:MOST_SHOWN],
            )
            reader.note("mode", "unknown_mode", text)
        else:
            text = message("The mode is missing. Write for example train, plane or car.")
            reader.note("mode", "missing", text)
        return ""

    def _cabin(self, reader: FieldReader, field: str, typed: str) -> str:
        if not typed:
            return ""
        mode = field.removeprefix(_CLASS_OF)
        cabin = self._words.classes.get(normalise(typed), "")
        if mode == "plane" and cabin == "second":
            return "economy"
        if cabin and (mode != "plane" or cabin in CABINS):
            return cabin
        known = CABINS if mode == "plane" else dict.fromkeys(self._words.classes.values())
        text = message(
            "There is no “{given}”. Choose one of {known}.",
            given=typed[:MOST_SHOWN],
            known=", ".join(known),
        )
        reader.note("class", "unknown", text)
        return ""

    def _cost(self, reader: FieldReader, field: str, typed: str) -> int | None:
        if not typed:
            return None
        cents, problem = money_cents(typed, self._decimal)
        if problem:
            reader.note(field, "not_an_amount", problem)
        elif cents is not None and cents < 0:
            text = message("A cost is not negative ({typed}). Leave refunds out.", typed=typed)
            reader.note(field, "negative", text)
        elif cents is not None and cents > self._words.most_cost_eur * 100:
            text = message(
                "{typed} is more than {most} euro. Check the decimal mark.",
                typed=typed,
                most=self._words.most_cost_eur,
            )
            reader.note(field, "out_of_range", text)
        return cents

    def _leg_no(self, typed: str, problems: list[FieldProblem]) -> int | None:
        return self._once("leg_no", typed, problems, _leg_no)

    def _check(
        self,
        depart: date | None,
        back: date | None,
        origin: Place | None,
        destination: Place | None,
        problems: list[FieldProblem],
    ) -> None:
        """Note what cannot be together: a return before the departure, a way to the same place."""
        reader = FieldReader(self._places, depart)
        if depart and back:
            reader.check_stay(depart, back)
        reader.check_way((origin, destination))
        problems += reader.problems


def _travellers(reader: FieldReader, field: str, typed: str) -> int | None:
    return reader.whole(field, typed, least=1, most=MOST_TRAVELLERS)


def _leg_no(reader: FieldReader, field: str, typed: str) -> int | None:
    return reader.whole(field, typed, least=0, most=MOST_LEGS)


def _once_a_cell(problems: Iterable[FieldProblem]) -> Iterator[FieldProblem]:
    """Yield the first problem of each cell: what is a formula is not missing too."""
    seen: set[str] = set()
    for problem in problems:
        if problem.field not in seen:
            seen.add(problem.field)
            yield problem
