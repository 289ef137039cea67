"""Commands about trips: recommend, journeys, places."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from travelplan.cli.common import Subcommands, add, answer, list_path
from travelplan.emissions.beside import NON_CO2
from travelplan.errors import FieldProblem, InputError
from travelplan.files import (
    DEFAULT_FACTORS,
    DEFAULT_SCHEME,
    load_background,
    load_places,
    load_reference,
    load_transport,
    scheme_ids,
    with_geocoder,
)
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.language import Language, message
from travelplan.recommendation import Recommendation, recommend
from travelplan.reference import Reference
from travelplan.report import listings, record, text
from travelplan.report.journeys import planned_records
from travelplan.report.remarks import PAST
from travelplan.saving import write_new
from travelplan.trip import Trip, parse_trip


def register(commands: Subcommands) -> None:
    """Add the commands."""
    ask = add(commands, "recommend", _recommend, "decide on a trip, explain it, compare the ways")
    ask.add_argument("destination")
    ask.add_argument("--origin", default="Gent")
    ask.add_argument("--depart", metavar="YYYY-MM-DD", help="today if not given")
    ask.add_argument("--return", dest="back", metavar="YYYY-MM-DD")
    ask.add_argument("--nights", metavar="N", help="fewer than the days with nights on the way")
    ask.add_argument("--travellers", metavar="N")
    ask.add_argument("--role", metavar="R", help="staff, elected, guest or student")
    ask.add_argument("--organisation", metavar="ID", help="the body whose trip it is")
    ask.add_argument("--via", action="append", default=[], metavar="PLACE")
    _add_wishes(ask)
    ask.add_argument("--scheme", default=DEFAULT_SCHEME, metavar="ID", help="an id, or all")
    ask.add_argument("--factors", default=DEFAULT_FACTORS, metavar="ID")
    ask.add_argument("--non-co2", default="separate", choices=NON_CO2, help="warming of flights")
    ask.add_argument("--list", metavar="FILE", help="the list; TRAVELPLAN_DESTINATIONS sets it")

    ways = add(commands, "journeys", _journeys, "the ways from one place to another")
    ways.add_argument("origin")
    ways.add_argument("destination")
    ways.add_argument("--depart", metavar="YYYY-MM-DD")
    ways.add_argument("--map", metavar="FILE", help="draw the route on a map, as SVG")
    ways.add_argument(
        "--by", metavar="MODE", help="whose route to draw; the first way if not given"
    )

    search = add(commands, "places", _places, "search the gazetteer")
    search.add_argument("query")


def _add_wishes(ask: argparse.ArgumentParser) -> None:
    """Add what one may tell of a trip beside where and when."""
    ask.add_argument("--out-by", metavar="MODE", help="a combination: the mode out")
    ask.add_argument("--return-by", metavar="MODE", help="a combination: the mode back")
    ask.add_argument("--meeting-from", metavar="HH:MM", help="when to be there")
    ask.add_argument("--meeting-until", metavar="HH:MM")
    ask.add_argument("--meeting-day", metavar="YYYY-MM-DD", help="the first day of work")
    ask.add_argument("--private-before", metavar="DAYS", help="days off, inside the dates")
    ask.add_argument("--private-after", metavar="DAYS")
    ask.add_argument("--reason", action="append", default=[], metavar="R", help="to deviate")
    ask.add_argument("--assistance", action="store_true", help="more time at each change")
    ask.add_argument("--occupants", metavar="N", help="how many sit in the shared car")


def _recommend(options: argparse.Namespace, language: Language) -> int:
    every = options.scheme == "all"
    ids = scheme_ids() if every else [options.scheme]
    chosen = list_path(options)
    references = [
        load_reference(scheme=id_, factors=options.factors, destinations=chosen) for id_ in ids
    ]
    trip = _trip(options, references[0])
    if not every:
        found = recommend(trip, references[0], non_co2=options.non_co2)
        return answer(
            options,
            record.recommendation_record(found),
            lambda: text.recommendation_text(found, language),
        )
    in_force = [r for r in references if r.scheme.is_in_force(trip.depart)]
    answers = [recommend(trip, reference, non_co2=options.non_co2) for reference in in_force]
    return answer(
        options,
        [record.recommendation_record(item) for item in answers],
        lambda: "\n".join(_summary(trip, answers, language)),
    )


def _summary(trip: Trip, answers: Sequence[Recommendation], language: Language) -> Iterator[str]:
    """Yield an answer a line, after a word on a departure in the past."""
    if trip.in_past:
        yield language.say(PAST)
    yield from (text.summary_line(item, language) for item in answers)


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
        "organisation": options.organisation,
        "out_by": options.out_by,
        "return_by": options.return_by,
        "meeting_from": options.meeting_from,
        "meeting_until": options.meeting_until,
        "meeting_day": options.meeting_day,
        "private_before": options.private_before,
        "private_after": options.private_after,
        "reason": options.reason,
        "assistance": options.assistance,
        "occupants": options.occupants,
    }
    return parse_trip(fields, reference.places, listed=reference.destinations.listed_ids)


def _journeys(options: argparse.Namespace, language: Language) -> int:
    fields = {
        "origin": options.origin,
        "destination": options.destination,
        "depart": options.depart,
    }
    trip = parse_trip(fields, load_places())
    if trip.in_past:
        print(language.say(PAST), file=sys.stderr)
    planned = plan_journeys(
        trip.origin,
        trip.destination,
        travellers=1,
        transport=load_transport(),
        depart=trip.depart if options.depart else None,
    )
    if options.map:
        _draw(planned, options.map, options.by, language)
    return answer(
        options,
        planned_records(planned),
        lambda: text.journeys_text(planned, language),
    )


def _draw(planned: Planned, file: str, by: str | None, language: Language) -> None:
    """Write the map of one way; raises InputError if there is none, or the file cannot be."""
    from travelplan.report.map import route_svg  # noqa: PLC0415

    modes = [journey.mode for journey in planned.journeys]
    wanted = by or (modes[0] if modes else "")
    if wanted not in modes:
        text = message(
            "There is no way by “{given}”. There is: {known}.",
            given=wanted[:60],
            known=", ".join(modes) or "–",
        )
        raise InputError([FieldProblem("by", "unknown", text)])
    journey = planned.journeys[modes.index(wanted)]
    write_new(Path(file), route_svg(journey, load_background(), language))


def _places(options: argparse.Namespace, language: Language) -> int:
    result = with_geocoder(load_places(), os.environ).find(options.query)
    if result.trouble:
        print(result.trouble, file=sys.stderr)
    return answer(
        options, record.search_record(result), lambda: listings.search_text(result, language)
    )
