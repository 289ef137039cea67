"""Commands about trips: recommend, journeys, emissions, places."""

from __future__ import annotations

import argparse
import os
import sys

from travelplan.cli.common import Subcommands, add, answer, list_path, number
from travelplan.emissions.estimate import estimate_distance
from travelplan.emissions.factors import CABINS
from travelplan.files import (
    DEFAULT_FACTORS,
    DEFAULT_SCHEME,
    load_factors,
    load_places,
    load_reference,
    load_transport,
    scheme_ids,
    with_geocoder,
)
from travelplan.journeys.plan import plan_journeys
from travelplan.language import Language
from travelplan.recommendation import recommend
from travelplan.reference import Reference
from travelplan.report import listings, record, text
from travelplan.trip import Trip, parse_trip


def register(commands: Subcommands) -> None:
    """Add the commands."""
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
    ask.add_argument("--list", metavar="FILE", help="the list; TRAVELPLAN_DESTINATIONS sets it")

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

    search = add(commands, "places", _places, "search the gazetteer")
    search.add_argument("query")


def _recommend(options: argparse.Namespace, language: Language) -> int:
    every = options.scheme == "all"
    ids = scheme_ids() if every else [options.scheme]
    chosen = list_path(options)
    references = [
        load_reference(scheme=id_, factors=options.factors, destinations=chosen) for id_ in ids
    ]
    trip = _trip(options, references[0])
    if not every:
        found = recommend(trip, references[0])
        return answer(
            options,
            record.recommendation_record(found),
            lambda: text.recommendation_text(found, language),
        )
    in_force = [r for r in references if r.scheme.is_in_force(trip.depart)]
    answers = [recommend(trip, reference) for reference in in_force]
    return answer(
        options,
        [record.recommendation_record(item) for item in answers],
        lambda: "\n".join(text.summary_line(item, language) for item in answers),
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
    return answer(
        options,
        [record.journey_record(j) for j in planned.journeys],
        lambda: text.journeys_text(planned.journeys, language),
    )


def _emissions(options: argparse.Namespace, language: Language) -> int:
    factors = load_factors(options.factors)
    km = number("km", options.km)
    estimate = estimate_distance(
        options.mode,
        km,
        factors,
        cabin=options.cabin,
        country=(options.country or "").upper(),
        occupants=number("occupants", options.occupants),
    )
    found = {
        "mode": options.mode,
        "km": km,
        **record.estimate_record(estimate, factors.id),
        "per": "passenger",
        "ways": 1,
    }
    return answer(options, found, lambda: text.estimate_text(estimate, language))


def _places(options: argparse.Namespace, language: Language) -> int:
    result = with_geocoder(load_places(), os.environ).find(options.query)
    if result.trouble:
        print(result.trouble, file=sys.stderr)
    return answer(
        options, record.search_record(result), lambda: listings.search_text(result, language)
    )
