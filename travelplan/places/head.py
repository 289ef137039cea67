"""What head.yaml says: where the gazetteer comes from, and the constants of the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from travelplan.sourced import Basis, FileModel, Source, TupleOf

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Thresholds(FileModel):
    """From how many inhabitants on a place is in the list.

    The data comes in files that start at these numbers, so no others are possible.
    """

    world: Literal[5000]
    europe: Literal[1000]
    belgium: Literal[500]


class Constant(FileModel):
    """One constant of the ranking, with the reason for it."""

    value: float = Field(ge=0)
    basis: Basis
    because: str


class Ranking(FileModel):
    """The constants by which places of one name are ranked, and when to ask instead.

    Scores are decimal logarithms: 1 stands for ten times the inhabitants, or a tenth of the
    distance. Distances in kilometres, similarity from 0 to 1.
    """

    own_name_bonus: Constant
    familiar_name_bonus: Constant
    written_so_bonus: Constant
    near_km: Constant
    margin: Constant
    margin_over_farther: Constant
    margin_over_by_name: Constant
    margin_over_exonym: Constant
    margin_over_home: Constant
    known_at_home: Constant
    capital_bonus: Constant
    margin_between_continents: Constant
    part_of_city_penalty: Constant
    great_city_inhabitants: Constant
    great_city_km: Constant
    obscure_score: Constant
    village_score: Constant
    least_far_score: Constant
    better_known_by: Constant
    same_town_km: Constant
    least_similarity: Constant
    penalty_per_error: Constant


class Origin(FileModel):
    """The position from which nearness counts by default, in decimal degrees."""

    place: Annotated[str, Field(pattern=r"^gn:[0-9]+$")]
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    continent: Literal["AF", "AN", "AS", "EU", "NA", "OC", "SA"]


class Head(FileModel):
    """The head of the gazetteer."""

    edition: str
    as_of: date
    sources: TupleOf[Source]
    thresholds: Thresholds
    origin: Origin
    ranking: Ranking
    country_aliases: Mapping[str, CountryCode]
    stop_words: TupleOf[str]
