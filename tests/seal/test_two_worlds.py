"""Law 1: two worlds that differ only in a rival's claims look the same to everybody but the rival and the referee."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import unified_diff
from http import HTTPStatus
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker
from rest_framework.throttling import SimpleRateThrottle

from challenges.contests.all_claims import all_claims
from challenges.pilots.deciding import plan_rollout
from challenges.processes.models import Lane
from challenges.usecases.models import Comment
from hub.celery import app
from hub.core_time.models import Measurement
from hub.drops.models import Drop
from hub.embeds.models import EmbedOrigin
from hub.notices.models import Notice
from hub.nudges.models import Tip
from hub.people.demo import DEMO_DOMAIN
from hub.people.models import User
from hub.people.tokens import create_token
from hub.schedule import SCHEDULE
from hub.stories.models import Hatpin
from hub.today import passages, search
from hub.today.found import Asked, Results, Row
from hub.trials.models import Trial
from learning.hours.models import StudySession
from tests.factories import (
    make_measurement,
    make_nudge_id,
    make_pilot,
    make_saved_view,
    make_statement_key,
    make_tip,
    make_trial,
    make_tried,
)
from tests.seal.crawler import Crawler, Walk, addresses_in, differences, mails_to
from tests.seal.forms import Bodies
from tests.seal.normal import Normal
from tests.seal.routes import Route, Samples, known_ids, routes
from tests.seal.worlds import (
    CONTROLLER,
    REFEREE,
    RIVAL,
    RIVAL_CLAIMS,
    SECOND_REFEREE,
    SEEN_AT,
    START,
    VIEWERS,
    Base,
    person,
    world,
)

pytestmark = pytest.mark.django_db

Worlds = tuple[Walk, Walk]
CHANGES_ON_POSTGRES = "ada.miller"  # who runs the site may most


def viewers() -> tuple[str, ...]:
    """Some on SQLite, the others on PostgreSQL, which has less to run: a run on both walks as each kind of person.

    The colleague takes part as the contestant does, and is walked as without signing in and in the mails.
    """
    walked = [viewer for viewer in VIEWERS if viewer != "emma.lindner"]
    return tuple(walked[:2] if connection.vendor == "sqlite" else walked[2:])


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Base]:
    """The base takes longer to build than most walks: once a process, in a transaction around all its tests."""
    was_eager = app.conf.task_always_eager
    app.conf.task_always_eager = True
    with django_db_blocker.unblock(), transaction.atomic():
        yield Base()
        transaction.set_rollback(True)
    app.conf.task_always_eager = was_eager


@pytest.fixture
def _django_db_helper(built: Base) -> None:
    """In place of pytest-django's own, which would close the connection and the transaction with it."""


@pytest.fixture
def base(built: Base, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    # A search that ends by the clock would say how busy the machine is.
    monkeypatch.setattr(passages, "MOST_SECONDS", 60.0)
    # A walk asks more in its one frozen minute than a person may; "too many" would hide every answer after that.
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"user": None})
    # What is off by default is there to be walked too; nobody listens at that port.
    for kind in ("CHAT", "SPEECH", "TRANSCRIPTION"):
        setattr(settings, f"AI_{kind}_URL", "http://127.0.0.1:9/v1")
        setattr(settings, f"AI_{kind}_MODEL", "none")
    marker = transaction.savepoint()
    yield built
    transaction.savepoint_rollback(marker)


