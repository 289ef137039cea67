"""What goes with a decision: reasons to deviate, who agrees, and the class one may take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from travelplan.language import LANGUAGES, Words
from travelplan.places.normalise import normalise
from travelplan.scheme.facts import Values
from travelplan.scheme.logic import ALWAYS, Condition
from travelplan.scheme.verdicts import Mode, Outcome

CONFIDENTIAL = "confidential"
REQUEST = "request"
MAY_BE_EXCEPTED: frozenset[Outcome] = frozenset(
    {"train_mandatory", "train_recommended", "justify_otherwise", "flight_forbidden"}
)
"""The outcomes from which a reason can free; it never opens a trip that is not allowed at all."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the closed list for which a person may deviate.

    `effect` is REQUEST (the reason only justifies a request) or the outcome to which it leads.
    """

    id: str
    text: Words
    assumed: bool
    effect: str = REQUEST
    decides: Words | None = None
    proof: Words | None = None
    requires: Words | None = None
    rules: tuple[str, ...] = ()
    confidential: bool = False
    spellings: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """What is kept of it: for a confidential reason nothing but that it is one."""
        return CONFIDENTIAL if self.confidential else self.id

    def matches(self, given: str) -> bool:
        """Return whether a person means this reason, by its id or by its text in a language."""
        typed = _spelling(given)
        said = {_spelling(str(getattr(self.text, code))) for code in LANGUAGES}
        return (
            typed in {_spelling(self.id), *self.spellings, *said}
            or (self.confidential and typed == CONFIDENTIAL)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approval:
    """Who has to agree, in order; `modes` is empty where it does not depend on the mode.

    `only_deviations`: only to a choice that the scheme does not simply allow; `numbered`: by a
    decision with a number of its own.
    """

    id: str
    condition: Condition
    modes: tuple[Mode, ...]
    chain: tuple[tuple[str, Words], ...]
    assumed: bool
    text: Words | None
    only_deviations: bool = False
    numbered: bool = False

    def asked_for(self, modes: Collection[Mode], *, deviates: bool) -> bool:
        """Return whether it is needed for a choice of modes."""
        if self.only_deviations and not deviates:
            return False
        return not self.modes or bool(set(modes) & set(self.modes))


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The class that one may take by a mode; `decides`: only if that person agrees."""

    mode: Mode
    cabin: str
    condition: Condition = ALWAYS
    decides: Words | None = None
    assumed: bool = False
    text: Words | None = None


def spellings(names: Iterable[str]) -> frozenset[str]:
    """Return names of reasons as they are compared."""
    return frozenset(_spelling(name) for name in names)


def _spelling(name: str) -> str:
    return normalise(name)


def given_reasons(
    reasons: Sequence[Reason], values: Values
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Return the reasons of the closed list that a person gives, and what is not on the list."""
    given = values.get("reason")
    if not isinstance(given, tuple | list):
        return (), ()
    known = tuple(r for r in reasons if any(r.matches(name) for name in given))
    strange = tuple(name for name in given if not any(r.matches(name) for r in reasons))
    return known, strange


def kept_reasons(reasons: Sequence[Reason], given: Iterable[str]) -> Iterator[str]:
    """Yield what is kept of the reasons given: codes, and as typed what is not on the list."""
    for name in given:
        code = next((reason.code for reason in reasons if reason.matches(name)), name)
        yield code


def may_apply(reasons: Sequence[Reason], outcome: Outcome, rule: str) -> Iterator[Reason]:
    """Yield the reasons that could free from an outcome of a rule ("" for none)."""
    if outcome in MAY_BE_EXCEPTED:
        yield from (r for r in reasons if not r.rules or rule in r.rules)


def approvals_for(approvals: Iterable[Approval], values: Values) -> Iterator[Approval]:
    """Yield whose agreement may be needed: for each mode the first that applies.

    One that is only for deviations leaves room for one that is for every choice.

    Where none surely applies the first that may apply counts: nobody is left out for want of a
    fact.
    """
    settled: set[Mode | str] = set()
    maybe: list[Approval] = []
    for approval in approvals:
        truth = approval.condition.holds(values)
        wanted = set(approval.modes or ("",)) - settled
        if truth and wanted:
            settled |= set() if approval.only_deviations else wanted
            yield approval
        elif truth is None:
            maybe.append(approval)
    for approval in maybe:
        wanted = set(approval.modes or ("",)) - settled
        if wanted:
            settled |= wanted
            yield approval


def entitlements_for(
    classes: Iterable[Entitlement], values: Values
) -> Iterator[tuple[Entitlement, bool]]:
    """Yield the class that one may take by each mode, and whether that is sure.

    The first that applies counts; before it those that may apply, for want of a fact, come unsure.
    Those that need the agreement of a person come beside it.
    """
    settled: set[Mode] = set()
    for item in classes:
        truth = item.condition.holds(values)
        if truth is False or (item.mode in settled and item.decides is None):
            continue
        yield item, bool(truth)
        if truth and item.decides is None:
            settled.add(item.mode)
