"""The room of HR: who may come in, and what its first page says."""

from __future__ import annotations

from filing_site import FilingSite


def test_only_hr_finds_and_opens_the_follow_up(filing_site: FilingSite) -> None:
    hr, traveller = filing_site.somebody("hr"), filing_site.somebody("reiziger")
    assert 'aria-current="page">Opvolging' in hr.text("/hr")
    assert "Het register bevat nog geen reizen." in hr.text("/hr")
    assert "Opvolging" not in traveller.text("/requests")
    assert traveller.get("/hr").status_code == 403
    assert filing_site.app.test_client().get("/hr").status_code == 302
