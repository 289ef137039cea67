"""The question without a browser: little is asked, everything is kept, links carry it all."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

ANSWER = "/advice?destination=Nantes&depart=1/3/2027&nights=2"


def text_of(client: FlaskClient, path: str) -> str:
    return unescape(client.get(path).get_data(as_text=True))


def test_the_first_question_is_whether_to_meet_online_with_what_that_emits(
    client: FlaskClient,
) -> None:
    page = text_of(client, "/")

    assert page.index("Kun je online vergaderen?") < page.index(">Naar</label>")
    assert "0,06 kg (0,01–0,15)" in page
    assert "Je mag deze vraag overslaan." in page
    assert page.count('type="radio" value=') == 3
    assert 'type="radio" checked' not in page


def test_a_meeting_online_needs_no_trip_and_no_destination(client: FlaskClient) -> None:
    page = text_of(client, "/advice?digital=online&destination=")

    assert "<h1>Geen reis nodig</h1>" in page
    assert "0,06 kg" in page
    assert 'href="/?digital=in_person"' in page


def test_from_a_meeting_online_one_can_still_travel(client: FlaskClient) -> None:
    page = text_of(client, "/advice?digital=online&destination=Nantes&depart=1/3/2027")

    (after_all,) = re.findall(r'href="(/advice\?[^"]*digital=in_person[^"]*)"', page)
    assert "Trein verplicht</h1>" in text_of(client, after_all)


@pytest.mark.parametrize("said", ["partly", "in_person", ""])
def test_what_was_said_of_meeting_online_is_asked_once(client: FlaskClient, said: str) -> None:
    page = text_of(client, f"{ANSWER}&digital={said}")
    (change,) = re.findall(r'<a class="button[^"]*" href="(/\?[^"]*)">Pas de vraag aan', page)

    assert f"digital={said or 'skip'}" in change
    assert "Kun je online vergaderen?" not in text_of(client, change)
    assert f'name="digital" value="{said or "skip"}"' in text_of(client, change)


def test_who_meets_partly_online_sees_what_one_traveller_less_spares(client: FlaskClient) -> None:
    page = text_of(client, f"{ANSWER}&digital=partly")

    (spared,) = re.findall(r"elke reiziger minder spaart ([\d,]+ kg) CO2e uit", page)
    assert f"<dd><b>{spared}</b>" in page
    assert "minder spaart" not in text_of(client, f"{ANSWER}&digital=in_person")


def test_more_options_are_closed_until_one_of_them_is_filled_in_or_wrong(
    client: FlaskClient,
) -> None:
    opened = '<details class="more" open>'

    assert opened not in text_of(client, "/?destination=Nantes&depart=x&return=y")
    assert opened not in text_of(client, "/?origin=Gent&travellers=1&role=staff&nights=")
    for filled in ("origin=Brussel", "via=Wenen", "travellers=2", "nights=3", "assistance=yes"):
        assert opened in text_of(client, f"/?{filled}"), filled
    assert opened in text_of(client, "/advice?destination=Nantes&meeting_from=x")
    assert opened not in text_of(client, "/advice?destination=Xyzzy")


def test_one_more_destination_keeps_all_that_was_typed(client: FlaskClient) -> None:
    page = text_of(client, "/?more=1&destination=Praag&via=Wenen&depart=5+maart+2027&travellers=x")

    for kept in ("Praag", "Wenen", "5 maart 2027", "x"):
        assert f'value="{kept}"' in page
    assert page.count('name="via"') == 3


def test_each_of_many_destinations_has_its_own_fault_and_its_own_candidates(
    client: FlaskClient,
) -> None:
    page = text_of(client, "/advice?destination=Praag&via=Wenen&via=Halle&via=Xyzzy")

    assert 'href="#via-2">Er is meer dan één “Halle”' in page
    assert 'href="#via-3">We kennen “Xyzzy” niet' in page
    chosen = next(a for a in re.findall(r'href="(/advice\?[^"]+)"', page) if "Saale" in a)
    settled = text_of(client, chosen)
    assert 'href="#via-2"' not in settled
    assert 'value="Wenen"' in settled
    assert 'value="Halle (Saale)"' in settled


def test_the_links_of_an_answer_carry_the_whole_question(client: FlaskClient) -> None:
    question = (
        "/advice?destination=Wenen&depart=1/3/2027&return=4/3/2027&origin=Brussel&travellers=3"
        "&role=elected&private_after=1&meeting_from=9u30&assistance=yes&digital=partly"
        "&factors=desnz-2026&non_co2=included&lang=fr"
    )
    page = text_of(client, question)
    (share,) = re.findall(r'href="(/advice\?[^"]*)">Lien', page)

    asked = set(question.partition("?")[2].split("&"))
    assert asked <= set(share.partition("?")[2].replace("+", " ").split("&"))
    assert "Vienne" in text_of(client, share)


@pytest.mark.parametrize(
    "hostile",
    ["_scheme=javascript&_external=1", "endpoint=x", "_anchor=%3Cb%3E", "self=1", "code=9"],
)
def test_names_in_an_address_never_steer_the_links_of_a_page(
    client: FlaskClient, hostile: str
) -> None:
    for path in (f"/?{hostile}", f"{ANSWER}&{hostile}", f"/advice?destination=&{hostile}"):
        response = client.get(path)
        assert response.status_code in {200, 422}
        assert 'href="javascript:' not in response.get_data(as_text=True)


@pytest.mark.parametrize("absurd", ["", "x" * 3000, "東京", "<b>x</b>", "-1", "1e9", "\x00", "½"])
def test_whatever_is_typed_comes_back_with_every_field_kept(
    client: FlaskClient, absurd: str
) -> None:
    names = ["destination", "depart", "return", "origin", "travellers", "nights", "via"]
    names += ["role", "private_before", "private_after", "meeting_day", "meeting_from", "out_by"]
    response = client.get("/advice", query_string=dict.fromkeys(names, absurd))
    page = unescape(response.get_data(as_text=True))

    assert response.status_code == 422
    assert "<title>Fout: " in page
    assert "<b>x</b></p>" not in response.get_data(as_text=True)
    if absurd.strip("\x00"):
        assert page.count(f'value="{absurd}"') >= 8


def test_every_link_of_the_summary_says_what_its_field_says(client: FlaskClient) -> None:
    page = text_of(client, "/advice?destination=Melle&depart=31/2/2027&travellers=x&via=Halle")

    links = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', page.partition('id="faults"')[2])
    assert len(links) == 4
    for id_, words in links:
        fault = page.partition(f'id="{id_}-fault"')[2].partition("</div>")[0]
        assert f"</b> {words}</p>" in fault
        assert f'id="{id_}"' in page


def test_a_file_is_not_an_answer(client: FlaskClient) -> None:
    sent = client.post("/advice", data={"destination": (b"x", "trip.xlsx")})

    assert sent.status_code in {400, 405}
    assert "Naar het formulier" in sent.get_data(as_text=True)


def test_a_day_that_has_passed_asks_whether_the_trip_was_made(client: FlaskClient) -> None:
    past = text_of(client, "/advice?destination=Nantes&depart=2025-03-03&nights=2")

    assert "is de reis al gemaakt?" in past
    assert "Pas de dag aan" in past
    assert "al gemaakt" not in text_of(client, "/advice?destination=Nantes&depart=2036-03-03")


@pytest.mark.parametrize("written", ["5/3/2027", "05-03-2027", "5 maart 2027", "2027-03-05"])
def test_a_day_is_understood_as_people_write_it(client: FlaskClient, written: str) -> None:
    page = client.get("/advice", query_string={"destination": "Nantes", "depart": written})

    assert "vrijdag 5 maart 2027" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("rijs", "Rijsel (Hauts-de-France, Frankrijk)"), ("Halle", "Halle (Vlaams-Brabant, België)")],
)
def test_places_are_offered_while_typing(client: FlaskClient, typed: str, first: str) -> None:
    offered = client.get("/places", query_string={"q": typed}).get_json()

    assert offered["options"][0]["label"] == first
    assert 1 <= len(offered["options"]) <= 8
    labels = [option["label"] for option in offered["options"]]
    assert len(set(labels)) == len(labels)


def test_what_is_offered_leads_to_the_place_that_it_names(client: FlaskClient) -> None:
    for option in client.get("/places?q=melle").get_json()["options"]:
        page = client.get("/advice", query_string={"destination": option["value"], "nights": "2"})
        assert page.status_code == 200, option


@pytest.mark.parametrize(
    ("language", "status"),
    [("nl", "Geen plaats gevonden."), ("fr", "Aucun lieu trouvé."), ("en", "No place found.")],
)
def test_the_count_of_places_is_said_in_the_language_of_the_page(
    client: FlaskClient, language: str, status: str
) -> None:
    assert client.get(f"/places?q=%20x&lang={language}").get_json() == {
        "options": [],
        "status": status,
    }
