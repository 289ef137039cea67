"""HR does something wrong: each answer is a page that says so, and nothing that was typed goes."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest
from bring_in_world import send
from filing_forms import faults, value_of
from filing_site import FilingSite, Someone
from sqlalchemy import func, select
from test_bring_in import HEAD, TO_PARIS
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from webapp.hr.bring_in_store import Dock, GoneError
from webapp.hr.bring_in_views import MOST_BYTES
from webapp.store.register import MadeTrip
from webapp.store.tables import Person

SMALL = b"trip_id;destination;depart;return;mode\n1;Parijs;2024-03-01;2024-03-02;train\n"
LONG = "Bestemming;Vertrekdatum\n" + "Parijs;1/3/2024\n" * 50_001


def with_macros() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


FILES = {
    "empty": ("leeg.csv", b"", "Het bestand is leeg"),
    "blank lines": ("leeg.csv", b"\n\n\n", "Het bestand is leeg"),
    "a PDF": ("boekingen.csv", b"%PDF-1.7\n1 0 obj\nendobj\n", "geen CSV en geen werkmap"),
    "a picture": ("boekingen.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0", "geen CSV en geen werkmap"),
    "no workbook": ("boekingen.xlsx", b"PK\x03\x04 kapot", "beschadigd of vergrendeld"),
    "macros": ("boekingen.xlsx", with_macros(), "macro’s"),
    "one column": ("boekingen.csv", b"bestemming\nParijs\n", "Het bestand heeft één kolom"),
    "a header twice": ("b.csv", b"naar;naar;vertrek\nA;B;1/3/2024\n", "Twee kolommen heten “naar”"),
    "too many rows": ("lang.csv", LONG.encode(), "heeft 50.001 rijen"),
    "too many bytes": ("groot.csv", b"x" * (MOST_BYTES + 2**21), "telt 12 MB"),
}


def main_of(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("what", FILES)
def test_a_wrong_file_is_named_beside_its_field_and_the_supplier_stays(
    filing_site: FilingSite, what: str
) -> None:
    name, content, said = FILES[what]
    hr = filing_site.somebody("hr")
    hr.get("/hr/bring-in")
    file = FileStorage(io.BytesIO(content), name)
    fields = {"csrf_token": hr.token, "supplier": "Bureau Noord", "file": file}
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = hr.client.post("/hr/bring-in", data=body, content_type=kind)
    text = unescape(answer.get_data(as_text=True))
    ((field, told),) = faults(text)
    assert (answer.status_code, field) == (422, "file")
    assert said in told
    assert value_of(text, "supplier") == "Bureau Noord"


def test_two_unknown_columns_of_one_name_cannot_be_told_apart(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    page = send(hr, b"Zone;Zone;destination;depart;mode\na;b;Parijs;2024-03-01;train\n", "z.csv")
    chosen = {f"column-{n}": name for n, name in enumerate(("unit", "-", "destination"), 1)}
    answer = hr.post(f"{page}/columns", {**chosen, "column-4": "depart", "column-5": "mode"})
    text = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert [field for field, _ in faults(text)] == ["column-2"]
    assert "Twee kolommen heten “Zone”" in text


def stored(site: FilingSite) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count()).select_from(MadeTrip)) or 0


def test_two_windows_confirm_one_file_and_it_is_stored_once(filing_site: FilingSite) -> None:
    first, second = filing_site.somebody("hr"), filing_site.another_window("hr")
    page = send(first, SMALL, "boekingen.csv")
    second.get(page)
    for window in (first, second):
        answer = window.post(f"{page}/confirm")
        assert answer.headers["Location"] == page
        assert "1 reis staat nu in het register" in window.text(page)
    assert stored(filing_site) == 1


def test_after_confirming_the_way_back_leads_to_what_was_stored(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    page = send(hr, SMALL, "boekingen.csv")
    hr.post(f"{page}/confirm")
    for path in ("columns", "wrong.csv", "wrong.xlsx"):
        assert hr.get(f"{page}/{path}").headers["Location"] == page
    assert hr.post(f"{page}/columns", {"column-1": "mode"}).headers["Location"] == page
    assert hr.post(f"{page}/discard").status_code == 303
    assert stored(filing_site) == 1


def assert_gone(hr: Someone, page: str) -> None:
    asked = [hr.get(f"{page}{path}") for path in ("", "/columns", "/wrong.csv", "/wrong.xlsx")]
    sent = [hr.post(f"{page}/confirm"), hr.post(f"{page}/columns", {"column-1": "mode"})]
    for answer in (*asked, *sent):
        text = main_of(unescape(answer.get_data(as_text=True)))
        assert answer.status_code == 404
        assert "We bewaren dit bestand niet meer" in text
        assert 'id="supplier"' in text


def test_a_file_that_was_thrown_away_or_never_there_is_said_to_be_gone(
    filing_site: FilingSite,
) -> None:
    hr = filing_site.somebody("hr")
    page = send(hr, SMALL, "boekingen.csv")
    assert hr.post(f"{page}/discard").headers["Location"] == "/hr/bring-in"
    assert_gone(hr, page)
    assert_gone(hr, "/hr/bring-in/none")
    assert stored(filing_site) == 0


def test_a_file_sent_once_more_before_it_is_confirmed_replaces_the_first(
    filing_site: FilingSite,
) -> None:
    hr = filing_site.somebody("hr")
    first, second = send(hr, SMALL, "boekingen.csv"), send(hr, SMALL, "boekingen.csv")
    assert_gone(hr, first)
    hr.post(f"{second}/confirm")
    assert stored(filing_site) == 1


def test_a_file_thrown_away_while_it_is_confirmed_is_gone_and_no_fault_of_ours(
    filing_site: FilingSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    hr = filing_site.somebody("hr")
    page = send(hr, SMALL, "boekingen.csv")

    def content(dock: Dock, id_: str) -> bytes:
        with dock.store.read() as session:
            person = session.scalars(select(Person).limit(1)).one()
        dock.discard(id_, person)
        raise GoneError(id_)

    monkeypatch.setattr(Dock, "content", content)
    answer = hr.post(f"{page}/confirm")
    assert answer.status_code == 404
    assert "We bewaren dit bestand niet meer" in unescape(answer.get_data(as_text=True))


def test_a_form_that_came_too_late_keeps_the_supplier(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    fields = {"supplier": "Bureau Noord", "file": (io.BytesIO(SMALL), "b.csv")}
    answer = hr.client.post("/hr/bring-in", data=fields, content_type="multipart/form-data")
    assert value_of(hr.text(answer.headers["Location"]), "supplier") == "Bureau Noord"


GARBAGE = {
    "/hr/dashboard?year=%00&unit=%3Cscript%3E&from=x&to=99/99/9999&mode=ufo": 422,
    f"/hr/dashboard?destination={'a' * 3000}": 422,
    "/hr/council?year=2%D9%A024": 422,
    "/hr/council?page=999999": 200,
    "/hr/council?page=-1": 200,
    "/hr/council?page=abc": 200,
    "/hr/export?outcome=niets": 422,
    "/hr/trips.csv?year=x": 422,
    "/hr/trips.pdf": 404,
    "/hr/council.xlsx?unit=niets": 422,
    "/hr/report/abcd": 404,
    "/hr/report/2099": 404,
    "/hr/what-if?a=niets": 422,
    "/hr/list/niets": 404,
    "/hr/matches/none": 405,
    "/hr/nothing": 404,
}


@pytest.mark.parametrize("path", GARBAGE)
def test_garbage_in_an_address_is_answered_by_a_page(filing_site: FilingSite, path: str) -> None:
    hr = filing_site.somebody("hr")
    page = send(hr, (HEAD + TO_PARIS).encode("cp1252"), "boekingen.csv")
    hr.post(f"{page}/confirm")
    answer = hr.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == GARBAGE[path]
    assert "<h1" in main_of(text)
    assert "<script>" not in main_of(text)
