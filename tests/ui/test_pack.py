"""The crispy pack writes what govuk-frontend's own examples write, and its errors lead to real controls."""

import json
import re
from pathlib import Path

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

EXAMPLES = Path(__file__).parent.parent / "data" / "govuk-frontend-fixtures"
CHOICES = [("a", "One"), ("b", "Two")]


def example(component: str, name: str) -> str:
    stored = json.loads((EXAMPLES / f"{component}.json").read_text())
    return next(item["html"] for item in stored["fixtures"] if item["name"] == name)


def classes(html: str) -> set[str]:
    """Every govuk class in the markup, the page's own and the hidden word "Error:" left aside."""
    found = {name for line in re.findall(r'class="([^"]*)"', html) for name in line.split()}
    return {name for name in found if name.startswith("govuk-")}


def field_html(field, *, sent=None, **wishes) -> str:
    class One(GovForm):
        it = field

    form = One(sent, files=MultiValueDict() if sent is not None else None)
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.form_show_errors = True
    form.helper.layout = Layout(GovField("it", **wishes))
    form.summary_shown = True
    return render_crispy_form(form)


@pytest.mark.parametrize(
    "component, name, field, sent, wishes",
    [
        ("input", "default", forms.CharField(), None, {}),
        ("input", "with hint text", forms.CharField(help_text="Hint"), None, {}),
        ("input", "with error message", forms.CharField(), {}, {}),
        ("input", "with error and hint", forms.CharField(help_text="Hint"), {}, {}),
        ("input", "with width-3 class", forms.CharField(help_text="Hint"), None, {"width": 3}),
        ("input", "with label as page heading", forms.CharField(), None, {"heading": True, "label_size": "l"}),
        ("input", "with prefix", forms.CharField(), None, {"prefix": "£"}),
        ("input", "with suffix", forms.CharField(), None, {"suffix": "people"}),
        ("input", "with prefix and suffix and error", forms.CharField(), {}, {"prefix": "£", "suffix": "each"}),
        ("textarea", "default", forms.CharField(widget=forms.Textarea), None, {}),
        ("textarea", "with error message", forms.CharField(widget=forms.Textarea), {}, {}),
        ("character-count", "default", forms.CharField(widget=forms.Textarea, max_length=10), None, {}),
        ("character-count", "with maxwords", forms.CharField(widget=forms.Textarea), None, {"max_words": 10}),
        (
            "character-count",
            "with hint and error",
            forms.CharField(widget=forms.Textarea, max_length=10, help_text="Hint"),
            {},
            {},
        ),
        ("select", "default", forms.ChoiceField(choices=CHOICES), None, {}),
        ("select", "with hint text and error message", forms.ChoiceField(choices=CHOICES, help_text="Hint"), {}, {}),
        ("radios", "default", forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect), None, {}),
        (
            "radios",
            "inline",
            forms.ChoiceField(choices=CHOICES, widget=GovRadios(inline=True), help_text="H"),
            None,
            {},
        ),
        ("radios", "with fieldset and error message", forms.ChoiceField(choices=CHOICES, widget=GovRadios), {}, {}),
        (
            "radios",
            "small with hint",
            forms.ChoiceField(choices=CHOICES, widget=GovRadios(small=True, hints={"a": "Hint"})),
            None,
            {},
        ),
        ("checkboxes", "default", forms.MultipleChoiceField(choices=CHOICES, widget=GovCheckboxes), None, {}),
        (
            "checkboxes",
            "with error message",
            forms.MultipleChoiceField(choices=CHOICES, widget=GovCheckboxes(hints={"b": "Hint"})),
            {},
            {},
        ),
        ("date-input", "default", GovDateField(help_text="Hint"), None, {}),
        ("date-input", "with error message and hint", GovDateField(help_text="Hint"), {}, {}),
        ("file-upload", "enhanced", forms.FileField(), None, {}),
        ("file-upload", "enhanced, with error message and hint", forms.FileField(help_text="Hint"), {}, {}),
        ("password-input", "default", forms.CharField(widget=forms.PasswordInput), None, {}),
        (
            "password-input",
            "with error message",
            forms.CharField(widget=forms.PasswordInput, help_text="Hint"),
            {},
            {},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_field_writes_the_classes_of_the_example(component, name, field, sent, wishes):
    assert classes(field_html(field, sent=sent, **wishes)) == classes(example(component, name))


def test_date_marks_only_the_wrong_box():
    html = field_html(GovDateField(label="Start date"), sent={"it_day": "1", "it_month": "", "it_year": "2021"})

    boxes = re.findall(r'<input class="([^"]*)" id="id_it_(\w+)"', html)
    assert {part for names, part in boxes if "govuk-input--error" in names} == {"month"}


def test_button_and_summary_write_the_classes_of_the_examples():
    form = Everything({}, {})
    form.helper = FormHelper()
    form.helper.layout = Layout(Submit("later", "Later", css_class="govuk-button--secondary"))

    html = render_crispy_form(form)

    assert classes(html) == classes(example("button", "secondary")) | classes(example("error-summary", "default"))


class Everything(GovForm):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=CHOICES, widget=GovRadios)
    areas = forms.MultipleChoiceField(choices=CHOICES, widget=GovCheckboxes)
    stream = forms.ChoiceField(choices=[("", "Choose"), *CHOICES])
    starts_on = GovDateField(label="Start date")
    amount = MoneyField()
    need = forms.CharField(widget=forms.Textarea, max_length=20)
    evidence = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput)
    agrees = forms.BooleanField(label="The board agrees")

    def clean(self):
        self.add_error(None, "The parts do not add up to the whole")


