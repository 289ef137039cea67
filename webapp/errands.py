"""What has to be done without anybody asking for it: reminding, and sending mail.

`python -m webapp` does it in the background where a mail server is set; `python -m webapp.errands`
does it once, for cron.
"""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from travelplan import TravelplanError
from webapp.approvals.reminders import remind
from webapp.config import Config
from webapp.filing import open_desk
from webapp.mail.sender import Sender
from webapp.requests.filing import Desk
from webapp.store import Store, open_store
from webapp.store.columns import now

PAUSE_S = 20
_log = logging.getLogger("travelplan.errands")


@dataclass(frozen=True, slots=True)
class Errands:
    """Reminds who has to decide, then sends what is queued."""

    store: Store
    desk: Desk
    config: Config

    def run(self) -> tuple[int, int]:
        """Do it once; return how many requests were reminded of, and how many mails went out."""
        after = timedelta(days=self.config.remind_after_days)
        reminded = remind(self.store, self.desk, after, now())
        if not self.config.mail.host:
            return reminded, 0
        return reminded, Sender(self.store, self.config.mail).send_due()


class Worker(threading.Thread):
    """Runs the errands again and again until it is stopped."""

    def __init__(self, errands: Errands, pause_s: float = PAUSE_S) -> None:
        super().__init__(name="travelplan-errands", daemon=True)
        self._errands = errands
        self._pause_s = pause_s
        self._stopped = threading.Event()

    def run(self) -> None:
        """Run until `stop`; a database that fails for a while is asked again."""
        while not self._stopped.is_set():
            try:
                self._errands.run()
            except OperationalError as error:
                _log.error("the store fails: %s", error.orig)
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
    reminded, sent = Errands(store, desk, config).run()
    sys.stdout.write(f"reminded of {reminded}, sent {sent}\n")
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
