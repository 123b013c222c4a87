"""The receipt says what was received, on paper and on screen."""

import pytest

from records import papers
from records.models import Paper
from tests.make import monitoring

pytestmark = pytest.mark.django_db


@pytest.mark.pdf
@pytest.mark.slow
def test_return_receipt_is_a_paper_with_every_figure(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status="SUBMITTED")

    paper = Paper.objects.get(kind="RETURN_RECEIPT")

    for words in (row.reference, "£5,000", "Fewer assaults at night", "Cy Certifier", "Office of the Commissioner"):
        assert words in paper.html
    assert papers.pdf_of(paper).startswith(b"%PDF")
    assert paper.title == "Receipt for your mid-year return"
