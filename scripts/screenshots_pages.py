"""The pages of which `screenshots.py` takes pictures, and what is filed for them."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """One page: what its pictures are called, its address, and who is signed in ("" for nobody).

    {draft} and {request} in an address are those that the traveller has made beforehand, {columns},
    {dry_run} and {brought} the files that HR has sent.
    """

    name: str
    path: str
    who: str = ""


TRIP = "destination=Berlijn&depart=2027-03-01&return=2027-03-03&digital=in_person"
OTHER_TRIP = "destination=Barcelona&depart=2027-04-05&return=2027-04-08&digital=in_person"


PAGES = (
    Page("form", "/"),
    Page("form-wrong", "/advice?destination=Melle&depart=31/2/2027&travellers=x"),
    Page("answer", "/advice?destination=Berlijn&depart=2027-03-01&nights=2"),
    Page("answer-tour", "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08"),
    Page("answer-unserved", "/advice?destination=Kanazawa&depart=2027-03-01&nights=5"),
    Page("scheme", "/scheme"),
    Page("scheme-older", "/scheme?on=2020-03-01"),
    Page("scheme-wrong", "/scheme?on=31/2/2027"),
    Page("destinations", "/destinations"),
    Page("destinations-filtered", "/destinations?country=NL&level=mandatory"),
    Page("destinations-nothing", "/destinations?q=Rome"),
    Page("trains", "/destinations/trains"),
    Page("trains-night", "/destinations/trains?class=night"),
    Page("method", "/method"),
    Page("accessibility", "/accessibility"),
    Page("privacy", "/privacy"),
    Page("not-found", "/nothing"),
    Page("sign-in", "/sign-in"),
    Page("who", f"/requests/new?{OTHER_TRIP}", "reiziger"),
    Page("choice", "/requests/drafts/{draft}/choice", "reiziger"),
    Page("check", "/requests/drafts/{draft}/check", "reiziger"),
    Page("request", "/requests/{request}", "reiziger"),
    Page("requests", "/requests", "reiziger"),
    Page("requests-none", "/requests", "collega"),
    Page("approvals", "/approvals", "diensthoofd"),
    Page("approval", "/approvals/{request}", "diensthoofd"),
    Page("approvals-none", "/approvals", "schepen"),
    Page("stand-ins", "/approvals/stand-ins", "diensthoofd"),
    Page("bookings-none", "/bookings", "boeker"),
    Page("mail", "/mail", "beheerder"),
    Page("hr-empty", "/hr", "hr"),
    Page("hr-dashboard-empty", "/hr/dashboard", "hr"),
    Page("hr-council-empty", "/hr/council", "hr"),
    Page("hr-export-empty", "/hr/export", "hr"),
    Page("hr-what-if-empty", "/hr/what-if", "hr"),
    Page("hr-matches-empty", "/hr/matches", "hr"),
)
"""The pages of an application in which nothing was filed before."""
WHAT_IF = "/hr/what-if?a=stad-gent&b=ugent&year=2025"
PAGES_OF_HR = (
    Page("hr", "/hr", "hr"),
    Page("hr-bring-in", "/hr/bring-in", "hr"),
    Page("hr-columns", "{columns}", "hr"),
    Page("hr-dry-run", "{dry_run}", "hr"),
    Page("hr-brought", "{brought}", "hr"),
    Page("hr-matches", "/hr/matches", "hr"),
    Page("hr-dashboard", "/hr/dashboard", "hr"),
    Page("hr-dashboard-year", "/hr/dashboard?year=2025", "hr"),
    Page("hr-dashboard-few", "/hr/dashboard?year=2025&unit=voorbeelddienst&mode=coach", "hr"),
    Page("hr-dashboard-wrong", "/hr/dashboard?year=x&from=31/2/2026&destination=Rome", "hr"),
    Page("hr-council", "/hr/council?year=2025", "hr"),
    Page("hr-council-none", "/hr/council?mode=train", "hr"),
    Page("hr-export", "/hr/export?year=2025", "hr"),
    Page("hr-report", "/hr/report/2025", "hr"),
    Page("hr-report-none", "/hr/report/2012", "hr"),
    Page("hr-list", "/hr/list", "hr"),
    Page("hr-suggestion", "{suggestion}", "hr"),
    Page("hr-suggestion-gone", "/hr/list/join:gn:2950159", "hr"),
    Page("hr-what-if", WHAT_IF, "hr"),
    Page("hr-demo", "/hr/demo", "hr"),
    Page("hr-log", "/hr/log", "hr"),
    Page("hr-trips", "/hr/trips?year=2025", "hr"),
    Page("hr-open-data", "/hr/open-data", "hr"),
    Page("hr-taken-out", "/hr/trips/taken-out", "hr"),
    Page("calendar", "/calendar", "hr"),
    Page("my-data", "/my-data", "hr"),
)
ROOMS = {False: PAGES, True: PAGES_OF_HR}
"""The pages of an application with the invented trips in its register, and of one without."""
BOOKED = (
    "Dossier;Van;Aankomst;Heen;Terug;Type;Bedrag;Kostenplaats\n"
    "D-2201;Gent;Barcelona;05/04/2027;08/04/2027;vlucht;214,50;Dienst Internationale Relaties\n"
    "D-2202;Gent;Parijs;12/03/2026;13/03/2026;trein;96,00;Dienst Internationale Relaties\n"
    "D-2203;Gent;Melle;17/03/2026;17/03/2026;trein;8,40;Cultuur\n"
    "D-2204;Gent;Lyon;31/2/2026;02/03/2026;vlucht;220,00;Cultuur\n"
    "D-2205;Gent;Nergenshuizen;02/04/2026;03/04/2026;trein;-45,00;Cultuur\n"
)
COLUMNS = ("trip_id", "origin", "destination", "depart", "return", "mode", "cost_eur", "unit")
SUPPLIER = "Reisbureau Voorbeeldstad"
CHOSEN = (
    "answer-1280",
    "answer-360",
    "check-1280",
    "approval-1280",
    "scheme-1280",
    "trains-1280",
)
"""The pictures that stand in the docs."""
