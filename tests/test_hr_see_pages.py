"""The pages on which HR sees the register: what they show, and what they say of a wrong address."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from filing_site import FilingSite, Someone
from register_world import by_train, made, store_trips

from webapp.organisation import Organisation

PAGES = ("/hr/dashboard", "/hr/council", "/hr/export", "/hr/report/2024", "/hr/trips.csv")


@pytest.fixture
def hr(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("hr")


@pytest.fixture
def filled(filing_site: FilingSite) -> FilingSite:
    trips = [made(reason="strike", verdict="exception"), made(place="Parijs", unit="klimaat")]
    store_trips(filing_site.store, [*trips, by_train(depart=date(2023, 2, 1)), by_train()])
    return filing_site


def said(text: str) -> str:
    """The text of a page with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("path", PAGES)
def test_only_hr_may_see(filled: FilingSite, path: str) -> None:
    assert filled.somebody("reiziger").get(path).status_code == 403
    assert filled.somebody("hr").get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES[:3])
def test_an_empty_register_says_so(hr: Someone, path: str) -> None:
    response = hr.get(path)
    assert response.status_code == 200
    assert "<svg role" not in response.get_data(as_text=True)


def test_a_year_without_trips_has_no_report(hr: Someone) -> None:
    response = hr.get("/hr/report/2024")
    assert response.status_code == 404
    assert "geen reis van 2024" in response.get_data(as_text=True)


@pytest.mark.parametrize("year", ["24", "2024x", "1900", "٢٠٢٤", "99999"])
def test_a_report_has_a_year_of_four_digits(hr: Someone, year: str) -> None:
    assert hr.get(f"/hr/report/{year}").status_code == 404


def test_the_dashboard_shows_the_figures_and_each_chart_its_table(
    filled: FilingSite, hr: Someone
) -> None:
    text = hr.text("/hr/dashboard")
    assert "Reizen 4 4 reizigers" in said(text)
    assert "Met de trein 50 %" in said(text)
    charts = re.findall(r'<section class="chart".*?</section>', text, re.S)
    assert len(charts) == 9
    for chart in charts:
        assert chart.count('<svg role="img"') == chart.count("<table") == 1
        for value in re.findall(r'class="value"[^>]*>([^<]+)<', chart):
            first = value.split(" + ")[0].removesuffix(" kg")
            assert said(first) in said(chart[chart.index("<table") :]), value


def test_the_published_share_is_a_line_for_its_own_organisation_alone(
    filled: FilingSite, hr: Someone
) -> None:
    assert "35 % in 2013–2018" in hr.text("/hr/dashboard")
    there = filled.app.extensions["organisation"]
    other = there.model_copy(
        update={"bodies": [body.model_copy(update={"id": "elders"}) for body in there.bodies]}
    )
    filled.app.extensions["organisation"] = Organisation.model_construct(**dict(other))
    assert "2013–2018" not in hr.text("/hr/dashboard")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("year=volgend", "“volgend” is geen jaar"),
        ("year=2024&from=1/1/2024", "Kies een jaar, of een eerste en een laatste dag"),
        ("from=31/2/2024", "De dag 31/2/2024 bestaat niet"),
        ("to=morgen", "“morgen” is geen datum"),
        ("from=2/1/2024&to=1/1/2024", "Deze dag ligt voor de eerste dag"),
        ("unit=nergens", "“nergens” bestaat hier niet"),
        ("mode=raket", "“raket” bestaat hier niet"),
        ("outcome=x", "“x” bestaat hier niet"),
        ("verdict=x", "“x” bestaat hier niet"),
        ("role=x", "“x” bestaat hier niet"),
        ("destination=Atlantis", "gaat naar “Atlantis”"),
        ("unit=%3Cscript%3Ealert(1)%3C/script%3E", "“<script>alert(1)</script>”"),
        ("year=" + "9" * 5000, "is geen jaar"),
    ],
)
@pytest.mark.parametrize("path", ["/hr/dashboard", "/hr/council", "/hr/export"])
def test_a_wrong_address_is_named_beside_its_field(
    filled: FilingSite, hr: Someone, path: str, address: str, says: str
) -> None:
    response = hr.get(f"{path}?{address}")
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert says in unescape(text)
    assert 'id="faults"' in text
    assert "<script>alert" not in text


def test_every_wrong_field_is_named_at_once(filled: FilingSite, hr: Someone) -> None:
    text = hr.get("/hr/dashboard?year=x&unit=y&to=z").get_data(as_text=True)
    summary = text[text.index('id="faults"') :].partition("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["year", "unit", "to"]


def test_a_destination_is_found_by_its_name_in_any_language(
    filled: FilingSite, hr: Someone
) -> None:
    for name in ("parijs", "Parijs (fr)", "PARIJS (EN)"):
        assert "Reizen 1 1 reiziger" in said(hr.text(f"/hr/dashboard?destination={name}"))


def test_a_choice_goes_along_to_the_answer_and_its_file(filled: FilingSite, hr: Someone) -> None:
    text = hr.text("/hr/dashboard?year=2024&unit=klimaat")
    assert "/hr/council?year=2024&unit=klimaat" in text
    answer = hr.text("/hr/council?year=2024&unit=klimaat")
    assert "/hr/council.xlsx?year=2024&unit=klimaat" in answer
    assert "1 vlucht naar een plaats met een trein binnen de grens" in answer


def test_the_council_reads_day_place_unit_mode_reason_and_cost(
    filled: FilingSite, hr: Someone
) -> None:
    text = said(hr.text("/hr/council"))
    row = "04/03/2024 Berlijn Voorbeelddienst Vliegtuig Staking 6 uur 40, grens 8 uur € 300,00"
    assert row in text


def test_a_long_answer_has_pages(filing_site: FilingSite, hr: Someone) -> None:
    store_trips(filing_site.store, [made() for _ in range(101)])
    assert "Pagina 1 van 2" in hr.text("/hr/council")
    for asked, shown in (("2", 1), ("99", 1), ("x", 100)):
        _, _, flights = hr.text(f"/hr/council?page={asked}").partition('id="flights"')
        assert flights.count('role="rowheader"') == shown


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Dienstreizen in 2024"), ("fr", "Voyages de service en 2024"),
     ("en", "Business travel in 2024")],
)  # fmt: skip
def test_the_report_speaks_three_languages_and_claims_no_compliance(
    filled: FilingSite, hr: Someone, language: str, title: str
) -> None:
    text = hr.text(f"/hr/report/2024?lang={language}")
    assert f"<h1>{title}</h1>" in text
    assert "TTW" in text
    assert "WTT" in text
    assert not re.search(r"compliant|conforme|voldoet aan", text)


def test_invented_trips_are_said_to_be_invented(filing_site: FilingSite, hr: Someone) -> None:
    store_trips(filing_site.store, [made(invented=True), made()])
    for path in ("/hr/dashboard", "/hr/council", "/hr/report/2024"):
        assert "1 van deze reizen is verzonnen" in hr.text(path)
