"""Places by name, offline: searched, ranked, asked when unclear, refused when unknown."""

from travelplan.places.gazetteer import Places
from travelplan.places.index import Tables
from travelplan.places.model import Place, SearchResult
from travelplan.places.normalise import normalise
from travelplan.places.stops import Stop

__all__ = ["Place", "Places", "SearchResult", "Stop", "Tables", "normalise"]