def test_every_link_of_the_summary_lands_on_a_control():
    html = render_crispy_form(Everything({}, {}))

    summary = html[html.index("govuk-error-summary") :].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == len(Everything.base_fields)
    for target in targets:
        assert re.search(rf'<(input|select|textarea)\b[^>]*\bid="{target}"', html), target
    assert "<li>The parts do not add up to the whole</li>" in summary


def test_every_error_is_described_by_its_message():
    html = render_crispy_form(Everything({}, {}))

    for ids in re.findall(r'aria-describedby="([^"]+)"', html):
        for each in ids.split():
            assert f'id="{each}"' in html, each
    for name in Everything.base_fields:
        assert re.search(rf'aria-describedby="[^"]*\bid_{name}_error\b', html), name


def test_summary_names_the_row_of_a_formset():
    class Line(GovForm):
        cost = MoneyField(label="Cost")

    rows = forms.formset_factory(Line, extra=0, min_num=2)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-cost": "5", "form-1-cost": "five"}

    html = Template("{% load portal %}{% error_summary formset %}").render(Context({"formset": rows(sent)}))

    assert '<a href="#id_form-1-cost">' in html
    assert "(row 2)" in html


def test_labels_choices_and_hints_are_escaped():
    evil = "<script>alert(1)</script>"

    html = field_html(forms.ChoiceField(label=evil, help_text=evil, choices=[("a", evil)], widget=GovRadios))

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3


def test_no_inline_style_or_script_is_written():
    html = render_crispy_form(Everything({}, {}))

    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", html)


def test_long_text_keeps_what_was_typed_and_counts():
    html = field_html(forms.CharField(widget=forms.Textarea, max_length=5), sent={"it": "too long by far"})

    assert 'data-maxlength="5"' in html
    assert "too long by far" in html


def test_django_s_own_forms_get_plain_messages_too():
    class Plain(forms.Form):
        email = forms.EmailField(label="E-mail address")

    html = render_crispy_form(Plain({}))

    assert "This field is required" not in html
    assert html.count("Enter the e-mail address") == 2


def test_file_given_is_kept_out_of_the_value():
    class Upload(GovForm):
        evidence = forms.FileField()

    form = Upload({}, {"evidence": SimpleUploadedFile("a.txt", b"a")})

    assert form.is_valid()
    assert 'type="file"' in render_crispy_form(form)
