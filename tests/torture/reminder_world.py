"""The people and obligations of the year of reminders, and the driver's own reckoning of what is owed."""

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership, Organisation, User
from records import ladders, obligations
from records.calendar import add_working_days, is_working_day, london_day
from records.enums import MessageStatus
from records.models import LadderStep, Message, Notice, Obligation
from tests.make import records as make_records

KINDS = ["RETURN", "BUSINESS_CASE", "ACCEPTANCE", "RETURN_QUERY", "RETURN_REVIEW", "EXTENSION_DECISION"]
OFFICES_OWN = {"RETURN_REVIEW", "EXTENSION_DECISION"}
ROLES = {
    "CONTRIBUTOR": "CONTRIBUTOR",
    "LEAD": "LEAD",
    "CERTIFIER": "CERTIFIER",
    "SIGNATORY": "SIGNATORY",
    "OFFICER": "COMMISSIONING_OFFICER",
    "FINANCE": "FINANCE_OFFICER",
    "HEAD": "HEAD_OF_COMMISSIONING",
    "COMMISSIONER": "COMMISSIONER",
}
IN_OFFICE = ("OFFICER", "FINANCE", "HEAD", "COMMISSIONER")  # in an order, so that a seed repeats
TO_SIGN = {"BUSINESS_CASE", "ACCEPTANCE", "RETURN", "EXTENSION_DECISION"}
ORGANISATIONS = 40
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


