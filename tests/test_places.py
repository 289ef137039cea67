"""What people type, and which place that is."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelplan.errors import DataError
from travelplan.geo import great_circle_km
from travelplan.places import Place, Places, Tables, normalise
from travelplan.strict import read_yaml

FOLDER = Path(__file__).parents[1] / "travelplan" / "data" / "places"
CASES = Path(__file__).parent / "cases" / "places"
MELLE_DE, MELLE_BE, BERGEN_NO = "gn:2872079", "gn:2791385", "gn:3161732"
HEAD = (FOLDER / "head.yaml").read_text("utf-8")
PACKED = (FOLDER / "places.tsv.gz").read_bytes()
EXONYMS = (FOLDER / "exonyms.csv").read_text("utf-8")
REGIONS = (FOLDER / "regions.csv").read_text("utf-8")
TABLES = Tables(*((FOLDER / f"{name}.csv").read_text("utf-8") for name in Tables._fields))
SMALL = "\n\n".join(
    (
        "EU\tBE DE\nNA\tUS",
        "BE.VLG\tFlanders\nDE.06\tLower Saxony",
        "3\tOudstad\tUS\t\t40\t-80\t800000\n"
        "1\tGrootstad\tDE\t1\t52\t8\t500000\n"
        "2\tDorp\tBE\t0\t51\t4\t30000",
        "dorp\t1 2\ngrootstad\t1\noudstad\t0",
    )
)
SMALL_EXONYMS = "id,nl,fr,en\n3,Oudstad,Vieilleville,Oldtown\n"


@pytest.fixture(scope="module")
def text() -> str:
    return gzip.decompress(PACKED).decode("utf-8")


@pytest.fixture(scope="module")
def places(text: str) -> Places:
    return Places.from_texts(read_yaml(HEAD, "head.yaml"), text, TABLES)


@pytest.fixture
def small() -> Places:
    return small_world()


def small_world(gazetteer: str = SMALL, exonyms: str = SMALL_EXONYMS, head: str = HEAD) -> Places:
    tables = Tables(
        exonyms, "id,name\n", REGIONS, "code,local\n", "name,kind,place,label\n", "id\n"
    )
    return Places.from_texts(read_yaml(head, "head.yaml"), gazetteer, tables)


def cases(file: str) -> list[Any]:
    document = read_yaml((CASES / file).read_text("utf-8"), file)
    rows = cast("dict[str, list[dict[str, Any]]]", document.content)["cases"]
    return [pytest.param(row, id=row["typed"]) for row in rows]


def brief(place: Place | None) -> str:
    return f"{place.country} {place.name}" if place else "nothing"


@pytest.mark.parametrize("case", cases("found.yaml") + cases("qualified.yaml"))
def test_what_is_typed_finds_the_place(places: Places, case: dict[str, str]) -> None:
    result = places.find(case["typed"])
    assert (result.status, brief(result.place)) == ("found", case["found"])
    assert result.candidates == ()


@pytest.mark.parametrize("case", cases("asked.yaml"))
def test_what_may_mean_two_places_is_asked(places: Places, case: dict[str, Any]) -> None:
    result = places.find(case["typed"])
    offered = [brief(place) for place in result.candidates]
    assert (result.status, result.place) == ("ambiguous", None)
    assert offered[0] == case["asked"][0]
    assert all(offered.count(wanted) >= case["asked"].count(wanted) for wanted in case["asked"])
    assert 2 <= len(offered) <= 8
    assert len({place.id for place in result.candidates}) == len(offered)


@pytest.mark.parametrize("case", cases("refused.yaml"))
def test_a_typing_error_is_refused_with_suggestions(places: Places, case: dict[str, str]) -> None:
    result = places.find(case["typed"])
    assert (result.status, result.place) == ("not_found", None)
    assert brief(result.candidates[0]) == case["suggested"]
    assert len(result.candidates) <= 5


def test_a_name_like_nothing_still_gets_a_suggestion(places: Places) -> None:
    result = places.find("Xyzzy")
    assert result.status == "not_found"
    assert 1 <= len(result.candidates) <= 5


@pytest.mark.parametrize("typed", ["", "   ", "?!,()", ",,,", "x" * 201, "Gent" * 1000])
def test_nothing_or_far_too_much_is_refused_without_suggestions(places: Places, typed: str) -> None:
    result = places.find(typed)
    assert (result.query, result.status, result.candidates) == (typed, "not_found", ())


@pytest.mark.parametrize("typed", ["Париж", "東京", "\x00", "a" * 200, "gn:", "("])
def test_odd_input_is_no_place(places: Places, typed: str) -> None:
    assert places.find(typed).status != "found"


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(typed: str) -> None:
    assert small_world().find(typed).query == typed


@pytest.mark.parametrize("country", ["UK", "Cuba", "Libanon", "Perú", ", BE", "VS"])
def test_a_country_alone_is_not_taken_for_a_namesake_elsewhere(
    places: Places, country: str
) -> None:
    assert places.find(country).status != "found"


@pytest.mark.parametrize("both", ["Luxembourg", "Monaco", "Singapore", "Djibouti"])
def test_a_city_called_like_its_country_is_found(places: Places, both: str) -> None:
    assert places.find(both).status == "found"


def test_a_chosen_candidate_is_found_by_its_id(places: Places) -> None:
    for candidate in places.find("Melle").candidates:
        assert places.find(candidate.id).place == candidate
        assert places.get(candidate.id) == candidate
    assert brief(places.find(" gn:2797656 ").place) == "BE Gent"


@pytest.mark.parametrize("unknown", ["gn:1", "gn:999999999999", "gn:x", "2797656", "", "Gent"])
def test_an_unknown_id_is_none(places: Places, unknown: str) -> None:
    assert places.get(unknown) is None


def test_an_unknown_id_is_not_taken_for_a_name(places: Places) -> None:
    assert places.find("gn:1").status == "not_found"


def test_a_listed_place_comes_first_but_does_not_beat_a_place_called_so(places: Places) -> None:
    result = places.find("Melle", listed={MELLE_BE})
    assert result.status == "ambiguous"
    assert [place.id for place in result.candidates[:2]] == [MELLE_BE, MELLE_DE]


def test_a_listed_place_is_asked_even_when_another_is_far_likelier(places: Places) -> None:
    texas = places.find("Paris, Texas").place
    assert texas is not None
    result = places.find("Paris", listed={texas.id})
    assert [brief(place) for place in result.candidates[:2]] == ["US Paris", "FR Paris"]


def test_a_listed_place_settles_against_mere_by_names(small: Places) -> None:
    assert small.find("Dorp").status == "ambiguous"
    assert brief(small.find("Dorp", listed={"gn:2"}).place) == "BE Dorp"


def test_a_listed_by_name_does_not_settle_against_a_place_called_so(small: Places) -> None:
    result = small.find("Dorp", listed={"gn:1"})
    assert [place.id for place in result.candidates] == ["gn:1", "gn:2"]


def test_listing_both_settles_nothing(places: Places) -> None:
    result = places.find("Melle", listed={MELLE_BE, MELLE_DE})
    assert result.status == "ambiguous"
    assert {place.id for place in result.candidates[:2]} == {MELLE_BE, MELLE_DE}


def test_a_list_does_not_change_what_is_already_clear(places: Places) -> None:
    assert brief(places.find("Parijs", listed={BERGEN_NO}).place) == "FR Paris"


def test_nearness_counts_from_where_the_caller_says(places: Places) -> None:
    caracas, oslo = places.find("Caracas").place, places.find("Oslo").place
    assert caracas is not None
    assert oslo is not None
    assert brief(places.find("Barcelona", near=caracas).place) == "VE Barcelona"
    assert brief(places.find("Bergen", near=oslo).place) == "NO Bergen"


def test_a_shown_name_finds_a_place_that_the_gazetteer_does_not_know_by_it(small: Places) -> None:
    found = small.find("vieilleville").place
    assert brief(found) == "US Oudstad"
    assert found is not None
    assert (found.names.nl, found.names.en, found.continent) == ("Oudstad", "Oldtown", "NA")


def test_the_first_letters_offer_the_likeliest_places(places: Places) -> None:
    offered = places.starting_with("barc")
    assert brief(offered[0]) == "ES Barcelona"
    assert len(offered) == 8
    assert places.starting_with("b") == places.starting_with("") == ()


def test_a_place_says_where_it_is(places: Places) -> None:
    melle = places.get(MELLE_BE)
    assert melle is not None
    assert (melle.country, melle.continent, melle.region) == ("BE", "EU", "Oost-Vlaanderen")
    assert str(melle.label) == "Melle (Oost-Vlaanderen, BE)"


def test_the_origin_of_the_head_is_gent(places: Places) -> None:
    gent = places.get(places.head.origin.place)
    assert brief(gent) == "BE Gent"
    assert gent is not None
    assert great_circle_km(gent, places.head.origin) < 0.1


def test_every_place_with_own_names_is_found_by_each_of_them(places: Places, text: str) -> None:
    names = {line.split("\t")[0] for line in text.split("\n\n")[3].split("\n")}
    for row in EXONYMS.splitlines()[1:]:
        number, *shown = row.split(",")
        place = places.get(f"gn:{number}")
        assert place is not None, row
        for name in (shown[0], shown[1]):
            result = places.find(f"{name}, {place.country}")
            assert place in (result.place, *result.candidates), (name, result)
        assert normalise(place.name) in names


def test_the_regions_named_in_three_languages_exist(text: str) -> None:
    codes = {line.split("\t")[0] for line in text.split("\n\n")[1].split("\n")}
    named = {row.split(",")[0] for row in REGIONS.splitlines()[1:]} - {"BE.VLG", "BE.WAL"}
    assert named <= codes


def test_no_two_continents_share_a_name_in_silence(places: Places, text: str) -> None:
    """A place found by a name leads every place called so by the margin, wherever that is."""
    margin = places.head.ranking.margin.value
    lines = text.split("\n\n")[2].split("\n")[:4000:10]
    for name in {line.split("\t")[1] for line in lines}:
        found = places.find(name).place
        same = [p for p in places.starting_with(name, 100) if normalise(p.name) == normalise(name)]
        for other in same if found and normalise(found.name) == normalise(name) else ():
            if other.continent != found.continent:  # type: ignore[union-attr]
                assert score(places, found) - score(places, other) >= margin, name


def score(places: Places, place: Place | None) -> float:
    """The score as head.yaml describes it, worked out a second way."""
    from math import log10  # noqa: PLC0415

    assert place is not None
    ranking = places.head.ranking
    near_km = ranking.near_km.value
    km = max(great_circle_km(place, places.head.origin), near_km)
    return log10(place.population + 1) + ranking.own_name_bonus.value - log10(km / near_km)


def test_the_file_is_packed_so_that_it_can_be_rebuilt_byte_for_byte() -> None:
    assert PACKED[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "no name and no time in its head"
    assert len(PACKED) < 5_000_000


def test_the_file_is_sorted_as_the_search_needs_it(text: str) -> None:
    _, regions, places, names = (section.split("\n") for section in text.split("\n\n"))
    populations = [int(line.rsplit("\t", 1)[1]) for line in places]
    assert populations == sorted(populations, reverse=True)
    assert all(a < b for a, b in pairwise(names))
    assert all(a < b for a, b in pairwise(regions))
    assert len(places) > 100_000
    stored = [line.split("\t")[0] for line in names[::37]]
    assert all(normalise(name) == name for name in stored), "rebuild: normalise has changed"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"gazetteer": "EU\tBE"}, "places.tsv.gz, line 1: has 1 sections instead of 4."),
        ({"exonyms": "id,nl,fr\n"}, "exonyms.csv, line 1: the header is not id,nl,fr,en."),
        ({"exonyms": "id,nl,fr,en\n1,A,,C\n"}, "exonyms.csv, line 2: the row does not have 4"),
        ({"exonyms": ""}, "exonyms.csv, line 1: the header is not"),
        ({"head": HEAD.replace("margin:", "margn:")}, "ranking.margn: unknown key."),
    ],
)
def test_a_broken_file_is_refused_by_name(broken: dict[str, str], says: str) -> None:
    with pytest.raises(DataError) as refused:
        small_world(**broken)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "typed", ["Berlijn", "Paris Nord", "Melle", "Xyzzy", "Amsterdm", "", "x" * 300]
)
def test_what_a_name_surely_means_is_what_a_search_finds_without_suggestions(
    places: Places, typed: str
) -> None:
    assert places.named(typed) == places.find(typed).place
