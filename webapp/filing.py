"""Opens what lets people file trips: the organisation, the store, and a way to sign in."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app
from sqlalchemy.orm import Session

from webapp import auth, hr, requests
from webapp.auth.gate import guard
from webapp.auth.identity import ProxySignIn, SignIn, TryOutSignIn
from webapp.auth.people import register_people
from webapp.auth.sessions import IDLE, LONGEST, WARNED_BEFORE
from webapp.auth.visitor import visitor_or_none
from webapp.agenda import views as calendar
from webapp.config import Config
from webapp.hr import own_data
from webapp.hr.own_trips import register_travelled
from webapp.hr.pseudonyms import pseudonyms_of
from webapp.hr.registering import Registrar
from webapp.layout import DEFAULT_LANGUAGE, language_of
from webapp.organisation import Organisation, load_organisation
from webapp.requests.filing import Desk
from webapp.requests.notices import Notices
from webapp.store import open_store
from webapp.store.tables import Request


def add_filing(app: Flask, config: Config) -> None:
    """Guard every route, and open sign-in and filing where the organisation has set them up.

    Raises:
        DataError: the file of the organisation has faults.
        InputError: the address of the database is none, or there is no key for pseudonyms.
    """
    app.secret_key = config.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="__Host-travelplan" if config.production else "travelplan",
        SESSION_COOKIE_SECURE=config.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LONGEST,
    )
    guard(app)
    app.context_processor(_account)
    app.extensions["config"] = config
    if config.sign_in == "none":
        return
    organisation = load_organisation(config.organisation)
    app.extensions["organisation"] = organisation
    app.extensions["store"] = open_store(config.database)
    app.extensions["pseudonyms"] = pseudonyms_of(config.pseudonym_key, config.database)
    sign_in = _sign_in(config, organisation)
    app.extensions["sign_in"] = sign_in
    register_people(organisation, sign_in.issuer, app.extensions["store"])
    app.extensions["desk"] = Desk(
        organisation, Notices(language_of(DEFAULT_LANGUAGE), config.address)
    )
    app.extensions["register"] = partial(_register, app)
    app.register_blueprint(auth.blueprint)
    app.register_blueprint(requests.blueprint)
    app.register_blueprint(hr.blueprint)
    app.register_blueprint(own_data.blueprint)
    app.register_blueprint(calendar.blueprint)


def _register(app: Flask, session: Session, request: Request) -> None:
    """Put a travelled request into the register, by the data that now hold."""
    reference, organisation = app.extensions["reference"], app.extensions["organisation"]
    registrar = Registrar(reference, organisation, app.extensions["pseudonyms"])
    register_travelled(session, request, registrar)


def _sign_in(config: Config, organisation: Organisation) -> SignIn:
    if config.sign_in == "proxy":
        return ProxySignIn(config.proxy)
    return TryOutSignIn(organisation)


def _account() -> dict[str, object]:
    sign_in = current_app.extensions.get("sign_in")
    return {
        "visitor": visitor_or_none(),
        "can_file": sign_in is not None,
        "by_session": bool(sign_in and sign_in.by_session),
        "try_out": isinstance(sign_in, TryOutSignIn),
        "warn_after_min": int((IDLE - WARNED_BEFORE).total_seconds() // 60),
    }
