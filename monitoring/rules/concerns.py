"""Who may do what with a complaint, and when not: a sentence, or empty (P2)."""

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans.enums import StageAnsweredBy
from records.words import day_in_words

from ..enums import CONCERN_IN_PLAY, ConcernOutcome, ConcernStatus, Restriction
from ..queries import concerns as queries

S = ConcernStatus
OF_YOU = "This complaint is about you, so a colleague has to deal with it."
NAMED_ONLY = "Only the named officer and the deputy deal with this complaint."
FOR_OFFICERS = "Only a commissioning officer of the office may do this."
FOR_THE_HEAD = "Only the head of commissioning or the commissioner may do this."
SAY_WHY = "Say why. It stays in the history of the complaint."
LAST_STAGE = "This was the last stage of the procedure."
NOBODY_NAMED = "Nobody in the office can take this complaint here. Telephone or write to the office instead."
POSTS = {
    StageAnsweredBy.HEAD: (RoleName.HEAD_OF_COMMISSIONING, "the head of commissioning"),
    StageAnsweredBy.COMMISSIONER: (RoleName.COMMISSIONER, "the commissioner"),
}
LONGEST = 8000


def wordless(words, sentence=SAY_WHY):
    """That words were asked for and not given; None means that the button alone is asked about."""
    return "" if words is None or words.strip() else sentence


# ---------------------------------------------------------------- who


def not_a_handler(concern, user):
    """Why a person does not deal with a complaint for the office."""
    if concern.about_person_id == user.pk:
        return OF_YOU
    if concern.is_restricted:
        return "" if user.pk in (concern.named_officer_id, concern.deputy_id) else NAMED_ONLY
    if not access.may(user, Permission.CONCERN_MANAGE):
        return FOR_OFFICERS
    if concern.organisation is not None and access.belongs_to(user, concern.organisation):
        return f"You belong to {concern.organisation}, so a colleague has to do this."
    return ""


def not_the_answerer(concern, user):
    """Why a person does not answer the stage a complaint is at."""
    stage = queries.stage_of(concern)
    if stage is None:
        return "Nobody has taken this complaint up yet."
    if concern.about_person_id == user.pk:
        return OF_YOU
    if concern.is_restricted:
        return not_a_handler(concern, user)
    whose = StageAnsweredBy(stage.level.answered_by)
    if whose == StageAnsweredBy.PROVIDER:
        theirs = concern.organisation is not None and access.may(user, Permission.CONCERN_ANSWER, concern.organisation)
        return "" if theirs else f"A lead of {concern.organisation or 'the organisation'} answers this stage."
    if whose == StageAnsweredBy.OFFICER:
        return not_a_handler(concern, user)
    post, words = POSTS[whose]
    if concern.organisation is not None and access.belongs_to(user, concern.organisation):
        return f"You belong to {concern.organisation}, so a colleague has to do this."
    return "" if post in access.posts_of(user) else f"At this stage only {words} answers."


# ---------------------------------------------------------------- receiving


def why_not_receive(*, about, what_happened, restriction, named_officer, on):
    """Why a complaint cannot be taken in; nobody has to give a name."""
    if not about.strip():
        return "Say which service or organisation it is about."
    if not what_happened.strip():
        return "Say what happened."
    if len(what_happened) > LONGEST:
        return f"Say it in {LONGEST:,} characters or fewer."
    return NOBODY_NAMED if restriction != Restriction.NONE and named_officer is None else ""


def why_not_enter(*, user, organisation, on):
    """Why a signed-in person cannot enter a complaint: officers any, leads one about their own organisation."""
    if access.may(user, Permission.CONCERN_MANAGE):
        return ""
    if organisation is not None and access.may(user, Permission.CONCERN_RAISE, organisation):
        return ""
    return "Only an officer, or a lead about their own organisation, enters a complaint here."


def why_not_take_up(concern, *, user, on, level=None):
    """Why a complaint cannot be taken up, at a stage of the procedure."""
    if concern.status != S.NEW:
        return "This complaint has been taken up already."
    return not_a_handler(concern, user) or (why_not_level(concern, level) if level is not None else "")


