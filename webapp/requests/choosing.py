"""The modes that a traveller chooses, and why where the scheme does not simply allow them."""

from __future__ import annotations

from collections.abc import Sequence

from travelplan.language import Message, message
from travelplan.report.choice import Way, reasons_for
from webapp.advice.question import OUT_BY, RETURN_BY, Question
from webapp.requests.filing import CONFIDENTIAL, Choice
from webapp.requests.typed import Fields, Typed
from webapp.store.tables import Version

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


def with_defaults(fields: Fields, ways: Sequence[Way], asked: Question) -> dict[str, str]:
    """Return the form as it is shown first: what was asked, else the scheme's best of every way."""
    first = {
        mode_field(n): way.options[0].journey.vehicle
        for n, way in enumerate(ways, 1)
        if way.options
    }
    out, back = asked[OUT_BY], asked[RETURN_BY] or asked[OUT_BY]
    wished = {mode_field(1): out, mode_field(2): back} if len(ways) == 2 else {}
    return {**first, **{name: vehicle for name, vehicle in wished.items() if vehicle}, **fields}


def without_confidential_text(fields: dict[str, str]) -> dict[str, str]:
    """Return the form as it may be kept: with a confidential reason no text at all."""
    if fields.get(REASON) == CONFIDENTIAL and fields.get(TEXT, "").strip():
        return {**fields, TEXT: "", "dropped": "yes"}
    return {name: value for name, value in fields.items() if name != "dropped"}


def fields_of(version: Version) -> dict[str, str]:
    """Return a version as the form holds it, to change a request."""
    modes = {mode_field(n): mode for n, mode in enumerate(version.modes, 1)}
    return {**modes, REASON: version.reason, TEXT: version.justification}


def read_choice(fields: Fields, ways: Sequence[Way]) -> Choice:
    """Return what the form says.

    Raises:
        InputError: naming every wrong field.
    """
    typed = Typed(fields)
    vehicles = tuple(
        typed.one_of(
            mode_field(n),
            {option.journey.vehicle for option in way.options},
            message("Choose how you travel."),
        )
        for n, way in enumerate(ways, 1)
    )
    if not any(way.deviates(vehicle) for way, vehicle in zip(ways, vehicles, strict=True)):
        typed.check()
        return Choice(
            _modes(ways, vehicles), deviates=False, reason="", justification="", vehicles=vehicles
        )
    codes = {reason.code for reason in reasons_for(ways, vehicles)}
    reason = text = ""
    if codes:
        needed = message("Choose a reason: the scheme does not simply allow what you chose.")
        reason = typed.one_of(REASON, codes, needed)
    else:
        _refuse_what_is_not_allowed(typed, ways, vehicles)
    if reason != CONFIDENTIAL:
        explain = message("Explain in {least} to {most} characters.", least=SHORTEST, most=LONGEST)
        text = typed.text(TEXT, least=SHORTEST, most=LONGEST, needed=explain)
    typed.check()
    return Choice(
        _modes(ways, vehicles),
        deviates=True,
        reason=reason,
        justification=text,
        vehicles=vehicles,
    )


def _modes(ways: Sequence[Way], vehicles: Sequence[str]) -> tuple[str, ...]:
    chosen = (way.option(vehicle) for way, vehicle in zip(ways, vehicles, strict=True))
    return tuple(option.mode for option in chosen if option)


def _refuse_what_is_not_allowed(typed: Typed, ways: Sequence[Way], vehicles: Sequence[str]) -> None:
    """Raise InputError if a way is not allowed at all: the scheme knows no reason for it.

    A way that is allowed with a reason, of which the scheme gives no list, takes an explanation.
    """
    text = message("The scheme knows no reason for this. Choose another way, or ask HR.")
    for number, (way, vehicle) in enumerate(zip(ways, vehicles, strict=True), 1):
        option = way.option(vehicle)
        if option and option.verdict == "not_allowed":
            typed.note(mode_field(number), "no_reason", text)
    typed.check()
