"""When the register of schools, its terms and its topics may change (P5)."""

from accounts import access
from accounts.roles import Permission

from ..models import School, SchoolTerm, SchoolTopic

NOT_YOURS = "Only commissioning officers keep the register of schools."


def why_not_keep(user):
    """Say why this person does not keep the register, or nothing. `user` None: the command line."""
    return "" if user is None or access.may(user, Permission.SCHOOL_MANAGE) else NOT_YOURS


def why_not_new(urn):
    """Say why no school can have this number, or nothing."""
    if not (urn.isascii() and urn.isdigit()):
        return "The number of a school has only figures."
    known = School.objects.filter(urn=urn).first()
    return f"{known.name} has the number {urn} already." if known else ""


def why_not_school(school, *, name, area, follows, reason):
    """Say what is wrong with what was typed about a school, or nothing. `school` None: a new one."""
    if not (name.strip() and area.strip()):
        return "Enter the name of the school and its area."
    if not reason.strip():
        return "Say why this changes."
    seen = set()
    while follows is not None and follows.pk not in seen:
        if school is not None and follows.pk == school.pk:
            return "A school cannot follow itself."
        seen.add(follows.pk)
        follows = follows.follows
    return ""


def why_not_term(term, *, name, starts_on, ends_on):
    """Say why a term cannot have this name and these days, or nothing."""
    if ends_on <= starts_on:
        return "The last day of the term must be after the first."
    others = SchoolTerm.objects.exclude(pk=term.pk if term else 0)
    if others.filter(name__iexact=name.strip()).exists():
        return f"There is a term called {name.strip()} already."
    meets = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    return f"These days are part of {meets.name} too. Terms do not overlap." if meets else ""


def why_not_topic(topic, *, name, key):
    """Say why a topic cannot have this name, or nothing."""
    others = SchoolTopic.objects.exclude(pk=topic.pk if topic else 0)
    if others.filter(name__iexact=name.strip()).exists() or (not topic and others.filter(key=key).exists()):
        return f"There is a topic called {name.strip()} already."
    return "" if key else "Enter a name with letters in it."
