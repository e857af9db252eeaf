"""The twenty-two ways by which a sealed board has leaked elsewhere (contest systems' own reports), one case each.

What the two-worlds crawler finds by walking everything stands here by name, small and fast.
"""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils import timezone

from challenges.contests import claiming
from challenges.contests.all_claims import all_claims, all_files
from challenges.contests.facts import eliminations_revealed_between
from challenges.contests.models import Challenge, Claim, Entry
from challenges.processes.models import Process
from challenges.sealed import counting, deciding, show
from challenges.sealed.commitments import commit, verify
from challenges.sealed.models import Commitment
from challenges.sealed.show_views import shared_sections
from hub.audit.models import AuditEntry
from hub.notices.models import Delivery, Notice
from hub.points.models import BadgeAward, PointEntry
from tests.factories import close, make_challenge, make_claim, make_entry, make_process

PASSING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|nonce="[^"]*"|<(strong|h1) data-clock.*?</\1>',
    re.DOTALL,
)
SECRET = "Quastenflosser schreiben die Rechnung"


@pytest.fixture
def bet(cast: Any) -> Challenge:
    """Bertha looks, Carl is the rival; she has a claim of her own, both stand on processes of six steps."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="Winterwette")
    make_claim(make_entry(bet, cast.bertha, make_process(cast.bertha, steps=6)))
    make_entry(bet, cast.carl, make_process(cast.carl, steps=6))
    return bet


@pytest.fixture
def rival(bet: Challenge, cast: Any) -> Callable[[], Entry]:
    """What the rival does: claims of every kind, decided and not, withdrawn, with files, looks and hours."""

    def act() -> Entry:
        entry = Entry.objects.select_related("challenge", "process").get(challenge=bet, contestant=cast.carl)
        made = [make_claim(entry, n, method=SECRET, before_minutes=30, after_minutes=5) for n in range(5)]
        claiming.add_file(claim=made[0], entry=entry, file=SimpleUploadedFile("carl.txt", b"Carl"))
        deciding.look(challenge=bet, user=cast.ruth)
        for claim in made[:3]:
            deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
        deciding.decide(claim=made[3], referee=cast.ruth, is_confirmed=False, reason="Zu kurz")
        claiming.withdraw(claim=made[4], entry=entry)
        make_claim(entry, 5, is_draft=True)
        return entry

    return act


@pytest.fixture
def watch(cast: Any, sign_in: Any, api: Any, rival: Callable) -> Callable[..., None]:
    """`watch(path, ...)`: what three people see there is the same before and after the rival's acts."""

    def unchanged(*paths: str) -> None:
        pages = {person: sign_in(person) for person in (cast.bertha, cast.emma, cast.ada)}
        programs = {person: api(person) for person in pages}

        def seen() -> list[tuple[int, str, dict[str, str]]]:
            found = []
            for person, page in pages.items():
                for path in paths:
                    answer = (programs[person] if path.startswith("/api/") else page).get(path)
                    names = ("ETag", "Last-Modified", "Cache-Control")
                    headers = {name: answer[name] for name in names if answer.has_header(name)}
                    text = PASSING.sub("", answer.content.decode())
                    found.append((answer.status_code, text, headers))
            return found

        before = seen()
        rival()
        assert seen() == before

    return unchanged


def test_01_other_routes_of_the_api_and_their_parameters(bet: Challenge, watch: Callable) -> None:
    base = "/api/v1/challenges/"
    queries = ("", "?ordering=-updated_at", "?search=Quastenflosser", "?status=open", "?page=1")
    watch(
        *(f"{base}{query}" for query in queries), f"{base}{bet.pk}/", f"{base}{bet.pk}/entries/?ordering=-net"
    )


def test_02_counts_and_badges_in_the_frame_of_a_page(watch: Callable) -> None:
    watch("/", "/inbox/", "/challenges/")


def test_03_the_order_of_any_list(bet: Challenge, watch: Callable) -> None:
    watch(
        f"/challenges/{bet.pk}/entries/",
        "/challenges/",
        "/processes/",
        f"/api/v1/challenges/{bet.pk}/entries/",
    )


