"""What the dashboard shows: charts with their tables, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from travelplan import Reference
from travelplan.language import Euros, Language, Message, message
from webapp.hr.dashboard_charts import Chart, Line, bars
from webapp.hr.figures import Destination, Figures, Group, Sums
from webapp.hr.figures_published import PublishedShare
from webapp.hr.figures_requests import Planned
from webapp.hr.figures_words import reason_name, unit_name, word_of
from webapp.organisation import Organisation

MOST_DESTINATIONS = 12
CO2E = message("CO2e (kg)")
NON_CO2 = message("Non-CO2 warming of flights (kg CO2e)")
TRIPS = message("Trips")
_PARTS = (message("CO2e"), message("non-CO2 of flights, apart"))
_CARBON = (TRIPS, CO2E, NON_CO2)


@dataclass(frozen=True)
class DashboardPage:
    """The figures of the chosen trips for a reader."""

    figures: Figures
    destinations: Sequence[Destination]
    planned: Mapping[str, Planned]
    organisation: Organisation
    reference: Reference
    language: Language
    published: PublishedShare | None

    @property
    def all(self) -> Sums:
        """What all chosen trips come to."""
        return self.figures.all

    @cached_property
    def charts(self) -> list[Chart]:
        """Every chart that has something to show."""
        found = (
            self._trips(),
            self._train(),
            self._carbon_by("year", message("CO2e by year"), message("Year")),
            self._carbon_by("unit", message("CO2e by unit"), message("Unit")),
            self._by_destination(),
            self._carbon_by("mode", message("CO2e by mode"), message("Mode")),
            self._carbon_by("outcome", message("CO2e by level of the scheme"), message("Level")),
            self._reasons(),
            self._budgets(),
        )
        return [chart for chart in found if chart.bars]

    def whole(self, value: float) -> str:
        """Return a number without decimals."""
        return self.language.number(round(value))

    def percent(self, share: float) -> str:
        """Return a share in per cent."""
        return f"{self.language.number(round(share * 100))} %"

    def euros(self, cents: int) -> str:
        """Return a sum."""
        return self.language.say(Euros(cents))

    def name(self, column: str, key: str) -> str:
        """Return what a key of a column is called."""
        if column == "unit":
            return unit_name(key, self.organisation, self.language)
        if column == "year":
            return key
        return self.language.say(word_of(column, key))

    def kilograms(self, kg: float, beside: float) -> str:
        """Return kilograms with what comes on top."""
        extra = f" + {self.whole(beside)}" if beside else ""
        return f"{self.whole(kg)}{extra} kg"

    def _trips(self) -> Chart:
        rows = list(self.figures.years.items())
        return Chart(
            "trips",
            message("Trips by year"),
            bars((year, self.whole(s.trips), s.trips, 0) for year, s in rows),
            message("Year"),
            (TRIPS, message("Travellers"), message("Hours travelled"), message("Cost")),
            [
                (
                    year,
                    (
                        self.whole(s.trips),
                        self.whole(s.travellers),
                        self.whole(s.hours),
                        self.euros(s.cost_cents),
                    ),
                )
                for year, s in rows
            ],
        )

    def _train(self) -> Chart:
        rows, published = list(self.figures.years.items()), self.published
        line = None
        if published:
            text = message(
                "{share} in {first}–{last}, as published",
                share=self.percent(published.train_share),
                first=str(published.first_year),
                last=str(published.last_year),
            )
            line = Line(published.train_share * 100, self.language.say(text))
        return Chart(
            "train",
            message("Share of the trips by train"),
            bars(
                ((year, self.percent(s.train_share), s.train_share, 0) for year, s in rows),
                most=1.0,
            ),
            message("Year"),
            (message("By train"), TRIPS, message("Share by train")),
            [
                (year, (self.whole(s.train), self.whole(s.trips), self.percent(s.train_share)))
                for year, s in rows
            ],
            line=line,
        )

    def _carbon_by(self, column: str, title: Message, head: Message) -> Chart:
        found: Iterable[tuple[str, Group]]
        found = self.figures.years.items() if column == "year" else self.figures.ranked(column)
        rows = [(self.name(column, key), s.trips, s.kg, s.non_co2_kg) for key, s in found]
        return self._carbon(f"kg-{column}", title, head, rows)

    def _by_destination(self) -> Chart:
        rows = [
            (self.language.say(d.names), d.trips, d.kg, d.non_co2_kg) for d in self.destinations
        ]
        title = message("CO2e by destination: the {number} with most", number=len(rows))
        return self._carbon("kg-destination", title, message("Destination"), rows)

    def _carbon(
        self, id_: str, title: Message, head: Message, rows: Sequence[tuple[str, int, float, float]]
    ) -> Chart:
        drawn = bars((name, self.kilograms(kg, more), kg, more) for name, _, kg, more in rows)
        brief = [
            replace(bar, brief=self.kilograms(kg, 0))
            for bar, (_, _, kg, _) in zip(drawn, rows, strict=True)
        ]
        table = [
            (name, (self.whole(trips), self.whole(kg), self.whole(more)))
            for name, trips, kg, more in rows
        ]
        return Chart(id_, title, brief, head, _CARBON, table, parts=_PARTS)

    def _reasons(self) -> Chart:
        rows = [
            (
                f"{reason_name(reason, self.reference, self.language)} "
                f"({self.name('verdict', verdict).lower()})",
                sums,
            )
            for verdict, reason, sums in self.figures.reasons
        ]
        return Chart(
            "reasons",
            message("Travelled otherwise than the scheme says, and why"),
            bars((name, self.whole(s.trips), s.trips, 0) for name, s in rows),
            message("Reason and verdict"),
            (TRIPS, CO2E),
            [(name, (self.whole(s.trips), self.whole(s.kg))) for name, s in rows],
        )

    def _budgets(self) -> Chart:
        made = self.figures.by["unit"]
        units = sorted({*made, *self.planned}, key=lambda unit: self.name("unit", unit))
        rows = [(self.name("unit", u), self.planned.get(u), made.get(u)) for u in units]
        return Chart(
            "budgets",
            message("Costs by unit: planned and actual"),
            bars(self._two_bars(rows)),
            message("Unit"),
            (message("Planned"), message("Actual"), message("Trips without cost")),
            [(name, self._budget_cells(planned, spent)) for name, planned, spent in rows],
            parts=(message("planned"), message("actual")),
            note=message(
                "Planned: what requests estimate for travel, stay and registration. Actual: what "
                "the trips that were made cost, as far as it is known. Where nothing was asked for "
                "here, nothing was planned here."
            ),
        )

    def _budget_cells(self, planned: Planned | None, spent: Group | None) -> tuple[str, ...]:
        asked, known = self.euros(planned.cents) if planned else "–", spent or Group()
        made = self.euros(known.cost_cents) if known.trips > known.without_cost else "–"
        return asked, made, self.whole(known.without_cost)

    def _two_bars(
        self, rows: Iterable[tuple[str, Planned | None, Group | None]]
    ) -> Iterable[tuple[str, str, float, float]]:
        """Yield a bar for each sum that is known: what is not known has none, not one of nought."""
        for name, planned, spent in rows:
            if planned:
                text = message("{sum} planned", sum=Euros(planned.cents))
                yield (name, self.language.say(text), planned.cents, 0)
            if spent and spent.trips > spent.without_cost:
                yield (name, self.euros(spent.cost_cents), 0, spent.cost_cents)
