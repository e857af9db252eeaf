"""What everybody in a live room sees alike, read in a fixed number of queries and made into sections of a page.
Whoever looks in without being there sees the same without its numbers.

What is a person's own (my vote, my answer, my tasks) is not in it: it stands on the person's page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from hub.stories.presenting import PinRow, pin_rows
from learning.hours import codes, room_pins
from learning.hours.launchers import give_launchers
from learning.hours.models import (
    AgendaItem,
    Attendance,
    LabTask,
    LiveRoom,
    QuizRound,
    RoomQuestion,
    StudySession,
)
from learning.hours.qr import qr_svg
from learning.hours.quiz_rounds import Spread, spread_of
from learning.notebooks.models import AidItem

LANGUAGES = ("de", "en")
QUESTIONS_SHOWN = 60
PINS_SHOWN = 60
SECTIONS = ("presence", "step", "lab", "quiz", "hatpins", "questions")
# What the wall shows while the room is not open.
SCREEN_SECTIONS = {"before": ("code", "step"), "closed": ("code",)}


@dataclass(frozen=True)
class RoomState:
    """Plain values; `round` and `spread` are None while no question was asked.

    For whoever is not in the room `present`, `spread` and each task's `count` are None (`inside.py`).
    """

    session: StudySession
    phase: str
    is_open: bool
    present: int | None
    remote: int
    leaders: tuple[str, ...]
    agenda: tuple[Any, ...]
    step: int | None
    step_started_at: datetime | None
    step_ends_at: datetime | None
    extra_minutes: int
    tasks: tuple[LabTask, ...]
    round: QuizRound | None
    item: AidItem | None
    spread: Spread | None
    questions: tuple[RoomQuestion, ...]
    pins: tuple[PinRow, ...]

    @property
    def current(self) -> Any | None:
        return next((item for item in self.agenda if item.position == self.step), None)

    @property
    def step_is_over(self) -> bool:
        return self.step_ends_at is not None and timezone.now() >= self.step_ends_at

    @property
    def shows_quiz(self) -> bool:
        """Whether the wall shows the question: in the quiz's own step, also how it came out; in another step while it
        is open, unless that step was begun after it.
        """
        if self.item is None:
            return False
        if self.current is not None and self.current.kind == "quiz":
            return True
        is_newest = self.step_started_at is None or self.round.opened_at >= self.step_started_at
        return self.round.closed_at is None and is_newest

    @property
    def asked(self) -> list[RoomQuestion]:
        """Questions that wait for an answer, most wanted first."""
        return [question for question in self.questions if question.answered_at is None]

    @property
    def shows(self) -> str:
        """What the wall is laid out for: closed | before | quiz | questions | step | code."""
        if not self.is_open:
            return "before" if self.phase == "before" else "closed"
        if self.shows_quiz:
            return "quiz"
        if self.asked:
            return "questions"
        return "code" if self.current is None else "step"

    @property
    def next_step(self) -> int | None:
        """Which step is offered to be started: the one after this, None when the last one runs."""
        following = 0 if self.step is None else self.step + 1
        return following if following < len(self.agenda) else None

    @property
    def minutes_over(self) -> int:
        """How long after the hour's end the agenda ends, if from here on every step lasts as planned."""
        if self.step_ends_at is None:
            return 0
        to_come = sum(item.minutes for item in self.agenda if item.position > self.step)
        late = self.step_ends_at + timedelta(minutes=to_come) - self.session.ends_at
        return max(0, ceil(late.total_seconds() / 60))

    @property
    def options(self) -> list[tuple[str, int | None, int]]:
        """Each option with how many chose it, if that is shown, and that as percent of the most chosen."""
        if self.item is None:
            return []
        counts = self.spread.counts if self.spread and self.spread.counts else None
        most = max(counts) if counts else 0
        return [
            (text, counts[n] if counts else None, round(100 * counts[n] / most) if counts and most else 0)
            for n, text in enumerate(self.item.data["options"])
        ]


