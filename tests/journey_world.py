"""The shipped transport, places to ask it for, and a small world to check with a pencil."""

from __future__ import annotations

from functools import cache

from travelplan.files import load_transport
from travelplan.journeys.plan import Transport
from travelplan.journeys.rail import Network
from travelplan.journeys.timetable import RailTexts
from travelplan.language import Words
from travelplan.places.model import Place
from travelplan.strict import read_yaml

HEAD = """
edition: test
as_of: '2025'
source: {title: A world of five stations}
basis: assumption
change:
  transfer_min: 12
  headway_share: 0.3
  headway_most_min: 30
  service_day_min: 960
  dislike_min: 0
  basis: assumption
check_in:
  operator: Tunnel
  station: Echo
  gates: {Echo: 45}
  arrivals: {Echo: 10}
  elsewhere_min: 35
  first_train_min: 45
  basis: assumption
limit_min: 960
tolerance: 0.1
tolerance_by_confidence: {high: 0.1, medium: 0.15, low: 0.2}
tolerance_basis: assumption
alternative_longer_min: 40
alternative_basis: assumption
energy_source: {title: by hand}
countries_source: {title: by hand}
...
"""
STATIONS = """station,city,country,lat,lon,name_nl,name_fr,name_en
Alpha,Alpha,BE,51.0,4.0,Alfa,Alpha,Alpha
Bravo,Bravo,BE,51.0,4.5,Bravo,Bravo,Bravo
Charlie,Charlie,FR,51.0,5.0,Charlie,Charlie,Charlie
Delta,Delta,DE,52.0,4.5,Delta,Delta,Delta
Echo,Echo,GB,51.0,0.0,Echo,Echo,Echo
"""
LINES = """# three lines
as_of: 2025
confidence: high
source: by hand
L1 | Plain | intercity | ic | 32 | Alpha:0:0 > Bravo:30:40 > Charlie:60:100
L2 | Quick | high-speed | hsr | 8 | Bravo:0:0 > Delta:50:150
L3 | Tunnel | high-speed | eurostar_channel | 16 | Charlie:0:0 > Echo:40:80
"""
WALKS = "station_a,station_b,minutes,km,mode\n"
COUNTRIES = """station_a,station_b,country,share
Alpha,Bravo,BE,1.000
Alpha,Delta,BE,1.000
Bravo,Charlie,BE,0.500
Bravo,Charlie,FR,0.500
Bravo,Delta,DE,0.600
Bravo,Delta,BE,0.400
Charlie,Echo,GB,0.500
Charlie,Echo,FR,0.500
"""


CONNECTIONS = "station,lines_a,station_a,lines_b,station_b,minutes,note\n"


def small_network(
    lines: str = LINES, walks: str = WALKS, connections: str = CONNECTIONS
) -> Network:
    """Return the network of five stations, with other lines, walks or connections if given."""
    texts = RailTexts(
        lines={"lines.txt": lines},
        stations=STATIONS,
        walks=walks,
        connections=connections,
        countries=COUNTRIES,
    )
    return Network.from_texts(read_yaml(HEAD, "head.yaml"), texts)


@cache
def shipped() -> Transport:
    """Return the transport of the package."""
    return load_transport()


def place(name: str, country: str, continent: str, lat: float, lon: float) -> Place:
    """Return a place made by hand."""
    return Place(name, name, Words(name, name, name), country, continent, "", lat, lon)


PLACES = {
    p.name: p
    for p in (
        place("Gent", "BE", "EU", 51.05, 3.7167),
        place("Merelbeke", "BE", "EU", 51.0, 3.75),
        place("Ledeberg", "BE", "EU", 51.0378, 3.7437),
        place("Aalst", "BE", "EU", 50.936, 4.0355),
        place("Terneuzen", "NL", "EU", 51.3358, 3.8278),
        place("Egmond aan Zee", "NL", "EU", 52.6208, 4.6271),
        place("Lille", "FR", "EU", 50.633, 3.0586),
        place("Paris", "FR", "EU", 48.8534, 2.3488),
        place("Halesworth", "GB", "EU", 52.3446, 1.5029),
        place("London", "GB", "EU", 51.5085, -0.1257),
        place("Amsterdam", "NL", "EU", 52.374, 4.8897),
        place("Utrecht", "NL", "EU", 52.0908, 5.1222),
        place("Berlin", "DE", "EU", 52.5244, 13.4105),
        place("Nantes", "FR", "EU", 47.2172, -1.5534),
        place("Vienna", "AT", "EU", 48.2085, 16.3721),
        place("Barcelona", "ES", "EU", 41.3888, 2.159),
        place("Palma", "ES", "EU", 39.5694, 2.6502),
        place("Dublin", "IE", "EU", 53.3331, -6.2489),
        place("Reykjavík", "IS", "EU", 64.1355, -21.8954),
        place("Valletta", "MT", "EU", 35.8997, 14.5147),
        place("Kyiv", "UA", "EU", 50.4547, 30.5238),
        place("Lviv", "UA", "EU", 49.8383, 24.0232),
        place("Moscow", "RU", "EU", 55.7522, 37.6156),
        place("Ankara", "TR", "AS", 39.9199, 32.8543),
        place("Athens", "GR", "EU", 37.9838, 23.7278),
        place("Istanbul", "TR", "AS", 41.0138, 28.9497),
        place("Vaduz", "LI", "EU", 47.1415, 9.5215),
        place("Kanazawa", "JP", "AS", 36.6, 136.6167),
        place("Kinshasa", "CD", "AF", -4.3276, 15.3136),
        place("New York", "US", "NA", 40.7143, -74.006),
        place("Tampa", "US", "NA", 27.9475, -82.4584),
    )
}
