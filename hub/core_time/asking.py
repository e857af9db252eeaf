"""The one question: whom it is asked today, and how an answer is counted without a way back to a person.

An answer adds one to a counter of the team. Beside it stand a mark that the person is done for the day, whether by
answering or not, and once the fact that the person answered at all, which counts people. None has a time. Every counter
is written with each answer, so that the newest row of a database does not tell what was answered.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from hub.core_time.days import DAYS_ASKED, day_before, days_asked
from hub.core_time.models import CHOICES, Counter, Mark, Measurement, Voice
from hub.inserting import insert_once
from hub.notices.models import Preference
from hub.people.models import User
from hub.people.moments import is_learning
from hub.people.zones import zone
from hub.refusals import Refusal
from learning.hours.shares import percent_words


@dataclass(frozen=True)
class Question:
    """`about` is the working day that is asked about, `day` the person's today."""

    measurement: Measurement
    day: date
    about: date

    @property
    def choices(self) -> tuple[int, ...]:
        return CHOICES

    @property
    def options(self) -> list[tuple[int, str]]:
        """Each with its words, in the language active now."""
        return [(percent, percent_words(Decimal(percent))) for percent in CHOICES]

    @property
    def is_yesterday(self) -> bool:
        return (self.day - self.about).days == 1


def card_for(user: User, now: datetime) -> Question | None:
    """What Today shows: as `question_for`, and nothing while one's hour runs."""
    question = question_for(user, now)
    return None if question and is_learning(user, now) else question


def question_for(user: User, now: datetime) -> Question | None:
    """None for whoever is not asked today or is done. One query while the team measures nothing."""
    question = _asked(user, now)
    return None if question is None or _is_done(user, question) else question


def _asked(user: User, now: datetime) -> Question | None:
    if user.team_id is None:
        return None
    day = now.astimezone(zone(user.time_zone)).date()
    running = Measurement.objects.open().filter(team=user.team_id, starts_on__lte=day, ends_on__gte=day)
    measurement = running.select_related("team__site").first()
    if measurement is None:
        return None
    weekdays, site = Preference.of(user).working_days, measurement.team.site
    asked = days_asked(
        measurement.pk, user.subject_key, measurement.starts_on, measurement.ends_on, weekdays, site
    )
    about = day_before(day, weekdays, site) if day in asked else None
    return Question(measurement, day, about) if about else None


def _is_done(user: User, question: Question) -> bool:
    """For today; or with all four, which other working days do not make more."""
    days = set(Mark.objects.filter(measurement=question.measurement, user=user).values_list("day", flat=True))
    return question.day in days or len(days) >= DAYS_ASKED


def answer(*, user: User, about: date, percent: int, now: datetime) -> None:
    """How much of that day went into real work. Raises Refusal: not asked now or a second time (409), not one of the
    choices (422).
    """
    if percent not in CHOICES:
        raise Refusal("not_a_choice", _("Choose one of the shares that are offered."))
    with transaction.atomic():
        measurement = _mark(user, about, now)
        insert_once(Voice(measurement=measurement, user=user))
        one_more = Case(When(percent=percent, then=Value(1)), default=Value(0))
        Counter.objects.filter(measurement=measurement).update(times=F("times") + one_more)


def skip(*, user: User, about: date, now: datetime) -> None:
    """“Not today” holds for that day alone. Raises Refusal as `answer` does."""
    with transaction.atomic():
        _mark(user, about, now)


def _mark(user: User, about: date, now: datetime) -> Measurement:
    """Locks the measurement, so that nothing is counted into one that is being published or called off."""
    question = _asked(user, now)
    locked = Measurement.objects.open().select_for_update()
    if question is None or not locked.filter(pk=question.measurement.pk).exists():
        sentence = _("You are not asked about your team's core time at the moment. Nothing was counted.")
        raise Refusal("not_asked", sentence, status=409)
    if about != question.about:
        sentence = _("That day's question is over. Nothing was counted.")
        raise Refusal("question_over", sentence, status=409)
    if _is_done(user, question) or not insert_once(
        Mark(measurement=question.measurement, user=user, day=question.day)
    ):
        sentence = _("You are done for today. Nothing was counted a second time.")
        raise Refusal("done_today", sentence, status=409)
    return question.measurement
