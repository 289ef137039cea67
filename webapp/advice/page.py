"""What the answer page shows, each thing in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from travelplan import factor_set_ids
from travelplan.language import Kilograms, Language, message
from travelplan.recommendation import Recommendation
from travelplan.report.emissions_words import video_words
from travelplan.report.record import versions
from travelplan.report.remarks import PAST, remarks
from travelplan.report.tour import TourTotal, tour_total
from travelplan.scheme.words import OUTCOMES
from webapp.advice.question import Question
from webapp.advice.row import Row
from webapp.advice.stretch import Stretch


@dataclass(frozen=True)
class AnswerPage:
    """One answer, for the template to lay out. `asked` is the whole question, its day included."""

    answer: Recommendation
    asked: Question
    language: Language

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The answer by stretch: one, unless the trip has more destinations."""
        parts = self.answer.parts or (self.answer,)
        return [Stretch(part, self.language, i) for i, part in enumerate(parts, start=1)]

    @property
    def is_tour(self) -> bool:
        """Whether the trip has more destinations."""
        return bool(self.answer.parts)

    @property
    def level(self) -> str:
        """The heading."""
        if self.is_tour:
            return self.language.say(OUTCOMES[self.answer.outcome])
        return self.stretches[0].level

    @property
    def way(self) -> str:
        """From where to where, over which places."""
        trip = self.answer.trip
        stops = [trip.origin, *trip.via, trip.destination]
        return " → ".join(self.language.say(place.names) for place in stops)

    @property
    def when(self) -> str:
        """The days and the number of travellers."""
        trip, say = self.answer.trip, self.language
        parts = [say.say(trip.depart)]
        if trip.back and trip.back != trip.depart:
            parts[0] = say.say(message("{depart} to {back}", depart=trip.depart, back=trip.back))
        if trip.nights is not None:
            parts.append(say.counted(trip.nights, "{number} night", "{number} nights"))
        parts.append(say.counted(trip.travellers, "{number} traveller", "{number} travellers"))
        return ", ".join(parts)

    @property
    def assumed_values(self) -> list[str]:
        """The assumed parameters with which the decisions were made, each once."""
        found = (sentence for stretch in self.stretches for sentence in stretch.assumed_values)
        return list(dict.fromkeys(found))

    @property
    def meaning(self) -> list[tuple[str, list[str]]]:
        """What it means for the traveller: a heading and sentences each, each sentence once."""
        found: dict[str, dict[str, None]] = {}
        for stretch in self.stretches:
            for head, lines in stretch.meaning:
                found.setdefault(head, {}).update(dict.fromkeys(lines))
        return [(head, list(lines)) for head, lines in found.items()]

    @property
    def past(self) -> str:
        """The question whether the trip has been made; empty for days to come."""
        return self.language.say(PAST) if self.answer.trip.in_past else ""

    @property
    def remarks(self) -> list[str]:
        """What a person must know besides: the meeting, days off, longer changes."""
        found = [text for text in remarks(self.answer) if text != PAST]
        return [self.language.say(text) for text in found]

    @property
    def question(self) -> dict[str, object]:
        """The whole question, for a link that can be shared."""
        return self.asked.asking()

    @property
    def other_sets(self) -> list[tuple[str, dict[str, object]]]:
        """The other factor sets, each with the question that asks for it."""
        used = self.answer.reference.factors.id
        return [(id_, self.asked.asking(factors=id_)) for id_ in factor_set_ids() if id_ != used]

    @property
    def other_non_co2(self) -> dict[str, object]:
        """The question with the non-CO2 warming in the figures, or apart again."""
        return self.asked.asking(non_co2="separate" if self.asked.included else "included")

    @property
    def video(self) -> str:
        """What a video meeting emits in place of the trip."""
        return video_words(self.answer.reference.factors, self.language)

    @property
    def fewer_travellers(self) -> str:
        """What one traveller less spares, for a meeting that is partly online."""
        best = self.stretches[0].best
        if self.asked.digital != "partly" or self.is_tour or not best or not best.option.emissions:
            return ""
        kg = best.kilograms
        text = message("You meet partly online: each traveller less spares {kg} of CO2e.", kg=kg)
        return self.language.say(text)

    @property
    def total(self) -> TourTotal:
        """The sum over the parts of a tour, each by its first option."""
        return tour_total(self.answer)

    @property
    def total_time(self) -> str:
        """The time of the whole tour; "?" where a part has none."""
        minutes = self.total.door_to_door_min
        return "?" if minutes is None else self.language.duration(minutes)

    @property
    def total_kilograms(self) -> tuple[str, str]:
        """The CO2e of the whole tour and its range; "?" where a part has none."""
        emissions = self.total.emissions
        if emissions is None:
            return "?", ""
        shown = emissions.with_non_co2 if self.asked.included else emissions.wtw
        span = self.language.span(shown.low, shown.high)
        return self.language.say(Kilograms(shown.central)), span

    @property
    def non_co2_total(self) -> str:
        """The warming beside CO2 of the whole tour; empty without a flight."""
        emissions = self.total.emissions
        if emissions is None or not emissions.non_co2.central or self.asked.included:
            return ""
        return "+ " + self.language.say(Kilograms(emissions.non_co2.central))

    @property
    def first_ways(self) -> list[tuple[Stretch, Row | None]]:
        """Each stretch with the option that the total counts."""
        return [(stretch, stretch.rows[0] if stretch.rows else None) for stretch in self.stretches]

    @property
    def versions(self) -> dict[str, str]:
        """The edition of everything that the answer rests on."""
        return versions(self.answer)
