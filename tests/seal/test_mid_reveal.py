"""In the middle of a reveal: two worlds that differ only in what the screen has not shown yet look the same to
everybody but whoever they differ in and the referee, on pages and by the API. Few pages, asked for once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from challenges.contests.models import Challenge, Claim, Entry
from challenges.sealed import deciding, show
from challenges.sealed.counting import count
from challenges.sealed.models import Show
from challenges.sealed.show_views import shared_sections
from hub.people.tokens import create_token
from tests.factories import close, make_challenge, make_claim, make_entry, make_process
from tests.seal.crawler import Crawler, Walk, differences
from tests.seal.forms import Bodies
from tests.seal.normal import Normal
from tests.seal.routes import Samples, known_ids, routes

OF_BETS = (
    "contests:",
    "sealed:",
    "api:challenge",
    "api:claim",
    "api:entr",
    "processes:detail",
    "notices:inbox",
)
# The contestant between whom and the rival the winner is decided, and a stranger who referees elsewhere.
WATCHING = ("bertha", "selma")
SHOWN = ["opening", "place", "place"]  # the last two places, Emma and Hanna


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    """Emma 0, Hanna 1, Bertha 3, with hours; Carl has entered, and each world has claims of his own."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="Winterwette")
    for user, steps in ((cast.emma, 0), (cast.hanna, 1), (cast.bertha, 3), (cast.carl, 0)):
        entry = make_entry(bet, user, make_process(user, steps=8, cases_per_week=10))
        for position in range(steps):
            confirmed(cast, entry, position, 20.0)
    return bet


def confirmed(cast: SimpleNamespace, entry: Entry, position: int, minutes: float) -> Claim:
    claim = make_claim(entry, position, before_minutes=minutes, after_minutes=0)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    return deciding.decide_hours(claim=claim, controller=cast.viktor, saved_minutes=minutes)


@contextmanager
def world(bet: Challenge, cast: SimpleNamespace, *, steps: int, minutes: float) -> Iterator[Show]:
    """The rival is second with two steps, or first with five; the reveal has begun. Undone afterwards."""
    cache.clear()
    marker = transaction.savepoint()
    entry = Entry.objects.select_related("challenge", "process").get(challenge=bet, contestant=cast.carl)
    try:
        for position in range(steps):
            confirmed(cast, entry, position, minutes)
        closed = close(Challenge.objects.get(pk=bet.pk))
        count(challenge=closed, referee=cast.ruth)
        yield show.start(challenge=closed, referee=cast.ruth)
    finally:
        transaction.savepoint_rollback(marker)
        cache.clear()


def walks(bet: Challenge, cast: SimpleNamespace, crawler: Crawler, found: Show) -> dict[str, Walk]:
    """By where the reveal stands and who looks: where all of SHOWN is shown, and when it is interrupted there."""
    for position in range(len(SHOWN)):
        found = show.go_to(show=found, position=position, by=cast.ruth)
        assert found.position == position
    seen = look(bet, cast, crawler, WATCHING, "shown")
    show.interrupt(show=found, by=cast.ruth)
    return seen | look(bet, cast, crawler, WATCHING[:1], "interrupted")


def look(
    bet: Challenge, cast: SimpleNamespace, crawler: Crawler, who: Sequence[str], where: str
) -> dict[str, Walk]:
    found = {
        f"{where} stream": {language: str(texts) for language, texts in shared_sections(bet.pk, None).items()}
    }
    for name in who:
        user = getattr(cast, name)
        found[f"{where} {name}"] = crawler.read(user, create_token(user=user), follows=False)
    return found


def test_in_the_middle_of_a_reveal_nobody_can_tell_what_was_not_shown(
    cast: SimpleNamespace, bet: Challenge
) -> None:
    samples = Samples(
        {
            "challenge": [bet.pk],
            "entry": [entry.pk for entry in bet.entries.order_by("-entered_at")],
            "process": [entry.process_id for entry in bet.entries.order_by("-entered_at")],
            "claim": list(Claim._base_manager.values_list("pk", flat=True)[:1]),
        }
    )
    near = [route for route in routes() if route.name.startswith(OF_BETS)]
    crawler = Crawler(near, samples, Bodies({"paths": {}}, samples), Normal(known_ids()))
    screens = [route for route in near if route.name in ("sealed:screen", "api:challenge-show")]
    screen = Crawler(screens, samples, Bodies({"paths": {}}, samples), Normal(known_ids()))
    with time_machine.travel(timezone.now(), tick=False):
        seen, later, kinds = [], [], []
        for steps, minutes in ((2, 10.0), (5, 35.5)):
            with world(bet, cast, steps=steps, minutes=minutes) as found:
                kinds.append([step["kind"] for step in found.steps])
                seen.append(walks(bet, cast, crawler, found))
            with world(bet, cast, steps=steps, minutes=minutes) as found:
                for position in range(len(SHOWN) + 1):
                    found = show.go_to(show=found, position=position, by=cast.ruth)
                later.append(screen.read(cast.selma, create_token(user=cast.selma), follows=False))
    assert kinds[0] == kinds[1]
    assert kinds[0][: len(SHOWN)] == SHOWN
    assert seen[0].keys() == seen[1].keys()
    for where in seen[0]:
        found = differences(seen[0][where], seen[1][where])
        assert not found, (where, found)
    asked = seen[0]["shown selma"]
    assert sum(answer.status == 200 for answer in asked.values()) > 20
    page, program = f"get /challenges/{bet.pk}/screen/", f"get /api/v1/challenges/{bet.pk}/show/"
    assert "Hanna" in asked[page].body
    assert "Hanna" in asked[program].body
    assert {page, program} <= differences(*later).keys(), "one step further they differ"
