"""The command decide: a scheme applied to facts given by hand."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from travelplan.cli.common import Subcommands, add, answer
from travelplan.errors import FieldProblem, InputError
from travelplan.files import load_places, load_scheme, read_scheme, read_text
from travelplan.language import Language, message
from travelplan.places.model import Place
from travelplan.places.normalise import normalise
from travelplan.report import record, text
from travelplan.scheme.decide import Decision, decide
from travelplan.scheme.facts import Facts, Value, parse_facts
from travelplan.scheme.rulebook import Scheme, Version
from travelplan.trip import read_day


def register(commands: Subcommands) -> None:
    """Add the command."""
    judge = add(commands, "decide", _decide, "apply a scheme to facts given by hand")
    judge.add_argument("--scheme", required=True, metavar="ID|FILE")
    judge.add_argument("--on", metavar="YYYY-MM-DD", help="newest version if not given")
    judge.add_argument("--facts", required=True, metavar="FILE|-", help="a JSON object")


def scheme_named(name: str) -> Scheme:
    """Return a shipped scheme by its id, or the scheme in a file.

    Raises:
        InputError: there is no such scheme.
        DataError: the file cannot be read or has faults.
    """
    is_file = name.endswith((".yaml", ".yml")) or "/" in name
    return read_scheme(Path(name)) if is_file else load_scheme(name)


def version_on(scheme: Scheme, typed: str | None) -> Version:
    """Return the version in force on a typed day; the newest without one."""
    return scheme.on(read_day("on", typed)) if typed else scheme.newest


def decide_on(version: Version, source: str) -> Decision:
    """Return the decision on facts given as JSON: a path, or - for standard input."""
    given = sys.stdin.read() if source == "-" else read_text(Path(source))
    further = {name: fact.kind for name, fact in version.further.items()}
    facts = parse_facts(_json_object(given), version.lists, further)
    facts, names = _located(facts, version)
    return decide(version, facts, names=names)


def _decide(options: argparse.Namespace, language: Language) -> int:
    version = version_on(scheme_named(options.scheme), options.on)
    decision = decide_on(version, options.facts)
    return answer(
        options,
        record.decision_record(decision),
        lambda: text.decision_text(decision, decision.values, language),
    )


def _located(facts: Facts, version: Version) -> tuple[Facts, tuple[str, ...]]:
    """Add what the name of the destination tells: country, continent, whether it is domestic.

    Only where it is a place without doubt, and only what is not given.
    """
    typed = facts.values.get("destination")
    if typed is None or _on_a_list(str(typed), version):
        return facts, ()
    place = load_places().find(str(typed)).place
    if place is None or facts.values.get("country", place.country) != place.country:
        return facts, ()
    names = (place.name, place.names.nl, place.names.fr, place.names.en)
    told = _told(place, version)
    return Facts({**told, **facts.values}, facts.swings), names


def _on_a_list(typed: str, version: Version) -> bool:
    return any(normalise(typed) in entries for entries in version.lists.values())


def _told(place: Place, version: Version) -> dict[str, Value]:
    return {
        "country": place.country,
        "continent": place.continent,
        "domestic": place.country == version.country,
    }


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
