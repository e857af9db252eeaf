"""Who is told what, and when."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase
from hub.notices.actions import notify, notify_all
from hub.people.models import RoleGrant, User
from hub.people.zones import zone

SOON_DAYS = 3  # before the day by which it is to be answered
ANSWERING_ROLES = (RoleGrant.Role.FACILITATOR, RoleGrant.Role.ADMINISTRATOR)


def answerers_of(use_case: UseCase) -> set[int]:
    if use_case.answerer and use_case.answerer.is_active:
        return {use_case.answerer.pk}
    there = User.objects.active().filter(role_grants__role__in=ANSWERING_ROLES)
    return set(there.values_list("pk", flat=True))


def tell_answerers(use_case: UseCase) -> None:
    """Not whoever proposed it themselves, unless nobody else could answer."""
    _tell_answerers(use_case, "use_case_new", str(use_case.answerer_id))


def tell_author_of_comment(use_case: UseCase, by: User, at: datetime) -> None:
    author = use_case.author
    if author is None or author == by:
        return
    day = at.astimezone(zone(author.time_zone)).date()
    facts = {"name": by.get_full_name(), "title": use_case.title}
    key = f"use_case_comment:{use_case.pk}:{day}"
    path = f"{path_of(use_case)}#comments"
    notify(user=author, kind="use_case_comment", dedupe_key=key, facts=facts, path=path)


def tell_author_of_answer(use_case: UseCase) -> None:
    if use_case.author and use_case.author_id != use_case.answered_by_id:
        notify(
            user=use_case.author,
            kind=f"use_case_{use_case.answer}",
            # One for each answer: it may have waited for another meanwhile.
            dedupe_key=f"use_case_answered:{use_case.pk}:{use_case.answered_at.isoformat()}",
            facts={"title": use_case.title},
            path=path_of(use_case),
        )


def tell_of_reopening(use_case: UseCase, at: datetime) -> None:
    """Whoever answers, and its author: each time that it waits again."""
    told = _tell_answerers(use_case, "use_case_reopened", at.isoformat())
    if use_case.author and use_case.author_id not in told:
        notify(
            user=use_case.author,
            kind="use_case_waits_again",
            dedupe_key=f"use_case_waits_again:{use_case.pk}:{at.isoformat()}",
            facts={"title": use_case.title, "days": ANSWER_DAYS},
            path=path_of(use_case),
        )


def tell_author_of_hiding(row: UseCase | Comment, reason: str, at: datetime) -> None:
    if row.author is None:
        return
    is_comment = isinstance(row, Comment)
    use_case = row.use_case if is_comment else row
    notify(
        user=row.author,
        kind="use_case_comment_hidden" if is_comment else "use_case_hidden",
        dedupe_key=f"use_case_hidden:{row.pk}:{at.isoformat()}",
        facts={"title": use_case.title, "reason": reason},
        path=path_of(use_case),
    )


def remind(today: date | None = None) -> int:
    """Those who answer: once when the day is near, then once a week; returns for how many proposals."""
    today = today or timezone.localdate()
    due = UseCase.objects.waiting().filter(answer_due_on__lte=today + timedelta(days=SOON_DAYS))
    number = 0
    for use_case in due.select_related("answerer"):
        late = (today - use_case.answer_due_on).days
        kind, when = ("use_case_late", str(late // 7)) if late > 0 else ("use_case_due", "soon")
        _tell_answerers(use_case, kind, when)
        number += 1
    return number


def path_of(use_case: UseCase) -> str:
    return f"/use-cases/{use_case.pk}/"


def _tell_answerers(use_case: UseCase, kind: str, key: str) -> set[int]:
    """Returns who they are."""
    there = answerers_of(use_case)
    told = there - {use_case.author_id} or there
    notify_all(
        user_ids=told,
        kind=kind,
        dedupe_key=f"{kind}:{use_case.pk}:{key}",
        facts={"title": use_case.title, "days": ANSWER_DAYS},
        path=path_of(use_case),
    )
    return told
