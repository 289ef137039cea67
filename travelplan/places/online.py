"""An online geocoder for what the gazetteer lacks. Off unless an organisation names a server.

Keeps to the rules of public Nominatim servers: one request a second for the whole process, an own
user agent, a cache, no search while typing. Names that people type go to that server, which is
why nothing here is used unasked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from travelplan.errors import GeocoderError
from travelplan.language import Words
from travelplan.places.model import Place
from travelplan.places.normalise import normalise

MOST_FOUND = 5
_KINDS = ("city", "town", "village", "municipality", "hamlet", "suburb", "county")


@dataclass(frozen=True, slots=True)
class Manners:
    """How the server is treated: seconds between requests and to wait for an answer.

    After `most_failures` in a row nothing is asked for `rest_s` seconds.
    """

    between_s: float = 1.0
    timeout_s: float = 3.0
    most_failures: int = 5
    rest_s: float = 60.0
    most_cached: int = 10_000


class Geocoder:
    """Places by name from one Nominatim server."""

    def __init__(
        self,
        server: str,
        user_agent: str,
        continents: Mapping[str, str],
        manners: Manners | None = None,
    ) -> None:
        """Name the server; nothing is sent before the first search.

        Args:
            server: its address, such as https://nominatim.example.org.
            user_agent: the name of the application and a way to reach its operator.
            continents: the continent of each country code.
            manners: how the server is treated.

        Raises:
            ValueError: the address is not http or https, or the user agent is empty.
        """
        address = urlsplit(server)
        if address.scheme not in ("http", "https") or not address.netloc:
            raise ValueError(f"not the address of a server: {server}")
        if not user_agent.strip():
            raise ValueError("a geocoder needs a user agent that says who asks")
        self.server = server
        self._manners = manners or Manners()
        self._continents = continents
        nominatim = Nominatim(
            domain=address.netloc + address.path.rstrip("/"),
            scheme=address.scheme,
            user_agent=user_agent,
            timeout=self._manners.timeout_s,
            adapter_factory=_WithoutRedirects,
        )
        self._ask = RateLimiter(
            nominatim.geocode,
            min_delay_seconds=self._manners.between_s,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[Place, ...]] = OrderedDict()
        self._by_id: dict[str, Place] = {}
        self._failures = 0
        self._rests_until = 0.0

    def search(self, typed: str) -> tuple[Place, ...]:
        """Return at most 5 places of a name; asks the server once for each name.

        Raises:
            GeocoderError: it does not answer in time or at all, or rests after many failures.
        """
        name = normalise(typed)
        with self._lock:
            if name not in self._known:
                self._remember(name, tuple(self._fetched(typed)))
            return self._known[name]

    def get(self, id: str) -> Place | None:  # noqa: A002  (the word that everyone uses)
        """Return a place that an earlier search found, such as "osm:N123"; None if unknown."""
        return self._by_id.get(id)

    def _remember(self, name: str, found: tuple[Place, ...]) -> None:
        self._known[name] = found
        self._by_id.update({place.id: place for place in found})
        if len(self._known) > self._manners.most_cached:
            _, forgotten = self._known.popitem(last=False)
            for place in forgotten:
                self._by_id.pop(place.id, None)

    def _fetched(self, typed: str) -> list[Place]:
        if monotonic() < self._rests_until:
            raise GeocoderError(self.server, "did not answer before; not asked again yet")
        try:
            found = self._ask(
                typed, exactly_one=False, limit=MOST_FOUND, addressdetails=True, namedetails=True
            )
        except GeopyError as error:
            self._failures += 1
            if self._failures >= self._manners.most_failures:
                self._failures, self._rests_until = 0, monotonic() + self._manners.rest_s
            raise GeocoderError(self.server, str(error) or type(error).__name__) from None
        self._failures = 0
        places = (self._place(location.raw) for location in found or ())
        return [place for place in places if place]

    def _place(self, raw: Mapping[str, Any]) -> Place | None:
        """Return an answer of the server as a place, or None if it is no place on a continent."""
        address = raw.get("address") or {}
        country = str(address.get("country_code", "")).upper()
        own = str(raw.get("name") or next((address[k] for k in _KINDS if k in address), ""))
        try:
            lat, lon = float(raw["lat"]), float(raw["lon"])
            id_ = f"osm:{str(raw['osm_type'])[0].upper()}{int(raw['osm_id'])}"
        except (KeyError, ValueError, IndexError):
            return None
        if country not in self._continents or not own:
            return None
        names = raw.get("namedetails") or {}
        nl, fr, en = (str(names.get(f"name:{code}", own)) for code in ("nl", "fr", "en"))
        region = str(address.get("state", ""))
        return Place(
            id_, own, Words(nl, fr, en), country, self._continents[country], region, lat, lon
        )


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: an answer comes from the server that was named, or not at all."""


class _WithoutRedirects(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        proxy = ProxyHandler(proxies)
        opener = build_opener(proxy, HTTPSHandler(context=ssl_context), _NoRedirect)
        self.urlopen = opener.open
