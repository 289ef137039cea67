"""The cities that the train reaches, as text, as records and on a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travelplan.language import Country, Language, Minutes, message
from travelplan.places import Place
from travelplan.reach import City, TimeClass
from travelplan.report.dotmap import Dot, Group, dot_map
from travelplan.report.map import Background


def trains_record(
    origin: Place, cities: Sequence[City], classes: Sequence[TimeClass], language: Language
) -> dict[str, Any]:
    """Return the origin, the classes with their limits, and the cities by travel time."""
    return {
        "origin": {"id": origin.id, "name": language.say(origin.names)},
        "classes": [
            {"id": one.id, "at_most_min": one.at_most, "text": language.say(one.text.words)}
            for one in classes
        ],
        "cities": [
            {
                "name": language.say(city.names),
                "names": {"nl": city.names.nl, "fr": city.names.fr, "en": city.names.en},
                "country": city.country,
                "lat": city.lat,
                "lon": city.lon,
                "rail_min": city.minutes,
                "rail_changes": city.changes,
                "class": city.time_class,
            }
            for city in cities
        ],
    }


def trains_text(
    origin: Place, cities: Sequence[City], classes: Sequence[TimeClass], language: Language
) -> str:
    """Return the cities under the head of their class, the nearest first."""
    return "\n".join(_lines(origin, cities, classes, language))


def svg_map(
    origin: Place,
    cities: Sequence[City],
    classes: Sequence[TimeClass],
    language: Language,
    *,
    background: Background,
) -> str:
    """Return a map of the cities with a mark in the shape and colour of their class."""
    say = language.say
    title = say(message("Trains from {origin}", origin=origin.names))
    counts = ", ".join(f"{class_text(one, language)}: {_count(cities, one)}" for one in classes)
    dots = [Dot(origin.lat, origin.lon, say(origin.names), "")]
    dots += [
        Dot(city.lat, city.lon, say(city.names), city.time_class, say(Minutes(city.minutes)))
        for city in sorted(cities, key=lambda city: -city.population)
    ]
    groups = [Group(one.id, class_text(one, language), one.colour) for one in classes]
    return dot_map(title, f"{title}. {counts}.", dots, groups, background)


def _lines(
    origin: Place, cities: Sequence[City], classes: Sequence[TimeClass], language: Language
) -> Iterator[str]:
    say = language.say
    yield say(message("Trains from {origin}", origin=origin.label))
    if not cities:
        yield say(message("The train reaches no city from here, as far as we know."))
    for one in classes:
        inside = [city for city in cities if city.time_class == one.id]
        if not inside:
            continue
        yield f"\n{class_text(one, language)}:"
        for city in inside:
            changes = language.counted(city.changes, "{number} change", "{number} changes")
            yield (
                f"  {say(city.names):<26}{say(Country(city.country)):<22}"
                f"{say(Minutes(city.minutes)):<14}{changes}"
            )


def class_text(one: TimeClass, language: Language) -> str:
    """Return the text of a class with its limit."""
    text, limit = language.say(one.text.words), language.say(Minutes(one.at_most))
    return text if limit in text else f"{text} ({limit})"


def _count(cities: Sequence[City], one: TimeClass) -> int:
    return sum(city.time_class == one.id for city in cities)
