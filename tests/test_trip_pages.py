"""The trips of the register as pages: the list behind the figures, and a trip with its grounds."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bring_in_world import send
from filing_site import FilingSite
from register_world import by_train, made, store_trips
from request_world import BY_PLANE, Office
from sqlalchemy import select

from travelplan import Reference
from webapp.store import Store
from webapp.store.register import MadeTrip
from webapp.store.tables import Request

HEAD = "trip_id;traveller;destination;depart;return;mode;travellers;unit;reason;cost_eur\n"


@pytest.fixture
def office(hr_site: FilingSite, reference: Reference) -> Office:
    return Office.with_everybody(hr_site.store, reference)


def bring_in(site: FilingSite, *rows: str, name: str = "boekingen.csv") -> None:
    page = send(site.somebody("hr"), (HEAD + "".join(f"{r}\n" for r in rows)).encode(), name)
    assert site.somebody("hr").post(f"{page}/confirm").status_code == 303


def only_trip(store: Store) -> MadeTrip:
    with store.read() as session:
        return session.scalars(select(MadeTrip)).one()


def approved(office: Office, **asked: object) -> str:
    id_ = office.file(BY_PLANE, **asked)  # type: ignore[arg-type]
    with office.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    return id_


def counted(text: str) -> int:
    """How many trips the list says that it shows."""
    found = re.search(r'role="status">(\d+) rei[sz]', text)
    return int(found[1]) if found else 0


def test_the_list_shows_fifty_a_page_newest_first(hr_site: FilingSite) -> None:
    store_trips(hr_site.store, [made(depart=date(2024, 1, 1 + n % 28)) for n in range(51)])
    hr = hr_site.somebody("hr")
    first, second = hr.text("/hr/trips"), hr.text("/hr/trips?page=2")
    link = 'href="/hr/trips/'
    rows = [text.count(link) - text.count(f"{link}taken-out") for text in (first, second)]
    assert rows == [50, 1]
    assert first.index("28/01/2024") < first.index("02/01/2024")
    assert counted(first) == 51


@pytest.mark.parametrize(
    ("query", "trips"),
    [
        ("", 4),
        ("year=2024", 3),
        ("from=1/3/2024&to=5/3/2024", 2),
        ("unit=klimaat", 1),
        ("mode=train", 1),
        ("verdict=complied", 1),
        ("destination=wenen", 1),
        ("differs=yes", 1),
        ("differs=yes&mode=train", 0),
    ],
)
def test_the_list_is_filtered_like_the_dashboard(
    hr_site: FilingSite, query: str, trips: int
) -> None:
    store_trips(
        hr_site.store,
        [
            made(unit="klimaat", verdict="exception"),
            made(depart=date(2023, 3, 4)),
            made(place="Wenen", depart=date(2024, 5, 1)),
            by_train(verdict_of_day=""),
        ],
    )
    assert counted(hr_site.somebody("hr").text(f"/hr/trips?{query}")) == trips


def test_every_fault_of_the_address_is_named(hr_site: FilingSite) -> None:
    response = hr_site.somebody("hr").get("/hr/trips?year=x&mode=y&differs=z")
    assert response.status_code == 422
    assert response.get_data(as_text=True).count('class="fault"') == 3


def test_dashboard_and_council_lead_to_the_list_with_the_same_filter(hr_site: FilingSite) -> None:
    store_trips(hr_site.store, [made(), made(verdict="exception")])
    hr = hr_site.somebody("hr")
    for page in ("dashboard", "council"):
        assert 'href="/hr/trips?year=2024&mode=plane"' in hr.text(
            f"/hr/{page}?year=2024&mode=plane"
        )
    text = hr.text("/hr/dashboard?year=2024")
    assert 'href="/hr/trips?year=2024&differs=yes"' in text
    assert "1 reis wordt anders beoordeeld" in text
    assert "anders beoordeeld" not in hr.text("/hr/dashboard?verdict=deviated")


def test_a_difference_with_the_rule_of_the_day_is_shown_in_a_sentence(hr_site: FilingSite) -> None:
    store_trips(hr_site.store, [made(id="a" * 32, verdict="complied")])
    hr = hr_site.somebody("hr")
    assert "Volgens de regel van de dag: Afgeweken. Wat werd afgesproken, telt." in hr.text(
        "/hr/trips"
    )
    assert "het verschil wordt de reiziger niet aangerekend" in hr.text(f"/hr/trips/{'a' * 32}")


def test_a_trip_tells_everything_but_who_travelled(hr_site: FilingSite) -> None:
    rows = [
        "1;;Melle;;;train;;;;",
        "77;jan;Berlijn;2024-03-01;2024-03-03;plane;2;klimaat;strike;600",
    ]
    bring_in(hr_site, *rows)
    trip = only_trip(hr_site.store)
    text = hr_site.somebody("hr").text(f"/hr/trips/{trip.id}")
    told = (
        *("Gent → Berlijn", "01/03/2024 – 03/03/2024", "klimaat", "600,00", "Uitzondering"),
        *("7 uur 39", "grens 8 uur", "regel within-working-day", "23 november 2020"),
        *(
            "vrijdag 1 maart 2024",
            "travelplan-2026.1",
            "Duitsland 24",
            "boekingen.csv",
            "Reisbureau",
        ),
        *("Rijen in het bestand", "77", "boekingen.csv"),
    )
    assert [words for words in told if words not in text] == []
    assert re.search(r"Rijen in het bestand</dt>\s*<dd>3</dd>", text)
    assert trip.traveller
    assert trip.traveller not in text
    assert trip.traveller not in hr_site.somebody("hr").text("/hr/trips")


def test_a_trip_of_a_request_shows_what_was_agreed_and_leads_to_it(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    bring_in(hr_site, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;;;")
    hr = hr_site.somebody("hr")
    text = hr.text(f"/hr/trips/{only_trip(hr_site.store).id}")
    for page in (text, hr.text("/hr/trips")):
        assert f'href="/hr/requests/{id_}"' in page
    assert "bewaard zoals de reiziger ze zag" in text
    assert "Proefreiziger" not in text


def test_a_trip_of_before_every_rule_says_so(hr_site: FilingSite) -> None:
    bring_in(hr_site, "8;;Parijs;2018-03-01;2018-03-03;train;1;;;")
    text = hr_site.somebody("hr").text(f"/hr/trips/{only_trip(hr_site.store).id}")
    assert "gold geen enkele versie van het keuzeschema" in text


def test_a_confidential_reason_is_an_other_reason(hr_site: FilingSite) -> None:
    store_trips(hr_site.store, [made(id="b" * 32, reason="confidential", verdict="exception")])
    text = hr_site.somebody("hr").text(f"/hr/trips/{'b' * 32}")
    assert "Andere reden" in text
    assert "ertrouwelijk" not in text