class World:
    """Organisations with their people, an office with its own, ladders that can be read back, obligations to come."""

    def __init__(self, dice, count, days, first_day):
        self.steps = defaultdict(list)
        self.address = self._people()
        make_records.ladders()
        for step in LadderStep.objects.order_by("kind", "working_days"):
            step.wording = "[[{title}|{due}|" + str(step.working_days) + "]]"
            step.save(update_fields=["wording"])
            self.steps[step.kind].append((step.working_days, list(step.audiences)))
        self._obligations(dice, count, days, first_day)

    def _people(self):
        office = Organisation.objects.create(key="office", name="The office", kind="OFFICE")
        bodies = Organisation.objects.bulk_create(
            Organisation(key=f"o{number}", name=f"Organisation {number}", kind="CSP") for number in range(ORGANISATIONS)
        )
        self.bodies = bodies
        posts = [(audience, body) for body in bodies for audience in ("CONTRIBUTOR", "LEAD", "CERTIFIER", "SIGNATORY")]
        posts += [(audience, office) for audience in IN_OFFICE for _ in range(2)]
        people = User.objects.bulk_create(
            User(email=f"p{number}@example.org", full_name=f"Person {number}") for number in range(len(posts))
        )
        Membership.objects.bulk_create(
            Membership(user=person, organisation=body, role=ROLES[audience], started_at=START)
            for person, (audience, body) in zip(people, posts, strict=True)
        )
        address = defaultdict(set)
        for person, (audience, body) in zip(people, posts, strict=True):
            address[audience, None if audience in IN_OFFICE else body.pk].add(person.email)
        return address

    def _obligations(self, dice, count, days, first_day):
        self.open, self.plan, self.kinds = {}, defaultdict(list), {}
        for number in range(count):
            kind = dice.choice(KINDS)
            body = None if kind in OFFICES_OWN else dice.choice(self.bodies)
            due_on = first_day + timedelta(days=dice.randrange(2, days + 15))
            self.owe(number, kind, body, due_on)
            fate = dice.random()
            if fate < 0.85:
                self.plan[due_on + timedelta(days=dice.randrange(-12, 9))].append(("close", number))
            if fate < 0.15:
                self.plan[due_on - timedelta(days=dice.randrange(1, 20))].append(
                    ("move", number, dice.randrange(3, 40))
                )
        self.ended = {}  # mark without its step -> (real moment, letters already leased)

    def owe(self, number, kind, body, due_on):
        row = Obligation.objects.filter(period=str(number)).first()  # there already; only our session was cut
        row = row or obligations.owe(
            body or self.bodies[0],
            kind,
            title=f"Thing {number}",
            due_on=due_on,
            organisation=body,
            period=str(number),
        )
        self.open[number] = [row.pk, kind, body.pk if body else None, due_on]
        self.kinds[number] = kind

    # What happens

    def owe_another(self, day):
        """One more thing, so near its day that a reminder of it is owed at once; it is done in time."""
        number = len(self.kinds)
        due_on = add_working_days(day, 2)
        self.owe(number, "RETURN_REVIEW", None, due_on)
        self.plan[due_on].append(("close", number))

    def acts_of(self, day):
        """What is to be done by this day and was not yet."""
        found = [act for when in sorted(self.plan) if when <= day for act in self.plan[when]]
        for when in [when for when in self.plan if when <= day]:
            del self.plan[when]
        return found

    def do(self, act, day, at):
        """Do one thing as the portal would; remember which letters had left its hands before."""
        number = act[1]
        if number not in self.open:
            return
        pk, _kind, _body, due_on = self.open[number]
        with transaction.atomic():
            row = Obligation.objects.get(pk=pk)
            if row.closed_at or row.due_on != due_on:
                pass  # done already; only our session was cut before we heard
            elif act[0] == "close":
                self._close(row, at)
            else:
                obligations.move_due(row, due_on=due_on + timedelta(days=act[2]), by=None, at=at, reason="Agreed.")
            leased = set(
                Message.objects.filter(notices__obligation=pk)
                .exclude(message_id="")
                .values_list("message_id", flat=True)
            )
        self.ended[f"Thing {number}|{ladders.say(due_on)}"] = (time.time(), leased)
        if act[0] == "close":
            self.open.pop(number)
        else:
            self.open[number][3] = due_on + timedelta(days=act[2])

    @staticmethod
    def _close(row, at):
        subject = Organisation.objects.get(pk=row.subject_id)
        assert obligations.close(subject, row.kind, at=at, closing="Done", period=row.period) == 1

    # What is owed

    def expected(self, on):
        """(address, mark) of the newest step passed of everything open, reckoned here and not by the portal."""
        for number, (_pk, kind, body, due_on) in self.open.items():
            passed = [step for step in self.steps[kind] if step_day(due_on, step[0]) <= on]
            if passed:
                step, audiences = passed[-1]
                for audience in audiences:
                    for address in self.address[audience, None if audience in IN_OFFICE else body]:
                        yield address, f"Thing {number}|{ladders.say(due_on)}|{step}"

    def owed(self, on):
        """Whether the sweep of the day has still something to write."""
        return ladders.owed(ladders.load(), on).exists()

    @staticmethod
    def nothing_waits(at):
        """No letter is on its way, and no reminder but those that a made digest leaves for tomorrow's."""
        return not _asked_at_once(Q(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING]), at)

    @staticmethod
    def nothing_may_go(at):
        """What waits, waits for its next try, or is in somebody's hand."""
        queued = Q(status=MessageStatus.QUEUED, next_try_at__lte=at)
        return not _asked_at_once(queued | Q(status=MessageStatus.SENDING, leased_until__lt=at), at)

    @staticmethod
    def in_flight():
        return set(Message.objects.filter(status=MessageStatus.SENDING).values_list("pk", "lease"))

    def too_late(self, lines):
        """Reminders that came after their obligation had ended or moved, in letters not leased before."""
        found = []
        for line in lines:
            for mark in line.marks:
                ended, leased = self.ended.get(mark.rpartition("|")[0], (None, ()))
                if ended and line.at > ended and line.message_id not in leased:
                    letter = Message.objects.get(message_id=line.message_id)
                    known = (letter.created_at, letter.dated_at, letter.sent_at, letter.tries, letter.possibly_doubled)
                    found.append((line.to, mark, f"{line.at - ended:.1f} s", *map(str, known)))
        return found

    @staticmethod
    def digests_twice(lines):
        """(address, day) of which more than one digest arrived."""
        days = dict(Message.objects.exclude(digest_on=None).values_list("message_id", "digest_on"))
        found = defaultdict(set)
        for line in lines:
            if line.message_id in days:
                found[line.to, days[line.message_id]].add(line.message_id)
        return sorted(key for key, letters in found.items() if len(letters) > 1)

    @staticmethod
    def owned_up(letters):
        """Those of some letters of which the portal says that they may have arrived twice."""
        return set(
            Message.objects.filter(possibly_doubled=True, message_id__in=letters).values_list("message_id", flat=True)
        )

    def not_urgent(self, lines):
        """Reminders that came in a letter beside the digest and could have waited for the next one: of
        things not due on that day, nor to be signed by the next working day."""
        made = dict(Message.objects.filter(digest_on=None).values_list("message_id", "created_at"))
        beside = [(line, london_day(made[line.message_id])) for line in lines if line.message_id in made]
        return [(line.to, mark, day) for line, day in beside for mark in line.marks if not self._is_urgent(mark, day)]

    def _is_urgent(self, mark, day):
        title, due, _step = mark.split("|")
        due_on = datetime.strptime(due, "%d %B %Y").date()
        to_sign = self.kinds[int(title.removeprefix("Thing "))] in TO_SIGN
        return due_on == day or (to_sign and day < due_on <= add_working_days(day, 1))

    def story_of(self, address, mark):
        """What the portal knows of one reminder, for whoever must find out why it did not arrive."""
        title, _due, step = mark.split("|")
        notices = Notice.objects.filter(person__email=address, obligation__title=title, step=int(step))
        known = ("created_at", "withdrawn_at", "message__status", "message__tries", "message__answer")
        return [" ".join(map(str, story)) for story in notices.values_list(*known)]


def _asked_at_once(letters, at):
    """Whether such letters wait, or reminders of which a letter is still to be made: in one question, since what
    turns from reminders into a letter between two would be seen by neither."""
    digests = Message.objects.filter(person=OuterRef("person"), digest_on=london_day(at))
    unsent = Notice.objects.filter(message__isnull=True, withdrawn_at__isnull=True)
    unsent = unsent.exclude(Exists(digests.exclude(status=MessageStatus.WITHDRAWN)))
    return Message.objects.filter(letters).values("pk").union(unsent.values("pk"), all=True).exists()


def step_day(due_on, working_days):
    if working_days:
        return add_working_days(due_on, working_days)
    while not is_working_day(due_on):
        due_on -= timedelta(days=1)
    return due_on
