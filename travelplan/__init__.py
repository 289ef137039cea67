"""travelplan: decides how a public body's business trips abroad are made, and says why.

    from travelplan import load_reference, parse_trip, recommend

    reference = load_reference()
    trip = parse_trip({"destination": "Nantes", "nights": "2"}, reference.places)
    answer = recommend(trip, reference)

The public names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from travelplan.audit.recompute import differences as differences
    from travelplan.audit.results import Audited as Audited
    from travelplan.audit.results import Faulty as Faulty
    from travelplan.audit.run import audit_rows as audit_rows
    from travelplan.audit.run import audit_table as audit_table
    from travelplan.audit.summary import AuditSummary as AuditSummary
    from travelplan.emissions.aircraft import FlightDetails as FlightDetails
    from travelplan.emissions.aircraft import FuelCurve as FuelCurve
    from travelplan.emissions.compare import Comparison as Comparison
    from travelplan.emissions.compare import compare as compare
    from travelplan.emissions.estimate import estimate as estimate
    from travelplan.emissions.estimate import estimate_distance as estimate_distance
    from travelplan.emissions.estimate import estimate_flight as estimate_flight
    from travelplan.emissions.figure import BoundaryMixedError as BoundaryMixedError
    from travelplan.emissions.figure import Estimate as Estimate
    from travelplan.emissions.figure import total as total
    from travelplan.emissions.parts import FactorMissingError as FactorMissingError
    from travelplan.errors import DataError as DataError
    from travelplan.errors import FieldProblem as FieldProblem
    from travelplan.errors import InputError as InputError
    from travelplan.errors import TravelplanError as TravelplanError
    from travelplan.files import factor_set_ids as factor_set_ids
    from travelplan.files import load_destinations as load_destinations
    from travelplan.files import load_destinations_with_version as load_destinations_with_version
    from travelplan.files import load_factors as load_factors
    from travelplan.files import load_language as load_language
    from travelplan.files import load_places as load_places
    from travelplan.files import load_reference as load_reference
    from travelplan.files import load_scheme as load_scheme
    from travelplan.files import load_transport as load_transport
    from travelplan.files import scheme_ids as scheme_ids
    from travelplan.geo import great_circle_km as great_circle_km
    from travelplan.journeys.model import Journey as Journey
    from travelplan.journeys.model import Leg as Leg
    from travelplan.journeys.plan import plan_journeys as plan_journeys
    from travelplan.places.gazetteer import Places as Places
    from travelplan.places.model import Place as Place
    from travelplan.places.model import SearchResult as SearchResult
    from travelplan.recommendation import Option as Option
    from travelplan.recommendation import Recommendation as Recommendation
    from travelplan.recommendation import combine as combine
    from travelplan.recommendation import recommend as recommend
    from travelplan.reference import Reference as Reference
    from travelplan.report.record import decision_record as decision_record
    from travelplan.report.record import recommendation_record as recommendation_record
    from travelplan.report.text import recommendation_text as recommendation_text
    from travelplan.scheme.decide import Decision as Decision
    from travelplan.scheme.decide import decide as decide
    from travelplan.scheme.facts import Facts as Facts
    from travelplan.scheme.facts import parse_facts as parse_facts
    from travelplan.scheme.rulebook import Scheme as Scheme
    from travelplan.sheets import load_trip_words as load_trip_words
    from travelplan.sheets import open_trips as open_trips
    from travelplan.sheets import read_trips as read_trips
    from travelplan.trip import Trip as Trip
    from travelplan.trip import parse_trip as parse_trip

__version__ = "0.1.0"

_HOMES = {
    "audit.recompute": ("differences",),
    "audit.results": (
        "Audited",
        "Faulty",
    ),
    "audit.run": (
        "audit_rows",
        "audit_table",
    ),
    "audit.summary": ("AuditSummary",),
    "emissions.aircraft": (
        "FlightDetails",
        "FuelCurve",
    ),
    "emissions.compare": (
        "Comparison",
        "compare",
    ),
    "emissions.estimate": (
        "estimate",
        "estimate_distance",
        "estimate_flight",
    ),
    "emissions.figure": (
        "BoundaryMixedError",
        "Estimate",
        "total",
    ),
    "emissions.parts": ("FactorMissingError",),
    "errors": (
        "DataError",
        "FieldProblem",
        "InputError",
        "TravelplanError",
    ),
    "files": (
        "factor_set_ids",
        "load_destinations",
        "load_destinations_with_version",
        "load_factors",
        "load_language",
        "load_places",
        "load_reference",
        "load_scheme",
        "load_transport",
        "scheme_ids",
    ),
    "geo": ("great_circle_km",),
    "journeys.model": (
        "Journey",
        "Leg",
    ),
    "journeys.plan": ("plan_journeys",),
    "places.gazetteer": ("Places",),
    "places.model": (
        "Place",
        "SearchResult",
    ),
    "recommendation": (
        "Option",
        "Recommendation",
        "combine",
        "recommend",
    ),
    "reference": ("Reference",),
    "report.record": (
        "decision_record",
        "recommendation_record",
    ),
    "report.text": ("recommendation_text",),
    "scheme.decide": (
        "Decision",
        "decide",
    ),
    "scheme.facts": (
        "Facts",
        "parse_facts",
    ),
    "scheme.rulebook": ("Scheme",),
    "sheets": (
        "load_trip_words",
        "open_trips",
        "read_trips",
    ),
    "trip": (
        "Trip",
        "parse_trip",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*_HOME_OF, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562), so that the import stays light."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'travelplan' has no attribute {name!r}")
    return getattr(import_module(f"travelplan.{home}"), name)
