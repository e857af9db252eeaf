"""Every page of the reports by every cut, against a bare view that reads the same rows by primary key; on PostgreSQL.

`python -m tests.bench.reports [rounds] [pattern of labels]` prints milliseconds, queries and the ratio of the 95th
percentiles, and ends with exit code 1 where a page takes more than three times as long or has more than 500 kB. What
was published of 175,000 people in 52 weeks is written straight into the tables of `hub.disclosure`, in the shape that
freezing gives: two legal entities, sixty sites, 9,000 teams of which 6,000 are shown by name, twelve job families, and
a cohort a month.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from tests.bench.bars import Bars
from tests.bench.index import percentile
from tests.bench.serving import database

RATIO = 3.0
PAGE_BYTES = 500_000
ROUNDS, SECONDS, FEWEST = 25, 12, 5  # slow pages are called less often
PEOPLE, WEEKS = 175_000, 52
ENTITIES, SITES, TEAMS, FAMILIES, COHORTS = 2, 60, 9_000, 12, 24
SMALL = 3  # every third team is too small to be shown
NEWEST = date(2026, 11, 16)


def main() -> None:
    bars = Bars()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with database():
        from django.db import connection

        fill()
        measure(rounds, bars, *sys.argv[2:3])
        connection.close()
    bars.finish()


# --- what was published ------------------------------------------------------------------------------
def fill() -> None:
    """Rows in the order in which weeks publish them. Triggers rest: nothing is changed, and only superusers may."""
    from django.db import connection

    from hub.people.models import JobFamily, LegalEntity, Site

    started = time.perf_counter()
    entities = [LegalEntity.objects.create(name=f"Company {number}") for number in range(ENTITIES)]
    sites = [Site.objects.create(name=f"Site {number}") for number in range(SITES)]
    families = [JobFamily.objects.create(name=f"Family {number}") for number in range(FAMILIES)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SHAPE)
        for group in _groups(entities, sites, families):
            cursor.execute(f"INSERT INTO bench_shape VALUES ({', '.join(['%s'] * len(group))})", group)
        cursor.execute(FROZEN, [PEOPLE, NEWEST - timedelta(weeks=WEEKS - 1), NEWEST])
        for name, kind, parts in _measures():
            cursor.execute(RELEASES, [name, kind])
            cursor.execute("INSERT INTO bench_parts VALUES (%s, %s)", [name, parts])
        cursor.execute(GROUPS)
        cursor.execute(CELLS)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does beside a site that is in use
        counts = [_count(cursor, table) for table in ("weekgroup", "releasedcell")]
    print("{:,} groups and {:,} figures".format(*counts), f"in {time.perf_counter() - started:.0f} s")


def _count(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM disclosure_{table}")
    return cursor.fetchone()[0]


SHAPE = """
CREATE TEMPORARY TABLE bench_shape (part text, entity bigint, entity_name text, unit bigint,
  unit_name text, second bigint, second_name text, people int, teams jsonb, reason text,
  place serial);
CREATE TEMPORARY TABLE bench_parts (report text, parts text[]);
"""
FROZEN = """
INSERT INTO disclosure_frozenweek (monday, people, minimum_group, frozen_at)
SELECT monday, %s, 10, monday + interval '8 days' FROM generate_series(%s::date, %s::date, interval '1 week') AS monday
"""
RELEASES = """
INSERT INTO disclosure_release (week_id, report, kind, released_at)
SELECT id, %s, %s, frozen_at FROM disclosure_frozenweek ORDER BY monday
"""
GROUPS = """
INSERT INTO disclosure_weekgroup (week_id, part, entity_id, entity_name, unit_id, unit_name, second_unit_id,
  second_unit_name, people, people_shown, teams, reason)
SELECT week.id, part, entity, entity_name, unit, unit_name, second, second_name, one.people, one.people / 5 * 5, teams,
  reason
FROM disclosure_frozenweek AS week CROSS JOIN bench_shape AS one ORDER BY week.monday, place
"""
CELLS = """
INSERT INTO disclosure_releasedcell (release_id, group_id, low, high, people_shown)
SELECT release.id, one.id, figure, figure, NULL
FROM disclosure_release AS release
JOIN bench_parts AS allowed ON allowed.report = release.report
JOIN disclosure_weekgroup AS one
  ON one.week_id = release.week_id AND one.reason = '' AND one.part = ANY(allowed.parts),