def crawler_of(base: Base, found: list[Route], viewer: str) -> tuple[Crawler, str]:
    user = person(viewer)
    token = create_token(user=user)
    process = base.processes.get(user.pk) or next(iter(base.processes.values()))
    extra = {
        "claim": [
            RIVAL_CLAIMS[0],
            RIVAL_CLAIMS[5],
            RIVAL_CLAIMS[15],
            base.filed,
            *own_claim_ids(base, viewer)[:1],
        ],
        "show": [base.rehearsal],
        "challenge": [bet.pk for bet in base.bets],
        "entry": entries_of_both(base),
        "step": [process.steps.get(position=5).pk],
        "process": [process.pk],
        "lane": [Lane.objects.get_or_create(process=process, name="Kasse", defaults={"person": user})[0].pk],
        "comparison": base.compared,
        "notebook": [base.removed.notebook_id],
        "source": [*base.kept, base.removed.pk],
        "embedorigin": [EmbedOrigin.objects.get_or_create(origin="https://intranet.example.com")[0].pk],
        # No page offers a tip while the hour of the demo runs.
        "nudge": [
            make_nudge_id(user, Tip.objects.filter(is_active=True).first(), SEEN_AT),
            make_tried(user, days_ago=20).pk,
        ],
        "usecasecomment": list(Comment.objects.values_list("pk", flat=True)[:2]),
        "solvedhatpin": [solved_hatpin().pk],
        "drop": [Drop.objects.published().first().pk],
        **pilots_of(user),
        "team": [user.team_id],
        "measurement": [measurement_of(user)],
        "channel": ["mail"],
        "name": ["attendance"],
        "savedview": [make_saved_view(user).pk],
        "statementkey": [make_statement_key(person("hanna.weiss")).pk],
        "trial": [trial.pk for trial in trials_of_nobody()],
        "destination": [one.public_id for one in user.destinations.all()],
        **base.studied,
    }
    schema = json.loads(Client().get("/api/v1/schema/", headers={"Accept": "application/json"}).content)
    samples = Samples(extra)
    known = known_ids() | {str(pk) for pk in RIVAL_CLAIMS}
    return Crawler(found, samples, Bodies(schema, samples), Normal(known)), token


def measurement_of(user: User) -> UUID:
    """One that the person's team is in; with an id of its own, as its days are drawn from that."""
    pk = UUID(int=1888 + user.team_id)
    running = Measurement.objects.open().filter(team=user.team_id).first()
    return (running or make_measurement(user.team, pk=pk)).pk


def solved_hatpin() -> Hatpin:
    """Of an hour to which everybody was invited."""
    hour = StudySession.objects.visible_to(person("otto")).held().past(SEEN_AT)[0]
    text = "Die Vorlage wird nicht gefunden."
    return Hatpin.objects.create(place=f"hours:{hour.pk}", kind="stuck", text=text, solved_at=SEEN_AT)


def pilots_of(user: User) -> dict[str, list[object]]:
    """One's own draft, one that runs and one that was scaled, with what hangs on them."""
    draft, runs, scaled = (make_pilot(user, state=state) for state in ("draft", "running", "scaled"))
    return {
        "pilot": [one.pk for one in (draft, runs, scaled)],
        "criterion": [one.criteria.get().pk for one in (draft, runs)],
        "rolloutitem": [plan_rollout(pilot=scaled).rollout.first().pk],
    }


def entries_of_both(base: Base) -> list[object]:
    """The rival's and the viewer's own, those of the bets that differ most first: of one route only some are asked."""
    rivals, own = zip(*(bet.entries.order_by("entered_at")[:2] for bet in base.bets), strict=True)
    running, _waiting, revealed, shown, counted, interrupted = range(len(base.bets))
    first = [
        rivals[running],
        own[running],
        rivals[counted],
        rivals[interrupted],
        own[revealed],
        rivals[shown],
    ]
    return [entry.pk for entry in dict.fromkeys([*first, *own, *rivals])]


def trials_of_nobody() -> list[Trial]:
    """Of a tip out of use: they are read and cannot be started, which would draw other groups in each world.

    One of them is discarded on the walk.
    """
    return [make_trial(make_tip(is_active=False)) for _each in range(2)]


def own_claim_ids(base: Base, viewer: str) -> list[object]:
    from challenges.contests.own_claims import own_claims

    entries = [bet.entries.filter(contestant=person(viewer)).first() for bet in base.bets]
    return [claim.pk for entry in entries if entry for claim in own_claims(entry)]


