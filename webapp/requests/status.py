"""Where a request stands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from travelplan.language import Message, message

Status = Literal[
    "to_confirm", "waiting", "change_asked", "approved", "refused", "withdrawn", "travelled"
]
Kind = Literal["", "good", "wait", "bad"]

OPEN: frozenset[str] = frozenset({"to_confirm", "waiting", "change_asked", "approved"})
"""A trip that is asked for, or agreed to: it cannot be asked for a second time."""
CHANGEABLE: frozenset[str] = frozenset({"to_confirm", "waiting", "change_asked", "approved"})
"""From here a request can be changed or withdrawn by who filed it or travels."""
TRAVELLED_FROM: frozenset[str] = frozenset({"approved", "travelled"})
"""From here the traveller can tell, after the departure, what was really travelled by."""

STATUSES: Mapping[str, Message] = {
    "to_confirm": message("Waits for the traveller"),
    "waiting": message("Waits for approval"),
    "change_asked": message("A change is asked for"),
    "approved": message("Approved"),
    "refused": message("Refused"),
    "withdrawn": message("Withdrawn"),
    "travelled": message("Travelled"),
}
KINDS: Mapping[str, Kind] = {
    "to_confirm": "wait",
    "waiting": "wait",
    "change_asked": "wait",
    "approved": "good",
    "refused": "bad",
    "withdrawn": "",
    "travelled": "good",
}
"""How a status is tinted; the words tell it too."""
DECISIONS: Mapping[str, Message] = {
    "approved": message("Agreed"),
    "refused": message("Refused"),
    "change_asked": message("Asked for a change"),
    "passed_up": message("Passed up: nobody decides on their own request"),
}
DECISION_KINDS: Mapping[str, Kind] = {"approved": "good", "refused": "bad", "passed_up": ""}
"""How a decision is tinted; what is not here waits."""
EVENTS: Mapping[str, Message] = {
    "filed": message("Filed"),
    "confirmed": message("Confirmed by the traveller"),
    "changed": message("Changed: a new version with a new decision"),
    "agreed": message("Agreed"),
    "approved": message("Approved"),
    "refused": message("Refused"),
    "change_asked": message("Asked for a change"),
    "withdrawn": message("Withdrawn"),
    "reminded": message("Reminded"),
    "booked": message("Booked"),
    "travelled": message("What was travelled is recorded"),
}
