from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journey_world import CONNECTIONS, LINES, WALKS, shipped, small_network

from travelplan.errors import DataError
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.ways import RailWay

NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo")


def between(network: Network, a: str, b: str) -> RailWay:
    way = network.way((Access(a),), (Access(b),))
    assert way
    return way


def test_a_through_ride_costs_no_change() -> None:
    way = between(small_network(), "Alpha", "Charlie")
    assert (way.minutes, way.changes, way.km) == (60, 0, 100)
    assert [leg.line for leg in way.legs] == ["L1"]


def test_a_change_is_charged_half_by_each_line() -> None:
    # L1 runs 32 times: 12 + 0.3 x 30 = 21, even 20. L2 runs 8 times: 12 + 30 (at most) = 42.
    way = between(small_network(), "Alpha", "Delta")
    assert (way.minutes, way.changes, way.km) == (30 + 10 + 21 + 50, 1, 190)
    assert [leg.wait_min for leg in way.legs] == [0, 31]


def test_check_in_counts_in_a_change_onto_the_train_only() -> None:
    network = small_network()
    out = between(network, "Alpha", "Echo")
    back = between(network, "Echo", "Alpha")
    # At Charlie the gate takes 35 more; at Echo one only leaves the terminal, at the journey's end.
    assert out.minutes == 60 + 10 + 15 + 35 + 40
    assert back.minutes == out.minutes - 35
    assert (out.check_in_min, back.check_in_min) == (0, 45)


def test_kilometres_are_split_by_country() -> None:
    way = between(small_network(), "Alpha", "Delta")
    assert [dict(leg.km_by_country) for leg in way.legs] == [{"BE": 40}, {"DE": 90, "BE": 60}]
    assert way.legs[0].kind == "ic"


def test_the_way_to_a_station_is_counted() -> None:
    way = small_network().way((Access("Alpha", 20, 10),), (Access("Bravo", 15, 5),))
    assert way
    assert way.minutes == 20 + 30 + 15


def test_going_on_by_road_from_a_common_station_is_no_rail() -> None:
    network = small_network()
    assert (
        network.way((Access("Alpha"),), (Access("Alpha", 60, 40), Access("Bravo", 31, 20))) is None
    )
    assert network.way((Access("Alpha"),), (Access("Alpha", 60, 40), Access("Bravo", 29, 20)))


def test_a_walk_joins_two_stations() -> None:
    walks = WALKS + "Alpha,Delta,25,2.5,metro\n"
    way = between(small_network(walks=walks), "Echo", "Delta")
    assert [leg.mode for leg in way.legs] == ["train", "train", "train"]
    assert (way.changes, way.legs[-1].line, way.legs[-1].kind) == (1, "", "regional")


def test_a_slower_walk_does_not_displace_a_ride() -> None:
    # By train 30 minutes, and 10 more until one may leave it; on foot 35.
    way = between(small_network(walks=WALKS + "Alpha,Bravo,35,3.0,walk\n"), "Alpha", "Bravo")
    assert (way.minutes, way.legs[0].mode) == (30, "train")


def test_without_lines_there_is_no_way() -> None:
    lines = "\n".join(LINES.splitlines()[:6])
    assert small_network(lines).way((Access("Alpha"),), (Access("Echo"),)) is None
    assert small_network().way((Access("Alpha"),), ()) is None