def test_04_totals_status_codes_and_freshness(
    bet: Challenge, cast: Any, sign_in: Any, api: Any, rival: Callable
) -> None:
    entry = rival()
    theirs = all_claims(bet).filter(entry=entry).first().pk
    client, program = sign_in(cast.bertha), api(cast.bertha)
    for path in ("withdraw/", "hand-in/", "appeal/", ""):
        there = client.post(f"/challenges/claims/{theirs}/{path}")
        missing = client.post(f"/challenges/claims/{bet.pk}/{path}")
        assert (there.status_code, len(there.content)) == (missing.status_code, len(missing.content))
    assert program.post(f"/api/v1/claims/{theirs}/verify/").status_code == 403
    assert program.post(f"/api/v1/claims/{bet.pk}/verify/").status_code == 403


def test_05_notices_mails_and_digests(bet: Challenge, cast: Any, rival: Callable) -> None:
    rival()
    # Controllers see verified claims with hours, so they are told that some wait.
    insiders = [cast.carl.pk, cast.ruth.pk, *deciding.controllers_of(bet)]
    assert cast.bertha.pk not in insiders
    own = Notice.objects.filter(user=cast.bertha)
    assert not Notice.objects.exclude(user__in=insiders).exclude(pk__in=own.values("pk")).exists()
    assert not own.exists()
    assert not Delivery.objects.exclude(user__in=insiders).exists()


def test_06_times_ids_and_file_names(bet: Challenge, rival: Callable) -> None:
    rival()
    assert {claim.pk.version for claim in all_claims(bet)} == {4}
    for file in all_files(bet):
        assert re.fullmatch(r"evidence/[0-9a-f]{32}", file.file.name)
    assert not [field.name for field in Challenge._meta.fields if field.name in {"updated_at", "modified"}]


def test_07_points_totals_levels_and_badges(cast: Any, rival: Callable, watch: Callable) -> None:
    watch("/leaderboard/", "/me/", "/api/v1/me/", "/api/v1/leaderboards/teams/", "/api/v1/badges/")
    assert not PointEntry.objects.of(cast.carl).exists()
    assert not BadgeAward.objects.filter(subject_key=cast.carl.subject_key).exists()


def test_08_derived_values(rival: Callable) -> None:
    rival()
    now = timezone.now()
    assert eliminations_revealed_between(now - timedelta(days=9), now + timedelta(days=9)) == {}


def test_09_there_are_no_admin_pages() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not [p for p in get_resolver().url_patterns if str(p.pattern).startswith("admin")]


def test_10_sheets_and_exports(cast: Any, watch: Callable) -> None:
    watch("/api/v1/points/", "/api/v1/me/", "/me/")


def test_11_caches_hold_nothing_of_a_sealed_bet(
    bet: Challenge, cast: Any, sign_in: Any, rival: Callable
) -> None:
    cache.clear()
    rival()
    for path in ("", "standings/", "screen/", "seal/"):
        answer = sign_in(cast.bertha).get(f"/challenges/{bet.pk}/{path}")
        assert "no-store" in answer["Cache-Control"]
    assert not [key for key in getattr(cache, "_cache", {}) if "standings:" in key]


def test_12_events_of_streams_even_empty_ones(bet: Challenge, rival: Callable) -> None:
    before = shared_sections(bet.pk, None)
    rival()
    assert shared_sections(bet.pk, None) == before


def test_13_no_sum_from_which_ones_own_part_can_be_taken_away(
    bet: Challenge, cast: Any, api: Any, rival: Callable
) -> None:
    rival()
    body = api(cast.bertha).get(f"/api/v1/challenges/{bet.pk}/claims/").json()
    counts = {"confirmed": 0, "waiting": 1, "refused": 0, "drafts": 0, "baseline": 6}
    hours = dict.fromkeys(("hours_low", "hours_mid", "hours_high"), 0)
    assert body["tally"] == {**counts, "executed_before": 6, "executed_after": 6, **hours}
    assert "SealedStanding" not in str(Challenge._meta.related_objects)


