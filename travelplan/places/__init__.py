"""Places by name, offline: searched, ranked, asked when unclear, refused when unknown."""

from travelplan.places.gazetteer import Places
from travelplan.places.model import Place, SearchResult
from travelplan.places.normalise import normalise

__all__ = ["Place", "Places", "SearchResult", "normalise"]
