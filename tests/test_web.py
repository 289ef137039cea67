"""The web application without a browser: status, headers, kept values, languages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from webapp import create_app
from webapp.config import Config

ANSWER = "/advice?destination=Nantes&depart=2027-03-01&nights=2"


def test_the_form_opens_in_dutch_with_gent_as_origin(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)

    assert '<html lang="nl-BE">' in page
    assert "Waar reis je naartoe?" in page
    assert 'value="Gent"' in page


@pytest.mark.parametrize(
    ("language", "level"),
    [("nl", "Trein verplicht"), ("fr", "Train obligatoire"), ("en", "Train required")],
)
def test_the_answer_speaks_the_language_of_its_address(
    client: FlaskClient, language: str, level: str
) -> None:
    page = client.get(f"{ANSWER}&lang={language}").get_data(as_text=True)

    assert f'<html lang="{language}-' in page
    assert f">{level}</h1>" in page


def test_an_unknown_language_is_answered_in_dutch(client: FlaskClient) -> None:
    assert "Trein verplicht" in client.get(f"{ANSWER}&lang=xx").get_data(as_text=True)


@pytest.mark.parametrize(
    ("question", "kept", "fault"),
    [
        ("destination=", 'value=""', "Vul een plaats in"),
        ("destination=Melle", 'value="Melle"', "Er is meer dan één “Melle”"),
        ("destination=Xyzzy", 'value="Xyzzy"', "We kennen “Xyzzy” niet"),
        ("destination=Nantes&depart=31/2/2027", 'value="31/2/2027"', "bestaat niet"),
        ("destination=Nantes&depart=soon", 'value="soon"', "is geen datum"),
        ("destination=Nantes&depart=5/3/2027&return=1/3/2027", 'value="1/3/2027"', "ligt voor"),
        ("destination=Nantes&nights=-2", 'value="-2"', "geheel getal"),
        ("destination=Nantes&travellers=0", 'value="0"', "geheel getal"),
        ("destination=Gent", 'value="Gent"', "dezelfde plaats"),
        ("destination=Nantes&depart=2019-01-01", 'value="2019-01-01"', "7 februari 2020"),
    ],
)
def test_wrong_input_comes_back_with_its_value_and_what_is_wrong(
    client: FlaskClient, question: str, kept: str, fault: str
) -> None:
    response = client.get(f"/advice?{question}")
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "<title>Fout: " in page
    assert kept in page
    assert fault in page


def test_every_wrong_field_is_named_at_once(client: FlaskClient) -> None:
    question = "origin=Xyzzy&destination=Melle&depart=31/2/2027&nights=x&travellers=y"

    page = client.get(f"/advice?{question}").get_data(as_text=True)

    assert page.count('aria-invalid="true"') == 5


def test_markup_in_a_field_stays_text(client: FlaskClient) -> None:
    page = client.get("/advice?destination=<script>alert(1)</script>").get_data(as_text=True)

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("typed", ["東京", "Москва", "x" * 5000, "\x00", "🚆", "' OR 1=1 --"])
def test_absurd_places_are_refused_and_never_break_the_page(
    client: FlaskClient, typed: str
) -> None:
    assert client.get("/advice", query_string={"destination": typed}).status_code == 422


def test_an_address_without_a_question_leads_to_the_form(client: FlaskClient) -> None:
    response = client.get("/advice?lang=fr")

    assert response.status_code == 302
    assert response.headers["Location"] == "/?lang=fr"


def test_a_missing_day_is_said_and_never_guessed_in_silence(client: FlaskClient) -> None:
    page = client.get("/advice?destination=Nantes").get_data(as_text=True)

    assert "Je gaf geen dag van vertrek op. We rekenen met vandaag." in page
    assert "Je gaf geen terugreis op. We tellen de reis als meerdaags." in page


def test_out_of_scope_still_shows_the_ways_and_their_emissions(client: FlaskClient) -> None:
    page = client.get("/advice?destination=Rijsel&depart=2027-03-01&nights=0")
    text = page.get_data(as_text=True)

    assert "Keuzeschema niet van toepassing</h1>" in text
    assert "Trein" in text
    assert " kg" in text


def test_a_tour_is_judged_part_by_part(client: FlaskClient) -> None:
    text = client.get(
        "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08"
    ).get_data(as_text=True)

    for part in ("Gent → Wenen: Vrije keuze", "Wenen → Praag: Trein verplicht", "Praag → Gent"):
        assert part in text


@pytest.mark.parametrize("path", ["/", ANSWER, "/advice?destination=", "/nowhere", "/health"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(("path", "method", "status"), [("/x", "GET", 404), ("/", "POST", 405)])
def test_a_wrong_address_gets_a_page_of_our_own(
    client: FlaskClient, path: str, method: str, status: int
) -> None:
    response = client.open(path, method=method)

    assert response.status_code == status
    assert "Naar het formulier" in response.get_data(as_text=True)


def test_health_tells_what_the_answers_rest_on(client: FlaskClient) -> None:
    health = client.get("/health").get_json()

    assert health["status"] == "ok"
    assert health["versions"]["factors"] == "travelplan-2026.1"


def test_another_scheme_is_one_setting_away() -> None:
    client = create_app(Config(scheme="ugent")).test_client()

    page = client.get(ANSWER).get_data(as_text=True)

    assert "Universiteit Gent" in page
    assert "minder dan 8 uur" in page
