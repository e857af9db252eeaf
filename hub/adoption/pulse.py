"""The pulse: twice one question a quarter, voluntary, from one to five, and no way back from an answer to a person.

An answer only adds to the counters of the person's company and site. Beside them stands a mark that this person was
asked and is done, whether by answering or by saying no. Neither has a time. Every counter of the group is written with
each answer, so that the newest row of a database does not tell what was answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from hub.adoption.models import PulseCount, PulseMark
from hub.adoption.models.pulse import Question
from hub.inserting import insert_once
from hub.people.models import User
from hub.people.moments import is_learning
from hub.refusals import Refusal

OPEN_DAYS = 14
ANSWERS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Card:
    """What Today shows while the fortnight runs. `last_day` is its last day."""

    quarter: date
    last_day: date


def quarter_of(day: date) -> date:
    """The first day of the day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def opens_on(quarter: date) -> date:
    """The first Monday of the quarter's second month: neither its hectic end nor its slow start."""
    first = quarter.replace(month=quarter.month + 1)
    return first + timedelta(days=-first.weekday() % 7)


def closes_on(quarter: date) -> date:
    """The first day on which nothing is taken any more."""
    return opens_on(quarter) + timedelta(days=OPEN_DAYS)


def today_of(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def open_quarter(now: datetime) -> date | None:
    """The quarter that is asked about now; None between two fortnights."""
    day = today_of(now)
    quarter = quarter_of(day)
    return quarter if opens_on(quarter) <= day < closes_on(quarter) else None


def next_opening(now: datetime) -> date:
    """When the next fortnight begins, or the running one began."""
    day = today_of(now)
    quarter = quarter_of(day)
    if day < closes_on(quarter):
        return opens_on(quarter)
    following = quarter_of(quarter + timedelta(days=100))
    return opens_on(following)


def card_for(user: User, now: datetime) -> Card | None:
    """What Today shows: as `question_for`, and nothing while one's hour runs."""
    card = question_for(user, now)
    return None if card and is_learning(user, now) else card


def question_for(user: User, now: datetime) -> Card | None:
    """None out of the fortnight, when it asks the database nothing; without a team; and for whoever is done."""
    quarter = open_quarter(now)
    if quarter is None or user.team_id is None:
        return None
    if PulseMark.objects.filter(quarter=quarter, user=user).exists():
        return None
    return Card(quarter, closes_on(quarter) - timedelta(days=1))


def answer(*, user: User, confidence: int, worry: int, now: datetime) -> None:
    """Raises Refusal: out of the fortnight or a second time (409), not one to five (422)."""
    if confidence not in ANSWERS or worry not in ANSWERS:
        raise Refusal("not_one_to_five", _("Answer both questions with a number from 1 to 5."))
    with transaction.atomic():
        quarter = _mark(user, now)
        _add(quarter, user, {Question.CONFIDENCE: confidence, Question.WORRY: worry})


def decline(*, user: User, now: datetime) -> None:
    """“No, thanks” holds for the quarter. Raises Refusal as `answer` does."""
    _mark(user, now)


def _mark(user: User, now: datetime) -> date:
    quarter = open_quarter(now)
    if quarter is None or user.team_id is None:
        raise Refusal("pulse_closed", _("The two questions are not being asked at the moment."), status=409)
    if not insert_once(PulseMark(quarter=quarter, user=user)):
        sentence = _("You are done with this quarter's questions. Nothing was counted a second time.")
        raise Refusal("pulse_done", sentence, status=409)
    return quarter


def _add(quarter: date, user: User, given: dict[str, int]) -> None:
    place = {"quarter": quarter, "entity_id": user.team.legal_entity_id, "site_id": user.team.site_id}
    PulseCount.objects.bulk_create(
        [
            PulseCount(**place, question=question, answer=number)
            for question in Question
            for number in ANSWERS
        ],
        ignore_conflicts=True,
    )
    chosen = Q()
    for question, number in given.items():
        chosen |= Q(question=question, answer=number)
    one_more = Case(When(chosen, then=Value(1)), default=Value(0))
    PulseCount.objects.filter(**place).update(times=F("times") + one_more)
