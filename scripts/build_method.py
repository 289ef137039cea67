# ruff: noqa: E501  (a paragraph of Markdown is one line)
"""Write the numbers of docs/method.md and the spreadsheet beside it, from the data.

With --check it writes nothing and fails if a text would change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from build_worksheet import write_worksheet  # noqa: E402
from method_comparisons import cases, flight_median, flight_ratio, routes, table  # noqa: E402

from travelplan import factor_set_ids, load_factors  # noqa: E402
from travelplan.emissions.flight_factors import Curve, FleetFlight  # noqa: E402
from travelplan.emissions.rows import Row  # noqa: E402
from travelplan.emissions.trace import register  # noqa: E402

PAGE = ROOT / "docs" / "method.md"
WORKSHEET = ROOT / "docs" / "by-hand.xlsx"
DEFAULT = load_factors("travelplan-2026.1")


def the_flights() -> FleetFlight:
    """Return the flights of the default set."""
    if not isinstance(DEFAULT.flight, FleetFlight):
        raise TypeError("the default set has no fleet")
    return DEFAULT.flight


def sets() -> str:
    """Return the sets and what each counts."""
    rows = []
    for factors in map(load_factors, factor_set_ids()):
        steps = "in steps, not for ranking" if factors.stepwise else "smooth"
        limits = " ".join(limit.en for limit in factors.limits)
        counted = (f"`{factors.id}`", factors.boundary, factors.non_co2, steps, factors.licence)
        rows.append((*counted, limits))
    head = ("set", "boundary", "non-CO2", "flights", "licence", "what it cannot do")
    return table(head, rows)


def closed_form(curve: Curve) -> str:
    """Return the closed form with its numbers."""
    return f"{curve.constant:g} + {curve.per_km:g} · R + {curve.per_km2:.4g} · R²"


def flights() -> str:
    """Return the formulas of flights."""
    flight = the_flights()
    narrow, wide, blend = flight.narrow_body, flight.wide_body, flight.blend
    fuel, cargo, k = flight.fuel, flight.cargo_share, flight.calibration
    extra = flight.non_co2
    if extra is None:
        raise TypeError("the default set counts non-CO2")
    by_class = table(
        ("class", "narrow-body", "wide-body"),
        [
            (name.replace("_", " "), f"{weight:g}", f"{wide.class_weight[name]:g}")
            for name, weight in narrow.class_weight.items()
        ],
    )
    mix = table(
        ("aircraft", "share", "kg of fuel", "seats (economy equivalent)"),
        [
            (name, f"{share:.2f}", _fuel(flight, name), seats)
            for shares in (flight.fleet_mix.narrow, flight.fleet_mix.wide)
            for name, share in shares.items()
            for seats in [f"{flight.seats.economy_equivalent[name]:g}"]
        ],
    )
    return f"""An economy seat in an unknown aircraft, kg CO2e WTW, R the great circle in km:

* up to {blend.from_km:g} km (narrow-body): `{closed_form(narrow)}`, 90 % range {_range(narrow)}
* from {blend.to_km:g} km (wide-body): `{closed_form(wide)}`, 90 % range {_range(wide)}
* between them a straight blend of the two

times the class weight:

{by_class}

This is `k · fuel · (1 - cargo) / (seats · load) · {fuel.wtw_kg_per_kg:.4f}` summed over the fleet mix, with k {k.narrow:g} and {k.wide:g} (turboprop {k.turboprop:g}), cargo {cargo["narrow"].central:g} and {cargo["wide"].central:g} of the mass, load {flight.load_factor.central:g}, and {fuel.ttw_kg_per_kg:g} (TTW) + {fuel.wtt_kg_per_kg:g} (WTT) kg CO2e per kg of fuel. A known aircraft has its own curve and a range of {_spread(flight.known_aircraft.low)} to {_spread(flight.known_aircraft.high)}; {len(flight.aircraft.by_type)} types are known.

{mix}