def why_not_level(concern, level):
    """Why a complaint cannot be at a stage: the organisation's own only where it may be told."""
    if level in queries.open_levels(concern):
        return ""
    if level.answered_by != StageAnsweredBy.PROVIDER:
        return "The complaint has been at this stage already."
    if concern.is_restricted:
        return "A restricted complaint is never sent to the organisation."
    if concern.organisation_id is None:
        return "Say which organisation it is about before it is sent there."
    return "The complainant did not agree that the organisation is told. Begin with an officer."


# ---------------------------------------------------------------- answering and moving


def why_not_acknowledge(concern, *, user, on, words=None):
    """Why a stage cannot be acknowledged."""
    stage = queries.stage_of(concern)
    if stage is None or concern.status != S.OPEN:
        return "There is no stage to acknowledge."
    if stage.acknowledged_at is not None:
        return "This stage has been acknowledged."
    return (not_a_handler(concern, user) and not_the_answerer(concern, user)) or wordless(words, "Write a few words.")


def why_not_answer(concern, *, user, on, answer=None, outcome=None):
    """Why the stage cannot be answered; whoever answered the stage before never answers the next."""
    if concern.status != S.OPEN:
        return f"This complaint is {concern.get_status_display().lower()}, so there is nothing to answer."
    if sentence := not_the_answerer(concern, user):
        return sentence
    if any(stage.answered_by_id == user.pk for stage in concern.stages.all()):
        return "You answered an earlier stage of this complaint, so somebody else answers this one."
    if outcome is not None and outcome not in ConcernOutcome.values:
        return "Say whether the complaint is upheld."
    return wordless(answer, "Write the answer. The complainant reads it.")


def why_not_ask_next(concern, *, on, reason=None):
    """Why the complainant cannot ask for the next stage: it goes on after an answer, or when one is late."""
    stage = queries.stage_of(concern)
    late = concern.status == S.OPEN and stage is not None and stage.answer_by < on
    if concern.status != S.ANSWERED and not late:
        if concern.status == S.OPEN and stage is not None:
            return f"You can ask for the next stage once you have an answer, or after {day_in_words(stage.answer_by)}."
        return "There is no stage to go on from."
    return (
        wordless(reason, "Say why you want somebody else to look at it.") if queries.next_level(concern) else LAST_STAGE
    )


def why_not_move_on(concern, *, user, on, reason=None):
    """Why an officer cannot move a complaint to the next stage."""
    if concern.status not in {S.OPEN, S.ANSWERED, S.CLOSED}:
        return "Take the complaint up first." if concern.status == S.NEW else "This complaint is settled."
    if sentence := not_a_handler(concern, user):
        return sentence
    return wordless(reason) if queries.next_level(concern) else LAST_STAGE


def why_not_close(concern, *, user, on, reason=None):
    """Why an officer cannot close a complaint: only once it has been answered."""
    if concern.status != S.ANSWERED:
        return "A complaint is closed once it has been answered."
    return not_a_handler(concern, user) or wordless(reason)


def why_not_satisfied(concern, *, on):
    """Why a complainant cannot end the complaint as answered."""
    return "" if concern.status == S.ANSWERED else "There is no answer yet."


def why_not_pass_elsewhere(concern, *, user, on, words=None):
    """Why a complaint cannot be passed to whoever it is really for."""
    if concern.status not in {S.NEW, S.OPEN}:
        return "Only a complaint that is not answered yet is passed on."
    return not_a_handler(concern, user) or wordless(words, "Say whom it is for and how they are reached.")


def why_not_withdraw(concern, *, on, user=None, reason=None):
    """Why a complaint cannot be withdrawn, by the complainant (no user) or by an officer who was asked to."""
    if concern.status not in {S.NEW, S.OPEN}:
        return "Only a complaint that is not answered yet can be withdrawn."
    return (not_a_handler(concern, user) if user is not None else "") or wordless(reason)


