"""The pages on which requests are decided: what who decides sees, and what they can do."""

from __future__ import annotations

from copy import deepcopy

import pytest
from axe_playwright_python.sync_playwright import Axe
from filing_site import FilingAddress, FilingSite, Someone
from playwright.sync_api import Browser, expect
from request_world import BY_PLANE, DESK, IN_CONFIDENCE, Office
from sqlalchemy import select

from travelplan import Reference
from webapp.requests.chain import waiting_step
from webapp.requests.filing import Choice
from webapp.store.columns import now
from webapp.store.tables import Delegation, Mail

TODAY = now().date().isoformat()
REFUSAL = {"verdict": "refused", "comment": "Er is geen <b>budget</b> meer."}


@pytest.fixture
def office(filing_site: FilingSite, reference: Reference) -> Office:
    return Office.with_everybody(filing_site.store, reference)


def step_of(office: Office, id_: str) -> str:
    with office.store.read() as session:
        step = waiting_step(office.request(session, id_).current)
        assert step is not None
        return step.id


def decides(someone: Someone, office: Office, id_: str, **fields: str) -> int:
    someone.get(f"/approvals/{id_}")
    typed = {"step": step_of(office, id_), "verdict": "approved", **fields}
    return someone.post(f"/approvals/{id_}", typed).status_code


def status(office: Office, id_: str) -> str:
    with office.store.read() as session:
        return office.request(session, id_).status


def test_an_empty_list_says_so_and_a_request_stands_in_it(
    filing_site: FilingSite, office: Office
) -> None:
    head = filing_site.somebody("diensthoofd")
    assert "Er wacht niets op jou." in head.text("/approvals")
    id_ = office.file(BY_PLANE)
    page = head.text("/approvals")
    for shown in ("1 aanvraag wacht op jou.", f"/approvals/{id_}", "Berlijn", "Wijkt af"):
        assert shown in page


def test_who_decides_sees_what_the_traveller_saw_and_filled_in(
    filing_site: FilingSite, office: Office
) -> None:
    id_ = office.file(BY_PLANE)
    page = filing_site.somebody("diensthoofd").text(f"/approvals/{id_}")
    with office.store.read() as session:
        seen = office.request(session, id_).current.shown["nl"]
    for stretch in seen["stretches"]:
        assert stretch["level"] in page
        assert stretch["reason"] in page
        for option in stretch["options"]:
            assert option["kilograms"] in page
    for filled in (
        "Overleg over stadslogistiek",
        "Kennis voor het plan",
        "180,00",
        "Staking",
        "x" * 30,
    ):
        assert filled in page
    english = filing_site.somebody("diensthoofd").text(f"/approvals/{id_}?lang=en")
    with office.store.read() as session:
        assert office.request(session, id_).current.shown["en"]["stretches"][0]["reason"] in english


def test_what_is_seen_stays_as_it_was_frozen(filing_site: FilingSite, office: Office) -> None:
    id_ = office.file()
    with office.store.write() as session:
        version = office.request(session, id_).current
        frozen = deepcopy(version.shown)
        frozen["nl"]["stretches"][0]["reason"] = "De reden van toen."
        version.shown = frozen
    page = filing_site.somebody("diensthoofd").text(f"/approvals/{id_}")
    assert "De reden van toen." in page


@pytest.mark.parametrize("who", ["hr", "diensthoofd"])
def test_of_a_confidential_reason_only_the_confirmation_is_seen(
    filing_site: FilingSite, office: Office, who: str
) -> None:
    id_ = office.file(IN_CONFIDENCE)
    hr = filing_site.somebody("hr")
    page = hr.text(f"/approvals/{id_}")
    assert "Is de reden met HR besproken?" in page
    assert "<textarea" not in page.partition('id="decide"')[2]
    assert decides(hr, office, id_, comment="rugklachten") == 303
    page = filing_site.somebody(who).text(f"/approvals/{id_}")
    assert "Vertrouwelijke reden: bevestigd door HR" in page
    assert "rugklachten" not in page


