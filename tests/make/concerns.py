"""Complaints, walked by the real actions to the state asked for."""

import importlib
from datetime import UTC, date, datetime

from django.apps import apps

from monitoring.actions import concerns as actions
from monitoring.enums import ConcernOutcome, ConcernTheme, Restriction
from monitoring.models import Concern
from monitoring.queries import concerns as queries
from plans.models import ConcernLevel

from .records import ladders

RECEIVED = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)  # a Monday
TAKEN_UP = datetime(2020, 6, 2, 9, 0, tzinfo=UTC)
DUE = date(2020, 6, 23)  # 15 working days after it was taken up
ANSWERED = datetime(2020, 6, 10, 9, 0, tzinfo=UTC)


def delivered():
    """The stages delivered with the portal. A test that empties tables takes them away; this puts them back."""
    if not ConcernLevel.objects.exists():
        importlib.import_module("plans.migrations.0013_stages_of_complaints").write(apps, None)
    ladders()


def ordinary(cast, *, at=RECEIVED, **changes):
    """A complaint from the public form about the provider, which may be told."""
    delivered()
    said = {
        "about": "The support service",
        "what_happened": "Nobody called me back for three weeks.",
        "name": "Cara Complainant",
        "email": "cara@example.org",
        "may_tell_provider": True,
    }
    return actions.receive_concern(**{**said, **changes}, at=at)


def restricted(cast, *, at=RECEIVED, restriction=Restriction.SAFEGUARDING, officer=None, deputy=None, **changes):
    """A restricted complaint, which the officer and the finance officer alone may see unless others are given."""
    delivered()
    two = {"officer": officer or cast.officer, "deputy": deputy or cast.finance}
    actions.set_contact(restriction=restriction, **two, by=cast.head, at=at)
    changes = {"what_happened": "A child may be at risk.", "name": "", "email": "", **changes}
    return ordinary(cast, at=at, restriction=restriction, **changes)


def taken_up(cast, concern=None, *, level=1, at=TAKEN_UP, by=None, organisation=..., **about):
    """The complaint at a stage, acknowledged."""
    concern = concern or ordinary(cast)
    organisation = cast.provider if organisation is ... else organisation
    about = {"theme": ConcernTheme.DELAY, "organisation": organisation, **about}
    return actions.take_up(concern=concern, level=of_number(level), **about, by=by or cast.officer, at=at)


def answered(cast, concern=None, *, by=None, at=ANSWERED, outcome=ConcernOutcome.NOT_UPHELD):
    """The complaint with its present stage answered; the first by the provider."""
    concern = concern or taken_up(cast)
    answer = "We looked into it and found that the calls were made."
    return actions.answer_stage(concern=concern, answer=answer, outcome=outcome, by=by or cast.provider_lead, at=at)


def closed(cast, concern=None, *, at=ANSWERED):
    """The complaint after its complainant said that the answer is enough."""
    return actions.satisfied(concern=answered(cast, concern, at=at), at=at)


def of_number(number):
    """The level with this number."""
    return ConcernLevel.objects.get(number=number)


def fresh(concern):
    """The complaint as it stands now, with its stages."""
    wanted = ("organisation", "award", "contract", "named_officer", "deputy", "about_person")
    return queries.with_stages(Concern.objects.filter(pk=concern.pk)).select_related(*wanted)[0]
