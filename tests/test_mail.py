"""Mail: queued with what it tells of, sent once by a real SMTP server, never lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from cases_reader import ROOT
from mail_world import Post, free_port
from request_world import BY_PLANE, DESK, ORGANISATION, Office
from sqlalchemy import func, select

from travelplan import Reference
from webapp.config import Config, MailServer
from webapp.errands import Errands, Worker
from webapp.filing import load_registrar
from webapp.mail.letter import UnusableAddressError, letter
from webapp.mail.outbox import queue_mail, status_of, try_failed_again
from webapp.mail.sender import CLAIM, GIVE_UP_AFTER, Sender, pause
from webapp.requests.filing import add_event
from webapp.store import Store, open_store
from webapp.store.tables import Mail

START = datetime(2027, 3, 1, 8, tzinfo=UTC)


class Clock:
    """A clock that only goes on when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def queue(store: Store, *keys: str, recipient: str = "reiziger@voorbeeld.invalid") -> None:
    with store.write() as session:
        for key in keys:
            queue_mail(
                session, key=key, recipient=recipient, subject=f"Onderwerp {key}", text="Dag.\n"
            )
    with store.write() as session:
        for mail in session.scalars(select(Mail).where(Mail.tries == 0, Mail.sent_at.is_(None))):
            mail.queued_at = mail.next_try_at = START


def mails(store: Store) -> list[Mail]:
    with store.read() as session:
        return list(session.scalars(select(Mail).order_by(Mail.key)))


def test_what_is_queued_arrives_once(store: Store, post: Post, clock: Clock) -> None:
    queue(store, "a", "b", "c")
    queue(store, "a")
    sender = Sender(store, post.server, clock)

    assert [sender.send_due() for _ in range(3)] == [3, 0, 0]
    assert sorted(str(m["Subject"]) for m in post.inbox.received) == [
        "Onderwerp a",
        "Onderwerp b",
        "Onderwerp c",
    ]
    assert [status_of(mail) for mail in mails(store)] == ["sent"] * 3


def test_a_mail_that_is_taken_back_with_its_transaction_never_goes_out(store: Store) -> None:
    class OffError(Exception):
        """The transaction fails."""

    def queue_in_vain() -> None:
        with store.write() as session:
            queue_mail(session, key="k", recipient="a@b.invalid", subject="s", text="t")
            raise OffError

    with pytest.raises(OffError):
        queue_in_vain()
    assert mails(store) == []


def test_a_dead_server_loses_nothing_and_sends_nothing_twice(
    store: Store, post: Post, clock: Clock
) -> None:
    post.stop()
    queue(store, "a", "b", "c")
    sender = Sender(store, post.server, clock)
    for _ in range(6):
        assert sender.send_due() == 0
        clock.on(minutes=20)
    assert {status_of(mail) for mail in mails(store)} == {"waiting"}
    assert any("refused" in mail.fault.lower() for mail in mails(store))

    post.start()
    clock.on(hours=5)
    assert sender.send_due() == 3
    assert len(post.inbox.received) == 3


def test_a_server_that_dies_in_the_middle_gets_the_rest_later(
    store: Store, post: Post, clock: Clock
) -> None:
    post.inbox.hang_up_after = 2
    queue(store, "a", "b", "c", "d")
    sender = Sender(store, post.server, clock)

    assert sender.send_due() == 2
    post.inbox.hang_up_after = None
    clock.on(hours=1)
    assert sender.send_due() == 2
    subjects = [str(message["Subject"]) for message in post.inbox.received]
    assert len(subjects) == len(set(subjects)) == 4


