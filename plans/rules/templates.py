"""Why a return template may not be written so, or put to use (X5).

The same sentences answer an officer at the screen and whoever loads a plan file.
"""

from .. import queries
from ..enums import IndicatorKind, Required, ReturnPart, StreamPurpose, TemplateStatus
from ..models import ReportingRule, ReturnTemplate, TemplateVersion
from .plan import why_not_edit

K = IndicatorKind
FIGURES = frozenset({K.COUNT, K.NUMBER, K.MONEY, K.PERCENTAGE, K.COUNTS, K.SCORE})
MAY_LEAD = FIGURES | {K.YES_NO}
WHOLE = frozenset({K.COUNT, K.COUNTS})
NOT_BELOW_NOUGHT = frozenset({K.COUNT, K.COUNTS, K.MONEY, K.PERCENTAGE})
LONGEST_CATEGORY, LONGEST_WORDS = 80, 10_000
TAKEN_ADDRESSES = frozenset({"new"})


def why_not_start_template(name, key, for_purpose, *, user):
    """Say why there cannot be a template of that name, key and purposes, or nothing."""
    if why := why_not_edit(user) or why_not_name(name):
        return why
    if key in TAKEN_ADDRESSES or ReturnTemplate.objects.filter(key=key).exists():
        return f"The name “{name}” is taken. Give this template another."
    return why_not_for_purpose(None, for_purpose)


def why_not_edit_template(template, name, for_purpose, *, user):
    """Say why the template cannot be called so or serve these purposes, or nothing."""
    if why := why_not_edit(user) or why_not_name(name) or why_not_for_purpose(template, for_purpose):
        return why
    if set(for_purpose) - set(template.for_purpose) and queries.version_in_use(template) is None:
        return "No version of this template is in use, so returns could not open with it. Put one to use first."
    return ""


def why_not_name(name):
    return "" if name.strip() else "Give the template a name."


def why_not_for_purpose(template, for_purpose):
    """A purpose has one usual template, or nobody could say which a return opens with."""
    for other in ReturnTemplate.objects.order_by("name"):
        shared = [] if other == template else [purpose for purpose in for_purpose if purpose in other.for_purpose]
        if shared:
            return f"“{StreamPurpose(shared[0]).label}” is served by {other.name} already. Take it away there first."
    return ""


def why_not_start_new_version(template, *, user):
    """Say why no draft can be made from the version in use, or nothing."""
    if why := why_not_edit(user):
        return why
    draft = template.versions.filter(status=TemplateStatus.DRAFT).first()
    if draft is not None:
        return f"Version {draft.number} is a draft already. Change that one, or discard it first."
    if queries.version_in_use(template) is None:
        return "No version of this template is in use, so there is none to copy."
    return ""


def why_not_change(version, *, user):
    """Say why nothing in this version can change, or nothing: only a draft changes."""
    if why := why_not_edit(user):
        return why
    if version.status == TemplateStatus.DRAFT:
        return ""
    words = "in use" if version.status == TemplateStatus.IN_USE else "replaced"
    return f"Version {version.number} is {words}, so it stays as it is. Start a new version to change something."


def why_not_discard(version, *, user):
    """Say why this draft cannot be thrown away, or nothing."""
    if why := why_not_change(version, user=user):
        return why
    alone = not TemplateVersion.objects.filter(template=version.template_id).exclude(pk=version.pk).exists()
    if alone and ReportingRule.objects.filter(template=version.template_id).exists():
        return "This is the only version of a template that reporting rules name. Take it out of the rules first."
    return ""


def why_not_section_so(section, others):
    """Say why a section cannot be so, `others` being those of the same version, or nothing."""
    if not section.title.strip():
        return "Give the section a title."
    if section.key in {other.key for other in others}:
        return f"The key “{section.key}” is used by another section of this version. Choose another."
    if section.part != ReturnPart.INDICATORS and section.part in {other.part for other in others}:
        return f"The part “{ReturnPart(section.part).label}” is in this version already. A return has it once."
    return ""


def why_not_indicator_so(indicator, others):
    """Say why a figure cannot be asked for so, `others` being all others of the version, or nothing."""
    if not indicator.label.strip():
        return "Say what is asked for."
    if indicator.key in {other.key for other in others}:
        return f"The key “{indicator.key}” is used by another question of this version. Choose another."
    return (
        why_not_categories(indicator)
        or why_not_limits(indicator)
        or why_not_required(indicator, {other.key: other for other in others})
    )


def why_not_categories(indicator):
    """Categories are for counts alone: two or more, each once."""
    categories = [str(words).strip() for words in indicator.categories]
    if indicator.kind != K.COUNTS:
        return "Only whole numbers by category have categories. Take them out." if categories else ""
    if len(categories) < 2 or not all(categories):
        return "Name at least two categories, none of them empty."
    for number, words in enumerate(categories):
        if words.casefold() in {before.casefold() for before in categories[:number]}:
            return f"The category “{words}” stands there twice. Keep it once."
        if len(words) > LONGEST_CATEGORY:
            return f"The category “{words[:30]}...” is longer than {LONGEST_CATEGORY} characters. Shorten it."
    return ""


def why_not_limits(indicator):
    """Limits fit the kind and stand in order; a target lies within them."""
    lowest, highest, target = indicator.lowest, indicator.highest, indicator.target
    given = [number for number in (lowest, highest, target) if number is not None]
    if indicator.kind not in FIGURES:
        if given:
            return "Only figures have limits and a target. Take them out."
        if not 1 <= indicator.longest <= LONGEST_WORDS:
            return f"Words are between 1 and {LONGEST_WORDS:,} letters long. Correct the length."
        return ""
    if indicator.kind == K.SCORE and (lowest is None or highest is None or lowest == highest):
        return "Give both ends of the scale, for example 1 and 10."
    if lowest is not None and highest is not None and lowest > highest:
        return "The lowest is above the highest. Correct one of them."
    return why_not_these_numbers(indicator.kind, given) or why_not_target(lowest, highest, target)


