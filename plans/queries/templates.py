"""Reads of return templates: what a version asks for, who uses it, what changed between two versions."""

from dataclasses import dataclass
from decimal import Decimal

from ..enums import CheckKind, IndicatorKind, Required, ReturnPart, TemplateStatus
from ..models import ReportingRule, ReturnTemplate, Stream, TemplateVersion

SECTION_FIELDS = ("key", "part", "title", "guidance")
INDICATOR_FIELDS = (
    "key", "label", "help", "kind", "unit", "categories", "required", "required_if", "lowest", "highest", "longest",
    "target", "fewer_is_better", "warns_on_jump",
)  # fmt: skip
CHECK_FIELDS = ("kind", "left", "right", "only_warns")
WORDS_OF = {
    "label": "Question",
    "help": "Help",
    "kind": "Kind",
    "unit": "Unit",
    "categories": "Categories",
    "required": "Needed",
    "required_if": "Needed when this is answered",
    "lowest": "Lowest",
    "highest": "Highest",
    "longest": "Letters at most",
    "target": "Target",
    "fewer_is_better": "Fewer is better",
    "warns_on_jump": "Asks about a change of over half",
    "part": "Part of the return",
    "title": "Title",
    "guidance": "Guidance",
    "left": "These together",
    "right": "Against",
    "only_warns": "May be confirmed with a reason",
}
LABELS = {"part": ReturnPart, "required": Required}


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two versions: where it stands, and its words before and after."""

    where: str
    label: str
    before: str
    after: str


def templates():
    """Every template with its versions, by name."""
    return ReturnTemplate.objects.prefetch_related("versions").order_by("name", "pk")


def version_in_use(template):
    """The version that new returns are opened with, or None."""
    return template.versions.filter(status=TemplateStatus.IN_USE).first()


def whole_versions():
    """Versions with everything they ask for."""
    return TemplateVersion.objects.select_related("template").prefetch_related("sections__indicators", "checks")


def indicators_of(version):
    """Every figure of a version in its order."""
    return [indicator for section in version.sections.all() for indicator in section.indicators.all()]


def needed_words(indicators, *, at_the_end):
    """When an answer is needed, in a sentence for whoever writes the return, by the key of its question.

    `indicators` are all those of a version; `at_the_end` says whether the return covers the whole award.
    What this return always or never needs has no sentence.
    """
    known = {indicator.key: indicator for indicator in indicators}
    found = {}
    for indicator in indicators:
        if indicator.required == Required.AT_THE_END and not at_the_end:
            found[indicator.key] = "Needed only in the return that covers the whole award."
        elif indicator.required == Required.WHEN and indicator.required_if in known:
            found[indicator.key] = _only_if(known[indicator.required_if])
    return found


def _only_if(leader):
    """What the other answer must be."""
    ways = {
        IndicatorKind.YES_NO: "Needed only if you answer Yes to “{}”.",
        IndicatorKind.COUNTS: "Needed only if “{}” adds up to more than 0.",
        IndicatorKind.SCORE: "Needed only if anybody was asked for “{}”.",
    }
    return ways.get(IndicatorKind(leader.kind), "Needed only if “{}” is more than 0.").format(leader.label)


def content_of_version(version):
    """What a version asks for as plain values: what is copied, compared and written into a plan file."""
    return {
        "guidance": version.guidance,
        "sections": [
            {
                **{name: getattr(section, name) for name in SECTION_FIELDS},
                "indicators": [
                    {name: getattr(indicator, name) for name in INDICATOR_FIELDS}
                    for indicator in section.indicators.all()
                ],
            }
            for section in version.sections.all()
        ],
        "checks": [{name: getattr(check, name) for name in CHECK_FIELDS} for check in version.checks.all()],
    }


def streams_of(template):
    """Streams whose returns ask for this template unless their rules name another."""
    return Stream.objects.filter(purpose__in=template.for_purpose).select_related("plan").order_by("order", "number")


def rules_of(template):
    """Reporting rules that name this template."""
    return ReportingRule.objects.filter(template=template).select_related("rule_set").order_by("rule_set__name", "pk")


def differences(before, after):
    """What differs between two versions given as their content, in the order of the later one."""
    found = _changed("The whole return", before, after, ("guidance",))
    was = {section["key"]: section for section in before["sections"]}
    now = {section["key"]: section for section in after["sections"]}
    found += _order("Order of the sections", before["sections"], after["sections"], "title")
    for key, section in now.items():
        old = was.get(key)
        if old is None:
            found.append(Difference(section["title"], "Section", "", _section_words(section)))
        else:
            found += _changed(section["title"], old, section, ("part", "title", "guidance"))
            found += _figures(section["title"], old["indicators"], section["indicators"])
    for key, section in was.items():
        if key not in now:
            found.append(Difference(section["title"], "Section", _section_words(section), ""))
    return found + _checks(before, after)


def _figures(where, before, after):
    was = {row["key"]: row for row in before}
    now = {row["key"]: row for row in after}
    found = _order(where, before, after, "label")
    for key, row in now.items():
        if key not in was:
            found.append(Difference(where, "New question", "", f"{row['label']} ({kind_words(row['kind'])})"))
        else:
            found += _changed(f"{where}: {row['label']}", was[key], row, INDICATOR_FIELDS[1:])
    gone = [row for key, row in was.items() if key not in now]
    return found + [Difference(where, "Question taken out", row["label"], "") for row in gone]


def _order(where, before, after, name):
    """A new order of what both versions have."""
    both = {row["key"] for row in before} & {row["key"] for row in after}
    was = [row["key"] for row in before if row["key"] in both]
    now = [row["key"] for row in after if row["key"] in both]
    if was == now:
        return []
    titles = {row["key"]: row[name] for row in [*before, *after]}
    return [Difference(where, "Order", ", ".join(titles[k] for k in was), ", ".join(titles[k] for k in now))]


def _changed(where, before, after, names):
    return [
        Difference(where, WORDS_OF[name], value_words(name, before[name]), value_words(name, after[name]))
        for name in names
        if before[name] != after[name]
    ]


def _checks(before, after):
    was = [_strictly(check, before) for check in before["checks"]]
    now = [_strictly(check, after) for check in after["checks"]]
    gone = [Difference("Checks", "Check", words, "") for words in was if words not in now]
    return gone + [Difference("Checks", "Check", "", words) for words in now if words not in was]


def _strictly(check, content):
    return check_words(check, content) + ("" if check["only_warns"] else " (must hold)")


def _section_words(section):
    asked = [row["label"] for row in section["indicators"]]
    return f"{section['title']}: {', '.join(asked)}" if asked else section["title"]


def kind_words(kind):
    return IndicatorKind(kind).label


def value_words(name, value):
    """A value as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or value == "" or value == []:
        return "Nothing"
    if name in LABELS:
        return LABELS[name](value).label
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return ", ".join(value) if isinstance(value, list) else str(value)


def check_words(check, content):
    """A check as a sentence in the words of the questions it is about."""
    labels = {row["key"]: row["label"] for section in content["sections"] for row in section["indicators"]}
    left = " + ".join(f"“{labels.get(key, key)}”" for key in check["left"])
    verb = CheckKind(check["kind"]).label
    if len(check["left"]) == 1:
        verb = {"add up to": "is the same as", "add up to no more than": "is no more than"}[verb]
    return f"{left} {verb} “{labels.get(check['right'], check['right'])}”"
