"""What hub.stories asks of the hours: which of them a reader sees, and a lab task made of a story."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem, DataClass
from hub.ai.permission import may_i
from hub.people.models import User
from hub.refusals import Refusal
from hub.stories.copies import words_of
from hub.stories.models import Story
from hub.stories.places import Place
from learning.hours import preparing
from learning.hours.models import AgendaItem, LabTask, StudySession
from learning.hours.plans import AgendaPlan

LONGEST_INSTRUCTIONS = 1500


def hours_seen_by(user: User, keys: list[str]) -> dict[str, Place]:
    """Hours that took place and that the person was invited to or ran. One query, and those of the person's teams."""
    now = timezone.now()
    seen = StudySession.objects.visible_to(user).held().filter(pk__in=[key for key in keys if _is_id(key)])
    return {
        str(session.pk): Place(
            session.shown_title,
            reverse("hours:detail", args=[session.pk]),
            reverse("hours:stick", args=[session.pk]),
            is_over=session.ends_at <= now,
        )
        for session in seen.distinct()
    }


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


@transaction.atomic
def lab_from_story(story: Story, user: User) -> str:
    """A task in the lab of the next hour that the person runs and has not published; returns where it is prepared.

    Nobody sees it before the hour is published. Raises Refusal without such an hour, and where its lab is full.
    """
    coming = StudySession.objects.run_by(user).upcoming(timezone.now()).held().filter(published_at=None)
    session = next((one for one in coming[:10] if one.phase() not in {"during", "after"}), None)
    if session is None:
        raise Refusal(
            "no_hour",
            _("You run no coming hour that is still open. Plan one first, then come back."),
            status=409,
        )
    tasks = list(session.lab.all())
    if len(tasks) >= preparing.MOST_TASKS:
        raise Refusal("too_many_tasks", _("A lab has at most eight tasks."), status=409)
    tool = _open_tool(story)
    task = LabTask.objects.create(
        session=session,
        position=max((one.position for one in tasks), default=-1) + 1,
        title=story.title,
        instructions=words_of(story)[:LONGEST_INSTRUCTIONS],
        tool=tool,
        data_class=tool.data_class if tool else DataClass.PUBLIC,
        is_from_story=True,
    )
    if not session.agenda.exists():
        plan = AgendaPlan(AgendaItem.Kind.LAB, task.title, session.minutes)
        preparing.replace_agenda(session, [plan])
    return reverse("hours:prepare-room", args=[session.pk])


def _open_tool(story: Story) -> AISystem | None:
    """The register's row of the tool that the story names, as long as people may use it."""
    system = may_i(story.tool).system if story.tool else None
    return system if system and system.is_allowed else None