LATERAL (SELECT (20 + (one.id * 7919 + release.id * 104729) % 60)::numeric(12, 1) AS figure) AS drawn
ORDER BY release.week_id, release.id, one.id
"""


def _measures() -> Iterator[tuple[str, str, list[str]]]:
    from hub.adoption.counting import MEASURES
    from hub.adoption.reports import SHOWN_IN
    from hub.disclosure.actions import ADOPTION_PARTS

    for name in sorted(SHOWN_IN):
        measure = MEASURES[name]
        yield name, str(measure.kind), [str(part) for part in measure.parts or ADOPTION_PARTS]


def _groups(entities: list, sites: list, families: list) -> Iterator[tuple]:
    """(part, entity, its name, unit, its name, second, its name, people, teams, reason) of one week."""
    from hub.disclosure.grouping import Part
    from hub.disclosure.suppression import Reason

    random = Random(1888)
    teams = list(range(1, TEAMS + 1))
    each = PEOPLE // ENTITIES
    for number, entity in enumerate(entities):
        row = partial(_row, entity)
        own_sites, own_teams = sites[number::ENTITIES], teams[number::ENTITIES]
        small = {team for team in own_teams if team % SMALL == 0}
        yield row(Part.TOTAL, people=each, teams=own_teams)
        for place, site in enumerate(own_sites):
            at = own_teams[place :: len(own_sites)]
            yield row(Part.SITE, site.pk, site.name, people=each // len(own_sites), teams=at)
            for family in families:
                people = random.randint(10, 400)
                yield row(Part.SITE_FAMILY, site.pk, site.name, family.pk, family.name, people=people)
        for team in own_teams:
            people = random.randint(2, 9) if team in small else random.randint(10, 45)
            reason = str(Reason.SMALL) if team in small else ""
            yield row(Part.TEAM, team, f"Team {team}", people=people, teams=[team], reason=reason)
        yield row(Part.OTHER_TEAMS, people=5 * len(small), teams=sorted(small))
        for family in families:
            yield row(Part.FAMILY, family.pk, family.name, people=each // len(families))
        for month in range(COHORTS):
            first = date(2025 + month // 12, month % 12 + 1, 1).isoformat()
            yield row(Part.COHORT, None, first, people=random.randint(100, 9_000))


def _row(
    entity, part, unit=None, name="", second=None, second_name="", *, people, teams=(), reason=""
) -> tuple:
    return (
        str(part),
        entity.pk,
        entity.name,
        unit,
        name,
        second,
        second_name,
        people,
        json.dumps(list(teams)),
        reason,
    )


# --- pages -------------------------------------------------------------------------------------------
def pages() -> Iterator[tuple[str, list[str], str, str]]:
    """(label, reports, cut as `by` or `by/of`, path)."""
    from hub.adoption.menu import WITHIN
    from hub.adoption.reports import REPORTS
    from hub.people.models import JobFamily, Site

    yield "overview", list(REPORTS), "", "/adoption/"
    for name, report in REPORTS.items():
        for by in report.cuts:
            yield f"{name} by {by}", [name], by, f"/adoption/{name}/?by={by}"
    units = {"site": Site.objects.first().pk, "team": 1, "family": JobFamily.objects.first().pk}
    for kind, cuts in WITHIN.items():
        for by in cuts:
            of = f"{kind}-{units[kind]}"
            yield (
                f"attendance by {by} of {of}",
                ["attendance"],
                f"{by}/{of}",
                f"/adoption/attendance/?by={by}&of={of}",
            )


def rows_of(reports: list[str], cut: str, scope: list[int]) -> dict[type, set[int]]:
    """Keys of the rows that the page needs: the menu's own words, counted without asking the page."""
    from hub.adoption.menu import Selection, overview_of
    from hub.adoption.reading import PARTS
    from hub.adoption.reports import REPORTS
    from hub.disclosure.grouping import Part
    from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup

    keys: dict[type, set[int]] = {model: set() for model in (FrozenWeek, Release, WeekGroup, ReleasedCell)}
    for name in reports:
        report = REPORTS[name]
        by, _slash, of = cut.partition("/")
        selection = Selection(by, 12, of) if cut else overview_of(report)
        unit = selection.unit
        is_by_week = selection.by in ("week", "cohort")
        groups = WeekGroup.objects.filter(
            entity_id__in=scope, part__in=PARTS[selection.by, unit[0] if unit else ""]
        )
        if unit:
            second = (selection.by, unit[0]) == ("site", "family")
            groups = groups.filter(**{"second_unit_id" if second else "unit_id": unit[1]})
        for measure in report.measures:
            back = 0 if is_by_week else 12
            weeks = range(12 + back)
            if measure.is_rolling and not is_by_week:
                weeks = (0, 12)  # as it stood in the newest week of each period
            mondays = [NEWEST - timedelta(weeks=week) for week in weeks]
            releases = Release.objects.filter(report=measure.name, week__monday__in=mondays)
            cells = ReleasedCell.objects.filter(release__in=releases, group__in=groups)
            keys[Release] |= set(releases.values_list("pk", flat=True))
            keys[ReleasedCell] |= set(cells.values_list("pk", flat=True))
            keys[WeekGroup] |= set(groups.filter(week__monday__in=mondays).values_list("pk", flat=True))
            keys[FrozenWeek] |= set(releases.values_list("week", flat=True))
    if not cut:  # of what is worth a look
        for name in ("attendance", "active-week"):
            mondays = [NEWEST - timedelta(weeks=week) for week in range(4)]
            named = WeekGroup.objects.filter(
                week__monday__in=mondays, part__in=[Part.SITE, Part.FAMILY, Part.TEAM]
            )
            cells = ReleasedCell.objects.filter(release__report=name, group__in=named)
            keys[ReleasedCell] |= set(cells.values_list("pk", flat=True))
            keys[WeekGroup] |= set(cells.values_list("group", flat=True))
    else:  # the units to choose from
        named = WeekGroup.objects.filter(week__monday=NEWEST, part__in=[Part.SITE, Part.FAMILY])
        keys[WeekGroup] |= set(named.values_list("pk", flat=True))
    return keys


