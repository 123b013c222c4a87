"""What was found of a return of an award, passed down to grants (R2, V2)."""

from grants.actions import results

from .. import queries


def pass_down_review(monitoring_return, content, *, at):
    """Tell grants the verdict and what the version under review says was reached; no content where it is open again."""
    if not monitoring_return.award_id:
        return
    results.record_review(
        award=monitoring_return.award,
        obligation=monitoring_return.obligation,
        reference=monitoring_return.reference,
        kind=monitoring_return.kind,
        starts_on=monitoring_return.starts_on,
        ends_on=monitoring_return.ends_on,
        verdict=monitoring_return.verdict,
        results=queries.reached(content) if content else [],
        at=at,
    )
