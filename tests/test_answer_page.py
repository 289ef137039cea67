"""The answer page without a browser: what is seen at once, what stays closed, what is unknown."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from travelplan import (
    Recommendation,
    Reference,
    load_language,
    parse_trip,
    recommend,
    recommendation_record,
)
from travelplan.journeys.doors import door_to_door
from travelplan.report.tour import tour_total
from webapp import create_app
from webapp.config import Config

BERLIN = "/advice?destination=Berlijn&depart=2027-03-01&nights=2"
TOUR = "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08"


def page_of(client: FlaskClient, path: str) -> str:
    return unescape(client.get(path).get_data(as_text=True))


def answer_of(reference: Reference, path: str) -> Recommendation:
    """What the library answers to the question of an address."""
    asked = parse_qs(urlsplit(path).query)
    fields = {key: values if key == "via" else values[0] for key, values in asked.items()}
    return recommend(parse_trip(fields, reference.places), reference)


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def open_part(page: str) -> str:
    """What is seen at once: the page without its three closed sections and its paper part."""
    return re.sub(r"<section class=\"on-paper\">.*?</section>", "", closed_out(page), flags=re.S)


def closed_out(page: str) -> str:
    return re.sub(r"<details id=.*?</details>", "", page, flags=re.S)


def section(page: str, id_: str) -> str:
    return page.partition(f'<details id="{id_}">')[2].partition("</details>")[0]


def test_the_only_heading_of_first_rank_is_the_level(client: FlaskClient) -> None:
    for path, level in ((BERLIN, "Trein verplicht"), (TOUR, "Verschilt per deel van de reis")):
        assert re.findall(r"<h1[^>]*>([^<]*)</h1>", page_of(client, path)) == [level]


def test_the_first_paragraph_holds_value_limit_rule_version_and_day_of_the_data(
    client: FlaskClient, reference: Reference
) -> None:
    page = page_of(client, BERLIN)
    first = words(page.partition('<p class="reason">')[2].partition("</p>")[0])
    record = recommendation_record(answer_of(reference, BERLIN))

    hours, minutes = divmod(record["facts"]["rail_min"], 60)
    for said in (f"{hours} uur {minutes:02}", "8 uur", record["grounds"]["rule"], "23 november"):
        assert said in first
    assert "Treintijden van 2025/26" in first


def test_what_is_seen_at_once_and_what_stays_closed(client: FlaskClient) -> None:
    page = page_of(client, BERLIN)
    seen = words(open_part(page))

    for said in ("Beste keuze: Trein", "Wat betekent dit voor jou", "Zo kun je reizen"):
        assert said in seen
    assert "Pas de vraag aan" in seen
    assert re.findall(r'<details id="(\w+)">', page) == ["way", "reckoning", "scheme"]
    assert "<details open" not in page
    assert "Keulen" not in seen


def test_it_says_what_the_decision_means(client: FlaskClient) -> None:
    seen = words(open_part(page_of(client, BERLIN)))

    assert "Klasse Het keuzeschema zegt niets over de klasse." in seen
    assert re.search(r"Nachttrein [\w ]+: je vertrekt rond \d\d:\d\d", seen)
    assert "Wie akkoord moet gaan Het diensthoofd → Het departementshoofd" in seen
    assert "Past het niet? Kies een van deze redenen wanneer je de reis indient:" in seen
    free = words(open_part(page_of(client, "/advice?destination=Wenen&depart=2027-03-01&nights=2")))
    assert "Past het niet?" not in free


def test_another_scheme_says_its_own_class_and_levy() -> None:
    client = create_app(Config(scheme="ugent")).test_client()

    seen = words(open_part(page_of(client, "/advice?destination=Rome&depart=2027-03-01&nights=2")))

    assert "Klasse Trein:" in seen
    assert "Bijdrage" in seen


def test_a_levy_that_can_be_reckoned_stands_beside_the_price() -> None:
    client = create_app(Config(scheme="ku-leuven")).test_client()

    page = page_of(client, "/advice?destination=Rome&depart=2027-03-01&nights=2")

    cells = re.findall(r'data-label="Prijs">(.*?)</td>', page, flags=re.S)
    assert re.match(r"geen prijs bekend \+ [\d,]+ EUR bijdrage", words(cells[-1]))


def test_the_parts_of_the_time_stand_beside_the_whole(
    client: FlaskClient, reference: Reference
) -> None:
    page = page_of(client, BERLIN)
    plane = words(page.rpartition("Vliegtuig <span")[2].partition("</tr>")[0])
    journey = next(o for o in answer_of(reference, BERLIN).options if o.mode == "plane").journey
    parts = door_to_door(journey, reference.transport.rules.door.access_min)

    say = load_language("nl").duration
    split = (parts.to_min, parts.riding_min, parts.waiting_min, parts.from_min)
    assert f"mag niet {say(journey.door_to_door_min)} waarom?" in plane
    assert " ".join(say(minutes) for minutes in split) in plane


def test_a_price_that_nobody_gave_is_never_nought(client: FlaskClient) -> None:
    page = page_of(client, BERLIN)

    cells = re.findall(r'data-label="Prijs">(.*?)</td>', page, flags=re.S)
    assert len(cells) == 6
    assert all(words(cell).startswith("geen prijs bekend") for cell in cells)
    assert "€" not in page


def test_the_night_train_saves_a_hotel_night(client: FlaskClient) -> None:
    (night,) = re.findall(r"<th[^>]*>Nachttrein(.*?)</th>", page_of(client, BERLIN), flags=re.S)

    assert "hotelnacht bespaard" in night


def test_every_why_leads_to_its_explanation(client: FlaskClient) -> None:
    for path in (BERLIN, TOUR, f"{BERLIN}&out_by=train&return_by=plane"):
        page = page_of(client, path)
        ids = re.findall(r'\bid="([^"]+)"', page)
        targets = re.findall(r'class="why[^"]*" href="#([^"]+)"', page)
        assert len(targets) > 15
        assert set(targets) <= set(ids)
        assert len(set(ids)) == len(ids)


def test_the_bars_are_drawn_from_the_figures_of_the_table(client: FlaskClient) -> None:
    page = page_of(client, BERLIN)
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.S)
    table = page.partition("<tbody")[2].partition("</tbody>")[0]

    for figure, label in zip(figures, ("Deur tot deur", "CO2e"), strict=True):
        shown = [bar.rpartition("<span>")[2].partition("<")[0] for bar in figure.split('bar">')[1:]]
        cells = re.findall(rf'data-label="{label}"><b>([^<]*)</b>', table)
        assert shown == cells
    widths = [float(w) for w in re.findall(r'class="co2e" width="([\d.]+)%"', figures[1])]
    kilograms = [float(kg) for kg in re.findall(r'data-label="CO2e"><b>(\d+) kg', table)]
    largest = max(kilograms)
    for width, kg in zip(widths, kilograms, strict=True):
        assert width / max(widths) == pytest.approx(kg / largest, abs=0.02)


def test_another_factor_set_is_one_click_away_and_may_change_the_order(
    client: FlaskClient,
) -> None:
    seen = open_part(page_of(client, "/advice?destination=Londen&depart=2027-03-01&nights=2"))
    addresses = re.findall(r'href="(/advice\?[^"]*factors=ademe-2025[^"]*)"', seen)

    assert "De volgorde verandert" not in seen
    assert len(addresses) == 1
    other = words(open_part(page_of(client, addresses[0])))
    assert "met de factorset ademe-2025" in other
    assert "De volgorde verandert met de factorset." in other


def test_other_schemes_are_never_on_the_page_of_the_traveller(client: FlaskClient) -> None:
    page = page_of(client, BERLIN)

    for body in ("Universiteit Gent", "KU Leuven", "Vlaamse overheid", "Utrecht"):
        assert body not in page


def test_the_sections_tell_the_way_the_reckoning_and_the_scheme(
    client: FlaskClient, reference: Reference
) -> None:
    page = page_of(client, BERLIN)

    for option in answer_of(reference, BERLIN).options:
        for leg in option.journey.legs:
            way = f"{leg.origin.nl} → {leg.destination.nl}"
            assert way in section(page, "way")
            reckoned = words(section(page, "reckoning")).partition(way)[2]
            assert re.match(r": [\d.]+ km, [\d.,]+ kg \([\d.,]+–[\d.,]+\) enkele reis", reckoned)
    assert "/advice/route.svg?mode=train" in section(page, "way")
    assert "De marge geldt voor 90 % van de gevallen." in section(page, "reckoning")
    scheme = words(section(page, "scheme"))
    assert "Dat is deze reis." in scheme
    assert "Er rijdt geen trein? nee" in scheme
    assert "/advice/scheme.svg?" in section(page, "scheme")
    assert "destinations" in scheme
    (whole,) = re.findall(r'href="(/scheme\?on=[^"]*)"', section(page, "scheme"))
    assert client.get(whole).status_code == 200


def test_the_drawings_show_the_way_and_the_path(client: FlaskClient, reference: Reference) -> None:
    page = page_of(client, BERLIN)
    drawings = re.findall(r'src="(/advice/[a-z]+\.svg\?[^"]*)"', page)

    drawn = [client.get(address) for address in drawings]

    assert [one.mimetype for one in drawn] == ["image/svg+xml"] * 2
    for leg in answer_of(reference, BERLIN).options[0].journey.legs:
        assert leg.destination.nl in drawn[0].get_data(as_text=True)
    assert "► Trein verplicht" in drawn[1].get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        "/advice/route.svg?destination=Berlijn&mode=balloon",
        "/advice/route.svg?destination=Xyzzy&mode=train",
        "/advice/route.svg?destination=Berlijn&mode=train&part=7",
        "/advice/scheme.svg?destination=Berlijn&part=0",
    ],
)
def test_a_drawing_of_nothing_does_not_exist(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_tour_has_an_outcome_a_part_and_one_sum(
    client: FlaskClient, reference: Reference
) -> None:
    page = page_of(client, TOUR)
    table = page.partition('<table id="total"')[2].partition("</table>")[0]
    rows = [words(row) for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", table, flags=re.S)]

    assert rows[1].startswith("Gent → Wenen Vrije keuze Trein ")
    assert rows[2].startswith("Wenen → Praag Trein verplicht Trein ")
    total = tour_total(answer_of(reference, TOUR))
    assert total.door_to_door_min
    assert total.emissions
    time = load_language("nl").duration(total.door_to_door_min)
    kg = round(total.emissions.wtw.central)
    assert rows[-1].startswith(f"Totaal Verschilt per deel van de reis – {time} {kg} kg")
    assert words(open_part(page)).count("Wat betekent dit voor jou") == 1


def test_without_any_way_the_page_says_so(client: FlaskClient) -> None:
    answered = page_of(client, "/advice?destination=Kanazawa&depart=2027-03-01&nights=5")

    assert "Vrije keuze: geen treinverbinding</h1>" in answered
    assert "Beste keuze: Vliegtuig" in answered
    assert re.search(r"\+ [\d.]+ kg", answered)
