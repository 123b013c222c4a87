"""Pages measured with a thousand rows behind them, beside a view that does nothing, in the same run.

Works in a scratch database of its own, through Django's test client: middleware, session, view, queries, template.
Ratios are what to compare between machines. PCC_BENCH_ROWS (1000) and PCC_BENCH_ROUNDS (40) say how many.
"""

import logging
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PCC_TEST_DB"] = "bench_pages"
os.environ["PCC_SECURE"] = "False"  # the test client speaks plain http
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pcc_portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from tests.make import many  # noqa: E402

ROWS = int(os.environ.get("PCC_BENCH_ROWS", 1000))
ROUNDS = int(os.environ.get("PCC_BENCH_ROUNDS", 40))
BARE = "/healthz"  # answers "ok" without touching the database
PAGES = [
    ("officer", "/"),
    ("maidstone_lead", "/"),
    ("pcc", "/dashboard/"),
    ("pcc", "/dashboard/spent/"),
    ("officer", "/rounds/"),
    ("officer", "/cases/"),
    ("officer", "/cases/?page=20"),
    ("officer", "/decisions/"),
    ("officer", "/awards/"),
    ("finance", "/payments/"),
    ("officer", "/returns/"),
    ("officer", "/contracts/"),
    ("officer", "/organisations/"),
    ("officer", "/people/"),
    ("officer", "/notices/"),
    ("officer", "/plan/"),
    ("officer", "case"),
    ("officer", "award"),
    ("officer", "monitoring_return"),
]


def signed_in(world, name):
    client = Client()
    client.force_login(getattr(world, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def seconds(client, path):
    """How long one answer takes."""
    start = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - start
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return taken


def spread(taken):
    """The middle, and the nineteenth of twenty."""
    return statistics.median(taken), statistics.quantiles(taken, n=20)[18]


def measure(client, path):
    """The page and the bare view in turn, so that both meet the same minute; the first answers warm up."""
    with CaptureQueriesContext(connection) as asked:
        seconds(client, path)
    queries = len(asked)  # the next answer empties the log
    seconds(client, BARE)
    bare, page = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(client, BARE))
        page.append(seconds(client, path))
    return spread(page), spread(bare), queries


def report(world):
    print(f"pages with {ROWS} years of one grant behind them, {ROUNDS} answers each; the ratio is to {BARE}")
    print(f"{'page':<34}{'person':<16}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'p50 ratio':>11}{'p95 ratio':>11}")
    for name, page in PAGES:
        path = page if "/" in page else getattr(world, page).get_absolute_url()
        (middle, slow), (bare_middle, bare_slow), asked = measure(signed_in(world, name), path)
        print(
            f"{path:<34}{name:<16}{asked:>8}{middle * 1000:>9.1f}{slow * 1000:>9.1f}"
            f"{middle / bare_middle:>11.1f}{slow / bare_slow:>11.1f}",
            flush=True,
        )


def main():
    setup_test_environment(debug=False)
    logging.disable(logging.INFO)
    settings.SECOND_FACTOR_REQUIRED = False
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with transaction.atomic():
            report(many.work(ROWS))
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
