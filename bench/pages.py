"""Time the pages on the server, as ratios against a page of a few words, and weigh them.

    python bench/pages.py

No socket and no browser: the time from a request to its bytes, by the time that the CPU worked, so
that other work on the machine hardly matters. Compare the ratios.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles
from time import process_time

from flask.testing import FlaskClient

from webapp import create_app

ROUNDS = 100
TRIVIAL = "/nowhere"
PAGES = {
    "question": "/",
    "answer, Berlin": "/advice?destination=Berlijn&depart=2027-03-01&nights=2",
    "answer, Kanazawa": "/advice?destination=Kanazawa&depart=2027-03-01&nights=5",
    "answer, three parts": "/advice?destination=Praag&via=Wenen&depart=2027-03-01"
    "&return=2027-03-08",
    "every fault": "/advice?destination=Melle&depart=31/2/2027&travellers=x&via=Halle",
    "places, first letters": "/places?q=bar",
    "places, typing error": "/places?q=Barcelonna",
    "map of the way": "/advice/route.svg?destination=Berlijn&depart=2027-03-01&mode=train",
}


def times_ms(client: FlaskClient, path: str) -> Sequence[float]:
    """Return how long each of some requests takes, in milliseconds, after a first one."""
    client.get(path)
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        client.get(path)
        times.append((process_time() - start) * 1000)
    return times


def main() -> None:
    """Print one line a page."""
    client = create_app().test_client()
    trivial_ms = median(times_ms(client, TRIVIAL))
    print(f"{'a page of a few words':24} {trivial_ms:6.1f} ms p50")
    for name, path in PAGES.items():
        times = times_ms(client, path)
        kilobytes = len(client.get(path).data) / 1000
        p50, p95 = median(times), quantiles(times, n=20)[-1]
        ratio = p50 / trivial_ms
        print(f"{name:24} {p50:6.1f} ms p50 {p95:6.1f} ms p95 {ratio:5.1f}x {kilobytes:6.1f} kB")


if __name__ == "__main__":
    main()
