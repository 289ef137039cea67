"""What an answer says beside its decision: the days, the meeting, longer changes, a new version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travelplan.journeys.arrival import Timing
from travelplan.journeys.night_trains import clock_min
from travelplan.language import Message, Minutes, message
from travelplan.recommendation import Recommendation
from travelplan.scheme.words import MODES, OUTCOMES
from travelplan.trip import Meeting, Trip

PAST = message("This day lies in the past: has the trip been made already?")
_CLOCK = "%H:%M"


def remarks(answer: Recommendation) -> Iterator[Message]:
    """Yield what a person must know of an answer, a sentence at a time."""
    trip = answer.trip
    if trip.in_past:
        yield PAST
    if answer.timing and trip.meeting:
        yield from _timing(answer.timing, trip.meeting, answer)
    elif trip.meeting and answer.parts:
        yield message(
            "For a trip with more destinations we do not say when to leave for a meeting."
        )
    if trip.private_days:
        yield from _days_off(answer.made)
    yield from _new_version(answer)
    yield from _assistance(answer)


def _timing(timing: Timing, meeting: Meeting, answer: Recommendation) -> Iterator[Message]:
    at = meeting.begins.strftime(_CLOCK)
    if timing.days_before:
        yield from _too_late(timing, at, meeting, answer)
    else:
        yield message(
            "The meeting of {day} begins at {time}: leaving on {leave} you are there in time "
            "({mode}).",
            day=meeting.day,
            time=at,
            leave=timing.leave_on,
            mode=MODES[timing.by],
        )
    yield message(
        "There is no timetable behind this: we count from door to door, leave home at {earliest} "
        "at the earliest and are there {spare} before (assumptions).",
        earliest=timing.earliest,
        spare=Minutes(timing.spare_min),
    )
    if not timing.clock_known:
        yield message("We do not know the time difference with your destination: check it.")


def _too_late(
    timing: Timing, at: str, meeting: Meeting, answer: Recommendation
) -> Iterator[Message]:
    """Yield on which day to leave, that the decision stays, and the nights that it adds."""
    yield message(
        "Leave on {day}. Who leaves home on {asked} at {earliest} is not there by {time} ({mode}).",
        day=timing.leave_on,
        asked=timing.asked,
        earliest=timing.earliest,
        time=at,
        mode=MODES[timing.by],
    )
    others = [MODES[mode] for mode, in_time in timing.in_time.items() if in_time]
    if others:
        yield message(
            "On the day itself these would be in time: {modes}. That does not change the rule.",
            modes=joined(others),
        )
    else:
        yield message("No way is in time on the day itself.")
    if timing.days_before == 1:
        yield message("That is one night more; it counts as a night of work.")
    else:
        yield message(
            "That is {number} nights more; they count as nights of work.", number=timing.days_before
        )
    if answer.trip.multi_day is False:
        yield message("So the trip takes several days, and is judged as such.")
    yield message(
        "The decision for the trip that begins on {day}: {outcome}.",
        day=timing.leave_on,
        outcome=OUTCOMES[answer.outcome],
    )
    yield from _by_night(timing, at, meeting, answer)


def _by_night(
    timing: Timing, at: str, meeting: Meeting, answer: Recommendation
) -> Iterator[Message]:
    """Yield which night train of the evening before is there in time, or that none is."""
    trains = answer.planned.night_trains if answer.planned else ()
    nights = [j.night for j in trains if j.night and j.night.evening == timing.leave_on]
    if not nights or (meeting.day - timing.leave_on).days != 1:
        return
    until = meeting.begins_min - timing.spare_min
    in_time = next((night for night in nights if clock_min(night.be_there) <= until), None)
    if in_time:
        yield message(
            "{train} is there at about {there}: in time for {time}, without a hotel.",
            train=in_time.train,
            there=in_time.be_there,
            time=at,
        )
    else:
        yield message(
            "{train} is there at about {there}: too late for {time}.",
            train=nights[0].train,
            there=nights[0].be_there,
            time=at,
        )


def joined(items: Sequence[Message]) -> Message:
    """Return messages as one, with commas between them."""
    found = items[0]
    for item in items[1:]:
        found = message("{days}, {day}", days=found, day=item)
    return found


def _days_off(made: Trip) -> Iterator[Message]:
    nights, days = made.business_nights, made.business_days
    yield message(
        "Days off: {before} before and {after} after the work. They lie within the dates.",
        before=made.private_before,
        after=made.private_after,
    )
    if nights is not None and days is not None:
        yield message(
            "The scheme judges by the work (days: {days}, nights: {nights}). Hotel nights are "
            "counted for the work only.",
            days=days,
            nights=nights,
        )


def _new_version(answer: Recommendation) -> Iterator[Message]:
    later = answer.version_to_come
    if later is not None:
        yield message(
            "A new version of the scheme starts on {day}, during your trip. The day of departure "
            "decides for both ways: {depart}, version {version}.",
            day=later.first_day,
            depart=answer.made.depart,
            version=answer.decision.version.version.isoformat(),
        )


def _assistance(answer: Recommendation) -> Iterator[Message]:
    """Yield what longer changes do, for each part of a tour apart."""
    if not answer.trip.assistance:
        return
    yield message(
        "You ask for more time at changes. Anyone may; we do not ask why and do not keep why."
    )
    for part in answer.parts:
        for sentence in _longer(part):
            yield message(
                "{origin} → {destination}: {sentence}",
                origin=part.trip.origin.names,
                destination=part.trip.destination.names,
                sentence=sentence,
            )
    yield from _longer(answer)


def _longer(answer: Recommendation) -> Iterator[Message]:
    assisted = answer.assisted
    if assisted is None or assisted.longer_min is None:
        return
    if not assisted.longer_min:
        yield message("By train there is no change to make, so it takes no longer.")
        return
    yield message(
        "Changes by train: {changes}. It takes {longer} longer by that. The rules stay the same.",
        changes=assisted.changes,
        longer=Minutes(assisted.longer_min),
    )
    now, before = answer.decision, assisted.without
    if now.outcome != before.outcome:
        yield message(
            "Without that time the outcome would be “{before}”; it is “{now}”.",
            before=OUTCOMES[before.outcome],
            now=OUTCOMES[now.outcome],
        )
    elif now.borderline and not before.borderline:
        yield message("By that time the decision has become borderline.")
    elif before.borderline and not now.borderline:
        yield message("Without that time the decision would be borderline.")
    else:
        yield message("The decision is the same without that time.")
