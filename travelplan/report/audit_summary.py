"""What an audit comes to, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travelplan.audit.grounds import VERDICTS
from travelplan.audit.results import Faulty
from travelplan.audit.summary import AuditSummary, Avoidable
from travelplan.audit.table import Table
from travelplan.language import Language, message, two_figures
from travelplan.reference import Reference
from travelplan.report.audited import fault_reason
from travelplan.scheme.vocabulary import MODES

MOST_PLACES = 10
_KG_A_TONNE = 1000


def summary_text(
    summary: AuditSummary,
    faults: Sequence[Faulty],
    table: Table,
    reference: Reference,
    language: Language,
) -> str:
    """Return an audit for a person: how it was read, what was judged, what it emitted and cost.

    Args:
        summary: the sums.
        faults: rows that were not judged, to be named; there may be more.
        table: how the file was read.
        reference: the scheme and the factors.
        language: whose words.
    """
    paragraphs = (
        _read(summary, table, language),
        _judged(summary, language),
        _emitted(summary, language),
        _avoidable(summary, language),
        _costs(summary, language),
        _left_out(summary, faults, table, language),
        _rests_on(reference, language),
    )
    return "\n\n".join("\n".join(lines) for p in paragraphs if (lines := list(p)))


def reading_text(summary: AuditSummary, table: Table, language: Language) -> str:
    """Return how a file was read: rows judged, doubtful and wrong, and what was passed over."""
    return "\n".join(_read(summary, table, language))


def _coverage_line(summary: AuditSummary, language: Language) -> str:
    text = message(
        "{rows} rows: {matched} in {trips} trips, {doubtful} doubtful, {wrong} wrong.",
        rows=summary.rows,
        matched=summary.matched,
        trips=summary.trips,
        doubtful=summary.doubtful,
        wrong=summary.wrong,
    )
    return language.say(text)


def _read(summary: AuditSummary, table: Table, language: Language) -> Iterator[str]:
    yield _coverage_line(summary, language)
    if summary.waiting:
        yield language.counted(
            summary.waiting,
            "{number} more row waits for a wrong row of the same trip.",
            "{number} more rows wait for a wrong row of the same trip.",
        )
    if table.encoding == "CP1252":
        yield language.say(message("The file is not UTF-8: read as windows-1252."))
    if table.unused:
        names = ", ".join(table.unused)
        yield language.say(message("Columns that are not read: {names}.", names=names))


def _judged(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.trips:
        return
    yield language.say(message("Trips by verdict:"))
    for verdict, words in VERDICTS.items():
        count = summary.verdicts[verdict]
        if count:
            share = _share(count / summary.trips, language)
            yield f"  {language.say(words):<28} {language.number(count):>8}  {share:>6}"
    by_train = summary.train_share or 0.0
    yield language.say(message("By train: {share} of the trips.", share=_share(by_train, language)))


def _emitted(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.kg:
        return
    yield language.say(message("CO2e of all travellers, there and back:"))
    for mode, kg in sorted(summary.kg.items(), key=lambda item: -item[1]):
        trips = language.counted(summary.modes[mode], "{number} trip", "{number} trips")
        yield f"  {language.say(MODES[mode]):<28} {_tonnes(kg, language):>10}  {trips}"
    total = _tonnes(sum(summary.kg.values()), language)
    together = message("Together")
    yield f"  {language.say(together):<28} {total:>10}"
    if summary.non_co2_kg:
        extra = _tonnes(summary.non_co2_kg, language)
        text = message("The warming of flights beyond CO2 comes on top: {extra}.", extra=extra)
        yield language.say(text)
    if summary.without_kg:
        yield language.counted(
            summary.without_kg,
            "For {number} trip the CO2e is not known.",
            "For {number} trips the CO2e is not known.",
        )


def _avoidable(summary: AuditSummary, language: Language) -> Iterator[str]:
    places = summary.avoidable
    if not places:
        return
    trips = sum(place.trips for place in places)
    text = message(
        "Flown where the scheme asks for the train: {trips}. By train {kg} of CO2e less.",
        trips=language.counted(trips, "{number} trip", "{number} trips"),
        kg=_tonnes(sum(place.kg for place in places), language),
    )
    yield language.say(text)
    yield _hours(sum(place.hours for place in places), language)
    for place in places[:MOST_PLACES]:
        yield _place_line(place, language)
    if len(places) > MOST_PLACES:
        more = len(places) - MOST_PLACES
        yield "  " + language.counted(more, "and {number} other place", "and {number} other places")


def _hours(hours: float, language: Language) -> str:
    """Return what the train would have cost or spared in hours from door to door."""
    shown = two_figures(abs(hours))
    if hours < 0:
        return language.say(message("From door to door {hours} hours less.", hours=shown))
    return language.say(message("From door to door {hours} hours more.", hours=shown))


def _place_line(place: Avoidable, language: Language) -> str:
    trips = language.counted(place.trips, "{number} trip", "{number} trips")
    return f"  {language.say(place.place):<28} {_tonnes(place.kg, language):>10}  {trips}"


def _costs(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.cost_cents and not summary.left_out_cents:
        return
    text = message(
        "Cost: {judged} euro in the trips judged, {left_out} euro in rows that were not, "
        "{total} euro together.",
        judged=summary.cost_cents / 100,
        left_out=summary.left_out_cents / 100,
        total=(summary.cost_cents + summary.left_out_cents) / 100,
    )
    yield language.say(text)
    if summary.without_cost:
        yield language.counted(
            summary.without_cost,
            "{number} trip has no cost.",
            "{number} trips have no cost.",
        )


def _left_out(
    summary: AuditSummary, faults: Sequence[Faulty], table: Table, language: Language
) -> Iterator[str]:
    for fault in faults:
        why = fault_reason(fault, table.names, language)
        yield language.say(message("Row {row}: {why}", row=str(fault.row), why=why))
    more = summary.rows - summary.matched - len(faults)
    if more > 0:
        yield language.counted(
            more,
            "and {number} more row: see them all with --faults FILE.",
            "and {number} more rows: see them all with --faults FILE.",
        )


def _rests_on(reference: Reference, language: Language) -> Iterator[str]:
    text = message(
        "Judged by the scheme of {body}, each trip by the version and the list of its day of "
        "departure. CO2e by the factor set {factors}.",
        body=reference.scheme.body,
        factors=reference.factors.id,
    )
    yield language.say(text)


def _share(share: float, language: Language) -> str:
    return f"{language.number(round(share * 100))} %"


def _tonnes(kg: float, language: Language) -> str:
    return f"{language.number(two_figures(kg / _KG_A_TONNE))} t"