Beyond CO2: {extra.central:g} ({extra.low:g} to {extra.high:g}) times the CO2 burned, which is {flight.co2_kg_per_kg_fuel:g} kg per kg of fuel. In the figure the multiplier on the CO2 is {1 + extra.central:g}."""


def _fuel(flight: FleetFlight, name: str) -> str:
    curve = flight.aircraft.by_type[name]
    return f"{curve.constant:g} + {curve.per_km:g} · R + {curve.per_km2:.3g} · R²"


def _range(curve: Curve) -> str:
    return f"{_spread(curve.low)} to {_spread(curve.high)}"


def _spread(share: float) -> str:
    return f"{(share - 1) * 100:+.0f} %"


def _row(row: Row) -> str:
    return (
        f"{row.central:g}" if row.low == row.high else f"{row.central:g} ({row.low:g}–{row.high:g})"
    )


def rail() -> str:
    """Return the formula and tables of trains."""
    found, grid = DEFAULT.rail, DEFAULT.grid
    if found is None or grid is None or found.berths is None:
        raise TypeError("the default set has trains")
    energy = table(
        ("class of train", "kWh per passenger-km", "basis"),
        [(kind, _row(row), row.basis) for kind, row in found.energy_kwh_pkm.items()],
    )
    rows = [
        (country, kind, _row(row), row.basis, row.locator)
        for country, kinds in found.country_g_pkm.items()
        for kind, row in kinds.items()
    ]
    rows += [("any", k, _row(r), r.basis, r.locator) for k, r in found.any_country_g_pkm.items()]
    published = table(("country", "class", "g CO2e per passenger-km", "basis", "where"), rows)
    berths = ", ".join(f"{name} {weight:g}" for name, weight in found.berths.weight.items())
    contracts = table(
        ("operator", "g CO2e", "per", "basis"),
        [(name, _row(row), row.per, row.basis) for name, row in DEFAULT.contracts.items()],
    )
    return f"""`kWh per passenger-km · {found.supply_loss:g} · g CO2e per kWh`, with the electricity of {grid.year} in {len(grid.g_kwh)} countries (range ±{grid.range_share * 100:.0f} %).

{energy}

Factors that go before it:

{published}

A berth in a night train weighs: {berths}. Electricity by contract, the second line:

{contracts}"""


def road() -> str:
    """Return the tables of road and water."""
    rows = [
        (f"{k} (per passenger)", _row(r), r.basis) for k, r in DEFAULT.per_passenger_g_km.items()
    ]
    rows += [(f"{k} (per vehicle)", _row(r), r.basis) for k, r in DEFAULT.per_vehicle_g_km.items()]
    rows += [
        (f"{key} (per {v.per})", f"{_row(v.kwh_km)} kWh · {v.loss:g} · electricity", v.kwh_km.basis)
        for key, v in DEFAULT.electric.items()
    ]
    hotel, video = DEFAULT.hotel, DEFAULT.virtual
    if hotel is None or video is None:
        raise TypeError("the default set has hotels and video")
    return f"""{table(("vehicle", "g CO2e per km", "basis"), rows)}

Hotel: kg CO2e per room and night for {len(hotel.kg_room_night)} countries ({", ".join(sorted(hotel.kg_room_night))}), times {hotel.low_share:g} to {hotel.high_share:g}; divide by those who share the room. For other countries there is no figure and none is put in its place. Video meeting: {_row(video)} kg per participant and hour."""


def assumptions() -> str:
    """Return every number that is our own choice, by set and table."""
    others = [load_factors(id_) for id_ in factor_set_ids() if id_ != DEFAULT.id]
    rows = [(f"`{id_}`", *assumed) for id_, assumed in register(DEFAULT, others)]
    return table(("set", "where", "values", "unit", "note"), rows)


BLOCKS: dict[str, Callable[[], str]] = {
    "sets": sets,
    "flights": flights,
    "flight-median": flight_median,
    "flight-ratio": flight_ratio,
    "rail": rail,
    "road": road,
    "routes": routes,
    "cases": cases,
    "assumptions": assumptions,
}


def page_text(page: str) -> str:
    """Return the page with every block written anew."""
    for name, block in BLOCKS.items():
        pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if not pattern.search(page):
            raise LookupError(f"docs/method.md has no block {name}")
        written = block().replace("\\", "\\\\")
        page = pattern.sub(rf"\g<1>{written}\n\g<2>", page)
    return page


def main() -> int:
    """Write the page and the spreadsheet, or with --check report a page that is behind."""
    before = PAGE.read_text(encoding="utf-8")
    after = page_text(before)
    if "--check" in sys.argv[1:]:
        return 0 if before == after else 1
    PAGE.write_text(after, encoding="utf-8")
    write_worksheet(WORKSHEET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
