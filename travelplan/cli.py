"""The command line. Each command reads its arguments, asks the library, and prints."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from travelplan.emissions.estimate import estimate_distance
from travelplan.emissions.factors import CABINS
from travelplan.errors import DataError, FieldProblem, InputError
from travelplan.files import (
    DEFAULT_FACTORS,
    DEFAULT_SCHEME,
    destinations_path,
    load_destinations,
    load_factors,
    load_language,
    load_places,
    load_reference,
    load_scheme,
    load_transport,
    read_text,
    scheme_ids,
)
from travelplan.journeys.plan import plan_journeys
from travelplan.language import LANGUAGES, Language, message
from travelplan.recommendation import check_destinations, recommend
from travelplan.reference import Reference
from travelplan.report import listings, record, text
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import parse_facts
from travelplan.trip import Trip, parse_day, parse_trip

DEFAULT_PORT = 5000
ANSWERED, FAULTS, WRONG_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 answered, 2 the input is wrong, 1 the rest."""
    options = _parser().parse_args(arguments)
    language = load_language(options.lang)
    try:
        status: int = options.command(options, language)
    except InputError as error:
        _print_errors(error, language, as_json=options.json)
        return WRONG_INPUT
    except DataError as error:
        print(error, file=sys.stderr)
        return FAULTS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTS
    return status


def _print_errors(error: InputError, language: Language, *, as_json: bool) -> None:
    if as_json:
        print(record.as_json(record.error_record(error, language)))
    else:
        print(text.error_text(error, language), file=sys.stderr)


def _answer(options: argparse.Namespace, found: Any, words: Callable[[], str]) -> int:
    """Print the record as JSON, or the words for a person."""
    print(record.as_json(found) if options.json else words())
    return ANSWERED


def _recommend(options: argparse.Namespace, language: Language) -> int:
    every = options.scheme == "all"
    ids = scheme_ids() if every else [options.scheme]
    references = [load_reference(scheme=id_, factors=options.factors) for id_ in ids]
    trip = _trip(options, references[0])
    if not every:
        answer = recommend(trip, references[0])
        return _answer(
            options,
            record.recommendation_record(answer),
            lambda: text.recommendation_text(answer, language),
        )
    in_force = [r for r in references if r.scheme.is_in_force(trip.depart)]
    answers = [recommend(trip, reference) for reference in in_force]
    return _answer(
        options,
        [record.recommendation_record(answer) for answer in answers],
        lambda: "\n".join(text.summary_line(answer, language) for answer in answers),
    )


def _trip(options: argparse.Namespace, reference: Reference) -> Trip:
    fields = {
        "origin": options.origin,
        "destination": options.destination,
        "via": options.via,
        "depart": options.depart,
        "return": options.back,
        "nights": options.nights,
        "travellers": options.travellers,
        "role": options.role,
    }
    return parse_trip(fields, reference.places, listed=reference.destinations.listed_ids)


def _journeys(options: argparse.Namespace, language: Language) -> int:
    fields = {
        "origin": options.origin,
        "destination": options.destination,
        "depart": options.depart,
    }
    trip = parse_trip(fields, load_places())
    planned = plan_journeys(trip.origin, trip.destination, travellers=1, transport=load_transport())
    return _answer(
        options,
        [record.journey_record(j) for j in planned.journeys],
        lambda: text.journeys_text(planned.journeys, language),
    )


def _emissions(options: argparse.Namespace, language: Language) -> int:
    factors = load_factors(options.factors)
    km = _number("km", options.km)
    estimate = estimate_distance(
        options.mode,
        km,
        factors,
        cabin=options.cabin,
        country=(options.country or "").upper(),
        occupants=_number("occupants", options.occupants),
    )
    found = {
        "mode": options.mode,
        "km": km,
        **record.estimate_record(estimate, factors.id),
        "per": "passenger",
        "ways": 1,
    }
    return _answer(options, found, lambda: text.estimate_text(estimate, language))


def _number(field: str, typed: str) -> float:
    try:
        return float(typed)
    except ValueError:
        wrong = message("“{typed}” is not a number.", typed=typed[:60])
        raise InputError([FieldProblem(field, "not_a_number", wrong)]) from None


def _decide(options: argparse.Namespace, language: Language) -> int:
    scheme = load_scheme(options.scheme)
    version = scheme.newest
    if options.on:
        try:
            day = parse_day(options.on)
        except ValueError:
            day = None
        if day is None:
            wrong = message("“{typed}” is not a date. Write 2027-03-05.", typed=options.on[:60])
            raise InputError([FieldProblem("on", "not_a_date", wrong)])
        version = scheme.on(day)
    source = sys.stdin.read() if options.facts == "-" else read_text(Path(options.facts))
    facts = parse_facts(_json_object(source), version.lists)
    decision = decide(version, facts)
    return _answer(
        options,
        record.decision_record(decision),
        lambda: text.decision_text(decision, facts.values, language),
    )


