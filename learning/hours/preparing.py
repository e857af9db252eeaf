"""Preparing an hour: filling it from a plan, changing what it is made of, and opening its room to those invited."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from learning.hours import actions
from learning.hours.models import AgendaItem, LabTask, StudySession
from learning.hours.plans import AgendaPlan, Plan, TaskPlan

MOST_ITEMS = 12
MOST_TASKS = 8
LAB_MINUTES = 15  # of one that a plan has not


def waiting_for(user: User, now: datetime, most: int = 5) -> list[StudySession]:
    """The next hours that this person runs and that are not prepared yet, the earliest first. One that holds
    nothing but lab tasks made of stories still waits for the rest.
    """
    rows = StudySession.objects.run_by(user).upcoming(now).select_related("series", "team", "site")
    tasks = LabTask.objects.filter(session=OuterRef("pk"))
    more = AgendaItem.objects.filter(session=OuterRef("pk"), position__gt=0)
    only_stories = Exists(tasks.filter(is_from_story=True)) & ~Exists(tasks.filter(is_from_story=False))
    only_stories &= ~Exists(more) & Q(published_at=None)
    return list(rows.filter(~Exists(AgendaItem.objects.filter(session=OuterRef("pk"))) | only_stories)[:most])


def copied_from(user: User, session: StudySession) -> list[StudySession]:
    """Prepared hours of the same series, or that the person ran: the latest first, at most five."""
    prepared = StudySession.objects.run_by(user) | StudySession.objects.filter(
        series_id=session.series_id, series__isnull=False
    )
    rows = prepared.filter(agenda__isnull=False).exclude(pk=session.pk)
    return list(rows.order_by("-starts_at", "pk").distinct()[:5])


@transaction.atomic
def fill(*, session: StudySession, plan: Plan) -> StudySession:
    """Put a plan into an hour in place of what stood there, but for lab tasks that were made of stories: these come
    after the plan's own. Raises Refusal once the hour has begun, and for more tasks than MOST_TASKS.
    """
    _refuse_begun(session)
    if session.published_at is None:
        session.public_title = session.public_title or session.title
    session.title, session.description = plan.title, plan.description
    session.notebook_id, session.quiz_id = plan.notebook_id, plan.quiz_id
    actions.save_changed(session=session)
    told = [
        TaskPlan(
            task.title, task.instructions, task.prompt, task.data_class, task.tool_id, is_from_story=True
        )
        for task in session.lab.filter(is_from_story=True)
    ]
    replace_agenda(session, fitted(_with_lab(plan.agenda, told), session.minutes))
    session.lab.all().delete()
    replace_tasks(session, [*plan.lab, *told])
    return session


def _with_lab(agenda: Sequence[AgendaPlan], told: Sequence[TaskPlan]) -> Sequence[AgendaPlan]:
    """A plan without a lab gets one where there is something to do in it."""
    if not told or any(item.kind == AgendaItem.Kind.LAB for item in agenda) or len(agenda) >= MOST_ITEMS:
        return agenda
    return [*agenda, AgendaPlan(AgendaItem.Kind.LAB, told[0].title, LAB_MINUTES)]


def fitted(items: Sequence[AgendaPlan], minutes: int) -> list[AgendaPlan]:
    """A longer plan in proportion, so that it fits into the hour; each item keeps a minute at least."""
    planned = sum(item.minutes for item in items)
    if planned <= minutes:
        return list(items)
    return [replace(item, minutes=max(1, item.minutes * minutes // planned)) for item in items]


def refuse_too_long(agenda: Sequence[AgendaPlan], minutes: int) -> None:
    planned = sum(item.minutes for item in agenda)
    if planned > minutes:
        sentence = _("The agenda takes %(planned)s minutes, the hour has %(minutes)s. Shorten it.")
        raise Refusal("agenda_too_long", sentence % {"planned": planned, "minutes": minutes})


def replace_agenda(session: StudySession, items: Sequence[AgendaPlan]) -> None:
    if len(items) > MOST_ITEMS:
        raise Refusal("too_many_items", _("An agenda has at most twelve items."))
    session.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, position=n, kind=item.kind, title=item.title, minutes=item.minutes)
        for n, item in enumerate(items)
    )


def replace_tasks(session: StudySession, tasks: Sequence[TaskPlan]) -> None:
    """After the old ones are gone: who has done one is kept only as long as the task is."""
    if len(tasks) > MOST_TASKS:
        raise Refusal("too_many_tasks", _("A lab has at most eight tasks."))
    LabTask.objects.bulk_create(
        LabTask(
            session=session,
            position=n,
            title=task.title,
            instructions=task.instructions,
            prompt=task.prompt,
            data_class=task.data_class,
            tool_id=task.tool_id,
            is_from_story=task.is_from_story,
        )
        for n, task in enumerate(tasks)
    )


@transaction.atomic
def keep(
    *, session: StudySession, agenda: Sequence[AgendaPlan], tasks: Sequence[TaskPlan], by: User
) -> StudySession:
    """Save what was changed of an hour and what it is made of. Raises Refusal once the hour has begun."""
    before = StudySession.objects.select_for_update().get(pk=session.pk)
    _refuse_begun(before)
    refuse_too_long(agenda, before.minutes)
    if before.published_at is None:
        session.public_title = before.public_title or before.title
    deputy, session.deputy_id = session.deputy, before.deputy_id
    actions.save_changed(session=session)
    actions.hand_over(session=session, deputy=deputy, by=by)
    replace_agenda(session, agenda)
    told = set(session.lab.filter(is_from_story=True).values_list("title", flat=True))
    session.lab.all().delete()
    replace_tasks(session, [replace(task, is_from_story=task.title in told) for task in tasks])
    return session


@transaction.atomic
def withdraw(*, session: StudySession) -> StudySession:
    """Take the publishing back. Raises Refusal once the hour has begun."""
    _refuse_begun(session)
    session.published_at, session.public_title = None, session.title
    return actions.save_changed(session=session)


@transaction.atomic
def publish(*, session: StudySession, now: datetime | None = None) -> StudySession:
    """Open the room to those invited. Raises Refusal without an agenda; a second time changes nothing."""
    now = now or timezone.now()
    if not session.agenda.exists():
        raise Refusal("no_agenda", _("Give the hour an agenda first: a talk, a lab, a quiz or an exchange."))
    if session.published_at is None or session.public_title:
        session.published_at, session.public_title = session.published_at or now, ""
        actions.save_changed(session=session)
    return session


def _refuse_begun(session: StudySession) -> None:
    if session.phase() in {"during", "after"}:
        raise Refusal("session_begun", _("This hour has begun, so what it is made of stays."), status=409)