def both(base: Base, viewer: str, found: list[Route]) -> Worlds:
    """On PostgreSQL one person asks for changes, at bets only; the others read. Everywhere else changes are asked
    for on SQLite, by whoever takes part and by whoever runs the bet.
    """
    crawler, token = crawler_of(base, found, viewer)
    everywhere = connection.vendor == "sqlite"
    walks = []
    for is_busy in (False, True):
        with world(base, is_busy=is_busy):
            if everywhere or viewer == CHANGES_ON_POSTGRES:
                walks.append(crawler.walk(person(viewer), token, changes_elsewhere=everywhere))
            else:
                walks.append(crawler.read(person(viewer), token))
    return walks[0], walks[1]


def report(found: dict[str, tuple[str, str]]) -> str:
    """The first few differing answers, line by line."""
    shown = []
    for key, (quiet, busy) in list(found.items())[:4]:
        lines = unified_diff(quiet.splitlines(), busy.splitlines(), "quiet", "busy", lineterm="", n=0)
        shown.append("\n".join([key, *(line[:400] for line in list(lines)[:20])]))
    return f"{len(found)} answers differ\n" + "\n\n".join(shown)


@pytest.mark.parametrize("viewer", viewers())
def test_nobody_can_tell_the_two_worlds_apart(viewer: str, base: Base) -> None:
    quiet, busy = both(base, viewer, routes())
    found = differences(quiet, busy)
    assert not found, report(found)
    assert len(quiet) > 300
    answered = {key.split(" ")[1] for key, answer in quiet.items() if answer.status < 400}
    assert len(answered) > 40
    assert not [key for key, answer in quiet.items() if answer.status == HTTPStatus.TOO_MANY_REQUESTS]


# What the role is there for; everything else must be alike. A controller confirms the hours of verified claims,
# a referee reads all claims.
OF_A_CLAIM = "/challenges/claims/[0-9a-f-]{36}/"
ROLE_SEES = {
    CONTROLLER: rf"/challenges/hours/|/api/v1/claims/hours/|{OF_A_CLAIM}(hours|compared|evidence)/",
    SECOND_REFEREE: rf"/challenges/[0-9a-f-]{{36}}/review/|{OF_A_CLAIM}(verify|compared|evidence)/",
}
# What is told to do that work stands in the inbox, whose number stands on every page.
WORK_WAITS = ("hours_wait", "claim_waits")


@pytest.mark.one_database
@pytest.mark.parametrize("viewer", ROLE_SEES)
def test_a_role_behind_the_seal_sees_its_own_work_and_nothing_else(viewer: str, base: Base) -> None:
    """Only looked at, not changed: whatever they change is their work, and walking it takes minutes."""
    crawler, token = crawler_of(base, routes(), viewer)
    walks = []
    for is_busy in (False, True):
        with world(base, is_busy=is_busy):
            Notice.objects.filter(user=person(viewer), kind__in=WORK_WAITS).delete()
            walks.append(crawler.read(person(viewer), token))
    quiet, busy = walks
    # Of many links a walk follows a number, so that links of its own work take the place of others.
    asked = quiet.keys() & busy.keys()
    found = differences({key: quiet[key] for key in asked}, {key: busy[key] for key in asked})
    work = [key for key in found if re.search(ROLE_SEES[viewer], key.split(" ")[1])]
    others = {key: pair for key, pair in found.items() if key not in work}
    assert not others, report(others)
    assert len(asked) > 300
    assert work, "the role sees what it is there for"


def reaches_every_route(base: Base) -> None:
    """For each route with an id some viewer is answered with something else than "not found": a new route whose
    rows are not found by themselves needs a sample in `crawler_of`.
    """
    left = {route for route in routes() if "<" in route.path}
    for viewer in ("farid.nassar", "bertha.ringer", REFEREE):
        crawler, token = crawler_of(base, sorted(left, key=str), viewer)
        with world(base, is_busy=False):
            left -= crawler.reached(person(viewer), token)
    assert {route.name for route in left} == REACHED_BY_MAIL


