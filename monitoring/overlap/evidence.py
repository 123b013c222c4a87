"""Why two pieces of work may overlap: facts that both share, each with a sentence and the passages on both sides.

Works are anything with the fields of `ComparedWork`. Each piece of evidence is {"kind", "why", "passages"}.
"""

from . import field, marks
from .words import sentences

MOST_PASSAGES, LONGEST_PASSAGE = 3, 300
TELLING_ENOUGH = 7.0  # how rare what both share must be, taken together, before place and time make it evidence
SCORES = {"PROVIDER": 95, "NEAR": 80, "SCHOOL": 90, "PLACE": 60}


def family(reference):
    """What a piece of work is a part of: a business case, a contract."""
    return reference.partition("/")[0]


def at_once(one, other):
    """Whether two pieces of work run at the same time; days nobody knows count as any day."""
    begins = one.starts_on is None or other.ends_on is None or one.starts_on <= other.ends_on
    ends = other.starts_on is None or one.ends_on is None or other.starts_on <= one.ends_on
    return begins and ends


def may_pair(one, other):
    """Parts of one case or contract never overlap, nor does what an organisation does one year after the other."""
    if family(one.reference) == family(other.reference):
        return False
    return one.organisation_name != other.organisation_name or at_once(one, other)


def structured(one, other, school_names=None):
    """Every shared fact of two pieces of work, and how sure they are together, 0 to 100."""
    found = [item for item in (provider(one, other), school(one, other, school_names or {})) if item]
    found += place_and_time(one, other)
    return [item for item, _ in found], max((score for _, score in found), default=0)


def provider(one, other):
    """The same provider: registered, by a number, by a name, or by a name that is nearly the same."""
    met = marks.shared(one.provider_marks, other.provider_marks)
    if met is None:
        return None
    kind, left, right, what = met
    if kind == marks.WRITTEN:
        why = f"The names of the providers are nearly the same: “{left}” and “{right}”."
    elif kind == marks.NUMBER:
        why = f"Both providers have the registration number {what}."
    elif left.casefold() != right.casefold():
        why = f"“{left}” and “{right}” are names of the same provider."
    else:
        why = f"Both name the same provider: {left}."
    item = {"kind": "PROVIDER", "why": why, "passages": [[_named(one, left), _named(other, right)]]}
    return item, SCORES["NEAR" if kind == marks.WRITTEN else "PROVIDER"]


def _named(work, name):
    """The sentence in which the text names the provider, else the name by itself."""
    for sentence in sentences(work.text):
        if name and name.casefold() in sentence.casefold():
            return cut(sentence)
    return f"Provider: {name}"


def school(one, other, school_names):
    """The same school in the same term."""
    both = sorted(set(one.school_terms) & set(other.school_terms))
    if not both:
        return None
    words = [_school_words(mark, school_names) for mark in both]
    more = f" and {len(words) - 1} more" if len(words) > 1 else ""
    why = f"Both go into the same school in the same term: {words[0]}{more}."
    passages = [[text, text] for text in words[:MOST_PASSAGES]]
    return {"kind": "SCHOOL", "why": why, "passages": passages}, SCORES["SCHOOL"]


def _school_words(mark, school_names):
    urn, _, term = mark.partition("|")
    return f"{school_names.get(urn, f'School {urn}')}, {term}"


def place_and_time(one, other):
    """The same people and the same theme, in the same area at the same time: together evidence, alone none."""
    areas = _both(one.areas, other.areas)
    if not areas or not at_once(one, other):
        return []
    shared = sorted(set(one.terms) & set(other.terms))
    people, themes = _both(one.cohorts, other.cohorts), _both(one.themes, other.themes)
    done, about = (field.named(shared, facet) for facet in ("done", "about"))
    telling = sum(field.rarity(mark) for mark in shared if mark in field.concepts())
    if not (people and themes and done and about) or telling < TELLING_ENOUGH:
        return []
    where = ", ".join(areas[:2])
    whom = [mark for mark in shared if mark.startswith(("whom:", "done:"))]
    what = [mark for mark in shared if mark.startswith("about:")]
    first = f"Both are for {', '.join(people[:3])} ({', '.join(done[:2])}) in {where} at the same time."
    second = f"Both serve “{themes[0]}” ({', '.join(about[:3])}) in {where} at the same time."
    return [
        ({"kind": "COHORT", "why": first, "passages": _passages(one, other, whom)}, SCORES["PLACE"]),
        ({"kind": "THEME", "why": second, "passages": _passages(one, other, what)}, SCORES["PLACE"]),
    ]


def _both(ours, theirs):
    """What both name, whatever the letters' case, as we write it."""
    known = {name.casefold() for name in theirs}
    return [name for name in dict.fromkeys(ours) if name.casefold() in known]


def _passages(one, other, shared):
    """On each side the sentence that speaks most of what both share."""
    return [[_telling(one, shared), _telling(other, shared)]]


def _telling(work, shared):
    spoken = [(sum(field.matches(part, [mark]) for mark in shared), part) for part in sentences(work.text)]
    best = max(spoken, key=lambda found: found[0], default=(0, ""))
    return cut(best[1] if best[0] else work.title)


def cut(text):
    """No longer than a passage on a page may be."""
    return text if len(text) <= LONGEST_PASSAGE else f"{text[: LONGEST_PASSAGE - 1].rsplit(' ', 1)[0]}…"


def as_key(items):
    """What of the evidence is a fact: when this grows, a dismissed pair comes back."""
    return {(item["kind"], item["why"]) for item in items if item["kind"] != "TEXT"}
