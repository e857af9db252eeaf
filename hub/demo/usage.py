"""What the demo company did with AI beside the hour: seats and use of an assistant, courses, questions, quizzes, cards,
tips that came and stayed, and two quarters' pulse. Only of colleagues nobody signs in as, where it is private.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid5

from django.db.models import F

from hub.adoption.models import ActiveWeek, Cohort, CourseWeek, ImportedUse, PulseCount, UsageImport
from hub.adoption.models.pulse import Question
from hub.adoption.pulse import closes_on, quarter_of
from hub.adoption.pulse_publishing import publish_due
from hub.demo.company import CAST, NAMESPACE, SEED, key
from hub.demo.history import WEEKS_BACK, ZONE
from hub.nudges.ids import nudge_id
from hub.nudges.models import Nudge, Tip
from hub.people.demo import DEMO_DOMAIN
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.notebooks.models import Attempt, CardReview, Exchange, Notebook, StudyAid

WEEK = timedelta(weeks=1)
WEEKS_EARLIER = 13
BATCH = 1000
SEATED = {"DE": 0.72, "GB": 0.55}
QUESTIONS = (
    ("Darf ich Kundendaten in den Assistenten eingeben?", False),
    ("Wie lange wird eine Aufzeichnung aufgehoben?", False),
    ("Wer prüft eine Übersetzung, bevor sie hinausgeht?", False),
    ("Welches Werkzeug ist für Konstruktionszeichnungen freigegeben?", True),
    ("Gilt das auch für Praktika und Leiharbeit?", True),
)
CONFIDENCE = ((8, 14, 30, 33, 15), (5, 11, 27, 38, 19))  # from 1 to 5, two quarters ago and the last one
WORRY = ((14, 26, 31, 19, 10), (19, 29, 30, 15, 7))
ANSWERED = 0.62


@dataclass(frozen=True)
class Colleague:
    """How often this person turns to AI in a week, from 0 to 1."""

    user: User
    inclination: float
    has_seat: bool


def load_usage(cast: dict[str, User], notebooks: list[Notebook], today: date, now: datetime) -> None:
    """Running it again changes nothing."""
    if UsageImport.objects.exists():
        return
    random = Random(SEED + 7)
    people = _colleagues(random)
    mondays = [monday_of(today) - number * WEEK for number in range(WEEKS_BACK, 0, -1)]
    _weeks_before(people, mondays[0], random)
    _reports(cast["hanna.weiss"], people, mondays, random)
    _courses(people, mondays, random)
    _questions(people, mondays, notebooks, random)
    _learned(people, mondays, random)
    _tips_without_word(people, mondays, random)
    _pulse(today, now, random)


def _colleagues(random: Random) -> list[Colleague]:
    known = [f"{name}@{DEMO_DOMAIN}" for name, *_rest in CAST]
    people = User.objects.active().exclude(email__in=known).filter(team__isnull=False)
    people = people.select_related("team__legal_entity").order_by("email")
    return [
        Colleague(
            person, random.betavariate(0.8, 1.5), random.random() < SEATED[person.team.legal_entity.country]
        )
        for person in people
    ]


def _moment(monday: date, random: Random) -> datetime:
    day = monday + timedelta(days=random.randrange(5))
    return datetime.combine(day, time(8 + random.randrange(9), random.randrange(60)), tzinfo=ZONE)


def _weeks_before(people: list[Colleague], first: date, random: Random) -> None:
    """People began in different months: their active weeks before the twelve, without what they rested on."""
    weeks, cohorts = [], []
    for person in people:
        if not person.has_seat or random.random() < 0.25:
            continue  # began later, or has not begun
        began = random.choices(range(1, WEEKS_EARLIER + 1), range(1, WEEKS_EARLIER + 1))[0]
        active = [began, *(n for n in range(began - 1, 0, -1) if random.random() < person.inclination)]
        key_of_person = person.user.subject_key
        weeks += [ActiveWeek(monday=first - number * WEEK, subject_key=key_of_person) for number in active]
        cohorts.append(Cohort(subject_key=key_of_person, month=(first - began * WEEK).replace(day=1)))
    ActiveWeek.objects.bulk_create(weeks, ignore_conflicts=True, batch_size=BATCH)
    Cohort.objects.bulk_create(cohorts, ignore_conflicts=True, batch_size=BATCH)


def _reports(hr: User, people: list[Colleague], mondays: list[date], random: Random) -> None:
    """A report a week, of Thursday, taken over on Friday. Fewer use it in the first weeks."""
    uses = []
    entities = {person.user.team.legal_entity_id for person in people}
    for number, monday in enumerate(mondays):
        friday = datetime.combine(monday + timedelta(days=4), time(10, 15), tzinfo=ZONE)
        seated = [person for person in people if person.has_seat]
        made = UsageImport.objects.create(
            id=key(f"usage {monday}"), source="copilot", layout="v2", sha256=uuid5(NAMESPACE, f"{monday}").hex * 2,
            uploaded_by=hr, uploaded_at=friday, confirmed_at=friday, reported_on=monday + timedelta(days=3),
            rows=len(seated) + 9, matched=len(seated), unknown=9, state=UsageImport.State.CONFIRMED,
        )  # fmt: skip
        made.entities.set(entities)
        growth = 0.6 + 0.4 * number / len(mondays)
        for person in seated:
            week = monday if random.random() < person.inclination * growth else None
            uses.append(
                ImportedUse(
                    usage_import=made,
                    subject_key=person.user.subject_key,
                    entity_id=person.user.team.legal_entity_id,
                    monday=week,
                )
            )
    ImportedUse.objects.bulk_create(uses, batch_size=BATCH)


def _courses(people: list[Colleague], mondays: list[date], random: Random) -> None:
    rows = [
        CourseWeek(monday=random.choice(mondays), subject_key=person.user.subject_key, kind=kind)
        for person in people
        for kind, likelihood in ((CourseWeek.Kind.COMPLETED, 0.22), (CourseWeek.Kind.EXPERIENCED, 0.3))
        if random.random() < likelihood
    ]
    CourseWeek.objects.bulk_create(rows, ignore_conflicts=True)


def _questions(
    people: list[Colleague], mondays: list[date], notebooks: list[Notebook], random: Random
) -> None:
    """The answers of the past are private and read by nobody: what counts is whether there was one."""
    if not notebooks:
        return
    rows, times = [], []
    for monday in mondays:
        for person in people:
            if random.random() < 0.16 * person.inclination:
                question, is_refused = random.choice(QUESTIONS)
                answer = {
                    "answer": "", "sentences": [], "citations": [], "mode": "extractive", "model": "",
                    "refused": is_refused,
                }  # fmt: skip
                rows.append(
                    Exchange(
                        notebook=random.choice(notebooks[:3]),
                        asker=person.user,
                        question=question,
                        answer=answer,
                    )
                )
                times.append(_moment(monday, random))
    Exchange.objects.bulk_create(rows, batch_size=BATCH)
    for row, at in zip(rows, times, strict=True):
        row.asked_at = at
    Exchange.objects.bulk_update(rows, ["asked_at"], batch_size=100)


def _learned(people: list[Colleague], mondays: list[date], random: Random) -> None:
    """Quizzes and cards of the starter notebooks, where their study aids were made."""
    quiz = StudyAid.objects.filter(kind="quiz").order_by("created_at").first()
    cards = StudyAid.objects.filter(kind="cards").order_by("created_at").first()
    item = cards.items.first() if cards else None
    attempts, reviews = [], []
    for monday in mondays:
        for person in people:
            if quiz and random.random() < 0.1 * person.inclination:
                attempts.append(Attempt(aid=quiz, learner=person.user, finished_at=_moment(monday, random)))
            if item and random.random() < 0.24 * person.inclination:
                reviews.append(
                    CardReview(item=item, learner=person.user, rating=3, reviewed_at=_moment(monday, random))
                )
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    CardReview.objects.bulk_create(reviews, batch_size=BATCH)


def _tips_without_word(people: list[Colleague], mondays: list[date], random: Random) -> None:
    """Tips that came and were left unanswered, and, of those tried weeks ago, what was still in use."""
    tips = list(Tip.objects.active())
    if not tips:
        return
    nudges = []
    for monday in mondays:
        for person in people:
            if random.random() < 0.25:
                tip, at = random.choice(tips), _moment(monday, random)
                nudges.append(
                    Nudge(
                        id=nudge_id(person.user.subject_key, tip.pk, at.date()), user=person.user, tip=tip,
                        shown_on=at.date(), shown_at=at, source=Nudge.Source.TODAY,
                    )
                )  # fmt: skip
    Nudge.objects.bulk_create(nudges, ignore_conflicts=True, batch_size=BATCH)
    asked_until = datetime.combine(mondays[-1], time(), tzinfo=ZONE) - WEEK
    tried = Nudge.objects.filter(
        response=Nudge.Response.TRIED,
        responded_at__lt=asked_until,
        user__in=[person.user for person in people],
    )
    asked = [nudge for nudge in tried.values_list("pk", flat=True).order_by("pk") if random.random() < 0.5]
    still = [pk for pk in asked if random.random() < 0.7]
    Nudge.objects.filter(pk__in=asked).update(kept=Nudge.Kept.NO, kept_at=F("responded_at") + 2 * WEEK)
    Nudge.objects.filter(pk__in=still).update(kept=Nudge.Kept.YES)


def _pulse(today: date, now: datetime, random: Random) -> None:
    """The two quarters whose fortnight is over, published as they would have been."""
    quarter = quarter_of(today)
    if closes_on(quarter) > today:
        quarter = quarter_of(quarter - timedelta(days=1))
    before = quarter_of(quarter - timedelta(days=1))
    places = (
        User.objects.active().filter(team__isnull=False).order_by("team__legal_entity_id", "team__site_id")
    )
    for first_day, confidence, worry in zip((before, quarter), CONFIDENCE, WORRY, strict=True):
        counted: dict[tuple[int, int, str, int], int] = {}
        for place in places.values_list("team__legal_entity_id", "team__site_id"):
            if random.random() < ANSWERED:
                for question, weights in ((Question.CONFIDENCE, confidence), (Question.WORRY, worry)):
                    answer = random.choices((1, 2, 3, 4, 5), weights)[0]
                    counted[*place, question, answer] = counted.get((*place, question, answer), 0) + 1
        PulseCount.objects.bulk_create(
            PulseCount(
                quarter=first_day,
                entity_id=entity,
                site_id=site,
                question=question,
                answer=answer,
                times=times,
            )
            for (entity, site, question, answer), times in counted.items()
        )
        over = datetime.combine(closes_on(first_day), time(1), tzinfo=ZONE)
        publish_due(min(over, now))