def why_not_these_numbers(kind, given):
    if kind in WHOLE and any(number != number.to_integral_value() for number in given):
        return "Limits and target of a whole number are whole numbers."
    if kind in NOT_BELOW_NOUGHT and any(number < 0 for number in given):
        return "This cannot be below nought. Correct the limits or the target."
    if kind == K.PERCENTAGE and any(number > 100 for number in given):
        return "A percentage lies between 0 and 100. Correct the limits or the target."
    return ""


def why_not_target(lowest, highest, target):
    below = target is not None and lowest is not None and target < lowest
    above = target is not None and highest is not None and target > highest
    return "The target lies outside the limits. Correct one of them." if below or above else ""


def why_not_required(indicator, others):
    """What makes an answer needed is another figure, and never in the end the answer itself."""
    if indicator.required != Required.WHEN:
        return "Only what is needed when another is answered names another." if indicator.required_if else ""
    leader = others.get(indicator.required_if)
    if leader is None:
        return "Choose the question whose answer makes this one needed. It must be another one of this version."
    if leader.kind not in MAY_LEAD:
        return f"“{leader.label}” is neither a figure nor yes or no, so it cannot make another answer needed."
    seen = {indicator.key}
    while leader is not None and leader.required == Required.WHEN:
        if leader.key in seen or leader.required_if in seen:
            return f"“{leader.label}” waits for this answer in turn. Break the circle at one of them."
        seen.add(leader.key)
        leader = others.get(leader.required_if)
    return ""


def why_not_check_so(check, indicators):
    """Say why these figures cannot be held against each other, or nothing."""
    known = {indicator.key: indicator for indicator in indicators}
    if not check.left:
        return "Choose at least one figure to add up."
    for key in [*check.left, check.right]:
        if key not in known:
            return f"There is no question “{key}” in this version." if key else "Choose the figure to compare with."
        if known[key].kind not in FIGURES:
            return f"“{known[key].label}” is no figure, so it cannot be added up or compared."
    if check.right in check.left or len(set(check.left)) < len(check.left):
        return "A figure stands in a check once. Take it out on one side."
    return ""


def why_not_remove_indicator(indicator, *, user):
    """Say why the figure must stay for now, or nothing: a check or another question may name it."""
    version = indicator.section.version
    return why_not_change(version, user=user) or why_not_without({indicator.key}, version)


def why_not_remove_section(section, *, user):
    """Say why the section must stay for now, or nothing."""
    keys = {indicator.key for indicator in section.indicators.all()}
    return why_not_change(section.version, user=user) or why_not_without(keys, section.version)


def why_not_without(keys, version):
    """What would be left pointing at nothing."""
    for check in version.checks.all():
        if used := keys & {*check.left, check.right}:
            return f"A check is about “{sorted(used)[0]}”. Remove that check first."
    for indicator in queries.indicators_of(version):
        if indicator.key not in keys and indicator.required_if in keys:
            return f"“{indicator.label}” is needed when this is answered. Change that first."
    return ""


def faults_in(parts, checks):
    """What is wrong with a version given as its sections with their questions, and its checks.

    Yields (section, question, check, sentence), places counted from nought and None where not meant. Nothing
    need be saved, so a plan file is judged by the same words as the screen.
    """
    if not parts:
        yield None, None, None, "The version has no sections. Add at least one."
    asked = [(place, row) for place, (_section, rows) in enumerate(parts) for row in rows]
    for place, (section, rows) in enumerate(parts):
        own = section.part == ReturnPart.INDICATORS
        yield place, None, None, why_not_section_so(section, [other for other, _rows in parts[:place]])
        if own and not rows:
            yield place, None, None, "There is nothing to answer in it. Add a question, or remove the section."
        if rows and not own:
            yield place, None, None, "This part follows from the award and has no questions of its own."
        for number, row in enumerate(rows):
            others = [other for _place, other in asked if other is not row]
            yield place, number, None, why_not_indicator_so(row, others)
    for number, check in enumerate(checks):
        yield None, None, number, why_not_check_so(check, [row for _place, row in asked])


def faults_of_version(version):
    """Everything that is wrong with a version as a whole, a sentence each."""
    parts = [(section, list(section.indicators.all())) for section in version.sections.all()]
    found = []
    for place, number, check, sentence in faults_in(parts, list(version.checks.all())):
        if sentence:
            where = _where(parts, place, number, check)
            found.append(f"{where}: {sentence}" if where else sentence)
    return found


def _where(parts, place, number, check):
    if check is not None:
        return f"Check {check + 1}"
    if place is None:
        return ""
    section, rows = parts[place]
    return section.title if number is None else rows[number].label or rows[number].key


def why_not_put_to_use(version, *, user):
    """Say why returns cannot be opened with this draft yet, or nothing."""
    if why := why_not_change(version, user=user):
        return why
    if faults := faults_of_version(version):
        return faults[0]
    before = queries.whole_versions().filter(template=version.template_id, status=TemplateStatus.IN_USE).first()
    if before is None:
        return ""
    if queries.content_of_version(before) == queries.content_of_version(version):
        return f"Nothing differs from version {before.number}, which is in use."
    return "" if version.why.strip() else "Say why the template changes. It stays with the version."
