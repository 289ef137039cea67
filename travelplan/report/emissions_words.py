"""The emissions of an answer in sentences: the figures, and what stands beside the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor

from travelplan.emissions.beside import non_co2_multiplier
from travelplan.emissions.factors import FactorSet
from travelplan.emissions.figure import Estimate
from travelplan.emissions.ranges import Range
from travelplan.language import Country, Kilograms, Language, Message, message, two_figures
from travelplan.recommendation import Option, Recommendation
from travelplan.report.emissions import Pair, comparisons, figure_range, order_change
from travelplan.scheme.words import MODES

_ALMOST_ALL = 0.99
BOUNDARIES = {
    "WTW": message("from well to wheel"),
    "WTT": message("only providing the energy"),
    "TTW": message("only what the vehicle itself emits"),
}


def emissions_words(option: Option, answer: Recommendation, language: Language) -> str:
    """Return the emissions of an option, or which factor is missing."""
    if option.emissions is None:
        return language.say(message("no factor for {what}", what=option.missing_factor))
    included = answer.non_co2 == "included"
    return estimate_text(
        option.emissions, language, factors=answer.reference.factors, included=included
    )


def estimate_text(
    estimate: Estimate, language: Language, *, factors: FactorSet, included: bool = False
) -> str:
    """Return kg CO2e with their range, and the non-CO2 part beside them or in them."""
    extra = estimate.non_co2
    if included and extra.central:
        text = _with_range(estimate.with_non_co2, language)
        return f"{text} {language.say(included_words(factors))}"
    text = _with_range(estimate.wtw, language)
    if extra.central:
        text += " " + language.say(message("+ {kg} non-CO2", kg=Kilograms(extra.central)))
    return text


def included_words(factors: FactorSet) -> Message:
    """Return that the non-CO2 warming is in a figure, with the multiplier by name."""
    multiplier = non_co2_multiplier(factors)
    if multiplier is None:
        return message("with non-CO2 as this set publishes it")
    return message("with non-CO2 (CO2 of the flight times {times})", times=round(multiplier, 2))


def beside_lines(answer: Recommendation, language: Language) -> Iterator[str]:
    """Yield what stands beside the table of options: set, comparison, group, hotel, video."""
    if not answer.options:
        return
    factors = answer.reference.factors
    yield language.say(set_words(factors))
    yield from warnings(answer, language)
    yield from comparison_lines(answer, language)
    if answer.trip.travellers > 1:
        yield language.say(_group_words(answer, language))
    yield from _hotel_lines(answer, language)
    made = _listed(answer, language, lambda estimate: estimate.manufacture_kg)
    if made:
        yield language.say(message("Making the vehicles, not in the figures: {list}.", list=made))
    contracts = _listed(answer, language, _contract_kg)
    if contracts:
        text = message(
            "With the green electricity that operators buy by contract: {list}.", list=contracts
        )
        yield language.say(text)
    if factors.virtual:
        yield video_words(factors, language)


def set_words(factors: FactorSet) -> Message:
    """Return by which set the figures are, and what they count."""
    counted = BOUNDARIES[factors.boundary]
    if factors.grid is None:
        return message("CO2e {counted}, by the factor set {set}.", counted=counted, set=factors.id)
    return message(
        "CO2e {counted}, by the factor set {set}, with the electricity of {year}.",
        counted=counted,
        set=factors.id,
        year=str(factors.grid.year),
    )


def warnings(answer: Recommendation, language: Language) -> Iterator[str]:
    """Yield what a reader must know of the set: steps, and another order of the options."""
    factors = answer.reference.factors
    if factors.stepwise and any(option.mode == "plane" for option in answer.options):
        text = message(
            "The set {set} counts flights in steps of distance: a longer flight can come out "
            "lower. Do not rank flights by it.",
            set=factors.id,
        )
        yield language.say(text)
    others = sorted(
        {
            name
            for option in answer.options
            if option.emissions
            for name in option.emissions.factor_sets
            if name != factors.id
        }
    )
    if others:
        text = message(
            "Where {set} has no factor for a part of the way, we count that part with {other}.",
            set=factors.id,
            other=", ".join(others),
        )
        yield language.say(text)
    changed = order_change(answer)
    if changed:
        text = message(
            "The order changes with the factor set. From low to high by {set}: {order}. "
            "By {standard}: {standard_order}.",
            set=changed.factor_set,
            order=_modes(changed.order, language),
            standard=changed.standard,
            standard_order=_modes(changed.standard_order, language),
        )
        yield language.say(text)


def _with_range(kg: Range, language: Language) -> str:
    text = language.say(Kilograms(kg.central))
    return text if kg.low == kg.high else f"{text} ({language.span(kg.low, kg.high)})"


def comparison_lines(answer: Recommendation, language: Language) -> Iterator[str]:
    """Yield how surely the train emits less than the plane, or without one than the coach."""
    by_mode = {
        pair.other.journey.vehicle: pair
        for pair in comparisons(answer)
        if pair.option.mode == "train"
    }
    for mode, words in _AGAINST_TRAIN.items():
        if mode in by_mode:
            yield language.say(words[_outcome(by_mode[mode])](by_mode[mode]))
            return


def _outcome(pair: Pair) -> int:
    lower = pair.comparison.lower
    return 2 if lower is None else lower


def _share(pair: Pair) -> Message | int:
    share = pair.comparison.share
    if share > _ALMOST_ALL:
        return message("more than {percent}", percent=round(_ALMOST_ALL * 100))
    return floor(share * 100)


_Say = Callable[[Pair], Message]
_AGAINST_TRAIN: dict[str, tuple[_Say, _Say, _Say]] = {
    "plane": (
        lambda pair: message(
            "In {share} % of cases the train emits less than the plane.", share=_share(pair)
        ),
        lambda pair: message(
            "In {share} % of cases the plane emits less than the train.", share=_share(pair)
        ),
        lambda _: message("Train or plane: no clear difference in CO2e."),
    ),
    "coach": (
        lambda pair: message(
            "In {share} % of cases the train emits less than the coach.", share=_share(pair)
        ),
        lambda pair: message(
            "In {share} % of cases the coach emits less than the train.", share=_share(pair)
        ),
        lambda _: message("Train or coach: no clear difference in CO2e."),
    ),
}


def _group_words(answer: Recommendation, language: Language) -> Message:
    people = answer.trip.travellers
    ways = message("there and back") if answer.there_and_back else message("one way")
    kilograms = ", ".join(
        f"{language.say(option.title)} "
        f"{language.say(Kilograms(figure_range(option.emissions, answer).central * people))}"
        for option in answer.options
        if option.emissions
    )
    return message(
        "For the group of {people}, {ways}: {list}.", people=people, ways=ways, list=kilograms
    )


def _hotel_lines(answer: Recommendation, language: Language) -> Iterator[str]:
    trip, option = answer.made, answer.options[0]
    if trip.business_nights and answer.there_and_back:
        nights = language.counted(trip.business_nights, "{number} night", "{number} nights")
        country = Country(trip.destination.country)
        if option.hotel:
            text = message(
                "Hotel, {nights}: {kg} a room, not in the figures.",
                nights=nights,
                kg=_with_range(option.hotel, language),
            )
        else:
            text = message("Hotel: this set has no figure for {country}.", country=country)
        yield language.say(text)
    for saving in (option for option in answer.options if option.hotel_avoided):
        kg = _with_range(saving.hotel_avoided, language) if saving.hotel_avoided else ""
        text = message("The night train saves hotel nights: {kg}, not taken off.", kg=kg)
        yield language.say(text)


def _listed(
    answer: Recommendation, language: Language, value: Callable[[Estimate], float | None]
) -> str:
    found = (
        (option.title, value(option.emissions)) for option in answer.options if option.emissions
    )
    return ", ".join(
        f"{language.say(title)} {language.say(Kilograms(kg))}" for title, kg in found if kg
    )


def _contract_kg(estimate: Estimate) -> float | None:
    """Return the figure by contract where a reader would see that it differs."""
    if estimate.contract is None:
        return None
    kg = estimate.contract.central
    return None if two_figures(kg) == two_figures(estimate.wtw.central) else kg


def video_words(factors: FactorSet, language: Language) -> str:
    """Return what a video meeting emits, "" where the set does not know."""
    if factors.virtual is None:
        return ""
    text = message(
        "A video meeting in place of the trip: {kg} for each participant and hour.",
        kg=_with_range(factors.virtual.range, language),
    )
    return language.say(text)


def _modes(modes: tuple[str, ...], language: Language) -> str:
    return ", ".join(language.say(MODES[mode]) for mode in modes)
