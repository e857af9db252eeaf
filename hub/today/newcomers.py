"""The newcomers' path: what a week of it is made of, and what of it a person has done, read from their own records."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from hub.nudges.models import Nudge, Tip
from hub.people.models import User
from hub.today.models import LabTried, PathSetAside
from hub.today.path import Path, PathWeek, Stop, path_through
from learning.hours.models import LabDone
from learning.hours.session_templates import LANGUAGES, template
from learning.notebooks.models import Deck, Exchange, Notebook, StudyAid
from learning.notebooks.starter import starter_id

NEW_FOR = timedelta(weeks=8)


class Course(NamedTuple):
    """One week: a starter notebook and its cards, the first lab task of a session template, a starter tip."""

    notebook: str
    lab: str
    tip: str


WEEKS = (
    Course("basics", "check-an-answer", "explain-it"),
    Course("prompts", "first-prompt", "prompt-recipe"),
    Course("data", "what-data-where", "what-stays-out"),
    Course("meetings", "live-captions", "minutes-from-notes"),
)


def is_new(user: User, now: datetime) -> bool:
    return now - user.joined_at < NEW_FOR


def has_set_aside(user: User) -> bool:
    return PathSetAside.objects.filter(user=user).exists()


def path_of(user: User, now: datetime) -> Path | None:
    """The path of somebody new who wants it; None where no starter notebook is there. A constant number of queries."""
    if not is_new(user, now) or has_set_aside(user):
        return None
    ids = [starter_id(course.notebook) for course in WEEKS]
    notebooks = Notebook.objects.visible_to(user).in_bulk(ids)
    if not notebooks:
        return None
    by_notebook = (_notebook_stops(user, notebooks), _card_stops(user, ids))
    labs, tips = _lab_stops(user), _tip_stops(user)
    weeks = []
    for number, (course, notebook_id) in enumerate(zip(WEEKS, ids, strict=True), start=1):
        asked, learned = (stops.get(notebook_id) for stops in by_notebook)
        stops = (asked, labs[course.lab], tips.get(course.tip), learned) if asked else ()
        weeks.append(PathWeek(number, tuple(stop for stop in stops if stop)))
    return path_through(weeks)


def _notebook_stops(user: User, notebooks: dict[UUID, Notebook]) -> dict[UUID, Stop]:
    asked = Exchange.objects.filter(asker=user, notebook__in=notebooks).order_by()
    done = set(asked.values_list("notebook_id", flat=True).distinct())
    return {
        pk: Stop(
            "notebook", notebook.title, reverse("notebooks:detail", args=[pk]), pk in done, notebook.language
        )
        for pk, notebook in notebooks.items()
    }


def _lab_stops(user: User) -> dict[str, Stop]:
    """Done alone, or in an hour that was prepared from the template."""
    done = labs_tried(user)
    in_hours = set(LabDone.objects.filter(user=user).values_list("task__title", flat=True))
    stops = {}
    for number, course in enumerate(WEEKS, start=1):
        titles = {template(course.lab, language).lab[0].title for language in LANGUAGES}
        is_done = course.lab in done or not in_hours.isdisjoint(titles)
        url = reverse("today:newcomer-lab", query={"week": number})
        stops[course.lab] = Stop(
            "lab", template(course.lab, get_language() or "de").lab[0].title, url, is_done
        )
    return stops


def labs_tried(user: User) -> set[str]:
    return set(LabTried.objects.filter(user=user).values_list("template", flat=True))


def _tip_stops(user: User) -> dict[str, Stop]:
    tips = Tip.objects.visible_to(user).filter(key__in=[course.tip for course in WEEKS])
    answered = set(
        Nudge.objects.visible_to(user).exclude(response="").values_list("tip__key", flat=True).order_by()
    )
    return {
        tip.key: Stop(
            "tip",
            tip.text.title,
            reverse("nudges:detail", args=[tip.pk]),
            tip.key in answered,
            tip.text.language,
        )
        for tip in tips
    }


def _card_stops(user: User, notebook_ids: list[UUID]) -> dict[UUID, Stop]:
    """Released cards, in the person's language where there are any; whichever was taken up counts."""
    aids = StudyAid.objects.visible_to(user).released().filter(kind="cards", state="ready")
    found = sorted(
        aids.filter(notebook__in=notebook_ids),
        key=lambda aid: (aid.language != user.language, aid.created_at, aid.pk),
    )
    learned = set(Deck.objects.filter(learner=user, aid__in=found).values_list("aid__notebook_id", flat=True))
    stops: dict[UUID, Stop] = {}
    for aid in found:
        pk, url = aid.notebook_id, reverse("notebooks:aid", args=[aid.notebook_id, aid.pk])
        stops.setdefault(pk, Stop("cards", aid.title, url, pk in learned, aid.language))
    return stops
