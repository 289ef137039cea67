"""What a decision holds: the outcome, why, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from travelplan.scheme.facts import Value, Values
from travelplan.scheme.levy import Levied, Travelled, levies_on
from travelplan.scheme.logic import Tested
from travelplan.scheme.rights import (
    Approval,
    Entitlement,
    Reason,
    approvals_for,
    entitlements_for,
    given_reasons,
    may_apply,
)
from travelplan.scheme.rulebook import Parameter, Rule, Version
from travelplan.scheme.verdicts import Mode, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """What would change the outcome: a measured fact or an assumed parameter at another value.

    `direction`: whether the other outcome asks more of the traveller (stricter) or less (looser).
    """

    cause: str
    value: Value
    outcome: Outcome
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ListedLevel:
    """The level of a destination that a person has decided; it goes before computed times."""

    outcome: Outcome
    entry: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a version of a scheme says of one case, and why.

    `rule` is None when nothing decided: out of scope, undetermined, or a list did. `tested` holds
    the tests of the rules up to the deciding one. `assumed` names scope facts and lists that were
    not given and were taken as in scope and not listed; `presumed` gives what counted in the place
    of other facts that were not given. `unknown` names the facts (or open parameters) that are
    missing where the outcome is undetermined. `exception` is the reason that freed from the rule.
    `indicated` is the list that answered where the rules could not. `values` are all facts used.
    """

    outcome: Outcome
    version: Version
    rule: Rule | None
    tested: tuple[Tested, ...]
    parameters: tuple[Parameter, ...]
    causes: tuple[Cause, ...]
    verdicts: Mapping[Mode, Verdict]
    assumed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    listed: ListedLevel | None = None
    values: Values = field(default_factory=dict, repr=False)
    presumed: Mapping[str, Value] = field(default_factory=dict)
    exception: Reason | None = None
    indicated: str = ""

    @property
    def borderline(self) -> bool:
        """Whether another plausible value of one cause alone would change the outcome."""
        return bool(self.causes)

    @property
    def reasons_given(self) -> tuple[Reason, ...]:
        """The reasons of the closed list that the person gives."""
        return given_reasons(self.version.reasons, self.values)[0]

    @property
    def reasons_strange(self) -> tuple[str, ...]:
        """What the person gives as a reason that is not on the closed list."""
        return given_reasons(self.version.reasons, self.values)[1]

    @property
    def may_apply(self) -> tuple[Reason, ...]:
        """The reasons that could free from this outcome, or justify a request to deviate."""
        rule = self.rule.id if self.rule else ""
        return tuple(may_apply(self.version.reasons, self.outcome, rule))

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Whose agreement is needed, with the modes for which it is."""
        return tuple(approvals_for(self.version.approvals, self.values))

    def agreement(self, modes: Collection[Mode], *, deviates: bool) -> tuple[Approval, ...]:
        """Return whose agreement a choice of modes needs; nobody's if the scheme asks for none."""
        return tuple(a for a in self.approvals if a.asked_for(modes, deviates=deviates))

    @property
    def classes(self) -> tuple[tuple[Entitlement, bool], ...]:
        """The class that one may take by each mode, and whether that is sure."""
        return tuple(entitlements_for(self.version.classes, self.values))

    def levies(self, travelled: Travelled) -> tuple[Levied, ...]:
        """Return what the trip costs beside its fare, by one mode."""
        return tuple(levies_on(self.version.levies, travelled, self.values))
