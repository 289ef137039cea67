"""What an organisation sets: through the environment, or as arguments in tests."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, cast

from travelplan import FieldProblem, InputError
from travelplan.files import DEFAULT_FACTORS, DEFAULT_SCHEME
from travelplan.language import LANGUAGES, Message, message

SignInKind = Literal["none", "try-out", "proxy"]
TRY_OUT_ORGANISATION = Path(__file__).parent / "data" / "try_out.yaml"
LEAST_KEY_LENGTH = 32
MOST_DAYS = 365
NO_TRY_OUT = message("The try-out lets anyone sign in as anyone: it is not for production.")
_SIGN_IN_KINDS = ("none", "try-out", "proxy")


@dataclass(frozen=True, slots=True)
class ProxyHeaders:
    """The headers in which an authenticating reverse proxy says who asks, and who may say so."""

    trusted: tuple[IPv4Network | IPv6Network, ...] = ()
    user: str = "X-Remote-User"
    name: str = "X-Remote-Name"
    email: str = "X-Remote-Email"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out; without a host it waits in the queue."""

    host: str = ""
    port: int = 25
    sender: str = "travelplan@localhost"
    starttls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Config:
    """The data that answers rest on, and who may file a trip with what behind it.

    `destinations` None means the shipped list; `theme` None our own style, else the folder with
    that of the organisation; `help_contact` is an address of mail or of a page, or any words, and
    "" means HR. Without a way to sign in there is advice and nothing else, and no database.
    `address` is the public address of the application, for links in mail. All mail is in
    `mail_language`: nothing about the language of a person is kept. Who has to decide is reminded
    every `remind_after_days`. `retention_years` and `retention_series` say how long requests are
    kept, and by which series of the archive; None and "" where the organisation has not
    decided. After `pseudonym_years` names make room for pseudonyms and free texts go.
    `pseudonym_key` makes the pseudonyms of travellers and stands nowhere in the database.
    """

    scheme: str = DEFAULT_SCHEME
    factors: str = DEFAULT_FACTORS
    destinations: Path | None = None
    help_contact: str = ""
    theme: Path | None = None
    sign_in: SignInKind = "none"
    production: bool = False
    database: str = ""
    organisation: Path = TRY_OUT_ORGANISATION
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    proxy: ProxyHeaders = ProxyHeaders()
    mail: MailServer = MailServer()
    address: str = "http://127.0.0.1:5000"
    mail_language: str = "nl"
    remind_after_days: int = 5
    retention_years: int | None = None
    retention_series: str = ""
    pseudonym_years: int | None = None
    pseudonym_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read the TRAVELPLAN_ variables that docs/operations.md lists.

        Raises:
            InputError: a value that cannot be, or one that is missing beside another.
        """
        return _Reader(environment).config()


class _Reader:
    """Reads variable by variable and notes what is wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._problems: list[FieldProblem] = []

    def config(self) -> Config:
        kind = self._text("SIGN_IN", "none")
        production = self._text("PRODUCTION") in {"1", "true", "yes"}
        organisation = self._path("ORGANISATION")
        config = Config(
            scheme=self._text("SCHEME", DEFAULT_SCHEME),
            factors=self._text("FACTORS", DEFAULT_FACTORS),
            destinations=self._path("DESTINATIONS"),
            help_contact=self._text("HELP"),
            theme=self._path("THEME_DIR"),
            sign_in=cast("SignInKind", kind),
            production=production,
            database=self._text("DATABASE"),
            organisation=organisation or TRY_OUT_ORGANISATION,
            secret_key=self._text("SECRET_KEY") or secrets.token_urlsafe(48),
            proxy=self._proxy(),
            mail=self._mail(),
            address=self._text("ADDRESS", "http://127.0.0.1:5000").rstrip("/"),
            mail_language=self._mail_language(),
            remind_after_days=self._remind_after_days(),
            retention_years=self._years("RETENTION_YEARS"),
            retention_series=self._text("RETENTION_SERIES"),
            pseudonym_years=self._years("PSEUDONYM_YEARS"),
            pseudonym_key=self._text("PSEUDONYM_KEY"),
        )
        self._check(config, organisation)
        if self._problems:
            raise InputError(self._problems)
        return config

    def _check(self, config: Config, organisation: Path | None) -> None:
        kind = config.sign_in
        if kind not in _SIGN_IN_KINDS:
            known = ", ".join(_SIGN_IN_KINDS)
            text = message(
                "“{given}” is no way to sign in. Choose {known}.", given=kind[:60], known=known
            )
            self._note("SIGN_IN", text)
        if kind == "try-out" and config.production:
            self._note("SIGN_IN", NO_TRY_OUT)
        if kind != "none" and not config.database:
            text = message("Say where requests are stored, for example sqlite:///travelplan.db.")
            self._note("DATABASE", text)
        if kind == "proxy":
            self._check_proxy(config, organisation)

    def _check_proxy(self, config: Config, organisation: Path | None) -> None:
        if not config.proxy.trusted:
            text = message("Name the addresses of the reverse proxy, for example 10.0.0.5.")
            self._note("PROXY_ADDRESSES", text)
        if not organisation:
            text = message("Name the file that says who holds which function.")
            self._note("ORGANISATION", text)
        for name in ("SECRET_KEY", "PSEUDONYM_KEY"):
            if len(self._text(name)) < LEAST_KEY_LENGTH:
                text = message(
                    "Give a secret of at least {number} characters.", number=LEAST_KEY_LENGTH
                )
                self._note(name, text)

    def _proxy(self) -> ProxyHeaders:
        standard = ProxyHeaders()
        trusted = []
        for given in self._text("PROXY_ADDRESSES").replace(",", " ").split():
            try:
                trusted.append(ip_network(given))
            except ValueError:
                text = message("“{given}” is no address and no network.", given=given[:60])
                self._note("PROXY_ADDRESSES", text)
        return ProxyHeaders(
            tuple(trusted),
            self._text("PROXY_USER_HEADER", standard.user),
            self._text("PROXY_NAME_HEADER", standard.name),
            self._text("PROXY_EMAIL_HEADER", standard.email),
        )

    def _mail(self) -> MailServer:
        standard = MailServer()
        port = self._text("SMTP_PORT", str(standard.port))
        if not port.isdecimal():
            self._note("SMTP_PORT", message("“{given}” is no port.", given=port[:60]))
            port = "0"
        return MailServer(
            host=self._text("SMTP_HOST"),
            port=int(port),
            sender=self._text("SMTP_SENDER", standard.sender),
            starttls=self._text("SMTP_STARTTLS") in {"1", "true", "yes"},
            user=self._text("SMTP_USER"),
            password=self._text("SMTP_PASSWORD"),
        )

    def _mail_language(self) -> str:
        given = self._text("MAIL_LANGUAGE", "nl")
        if given not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            text = message(
                "“{given}” is no language of ours. Choose {known}.", given=given[:60], known=known
            )
            self._note("MAIL_LANGUAGE", text)
        return given

    def _remind_after_days(self) -> int:
        given = self._text("REMIND_AFTER_DAYS", "5")
        if not given.isdecimal() or not 1 <= int(given[:9]) <= MOST_DAYS:
            text = message(
                "“{given}” is no number of days from 1 to {most}.", given=given[:60], most=MOST_DAYS
            )
            self._note("REMIND_AFTER_DAYS", text)
            return 1
        return int(given)

    def _text(self, name: str, default: str = "") -> str:
        return self._environment.get(f"TRAVELPLAN_{name}", "").strip() or default

    def _years(self, name: str) -> int | None:
        given = self._text(name)
        if given and not given.isdecimal():
            text = message("“{given}” is not a whole number of years.", given=given[:60])
            self._note(name, text)
            return None
        return int(given) if given else None

    def _path(self, name: str) -> Path | None:
        given = self._text(name)
        return Path(given) if given else None

    def _note(self, name: str, text: Message) -> None:
        self._problems.append(FieldProblem(f"TRAVELPLAN_{name}", "setting", text))
