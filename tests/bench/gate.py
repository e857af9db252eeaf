"""The gate against a plain group-by of the same rows: deciding a week's groups, and how cost grows.

`python -m tests.bench.gate [people ...]`. Teams of an invented company hold about ninety people, a tenth of them
fewer than ten, so that there is something to hide; each team is at one of sixty sites of twelve legal entities.
"""

import sys
import time
from collections import Counter
from random import Random

from hub.disclosure.grouping import Part, Place, groups_of


def company(people: int) -> list[Place]:
    random = Random(1888)
    places: list[Place] = []
    team = 0
    while len(places) < people:
        size = random.randint(1, 9) if random.random() < 0.1 else random.randint(10, 180)
        place = Place(team, random.randrange(60), random.randrange(12))
        places += [place] * min(size, people - len(places))
        team += 1
    random.shuffle(places)
    return places


def counted(places: list[Place]) -> int:
    """What a report without a gate would do."""
    totals, sites, teams = Counter(), Counter(), Counter()
    for place in places:
        totals[place.entity] += 1
        sites[place.entity, place.site] += 1
        teams[place.entity, place.team] += 1
    return len(totals) + len(sites) + len(teams)


def measure(people: int) -> None:
    places = company(people)
    started = time.perf_counter()
    counted(places)
    plain = time.perf_counter() - started
    started = time.perf_counter()
    groups = groups_of(places)
    gate = time.perf_counter() - started
    teams = [group for group in groups if group.part is Part.TEAM]
    shown = sum(not group.reason for group in teams)
    print(
        f"{people:>9,}{len(teams):>8,}{shown / len(teams):>9.1%}{plain:>12.3f}{gate:>10.3f}{gate / plain:>8.1f}"
    )


def main() -> None:
    print(f"{'people':>9}{'teams':>8}{'shown':>9}{'group-by s':>12}{'gate s':>10}{'ratio':>8}")
    for people in [int(argument) for argument in sys.argv[1:]] or [1_750, 17_500, 175_000]:
        measure(people)


if __name__ == "__main__":
    main()
