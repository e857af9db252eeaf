"""The idea box: what is in it, searched, filtered and put in order."""

from challenges.usecases.models import UseCase, UseCaseQuerySet
from hub.people.models import User


def box_for(user: User, *, q: str = "", state: str = "", order: str = "") -> UseCaseQuerySet:
    """What was taken away is found by its author among the own ones only."""
    found = UseCase.objects.visible_to(user)
    if state == "mine":
        found = found.filter(author=user)
    elif state == "for_me":
        found = UseCase.objects.to_answer_by(user)
    else:
        found = found.standing()
    if state == "waiting":
        found = found.waiting()
    elif state == "overdue":
        found = found.overdue()
    elif state in UseCase.Answer.values:
        found = found.filter(answer=state)
    first = [] if order == "newest" else ["-vote_count"]
    return found.holding(q).with_counts(user).order_by(*first, "-proposed_at", "pk")
