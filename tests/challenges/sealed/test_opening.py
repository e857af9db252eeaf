"""A large bet is opened by a worker; until then it is sealed, and nothing happens twice."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests.models import Challenge, PublishedStanding
from challenges.sealed import deciding, opening, show
from challenges.sealed.models import Opening, Show
from hub.refusals import Refusal
from tests.factories import close, make_challenge, make_claim, make_entry


@pytest.fixture
def bet(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Challenge:
    """Closed, with two verified claims, which is one more than are opened at once."""
    monkeypatch.setattr(opening, "AT_ONCE", 1)
    monkeypatch.setattr(opening, "send", lambda *_args: None)
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    entry = make_entry(bet, cast.carl)
    for position in (0, 1):
        deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    return close(bet)


def test_a_worker_opens_it_and_pages_say_so_until_then(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge
) -> None:
    ruth, review = sign_in(cast.ruth), f"/challenges/{bet.pk}/review/"
    assert ruth.post(f"/challenges/{bet.pk}/reveal/").status_code == 302
    bet.refresh_from_db()
    assert bet.phase() == "revealing"
    page = ruth.get(review).content.decode()
    assert "Das Siegel wird gerade geöffnet" in page
    assert "/reveal/" not in page
    assert not PublishedStanding.objects.exists()
    assert api(cast.ruth).post(f"/api/v1/challenges/{bet.pk}/reveal/").status_code == 202
    assert api(cast.otto).get(f"/api/v1/challenges/{bet.pk}/standings/").status_code == 409
    with pytest.raises(Refusal, match="opening"):
        show.start(challenge=bet, referee=cast.ruth)
    row = Opening.objects.get()
    assert opening.wake_openings(timezone.now()) == 1
    assert opening.work(row.pk)
    assert not opening.work(row.pk), "once"
    bet.refresh_from_db()
    assert bet.phase() == "revealed"
    assert PublishedStanding.objects.get().net == 2
    assert opening.wake_openings(timezone.now()) == 0


def test_the_last_press_of_the_show_leaves_it_to_the_worker(cast: SimpleNamespace, bet: Challenge) -> None:
    shown = show.start(challenge=bet, referee=cast.ruth)
    for position in range(len(shown.steps)):
        shown = show.go_to(show=shown, position=position, by=cast.ruth)
    bet.refresh_from_db()
    assert (bet.phase(), Show.objects.get().ended_at is not None) == ("revealing", True)
    assert deciding.is_shown(bet), "hours stand still until it is open"
    assert opening.work(Opening.objects.get().pk)
    assert Challenge.objects.get().is_revealed


def test_a_worker_that_fails_leaves_it_sealed_for_the_next_one(
    cast: SimpleNamespace, bet: Challenge, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.open_seal(challenge=bet, referee=cast.ruth)
    monkeypatch.setattr(opening, "reveal", lambda **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opening.work(Opening.objects.get().pk)
    assert not PublishedStanding.objects.exists()
    assert opening.wake_openings(timezone.now()) == 1
