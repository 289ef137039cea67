"""Commands about schemes: decide, schemes list, schemes show."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from travelplan.cli.common import Subcommands, add, answer, day, group
from travelplan.errors import FieldProblem, InputError
from travelplan.files import load_scheme, read_text, scheme_ids
from travelplan.language import Language, message
from travelplan.report import listings, record, text
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import parse_facts


def register(commands: Subcommands) -> None:
    """Add the commands."""
    judge = add(commands, "decide", _decide, "apply a scheme to facts given by hand")
    judge.add_argument("--scheme", required=True, metavar="ID")
    judge.add_argument("--on", metavar="YYYY-MM-DD", help="newest version if not given")
    judge.add_argument("--facts", required=True, metavar="FILE|-", help="a JSON object")

    schemes = group(commands, "schemes", "the schemes")
    add(schemes, "list", _schemes_list, "every scheme with its dates")
    show = add(schemes, "show", _schemes_show, "one scheme in words")
    show.add_argument("id")


def _decide(options: argparse.Namespace, language: Language) -> int:
    scheme = load_scheme(options.scheme)
    version = scheme.newest
    if options.on:
        version = scheme.on(day("on", options.on))
    source = sys.stdin.read() if options.facts == "-" else read_text(Path(options.facts))
    facts = parse_facts(_json_object(source), version.lists)
    decision = decide(version, facts)
    return answer(
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


def _schemes_list(options: argparse.Namespace, language: Language) -> int:
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    return answer(
        options,
        [record.scheme_record(scheme) for scheme in schemes],
        lambda: "\n".join(listings.scheme_line(scheme, language) for scheme in schemes),
    )


def _schemes_show(options: argparse.Namespace, language: Language) -> int:
    scheme = load_scheme(options.id)
    return answer(
        options, record.scheme_record(scheme), lambda: listings.scheme_text(scheme, language)
    )
