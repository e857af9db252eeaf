"""What an hour is prepared from: a template, or a copy of an earlier hour. Plain values, nothing saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from hub.ai.models import AISystem
from hub.people.models import User
from learning.hours.launchers import only_tool_for, tools_by_name
from learning.hours.models import StudySession
from learning.hours.session_templates import Task, template
from learning.notebooks.models import Notebook, StudyAid
from learning.notebooks.starter import starter_id


@dataclass(frozen=True)
class AgendaPlan:
    kind: str
    title: str
    minutes: int


@dataclass(frozen=True)
class TaskPlan:
    title: str
    instructions: str = ""
    prompt: str = ""
    data_class: str = "public"
    tool_id: int | None = None
    is_from_story: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From a form's or a serializer's checked row, whose `tool` is the register's row or None."""
        tool = row["tool"]
        return cls(
            row["title"], row["instructions"], row["prompt"], row["data_class"], tool.pk if tool else None
        )


@dataclass(frozen=True)
class Plan:
    title: str
    description: str
    agenda: tuple[AgendaPlan, ...]
    lab: tuple[TaskPlan, ...]
    notebook_id: UUID | None = None
    quiz_id: UUID | None = None


def plan_of_template(slug: str, *, user: User) -> Plan | None:
    """In the person's language, on the starter notebook if the person may read it; None for an unknown one."""
    words = template(slug, user.language)
    if words is None:
        return None
    notebook = Notebook.objects.visible_to(user).filter(pk=starter_id(words.notebook)).first()
    quiz, tools = quiz_of(notebook, user), tools_by_name()
    return Plan(
        title=words.title,
        description=f"{words.description}\n\n{words.question}",
        agenda=tuple(AgendaPlan(step.kind, step.title, step.minutes) for step in words.agenda),
        lab=tuple(_task(task, tools) for task in words.lab),
        notebook_id=notebook.pk if notebook else None,
        quiz_id=quiz.pk if quiz else None,
    )


def _task(task: Task, tools: list[AISystem]) -> TaskPlan:
    """With the tool where the register leaves no choice; else the room offers all that fit."""
    tool = only_tool_for(task.data_class, tools)
    how = f"{task.instructions}\n\n→ {task.expected}"
    return TaskPlan(task.title, how, task.prompt, task.data_class, tool.pk if tool else None)


def plan_of_session(session: StudySession) -> Plan:
    """A copy of an hour: what was planned, nothing of who was there."""
    return Plan(
        title=session.title,
        description=session.description,
        agenda=tuple(AgendaPlan(item.kind, item.title, item.minutes) for item in session.agenda.all()),
        lab=tuple(
            TaskPlan(task.title, task.instructions, task.prompt, task.data_class, task.tool_id)
            for task in session.lab.all()
        ),
        notebook_id=session.notebook_id,
        quiz_id=session.quiz_id,
    )


def quizzes_of(notebook: Notebook | None, user: User) -> list[StudyAid]:
    """Released quizzes of a notebook, those in the person's language first."""
    if notebook is None:
        return []
    quizzes = notebook.aids.visible_to(user).released().filter(kind="quiz", state="ready")
    return sorted(quizzes, key=lambda quiz: (quiz.language != user.language, quiz.title))


def quiz_of(notebook: Notebook | None, user: User) -> StudyAid | None:
    return next(iter(quizzes_of(notebook, user)), None)
