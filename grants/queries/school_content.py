"""The schools part of a project as plain content: what is asked once, and each input (P5)."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject

from records.words import listed

from ..models import SchoolInput, SchoolPart

GOES = "goes_into_schools"
ONCE = ("curriculum_link", "delivered_by", "dbs_checked", "dbs_words", "materials", "evaluation")
INPUTS = "school_inputs"
FIELDS = (INPUTS, *ONCE)


def sub_queries():
    """The schools part of each project, as sub-queries of the query that reads projects."""
    part = {"goes": F("goes"), **{name: F(name) for name in ONCE}}
    return {
        "school_parts": ArraySubquery(
            SchoolPart.objects.filter(project=OuterRef("pk")).values(row=JSONObject(**part))
        ),
        INPUTS: ArraySubquery(
            SchoolInput.objects.filter(project=OuterRef("pk"))
            .order_by("number")
            .values(
                row=JSONObject(
                    school=Concat(
                        "school__name", Value(" ("), "school__urn", Value(")"), output_field=CharField()
                    ),
                    topic=F("topic__key"),
                    topic_name=F("topic__name"),
                    year_groups=F("year_groups"),
                    starts_on=Cast("starts_on", TextField()),
                    ends_on=Cast("ends_on", TextField()),
                    sessions=F("sessions"),
                    pupils=F("pupils"),
                    lead_post=F("lead_post"),
                    lead_agreed_on=Cast("lead_agreed_on", TextField()),
                )
            )
        ),
    }  # fmt: skip


def settle(row, asks):
    """Keep in a project row what its schools part says; nothing where schools are not asked about."""
    part = next(iter(row.pop("school_parts")), {})
    inputs, goes = row.pop(INPUTS), part.get("goes")
    if asks.about_schools or goes is not None:
        row[GOES] = goes
    if goes:
        row |= {INPUTS: inputs, **{name: part[name] for name in ONCE}}


def years_words(years):
    """Year groups as people read them: "Reception, Years 7, 8 and 9"."""
    counted = [str(year) for year in sorted(years) if year]
    told = ["Reception"] if 0 in years else []
    if counted:
        told.append(f"{'Year' if len(counted) == 1 else 'Years'} {listed(counted)}")
    return ", ".join(told)
