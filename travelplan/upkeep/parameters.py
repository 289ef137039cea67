"""The thresholds of a review: shipped as assumptions, set by a list or for one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from travelplan.errors import FieldProblem, InputError
from travelplan.language import message
from travelplan.sourced import Basis, FileModel
from travelplan.strict import Document


class Threshold(FileModel):
    """One shipped value, with its unit and the reason for it."""

    value: int = Field(ge=0)
    unit: str
    basis: Basis
    because: str


class _File(FileModel):
    parameters: Mapping[str, Threshold]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The thresholds of one review: months, visits, days and minutes as their names say."""

    window_months: int
    join_visits: int
    leave_visits: int
    recheck_days: int
    near_limit_min: int
    refusal_days: int

    @classmethod
    def of(cls, shipped: Document, *overriding: Mapping[str, int]) -> Parameters:
        """Return the shipped values with others in their place, the last mapping first.

        Raises:
            DataError: the shipped file has a fault.
            InputError: a name is not one of the parameters, or the window is empty.
        """
        values = {name: item.value for name, item in shipped.parse(_File).parameters.items()}
        for mapping in overriding:
            unknown = sorted(mapping.keys() - values.keys())
            if unknown:
                raise InputError([_unknown(name, values) for name in unknown])
            values.update(mapping)
        for name in ("window_months", "join_visits"):
            if values[name] < 1:
                text = message("“{name}” is too low.", name=name)
                raise InputError([FieldProblem(name, "out_of_range", text)])
        return cls(**values)


def _unknown(name: str, known: Mapping[str, int]) -> FieldProblem:
    text = message(
        "There is no “{given}”. Choose one of {known}.", given=name[:60], known=", ".join(known)
    )
    return FieldProblem("review", "unknown", text)
