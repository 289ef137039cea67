"""What HR is asked, answered: people and kinds, the accounts, the inventory, worlds of requests."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from filing_site import FilingSite, Someone
from register_world import by_train, made, store_trips
from request_world import BY_TRAIN, Office

from travelplan import Reference
from webapp.hr.report_ledger import Ledger, read_total


@pytest.fixture
def hr(hr_site: FilingSite) -> Someone:
    return hr_site.somebody("hr")


def said(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_council_reads_kinds_people_cost_and_online_without_a_name(
    hr_site: FilingSite, hr: Someone, reference: Reference
) -> None:
    """The questions that councils ask of other cities, on one page."""
    same = [made(traveller="one"), by_train(traveller="one"), by_train(traveller="two")]
    store_trips(hr_site.store, [*same, made(traveller="", cost_cents=None)])
    Office.with_everybody(hr_site.store, reference).file(choice=BY_TRAIN)
    text = said(hr.text("/hr/council"))
    assert "Vliegtuig 2 2 € 300,00 400" in text.replace("\u00a0", " ")
    assert "Trein 2 2" in text
    assert "2 verschillende mensen reisden" in text
    assert "Van 1 reis is niet bekend wie ze maakte." in text
    assert "Antwoord Aanvragen" in text


def test_no_request_is_said_and_not_an_empty_table(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(hr_site.store, [made()])
    assert "Van deze reizen is hier geen aanvraag ingediend." in said(hr.text("/hr/council"))


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1234567,50", 123456750),
        ("1.234.567,50", 123456750),
        ("€ 1 234,5", 123450),
        ("600", 60000),
        ("0", 0),
        ("", None),
    ],
)
def test_a_total_is_read_as_people_write_it(typed: str, cents: int | None) -> None:
    assert read_total(typed) == (cents, [])


@pytest.mark.parametrize("typed", ["1.234", "1,234", "veel", "-5", "12,345,6", "9" * 30, "=1+1"])
def test_a_total_that_is_none_or_can_be_read_in_two_ways_is_refused(
    typed: str, hr_site: FilingSite, hr: Someone
) -> None:
    assert read_total(typed)[0] is None
    store_trips(hr_site.store, [made()])
    answer = hr.client.get("/hr/report/2024", query_string={"accounts_eur": typed})
    assert answer.status_code == 422
    text = unescape(answer.get_data(as_text=True))
    assert 'href="#accounts_eur"' in text
    assert typed[:20] in text
    assert "Niet vergeleken met de boekhouding" in text


def test_the_report_holds_what_was_booked_against_the_accounts(
    hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [made(), made(), made(cost_cents=None)])
    text = said(hr.text("/hr/report/2024?accounts_eur=800,00")).replace("\u00a0", " ")
    assert "In het register € 600,00 In de boekhouding € 800,00" in text
    assert "Verschil +€ 200,00 Het register bevat 75 %" in text
    assert "Van 1 reis is de kostprijs niet bekend." in text
    less = said(hr.text("/hr/report/2024?accounts_eur=500")).replace("\u00a0", " ")
    assert "Verschil −€ 100,00 Het register bevat 120 %" in less
    assert Ledger(5, 0).share is None


def test_own_cars_stand_in_scope_1_with_their_fuel_in_category_3(
    hr_site: FilingSite, hr: Someone
) -> None:
    own = {"wtw_kg": 50.0, "ttw_kg": 40.0}
    whole = made(mode="car", scope="1", wtw_kg=50.0, ttw_kg=40.0, record={"own": own})
    both = made(scope="1 3.6", wtw_kg=250.0, ttw_kg=190.0, record={"own": own})
    guest, unknown = made(role="guest"), made(wtw_kg=None, ttw_kg=None, tier=None, scope="")
    store_trips(hr_site.store, [whole, both, guest, unknown, by_train()])
    rows = csv_rows(hr.get("/hr/inventory.csv?lang=en").data)
    found = {
        (r["scope"], r["category"], r["travellers"], r["mode"]): tuple(
            float(r[name]) for name in ("ttw_kg", "wtt_kg", "unsplit_kg", "co2e_kg")
        )
        for r in rows
        if r["scope"]
    }
    staff = "employees and elected members"
    assert found == {
        ("1", "", staff, "Car alone"): (40, 0, 0, 40),
        ("1", "", staff, "Plane"): (40, 0, 0, 40),
        ("3", "3", staff, "Car alone"): (0, 10, 0, 10),
        ("3", "3", staff, "Plane"): (0, 10, 0, 10),
        ("3", "6", staff, "Plane"): (150, 50, 0, 200),
        ("3", "6", staff, "Train"): (0, 0, 10, 10),
        ("3", "6", "other travellers", "Plane"): (160, 40, 0, 200),
    }
    rest = [(r["trips"], r["what"]) for r in rows if not r["scope"]]
    assert rest[0] == ("1", "Trips of which the CO2e is not known")
    assert any("Compatible with" in what for _, what in rest)
    assert any("scope 2 is empty" in what for _, what in rest)
    assert any("hotel" in what for _, what in rest)
    assert sum(kg for *_, kg in found.values()) == 50 + 250 + 200 + 10


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_no_inventory_claims_more_than_it_is(
    kind: str, language: str, hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [made()])
    data = hr.client.get(f"/hr/inventory.{kind}?lang={language}").data
    assert data
    if kind != "xlsx":
        text = data.decode("utf-8-sig").lower()
        assert not re.search(r"compliant|conform\b|conforme", text)


def test_only_requests_show_what_was_planned_and_no_cost_of_nought(
    hr_site: FilingSite, hr: Someone, reference: Reference
) -> None:
    Office.with_everybody(hr_site.store, reference).file(choice=BY_TRAIN)
    text = hr.text("/hr/dashboard")
    assert "Gepland:" in text
    assert "Werkelijk: " not in text.split("Gepland: wat aanvragen")[0]
    assert "€ 0,00" not in text.replace("\u00a0", " ")
    assert 'id="digital' in text


def test_only_trips_show_what_was_spent_and_no_plan_of_nought(
    hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [made(), made(unit="klimaat", cost_cents=None)])
    text = hr.text("/hr/dashboard")
    assert "Werkelijk: " in text
    assert "Gepland: " not in text.split("<details")[0]
    assert not re.search(r'class="value"[^>]*>€.0,00<', text)


@pytest.mark.parametrize("chosen", ["mode=train", "unit=klimaat", "role=staff"])
def test_a_part_of_the_trips_is_not_held_against_the_published_share(
    chosen: str, hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [by_train(unit="klimaat")])
    assert "35 % in 2013–2018" in hr.text("/hr/dashboard?year=2024")
    assert "35 % in 2013–2018" not in hr.text(f"/hr/dashboard?{chosen}")


def test_what_is_not_known_at_all_reads_as_a_dash(hr_site: FilingSite, hr: Someone) -> None:
    nothing: dict[str, Any] = {"wtw_kg": None, "cost_cents": None, "minutes": None}
    store_trips(hr_site.store, [made(**nothing, ttw_kg=None, scope="", tier=None)])
    heads = said(re.findall(r'<dl class="heads">.*?</dl>', hr.text("/hr/dashboard"), re.S)[0])
    assert "CO2e – niet bekend voor 1 reis" in heads
    assert "Kosten – niet bekend voor 1 reis" in heads or "– niet bekend voor 1 reis" in heads
    assert "0,00" not in heads


def test_an_unknown_address_of_the_report_is_not_found(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(hr_site.store, [made()])
    assert hr.client.get("/hr/report/2024?unit=klimaat").status_code == 404


def test_the_answer_says_of_each_flight_what_was_said_of_meeting_online(
    hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [made(digital="in_person"), made(digital="skip"), made()])
    rows = csv_rows(hr.get("/hr/council.csv?lang=en").data)
    assert sorted(row["digital"] for row in rows) == ["", "", "No, in person"]
