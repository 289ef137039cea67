"""A text to copy for the decision of the body: the college, or the permanent bureau."""

from __future__ import annotations

from collections.abc import Iterator

from travelplan.language import Message, message
from webapp.organisation import Body
from webapp.requests.summary import Summary
from webapp.requests.who import PAYERS

_BY_HR = message("a confidential reason, confirmed by HR")


def decision_text(summary: Summary, reference: str, body: Body) -> str:
    """Return the text, a line for each thing; a confidential reason and explanations stay out."""
    say = summary.language.say
    return "\n".join(say(line) for line in _lines(summary, reference, body)) + "\n"


def _lines(summary: Summary, reference: str, body: Body) -> Iterator[Message]:
    version, shown, say = summary.version, summary.shown, summary.language.say
    yield message("Subject: business trip {way}, {when}", way=shown["way"], when=shown["when"])
    yield message("Request: {reference}", reference=reference)
    yield message("Unit: {unit}", unit=summary.unit_name)
    yield message("Travellers: {people}", people=_people(summary))
    yield message("Purpose: {words}", words=_on_one_line(version.purpose))
    yield message("Direct interest: {words}", words=_on_one_line(version.interest))
    if version.why_so_many:
        why = _on_one_line(version.why_so_many)
        yield message("Number of travellers: {words}", words=why)
    if version.project:
        yield message("Network, project or mission: {words}", words=version.project)
    ways = "; ".join(f"{way['way']}: {way['mode']}" for way in shown["choice"]["ways"])
    yield message("Transport: {ways}", ways=ways)
    for part in shown["stretches"]:
        yield message("Decision scheme: {level}. {reason}", **_advice(part))
    if version.reason:
        why = say(_BY_HR) if summary.is_confidential else summary.reason
        yield message("Reason to travel otherwise: {reason}", reason=why)
    yield message("CO2e of one traveller: {kilograms}", kilograms=summary.emissions)
    yield message("Estimate: {sums}", sums="; ".join(summary.costs))
    payer = say(PAYERS[version.payer])
    yield message("Paid by: {payer}", payer=payer)
    if version.budget_key:
        yield message("Budget key: {key}", key=version.budget_key)
    yield message("Decision: {body} approves this trip.", body=body.decides.words)


def _people(summary: Summary) -> str:
    people = summary.version.participants
    if not people:
        return summary.traveller
    return "; ".join(f"{one['name']} ({one['role']})" for one in people)


def _advice(part: dict[str, str]) -> dict[str, str]:
    return {"level": part["level"], "reason": part["reason"]}


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
