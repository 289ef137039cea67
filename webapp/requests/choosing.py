"""The modes that a traveller chooses, and why where the scheme does not simply allow them."""

from __future__ import annotations

from collections.abc import Sequence

from travelplan.language import Message, message
from travelplan.report.choice import Way, reasons_for
from webapp.requests.filing import CONFIDENTIAL, Choice
from webapp.requests.typed import Fields, Typed

REASON, TEXT = "reason", "justification"
SHORTEST, LONGEST = 20, 500


def mode_field(number: int) -> str:
    """Return the field of the mode of a way, the first being 1."""
    return f"mode_{number}"


def labels_for(ways: Sequence[Way]) -> dict[str, Message]:
    """Return the labels of all fields in the order of the form."""
    labels = {mode_field(n): way_label(way) for n, way in enumerate(ways, 1)}
    labels[REASON] = message("Reason to travel otherwise")
    labels[TEXT] = message("Explanation")
    return labels


def way_label(way: Way) -> Message:
    """Return from where to where a way leads."""
    return message(
        "{origin} → {destination}", origin=way.origin.names, destination=way.destination.names
    )


def with_defaults(fields: Fields, ways: Sequence[Way]) -> dict[str, str]:
    """Return the form as it is shown first: the scheme's best for every way not yet chosen."""
    best = {mode_field(n): way.options[0].mode for n, way in enumerate(ways, 1) if way.options}
    return {**best, **fields}


def without_confidential_text(fields: dict[str, str]) -> dict[str, str]:
    """Return the form as it may be kept: with a confidential reason no text at all."""
    if fields.get(REASON) == CONFIDENTIAL and fields.get(TEXT, "").strip():
        return {**fields, TEXT: "", "dropped": "yes"}
    return {name: value for name, value in fields.items() if name != "dropped"}


def read_choice(fields: Fields, ways: Sequence[Way]) -> Choice:
    """Return what the form says.

    Raises:
        InputError: naming every wrong field.
    """
    typed = Typed(fields)
    modes = tuple(
        typed.one_of(
            mode_field(n),
            {option.mode for option in way.options},
            message("Choose how you travel."),
        )
        for n, way in enumerate(ways, 1)
    )
    if not any(way.deviates(mode) for way, mode in zip(ways, modes, strict=True)):
        typed.check()
        return Choice(modes, deviates=False, reason="", justification="")
    codes = {reason.code for reason in reasons_for(ways, modes)}
    if not codes:
        _refuse_deviations(typed, ways, modes)
    needed = message("Choose a reason: the scheme does not simply allow what you chose.")
    reason = typed.one_of(REASON, codes, needed)
    text = ""
    if reason != CONFIDENTIAL:
        explain = message("Explain in {least} to {most} characters.", least=SHORTEST, most=LONGEST)
        text = typed.text(TEXT, least=SHORTEST, most=LONGEST, needed=explain)
    typed.check()
    return Choice(modes, deviates=True, reason=reason, justification=text)


def _refuse_deviations(typed: Typed, ways: Sequence[Way], modes: Sequence[str]) -> None:
    """Raise InputError: the scheme knows no reason for what was chosen."""
    text = message("The scheme knows no reason for this. Choose another way, or ask HR.")
    for number, (way, mode) in enumerate(zip(ways, modes, strict=True), 1):
        if way.deviates(mode):
            typed.note(mode_field(number), "no_reason", text)
    typed.check()
