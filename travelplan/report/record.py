"""An answer as JSON: the contract that others script against, and the evidence of each answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from travelplan.destinations import Difference, Entry
from travelplan.errors import FieldProblem, InputError
from travelplan.language import Language
from travelplan.places.model import SearchResult
from travelplan.recommendation import Option, Recommendation, travelled
from travelplan.report.emissions import answer_emissions_record, option_emissions_record
from travelplan.report.journeys import beside, journey_record
from travelplan.report.provisions import PROVISIONS, levied_record, provisions_record
from travelplan.report.remarks import remarks
from travelplan.report.trips import (
    assistance_record,
    kept_facts,
    place_record,
    plain,
    timing_record,
    trip_record,
)
from travelplan.scheme.decide import Decision
from travelplan.scheme.rulebook import Scheme
from travelplan.sourced import Source

Record = dict[str, Any]


def recommendation_record(answer: Recommendation) -> Record:
    """Return an answer as the JSON object of `travelplan recommend --json`.

    `evidence.sha256` is the SHA-256 of the whole object without that key, as canonical JSON.
    """
    record: Record = {
        "trip": trip_record(answer.trip, answer.decision.version),
        "outcome": answer.outcome,
        "borderline": answer.borderline,
        **_decision_parts(answer.decision),
        "facts": kept_facts(answer),
        "options": [option_record(option, answer) for option in answer.options],
        "emissions": answer_emissions_record(answer),
        "timing": timing_record(answer),
        "assistance": assistance_record(answer),
        "remarks": [str(remark) for remark in remarks(answer)],
        "parts": [recommendation_record(part) for part in answer.parts],
        "evidence": {"versions": versions(answer)},
    }
    if answer.parts and not answer.whole:
        for key in ("borderline_because", "grounds", "modes", "facts", *PROVISIONS):
            del record[key]
    record["evidence"]["sha256"] = fingerprint(record)
    return record


def decision_record(decision: Decision) -> Record:
    """Return a decision as the JSON object of `travelplan decide --json`."""
    return {
        "outcome": decision.outcome,
        "borderline": decision.borderline,
        **_decision_parts(decision),
    }


def _decision_parts(decision: Decision) -> Record:
    version = decision.version
    return {
        **provisions_record(decision),
        "borderline_because": [asdict(cause) for cause in decision.causes],
        "grounds": {
            "scheme": version.scheme,
            "version": version.version.isoformat(),
            "in_force": {"from": version.first_day.isoformat(), "to": _day(version.last_day)},
            "rule": decision.rule.id if decision.rule else None,
            "conditions": [
                {
                    "fact": test.fact,
                    "value": plain(test.value),
                    "operator": test.operator,
                    "bound": plain(test.bound),
                    "parameter": test.parameter or None,
                    "result": test.result,
                }
                for test in decision.tested
            ],
            "parameters": {
                item.name: {"value": item.value, "assumed": item.assumed}
                for item in decision.parameters
            },
            "taken_as": {name: plain(value) for name, value in decision.presumed.items()},
            "list_indicates": decision.indicated or None,
            "assumptions": [words.en for words in decision.rule.assumes] if decision.rule else [],
            "list_entry": decision.listed.entry if decision.listed else None,
            "taken_as_in_scope": list(decision.assumed),
            "unknown": list(decision.unknown),
            "sources": [source_record(source) for source in version.sources],
        },
        "modes": dict(decision.verdicts),
    }


def search_record(result: SearchResult) -> Record:
    """Return the answer to a search for a place."""
    return {
        "query": result.query,
        "status": result.status,
        "place": place_record(result.place) if result.place else None,
        "candidates": [place_record(place) for place in result.candidates],
        "stop": {"kind": result.stop.kind, "label": result.stop.label} if result.stop else None,
    }


def option_record(option: Option, answer: Recommendation) -> Record:
    """Return an option: its outward journey with its verdict, and the emissions there and back.

    `return` is the journey back with its own verdict where both ways were chosen apart, else null.
    """
    return {
        **journey_record(option.journey),
        **beside(option.mode, answer.planned),
        "verdict": option.verdict,
        "return": _return_record(option),
        "levies": [
            levied
            for way in travelled(option, answer)
            for levied in levied_record(answer.decision, way)
        ],
        "emissions": option_emissions_record(option, answer),
    }


def _return_record(option: Option) -> Record | None:
    """Return the journey back with its verdict; None where it is the way out turned round."""
    if option.back is None:
        return None
    return {**journey_record(option.back), "verdict": option.back_verdict}


def source_record(source: Source) -> Record:
    """Return a source without its empty parts."""
    return {name: str(value) for name, value in source.model_dump().items() if value}


def scheme_record(scheme: Scheme) -> Record:
    """Return a scheme: id, body, country, and the days from and to which each version holds."""
    return {
        "id": scheme.id,
        "body": asdict(scheme.body),
        "country": scheme.country,
        "versions": [
            {
                "version": version.version.isoformat(),
                "from": version.first_day.isoformat(),
                "to": _day(version.last_day),
                "start_assumed": version.start_assumed,
                "completeness": "partial" if version.partial else "whole",
                "rules": [{"id": rule.id, "outcome": rule.outcome} for rule in version.rules],
                "sources": [source_record(source) for source in version.sources],
            }
            for version in scheme.versions
        ],
    }


def entry_record(entry: Entry) -> Record:
    """Return an entry of the list of destinations."""
    return entry.model_dump(mode="json", exclude_none=True, by_alias=True)


def difference_record(difference: Difference) -> Record:
    """Return a stated value that the computed one does not bear out."""
    return {
        "place": difference.entry.place,
        "name": difference.entry.names.en,
        "what": difference.what,
        "stated": difference.stated or None,
        "computed": difference.computed or None,
    }


def error_record(error: InputError, language: Language) -> Record:
    """Return wrong input as `{"errors": [...]}`, in the words of a language."""
    return {"errors": problem_records(error.problems, language)}


def problem_records(problems: Iterable[FieldProblem], language: Language) -> list[Record]:
    """Return wrong fields with their candidates, in the words of a language."""
    return [
        {
            "field": problem.field,
            "code": problem.code,
            "message": language.say(problem.message),
            "candidates": [
                {"id": candidate.id, "label": language.say(candidate.label)}
                for candidate in problem.candidates
            ],
        }
        for problem in problems
    ]


def versions(answer: Recommendation) -> dict[str, str]:
    """Return the edition of everything that the answer rests on."""
    version = answer.decision.version
    scheme = f"{version.scheme} {version.version.isoformat()}"
    return {**answer.reference.versions, "scheme": scheme}


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record as UTF-8 JSON with sorted keys and no spaces."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode("utf-8")).hexdigest()


def as_json(record: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> str:
    """Return a record as JSON for people and programs to read."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
