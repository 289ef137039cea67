"""What is known of a trip from the request that it belongs to: when, by whom agreed, how decided.

No name, no text that somebody wrote, and of a confidential reason not even that it is one: that HR
confirmed something is no role that agreed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from travelplan.scheme.rights import CONFIDENTIAL
from webapp.hr.frozen import decided_parts
from webapp.store.tables import Request, Step, Version

Row = dict[str, Any]
REQUEST_COLUMNS = (
    *("request_date", "approval_date", "booking_date", "funder", "approver_role", "decision"),
    "decision_evidence",
)
_BY_HR = "hr"
_AGREED = ("approved", "travelled")
_OTHER = "other"
_AT_ONCE = 100
_FACT_OF_REASON = "reason"


def of_requests(session: Session, ids: Collection[str]) -> dict[str, Row]:
    """Return the cells of REQUEST_COLUMNS of some requests, by their id."""
    found: dict[str, Row] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(Request)
            .where(Request.id.in_(wanted[start : start + _AT_ONCE]))
            .options(
                selectinload(Request.versions).selectinload(Version.steps),
                selectinload(Request.bookings),
            )
        )
        for request in session.scalars(query):
            found[request.id] = _cells(request)
    return found


def _cells(request: Request) -> Row:
    version = request.current
    agreed = [step for step in version.steps if step.decision == "approved" and step.decided_at]
    roles = [step.function for step in agreed if step.function != _BY_HR]
    booked = [note for note in request.bookings if note.kind == "booked"]
    return {
        "request_date": _day(request.filed_at),
        "approval_date": _day(_last(agreed)) if request.status in _AGREED else None,
        "booking_date": _day(booked[-1].noted_at) if booked else None,
        "funder": version.payer,
        "approver_role": roles[-1] if roles else "",
        "decision": "approved" if request.status in _AGREED else request.status,
        "decision_evidence": decision_evidence(version),
    }


def decision_evidence(version: Version) -> Row:
    """Return what of a frozen decision it takes to decide again and to judge again.

    `sha256` is that of the whole record, which stays in the store: it holds more than a reader
    of figures may know.
    """
    return {
        "sha256": version.evidence_sha256,
        "outcome": version.outcome,
        "asked": list(version.modes),
        "has_reason": bool(version.reason),
        "parts": list(_parts(version)),
    }


def _parts(version: Version) -> Iterator[Row]:
    for part in decided_parts(version):
        grounds, facts = part["grounds"], dict(part["facts"])
        if _FACT_OF_REASON in facts:
            facts[_FACT_OF_REASON] = [
                _OTHER if code == CONFIDENTIAL else code for code in facts[_FACT_OF_REASON]
            ]
        yield {
            "scheme": grounds["scheme"],
            "version": grounds["version"],
            "rule": grounds["rule"],
            "outcome": part["outcome"],
            "modes": part["modes"],
            "facts": facts,
            "listed": part["outcome"] if grounds["list_entry"] else "",
        }


def _last(steps: Collection[Step]) -> datetime | None:
    return max((step.decided_at for step in steps if step.decided_at), default=None)


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None
