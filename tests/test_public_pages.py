"""The public pages without a browser: what they say is what the data says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from cases_reader import ROOT
from flask.testing import FlaskClient

from travelplan import (
    InputError,
    Reference,
    factor_set_ids,
    load_factors,
    load_language,
    load_scheme,
    scheme_ids,
)
from travelplan.destinations import OUTCOME_OF_LEVEL
from travelplan.emissions.trace import lines_of
from travelplan.files import DATA, PACKAGE, read_document
from travelplan.language import Language, two_figures
from travelplan.reach import reached, read_classes
from travelplan.report.method import compared_routes, read_method
from travelplan.scheme.outline import rule_sentences
from travelplan.scheme.words import OUTCOMES
from webapp import create_app
from webapp.config import Config
from webapp.public.method_words import TRAINS, VEHICLES

PAGES = (
    "/scheme",
    "/destinations",
    "/destinations/trains",
    "/method",
    "/accessibility",
    "/privacy",
)
TODAY = date.today()
NL = load_language("nl", (PACKAGE, PACKAGE.parent / "webapp"))


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    """The words of a page, without markup."""
    response = client.get(address)
    assert response.status_code == status
    inside = re.sub(r"(?s)<(head|svg)\b.*?</\1>", " ", response.get_data(as_text=True))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_and_is_small(client: FlaskClient, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert page.get_data(as_text=True).count("<h1") == 1
    linked = re.findall(r"/static/([\w.]+)", page.get_data(as_text=True))
    own = sum((ROOT / "webapp" / "static" / name).stat().st_size for name in set(linked))
    assert len(page.data) + own <= 100_000


@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_the_language_of_its_address(client: FlaskClient, address: str) -> None:
    headings = set()
    for code, locale in (("nl", "nl-BE"), ("fr", "fr-BE"), ("en", "en-GB")):
        page = client.get(f"{address}?lang={code}").get_data(as_text=True)
        assert f'<html lang="{locale}">' in page
        found = re.search(r"(?s)<h1.*?</h1>", page)
        assert found is not None
        headings.add((found[0], re.sub(r"(?s).*<main", "", page)))
    assert len(headings) == 3


def test_the_public_pages_can_be_reached_from_every_page(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)

    for address in ("/scheme", "/destinations", "/method", "/accessibility", "/privacy"):
        assert f'href="{address}"' in page
    assert 'href="/destinations/trains"' in client.get("/destinations").get_data(as_text=True)


@pytest.mark.parametrize("code", ["nl", "fr", "en"])
def test_each_rule_of_the_scheme_stands_as_a_sentence(client: FlaskClient, code: str) -> None:
    language = load_language(code)
    version = load_scheme("stad-gent").newest
    page = text_of(client, f"/scheme?lang={code}")

    for rule, sentence in rule_sentences(version, language):
        assert spaced(sentence) in page
        for words in rule.assumes:
            assert spaced(language.say(words)) in page
    for source in version.sources:
        assert source.title in page
    for reason in version.reasons:
        assert spaced(language.say(reason.text)) in page
    for parameter in version.parameters.values():
        assert parameter.because
        assert spaced(language.say(parameter.because)) in page


def test_the_scheme_shows_its_drawing_with_the_same_in_words(client: FlaskClient) -> None:
    page = client.get("/scheme").get_data(as_text=True)

    assert page.count("<svg") == 1
    assert "<desc" in page
    assert "style=" not in page


def test_what_is_assumed_is_said_with_the_other_values(client: FlaskClient) -> None:
    page = text_of(client, "/scheme?lang=en")

    assert "Also possible: 7 h 36, 10 h." in page
    assert "The organisation has not published these reasons" in page
    assert "says nothing of the class" in page


@pytest.mark.parametrize("on", ["2020-03-01", "1/3/2020", "1 maart 2020"])
def test_an_older_version_is_shown_by_the_day_of_travel(client: FlaskClient, on: str) -> None:
    page = text_of(client, f"/scheme?on={on}&lang=en")

    assert "multi-day trips abroad of city staff" in page
    assert "elected members" not in page.split("What each level means")[0]
    assert "This is not the version of today." in page
    assert 'value="' + on + '"' in client.get(f"/scheme?on={on}").get_data(as_text=True)


def test_a_version_is_shown_by_its_own_day_and_says_what_changed(client: FlaskClient) -> None:
    old = text_of(client, "/scheme?version=2020-02-07&lang=en")
    new = text_of(client, "/scheme?version=2020-11-23&lang=en")

    assert "from Friday 7 February 2020 on (shown here)" in old
    assert "What changed in this version" not in old
    assert "What changed in this version From 23 November 2020" in new


@pytest.mark.parametrize(
    ("asked", "status", "fault"),
    [
        ("on=31/2/2027", 422, "De dag 31/2/2027 bestaat niet"),
        ("on=soon", 422, "“soon” is geen datum"),
        ("on=2019-01-01", 404, "geldt vanaf vrijdag 7 februari 2020"),
        ("version=1999-01-01", 404, "heeft geen versie “1999-01-01”"),
        ("version=x", 404, "heeft geen versie “x”"),
        ("version=2020-11-23&on=2020-11-23", 422, "niet allebei"),
        ("on=" + "9" * 5000, 422, "is geen datum"),
        ("on=<script>alert(1)</script>", 422, "is geen datum"),
    ],
)
def test_a_version_that_does_not_exist_is_explained(
    client: FlaskClient, asked: str, status: int, fault: str
) -> None:
    page = client.get(f"/scheme?{asked}").get_data(as_text=True)
    words = text_of(client, f"/scheme?{asked}", status)

    assert "<title>Fout: " in page
    assert fault in words
    assert 'href="#on"' in page
    assert "vanaf maandag 23 november 2020" in words
    assert "<script>" not in page


@pytest.mark.parametrize("scheme", scheme_ids())
def test_every_scheme_can_be_the_one_of_the_page(scheme: str) -> None:
    client = create_app(Config(scheme=scheme)).test_client()

    page = text_of(client, "/scheme?lang=en")

    version = load_scheme(scheme)
    newest = version.on(TODAY) if version.is_in_force(TODAY) else version.newest
    for _, sentence in rule_sentences(newest, load_language("en")):
        assert spaced(sentence) in page
    assert text_of(client, "/destinations")


def test_the_schemes_of_others_are_not_on_the_page(client: FlaskClient) -> None:
    page = text_of(client, "/scheme?lang=en")

    for scheme in scheme_ids():
        assert (load_scheme(scheme).body.en in page) is (scheme == "stad-gent")


def test_the_list_has_every_entry_with_its_level_and_time(
    client: FlaskClient, reference: Reference
) -> None:
    page = text_of(client, "/destinations")

    entries = reference.destinations.entries
    assert f"{len(entries)} bestemmingen" in page
    for entry in entries:
        level = NL.say(OUTCOMES[OUTCOME_OF_LEVEL[entry.level]])
        time = NL.duration(entry.rail.minutes) if entry.rail else "geen trein"
        assert f"{entry.names.nl} {NL.country(entry.country)} {level} {time}" in page
        for evidence in entry.evidence:
            assert spaced(evidence.text.nl) in page
            assert evidence.source.title in page
        for change in entry.history:
            assert spaced(change.why) in page


def test_candidates_stand_apart_and_decide_nothing(
    client: FlaskClient, reference: Reference
) -> None:
    listed, _, candidates = text_of(client, "/destinations").partition("Kandidaten ")

    for entry in reference.destinations.entries:
        assert (f"Advies voor {entry.names.nl}" not in listed) or entry.status == "listed"
        assert (f" {entry.names.nl} " in candidates) or entry.status == "listed"
    assert "Ze beslissen nog niets" in candidates


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("country=NL", {"Amsterdam", "Utrecht", "Den Haag"}),
        ("country=nl&level=free", set()),
        ("country=JP", {"Kanazawa", "Hiroshima"}),
        ("q=Londres", {"Londen"}),
        ("q=lond", {"Londen"}),
        ("q=PARIS", {"Parijs"}),
        ("q=Paris Nord", {"Parijs"}),
        ("q=b&country=DE", {"Berlijn", "Bonn", "Freiburg im Breisgau"}),
        ("q=!!", set()),
        ("level=mandatory&country=ES", set()),
        ("level=mandatory&level=free&country=FR", {"Parijs", "Lyon"}),
        ("level=recommended", set()),
    ],
)
def test_the_list_is_filtered_by_the_address(
    client: FlaskClient, reference: Reference, asked: str, found: set[str]
) -> None:
    page = client.get(f"/destinations?{asked}").get_data(as_text=True)

    names = re.findall(r'<th role="rowheader" scope="row">([^<]+?) <span', page)
    assert set(names) == found
    assert ("Niets op de lijst past" in page) is (not found)


def test_a_place_that_is_not_listed_leads_to_its_advice(client: FlaskClient) -> None:
    words = text_of(client, "/destinations?q=Rome")

    assert "Rome staat niet op de lijst" in words
    assert "/?destination=Rome" in client.get("/destinations?q=Rome").get_data(as_text=True)
    assert "Kijk de spelling na" in text_of(client, "/destinations?q=Xyzzy")


@pytest.mark.parametrize(
    ("asked", "fault", "kept"),
    [
        ("country=XX", "Er is geen land “XX”", ""),
        ("country=Nederland", "Er is geen land “NEDERLAND”", ""),
        ("country=NL&country=DE", "één land tegelijk", ""),
        ("level=strict", "Er is geen niveau “strict”", ""),
        ("q=" + "x" * 101, "hoogstens 100 tekens", 'value="' + "x" * 101),
        ("q=Rome&level=<b>&country=ZZ", "Er is geen niveau “<b>”", 'value="Rome"'),
    ],
)
def test_a_filter_that_cannot_be_is_explained_and_kept(
    client: FlaskClient, asked: str, fault: str, kept: str
) -> None:
    page = client.get(f"/destinations?{asked}").get_data(as_text=True)

    assert fault in text_of(client, f"/destinations?{asked}", 422)
    assert kept in page
    assert "<title>Fout: " in page
    assert "rowheader" not in page
    assert "<b>” " not in page


def test_a_bar_shows_the_time_against_the_limit_of_the_scheme(
    client: FlaskClient, reference: Reference
) -> None:
    page = client.get("/destinations?q=Berlijn").get_data(as_text=True)
    entry = next(e for e in reference.destinations.entries if e.names.nl == "Berlijn")
    assert entry.rail is not None

    share = round(entry.rail.minutes / (2 * 480) * 100, 1)
    assert f'width="{share}"' in page
    assert 'class="limit" x="50.0"' in page
    assert "is de grens van het keuzeschema: 8 uur" in text_of(client, "/destinations")


def test_a_scheme_with_two_limits_has_two_lines_in_each_bar() -> None:
    client = create_app(Config(scheme="uva")).test_client()
    limits = load_scheme("uva").newest.limits("rail_min")

    page = client.get("/destinations?q=Berlijn").get_data(as_text=True)

    assert page.count('class="limit"') == len(limits)


def test_the_trains_are_those_that_the_library_reaches(
    client: FlaskClient, reference: Reference
) -> None:
    origin = reference.places.find("Gent").place
    assert origin is not None
    classes = read_classes(read_document(DATA / "reach.yaml"))
    limits = classes.for_scheme(reference.scheme, TODAY)
    cities = reached(origin, reference.transport, reference.places, limits)

    day = text_of(client, "/destinations/trains")
    night = text_of(client, "/destinations/trains?class=night")

    for city in cities:
        row = f"{NL.say(city.names)} {NL.country(city.country)} {NL.duration(city.minutes)}"
        abroad = city.country != origin.country
        shown = abroad and city.time_class != "night"
        assert (f" {row} {city.changes}" in day) is shown
        assert (f" {row} {city.changes}" in night) is (city.time_class == "night")


def test_the_map_has_a_dot_for_each_city_of_the_table(client: FlaskClient) -> None:
    page = client.get("/destinations/trains?class=two_hours").get_data(as_text=True)

    assert len(re.findall(r'<tr><th scope="row">', page)) == len(
        re.findall(r"<title>[^<]+: ", page)
    )


def test_an_unknown_class_of_time_is_explained(client: FlaskClient) -> None:
    assert "Er is geen klasse “x”" in text_of(client, "/destinations/trains?class=x", 422)


def test_the_method_says_plainly_that_our_flights_are_low(client: FlaskClient) -> None:
    assert "in de mediaan 0,82 keer het gepubliceerde" in text_of(client, "/method")
    assert "at the median 0.82 times" in text_of(client, "/method?lang=en")


@pytest.mark.parametrize("code", ["nl", "fr", "en"])
def test_every_number_of_the_method_is_that_of_the_factor_set(
    client: FlaskClient, code: str
) -> None:
    language = load_language(code)
    page = text_of(client, f"/method?lang={code}")
    factors = load_factors()

    assert factors.rail is not None
    assert factors.grid is not None
    assert factors.flight is not None
    assert factors.flight.method == "fleet"
    for row in (*factors.rail.energy_kwh_pkm.values(), *factors.per_vehicle_g_km.values()):
        assert number(row.central, language) in page
    for country, grams in factors.grid.g_kwh.items():
        assert f"{language.country(country)} {language.number(grams)}" in page
    for curve in (factors.flight.narrow_body, factors.flight.wide_body):
        assert f"{language.number(curve.constant)} + {language.number(curve.per_km)} × R" in page


def number(value: float, language: Language) -> str:
    return language.number(round(value, 6))


def test_the_method_compares_the_sets_on_the_routes(
    client: FlaskClient, reference: Reference
) -> None:
    page = text_of(client, "/method")
    asked = read_method(read_document(DATA / "method.yaml")).routes
    sets = [load_factors(id_) for id_ in asked.sets]

    routes = list(compared_routes(asked, reference, sets))
    assert len(routes) == 19  # no train to New York
    for route in routes:
        name = f"{NL.say(route.destination.names)} {'Trein' if route.mode == 'train' else 'Vlieg'}"
        figures = [route.by_set[id_] for id_ in asked.sets]
        said = [NL.number(two_figures(f.kg)) + "*" * f.filled if f else "–" for f in figures]
        assert name in page
        assert " ".join([NL.number(round(route.km)), *said]) in page


def test_the_method_names_every_set_with_its_licence_and_every_assumption(
    client: FlaskClient,
) -> None:
    page = text_of(client, "/method?lang=en")

    for id_ in factor_set_ids():
        factors = load_factors(id_)
        assert f"{factors.title.en} {id_}" in page
        assert f"Licence: {factors.licence}." in page
        for source in factors.sources.values():
            assert source.title in page
    for line in lines_of(load_factors()):
        if line.basis == "assumption":
            assert f"{line.path[-1]} {line.value:g}" in page


def test_every_class_of_train_and_every_vehicle_has_a_name() -> None:
    factors = load_factors()
    assert factors.rail is not None

    kinds = {*factors.rail.energy_kwh_pkm, *factors.rail.any_country_g_pkm}
    kinds |= {kind for rows in factors.rail.country_g_pkm.values() for kind in rows}
    assert kinds <= TRAINS.keys()
    vehicles = {*factors.per_passenger_g_km, *factors.per_vehicle_g_km, *factors.electric}
    assert vehicles <= VEHICLES.keys()


def test_another_set_of_the_organisation_is_named() -> None:
    client = create_app(Config(factors="desnz-2026")).test_client()

    assert "Deze organisatie gebruikt de set desnz-2026." in text_of(client, "/method")


def test_the_accessibility_page_claims_nothing_that_people_have_not_tested(
    client: FlaskClient,
) -> None:
    page = text_of(client, "/accessibility?lang=en")

    tested, _, untested = page.partition("What has not been tested yet")
    assert "axe" in tested
    assert "keyboard alone" in tested
    assert "we do not claim" in tested
    for needs_people in ("NVDA", "VoiceOver", "staff who had no training"):
        assert needs_people in untested


def privacy_of(config: Config) -> str:
    return text_of(create_app(config).test_client(), "/privacy?lang=en")


def test_the_privacy_page_says_how_long_the_organisation_keeps_requests(tmp_path: Path) -> None:
    filing = Config(sign_in="try-out", database=f"sqlite:///{tmp_path}/travelplan.db")
    decided = replace(filing, retention_years=10, retention_series="S-12")

    assert "has not yet set how long" in privacy_of(filing)
    assert "Requests are kept for 10 years. Series of the archive: S-12." in privacy_of(decided)
    for page in (privacy_of(filing), privacy_of(decided)):
        assert "only that HR has confirmed it" in page
        assert "never your reason" in page


def test_where_nobody_can_file_the_privacy_page_says_so(client: FlaskClient) -> None:
    page = text_of(client, "/privacy?lang=en")

    assert "you cannot sign in or file a request" in page
    assert "Requests are kept" not in page


def test_years_of_retention_that_are_no_number_are_refused_by_name() -> None:
    assert Config.from_environment({"TRAVELPLAN_RETENTION_YEARS": "10"}).retention_years == 10
    with pytest.raises(InputError, match=r"TRAVELPLAN_RETENTION_YEARS.*“ten” is not a whole"):
        Config.from_environment({"TRAVELPLAN_RETENTION_YEARS": "ten"})
