"""Return templates: what a monitoring return asks for, as versions that never change once in use."""

from dataclasses import dataclass

from plans import queries as plan_queries
from plans.enums import CheckKind, IndicatorKind, Required, ReturnPart, StreamPurpose, TemplateStatus
from plans.models import Indicator, ReturnTemplate, TemplateCheck, TemplateSection

from ..entries import Items
from ..kinds import Adjustment, Matching, Text, Texts, Whole, Word, WordList, YesNo
from ..references import Cited
from .section import Section, needed

NUMBER = Adjustment(noun="a number")
KEY = Matching(required=True, limit=60, like="Use small letters, figures and hyphens, like people-supported.")


def current_version(template):
    """The version a file is compared with: the one in use, else the draft."""
    versions = {version.status: version for version in template.versions.all()}
    return versions.get(TemplateStatus.IN_USE) or versions.get(TemplateStatus.DRAFT)


@dataclass(frozen=True)
class VersionText(Text):
    """Words of the version in use; a change of them is a new version."""

    def attributes(self, name, value, find):
        return {}

    def read(self, row, name):
        version = current_version(row)
        return getattr(version, name) if version else ""


@dataclass(frozen=True)
class VersionItems(Items):
    """Rows of the version in use; a change of them is a new version, so none is written in its place."""

    def read(self, row, name):
        version = current_version(row)
        return super().read(version, name) if version else []

    def write(self, parent, value, find, at):
        return


INDICATORS = Items(
    fields={
        "key": KEY,
        "label": needed(),
        "help": Text(limit=1000),
        "kind": Word(required=True, words=IndicatorKind),
        "unit": Text(limit=40),
        "categories": Texts(limit=0, numbers=True),
        "required": Word(words=Required, default=Required.ALWAYS.value),
        "required_if": Text(limit=60),
        "lowest": NUMBER,
        "highest": NUMBER,
        "longest": Whole(empty=2000, high=32767),
        "target": NUMBER,
        "fewer_is_better": YesNo(),
        "warns_on_jump": YesNo(empty=True),
    },
    model=Indicator,
    parent="section",
    numbered="number",
)
SECTION_ITEMS = VersionItems(
    required=True,
    fields={
        "key": KEY,
        "part": Word(words=ReturnPart, default=ReturnPart.INDICATORS.value),
        "title": needed(),
        "guidance": Text(limit=2000),
        "indicators": INDICATORS,
    },
    model=TemplateSection,
    parent="version",
    numbered="number",
)
CHECK_ITEMS = VersionItems(
    fields={
        "kind": Word(required=True, words=CheckKind),
        "left": Texts(required=True, limit=60),
        "right": needed(60),
        "only_warns": YesNo(empty=True),
    },
    model=TemplateCheck,
    parent="version",
    numbered="number",
)
RETURN_TEMPLATES = Section(
    "return_templates",
    "return template",
    ReturnTemplate,
    {
        "name": needed(),
        "for_purpose": WordList(words=StreamPurpose),
        "guidance": VersionText(limit=5000),
        "sections": SECTION_ITEMS,
        "checks": CHECK_ITEMS,
        "source": Cited(),
    },
)
OF_THE_VERSION = frozenset({"guidance", "sections", "checks"})


def plain(kind, given):
    """Checked values of a small row as the table holds them."""
    return {name: inner.to_python(given[name], None) for name, inner in kind.fields.items() if name != "indicators"}


def content_of(row):
    """What a row of the file asks for, as the actions take it."""
    return {
        "guidance": row["guidance"],
        "sections": [
            {**plain(SECTION_ITEMS, given), "indicators": [plain(INDICATORS, inner) for inner in given["indicators"]]}
            for given in row["sections"]
        ],
        "checks": [plain(CHECK_ITEMS, given) for given in row["checks"]],
    }


def rows_of(row):
    """The same as rows that are not saved: (sections with their questions, checks)."""
    content = content_of(row)
    parts = [
        (
            TemplateSection(**{name: given[name] for name in plan_queries.SECTION_FIELDS}),
            [Indicator(**inner) for inner in given["indicators"]],
        )
        for given in content["sections"]
    ]
    return parts, [TemplateCheck(**given) for given in content["checks"]]
