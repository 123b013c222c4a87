"""The plan regenerated from the Kent file carries every statement of the printed one about streams, awards, contracts.

Each statement has an identifier; docs/plan-coverage.md maps it to the section and the rows it comes from.
"""

import html
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

import pcc_portal
from plans.models import Plan
from tests.make import accounts, records

pytestmark = pytest.mark.django_db
KENT = Path(pcc_portal.__file__).parent / "plan_files/kent-2020-21.yaml"
PAGE = Path(pcc_portal.__file__).parents[1] / "docs/plan-coverage.md"
# identifier: (section of the regenerated plan, what must stand in it)
STATEMENTS = {
    "1-a": ("1 Crime Reduction Grant", ["Police Reform and Social Responsibility Act 2011", "crime and disorder"]),
    "1-b": ("1 Crime Reduction Grant", ["Community Safety Partnerships", "Drug and Alcohol Action Teams in 2020/21"]),
    "1.1-a": (
        "1.1 Community Safety Partnerships",
        ["Each organisation gets the same as last year.", "Same as 2019/20"],
    ),
    "1.1-b": (
        "1.1 Community Safety Partnerships",
        ["violence reduction", "clear evidence base", "anti-social behaviour"],
    ),
    "1.1-c": (
        "1.1 Community Safety Partnerships",
        ["Need and evidence, outcomes, budget", "31 March 2020", "spend is approved before the funding is released"],
    ),
    "1.1-d": (
        "1.1 Community Safety Partnerships",
        ["At most 1/3 of an allocation, as opened, may be its tactical pot."],
    ),
    "1.1-e": (
        "1.1 Community Safety Partnerships",
        ["Mid-year return: once, for the first 6 months", "Year-end return"],
    ),
    "1.1-f": (
        "1.1 Community Safety Partnerships",
        ["overlap across several partnership areas", "retained by the office"],
    ),
    "1.2-a": ("1.2 Third parties", ["Each organisation gets the same as last year.", "Same as 2019/20"]),
    "1.2-b": ("1.2 Third parties", ["A review may be undertaken during 2020/21", "delivery of policing"]),
    "1.2-c": ("1.2 Third parties", ["violence reduction", "clear evidence base"]),
    "1.2-d": ("1.2 Third parties", ["Need and evidence, outcomes, budget", "31 March 2020", "spend is approved"]),
    "1.2-e": ("1.2 Third parties", ["Year-end return: once, for the whole time", "ad hoc reports may be asked for"]),
    "1.2-f": ("1.2 Third parties", ["Evidence is asked for with each spend line.", "Greater scrutiny"]),
    "1.3-a": ("1.3 Other projects funded", ["National Ugly Mugs", "end violence against sex workers"]),
    "2-a": ("2 Mental Health and Policing Fund", ["Discontinued: no round opens.", "does not continue in 2020/21"]),
    "2-b": ("2 Mental Health and Policing Fund", ["informed of this intention when the 2019/20 award was made"]),
    "2-c": ("2 Mental Health and Policing Fund", ["What follows the funding", "Talk It Out, Deal", "Under way"]),
    "3-a": (
        "3 Victim Specialist Services Fund",
        ["Only for organisations with an award of the stream now or in the year before.", "early 2020"],
    ),
    "3-b": (
        "3 Victim Specialist Services Fund",
        ["evidence of need and outcomes achieved through the 2019/20 funding"],
    ),
    "3-c": ("3 Victim Specialist Services Fund", ["A project lasts at most 6 months.", "evaluators score 5 criteria"]),
    "3-d": (
        "3 Victim Specialist Services Fund",
        ["One decision after Election of the Police and Crime Commissioner may extend an award by 6 months."],
    ),
    "3-e1": (
        "3 Victim Specialist Services Fund",
        ["Meet the support needs of victims or, as appropriate, family members"],
    ),
    "3-e2": ("3 Victim Specialist Services Fund", ["Be free of charge and confidential"]),
    "3-e3": (
        "3 Victim Specialist Services Fund",
        ["Be non-discriminatory", "residence status, nationality or citizenship"],
    ),
    "3-e4": ("3 Victim Specialist Services Fund", ["whether or not a crime has been reported to the police"]),
    "3-e5": (
        "3 Victim Specialist Services Fund",
        ["before, during and for an appropriate time after any investigation"],
    ),
    "3-e6": ("3 Victim Specialist Services Fund", ["collaborative working with other providers", "referral pathways"]),
    "3-e7": ("3 Victim Specialist Services Fund", ["innovative and evidence based working practices"]),
    "3-e8": (
        "3 Victim Specialist Services Fund",
        ["respond to emerging trends, crime types and new working practices"],
    ),
    "3-e9": ("3 Victim Specialist Services Fund", ["Deliver clear outcome reporting"]),
    "3-f": (
        "3 Victim Specialist Services Fund",
        ["100% of the award", "End of award return: once, for the whole time"],
    ),
    "3.1-a": ("3.1 Other victim services funding", ["Brake, the road safety charity"]),
    "3.1-b": ("3.1 Other victim services funding", ["Domestic Homicide Reviews", "Costs arise case by case."]),
    "3.1-c": ("3.1 Other victim services funding", ["Kent Integrated Domestic Abuse Service", "Kent County Council"]),
    "3.1-d": ("3.1 Other victim services funding", ["Domestic Abuse and Sexual Violence Co-ordinator"]),
    "3.1-e": ("3.1 Other victim services funding", ["Modern Slavery Safe House"]),
    "4.1-a": ("4.1 Violence Reduction Fund", ["three-year fund which opened in April 2019", "social enterprises"]),
    "4.1-b": (
        "4.1 Violence Reduction Fund",
        ["A business case in any one year: at most £35,000", "only where the monitoring so far is satisfactory"],
    ),
    "4.1-c": ("4.1 Violence Reduction Fund", ["prevention; engagement and education; enforcement; rehabilitation"]),
    "4.1-d": ("4.1 Violence Reduction Fund", ["Each later year needs a decision.", "early 2020"]),
    "4.2-a": ("4.2 Violence Reduction Units", ["Home Office funding in 2019", "Violence Reduction Unit grant 2020/21"]),
    "4.2-b": ("4.2 Violence Reduction Units", ["same level of funding has been confirmed for 2020/21"]),
    "4.2-c": ("4.2 Violence Reduction Units", ["Kent Police, local councils, health service providers"]),
    "4.2-d": ("4.2 Violence Reduction Units", ["overall responsibility", "oversight of any commissioning activity"]),
    "4.2-e": ("4.2 Violence Reduction Units", ["complementary to existing provision", "collaborative opportunities"]),
    "4.3-a": ("4.3 Other violence reduction projects", ["St Giles Trust", "County lines project"]),
    "4.3-b": ("4.3 Other violence reduction projects", ["Domestic abuse perpetrator programme pilot"]),
    "5.1-a": (
        "5.1 Amelix",
        ["1 October 2020 to 30 September 2021", "25 days promised in 3 blocks", "November and July"],
    ),
    "5.2-a": ("5.2 Volunteer Youth Cadets", ["aged 13 to 17", "community policing", "responsible citizenship"]),
    "6.1-a": ("6.1 Core victim referral", ["Victim Support", "From 1 April 2016 for three years", "three options"]),
    "6.1-b": ("6.1 Core victim referral", ["From 1 April 2020 to 31 March 2021."]),
    "6.1-c": ("6.1 Core victim referral", ["Countywide Stalking Advocacy Service", "Hate Crime Advocate"]),
    "6.2-a": (
        "6.2 Restorative justice service",
        ["Restorative Solutions", "for three years", "three options to extend"],
    ),
    "6.2-b": ("6.2 Restorative justice service", ["From 1 October 2020 to 30 September 2021."]),
    "6.3-a": (
        "6.3 Independent sexual violence",
        ["Family Matters", "From 1 April 2019 for three years", "three options"],
    ),
    "6.3-b": ("6.3 Independent sexual violence", ["Next decision", "autumn 2021"]),
    "7-a": ("7 Funding opportunities", ["horizon scanning for central government funding", "joint bids"]),
    "7.1-a": ("7 Funding opportunities", ["Safer Streets Fund", "Home Office"]),
    "7.1-b": ("7 Funding opportunities", ["Additional funding for independent sexual violence advisers"]),
    "8-a": ("8 Building capacity and capability", ["improved funding applications", "secured from other sources"]),
}


