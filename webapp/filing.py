"""Opens what lets people file trips: the organisation, the store, and a way to sign in."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app
from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError, load_reference
from webapp import auth, hr, requests
from webapp.agenda import views as agenda_views
from webapp.approvals import stand_in_views
from webapp.approvals import views as approval_views
from webapp.auth.gate import guard
from webapp.auth.identity import ProxySignIn, SignIn, TryOutSignIn
from webapp.auth.people import register_people
from webapp.auth.sessions import IDLE, LONGEST, WARNED_BEFORE
from webapp.auth.visitor import visitor_or_none
from webapp.bookings import views as booking_views
from webapp.calendar import views as calendar_views
from webapp.config import NO_TRY_OUT, Config
from webapp.hr import own_data
from webapp.hr.own_trips import missing_requests, register_travelled
from webapp.hr.pseudonyms import pseudonyms_of
from webapp.hr.registering import Registrar
from webapp.layout import language_of
from webapp.mail import views as mail_views
from webapp.organisation import Organisation, load_organisation
from webapp.requests.filing import Desk
from webapp.requests.notices import Notices
from webapp.requests.words import add_words
from webapp.store import open_store
from webapp.store.tables import Request


def add_filing(app: Flask, config: Config) -> None:
    """Guard every route, and open sign-in and filing where the organisation has set them up.

    Raises:
        DataError: the file of the organisation has faults.
        InputError: the address of the database is none, there is no key for pseudonyms, or the
            try-out is set in production.
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
    add_words(app)
    desk = open_desk(config)
    organisation = desk.organisation
    app.extensions["desk"] = desk
    app.extensions["organisation"] = organisation
    app.extensions["store"] = open_store(config.database)
    app.extensions["pseudonyms"] = pseudonyms_of(config.pseudonym_key, config.database)
    sign_in = _sign_in(config, organisation)
    app.extensions["sign_in"] = sign_in
    register_people(organisation, sign_in.issuer, app.extensions["store"])
    app.extensions["register"] = partial(_register, app)
    for blueprint in (
        auth.blueprint,
        requests.blueprint,
        approval_views.blueprint,
        stand_in_views.blueprint,
        booking_views.blueprint,
        calendar_views.blueprint,
        mail_views.blueprint,
        hr.blueprint,
        own_data.blueprint,
        agenda_views.blueprint,
    ):
        app.register_blueprint(blueprint)


def open_desk(config: Config) -> Desk:
    """Return who takes requests in, by the file of the organisation.

    Raises:
        DataError: the file of the organisation has faults.
    """
    organisation = load_organisation(config.organisation)
    return Desk(organisation, Notices(language_of(config.mail_language), config.address))


def registrar_of(app: Flask) -> Registrar:
    """Return what puts trips into the register, by the data that now hold."""
    reference, organisation = app.extensions["reference"], app.extensions["organisation"]
    return Registrar(reference, organisation, app.extensions["pseudonyms"])


def load_registrar(config: Config, organisation: Organisation) -> Registrar:
    """Return the same for a command that has no application.

    Raises:
        DataError, InputError: the data that `config` names has faults, or there is no key.
    """
    reference = load_reference(
        scheme=config.scheme, factors=config.factors, destinations=config.destinations
    )
    pseudonyms = pseudonyms_of(config.pseudonym_key, config.database)
    return Registrar(reference, organisation, pseudonyms)


def _register(app: Flask, session: Session, request: Request) -> None:
    """Put a travelled request into the register; where that fails, the errands try it again."""
    register_travelled(session, request, registrar_of(app))
    if request.id in missing_requests(session):
        app.logger.warning("request %s is not registered as it was travelled", request.reference)


def _sign_in(config: Config, organisation: Organisation) -> SignIn:
    if config.sign_in == "proxy":
        return ProxySignIn(config.proxy)
    if config.production:
        raise InputError([FieldProblem("sign_in", "setting", NO_TRY_OUT)])
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