# Which addresses there are does not depend on the database: once a run on both is enough.
if connection.vendor == "sqlite":

    def test_the_walk_reaches_every_route(base: Base) -> None:
        reaches_every_route(base)


def test_without_signing_in_the_worlds_are_equal_too(base: Base) -> None:
    crawler, _token = crawler_of(base, routes(), "emma.lindner")
    walks = []
    for is_busy in (False, True):
        with world(base, is_busy=is_busy):
            walks.append(crawler.walk(None))
    found = differences(*walks)
    assert not found, report(found)


def test_mails_are_equal_too(base: Base) -> None:
    """Every periodic task runs; all that was sent to anybody but the rival and the referee is compared, and
    so is what lies behind the addresses in it, for whoever has the mail and nothing else."""
    app.loader.import_default_modules()
    watched = {f"{name}@{DEMO_DOMAIN}" for name in VIEWERS}
    known = Normal(known_ids())
    sent, reached = [], []
    for is_busy in (False, True):
        # After the hour that runs: nothing is sent into it.
        with world(base, is_busy=is_busy), time_machine.travel(START + timedelta(hours=2), tick=False):
            for entry in [*SCHEDULE.values()] * 2:
                app.tasks[entry["task"]].apply(throw=True)
            sent.append(mails_to(watched, known))
            crawler = Crawler([], Samples({}), Bodies({"paths": {}}, Samples({})), known)
            reached.append(crawler.follow(addresses_in(sent[-1])))
    assert sent[0] == sent[1]
    assert not (found := differences(*reached)), report(found)
    assert sum(map(len, sent[0].values())) >= len(watched)
    assert {resolve(key.split(" ")[1]).view_name for key in reached[0]} >= REACHED_BY_MAIL


@pytest.mark.parametrize("insider", [RIVAL, REFEREE])
def test_the_rival_and_the_referee_do_see_a_difference(insider: str, base: Base) -> None:
    """The comparison is able to fail."""
    bet = f"/challenges/{base.bets[0].pk}/"
    found = differences(
        *both(base, insider, [r for r in routes() if r.name in {"contests:detail", "sealed:review"}])
    )
    expected = bet if insider == RIVAL else f"{bet}review/"
    assert f"get {expected}" in found


# The address stands in mails only; the comparison of mails follows it.
REACHED_BY_MAIL = {"notices:unsubscribe"}

LEAKS = {
    "planted-count": "get /planted/count/",
    "planted-ordering": "get /planted/ordering/",
    "planted-freshness": "get /planted/freshness/ conditional",
    "planted-existence": f"get /planted/claims/{RIVAL_CLAIMS[0]}/",
}


@pytest.mark.one_database
def test_planted_leaks_are_found_and_nothing_else(base: Base, settings: object) -> None:
    settings.ROOT_URLCONF = "tests.seal.planted"
    found = routes("tests.seal.planted")
    near = [
        route
        for route in found
        if route.name in LEAKS or route.name.startswith(("contests:", "api:challenge"))
    ]
    leaked = differences(*both(base, "bertha.ringer", near))
    for address in LEAKS.values():
        assert address in leaked
    others = {key: pair for key, pair in leaked.items() if " /planted/" not in key}
    assert not others, report(others)


@pytest.mark.one_database
def test_a_leak_through_the_search_would_be_found(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    def claims(asked: Asked) -> Results:
        return asked.among(
            [Row(claim.entry_id, claim.method) for claim in all_claims().order_by("pk")],
            route="contests:entry",
        )

    searches = [route for route in routes() if route.name.endswith(":search")]
    quiet, busy = both(base, "bertha.ringer", searches)
    assert not differences(quiet, busy)
    assert f"/challenges/{base.bets[2].pk}/" in quiet["get /search/?q=Entschieden"].body

    monkeypatch.setattr(search, "KINDS", (*search.KINDS, search.Kind("claims", "Claims", claims)))
    leaked = differences(*both(base, "bertha.ringer", searches))
    assert {"get /search/?q=Rivale", "get /api/v1/search/?q=Rivale"} <= set(leaked)
