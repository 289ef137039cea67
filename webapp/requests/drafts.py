"""A request that is being filled in: what it holds, how far it is, and what it would file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from travelplan import InputError, Recommendation, recommendation_record
from travelplan.language import Language
from travelplan.report.choice import Way, ways_of
from travelplan.report.record import fingerprint
from webapp.advice.question import OUT_BY, RETURN_BY, SKIPPED, Question
from webapp.advice.views import recommended
from webapp.organisation import Organisation
from webapp.requests.choosing import read_choice
from webapp.requests.filing import Choice, Filing, Purpose
from webapp.requests.shown import shown
from webapp.requests.typed import Faults
from webapp.requests.who import Who, WhoReader
from webapp.store.tables import Draft

Part = Literal["who", "choice"]
Step = Literal["who", "choice", "check"]
Read = TypeVar("Read")


@dataclass(frozen=True)
class Filled:
    """What a draft holds, and what follows from it by today's data.

    `own` is the sign-in name of who fills it in, `name_of` gives the names of people.
    """

    draft: Draft
    organisation: Organisation
    own: str
    name_of: Callable[[str], str]

    @cached_property
    def asked(self) -> Question:
        """The question as it was asked."""
        return Question.stored(self.draft.question)

    def typed(self, part: Part) -> dict[str, str]:
        """Return one of the forms as typed; empty if nobody has seen it yet."""
        return dict(self.draft.answers.get(part, {}))

    def is_sent(self, part: Part) -> bool:
        """Return whether somebody has sent a form to be judged."""
        return part in self.draft.answers.get("sent", [])

    @cached_property
    def first_answer(self) -> Recommendation:
        """The answer to the question alone, before anybody said who travels.

        Raises:
            InputError: the question can no longer be answered.
        """
        return recommended(self.asked)

    @cached_property
    def _who(self) -> Who | InputError:
        travellers = self.first_answer.trip.travellers
        changes = bool(self.draft.changes_id)
        reader = WhoReader(self.organisation, travellers, self.own, self.name_of, changes)
        return _read(lambda: reader.read(self.typed("who")))

    @property
    def who(self) -> Who | None:
        """The first form, if nothing is wrong with it."""
        return None if isinstance(self._who, InputError) else self._who

    @cached_property
    def question(self) -> Question:
        """The question with whose trip it is, which the decision depends on, and every way open."""
        asked = {k: v for k, v in self.asked.alone.items() if k not in (OUT_BY, RETURN_BY)}
        if self.who is not None:
            purpose = self.who.purpose
            unit = self.organisation.unit(purpose.unit)
            asked |= {"role": purpose.role, "organisation": unit.body if unit else ""}
        return Question.stored(asked)

    @cached_property
    def answer(self) -> Recommendation:
        """The answer for whose trip it is."""
        return recommended(self.question)

    @property
    def became_other(self) -> bool:
        """Whether it makes a difference to the outcome whose trip it is."""
        return self.answer.outcome != self.first_answer.outcome

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """What there is to choose."""
        return ways_of(self.answer)

    @cached_property
    def _choice(self) -> Choice | InputError:
        return _read(lambda: read_choice(self.typed("choice"), self.ways))

    @property
    def choice(self) -> Choice | None:
        """The second form, if nothing is wrong with it."""
        return None if isinstance(self._choice, InputError) else self._choice

    @cached_property
    def settled(self) -> tuple[Question, Recommendation]:
        """The question with what was chosen, and its answer: going back by another mode is asked.

        Raises:
            LookupError: nothing is chosen yet.
        """
        if self.choice is None:
            raise LookupError(self.next_step)
        out, *_, back = self.choice.vehicles
        if self.answer.parts or out == back:
            return self.question, self.answer
        question = Question.stored({**self.question.alone, OUT_BY: out, RETURN_BY: back})
        return question, recommended(question)

    def faults(self, part: Part) -> Faults:
        """Return what is wrong with a form; nothing as long as it was not sent."""
        found = self._who if part == "who" else self._choice
        return (
            Faults.of(found) if isinstance(found, InputError) and self.is_sent(part) else Faults()
        )

    @property
    def next_step(self) -> Step:
        """The first page that still has to be filled in."""
        if self.who is None or not self.is_sent("who"):
            return "who"
        return "check" if self.choice and self.is_sent("choice") else "choice"

    def filing(self, traveller_name: str, language_of: Callable[[str], Language]) -> Filing:
        """Return what would be filed.

        Raises:
            LookupError: a form is not filled in.
        """
        if self.who is None or self.choice is None:
            raise LookupError(self.next_step)
        digital = "" if self.asked.digital == SKIPPED else self.asked.digital
        question, answer = self.settled
        seen = shown(answer, question, self.choice.vehicles, language_of)
        return Filing(
            question=question.alone,
            digital=digital,
            answer=answer,
            shown=seen,
            purpose=_with_traveller(self.who.purpose, traveller_name),
            choice=self.choice,
        )

    @property
    def fingerprint(self) -> str:
        """What is other as soon as an answer or anything filled in is."""
        record = recommendation_record(self.settled[1])
        filled = {part: self.typed(part) for part in ("who", "choice")}
        return fingerprint({"evidence": record["evidence"]["sha256"], **filled})


def keep(draft: Draft, part: Part, fields: Mapping[str, str], *, sent: bool) -> None:
    """Put a form as typed into a draft; `sent` says that it is to be judged."""
    parts = set(draft.answers.get("sent", []))
    parts = parts | {part} if sent else parts
    draft.answers = {**draft.answers, part: dict(fields), "sent": sorted(parts)}


def _read(read: Callable[[], Read]) -> Read | InputError:
    try:
        return read()
    except InputError as error:
        return error


def _with_traveller(purpose: Purpose, name: str) -> Purpose:
    if not purpose.participants:
        return purpose
    first, *others = purpose.participants
    return replace(purpose, participants=(replace(first, name=name), *others))
