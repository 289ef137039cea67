"""The command about how far the train reaches: trains."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from travelplan.cli.common import Subcommands, add, answer, list_path
from travelplan.errors import Candidate, FieldProblem, InputError
from travelplan.files import DATA, DEFAULT_SCHEME, load_background, load_reference, read_document
from travelplan.language import Language, message
from travelplan.places import Place
from travelplan.reach import TimeClass, reached, read_classes
from travelplan.reference import Reference
from travelplan.report import reach
from travelplan.saving import write_new
from travelplan.trip import DEFAULT_ORIGIN


def register(commands: Subcommands) -> None:
    """Add the command."""
    trains = add(commands, "trains", _trains, "the cities that the train reaches, by travel time")
    trains.add_argument("--origin", default=DEFAULT_ORIGIN)
    trains.add_argument("--country", action="append", default=[], metavar="XX")
    trains.add_argument("--map", metavar="FILE.svg", help="draw them on a map too")
    trains.add_argument("--scheme", default=DEFAULT_SCHEME, metavar="ID")
    trains.add_argument("--list", metavar="FILE", help=argparse.SUPPRESS)


def _trains(options: argparse.Namespace, language: Language) -> int:
    reference = load_reference(scheme=options.scheme, destinations=list_path(options))
    origin = _origin(options.origin, reference)
    classes = _classes(reference)
    countries = {code.upper() for code in options.country}
    cities = [
        city
        for city in reached(origin, reference.transport, reference.places, classes)
        if not countries or city.country in countries
    ]
    if options.map:
        drawn = reach.svg_map(origin, cities, classes, language, background=load_background())
        write_new(Path(options.map), drawn)
    return answer(
        options,
        reach.trains_record(origin, cities, classes, language),
        lambda: reach.trains_text(origin, cities, classes, language),
    )


def _classes(reference: Reference) -> list[TimeClass]:
    document = read_document(DATA / "reach.yaml")
    return read_classes(document).for_scheme(reference.scheme, date.today())


def _origin(typed: str, reference: Reference) -> Place:
    result = reference.places.find(typed, listed=reference.destinations.listed_ids)
    if result.place:
        return result.place
    candidates = tuple(Candidate(place.id, place.label) for place in result.candidates)
    text = message("We do not know “{typed}”. Do you mean one of these?", typed=typed[:60])
    raise InputError([FieldProblem("origin", result.status, text, candidates)])