def test_pauses_grow_and_after_a_day_a_mail_is_failed_and_stays_in_sight(
    store: Store, clock: Clock
) -> None:
    sender = Sender(store, MailServer("127.0.0.1", free_port(), "a@b.invalid"), clock)
    queue(store, "a")
    tried: list[datetime] = []
    for _ in range(30 * 60):
        before = mails(store)[0].tries
        sender.send_due()
        if mails(store)[0].tries > before:
            tried.append(clock())
        if status_of(mails(store)[0]) == "failed":
            break
        clock.now = mails(store)[0].next_try_at or clock.now
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert gaps[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert gaps[:-1] == sorted(gaps[:-1])
    assert max(gaps) == timedelta(hours=4)
    assert tried[-1] - START == GIVE_UP_AFTER
    (mail,) = mails(store)
    assert (status_of(mail), mail.sent_at) == ("failed", None)
    assert mail.fault


def test_what_failed_is_sent_when_the_administrator_tries_again(
    store: Store, post: Post, clock: Clock
) -> None:
    post.inbox.refuse_recipient = "550 no such user"
    queue(store, "a")
    Sender(store, post.server, clock).send_due()
    assert status_of(mails(store)[0]) == "failed"
    assert "550" in mails(store)[0].fault

    post.inbox.refuse_recipient = ""
    with store.write() as session:
        assert try_failed_again(session, clock()) == 1
    assert Sender(store, post.server, clock).send_due() == 1


@pytest.mark.parametrize(("answer", "status"), [("451 later", "waiting"), ("554 never", "failed")])
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(
    store: Store, post: Post, clock: Clock, answer: str, status: str
) -> None:
    post.inbox.refuse_data = answer
    queue(store, "a")
    Sender(store, post.server, clock).send_due()
    assert status_of(mails(store)[0]) == status


def test_one_refused_recipient_does_not_hold_up_the_others(
    store: Store, post: Post, clock: Clock
) -> None:
    queue(store, "a", recipient="no address")
    queue(store, "b", "c")
    assert Sender(store, post.server, clock).send_due() == 2
    assert [status_of(mail) for mail in mails(store)] == ["failed", "sent", "sent"]


@pytest.mark.parametrize("host", ["x..y", "", "nergens.invalid"])
def test_a_server_that_cannot_be_named_is_tried_again_later(
    store: Store, clock: Clock, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise OSError("Name or service not known")

    if host.endswith(".invalid"):  # no test asks a name server
        monkeypatch.setattr("socket.getaddrinfo", unknown)
    queue(store, "a")
    Sender(store, MailServer(host, free_port(), "a@b.invalid"), clock).send_due()
    assert (status_of(mails(store)[0]), mails(store)[0].tries) == ("waiting", 1)


def test_an_address_that_the_server_cannot_take_holds_up_nobody(
    store: Store, post: Post, clock: Clock
) -> None:
    queue(store, "a", recipient="é@voorbeeld.invalid")
    queue(store, "b")
    Sender(store, post.server, clock).send_due()
    assert status_of(mails(store)[1]) == "sent"


def test_two_senders_never_send_the_same_mail(store: Store, post: Post, clock: Clock) -> None:
    queue(store, *(f"k{number:02d}" for number in range(20)))
    at_once, sent = threading.Barrier(3), []

    def one() -> None:
        at_once.wait()
        sent.append(Sender(store, post.server, clock).send_due())

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [str(message["Message-ID"]) for message in post.inbox.received]
    assert (sum(sent), len(ids), len(set(ids))) == (20, 20, 20)


def test_a_claim_of_a_process_that_died_runs_out_and_keeps_the_message_id(
    store: Store, post: Post, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class DiedError(BaseException):
        """The process ends after the server has the mail."""

    def dies(sender: Sender, mail: Mail) -> None:
        raise DiedError

    queue(store, "a")
    sender = Sender(store, post.server, clock)
    with monkeypatch.context() as patched:
        patched.setattr(Sender, "_done", dies)
        with pytest.raises(DiedError):
            sender.send_due()
    assert sender.send_due() == 0  # claimed: nobody takes it meanwhile
    clock.now += CLAIM
    assert sender.send_due() == 1
    assert len({str(message["Message-ID"]) for message in post.inbox.received}) == 1


def test_pauses_never_grow_beyond_four_hours() -> None:
    assert [pause(n) for n in (1, 2, 9, 100)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
        timedelta(hours=4),
        timedelta(hours=4),
    ]


def test_the_letter_of_a_refusal_tells_outcome_and_link_and_nothing_more(
    store: Store, reference: Reference, post: Post
) -> None:
    office = Office.with_everybody(store, reference)
    id_ = office.file(BY_PLANE)
    with store.write() as session:
        request = office.request(session, id_)
        request.current.steps[0].comment = "Geheime opmerking"
        add_event(session, request, None, "refused")
        DESK.refused(session, request)
    Sender(store, post.server).send_due()

    (mail,) = [m for m in post.inbox.received if "Geweigerd" in str(m["Subject"])]
    text = mail.get_content()
    assert f"https://reizen.voorbeeld/requests/{id_}" in text
    assert "Berlijn, maandag 1 maart 2027" in text
    assert mail.get_content_type() == "text/plain"
    for private in ("Geheime opmerking", "x" * 20, "stadslogistiek", "Proefreiziger"):
        assert private not in str(mail)


def test_the_mail_of_an_approval_carries_the_trip_for_the_calendar(
    store: Store, reference: Reference, post: Post
) -> None:
    office = Office.with_everybody(store, reference)
    id_ = office.file()
    with store.write() as session:
        request = office.request(session, id_)
        for step in request.current.steps:
            step.decision = "approved"
        DESK.agreed(session, request)
    Sender(store, post.server).send_due()

    (mail,) = [m for m in post.inbox.received if "Goedgekeurd" in str(m["Subject"])]
    (part,) = list(mail.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert (part.get_param("method"), part.get_filename()) == ("PUBLISH", "trip.ics")
    assert "DTSTART;VALUE=DATE:20270301" in part.get_content()


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "a",
        "@b.invalid",
        "a@",
        "a@b.invalid, c@d.invalid",
        "a@b.invalid\r\nBcc: c@d.invalid",
        "a@b.invalid\nX: y",
        "Naam <a@b.invalid>",
        "a@b.invalid;c@d.invalid",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(recipient: str) -> None:
    mail = Mail(id="1", recipient=recipient, subject="s", text="t", calendar="", queued_at=START)
    with pytest.raises(UnusableAddressError):
        letter(mail, "reizen@voorbeeld.invalid")


@pytest.mark.parametrize(
    "sign", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00"]
)
def test_no_subject_adds_a_header(store: Store, sign: str) -> None:
    subject = f"Aanvraag{sign}Bcc: ander@voorbeeld.invalid"
    mail = Mail(id="1", recipient="a@b.invalid", subject=subject, text="t", queued_at=START)
    wire = letter(mail, "reizen@voorbeeld.invalid").as_bytes()
    headers = wire.partition(b"\n\n")[0].split(b"\n")
    assert not any(line.lower().startswith(b"bcc") for line in headers)


def test_a_letter_says_that_a_machine_wrote_it_and_when(store: Store) -> None:
    mail = Mail(id="ab", recipient="a@b.invalid", subject="s", text="één", queued_at=START)
    made = letter(mail, "reizen@voorbeeld.invalid")
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Message-ID"] == "<ab@voorbeeld.invalid>"
    assert "Mon, 01 Mar 2027 08:00:00" in made["Date"]
    assert made.get_content() == "één\n"


def test_signing_in_to_a_server_that_does_not_ask_for_it_is_tried_again_later(
    store: Store, post: Post, clock: Clock
) -> None:
    queue(store, "a")
    server = replace(post.server, user="u", password="p")  # noqa: S106
    Sender(store, server, clock).send_due()
    (mail,) = mails(store)
    assert (status_of(mail), mail.tries) == ("waiting", 1)


def test_without_starttls_on_the_server_nothing_goes_out_in_the_open(
    store: Store, post: Post, clock: Clock
) -> None:
    queue(store, "a")
    Sender(store, replace(post.server, starttls=True), clock).send_due()
    assert (post.inbox.received, status_of(mails(store)[0])) == ([], "waiting")


def test_the_worker_sends_in_the_background_and_stops(
    store: Store, reference: Reference, post: Post
) -> None:
    office = Office.with_everybody(store, reference)
    office.file()
    registrar = partial(load_registrar, Config(), ORGANISATION)
    errands = Errands(store, DESK, Config(mail=post.server), registrar)
    worker = Worker(errands, pause_s=0.05)
    worker.start()
    for _ in range(200):
        with store.read() as session:
            waiting = session.scalar(select(func.count(Mail.id)).where(Mail.sent_at.is_(None)))
        if not waiting:
            break
        threading.Event().wait(0.05)
    worker.stop()
    worker.join(timeout=10)
    assert (waiting, worker.is_alive()) == (0, False)
    assert len(post.inbox.received) == 2


def test_the_command_for_cron_sends_what_is_queued(tmp_path: Path, post: Post) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    store = open_store(address)
    with store.write() as session:
        queue_mail(session, key="k", recipient="a@b.invalid", subject="s", text="t")
    store.close()
    environment = {
        **os.environ,
        "TRAVELPLAN_SIGN_IN": "try-out",
        "TRAVELPLAN_DATABASE": address,
        "TRAVELPLAN_SMTP_HOST": "127.0.0.1",
        "TRAVELPLAN_SMTP_PORT": str(post.port),
        "TRAVELPLAN_SMTP_SENDER": "reizen@voorbeeld.invalid",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "webapp.errands"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "reminded of 0, sent 1\n", "")
    assert len(post.inbox.received) == 1


def test_the_command_for_cron_names_what_is_wrong(tmp_path: Path) -> None:
    for settings in ({}, {"TRAVELPLAN_SIGN_IN": "try-out"}):
        ran = subprocess.run(
            [sys.executable, "-m", "webapp.errands"],
            env={"PATH": os.environ["PATH"], **settings},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 1
        assert "TRAVELPLAN_" in ran.stderr
        assert "Traceback" not in ran.stderr
