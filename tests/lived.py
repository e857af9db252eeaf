"""An hour with everything in it: series, agenda, lab, quiz and questions, for whoever walks the routes."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from hub.people.models import User
from hub.stories.models import Hatpin
from learning.hours import preparing, quiz_rounds, room_actions, room_pins
from learning.hours.models import LabTask, QuizRound, RoomQuestion, Series, StudySession
from learning.hours.plans import AgendaPlan, TaskPlan
from learning.notebooks.aid_actions import release
from learning.notebooks.models import Notebook
from tests.factories import make_notebook, make_session, make_source
from tests.learning.notebooks.study import hand_made

AGENDA = (AgendaPlan("talk", "Vortrag", 20), AgendaPlan("quiz", "Quiz", 10), AgendaPlan("share", "Runde", 30))
TASKS = (TaskPlan("Fasse ein Protokoll zusammen", "Nimm ein altes.", "Fasse in fünf Sätzen zusammen:"),)


def question(number: int) -> dict[str, Any]:
    data = {"options": ["14 Euro", "20 Euro", "28 Euro", "35 Euro"], "right": 0, "level": 1}
    return {
        "kind": "multiple_choice",
        "heading": f"Wie viel, {number}?",
        "body": "14 Euro.",
        "says": "14 Euro",
        "data": data,
    }


@dataclass
class Lived:
    """Rows are made when they are asked for."""

    facilitator: User
    session: StudySession
    is_open: bool = True

    @cached_property
    def task(self) -> LabTask:
        preparing.replace_tasks(self.session, TASKS)
        return self.session.lab.first()

    @cached_property
    def question(self) -> RoomQuestion:
        return RoomQuestion.objects.create(
            session=self.session, author=self.facilitator, text="Darf ich das mit Kundendaten?"
        )

    @cached_property
    def hatpin(self) -> Hatpin:
        text = "Wo finde ich den Export?"
        return Hatpin.objects.create(
            place=room_pins.place_of(self.session.pk), author=self.facilitator, kind="stuck", text=text
        )

    @cached_property
    def notebook(self) -> Notebook:
        notebook = make_notebook(self.facilitator, audience="company", title="Reisen")
        make_source(notebook)
        self.session.notebook = notebook
        self.session.quiz = release(
            aid=hand_made(notebook, "quiz", [question(n) for n in range(3)]), by=self.facilitator
        )
        self.session.save()
        return notebook

    @cached_property
    def round(self) -> QuizRound:
        assert self.notebook
        return quiz_rounds.open_next(session=self.session)

    @cached_property
    def series(self) -> Series:
        return Series.objects.create(
            title="Freitags", rule="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 1, 2), local_time=time(9),
            time_zone="Europe/Berlin", facilitator=self.facilitator, team=self.session.team,
        )  # fmt: skip

    def fill(self) -> "Lived":
        """All of it at once, and the first step begun."""
        assert all((self.task, self.question, self.hatpin, self.round))
        preparing.replace_agenda(self.session, AGENDA)
        room_actions.go_to_step(session=self.session, step=1)
        self.session.series = self.series
        self.session.save()
        return self

    def makers(self) -> dict[str, Any]:
        return {
            "session_id": lambda: self.session.pk,
            "series_id": lambda: self.series.pk,
            "task_id": lambda: self.task.pk,
            "round_id": lambda: self.round.pk,
            "question_id": lambda: self.question.pk,
            "hatpin_id": lambda: self.hatpin.pk,
            # The interface for programs says "pk".
            "task_pk": lambda: self.task.pk,
            "round_pk": lambda: self.round.pk,
            "question_pk": lambda: self.question.pk,
            "hatpin_pk": lambda: self.hatpin.pk,
        }


def lived_hour(facilitator: User, **fields: Any) -> Lived:
    fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    return Lived(facilitator, make_session(facilitator, **fields))