def measure(rounds: int, bars: Bars, which: str = "") -> None:
    from django.test import Client, override_settings

    from hub.people.models import LegalEntity
    from tests.bench import bare_rows_urls
    from tests.bench.pages import count_queries

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(hr())
    scope = list(LegalEntity.objects.values_list("pk", flat=True))
    print(
        f"{'':<34}{'rows':>9}{'page p50':>10}{'p95':>8}{'bare p50':>10}{'p95':>8}{'ratio':>7}{'queries':>9}{'kB':>7}"
    )
    for label, reports, cut, path in pages():
        if not re.search(which, label):
            continue
        bare_rows_urls.keys = rows_of(reports, cut, scope)
        with override_settings(ROOT_URLCONF="tests.bench.bare_rows_urls"):
            own, bare = timed(rounds, partial(client.get, path), partial(client.get, "/bare/rows/"))
            size = len(client.get(path).content)
            queries = count_queries(partial(client.get, path))
        ratio = percentile(own, 0.95) / percentile(bare, 0.95)
        rows = sum(map(len, bare_rows_urls.keys.values()))
        both = "".join(
            f"{percentile(each, 0.5):>10.1f}{percentile(each, 0.95):>8.1f}" for each in (own, bare)
        )
        print(f"{label:<34}{rows:>9,}{both}{ratio:>7.2f}{queries:>9}{size / 1000:>7.0f}", flush=True)
        bars.hold(f"{label} against the bare view", ratio, RATIO)
        bars.hold(f"bytes of {label}", size, PAGE_BYTES)


def timed(rounds: int, *calls: Callable) -> list[list[float]]:
    """Seconds of each call, in turns: what else the machine does meets both alike."""
    seconds: list[list[float]] = [[] for _call in calls]
    enough = time.perf_counter() + SECONDS
    for number in range(rounds + 1):
        if number > FEWEST and time.perf_counter() > enough:
            break
        for call, found in zip(calls, seconds, strict=True):
            started = time.perf_counter()
            response = call()
            taken = time.perf_counter() - started
            assert response.status_code == 200, response.content[:500]
            if number:  # the first warms up
                found.append(taken)
    return seconds


def hr() -> object:
    """HR of both companies, in a team of the first."""
    from hub.people.models import LegalEntity, RoleGrant
    from tests.factories import make_team, make_user

    user = make_user("Hanna", team=make_team("HR", entity="Company 0"))
    for entity in LegalEntity.objects.all():
        RoleGrant.objects.get_or_create(user=user, role="hr", legal_entity=entity)
    return user


if __name__ == "__main__":
    main()