def test_a_decision_is_stored_once_and_a_page_says_what_happens(
    filing_site: FilingSite, office: Office
) -> None:
    id_ = office.file()
    head = filing_site.somebody("diensthoofd")
    head.get(f"/approvals/{id_}")
    fields = {"step": step_of(office, id_), "verdict": "approved"}
    answers = [head.post(f"/approvals/{id_}", fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    done = head.text(answers[0].headers["Location"])
    assert "Je beslissing is bewaard" in done
    assert "De aanvraag gaat naar de volgende" in done
    assert "Er wacht niets op jou." in head.text("/approvals")
    with office.store.read() as session:
        events = [event.what for event in office.request(session, id_).events]
    assert events == ["filed", "agreed"]


def test_a_refusal_is_read_by_the_traveller_as_text_and_not_by_mail(
    filing_site: FilingSite, office: Office
) -> None:
    id_ = office.file()
    assert decides(filing_site.somebody("diensthoofd"), office, id_, **REFUSAL) == 303
    raw = filing_site.somebody("reiziger").get(f"/requests/{id_}").get_data(as_text=True)
    assert "Er is geen &lt;b&gt;budget&lt;/b&gt; meer." in raw
    with office.store.read() as session:
        assert not any("budget" in mail.text for mail in session.scalars(select(Mail)))


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"verdict": ""}, ["Kies wat je beslist."]),
        ({"verdict": "refused"}, ["Zeg waarom je weigert"]),
        ({"verdict": "change_asked", "comment": " "}, ["Zeg wat er moet veranderen"]),
        (
            {"verdict": "", "comment": "é" * 1001},
            ["Kies wat je beslist.", "hoogstens 1.000 tekens"],
        ),
    ],
)
def test_a_wrong_decision_comes_back_with_everything_kept(
    filing_site: FilingSite, office: Office, fields: dict[str, str], faults: list[str]
) -> None:
    id_ = office.file()
    head = filing_site.somebody("diensthoofd")
    head.get(f"/approvals/{id_}")
    answer = head.post(f"/approvals/{id_}", {"step": step_of(office, id_), **fields})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Fout: " in page
    for fault in faults:
        assert page.count(fault) == 2
    assert fields.get("comment", "").strip() in page
    assert status(office, id_) == "waiting"


def test_the_second_of_two_is_told_that_it_has_been_decided(
    filing_site: FilingSite, office: Office
) -> None:
    id_ = office.file()
    step = step_of(office, id_)
    giver, taker = office.person("diensthoofd"), office.person("collega")
    with office.store.write() as session:
        day = now().date()
        session.add(
            Delegation(
                giver_id=giver.id, taker_id=taker.id, made_by=giver.id, first_day=day, last_day=day
            )
        )
    late = filing_site.somebody("collega")
    assert "in de plaats van Proefdiensthoofd" in late.text(f"/approvals/{id_}")
    assert decides(filing_site.somebody("diensthoofd"), office, id_) == 303
    answer = late.post(f"/approvals/{id_}", {"step": step, **REFUSAL})
    assert answer.status_code == 409
    assert "Je kwam te laat" in answer.get_data(as_text=True)
    assert status(office, id_) == "waiting"


def test_a_new_version_shows_the_earlier_one_with_its_decisions(
    filing_site: FilingSite, office: Office
) -> None:
    id_, traveller = office.file(), office.person("reiziger")
    head = filing_site.somebody("diensthoofd")
    decides(head, office, id_, verdict="change_asked", comment="Kan het een dag later?")
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
        filing = office.filing(depart="2027-03-02")
        DESK.file(session, draft, filing, traveller=traveller, filer=traveller)
    page = head.text(f"/approvals/{id_}")
    for shown in (
        "dinsdag 2 maart 2027",
        "Versie 1",
        "Kan het een dag later?",
        "maandag 1 maart 2027",
    ):
        assert shown in page
    assert decides(head, office, id_) == 303


def test_the_college_is_asked_for_its_number(filing_site: FilingSite, office: Office) -> None:
    id_ = office.file(by="schepen", role="elected")
    clerk = filing_site.somebody("secretariaat")
    assert "Nummer van de beslissing" in clerk.text(f"/approvals/{id_}")
    assert decides(clerk, office, id_) == 422
    assert decides(clerk, office, id_, number="2022_CBS_01284") == 303
    assert status(office, id_) == "approved"
    assert "2022_CBS_01284" in filing_site.somebody("schepen").text(f"/requests/{id_}")


@pytest.mark.parametrize(
    "who", ["reiziger", "collega", "boeker", "beheerder", "departementshoofd", "hr"]
)
def test_who_may_not_see_a_request_finds_nothing(
    filing_site: FilingSite, office: Office, who: str
) -> None:
    id_ = office.file()
    someone = filing_site.somebody(who)
    allowed = {403} if who in {"reiziger", "collega", "boeker", "beheerder"} else {404}
    for path in (f"/approvals/{id_}", f"/approvals/{id_}/done"):
        assert someone.get(path).status_code in allowed
    answer = someone.post(
        f"/approvals/{id_}", {"step": step_of(office, id_), "verdict": "approved"}
    )
    assert answer.status_code in allowed
    assert status(office, id_) == "waiting"


def test_a_stand_in_is_arranged_shown_and_ended(filing_site: FilingSite, office: Office) -> None:
    head, colleague = filing_site.somebody("diensthoofd"), filing_site.somebody("collega")
    id_ = office.file()
    assert colleague.get("/approvals").status_code == 403
    head.get("/approvals/stand-ins")
    fields = {"taker": "collega", "first_day": TODAY, "last_day": TODAY}
    wrong = head.post("/approvals/stand-ins", {**fields, "taker": "niemand<x>"})
    assert wrong.status_code == 422
    assert "niemand&lt;x&gt;" in wrong.get_data(as_text=True)
    assert head.post("/approvals/stand-ins", fields).status_code == 303
    page = head.text("/approvals/stand-ins")
    assert "Proefcollega beslist in de plaats van Proefdiensthoofd" in page
    assert f"/approvals/{id_}" in colleague.text("/approvals")

    with office.store.read() as session:
        made = session.scalars(select(Delegation)).one().id
    other = filing_site.somebody("schepen")
    other.get("/approvals/stand-ins")
    assert other.post(f"/approvals/stand-ins/{made}/end").status_code == 404
    assert head.post(f"/approvals/stand-ins/{made}/end").status_code == 303
    assert colleague.get("/approvals").status_code == 403


