"""Forms that came too late: kept, and shown again filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import current_app, request
from sqlalchemy import delete
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from webapp.auth.visitor import visitor
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.tables import KeptForm

KEPT_FOR = timedelta(days=1)
_PARAMETER = "kept"
_NOT_KEPT = "csrf_token"
_STRIPPED = "kept_without"
Strip = Callable[[dict[str, str]], dict[str, str]]
View = TypeVar("View", bound=Callable[..., Any])


def kept_without(strip: Strip) -> Callable[[View], View]:
    """Declare what the form of a route must never keep, however late it came."""

    def declare(view: View) -> View:
        setattr(view, _STRIPPED, strip)
        return view

    return declare


def keep_form(person_id: str) -> str:
    """Keep the form that this request sends, and return the address that shows it again."""
    fields = _fields()
    path = _page_of(request.path)
    with _store().write() as session:
        session.execute(delete(KeptForm).where(KeptForm.kept_at < now() - KEPT_FOR))
        kept = KeptForm(person_id=person_id, path=path, fields=fields)
        session.add(kept)
        session.flush()
        id_ = kept.id
    asked = {**request.args.to_dict(flat=False), _PARAMETER: [id_]}
    return f"{path}?{urlencode(asked, doseq=True)}"


def kept_fields() -> MultiDict[str, str] | None:
    """Return what the visitor's form held on this page when it came too late; None if nothing."""
    id_ = request.args.get(_PARAMETER, "")
    if not id_:
        return None
    with _store().read() as session:
        kept = session.get(KeptForm, id_)
    if kept is None or kept.person_id != visitor().id or kept.path != request.path:
        return None
    return MultiDict((name, value) for name, values in kept.fields.items() for value in values)


def _fields() -> dict[str, list[str]]:
    """Return the values of the form by field; a route that strips has one value a field."""
    fields = {k: v for k, v in request.form.to_dict(flat=False).items() if k != _NOT_KEPT}
    strip: Strip | None = getattr(
        current_app.view_functions.get(request.endpoint or ""), _STRIPPED, None
    )
    if strip is None:
        return fields
    return {name: [value] for name, value in strip({k: v[0] for k, v in fields.items()}).items()}


def _page_of(path: str) -> str:
    """Return the page that holds the form: the path itself, or the nearest one above an action."""
    adapter = current_app.create_url_adapter(request)
    while adapter is not None and path:
        try:
            adapter.match(path, method="GET")
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return path
    return "/"


def _store() -> Store:
    return cast("Store", current_app.extensions["store"])
