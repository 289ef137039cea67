"""How long 50,000 booked trips take from upload to stored, through the pages, in one process.

    python bench/bring_in.py [--rows 50000]

Prints the seconds of each step, the memory at its highest, and how many times longer it takes
than reading the same file once does.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from flask.testing import FlaskClient

from travelplan import load_trip_words, read_trips
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from webapp import create_app
from webapp.config import Config

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main() -> None:
    """Make a file, bring it in, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    rows = parser.parse_args().rows
    content = invented_file(rows)
    print(f"{rows} rows, {len(content) / 2**20:.1f} MB of CSV")
    with measured("read the file once") as once:
        table = read_trips(io.BytesIO(content), load_trip_words())
        print(sum(1 for _ in table.rows()), "rows read")
    with tempfile.TemporaryDirectory() as room:
        app = create_app(Config(sign_in="try-out", database=f"sqlite:///{room}/bench.db"))
        client = app.test_client()
        with measured("from upload to stored") as whole:
            bring_in(client, content)
        size = sum(path.stat().st_size for path in Path(room).glob("bench.db*"))
        app.extensions["store"].close()
    print(f"database: {size / 2**20:.0f} MB")
    print(
        f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    print(f"{whole[0] / once[0]:.0f} times reading the file once")


def invented_file(rows: int) -> bytes:
    """Return invented trips as CSV, each with a number of its own and somebody who travels."""
    recipe = read_document(DATA / "demo.yaml")
    made = chain.from_iterable(invented_trips(recipe, seed) for seed in range(1 + rows // 700))
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for number, trip in enumerate(islice(made, rows)):
        row = {**trip, "trip_id": f"B{number:06}", "traveller": f"{number % 4000:05}"}
        if writer is None:
            writer = csv.DictWriter(out, list(row), delimiter=";")
            writer.writeheader()
        writer.writerow(row)
    return out.getvalue().encode()


def bring_in(client: FlaskClient, content: bytes) -> None:
    """Sign in as HR, send the file, look at the dry run, and confirm."""
    page = client.get("/sign-in").get_data(as_text=True)
    client.post("/sign-in", data={"csrf_token": token_in(page), "subject": "hr"})
    token = token_in(client.get("/hr/bring-in").get_data(as_text=True))
    fields = {"csrf_token": token, "supplier": "Bench", "file": (io.BytesIO(content), "bench.csv")}
    with measured("upload and dry run"):
        sent = client.post("/hr/bring-in", data=fields, content_type="multipart/form-data")
    address = sent.headers["Location"]
    with measured("page of the dry run"):
        client.get(address)
    with measured("confirm and store"):
        client.post(f"{address}/confirm", data={"csrf_token": token})
    done = client.get(address).get_data(as_text=True)
    found = re.search(r"([\d.]+) reizen staan nu in het register", done)
    print(found[0] if found else "not stored")


def token_in(page: str) -> str:
    """Return the token of a form."""
    found = TOKEN.search(page)
    return found[1] if found else ""


@contextmanager
def measured(what: str) -> Iterator[list[float]]:
    """Print how long something takes, and give the seconds."""
    took: list[float] = []
    start = time.perf_counter()
    yield took
    took.append(time.perf_counter() - start)
    print(f"{what}: {took[0]:.2f} s")


if __name__ == "__main__":
    main()
