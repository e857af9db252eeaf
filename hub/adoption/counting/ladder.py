"""How deep it goes: allowed, tried, a habit, a process changed. Each rung is counted by itself."""

from datetime import datetime, timedelta

from challenges.contests.facts import people_who_changed_a_process
from hub.adoption.counting.measure import Numbers, Pace, each, share
from hub.adoption.counting.use import four_of_four, nine_of_twelve, seats
from hub.adoption.counting.weeks import TWELVE, active_at_least
from hub.people.models import User

A_YEAR = timedelta(weeks=52)


def licence(start: datetime, end: datetime) -> Numbers:
    """A seat, or an account here: whoever may sign in may use what the hub offers."""
    accounts = User.objects.active().values_list("subject_key", flat=True)
    return each(seats(start, end) | set(accounts))


def tried(start: datetime, end: datetime) -> Numbers:
    return each(active_at_least(1, start, TWELVE))


def habit(start: datetime, end: datetime) -> Numbers:
    return each(nine_of_twelve(start) | four_of_four(start))


def process(start: datetime, end: datetime) -> Numbers:
    return each(people_who_changed_a_process(end - A_YEAR, end))


MEASURES = (
    share("ladder-licence", licence, Pace.ROLLING),
    share("ladder-tried", tried, Pace.ROLLING),
    share("ladder-habit", habit, Pace.ROLLING),
    share("ladder-process", process, Pace.ROLLING),
)
