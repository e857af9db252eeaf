"""The gate against a plain group-by of the same rows, and against the build of the snapshot that it decides about.

`python -m tests.bench.gate [people ...]`: deciding a week's groups. Teams of an invented company hold about ninety
people, a tenth of them fewer than ten, so that there is something to hide; each team is at one of sixty sites of twelve
legal entities, four fifths of it are of one of eight job families, and people began in one of twelve months or not yet.

`--build` does it in a database of its own (PostgreSQL where DATABASE_URL says so): two weeks with a quarter between
them and 3 % of the people changed, each frozen and published with a weekly and a slow report; and says how much of that
is the audit.
"""

import os
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from hub.disclosure.grouping import Part, Place, groups_of

FAMILIES, MONTHS = 8, 12
FIRST, SECOND = date(2026, 9, 21), date(2026, 10, 5)


def company(people: int) -> list[Place]:
    random = Random(1888)
    places: list[Place] = []
    team = 1
    while len(places) < people:
        size = random.randint(1, 9) if random.random() < 0.1 else random.randint(10, 180)
        site, entity = random.randrange(1, 61), random.randrange(1, 13)
        main = random.randint(1, FAMILIES)
        for _person in range(min(size, people - len(places))):
            family = main if random.random() < 0.8 else random.randint(1, FAMILIES)
            month = int(random.expovariate(0.35))
            cohort = date(2026, month + 1, 1) if month < MONTHS else None
            places.append(Place(team, site, entity, family, cohort))
        team += 1
    random.shuffle(places)
    return places


def counted(places: list[Place]) -> int:
    """What a report without a gate would do."""
    found: Counter = Counter()
    for place in places:
        for part in (Part.TOTAL, Part.SITE, Part.TEAM, Part.FAMILY, Part.SITE_FAMILY, Part.COHORT):
            found[part, place.entity, place.unit(part)] += 1
    return len(found)


def measure(people: int) -> None:
    places = company(people)
    started = time.perf_counter()
    counted(places)
    plain = time.perf_counter() - started
    started = time.perf_counter()
    groups = groups_of(places)
    gate = time.perf_counter() - started
    sizes = [(group.part, not group.reason) for group in groups]
    teams = [shown for part, shown in sizes if part is Part.TEAM]
    pairs = [shown for part, shown in sizes if part is Part.SITE_FAMILY]
    print(
        f"{people:>9,}{len(groups):>8,}{sum(teams) / len(teams):>12.1%}{sum(pairs) / len(pairs):>12.1%}"
        f"{plain:>12.3f}{gate:>10.3f}{gate / plain:>8.1f}"
    )


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    if "--build" in sys.argv:
        return build(numbers or [17_500])
    print(
        f"{'people':>9}{'groups':>8}{'teams shown':>12}{'pairs shown':>12}{'group-by s':>12}{'gate s':>10}{'ratio':>8}"
    )
    for people in numbers or [1_750, 17_500, 175_000]:
        measure(people)


# --- with a database ---------------------------------------------------------------------------------
def build(numbers: list[int]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"{'people':>9}{'week':>12}{'build s':>10}{'of that audit s':>17}", end="")
        print(f"{'weekly report s':>17}{'slow report s':>15}")
        for people in numbers:
            weeks_of(people)
    finally:
        runner.teardown_databases(databases)


def weeks_of(people: int) -> None:
    from hub.people.models import User

    numbers = filled(people)
    for monday in (FIRST, SECOND):
        print(f"{people:>9,}{monday!s:>12}{published(monday, numbers)}")
        changed(people)
    User.objects.all().update(team=None)


def filled(people: int) -> dict[UUID, int]:
    """The people of `company`, as rows; returns a number for everybody."""
    from hub.people.models import JobFamily, LegalEntity, Site, Team, User

    places = company(people)
    name = f"{people}-{{}}".format
    entities = [LegalEntity.objects.create(name=name(number)) for number in range(12)]
    sites = [Site.objects.create(name=name(number)) for number in range(60)]
    families = [JobFamily.objects.create(name=name(number)) for number in range(FAMILIES)]
    teams: dict[int, Team] = {}
    for place in places:
        if place.team not in teams:
            teams[place.team] = Team.objects.create(
                name=name(place.team), site=sites[place.site - 1], legal_entity=entities[place.entity - 1]
            )
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    User.objects.bulk_create(
        [
            User(
                email=f"{people}-{number}@hatpin.example",
                team=teams[place.team],
                job_family=families[place.family - 1],
                joined_at=long_ago,
            )
            for number, place in enumerate(places)
        ],
        batch_size=2000,
    )
    keys = User.objects.filter(team__isnull=False).order_by("pk").values_list("subject_key", flat=True)
    random = Random(7)
    return {key: random.randrange(3) for key in keys}


def published(monday: date, numbers: dict[UUID, int]) -> str:
    from hub.disclosure import actions, freezing
    from hub.disclosure.figures import Kind

    random = Random(1889)
    months = {key: int(random.expovariate(0.35)) for key in numbers}
    cohorts = {key: date(2026, month + 1, 1) for key, month in months.items() if month < MONTHS}
    audit = 0.0

    def timed(call):
        def run(*given, **named):
            nonlocal audit
            started = time.perf_counter()
            result = call(*given, **named)
            audit += time.perf_counter() - started
            return result

        return run

    plain = actions.groups_of, freezing.members_weeks
    actions.groups_of, freezing.members_weeks = map(timed, plain)
    started = time.perf_counter()
    now = datetime(monday.year, monday.month, monday.day, tzinfo=UTC).replace(year=2027)
    week, _is_new = actions.freeze_week(monday=monday, now=now, cohorts=cohorts)
    actions.groups_of, freezing.members_weeks = plain
    frozen = time.perf_counter()
    actions.release(report="attendance", week=week, kind=Kind.SHARE, numbers=numbers, now=now)
    weekly = time.perf_counter()
    actions.release(
        report="habit", week=week, kind=Kind.SHARE, numbers=numbers, pace=actions.Pace.ROLLING, now=now
    )
    slow = time.perf_counter()
    return f"{slow - started:>10.1f}{audit:>17.1f}{weekly - frozen:>17.1f}{slow - weekly:>15.1f}"


def changed(people: int) -> None:
    """Two in a hundred leave, one moves."""
    from hub.people.models import Team, User

    keys = list(User.objects.active().filter(team__isnull=False).order_by("pk").values_list("pk", flat=True))
    left = Random(3).sample(keys, people * 3 // 100)
    User.objects.filter(pk__in=left[: people // 50]).update(status="left")
    User.objects.filter(pk__in=left[people // 50 :]).update(team=Team.objects.first())


if __name__ == "__main__":
    main()