def state_of(session_id: UUID, now: datetime, *, is_inside: bool = True) -> RoomState:
    """Ten queries, two more with hatpins and with a quiz question asked. Raises StudySession.DoesNotExist."""
    session = StudySession.objects.select_related("team").get(pk=session_id)
    present, remote = _counted(session) if is_inside else (None, 0)
    agenda = tuple(session.agenda.all()) if session.shows_topic else ()
    room = LiveRoom.objects.filter(session=session).first()
    current = next((item for item in agenda if room and item.position == room.step), None)
    asked = session.rounds.select_related("item").order_by("-opened_at").first()
    # A question whose passage was withdrawn meanwhile is not shown.
    item = AidItem.objects.holding().select_related("aid").filter(pk=asked.item_id).first() if asked else None
    return RoomState(
        session=session,
        phase=session.phase(now),
        is_open=session.is_open(now),
        present=present,
        remote=remote,
        leaders=tuple(leaders_in(session)),
        agenda=agenda,
        step=room.step if room else None,
        step_started_at=room.step_started_at if room else None,
        step_ends_at=_ends_at(room, current) if current else None,
        extra_minutes=room.extra_minutes if room else 0,
        tasks=_tasks(session, present) if session.shows_topic else (),
        round=asked if item else None,
        item=item,
        spread=spread_of(asked) if item and is_inside else None,
        questions=tuple(
            session.questions.filter(hidden_at=None)
            .select_related("author")
            .annotate(wanted=Count("votes"))
            .order_by(F("answered_at").asc(nulls_first=True), "-wanted", "asked_at")[:QUESTIONS_SHOWN]
        ),
        pins=tuple(pin_rows(room_pins.pins_of(session).with_people()[:PINS_SHOWN])),
    )


def _ends_at(room: LiveRoom, step: AgendaItem) -> datetime:
    return room.step_started_at + timedelta(minutes=step.minutes + room.extra_minutes)


def _counted(session: StudySession) -> tuple[int, int]:
    """How many are here, and how many of them from elsewhere."""
    here = Attendance.objects.filter(session=session)
    counts = here.aggregate(present=Count("pk"), remote=Count("pk", filter=Q(is_remote=True)))
    return counts["present"], counts["remote"]


def _tasks(session: StudySession, present: int | None) -> tuple[LabTask, ...]:
    """With how many have done each, and that as percent of those who are here: some do it without checking in."""
    tasks = tuple(session.lab.select_related("tool").annotate(count=Count("done")).order_by("position"))
    for task in tasks:
        if present is None:
            task.count = task.share = None
        else:
            task.share = round(100 * task.count / max(present, task.count, 1))
    give_launchers(tasks)
    return tasks


def leaders_in(session: StudySession) -> list[str]:
    """Names of leaders who checked in and agreed to be seen: for this hour, or for all of them."""
    agreed = Q(user__rsvps__session=session, user__rsvps__is_announced=True) | Q(
        user__leader_consent__shows_attendance=True
    )
    rows = Attendance.objects.filter(agreed, session=session, user__is_executive=True).select_related("user")
    return [row.user.get_full_name() for row in rows.order_by("checked_in_at").distinct()[:12]]


def sections_of(state: RoomState, names: tuple[str, ...] = SECTIONS) -> dict[str, str]:
    """HTML by section in the language active now; none while the room is closed."""
    if not state.is_open:
        return {}
    context = {"state": state, "session": state.session}
    return {name: render_to_string(f"hours/room/_{name}.html", context) for name in names}


def shared_sections(session_id: UUID, *, is_inside: bool = True) -> dict[str, dict[str, str]]:
    """For the stream: by language."""
    state = state_of(session_id, timezone.now(), is_inside=is_inside)
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = {**sections_of(state), **standing_of(state)}
    return found


def standing_of(state: RoomState) -> dict[str, str]:
    """Not shown; tells the page where the hour stands."""
    return {"phase": state.phase, "closed": "" if state.is_open else "yes"}


def screen_sections(session_id: UUID) -> dict[str, dict[str, str]]:
    """For the room's screen, which alone shows the code: only for whoever runs the hour."""
    now = timezone.now()
    state = state_of(session_id, now)
    code = codes.code_at(state.session.code_secret, now) if state.is_open else None
    context = {"state": state, "session": state.session, "code": code, "qr": _qr(session_id, code)}
    names = SCREEN_SECTIONS.get(state.shows, ("code", "presence", "step", "quiz", "questions"))
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            sections = {name: render_to_string(f"hours/screen/_{name}.html", context) for name in names}
            found[language] = {**sections, **standing_of(state), "shows": state.shows}
    return found


def _qr(session_id: UUID, code: str | None) -> str:
    """A phone that reads it opens the check-in with the code filled in."""
    if code is None:
        return ""
    return qr_svg(f"{settings.SITE_URL}{reverse('hours:check-in', args=[session_id])}?code={code}")
