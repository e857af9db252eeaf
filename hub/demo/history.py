"""Twelve weeks of Friday hours behind the demo company, three ahead, and on wish one that runs now."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.utils import timezone

from hub.demo.company import SEED, key
from hub.people.models import User
from hub.points.actions import Award
from hub.points.models import PointEntry
from hub.points.streaks import monday_of
from learning.hours import preparing, room_actions
from learning.hours.models import Attendance, Rsvp, Series, StudySession, TeamGoal
from learning.hours.occurrences import make_missing
from learning.hours.plans import plan_of_template, quiz_of
from learning.hours.team_goals import set_goal
from learning.notebooks.models import Notebook

ZONE = ZoneInfo("Europe/Berlin")
WEEKS_BACK, WEEKS_AHEAD = 12, 3
NINE = time(9, 0)

TOPICS = (
    (
        "Protokolle, die sich selbst schreiben",
        "Live-Untertitel und Zusammenfassungen in Besprechungen ausprobieren.",
    ),
    ("Bessere Fragen, bessere Antworten", "Gute Prompts für die eigene Arbeit: vier Bausteine, eine Übung."),
    ("Was darf wohin?", "Welche Daten in welches Werkzeug dürfen, an Beispielen aus unserem Alltag."),
    ("Vor dem Kundentermin", "In zehn Minuten alles über den Gesprächspartner, mit Quellen."),
    ("Angebote entwerfen", "Vom Gesprächsvermerk zum Entwurf, und was man immer selbst prüft."),
    ("Tabellen befragen", "Auswertungen in ganzen Sätzen anfordern und nachrechnen."),
    ("Show and tell", "Colleagues show what worked for them this month, and what did not."),
    ("Lange Dokumente", "Verträge und Spezifikationen mit dem Notizbuch lesen, Stelle für Stelle."),
)


def _session(day: date, number: int, facilitator: User, notebook: Notebook | None) -> StudySession:
    title, description = TOPICS[number % len(TOPICS)]
    return StudySession(
        id=key(f"session {day}"),
        title=title,
        description=description,
        local_date=day,
        local_time=NINE,
        time_zone="Europe/Berlin",
        minutes=60,
        place="Kantine Ladenburg und Videokonferenz",
        facilitator=facilitator,
        notebook=notebook,
    )


def load_hours(facilitator: User, notebooks: list[Notebook], today: date) -> list[StudySession]:
    """The Friday hours around `today`; returns those of the past. Existing ones stay as they are.

    The last one behind is last week's: the running week is left to the hour that the visitor attends.
    """
    friday = monday_of(today) - timedelta(days=3)
    past = []
    for week in range(-WEEKS_BACK + 1, WEEKS_AHEAD + 1):
        day = friday + timedelta(weeks=week)
        if week == 1 and today >= day:
            continue
        session = _session(
            day, day.toordinal() // 7, facilitator, notebooks[week % len(notebooks)] if notebooks else None
        )
        if not StudySession.objects.filter(pk=session.pk).exists():
            session.save(force_insert=True)
        if week <= 0:
            past.append(session)
    return past


def load_attendance(sessions: list[StudySession], cast: dict[str, User]) -> None:
    """Who came: a habit that grows over the weeks, different from person to person; points as they were earned."""
    random = Random(SEED)
    people = list(User.objects.active().order_by("email"))
    inclination = {person.pk: random.betavariate(2.2, 2.0) for person in people}
    inclination[cast["emma.lindner"].pk] = 1.0
    inclination[cast["farid.nassar"].pk] = 1.0
    inclination[cast["bertha.ringer"].pk] = 0.9
    attendances, entries, replies = [], [], []
    for number, session in enumerate(sessions):
        growth = 0.55 + 0.45 * number / max(len(sessions) - 1, 1)
        for person in people:
            missed = random.random() > inclination[person.pk] * growth
            if inclination[person.pk] == 1.0:
                # Emma missed one hour: her streak is real and not perfect.
                missed = person.pk == cast["emma.lindner"].pk and number == 4
            if missed:
                continue
            at = session.starts_at + timedelta(seconds=random.randint(-300, 420))
            attendances.append(Attendance(session=session, user=person, checked_in_at=at, is_posted=True))
            entries.append(
                Award(person, "attended", f"attended:{session.pk}:{person.subject_key}", at).as_entry()
            )
            if person.pk == session.facilitator_id:
                entries.append(Award(person, "facilitated", f"facilitated:{session.pk}", at).as_entry())
            if random.random() < 0.5:
                replies.append(Rsvp(session=session, user=person, reply=Rsvp.Reply.YES))
    Attendance.objects.bulk_create(attendances, ignore_conflicts=True, batch_size=1000)
    PointEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=1000)
    Rsvp.objects.bulk_create(replies, ignore_conflicts=True, batch_size=1000)


def load_goal(member: User) -> None:
    """A team that has set itself a goal."""
    if member.team and not TeamGoal.objects.filter(team=member.team).exists():
        set_goal(team=member.team, percent=60, by=member)


def open_hour_now(facilitator: User, notebook: Notebook | None, now: datetime | None = None) -> StudySession:
    """A company-wide hour that runs now, unless one does; it began a few minutes ago."""
    now = now or timezone.now()
    running = StudySession.objects.held().filter(
        team=None, starts_at__lte=now, ends_at__gt=now + timedelta(minutes=20), facilitator=facilitator
    )
    if session := running.first():
        return session
    start = (now - timedelta(minutes=4)).astimezone(ZONE).replace(second=0, microsecond=0)
    return StudySession.objects.create(
        title="KI im Alltag: die erste Stunde · AI at work: the first hour",
        description="Wir probieren gemeinsam aus, was ein Notizbuch kann. Bring ein Dokument mit, das du ohnehin "
        "lesen musst.\n\nTogether we try what a notebook can do. Bring a document that you have to read anyway.",
        local_date=start.date(),
        local_time=start.time(),
        time_zone="Europe/Berlin",
        minutes=60,
        place="Kantine Ladenburg · Video",
        facilitator=facilitator,
        notebook=notebook,
    )


def load_series(facilitator: User, now: datetime | None = None) -> Series:
    """The Fridays as a series with its hours 26 weeks ahead; the next one is prepared."""
    now = now or timezone.now()
    hours = list(StudySession.objects.filter(pk__in=_fridays(now)).order_by("starts_at"))
    series, is_new = Series.objects.get_or_create(
        id=key("series friday"),
        defaults={
            "title": "DEAL-Stunde / DEAL hour",
            "rule": "FREQ=WEEKLY;BYDAY=FR",
            "starts_on": hours[0].local_date,
            "local_time": NINE,
            "time_zone": "Europe/Berlin",
            "place": hours[0].place,
            "facilitator": facilitator,
        },
    )
    if not is_new:
        return series
    for hour in hours:
        hour.series, hour.recurs_on, hour.is_individual = series, hour.local_date, True
        hour.save()
    # This very day is left to the hour that the visitor attends.
    make_missing(series, now + timedelta(days=1))
    coming = series.occurrences.upcoming(now).filter(starts_at__gt=now).first()
    if coming:
        preparing.fill(session=coming, plan=plan_of_template("live-captions", user=facilitator))
        preparing.publish(session=coming, now=now)
    return series


def _fridays(now: datetime) -> list[object]:
    friday = monday_of(now.astimezone(ZONE).date()) - timedelta(days=3)
    weeks = range(-WEEKS_BACK + 1, WEEKS_AHEAD + 1)
    return [key(f"session {friday + timedelta(weeks=week)}") for week in weeks]


def fill_running(session: StudySession, cast: dict[str, User]) -> None:
    """What an hour that runs has: an agenda at its first step, a lab, a question of a colleague."""
    if session.agenda.exists():
        return
    plan = plan_of_template("first-prompt", user=cast["farid.nassar"])
    preparing.replace_agenda(session, plan.agenda)
    preparing.replace_tasks(session, plan.lab)
    session.quiz_id = quiz.pk if (quiz := quiz_of(session.notebook, cast["farid.nassar"])) else None
    session.published_at = session.starts_at
    session.save()
    room_actions.go_to_step(session=session, step=0)
    text = "Darf ich ein Protokoll mit Kundennamen hineingeben?"
    question = room_actions.ask(session=session, user=cast["emma.lindner"], text=text)
    room_actions.vote(question=question, user=cast["carl.brandt"])