def _json_object(source: str) -> dict[str, object]:
    try:
        found = json.loads(source)
    except json.JSONDecodeError as error:
        wrong = message(
            "The facts are not JSON (line {line}). Write {example}.",
            line=error.lineno,
            example='{"rail_min": 300}',
        )
        raise InputError([FieldProblem("facts", "not_json", wrong)]) from None
    if not isinstance(found, dict):
        wrong = message(
            "The facts are not an object. Write {example}.", example='{"rail_min": 300}'
        )
        raise InputError([FieldProblem("facts", "not_an_object", wrong)])
    return found


def _places(options: argparse.Namespace, language: Language) -> int:
    result = load_places().find(options.query)
    return _answer(
        options, record.search_record(result), lambda: listings.search_text(result, language)
    )


def _schemes_list(options: argparse.Namespace, language: Language) -> int:
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    return _answer(
        options,
        [record.scheme_record(scheme) for scheme in schemes],
        lambda: "\n".join(listings.scheme_line(scheme, language) for scheme in schemes),
    )


def _schemes_show(options: argparse.Namespace, language: Language) -> int:
    scheme = load_scheme(options.id)
    return _answer(
        options, record.scheme_record(scheme), lambda: listings.scheme_text(scheme, language)
    )


def _destinations_list(options: argparse.Namespace, language: Language) -> int:
    entries = load_destinations(destinations_path()).entries
    return _answer(
        options,
        [record.entry_record(entry) for entry in entries],
        lambda: "\n".join(listings.entry_line(entry, language) for entry in entries),
    )


def _destinations_check(options: argparse.Namespace, language: Language) -> int:
    reference = load_reference()
    found = list(check_destinations(reference, date.today()))
    count = len(reference.destinations.entries)
    records = [record.difference_record(difference) for difference in found]
    _answer(options, records, lambda: listings.check_text(found, count, language))
    return FAULTS if found else ANSWERED


def _serve(options: argparse.Namespace, _: Language) -> int:
    if not (importlib.util.find_spec("flask") and importlib.util.find_spec("webapp")):
        print("The form needs the web packages: pip install 'travelplan[web]'", file=sys.stderr)
        return FAULTS
    arguments = [sys.executable, "-m", "webapp", "--port", str(options.port)]
    sys.stdout.flush()
    return os.execv(sys.executable, arguments)  # noqa: S606  (our own interpreter, no shell)


Command = Callable[[argparse.Namespace, Language], int]


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the answer")
    shared.add_argument("--json", action="store_true", help="answer as JSON")
    parser = argparse.ArgumentParser(prog="travelplan", description="Sustainable business travel.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(within: Any, name: str, command: Command, summary: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = within.add_parser(
            name, parents=[shared], help=summary, description=summary
        )
        added.set_defaults(command=command)
        return added

    ask = add(commands, "recommend", _recommend, "decide on a trip, explain it, compare the ways")
    ask.add_argument("destination")
    ask.add_argument("--origin", default="Gent")
    ask.add_argument("--depart", metavar="YYYY-MM-DD", help="today if not given")
    stay = ask.add_mutually_exclusive_group()
    stay.add_argument("--return", dest="back", metavar="YYYY-MM-DD")
    stay.add_argument("--nights", metavar="N")
    ask.add_argument("--travellers", metavar="N")
    ask.add_argument("--role", metavar="R", help="staff, elected, guest or student")
    ask.add_argument("--via", action="append", default=[], metavar="PLACE")
    ask.add_argument("--scheme", default=DEFAULT_SCHEME, metavar="ID", help="an id, or all")
    ask.add_argument("--factors", default=DEFAULT_FACTORS, metavar="ID")

    ways = add(commands, "journeys", _journeys, "the ways from one place to another")
    ways.add_argument("origin")
    ways.add_argument("destination")
    ways.add_argument("--depart", metavar="YYYY-MM-DD")

    kilograms = add(commands, "emissions", _emissions, "CO2e of a distance, one way, one passenger")
    kilograms.add_argument("mode")
    kilograms.add_argument("--km", required=True, metavar="N")
    kilograms.add_argument("--class", dest="cabin", default="economy", choices=CABINS)
    kilograms.add_argument("--country", metavar="XX", help="ISO code, needed for a train")
    kilograms.add_argument("--occupants", default="1", metavar="N")
    kilograms.add_argument("--factors", default=DEFAULT_FACTORS, metavar="ID")

    judge = add(commands, "decide", _decide, "apply a scheme to facts given by hand")
    judge.add_argument("--scheme", required=True, metavar="ID")
    judge.add_argument("--on", metavar="YYYY-MM-DD", help="newest version if not given")
    judge.add_argument("--facts", required=True, metavar="FILE|-", help="a JSON object")

    search = add(commands, "places", _places, "search the gazetteer")
    search.add_argument("query")

    schemes = commands.add_parser("schemes", help="the schemes").add_subparsers(
        required=True, metavar="ACTION"
    )
    add(schemes, "list", _schemes_list, "every scheme with its dates")
    show = add(schemes, "show", _schemes_show, "one scheme in words")
    show.add_argument("id")

    listed = commands.add_parser("destinations", help="the list").add_subparsers(
        required=True, metavar="ACTION"
    )
    add(listed, "list", _destinations_list, "every entry of the list")
    add(listed, "check", _destinations_check, "compare what the list states with the computed")

    serve = add(commands, "serve", _serve, "serve the web form")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    return parser
