"""The evolving list of most-visited destinations, and how it changes."""

from travelplan.destinations.entries import (
    OUTCOME_OF_LEVEL,
    Change,
    DestinationList,
    Difference,
    Entry,
    Evidence,
    Level,
    LevelDecision,
    RailTime,
    Refusal,
    Visits,
)

__all__ = [
    "OUTCOME_OF_LEVEL",
    "Change",
    "DestinationList",
    "Difference",
    "Entry",
    "Evidence",
    "Level",
    "LevelDecision",
    "RailTime",
    "Refusal",
    "Visits",
]
