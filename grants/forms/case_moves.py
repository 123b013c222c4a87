"""Forms of officers' moves on a business case: sections to return, and a justification."""

from django import forms

from records.formfields import GovForm

from ..enums import CaseSection
from ..queries import case_content

S = CaseSection


class ReturnForm(GovForm):
    """Which sections to return, and for each what should change."""

    def __init__(self, *args, content, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = [(S.OVERVIEW, None, S.OVERVIEW.label), (S.PROJECTS, None, "The list of projects")]
        self.places += [(asked, None, asked.label) for asked in case_content.sets_of(content)]
        for project in content["projects"]:
            sections = case_content.sections_of(project, project["number"])
            for section in [*sections, *case_content.sets_of(project)]:
                label = "About the project" if section == S.PROJECTS else section.label
                self.places.append((section, project["number"], label))
        for section, number, label in self.places:
            where = f"Project {number}, {label.lower()}" if number else label
            self.fields[self.name_of(section, number)] = forms.CharField(
                label=f"{where}: what should change?",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                required=False,
            )

    @staticmethod
    def name_of(section, number):
        return f"ask-{section.value.lower().replace(':', '-')}-{number or 0}"

    def clean(self):
        cleaned = super().clean()
        if not any((value or "").strip() for value in cleaned.values()):
            raise forms.ValidationError("Write in at least one section what should change")
        return cleaned

    def requests(self):
        """(section, project number or None, what is asked) for each section written in."""
        return [
            (section, number, self.cleaned_data[self.name_of(section, number)].strip())
            for section, number, _ in self.places
            if self.cleaned_data.get(self.name_of(section, number), "").strip()
        ]

    def groups(self):
        """The fields in groups: the case, then each project."""
        groups = {}
        for section, number, _ in self.places:
            groups.setdefault(number, []).append(self[self.name_of(section, number)])
        return list(groups.items())


class JustifyForm(GovForm):
    justification = forms.CharField(
        label="Why may this project go on without a priority or evidence?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