def why_not_add_file(concern, *, user, on):
    """Why nothing can be added to a complaint."""
    if concern.status not in CONCERN_IN_PLAY:
        return f"This complaint is {concern.get_status_display().lower()}, so nothing is added to it."
    return not_a_handler(concern, user) and not_the_answerer(concern, user)


# ---------------------------------------------------------------- restriction


def why_not_restrict(concern, *, user, on, restriction=None, officer=None, deputy=None, about_person=None, reason=None):
    """Why a complaint cannot be restricted, or given to other people."""
    if sentence := not_a_handler(concern, user):
        return sentence
    if restriction is not None and restriction not in {Restriction.SAFEGUARDING, Restriction.STAFF}:
        return "Say why it is restricted."
    if about_person is not None and about_person.pk == user.pk:
        return OF_YOU
    return why_not_these_two(officer, deputy, about_person=about_person) or wordless(reason)


def why_not_these_two(officer, deputy, *, about_person=None):
    """Why two people cannot be the named officer and the deputy."""
    for person in filter(None, (officer, deputy)):
        if about_person is not None and person.pk == about_person.pk:
            return f"The complaint is about {person.full_name}, who must not read it."
        if not access.is_office(person) or not person.is_active:
            return f"{person.full_name} does not work in the office."
    if officer is not None and deputy is not None and officer.pk == deputy.pk:
        return "The named officer and the deputy must be two people."
    return ""


def why_not_lift(concern, *, user, on, reason=None):
    """Why a restriction cannot be lifted."""
    if not concern.is_restricted:
        return "This complaint is not restricted."
    if sentence := not_a_handler(concern, user):
        return sentence
    if concern.about_person_id is not None:
        return f"It is about {concern.about_person.full_name}, who would then read it. It stays restricted."
    return wordless(reason)


def why_not_set_contacts(*, user, on, officer=None, deputy=None):
    """Why a person cannot say who handles restricted complaints."""
    if not access.may(user, Permission.CONCERN_SETTLE):
        return FOR_THE_HEAD
    return why_not_these_two(officer, deputy)


# ---------------------------------------------------------------- facts and learning


def why_not_describe(concern, *, user, on):
    """Why what a complaint is about cannot be changed."""
    if concern.status not in CONCERN_IN_PLAY:
        return f"This complaint is {concern.get_status_display().lower()}."
    return not_a_handler(concern, user)


def why_not_about(concern, *, organisation, award, contract):
    """Why these cannot stand together as what a complaint is about, or replace what the organisation was told."""
    if award is not None and contract is not None:
        return "Name an award or a contract, not both."
    if award is not None and organisation not in {award.recipient, award.payee}:
        return f"{award.reference} is not an award of {organisation}."
    if contract is not None and organisation != contract.provider:
        return f"{contract.reference} is not a contract of {organisation}."
    if concern.shared_at is not None and organisation != concern.organisation:
        return f"{concern.organisation} has been told of this complaint, so it stays about them."
    return ""


def why_not_agree_learning(concern, *, user, on, by_office=None, due_on=None):
    """Why no change can be agreed; an organisation that was not told of the complaint cannot owe one."""
    if concern.status == S.NEW:
        return "Take the complaint up first."
    if sentence := not_a_handler(concern, user):
        return sentence
    if by_office is False and (concern.organisation_id is None or concern.shared_at is None or concern.is_restricted):
        return "The organisation has not been told of this complaint, so only the office can owe a change."
    return "The day must not have passed." if due_on is not None and due_on < on else ""


def why_not_complete_learning(learning, *, user, on, result=None):
    """Why a change cannot be marked as made: its owner or an officer says so, with what was done."""
    concern = learning.concern
    if learning.done_on is not None:
        return "This has been done."
    handler = not_a_handler(concern, user)
    owner = (
        not learning.by_office
        and not concern.is_restricted
        and concern.organisation is not None
        and access.may(user, Permission.CONCERN_ANSWER, concern.organisation)
    )
    if handler and not owner:
        return handler
    return wordless(result, "Say what was done.")
