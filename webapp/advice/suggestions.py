"""What to offer while a place is being typed."""

from __future__ import annotations

from travelplan import Place, Places
from travelplan.language import Language, message
from webapp.advice.question import words_leading_to

MOST = 8
FEWEST_LETTERS = 2


def suggestions(typed: str, places: Places, language: Language) -> dict[str, object]:
    """Return the likeliest places, at most 8, and how many there are in words.

    `value` is what to put in the field, `label` what to show.
    """
    found = _found(typed.strip(), places)
    options = [
        {"value": words_leading_to(place, places, language), "label": language.say(place.label)}
        for place in found
    ]
    if not options:
        status = language.say(message("No place found."))
    else:
        status = language.counted(
            len(options),
            "{number} place found. Choose it with the arrow keys.",
            "{number} places found. Choose one with the arrow keys.",
        )
    return {"options": options, "status": status}


def _found(typed: str, places: Places) -> list[Place]:
    """Return what is called so, then what begins so; without either what is spelled alike."""
    if len(typed) < FEWEST_LETTERS:
        return []
    result = places.find(typed)
    called = [result.place] if result.place else []
    asked = list(result.candidates) if result.status == "ambiguous" else []
    begins = list(places.starting_with(typed, MOST))
    found = [*called, *asked, *begins] or list(result.candidates)
    by_label: dict[str, Place] = {}
    for place in found:
        by_label.setdefault(str(place.label), place)
    return list(by_label.values())[:MOST]
