"""The papers of a case decided in stages stay closed until the person has declared their interests (V3)."""

from django.urls import reverse

from records.refusals import refuse_if

from ..rules import reaching


class EvaluationPage:
    """The page of a case that shows none of its papers: where a person declares, and where refusals lead."""

    def __init__(self, case):
        self.case = case

    def get_absolute_url(self):
        return reverse("grants:evaluation_show", args=[self.case.reference])


def refuse_closed(case):
    """Refuse the papers of a case that was read `with_papers_for` this person; gives the case back."""
    refuse_if(reaching.why_closed(case), EvaluationPage(case))
    return case
