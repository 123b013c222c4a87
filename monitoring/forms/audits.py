"""What is typed about risk, programmes, visits, findings and actions (P4)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.models import User
from records.formfields import GovDateField, GovField, GovForm, GovRadios

from ..enums import CheckResult, FindingGrade, RiskFactor, SampleStrategy
from ..models import AuditCheck

RECIPIENT, OFFICE = "recipient", "office"
GRADES = {
    FindingGrade.HIGH: "People or money are at risk, or a main condition is not kept.",
    FindingGrade.MEDIUM: "A condition is kept in part, or cannot be shown to be kept.",
    FindingGrade.LOW: "Small, easily put right.",
    FindingGrade.GOOD: "Worth telling others about. It asks for no action.",
}


def _layout(form, button, *rows):
    form.helper = FormHelper()
    form.helper.form_show_errors = True
    form.helper.layout = Layout(*rows)
    form.helper.add_input(Submit("save", button))


def _words(label, *, hint="", limit=4000, required=True):
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=required, widget=forms.Textarea)


class MarkForm(GovForm):
    """So many points from a mark of a factor; of a mark that stands only mark and points change."""

    factor = forms.ChoiceField(label="Factor", choices=RiskFactor.choices)
    at_least = forms.DecimalField(
        label="From",
        min_value=1,
        max_digits=12,
        decimal_places=2,
        help_text="Pounds for the value, a number of returns, complaints, conditions, actions or standards for the "
        "others; 1 where the factor holds or does not.",
    )
    points = forms.IntegerField(label="Points", min_value=1, max_value=100)

    def __init__(self, *args, rule=None, **kwargs):
        super().__init__(*args, **kwargs)
        if rule:
            del self.fields["factor"]
        kept = [] if rule else ["factor"]
        _layout(self, "Save the points", *kept, GovField("at_least", width=10), GovField("points", width=3))


class ProgrammeForm(GovForm):
    """How many audits in which time, chosen how, and why."""

    name = forms.CharField(label="Name", max_length=120, help_text="Such as “Audits 2026/27”.")
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day")
    sample_size = forms.IntegerField(label="How many visits?", min_value=1, max_value=500)
    strategy = forms.ChoiceField(label="How is the sample chosen?", choices=SampleStrategy.choices, widget=GovRadios)
    reason = _words("Why this many, chosen this way?", hint="It stays with the sample.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        size = GovField("sample_size", width=3)
        _layout(
            self, "Save the programme", "name", "starts_on", "ends_on", size, "strategy", GovField("reason", rows=4)
        )


class DrawForm(GovForm):
    """The seed of the lot."""

    seed = forms.CharField(
        label="Seed of the lot",
        max_length=40,
        required=False,
        help_text="Any word or number. Whoever knows it can draw the same sample again. Leave it empty and the portal "
        "makes one; it is printed with the sample.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Draw the sample", GovField("seed", width=20))


class AddForm(GovForm):
    """An award or contract to add to the sample, and why."""

    reference = forms.CharField(
        label="Reference of the award or contract", max_length=20, help_text="Such as AW-2026-001 or CT-2026-001."
    )
    reason = _words("Why is it added?", limit=260, hint="It stays with the sample.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Add it to the sample", GovField("reference", width=20), GovField("reason", rows=3))


class WordsForm(GovForm):
    """One text, with the question and the button the page gives."""

    words = _words("Reason")

    def __init__(self, *args, label, button, hint="", rows=4, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint
        self.fields["words"].error_messages["required"] = f"Answer the question “{label}”"
        _layout(self, button, GovField("words", rows=rows))


class AuditorField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.full_name


class PlanVisitForm(GovForm):
    """Who visits, and when."""

    auditor = AuditorField(label="Auditor", queryset=User.objects.none(), empty_label="Choose a person")
    planned_on = GovDateField(label="Day of the visit", help_text="A working day. The organisation is told of it.")

    def __init__(self, *args, auditors, left_out=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["auditor"].queryset = auditors
        if left_out:
            names = ", ".join(left_out)
            self.fields["auditor"].help_text = f"Not offered, since they had a hand in the money: {names}."
        _layout(self, "Plan the visit", "auditor", "planned_on")


class HandOverForm(PlanVisitForm):
    """Another auditor, and why."""

    reason = _words("Why?", limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["planned_on"]
        _layout(self, "Hand the visit over", "auditor", GovField("reason", rows=3))


class MoveVisitForm(GovForm):
    """Another day, and why."""

    planned_on = GovDateField(label="New day")
    reason = _words("Why does it move?", limit=1000, hint="The organisation reads these words.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Move the visit", "planned_on", GovField("reason", rows=3))


class BeginForm(GovForm):
    """When the visit took place and who was seen."""

    visited_on = GovDateField(label="Day of the visit")
    who_was_seen = forms.CharField(label="Who was seen?", max_length=300, help_text="Names and posts.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Begin the visit", "visited_on", "who_was_seen")


class CheckForm(GovForm):
    """One condition: is it kept, and how is that known? Everything may stay empty until the report."""

    result = forms.ChoiceField(
        label="Is it met?", choices=CheckResult.choices, required=False, widget=GovRadios(inline=True, small=True)
    )
    evidence = _words("What was it judged on?", hint="The organisation reads these words.", required=False)
    note = _words("Note for the office", hint="The organisation never sees it.", required=False)
    file = forms.FileField(label="Add a file or photograph", required=False, help_text="Seen by the office alone.")

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, prefix=f"check-{check.pk}", initial=initial_of(check), **kwargs)
        self.check_row, number = check, check.condition.number
        self.fields["result"].label = f"Is condition {number} met?"
        self.fields["evidence"].label = f"What was condition {number} judged on?"
        self.fields["note"].label = f"Note about condition {number} for the office"
        self.fields["file"].label = f"Add a file or photograph about condition {number}"
        self.fields["evidence"].widget.attrs["rows"] = 3
        self.fields["note"].widget.attrs["rows"] = 2


def initial_of(check):
    return {name: getattr(check, name) for name in ("result", "evidence", "note")}


class ChecksForm:
    """The conditions of one visit as one form."""

    def __init__(self, checks, posted=None, files=None):
        self.checks = checks
        self.forms = [CheckForm(posted, files, check=check) for check in checks]
        self.is_bound = posted is not None

    def is_valid(self):
        return self.is_bound and not any(errors for errors in [form.errors for form in self.forms])

    @property
    def errors(self):
        return {form.prefix: form.errors for form in self.forms if form.errors}

    def answers(self):
        """What was typed, as `actions.save_checks` takes it."""
        return {
            form.check_row.pk: {name: form.cleaned_data[name] for name in ("result", "evidence", "note")}
            for form in self.forms
        }

    def uploads(self):
        """The files sent along, as (condition, file)."""
        return [(form.check_row, form.cleaned_data["file"]) for form in self.forms if form.cleaned_data.get("file")]

    def differences(self):
        """Where what was typed differs from what is kept, as rows of before and after."""
        rows = []
        for form in self.forms:
            for name in ("result", "evidence", "note"):
                was, typed = getattr(form.check_row, name), form.cleaned_data.get(name, "")
                if was != typed:
                    label = f"{form.check_row.condition.number}: {form.fields[name].label}"
                    rows.append({"label": label, "before": _shown(name, was), "after": _shown(name, typed)})
        return rows


def _shown(name, value):
    return CheckResult(value).label if name == "result" and value else value


class CheckField(forms.ModelChoiceField):
    def label_from_instance(self, check):
        return str(check.condition)


class FindingForm(GovForm):
    """What was found, how grave, about which condition."""

    check_row = CheckField(
        label="Condition", queryset=AuditCheck.objects.none(), required=False, empty_label="No one condition"
    )
    grade = forms.ChoiceField(label="Grade", choices=FindingGrade.choices, widget=GovRadios(hints=GRADES))
    text = _words("What was found?", hint="The organisation reads these words.")
    reason = _words("Why does it change now?", hint="The organisation has read the report.", limit=1000)

    def __init__(self, *args, checks, with_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["check_row"].queryset = checks
        _with_reason(self, "Save the finding", with_reason, "check_row", "grade", GovField("text", rows=5))


def _with_reason(form, button, with_reason, *rows):
    if with_reason:
        rows = (*rows, GovField("reason", rows=3))
    else:
        del form.fields["reason"]
    _layout(form, button, *rows)


class ActionForm(GovForm):
    """What is to be done, by whom and when."""

    action = forms.CharField(label="What is to be done?", max_length=500)
    whose = forms.ChoiceField(label="Who does it?", widget=GovRadios)
    due_on = GovDateField(label="By when?")
    reason = _words("Why does it change now?", hint="The organisation has read the report.", limit=1000)

    def __init__(self, *args, organisation, with_reason=False, changing=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [(RECIPIENT, str(organisation)), (OFFICE, "The office")]
        rows = ["action", "due_on"] if changing else ["action", "whose", "due_on"]
        if changing:
            del self.fields["whose"]
        _with_reason(self, "Save the action", with_reason, *rows)


class DayForm(GovForm):
    """Another day, and why."""

    due_on = GovDateField(label="New day")
    reason = _words("Why?", hint="The organisation reads these words.", limit=1000)

    def __init__(self, *args, button, label="Why?", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        _layout(self, button, GovField("reason", rows=4), "due_on")


class ReportForm(GovForm):
    """The words over the report."""

    summary = _words("Summary", hint="The organisation reads these words. Say what is kept well, too.")
    grade = forms.ChoiceField(label="Overall grade", choices=FindingGrade.choices, widget=GovRadios(hints=GRADES))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Send the report for reply", GovField("summary", rows=6), "grade")


class DoneForm(GovForm):
    """What was done and how it can be seen."""

    evidence = _words("What was done, and how can it be seen?")
    file = forms.FileField(label="A file that shows it", required=False, help_text="Such as a policy or minutes.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Say that it is done", GovField("evidence", rows=5), "file")
