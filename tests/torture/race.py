"""Two people at once, each on a connection of their own; and guards that a control can switch off."""

from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection, transaction

WAIT = 30
GUARDS = {
    "grants_awardline": ["grants_guard_line"],
    "grants_instalment": ["grants_guard_instalment", "grants_check_parts"],
    "grants_instalmentline": ["grants_guard_part", "grants_check_parts"],
    "grants_project": ["grants_guard_project"],
    "grants_termsacceptance": ["grants_guard_acceptance"],
    "grants_award": ["grants_guard_award"],
}


def race(*acts):
    """Run the acts at the same moment; each answer is what it returned or what it raised."""
    start, answers = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(WAIT)
            answers[place] = act()
        except Exception as error:  # the answer of this act, whatever it is
            answers[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT * 2)
    assert not any(thread.is_alive() for thread in threads), "a racer never came home"
    return answers


def outcomes(answers):
    """How many went through, and the sentences or errors of those that did not."""
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    return len(answers) - len(failed), failed


@contextmanager
def without_triggers():
    """The guards of the database off, as only the owner of the tables can do it."""
    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")


def switch(how):
    with transaction.atomic(), connection.cursor() as cursor:
        for table, triggers in GUARDS.items():
            for trigger in triggers:
                cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")
