"""Tags and filters for forms in GOV.UK markup; `{% load portal %}` brings them along."""

from django import forms, template

from records.formfields import lower_first, required_sentence

register = template.Library()


def kind_of(field) -> str:
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if kind := getattr(widget, "gov_kind", ""):
        return kind
    kinds = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
        (forms.PasswordInput, "password"),
        (forms.MultiWidget, "multiple"),
    )
    return next((kind for class_, kind in kinds if isinstance(widget, class_)), "input")


@register.filter
def gov_kind(field):
    """Which of the pack's shapes a bound field takes."""
    return kind_of(field)


def first_control_id(field) -> str:
    """The id of the control an error should lead to: the wrong box of a date, the first of several choices."""
    kind = kind_of(field)
    if kind == "hidden":
        return ""
    if kind == "date":
        return f"{field.auto_id}_{wrong_parts(field)[0]}"
    if kind in {"radios", "checkboxes", "multiple"}:
        return next((sub.id_for_label for sub in field.subwidgets if sub.id_for_label), "")
    return field.id_for_label


def wrong_parts(field) -> list:
    for error in field.form.errors.as_data().get(field.name, []):
        if error.params and error.params.get("parts"):
            return list(error.params["parts"])
    return ["day", "month", "year"]


@register.filter
def control_id(field):
    return first_control_id(field)


@register.filter
def option_hint(field, value):
    """The hint of one choice, where the widget was given hints."""
    hints = getattr(field.field.widget, "hints", {})
    return hints.get(value) or hints.get(str(value), "")


@register.simple_tag
def gov_prefix(field, prefix=""):
    """What stands before the box: the layout's wish, or the widget's own (the pound sign)."""
    return prefix or getattr(field.field.widget, "prefix", "") or ""


DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


@register.filter
def plain_errors(field):
    """A field's messages; Django's "This field is required." becomes what to do about it."""
    return [required_sentence(field.field, lower_first(field.label)) if error == DJANGO_REQUIRED else error
            for error in field.errors]  # fmt: skip


@register.simple_tag
def reword(form, name, label=None, hint=None):
    """Give a field of somebody else's form our words, before it is shown."""
    if name in form.fields:
        bound = form[name]
        bound.label = bound.label if label is None else label
        bound.help_text = bound.help_text if hint is None else hint
    return ""


@register.filter
def describedby(field, more=""):
    """The ids that describe a field: hint and error, then any given."""
    return " ".join(part for part in (field.aria_describedby, more) if part)


BASE_CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
}
ERROR_CLASSES = {
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
    "file": "govuk-file-upload--error",
    "password": "govuk-input--error",
    "input": "govuk-input--error",
}


@register.simple_tag
def gov_control(field, counted=False, width="", **extra):
    """The control itself with the classes, description and state that GOV.UK markup asks for."""
    kind, widget = kind_of(field), field.field.widget
    field.form.use_required_attribute = False
    widget.attrs.pop("placeholder", None)
    classes = [BASE_CLASSES.get(kind, "")]
    if field.errors and kind in ERROR_CLASSES:
        classes.append(ERROR_CLASSES[kind])
    if counted:
        classes.append("govuk-js-character-count")
    width = width or getattr(widget, "gov_width", "")
    if width:
        classes.append(width if str(width).startswith("govuk-") else width_class(width))
    own = [name for name in (widget.attrs.get("class") or "").split() if name not in CRISPY_CLASSES]
    if kind == "input" and isinstance(widget, forms.NumberInput) and not width and not own:
        classes.append("govuk-input--width-5")
    attrs = {"class": " ".join(filter(None, [*classes, *own]))}
    if info := describedby(field, f"{field.auto_id}-info" if counted else ""):
        attrs["aria-describedby"] = info
    attrs.update(control_attributes(field, kind))
    attrs.update({name.replace("_", "-"): value for name, value in extra.items()})
    if kind == "date":
        attrs["class"] = "govuk-date-input"
        if field.errors:
            attrs["data-wrong-parts"] = " ".join(wrong_parts(field))
    return field.as_widget(attrs=attrs)


CRISPY_CLASSES = {"textinput", "textarea", "select", "emailinput", "numberinput", "passwordinput", "urlinput"}


def control_attributes(field, kind) -> dict:
    """The input modes and spelling that suit the kind of thing asked for."""
    widget = field.field.widget
    if kind == "password":
        return {"spellcheck": "false", "autocapitalize": "none"}
    if kind != "input":
        return {}
    if isinstance(widget, forms.NumberInput):
        whole = isinstance(field.field, forms.IntegerField)
        return {"inputmode": "numeric" if whole else "decimal", "spellcheck": "false"}
    if isinstance(widget, forms.EmailInput):
        return {"spellcheck": "false", "autocapitalize": "none"}
    return {}


def width_class(width) -> str:
    return f"govuk-input--width-{width}" if str(width).isdigit() else f"govuk-!-width-{width}"


@register.simple_tag
def count_limit(field, max_characters=None, max_words=None):
    """The limit of a counted text: asked for by the layout, or the max_length of a text area."""
    if max_words:
        return {"attribute": "data-maxwords", "limit": max_words, "unit": "words"}
    limit = max_characters or (getattr(field.field, "max_length", None) if kind_of(field) == "textarea" else None)
    return {"attribute": "data-maxlength", "limit": limit, "unit": "characters"} if limit else {}


@register.filter
def field_errors(form, name):
    """The messages of one field, by name."""
    return form.errors.get(name, [])


def links_of(form, row=None) -> list:
    """Each error of one form with the control it concerns; in a row of several the row is named."""
    where = f" ({getattr(form, 'row_label', '') or f'row {row}'})" if row else ""
    links = [{"href": "", "text": f"{error}{where}"} for error in form.non_field_errors()]
    for field in form:
        for error in plain_errors(field):
            href = first_control_id(field)
            links.append({"href": f"#{href}" if href else "", "text": f"{error}{where}"})
    return links


@register.simple_tag
def error_links(*forms_and_formsets):
    """Every error of the given forms and formsets, in reading order, as {href, text}."""
    links = []
    for subject in forms_and_formsets:
        if not subject or not getattr(subject, "is_bound", False):
            continue
        if hasattr(subject, "management_form"):
            links += [{"href": "", "text": str(error)} for error in subject.non_form_errors()]
            for row, form in enumerate(subject.forms, start=1):
                links += links_of(form, row)
        else:
            links += links_of(subject)
    return links


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*forms_and_formsets):
    """One summary for a page of several forms, put above the h1; the forms then leave out their own."""
    links = error_links(*forms_and_formsets)
    for subject in forms_and_formsets:
        if subject:
            subject.summary_shown = True
    return {"links": links}
