"""What the portal is delivered with: rows that migrations wrote, put back where a test has emptied the tables."""

from . import audits, concerns, oversight, records, templates


def everything():
    """Ladders, return templates, checks of oversight, stages of complaints, points of risk."""
    records.ladders()
    templates.built_in()
    oversight.delivered()
    concerns.delivered()
    audits.delivered()
