"""Checks a scheme file as a whole: its shape, the proof of each version, and its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from travelplan.destinations import OUTCOME_OF_LEVEL, DestinationList, Entry
from travelplan.errors import DataError
from travelplan.language import Language, Message, message
from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import Facts, Value
from travelplan.scheme.prove import prove
from travelplan.scheme.reach import Reach
from travelplan.scheme.rulebook import Scheme
from travelplan.scheme.vocabulary import OUTCOMES
from travelplan.strict import Document


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong with a scheme file: the line, where, what, and what to do."""

    line: int
    where: str
    problem: Message | str
    advice: Message | str

    def text(self, file: str, language: Language) -> str:
        """Return it in one line."""
        place = language.say(message("{file}, line {line}", file=file, line=str(self.line)))
        said = f"{place}: {language.say(self.problem)} {language.say(self.advice)}"
        return said.rstrip()


def remarks_of(error: DataError) -> list[Remark]:
    """Return the faults of a file that could not be read as remarks."""
    look = message("Look at the lines around it: indents and colons say what belongs together.")
    return [Remark(f.line, f.where, f.problem, f.advice or look) for f in error.faults]


def review(
    document: Document, reach: Reach, destinations: DestinationList | None = None
) -> list[Remark]:
    """Return everything that is wrong with a scheme file, by line; empty if it is whole.

    Args:
        document: the file.
        reach: what data can reach.
        destinations: the list of the body, if it has one: entries that its newest version no
            longer bears out are named.
    """
    try:
        scheme = compile_scheme(document)
    except DataError as error:
        return remarks_of(error)
    found: list[Remark] = []
    for i, version in enumerate(scheme.versions):
        for finding in prove(version, reach):
            path = ("versions", i, *finding.where)
            where = ".".join(map(str, path))
            found.append(Remark(document.line_of(path), where, finding.problem, finding.advice))
    if destinations is not None and destinations.organisation == scheme.id:
        path = ("versions", len(scheme.versions) - 1, "rules")
        line = document.line_of(path)
        for problem in _against_list(scheme, destinations):
            advice = message("Change the rule, or the entry of the list.")
            found.append(Remark(line, ".".join(map(str, path)), problem, advice))
    return sorted(found, key=lambda remark: remark.line)


def _against_list(scheme: Scheme, destinations: DestinationList) -> Iterator[Message]:
    version = scheme.newest
    for entry in destinations.entries:
        if entry.status != "listed":
            continue
        if entry.decided is not None and version.list_authority == "override":
            continue
        outcome = decide(version, _facts(entry, scheme)).outcome
        stated = OUTCOME_OF_LEVEL[entry.level]
        if outcome not in {stated, "undetermined", "out_of_scope"}:
            yield message(
                "{place} stands on the list as “{stated}”, but by this file it is “{outcome}”.",
                place=entry.names.words,
                stated=OUTCOMES[stated],
                outcome=OUTCOMES[outcome],
            )


def _facts(entry: Entry, scheme: Scheme) -> Facts:
    values: dict[str, Value] = {
        "destination": entry.names.en,
        "country": entry.country,
        "domestic": entry.country == scheme.country,
        "multi_day": True,
    }
    if entry.rail is None:
        values["served_by_rail"] = False
    else:
        values["rail_min"] = entry.rail.minutes
    return Facts.of(values)
