"""Commands about factor sets: list, show, compare."""

from __future__ import annotations

import argparse

from travelplan.cli.common import Subcommands, add, answer, group, number
from travelplan.emissions.factors import CABINS
from travelplan.files import factor_set_ids, load_factors
from travelplan.language import Language
from travelplan.report import factor_listings
from travelplan.report.factor_listings import Asked

DEFAULT_KM = "1000"


def register(commands: Subcommands) -> None:
    """Add the commands."""
    factors = group(commands, "factors", "the sets of emission factors")
    add(factors, "list", _list, "every factor set, with what it counts")
    show = add(factors, "show", _show, "one set, every number with its source")
    show.add_argument("id")
    compare = add(factors, "compare", _compare, "what each set says of the same distance")
    compare.add_argument("mode", nargs="?", help="one mode; several if not given")
    compare.add_argument("--km", default=DEFAULT_KM, metavar="N")
    compare.add_argument("--country", default="", metavar="XX")
    compare.add_argument("--class", dest="cabin", default="economy", choices=CABINS)


def _list(options: argparse.Namespace, language: Language) -> int:
    sets = [load_factors(id_) for id_ in factor_set_ids()]
    return answer(
        options,
        [factor_listings.factor_set_record(factors) for factors in sets],
        lambda: "\n".join(factor_listings.factor_set_line(factors, language) for factors in sets),
    )


def _show(options: argparse.Namespace, language: Language) -> int:
    factors = load_factors(options.id)
    return answer(
        options,
        factor_listings.factor_lines_record(factors),
        lambda: factor_listings.factor_set_text(factors, language),
    )


def _compare(options: argparse.Namespace, language: Language) -> int:
    km = number("km", options.km)
    asked = factor_listings.asked_by_default(km)
    if options.mode:
        asked = (Asked(options.mode, km, options.country.upper(), options.cabin),)
    sets = {id_: load_factors(id_) for id_ in factor_set_ids()}
    rows = factor_listings.compared(list(sets.values()), asked)
    return answer(
        options,
        factor_listings.compared_record(rows),
        lambda: factor_listings.compared_text(rows, sets, language),
    )
