"""What a traveller is told of a night train."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from travelplan.journeys.model import NightStay
from travelplan.journeys.night_trains import NightRide
from travelplan.journeys.timetable import Station
from travelplan.language import Message, message

WEEKDAYS: Mapping[str, Message] = {
    "mon": message("Monday"),
    "tue": message("Tuesday"),
    "wed": message("Wednesday"),
    "thu": message("Thursday"),
    "fri": message("Friday"),
    "sat": message("Saturday"),
    "sun": message("Sunday"),
}


def night_notes(
    ride: NightRide, stay: NightStay, stations: Mapping[str, Station]
) -> Iterator[Message]:
    """Yield what the traveller must know of a night train, a sentence at a time."""
    about = message("about ") if stay.approximate else ""
    yield message(
        "{train}: {origin} {about}{departs} → {destination} {about}{arrives} the next morning.",
        train=ride.train.name,
        origin=stations[ride.start.station].names,
        destination=stations[ride.end.station].names,
        about=about,
        departs=stay.departs,
        arrives=stay.arrives,
    )
    if len(ride.train.days) < len(WEEKDAYS):
        yield _said_days(ride)
    yield message(
        "You leave at about {leave} and are there at about {there}.",
        leave=stay.leave_home,
        there=stay.be_there,
    )
    yield message("It saves a hotel night.")
    if stay.working_day_kept:
        yield message("Both working days are kept.")
    if stay.status == "announced":
        yield message("It is announced; check whether it runs.")
    yield message("Days and times as of {date}; check them before you book.", date=stay.as_of)


def _said_days(ride: NightRide) -> Message:
    """Return the evenings on which one can board, as a sentence."""
    names = list(WEEKDAYS)
    moved = [names[(names.index(day) + ride.days_before) % len(names)] for day in ride.train.days]
    listed: Message | None = None
    for day in sorted(moved, key=names.index):
        said = WEEKDAYS[day]
        listed = message("{days}, {day}", days=listed, day=said) if listed else said
    return message("It runs in the evening of: {days}.", days=listed)


def none_that_night(evening: date, night: date) -> Message:
    """Return that no train runs on an evening, and when the next one does."""
    return message(
        "None in the evening of {evening}; the next is in the evening of {night}.",
        evening=evening,
        night=night,
    )
