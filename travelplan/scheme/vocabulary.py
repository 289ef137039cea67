"""The words of all schemes: outcomes, verdicts, modes, facts, classes."""

from __future__ import annotations

from collections.abc import Mapping

from travelplan.language import Country, Message, Minutes, Words, message
from travelplan.scheme.facts import FACTS, IN_LIST, UNREACHABLE, Kind, Value, number
from travelplan.scheme.rulebook import Version

OUTCOMES: Mapping[str, Message] = {
    "train_mandatory": message("Train required"),
    "train_recommended": message("Train recommended"),
    "justify_otherwise": message("Train, unless justified"),
    "free_choice": message("Free choice"),
    "plane_default": message("Plane is usual"),
    "flight_forbidden": message("No flight"),
    "trip_not_approved": message("Trip not allowed"),
    "out_of_scope": message("Scheme does not apply"),
    "undetermined": message("Cannot be determined"),
    "per_leg": message("Differs by part of the trip"),
}
NO_TRAIN = message("Free choice: no train connection")

VERDICTS: Mapping[str, Message] = {
    "mandatory": message("required"),
    "recommended": message("recommended"),
    "allowed": message("allowed"),
    "justify": message("only with a reason"),
    "not_allowed": message("not allowed"),
}

MODES: Mapping[str, Message] = {
    "train": message("Train"),
    "night_train": message("Night train"),
    "coach": message("Coach"),
    "chartered_coach": message("Chartered coach"),
    "car": message("Car alone"),
    "carpool": message("Shared car"),
    "ferry": message("Ferry"),
    "plane": message("Plane"),
    "bike": message("Bicycle"),
    "virtual": message("Online"),
    "bus": message("Bus"),
    "taxi": message("Taxi"),
    "walk": message("On foot"),
}

FACT_NAMES: Mapping[str, Message] = {
    "destination": message("the destination"),
    "rail_min": message("the time by train, station to station"),
    "rail_changes": message("the number of changes by train"),
    "rail_overnight": message("a night on the way by train"),
    "served_by_rail": message("whether a train goes there"),
    "night_train": message("whether there is a night train"),
    "one_day_or_night": message("whether one day or one night is enough"),
    "flight_min": message("the time in the air"),
    "plane_door_min": message("the time by plane, door to door"),
    "rail_door_min": message("the time by train, door to door"),
    "land_min": message("the shortest time over land"),
    "shift_min": message("how far the next connection lies from the flight"),
    "distance_km": message("the distance as the crow flies"),
    "route_km": message("the distance travelled over land"),
    "country": message("the country"),
    "continent": message("the continent"),
    "domestic": message("whether the trip stays in the country"),
    "multi_day": message("whether the trip takes several days"),
    "nights": message("the number of nights"),
    "stay_days": message("the number of days there"),
    "same_day_return": message("whether the return is on the same day"),
    "meeting_min": message("the length of the meeting"),
    "travellers": message("the number of travellers"),
    "role": message("the role of the traveller"),
    "organisation": message("the organisation of the traveller"),
    "reason": message("the reason to deviate"),
}

OPERATORS: Mapping[str, Message] = {
    "at_most": message("at most"),
    "under": message("less than"),
    "at_least": message("at least"),
    "over": message("more than"),
    "is": message("is"),
    "in": message("is one of"),
}

CONTINENTS: Mapping[str, Message] = {
    "AF": message("Africa"),
    "AN": message("Antarctica"),
    "AS": message("Asia"),
    "EU": message("Europe"),
    "NA": message("North America"),
    "OC": message("Oceania"),
    "SA": message("South America"),
}

ROLES: Mapping[str, Message] = {
    "staff": message("staff"),
    "elected": message("elected members"),
    "guest": message("guests"),
    "student": message("students"),
}

CLASSES: Mapping[str, Message] = {
    "second": message("second class"),
    "first": message("first class"),
    "seat": message("a seat"),
    "couchette": message("a couchette"),
    "sleeper": message("a sleeping car"),
    "compartment": message("a compartment of your own"),
    "economy": message("economy"),
    "premium_economy": message("premium economy"),
    "business": message("business class"),
}


def fact_name(name: str, version: Version | None = None) -> Message | Words | str:
    """Return what a fact is called, the facts and parameters of a scheme included."""
    if name.startswith(IN_LIST):
        return message("whether it is on the list “{list}”", list=name.removeprefix(IN_LIST))
    if version and name in version.further:
        return version.further[name].text
    return FACT_NAMES.get(name, name)


def fact_value(name: str, value: Value, version: Version | None = None) -> object:
    """Return a fact as a value that a language can say; a dash for a way that does not exist."""
    if value == UNREACHABLE:
        return "–"
    kind = version.kind(name) if version else FACTS.get(name)
    if kind is Kind.MINUTES:
        return Minutes(round(number(value)))
    if isinstance(value, str):
        return name_value(name, value, version)
    return value


def name_value(fact: str, value: str, version: Version | None = None) -> object:
    """Return a name that a fact holds as a value that a language can say."""
    if fact == "country":
        return Country(value)
    if fact == "continent":
        return CONTINENTS.get(value, value)
    if fact == "role":
        return ROLES.get(value, value)
    return version.people.get(value, value) if version else value
