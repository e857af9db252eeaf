"""What the demo company's people said to their tips over the last weeks."""

from datetime import date, datetime, time, timedelta
from random import Random

from hub.demo.company import SEED
from hub.demo.history import WEEKS_BACK, ZONE
from hub.nudges.ids import nudge_id
from hub.nudges.models import Nudge, Tip
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.models import Attendance


def load_answers(today: date) -> None:
    """Some try a tip in a week, more of them over time, and those who come to the hour more often."""
    random = Random(SEED)
    tips = list(Tip.objects.active())
    if not tips or Nudge.objects.exists():
        return
    regulars = set(Attendance.objects.values_list("user_id", flat=True).order_by().distinct())
    people = list(User.objects.active().order_by("email"))
    nudges = []
    for week in range(WEEKS_BACK):
        monday = monday_of(today) - timedelta(weeks=WEEKS_BACK - week)
        likelihood = 0.1 + 0.25 * week / WEEKS_BACK
        for person in people:
            if random.random() < likelihood * (1.2 if person.pk in regulars else 0.4):
                nudges.append(_tried(person, random.choice(tips), monday, random))
    Nudge.objects.bulk_create(nudges, ignore_conflicts=True, batch_size=1000)


def _tried(person: User, tip: Tip, monday: date, random: Random) -> Nudge:
    day = monday + timedelta(days=random.randrange(5))
    at = datetime.combine(day, time(8 + random.randrange(9), random.randrange(60)), tzinfo=ZONE)
    return Nudge(
        id=nudge_id(person.subject_key, tip.pk, day),
        user=person,
        tip=tip,
        shown_on=day,
        shown_at=at,
        source=Nudge.Source.TODAY,
        response=Nudge.Response.TRIED,
        responded_at=at + timedelta(minutes=random.randrange(1, 30)),
    )