def test_14_queues_of_reviewers_and_where_evidence_lies(
    bet: Challenge, cast: Any, sign_in: Any, api: Any, rival: Callable
) -> None:
    entry = rival()
    file = all_files(bet).get()
    for person in (cast.bertha, cast.emma, cast.ada, cast.farid):
        client = sign_in(person)
        for path in (f"/challenges/{bet.pk}/review/", "/challenges/hours/", f"/media/{file.file.name}"):
            assert client.get(path).status_code in {403, 404}
        assert api(person).get(f"/api/v1/challenges/{bet.pk}/review/").status_code == 403
        claim = all_claims(bet).filter(entry=entry).first()
        assert client.get(f"/challenges/claims/{claim.pk}/evidence/{file.pk}/").status_code == 403


def test_15_stories_search_and_feeds(watch: Callable) -> None:
    watch(
        "/search/?q=Quastenflosser",
        "/api/v1/search/?q=Quastenflosser",
        "/stories/",
        "/search/?q=Zusammenfassung",
    )


def test_16_logs_and_measures(
    bet: Challenge, cast: Any, rival: Callable, caplog: pytest.LogCaptureFixture, client: Any
) -> None:
    with caplog.at_level(logging.DEBUG):
        rival()
    told = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert SECRET not in told
    assert cast.carl.email not in told
    answer = client.get("/metrics")
    assert cast.carl.email not in answer.content.decode()


def test_17_no_hint_of_ones_own_place(bet: Challenge, cast: Any, sign_in: Any, rival: Callable) -> None:
    rival()
    page = sign_in(cast.bertha).get(f"/challenges/{bet.pk}/").content.decode()
    assert "standing-rank" not in page
    assert "Dein Platz" not in page


def test_18_the_library_of_processes(bet: Challenge, cast: Any, watch: Callable) -> None:
    process = Process.objects.get(owner=cast.carl)
    entry = bet.entries.get(contestant=cast.carl)
    watch(
        f"/processes/{process.pk}/",
        f"/api/v1/processes/{process.pk}/",
        f"/challenges/entries/{entry.pk}/",
        "/processes/",
    )


def test_19_nobody_looks_as_somebody_else() -> None:
    names = re.compile("impersonat|hijack|sudo|view-as|become")
    assert not [p for p in get_resolver().reverse_dict if isinstance(p, str) and names.search(p)]
    assert not [str(p.pattern) for p in get_resolver().url_patterns if names.search(str(p.pattern))]


def test_20_the_reveal_itself(bet: Challenge, cast: Any, sign_in: Any, rival: Callable) -> None:
    rival()
    Challenge.objects.filter(pk=bet.pk).update(pending_rule="drop")
    bet.refresh_from_db()
    show.start(challenge=close(bet), referee=cast.ruth)
    page = sign_in(cast.bertha).get(f"/challenges/{bet.pk}/screen/").content.decode()
    assert "Carl" not in page
    assert not re.search(r'class="show-net"', page)
    assert (
        sign_in(cast.bertha).get(f"/challenges/{bet.pk}/standings/").content.decode().count("standing-rank")
        == 0
    )


def test_21_withdrawn_and_discarded_claims(bet: Challenge, cast: Any, sign_in: Any, rival: Callable) -> None:
    entry = rival()
    gone = Claim.State.WITHDRAWN
    assert all_claims(bet).filter(entry=entry, state=gone).count() == 1
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/").content.decode()
    assert page.count("Schritt 5") == 0, "not even the referee is shown what was withdrawn"
    assert not AuditEntry.objects.filter(object_type="claim").exists()


def test_22_what_is_decided_after_the_close_follows_the_published_rule(
    bet: Challenge, cast: Any, rival: Callable
) -> None:
    rival()
    own = all_claims(bet).get(entry__contestant=cast.bertha)
    commit(close(bet))
    deciding.decide(claim=own, referee=cast.ruth, is_confirmed=True)
    late = Claim(entry=own.entry, method="zu spät", evidence="-", claimed_at=timezone.now(), state="verified")
    Claim._base_manager.bulk_create([late])
    counting.count(challenge=bet, referee=cast.ruth)
    faults = verify(Commitment.objects.get()).faults
    assert faults == (f"claim {late.pk} was not there when the bet closed",)