def test_of_equally_quick_ways_the_one_with_fewer_changes_wins() -> None:
    lines = LINES + "L4 | Plain | intercity | ic | 8 | Alpha:0:0 > Delta:111:300\n"
    assert between(small_network(lines), "Alpha", "Delta").changes == 0


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 200), st.integers(1, 200))
def test_more_trains_are_never_slower(a: str, b: str, few: int, more: int) -> None:
    few, more = sorted((few, more))
    minutes = []
    for trains in (few, more):
        network = small_network(LINES.replace("| 8 |", f"| {trains} |"))
        minutes.append(network.minutes_to_all((Access(a),)).get(b, 0))
    assert minutes[1] <= minutes[0]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("L1 | P | intercity | ic | 9 | Alpha:0:0 > Zulu:9:9", "Zulu is not in stations.csv"),
        ("L1 | P | intercity | ic | 9 | Alpha:0:0 > Bravo:9:9 | sure", "sure is not a confidence"),
        ("L1 | P | intercity | ic | 9 | Alpha:0/0:0 > Bravo:9/0:9", "not later and farther"),
        ("L1 | P | rocket | ic | 9 | Alpha:0:0 > Bravo:9:9", "rocket is not a kind"),
        ("L1 | P | intercity | warp | 9 | Alpha:0:0 > Bravo:9:9", "warp is not an energy class"),
        ("L1 | P | intercity | ic | 0 | Alpha:0:0 > Bravo:9:9", "no train a day"),
        ("L1 | P | intercity | ic | 9 | Alpha:0:0 > Bravo:0:9", "not later and farther"),
        ("L1 | P | intercity | ic | 9 | Alpha:0:0", "fewer than two stops"),
        (LINES + LINES[12:], "stands here twice"),
        ("L1 | P | intercity", "Write: id | operator"),
        ("L1 | P | intercity | ic | 9 | Alpha:0:0 > Echo:9:9", "the hop is missing"),
    ],
)
def test_a_faulty_line_is_refused_and_named(lines: str, fault: str) -> None:
    head = "" if lines.startswith("#") else "as_of: 2025\nconfidence: high\nsource: by hand\n"
    with pytest.raises(DataError, match=fault.replace("|", r"\|")):
        small_network(head + lines)


def test_a_file_of_lines_says_where_it_comes_from() -> None:
    with pytest.raises(DataError, match="confidence"):
        small_network(LINES.replace("confidence: high\n", ""))


def test_the_way_back_may_take_another_time() -> None:
    network = small_network(
        LINES.replace("Bravo:30:40 > Charlie:60", "Bravo:30/34:40 > Charlie:60/68")
    )
    assert between(network, "Alpha", "Charlie").minutes == 60
    assert between(network, "Charlie", "Alpha").minutes == 68
    assert between(network, "Charlie", "Bravo").minutes == 34


def test_trains_of_several_lines_shorten_the_wait() -> None:
    # Two more lines as quick as L2 to Delta: 32 trains instead of 8.
    more = "".join(
        f"L{n} | Quick | high-speed | hsr | 12 | Bravo:0:0 > Delta:{50 + n}:150\n" for n in (4, 5)
    )
    few, many = (between(small_network(lines), "Alpha", "Delta") for lines in (LINES, LINES + more))
    assert many.legs[1].wait_min < few.legs[1].wait_min
    slower = LINES + "L6 | Slow | regional | regional | 99 | Bravo:0:0 > Delta:80:150\n"
    assert between(small_network(slower), "Alpha", "Delta").minutes == few.minutes


def test_a_known_quick_connection_has_its_own_minutes() -> None:
    links = CONNECTIONS + "Bravo,L1,Alpha,L2,Delta,6,one platform\n"
    network = small_network(connections=links)
    for a, b in (("Alpha", "Delta"), ("Delta", "Alpha")):
        way = between(network, a, b)
        assert (way.minutes, way.changes) == (30 + 6 + 50, 1)
        assert [leg.wait_min for leg in way.legs] == [0, 6]
    assert between(network, "Charlie", "Delta").minutes > 30 + 6 + 50


def test_a_connection_of_lines_that_do_not_meet_is_refused() -> None:
    with pytest.raises(DataError, match="L2 does not call at Charlie and Delta"):
        small_network(connections=CONNECTIONS + "Charlie,L1,Alpha,L2,Delta,6,why\n")


