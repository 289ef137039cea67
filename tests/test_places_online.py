"""The optional geocoder, against a server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from travelplan import parse_trip
from travelplan.errors import GeocoderError, InputError
from travelplan.files import load_places
from travelplan.places.online import Geocoder, Manners

HAMLET = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 123,
    "lat": "46.5",
    "lon": "7.9",
    "name": "Gimmelwald",
    "display_name": "Gimmelwald, Schweiz",
    "address": {"hamlet": "Gimmelwald", "state": "Bern", "country_code": "ch"},
    "namedetails": {"name:en": "Gimmelwald village"},
}
AT_SEA = {**HAMLET, "osm_id": 9, "address": {}}


class Server(ThreadingHTTPServer):
    """A pretended Nominatim that notes what it is asked."""

    daemon_threads = True
    answer: Any = [HAMLET, AT_SEA]
    status = 200
    wait_s = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[float, str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        agent = self.headers.get("User-Agent", "")
        self.server.asked.append((monotonic(), query.get("q", [""])[0], agent))
        sleep(self.server.wait_s)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server()
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()
    thread.join(timeout=5)


def geocoder(server: Server, **manners: float) -> Geocoder:
    quick = Manners(**{"between_s": 0.0, **manners})  # type: ignore[arg-type]
    return Geocoder(server.address, "travelplan-test", load_places().continents, quick)


def test_what_the_gazetteer_lacks_is_offered_and_can_be_chosen(server: Server) -> None:
    places = load_places().with_online(geocoder(server))

    with pytest.raises(InputError) as asked:
        parse_trip({"destination": "Gimmelwald", "nights": "1"}, places)
    candidate = asked.value.problems[0].candidates[0]
    trip = parse_trip({"destination": candidate.id, "nights": "1"}, places)

    assert candidate.id == "osm:N123"
    assert (trip.destination.name, trip.destination.country) == ("Gimmelwald", "CH")
    assert (trip.destination.names.en, trip.destination.names.nl) == (
        "Gimmelwald village",
        "Gimmelwald",
    )
    assert trip.destination.region == "Bern"
    assert server.asked[0][1:] == ("Gimmelwald", "travelplan-test")


def test_what_the_gazetteer_knows_is_never_sent(server: Server) -> None:
    places = load_places().with_online(geocoder(server))

    for typed in ("Parijs", "Melle", "BRU", "gn:2797656", "osm:N1"):
        places.find(typed)

    assert server.asked == []


def test_it_is_off_by_default(server: Server) -> None:
    assert load_places().find("Gimmelwald").status == "not_found"
    assert load_places().get("osm:N123") is None
    assert server.asked == []


def test_a_name_is_asked_once(server: Server) -> None:
    online = geocoder(server)

    assert online.search("Gimmelwald") == online.search(" gimmelwald ")
    assert len(server.asked) == 1


def test_there_is_a_second_between_requests(server: Server) -> None:
    online = geocoder(server, between_s=0.4)

    threads = [threading.Thread(target=online.search, args=(name,)) for name in ("A1", "B1", "C1")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    times = sorted(moment for moment, _, _ in server.asked)
    assert all(later - earlier >= 0.35 for earlier, later in pairwise(times))
    assert Manners().between_s == 1.0


@pytest.mark.parametrize(
    ("attributes", "manners"),
    [
        ({"wait_s": 0.5}, {"timeout_s": 0.1}),
        ({"status": 500}, {}),
        ({"status": 302}, {}),
        ({"answer": {"error": "no"}}, {}),
    ],
)
def test_a_server_in_trouble_is_an_error_that_names_it(
    server: Server, attributes: dict[str, Any], manners: dict[str, float]
) -> None:
    for name, value in attributes.items():
        setattr(server, name, value)

    with pytest.raises(GeocoderError) as refused:
        geocoder(server, **manners).search("Gimmelwald")

    assert refused.value.server == server.address


def test_without_an_answer_the_gazetteer_suggests_and_says_so(server: Server) -> None:
    server.status = 503
    result = load_places().with_online(geocoder(server)).find("Amsterdm")

    assert result.candidates[0].name == "Amsterdam"
    assert server.address in result.trouble


def test_after_failures_it_is_left_in_peace(server: Server) -> None:
    server.status = 503
    online = geocoder(server, most_failures=2)
    for _ in range(5):
        with pytest.raises(GeocoderError):
            online.search("Gimmelwald")

    assert len(server.asked) == 2


def test_the_cache_does_not_grow_without_end(server: Server) -> None:
    online = geocoder(server, most_cached=2)
    for name in ("one", "two", "three"):
        online.search(name)

    assert len(online._known) == 2


@pytest.mark.parametrize(("address", "agent"), [("ftp://x", "a"), ("", "a"), ("http://x", " ")])
def test_a_geocoder_needs_a_server_and_a_name(address: str, agent: str) -> None:
    with pytest.raises(ValueError, match=r"needs a user agent|not the address"):
        Geocoder(address, agent, {})
