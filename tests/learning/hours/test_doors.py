"""The door of an hour: as exact as `visible_to`, and never older than a second."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from hub.people.models import Site, User
from learning.hours import doors
from learning.hours.models import CodeAttempt, StudySession
from tests.factories import code_of, make_session, make_team


def test_one_hour_is_for_the_same_people_as_all_are_visible_to(cast: Any) -> None:
    elsewhere = Site.objects.create(name="Wien", country="AT")
    inner = make_team("Innen", parent=cast.emma.team)
    User.objects.filter(pk=cast.otto.pk).update(team=None)
    User.objects.filter(pk=cast.hanna.pk).update(team=inner)
    for fields in (
        {},
        {"team": cast.emma.team},
        {"team": inner},
        {"site": cast.emma.team.site},
        {"site": elsewhere},
        {"team": inner, "deputy": cast.otto},
    ):
        make_session(cast.farid, **fields)
    for person in User.objects.select_related("team"):
        seen = set(StudySession.objects.visible_to(person))
        assert {session for session in StudySession.objects.all() if session.is_for(person)} == seen


def test_pressing_takes_three_queries_once_the_door_was_read(
    cast: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    session = make_session(cast.farid)
    body = {"code": code_of(session)}
    sign_in(cast.hanna).post(f"/hours/{session.pk}/check-in/", body)
    press = sign_in(cast.emma)
    with django_assert_max_num_queries(2):  # session with person, INSERT
        assert press.post(f"/hours/{session.pk}/check-in/", body).status_code == 302


def test_what_another_process_changed_counts_after_a_second(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, now = make_session(cast.farid), timezone.now()
    assert not doors.door_for(cast.emma, session.pk, now).locked
    # `update` sends no signal, as another process would send none to this one.
    StudySession.objects.filter(pk=session.pk).update(status="cancelled")
    attempts = CodeAttempt(session=session, user=cast.emma, wrong=8, last_at=now - timedelta(minutes=1))
    CodeAttempt.objects.bulk_create([attempts])
    assert not doors.door_for(cast.emma, session.pk, now).session.is_cancelled
    monkeypatch.setattr(doors, "LASTS_SECONDS", -1.0)
    later = doors.door_for(cast.emma, session.pk, now)
    assert (later.session.is_cancelled, set(later.locked)) == (True, {cast.emma.pk})


def test_what_this_process_changed_counts_at_once(cast: Any) -> None:
    session, now = make_session(cast.farid), timezone.now()
    doors.door_for(cast.emma, session.pk, now)
    session.team = cast.otto.team
    session.save()
    with pytest.raises(Http404):
        doors.door_for(cast.emma, session.pk, now)
