"""The letter that answers a request for a change of an award."""

from accounts import access
from accounts.enums import RoleName
from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper

from ..enums import RequestStatus
from ..queries import changes


def post_of(person, award):
    """The post a person signs in: the commissioner's title, or the name of the post."""
    posts = access.posts_of(person)
    if RoleName.COMMISSIONER in posts or not posts:
        return award.stream.plan.body.commissioner_title
    return RoleName(min(posts, key=list(RoleName).index)).label


def request_letter(request, *, by, at):
    """Keep the answer with before and after, what follows, and the reason."""
    award = request.award
    is_example = award.recipient.is_example
    body = award.stream.plan.body
    approved = request.status == RequestStatus.APPROVED
    context = {
        **letterhead(body, reference=request.reference, on=london_day(at), is_example=is_example),
        "addressee": list(dict.fromkeys([award.recipient.name, award.payee.name])),
        "request": request,
        "award": award,
        "approved": approved,
        "rows": changes.rows_of(request.kind, request.before, request.after),
        "follows": [*request.effect["instalments"], *request.effect["returns"], *request.effect["notes"]],
        "decision": request.decision,
        "signatory": {"name": by.full_name, "post": post_of(by, award)},
    }
    return make_paper(
        kind=PaperKind.REQUEST_LETTER,
        subject=request,
        title=f"{'Agreed change' if approved else 'Answer to a request'}: {award.title}"[:300],
        template="letters/request.html",
        context=context,
        by=by,
        at=at,
        is_example=is_example,
    )