def test_what_nobody_can_decide_is_seen_by_hr_and_administrator_with_what_to_do(
    filing_site: FilingSite, office: Office
) -> None:
    id_ = office.file(by="algemeen-directeur", depart="2027-03-01")
    for who in ("diensthoofd", "departementshoofd", "schepen"):
        assert decides(filing_site.somebody(who), office, id_) == 303
    for who in ("hr", "beheerder"):
        page = filing_site.somebody(who).text("/approvals")
        assert "Hierover kan niemand beslissen" in page
        assert "HR: regel een vervanger voor deze functie." in page
        assert "stadslogistiek" not in page
    assert "Hierover kan niemand" not in filing_site.somebody("schepen").text("/approvals")


def test_outgoing_mail_is_for_administrators(filing_site: FilingSite, office: Office) -> None:
    office.file()
    page = filing_site.somebody("beheerder").text("/mail")
    for shown in (
        "diensthoofd@voorbeeld.invalid",
        "wacht op jou",
        "Er is geen mailserver ingesteld",
    ):
        assert shown in page
    for who in ("reiziger", "diensthoofd", "hr", "boeker"):
        assert filing_site.somebody(who).get("/mail").status_code == 403


@pytest.mark.browser
def test_a_request_is_approved_by_keyboard_alone(
    filing_address: FilingAddress, office: Office, browser: Browser
) -> None:
    id_ = office.file()
    context, page = filing_address.opened(browser, "diensthoofd")
    page.goto(f"{filing_address.address}/approvals")
    link = page.get_by_role("link", name="Proefreiziger, Berlijn")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Proefreiziger: Berlijn")
    agree = page.get_by_label("Akkoord", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if agree.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je beslissing is bewaard")
    context.close()
    with office.store.read() as session:
        assert office.request(session, id_).current.steps[0].decision == "approved"


@pytest.mark.browser
def test_a_refusal_without_javascript_names_what_is_missing_and_then_is_stored(
    filing_address: FilingAddress, office: Office, browser: Browser
) -> None:
    id_ = office.file()
    context, page = filing_address.opened(browser, "diensthoofd", java_script_enabled=False)
    page.goto(f"{filing_address.address}/approvals/{id_}")
    page.get_by_label("Weiger", exact=True).check()
    page.get_by_role("button", name="Bewaar mijn beslissing").click()
    page.locator(".summary a").click()
    expect(page.get_by_label("Opmerking voor de reiziger")).to_be_focused()
    expect(page.get_by_label("Weiger", exact=True)).to_be_checked()
    page.get_by_label("Opmerking voor de reiziger").fill("Kom liever online.")
    page.get_by_role("button", name="Bewaar mijn beslissing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je beslissing is bewaard")
    context.close()
    assert status(office, id_) == "refused"


def filled(office: Office) -> dict[str, tuple[str, str, bool]]:
    """One address of every page: who opens it, where, and whether it has a form to fill in."""
    waits = office.file(BY_PLANE)
    hr = office.file(IN_CONFIDENCE, depart="2027-05-03")
    college = office.file(by="schepen", role="elected", depart="2027-09-06")
    none = Choice(("train", "train"), deviates=False, reason="", justification="")
    booked = office.file(none, depart="2027-04-12")
    with office.store.write() as session:
        request = office.request(session, booked)
        for step in request.current.steps:
            step.decision = "approved"
        DESK.agreed(session, request)
    return {
        "list": ("diensthoofd", "/approvals", False),
        "request": ("diensthoofd", f"/approvals/{waits}", True),
        "hr": ("hr", f"/approvals/{hr}", True),
        "college": ("secretariaat", f"/approvals/{college}", True),
        "stand-ins": ("hr", "/approvals/stand-ins", True),
        "bookings": ("boeker", "/bookings", False),
        "booking": ("boeker", f"/bookings/{booked}", True),
        "mail": ("beheerder", "/mail", False),
    }


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    filing_address: FilingAddress, office: Office, browser: Browser, language: str, width: int
) -> None:
    for name, (who, path, has_form) in filled(office).items():
        context, page = filing_address.opened(
            browser, who, viewport={"width": width, "height": 800}
        )
        page.goto(f"{filing_address.address}{path}?lang={language}")
        for state in ("plain", "wrong"):
            if state == "wrong":
                if not has_form:
                    break
                if name == "booking":
                    page.locator("[name=price]").fill("veel")
                page.locator("main form button.button").last.click()
                expect(page.locator(".summary")).to_be_focused()
            results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
            assert results.violations_count == 0, (name, state, results.generate_report())
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, (name, state)
        context.close()
