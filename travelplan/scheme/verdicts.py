"""The closed words of every scheme: outcomes, verdicts, modes."""

from __future__ import annotations

from typing import Literal, get_args

Outcome = Literal[
    "train_mandatory",
    "train_recommended",
    "justify_otherwise",
    "free_choice",
    "plane_default",
    "flight_forbidden",
    "trip_not_approved",
    "out_of_scope",
    "undetermined",
]
Verdict = Literal["mandatory", "recommended", "allowed", "justify", "not_allowed"]
Mode = Literal[
    "train", "night_train", "coach", "car", "carpool", "ferry", "plane", "bike", "virtual"
]
RuleOutcome = Literal[
    "train_mandatory",
    "train_recommended",
    "justify_otherwise",
    "free_choice",
    "plane_default",
    "flight_forbidden",
    "trip_not_approved",
]
MODES: tuple[Mode, ...] = get_args(Mode)

OUTCOME_ORDER: tuple[RuleOutcome, ...] = (
    "plane_default",
    "free_choice",
    "train_recommended",
    "justify_otherwise",
    "train_mandatory",
    "flight_forbidden",
    "trip_not_approved",
)
"""From the outcome that asks least of a traveller to the one that asks most."""
