"""Write the migration that brings the tables of a database to those of the code.

    python scripts/new_migration.py 0002 "What changes"

Read it, and correct it, before it is committed.
"""

from __future__ import annotations

import argparse
import subprocess

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from webapp.store.database import MIGRATIONS, upgrade


def main() -> None:
    """Bring an empty database up to date, compare, and write the difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number")
    parser.add_argument("message")
    given = parser.parse_args()
    engine = create_engine("sqlite://")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    upgrade(engine)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, given.message, autogenerate=True, rev_id=given.number)
    subprocess.run(["ruff", "format", str(MIGRATIONS)], check=False)


if __name__ == "__main__":
    main()
