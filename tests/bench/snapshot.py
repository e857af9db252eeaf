"""Freezing a week and publishing every measure, for a company and for one ten times as large; on PostgreSQL.

`python -m tests.bench.snapshot [people larger]` prints the seconds of each part. The bar is linear growth, with a fifth
of tolerance: 12 times for ten times the people. Teams hold about sixty people; each person has been active in part of
twelve weeks, began in the month of the first of these weeks, attends, tries tips, asks and stands in a usage report.
"""

import sys
import time
import uuid
from datetime import date, datetime, timedelta
from random import Random

from tests.bench.bars import Bars
from tests.bench.serving import database

TOLERANCE = 1.2
BATCH = 5000
MONDAY = date(2026, 11, 9)


def main() -> None:
    bars = Bars()
    sizes = [int(argument) for argument in sys.argv[1:]] or [17_500, 175_000]
    seconds = {}
    print(f"{'people':>9}{'counting s':>12}{'all s':>9}{'a person µs':>13}")
    for size in sizes:
        with database():
            from django.db import connection

            seconds[size] = measure(size)
            connection.close()
    least, most = min(sizes), max(sizes)
    growth = seconds[most] / seconds[least]
    print(f"{most / least:.1f} times the people: {growth:.1f} times the time")
    bars.hold("growth of the snapshot", growth, TOLERANCE * most / least)
    bars.finish()


def measure(size: int) -> float:
    from django.db import connection

    from hub.adoption import snapshot
    from hub.adoption.counting import MEASURES
    from hub.collector import no_search_for_cycles
    from hub.disclosure.weeks import bounds

    fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does beside a site that is in use
    began = time.perf_counter()
    snapshot.freeze_weeks(MONDAY, MONDAY)
    whole = time.perf_counter() - began
    start, end = bounds(MONDAY)
    began = time.perf_counter()
    with no_search_for_cycles():  # as in the snapshot
        for one in MEASURES.values():
            one.numbers(start, end)
    counting = time.perf_counter() - began
    print(f"{size:>9,}{counting:>12.2f}{whole:>9.2f}{1e6 * whole / size:>13.0f}")
    return whole


def fill(size: int) -> None:
    from django.utils import timezone

    from hub.adoption.models import ActiveWeek, Cohort, ImportedUse, UsageImport
    from hub.nudges.models import Nudge, Tip
    from hub.people.models import LegalEntity, Site, Team, User
    from learning.hours.models import Attendance, LabDone, LabTask, StudySession
    from learning.notebooks.models import Exchange, Notebook

    random = Random(1888)
    friday = datetime(2026, 11, 13, 8, tzinfo=timezone.get_default_timezone())
    long_ago = friday - timedelta(days=900)
    entities = [LegalEntity.objects.create(name=f"Company {number}") for number in range(12)]
    sites = [Site.objects.create(name=f"Site {number}") for number in range(60)]
    teams = Team.objects.bulk_create(
        Team(name=f"Team {number}", site=random.choice(sites), legal_entity=random.choice(entities))
        for number in range(max(1, size // 60))
    )
    people = User.objects.bulk_create(
        (
            User(email=f"p{number}@hatpin.example", first_name="P", last_name=str(number), password="!",
                 team=random.choice(teams), joined_at=long_ago)
            for number in range(size)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    active = [
        (MONDAY - number * timedelta(weeks=1), person.subject_key)
        for person in people
        for number in range(11, 0, -1)
        if random.random() < 0.5
    ]
    ActiveWeek.objects.bulk_create(
        (ActiveWeek(monday=monday, subject_key=key) for monday, key in active), batch_size=BATCH
    )
    first = {key: monday.replace(day=1) for monday, key in reversed(active)}
    Cohort.objects.bulk_create(
        (Cohort(subject_key=key, month=month) for key, month in first.items()), batch_size=BATCH
    )
    session = StudySession.objects.create(
        title="x",
        facilitator=people[0],
        local_date=friday.date(),
        local_time=friday.time(),
        time_zone="Europe/Berlin",
    )
    task = LabTask.objects.create(session=session, position=0, title="x", prompt="y")
    tip = Tip.objects.create(key="bench", tool="chat")
    notebook = Notebook.objects.create(owner=people[0], title="x")
    report = UsageImport.objects.create(
        source="copilot", layout="v1", sha256="0" * 64, uploaded_at=friday, confirmed_at=friday,
        reported_on=friday.date(), rows=size, matched=size, unknown=0, state="confirmed",
    )  # fmt: skip
    report.entities.set(entities)
    some = [person for person in people if random.random() < 0.4]
    entity_of = {team.pk: team.legal_entity_id for team in teams}
    Attendance.objects.bulk_create(
        (Attendance(session=session, user=person) for person in some), batch_size=BATCH
    )
    LabDone.objects.bulk_create(
        (LabDone(task=task, user=person, done_at=friday) for person in some[::2]), batch_size=BATCH
    )
    Nudge.objects.bulk_create(
        (
            Nudge(id=uuid.uuid4(), user=person, tip=tip, shown_on=friday.date(), shown_at=friday, source="today",
                  response="tried", responded_at=friday)
            for person in people[::3]
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Exchange.objects.bulk_create(
        (
            Exchange(notebook=notebook, asker=person, question="?", answer={"refused": True})
            for person in people[::5]
        ),
        batch_size=BATCH,
    )
    Exchange.objects.update(asked_at=friday)
    ImportedUse.objects.bulk_create(
        (
            ImportedUse(
                usage_import=report,
                subject_key=person.subject_key,
                entity_id=entity_of[person.team_id],
                monday=MONDAY,
            )
            for person in people[::2]
        ),
        batch_size=BATCH,
    )


if __name__ == "__main__":
    main()
