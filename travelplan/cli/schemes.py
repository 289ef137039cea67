"""Commands about schemes: list, show, check, draw, diff."""

from __future__ import annotations

import argparse
from pathlib import Path

from travelplan.cli.common import ANSWERED, FAULTS, Subcommands, add, answer, group
from travelplan.cli.decide import decide_on, scheme_named, version_on
from travelplan.errors import DataError
from travelplan.files import (
    destinations_path,
    load_destinations,
    load_reach,
    load_scheme,
    read_document,
    scheme_ids,
)
from travelplan.language import Language, message
from travelplan.report import listings, record
from travelplan.review import Remark, remarks_of, review
from travelplan.saving import write_new
from travelplan.scheme.changes import changes
from travelplan.scheme.diagram import diagram_svg, diagram_text
from travelplan.trip import read_day


def register(commands: Subcommands) -> None:
    """Add the commands."""
    schemes = group(commands, "schemes", "the schemes")
    add(schemes, "list", _list, "every scheme with its dates, by country")
    show = add(schemes, "show", _show, "one scheme in words")
    show.add_argument("id", metavar="ID|FILE")
    check = add(schemes, "check", _check, "prove that a scheme file is whole")
    check.add_argument("file", metavar="FILE")
    draw = add(schemes, "draw", _draw, "one scheme as a diagram (SVG)")
    draw.add_argument("id", metavar="ID|FILE")
    draw.add_argument("--on", metavar="YYYY-MM-DD", help="newest version if not given")
    draw.add_argument("--facts", metavar="FILE|-", help="a trip whose path is marked")
    draw.add_argument("--out", metavar="FILE", help="write the SVG there")
    draw.add_argument("--text", action="store_true", help="the same in text")
    diff = add(schemes, "diff", _diff, "what changed between the versions of two days")
    diff.add_argument("id", metavar="ID|FILE")
    diff.add_argument("old", metavar="YYYY-MM-DD")
    diff.add_argument("new", metavar="YYYY-MM-DD")


def _list(options: argparse.Namespace, language: Language) -> int:
    schemes = [load_scheme(id_) for id_ in scheme_ids()]
    return answer(
        options,
        [record.scheme_record(scheme) for scheme in schemes],
        lambda: listings.schemes_text(schemes, language),
    )


def _show(options: argparse.Namespace, language: Language) -> int:
    scheme = scheme_named(options.id)
    return answer(
        options, record.scheme_record(scheme), lambda: listings.scheme_text(scheme, language)
    )


def _check(options: argparse.Namespace, language: Language) -> int:
    remarks = _remarks(Path(options.file))
    found = {
        "file": options.file,
        "faults": [
            {
                "line": remark.line,
                "where": remark.where,
                "problem": language.say(remark.problem),
                "advice": language.say(remark.advice),
            }
            for remark in remarks
        ],
    }
    lines = [remark.text(Path(options.file).name, language) for remark in remarks]
    whole = message(
        "{file}: whole. No case is left over and every rule is used.", file=Path(options.file).name
    )
    answer(options, found, lambda: "\n".join(lines) or language.say(whole))
    return FAULTS if remarks else ANSWERED


def _remarks(path: Path) -> list[Remark]:
    try:
        return review(read_document(path), load_reach(), load_destinations(destinations_path()))
    except DataError as error:
        return remarks_of(error)


def _draw(options: argparse.Namespace, language: Language) -> int:
    version = version_on(scheme_named(options.id), options.on)
    decision = decide_on(version, options.facts) if options.facts else None
    drawn = diagram_svg(version, language, decision)
    said = diagram_text(version, language, decision)
    if options.out:
        write_new(Path(options.out), drawn + "\n")
        drawn = language.say(message("Drawn: {file}", file=options.out))
    return answer(options, {"svg": drawn, "text": said}, lambda: said if options.text else drawn)


def _diff(options: argparse.Namespace, language: Language) -> int:
    scheme = scheme_named(options.id)
    old, new = scheme.on(read_day("old", options.old)), scheme.on(read_day("new", options.new))
    told = changes(old, new, language) if old is not new else []
    found = {
        "scheme": scheme.id,
        "old": old.version.isoformat(),
        "new": new.version.isoformat(),
        "changes": told,
    }
    nothing = message("Nothing changed between these days.")
    return answer(options, found, lambda: "\n".join(told) or language.say(nothing))