def test_alternatives_spare_a_change() -> None:
    lines = LINES + "L4 | Plain | intercity | ic | 8 | Alpha:0:0 > Delta:130:190\n"
    network = small_network(lines)
    ends = (Access("Alpha"),), (Access("Delta"),)
    best = network.way(*ends)
    assert best
    (other,) = network.alternatives(best, *ends)
    assert (best.changes, other.changes) == (1, 0)
    assert best.minutes < other.minutes <= best.minutes + network.head.alternative_longer_min


def test_the_tolerance_grows_with_lines_that_we_know_less_well() -> None:
    network = small_network(LINES.replace("Delta:50:150", "Delta:50:150 | low: a guess"))
    way = between(network, "Alpha", "Delta")
    assert [leg.confidence for leg in way.legs] == ["high", "low"]
    assert 0.1 < way.tolerance(network.head.tolerance_by_confidence) < 0.2
    sure = between(network, "Alpha", "Charlie")
    assert sure.tolerance(network.head.tolerance_by_confidence) == pytest.approx(0.1)


def test_every_station_is_reached_from_ghent() -> None:
    network = shipped().network
    reached = network.minutes_to_all((Access("Ghent"),))
    assert set(network.timetable.stations) - set(reached) <= {"Ghent"}


STATIONS = tuple(shipped().network.timetable.stations)


def is_checked_in(way: RailWay) -> bool:
    return any(leg.kind == "eurostar_channel" for leg in way.legs)


@given(st.sampled_from(STATIONS), st.sampled_from(STATIONS))
def test_both_directions_have_the_same_length(a: str, b: str) -> None:
    network = shipped().network
    out = network.way((Access(a),), (Access(b),))
    back = network.way((Access(b),), (Access(a),))
    assert (out is None) == (back is None)
    if out and back:
        assert out.km == pytest.approx(back.km)
        assert out.changes == back.changes
        differs = is_checked_in(out) or any(leg.line == "BG9" for leg in out.legs)
        assert out.minutes == back.minutes or differs


@given(st.sampled_from(STATIONS), st.sampled_from(STATIONS), st.sampled_from(STATIONS))
def test_a_detour_with_a_change_is_never_quicker(a: str, b: str, c: str) -> None:
    network = shipped().network
    head = network.head
    rule = head.check_in
    gates = max(rule.gates.values()) + max(rule.arrivals.values())
    most_change_min = head.change.transfer_min + head.change.headway_most_min + gates + 1
    from_a, from_b = (network.minutes_to_all((Access(x),)) for x in (a, b))
    if len({a, b, c}) == 3:
        assert from_a[c] <= from_a[b] + most_change_min + from_b[c]


@given(st.sampled_from(STATIONS), st.sampled_from(STATIONS))
def test_kilometres_by_country_add_up(a: str, b: str) -> None:
    way = shipped().network.way((Access(a),), (Access(b),))
    for leg in way.legs if way else ():
        assert sum(leg.km_by_country.values()) == pytest.approx(leg.km, rel=0.02, abs=0.5)


def test_the_tunnel_crosses_three_countries() -> None:
    (leg,) = between(shipped().network, "Brussels", "London St Pancras").legs
    assert set(leg.km_by_country) == {"BE", "FR", "GB"}
    assert leg.km_by_country["BE"] == pytest.approx(88, abs=10)


def test_salzburg_to_innsbruck_runs_through_germany() -> None:
    (leg,) = between(shipped().network, "Salzburg", "Innsbruck").legs
    assert set(leg.km_by_country) == {"AT", "DE"}


def test_stations_are_shown_by_their_names() -> None:
    stations = shipped().network.timetable.stations
    assert stations["Ghent"].names.nl == "Gent-Sint-Pieters"
    assert stations["Ghent"].names.fr == "Gand-Saint-Pierre"
    assert stations["Brussels"].names.nl == "Brussel-Zuid"
    assert stations["Cologne"].names.nl == "Keulen"
    assert stations["Vienna"].names.fr == "Vienne"
    assert stations["Krakow"].names.en == "Kraków"
