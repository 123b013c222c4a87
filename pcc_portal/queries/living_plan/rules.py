"""The rules of a stream in plain words, as they were (X1)."""

from dataclasses import dataclass

from django.db.models import Q

from plans.queries import rule_parts, rule_words


@dataclass(frozen=True)
class Rules:
    """One rule set in words: its name, where it stands, and its topics."""

    name: str
    link: str
    topics: list


def rules_of(plan, then, ids, *, public):
    """The plan's own rule sets and those with these ids, each in words as it was, by id.

    The number of queries is the same for any number of them.
    """
    names = rule_words.names_in_rules()
    rows = rule_parts.whole_rule_sets().filter(Q(plan=plan) | Q(pk__in=ids)).order_by("pk")
    rows = rows.filter(is_example=False) if public else rows
    return {row.pk: in_words(row, then, names) for row in rows if then.had_begun(row)}


def in_words(rule_set, then, names):
    parts = rule_parts.parts_of(rule_set)
    for name, before, after in then.pairs(rule_set):
        rule_parts.undo(parts, name, before, after)
    told = [
        rule_words.Topic(key, title, tuple(rule_words.said(key, parts, names)))
        for key, title in rule_words.TITLES.items()
    ]
    return Rules(parts["name"], rule_set.get_absolute_url(), [topic for topic in told if topic.sentences])
