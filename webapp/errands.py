"""What has to be done without anybody asking for it: registering, reminding, and sending mail.

`python -m webapp` does it in the background; `python -m webapp.errands` does it once, for cron.
Without a mail server nobody is reminded.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy.exc import OperationalError

from travelplan import TravelplanError
from webapp.approvals.reminders import remind
from webapp.config import Config
from webapp.filing import load_registrar, open_desk
from webapp.hr.own_trips import missing_requests, register_all_travelled
from webapp.hr.registering import Registrar
from webapp.mail.sender import Sender
from webapp.requests.filing import Desk
from webapp.store import Store, open_store
from webapp.store.columns import now

PAUSE_S = 20
_log = logging.getLogger("travelplan.errands")


class Done(NamedTuple):
    """How many trips were registered, requests reminded of, and mails sent."""

    registered: int
    reminded: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Errands:
    """Registers travelled requests that the register misses, reminds, and sends what is queued.

    A request is missing where its trip could not be judged when the traveller told of it.
    """

    store: Store
    desk: Desk
    config: Config
    registrar: Callable[[], Registrar]

    def run(self) -> Done:
        """Do it once."""
        registered = self._catch_up()
        if not self.config.mail.host:
            return Done(registered)
        after = timedelta(days=self.config.remind_after_days)
        reminded = remind(self.store, self.desk, after, now())
        return Done(registered, reminded, Sender(self.store, self.config.mail).send_due())

    def _catch_up(self) -> int:
        with self.store.read() as session:
            if not missing_requests(session):
                return 0
        registrar = self.registrar()
        with self.store.write() as session:
            return register_all_travelled(session, registrar)


class Worker(threading.Thread):
    """Runs the errands again and again until it is stopped."""

    def __init__(self, errands: Errands, pause_s: float = PAUSE_S) -> None:
        super().__init__(name="travelplan-errands", daemon=True)
        self._errands = errands
        self._pause_s = pause_s
        self._stopped = threading.Event()

    def run(self) -> None:
        """Run until `stop`; what fails for a while is tried again."""
        while not self._stopped.is_set():
            try:
                self._errands.run()
            except OperationalError as error:
                _log.error("the store fails: %s", error.orig)
            except TravelplanError as error:
                _log.error("an errand fails: %s", error)
            self._stopped.wait(self._pause_s)

    def stop(self) -> None:
        """Stop after the errand at hand."""
        self._stopped.set()


def main() -> int:
    """Run the errands once; return 1 if they cannot be run."""
    try:
        config = Config.from_environment()
        if config.sign_in == "none":
            sys.stderr.write("There is nothing to do: TRAVELPLAN_SIGN_IN is not set.\n")
            return 1
        store = open_store(config.database)
        desk = open_desk(config)
    except TravelplanError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    done = Errands(store, desk, config, partial(load_registrar, config, desk.organisation)).run()
    registered = f"registered {done.registered}, " if done.registered else ""
    sys.stdout.write(f"{registered}reminded of {done.reminded}, sent {done.sent}\n")
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
