"""The only module that opens files: reads the data strictly, once, and builds what rests on it."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import travelplan
from travelplan.destinations import DestinationList
from travelplan.emissions.factors import FactorSet, Profile
from travelplan.errors import DataError, Fault, FieldProblem, InputError
from travelplan.journeys.plan import Transport, TransportDocuments
from travelplan.journeys.timetable import RailTexts
from travelplan.language import LANGUAGES, Language, message
from travelplan.places import Places, Tables
from travelplan.reference import Reference
from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.reach import Reach
from travelplan.scheme.rulebook import Scheme
from travelplan.strict import Document, read_yaml
from travelplan.upkeep.parameters import Parameters

if TYPE_CHECKING:
    from travelplan.report.map import Background

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"
DEFAULT_SCHEME = "stad-gent"
DEFAULT_FACTORS = "travelplan-2026.1"


def load_reference(
    *,
    scheme: str = DEFAULT_SCHEME,
    factors: str = DEFAULT_FACTORS,
    destinations: Path | None = None,
) -> Reference:
    """Read everything that an answer rests on.

    Args:
        scheme: the id of a scheme; see `scheme_ids`.
        factors: the id of a factor set.
        destinations: the list of the organisation; the shipped one if not given.

    Raises:
        InputError: there is no such scheme or factor set.
        DataError: a file is missing or has faults; each is named with its line.
    """
    listed, edition = load_destinations_with_version(destinations or destinations_path())
    places, transport, factor_set = load_places(), load_transport(), load_factors(factors)
    versions = {
        "travelplan": travelplan.__version__,
        "places": places.head.edition,
        **transport.versions,
        "factors": factor_set.id,
        "destinations": edition,
    }
    return Reference(
        places=places,
        transport=transport,
        factors=factor_set,
        scheme=load_scheme(scheme),
        destinations=listed,
        versions=versions,
        standard=load_factors(DEFAULT_FACTORS),
    )


def scheme_ids() -> list[str]:
    """Return the ids of the shipped schemes."""
    return _ids("schemes")


@cache
def load_scheme(scheme: str) -> Scheme:
    """Return a shipped scheme by its id; raises InputError if there is none."""
    _require("scheme", scheme, scheme_ids())
    return compile_scheme(read_document(DATA / "schemes" / f"{scheme}.yaml"))


def factor_set_ids() -> list[str]:
    """Return the ids of the shipped factor sets."""
    return _ids("factors")


def read_scheme(path: Path) -> Scheme:
    """Return the scheme in a file; raises DataError if it has faults."""
    return compile_scheme(read_document(path))


@cache
def load_reach() -> Reach:
    """Return what data can reach, for the proof of a scheme."""
    return Reach.from_document(read_document(DATA / "limits.yaml"))


@cache
def load_factors(factors: str = DEFAULT_FACTORS) -> FactorSet:
    """Return a shipped factor set by its id; raises InputError if there is none."""
    _require("factors", factors, factor_set_ids())
    path = DATA / "factors" / f"{factors}.yaml"
    document = read_document(path)
    if isinstance(document.content, dict) and "based_on" in document.content:
        return _load_profile(document)
    return document.parse(FactorSet)


def _load_profile(document: Document) -> FactorSet:
    """Return a set that rests on another one, which must be the very file that it names."""
    profile = document.parse(Profile)
    base = DATA / "factors" / f"{profile.based_on.id}.yaml"
    if sha256(read_text(base).encode("utf-8")).hexdigest() != profile.based_on.sha256:
        fault = document.fault(
            ("based_on", "sha256"),
            f"is not the hash of {base.name}.",
            "Released sets never change: base the profile on a new set.",
        )
        raise DataError(document.file, [fault])
    return profile.over(load_factors(profile.based_on.id))


@cache
def load_places() -> Places:
    """Return the gazetteer."""
    room = DATA / "places"
    return Places.from_texts(
        read_document(room / "head.yaml"),
        gazetteer=read_text(room / "places.tsv.gz"),
        tables=Tables(**{name: read_text(room / f"{name}.csv") for name in Tables._fields}),
    )


def with_geocoder(places: Places, environment: Mapping[str, str] = os.environ) -> Places:
    """Return the gazetteer with the geocoder that the environment names; the same without one.

    TRAVELPLAN_GEOCODER is the address of a Nominatim server, TRAVELPLAN_GEOCODER_AGENT says who
    asks it. Raises ValueError if one of them is unusable.
    """
    server = environment.get("TRAVELPLAN_GEOCODER")
    if not server:
        return places
    from travelplan.places.online import Geocoder  # noqa: PLC0415  (only who asks for it)

    agent = environment.get("TRAVELPLAN_GEOCODER_AGENT", "")
    return places.with_online(Geocoder(server, agent, places.continents))


@cache
def load_transport() -> Transport:
    """Return the rail network, the airports and the roads."""
    documents = TransportDocuments(
        rules=read_document(DATA / "journeys.yaml"),
        rail_head=read_document(DATA / "rail" / "head.yaml"),
        airports_head=read_document(DATA / "airports.yaml"),
        night_trains=read_document(DATA / "night_trains.yaml"),
        crossings=read_document(DATA / "crossings.yaml"),
    )
    return Transport.from_texts(
        documents, rail=read_rail(DATA / "rail"), airports=read_text(DATA / "airports.csv")
    )


def read_rail(room: Path) -> RailTexts:
    """Return the texts of a rail timetable: its files of lines and the tables beside them."""
    return RailTexts(
        lines={path.name: read_text(path) for path in sorted((room / "lines").glob("*.txt"))},
        stations=read_text(room / "stations.csv"),
        walks=read_text(room / "walks.csv"),
        connections=read_text(room / "connections.csv"),
        countries=read_text(room / "countries.csv"),
    )


@cache
def load_background() -> Background:
    """Return the coasts and borders for the map of a route."""
    from travelplan.report.map import Background  # noqa: PLC0415  (only when a map is drawn)

    return Background.from_text(read_text(DATA / "europe.txt"))


def load_destinations(path: Path) -> DestinationList:
    """Return the list of destinations in a file; raises DataError if it has faults."""
    return load_destinations_with_version(path)[0]


def load_destinations_with_version(path: Path) -> tuple[DestinationList, str]:
    """Return the list in a file with the hash of the very text that was read.

    Raises:
        DataError: the file is missing or has faults, each named with its line.
    """
    text = read_text(path)
    version = sha256(text.encode("utf-8")).hexdigest()[:12]
    return read_yaml(text, path.name).parse(DestinationList), version


def destinations_path() -> Path:
    """Return where the shipped list is: beside the package in a checkout, else inside it."""
    beside = PACKAGE.parent / "destinations.yaml"
    return beside if beside.exists() else DATA / "destinations.yaml"


@cache
def load_language(code: str, rooms: tuple[Path, ...] = (PACKAGE,)) -> Language:
    """Return a language with the catalogues of some packages; the library's own by default.

    Raises:
        InputError: the language is not one of nl, fr and en.
    """
    _require("lang", code, LANGUAGES)
    catalogue: dict[str, str] = {}
    if code != "en":
        for room in rooms:
            catalogue.update(_read_catalogue(room / "translations" / f"{code}.po"))
    return Language(code, catalogue)


def _read_catalogue(path: Path) -> Iterable[tuple[str, str]]:
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open(encoding="utf-8") as file:
        return [(str(m.id), str(m.string)) for m in read_po(file) if m.id and m.string]


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, unpacked if its name ends in .gz.

    Raises:
        DataError: the file is missing or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise DataError(str(path), [Fault(1, "", f"{reason}.", "Check the path.")]) from None
    if path.suffix == ".gz":
        raw = _unpacked(raw, path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Fault(line, "", "is not UTF-8 text.", "Save the file as UTF-8.")
        raise DataError(str(path), [fault]) from None


def _unpacked(raw: bytes, path: Path) -> bytes:
    try:
        return gzip.decompress(raw)
    except (EOFError, OSError, zlib.error):
        fault = Fault(1, "", "is not a whole gzip file.", "Fetch it anew, or rebuild it.")
        raise DataError(str(path), [fault]) from None


def read_document(path: Path) -> Document:
    """Return a strict YAML file as a document that knows its lines."""
    return read_yaml(read_text(path), path.name)


def _ids(room: str) -> list[str]:
    return sorted(path.stem for path in (DATA / room).glob("*.yaml"))


def _require(field: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        text = message(
            "There is no “{given}”. Choose one of {known}.",
            given=given[:60],
            known=", ".join(sorted(known)),
        )
        raise InputError([FieldProblem(field, "unknown", text)])


def load_parameters(*overriding: Mapping[str, int]) -> Parameters:
    """Return the thresholds of a review, with other values in their place."""
    return Parameters.of(read_document(DATA / "review.yaml"), *overriding)