@pytest.fixture(scope="module")
def sections(django_db_setup, django_db_blocker):
    """The text of the regenerated plan by its headings, in order."""
    with django_db_blocker.unblock(), transaction.atomic():
        records.ladders()
        call_command("load_plan", KENT, verbosity=0)
        cast, client = accounts.cast(), Client()
        client.force_login(cast.officer)
        page = client.get(reverse("plan_document", args=[Plan.objects.get().key])).content.decode()
        transaction.set_rollback(True)
    told, current = {}, ""
    for part in re.split(r"<h[2-6][^>]*>", page)[1:]:
        title, _, rest = re.sub(r"</h[2-6]>", "</h>", part, count=1).partition("</h>")
        title = words(title)
        if re.match(r"\d[\d.]* ", title):
            current = title
            told[current] = words(rest)
        elif current:
            told[current] += f" {title} {words(rest)}"
    return told


def words(markup):
    return " ".join(html.unescape(strip_tags(markup.replace("<", " <"))).replace("’", "'").split())


@pytest.mark.parametrize("statement", STATEMENTS)
def test_regenerated_plan_carries(sections, statement):
    heading, wanted = STATEMENTS[statement]

    told = [text for title, text in sections.items() if title.startswith(heading)]

    assert told, list(sections)
    missing = [each for each in wanted if not any(each.casefold() in text.casefold() for text in told)]
    assert missing == []


def test_sections_stand_in_the_plans_own_order(sections):
    numbered = [title for title in sections if re.match(r"\d", title)]

    assert numbered == sorted(numbered, key=lambda title: [int(part) for part in title.split()[0].split(".")])


def test_every_statement_is_mapped_in_the_coverage_page():
    mapped = re.findall(r"^\| (\d[\w.]*-\w+) \|", PAGE.read_text(), re.MULTILINE)

    assert mapped == list(STATEMENTS)
