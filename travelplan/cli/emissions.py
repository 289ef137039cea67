"""The command that estimates a distance, a hotel stay or a video meeting without a trip."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from travelplan.cli.common import Subcommands, add, answer, number
from travelplan.emissions.aircraft import FlightDetails
from travelplan.emissions.beside import NON_CO2, hotel_kg, virtual_kg
from travelplan.emissions.estimate import estimate_distance
from travelplan.emissions.factors import BERTHS, CABINS, FactorSet
from travelplan.emissions.flight import UNKNOWN
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import Range
from travelplan.emissions.reporting import OWNERS, hotel_account
from travelplan.errors import FieldProblem, InputError
from travelplan.files import DEFAULT_FACTORS, load_factors
from travelplan.language import Country, Kilograms, Language, message
from travelplan.report import emissions_words
from travelplan.report.emissions import estimate_record
from travelplan.trip import ROLES

LONGEST_STAY_NIGHTS = 366


def register(commands: Subcommands) -> None:
    """Add the command."""
    ask = add(commands, "emissions", _emissions, "CO2e of one passenger, one way")
    ask.add_argument("mode", help="train, plane, coach, car, ...; or hotel, virtual")
    ask.add_argument("--km", metavar="N", help="great-circle km for a plane, else travelled")
    ask.add_argument("--class", dest="cabin", default="economy", choices=CABINS)
    ask.add_argument("--country", metavar="XX", help="ISO code: whose electricity")
    ask.add_argument("--kind", default="", help="ice, petrol, electric, A320, car (on a ferry)")
    ask.add_argument("--berth", default="couchette", choices=BERTHS, help="in a night train")
    ask.add_argument("--label-kg", metavar="N", help="what the EU flight emissions label states")
    ask.add_argument("--occupants", default="1", metavar="N")
    ask.add_argument("--owner", default="other", choices=OWNERS, help="whose car or bicycle")
    ask.add_argument("--role", default="staff", choices=ROLES, help="of the traveller")
    ask.add_argument("--nights", metavar="N", help="of a hotel")
    ask.add_argument("--hours", metavar="N", help="of a video meeting")
    ask.add_argument("--factors", default=DEFAULT_FACTORS, metavar="ID")
    ask.add_argument("--non-co2", default="separate", choices=NON_CO2, help="warming of flights")


def _emissions(options: argparse.Namespace, language: Language) -> int:
    factors = load_factors(options.factors)
    if options.mode == "virtual":
        return _beside(options, language, _virtual(options, factors))
    if options.mode == "hotel":
        return _beside(options, language, _hotel(options, factors))
    km = number("km", _given("km", options.km))
    estimate = estimate_distance(
        options.mode,
        km,
        factors,
        cabin=options.cabin,
        country=(options.country or "").upper(),
        occupants=number("occupants", options.occupants),
        kind=options.kind,
        berth=options.berth,
        flights=_details(options),
    )
    found = {
        "mode": options.mode,
        "km": km,
        **estimate_record(estimate, factors, role=options.role, owner=options.owner),
        "per": "passenger",
        "ways": 1,
    }
    included = options.non_co2 == "included"
    return answer(
        options,
        found,
        lambda: "\n".join(
            [
                emissions_words.estimate_text(
                    estimate, language, factors=factors, included=included
                ),
                language.say(message("One passenger, one way.")),
                language.say(emissions_words.set_words(factors)),
                *([language.say(factors.limits[0].words)] if factors.stepwise else []),
            ]
        ),
    )


def _details(options: argparse.Namespace) -> FlightDetails:
    if options.label_kg is None:
        return UNKNOWN
    return FlightDetails(label_kg=number("label_kg", options.label_kg))


def _virtual(options: argparse.Namespace, factors: FactorSet) -> Range:
    hours = number("hours", _given("hours", options.hours))
    try:
        return virtual_kg(hours, factors)
    except FactorMissingError as error:
        raise InputError([_missing("mode", error)]) from None


def _hotel(options: argparse.Namespace, factors: FactorSet) -> Range:
    nights = number("nights", _given("nights", options.nights))
    if not (nights.is_integer() and 1 <= nights <= LONGEST_STAY_NIGHTS):
        text = message(
            "“{typed}” does not fit: give a whole number from {least} to {most}.",
            typed=options.nights[:60],
            least=1,
            most=LONGEST_STAY_NIGHTS,
        )
        raise InputError([FieldProblem("nights", "out_of_range", text)])
    country = _given("country", options.country).upper()
    kg = hotel_kg(country, int(nights), factors)
    if kg is None:
        text = message("Hotel: this set has no figure for {country}.", country=Country(country))
        raise InputError([FieldProblem("country", "unknown", text)])
    return kg


def _beside(options: argparse.Namespace, language: Language, kg: Range) -> int:
    factors = load_factors(options.factors)
    found: dict[str, object] = {
        "mode": options.mode,
        "wtw_kg": asdict(kg),
        "factor_sets": [factors.id],
        "boundary": factors.boundary,
        "per": "room" if options.mode == "hotel" else "participant",
    }
    if options.mode == "hotel":
        found["ghg"] = asdict(hotel_account(options.role))
    return answer(
        options,
        found,
        lambda: (
            f"{language.say(Kilograms(kg.central))} ({language.span(kg.low, kg.high)})\n"
            f"{language.say(emissions_words.set_words(factors))}"
        ),
    )


def _given(field: str, typed: str | None) -> str:
    if typed is None:
        text = message("Give {field}.", field=f"--{field}")
        raise InputError([FieldProblem(field, "missing", text)])
    return str(typed)


def _missing(field: str, error: FactorMissingError) -> FieldProblem:
    text = message("The set {set} has no factor for {what}.", set=error.factor_set, what=error.what)
    return FieldProblem(field, "unknown", text)
