"""Many mails at once: one connection, each decided as if it were alone, also when one is refused or a worker dies."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.notices import mailing
from hub.notices.actions import notify, set_preferences
from hub.notices.letters import Letter, Writer, register_writer, writer_of
from hub.notices.models import Delivery
from hub.people.models import User
from tests.factories import make_session, make_user
from tests.hub.notices.conftest import WEDNESDAY, Post


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    return WEDNESDAY


def tell(*people: User) -> list[object]:
    for person in people:
        notify(
            user=person,
            kind="session_moved",
            dedupe_key=f"n{person.pk}",
            facts={"title": "X"},
            path="/hours/",
        )
    return list(Delivery.objects.order_by("pk").values_list("pk", flat=True))


def test_one_connection_few_statements_and_one_refusal_stops_nobody_else(
    post_office: Post, cast: Any, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_user("Nora") for _number in range(12)]
    ids = tell(*people, cast.emma)
    set_preferences(user=cast.emma, changes={"quiet_from": "09:00", "quiet_to": "12:00"})
    post_office.answers[people[3].email] = "550 no such mailbox"
    with django_assert_max_num_queries(40 + 11):  # and one that notes each mail taken
        mailing.deliver_mails(ids)
    assert sorted(post_office.recipients) == sorted(one.email for one in people if one != people[3])
    assert post_office.connections == 2, "the first, and one after the refusal"
    states = dict(Delivery.objects.values_list("user_id", "state"))
    assert (states.pop(people[3].pk), states.pop(cast.emma.pk)) == ("failed", "waiting")
    assert set(states.values()) == {"sent"}
    mailing.deliver_mails(ids)
    assert len(post_office.mails) == 11, "again changes nothing"


def test_two_tips_of_one_person_in_one_batch_keep_the_cap(post_office: Post, cast: Any) -> None:
    before = writer_of("tips")
    register_writer("tips", Writer(lambda row, now: Letter(title="Ein Tipp", why="So gewollt.", kind="tip")))
    try:
        set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 1})
        rows = [
            Delivery.objects.create(
                user=cast.emma,
                channel="mail",
                topic="tips",
                dedupe_key=key,
                not_before=WEDNESDAY,
                queued_at=WEDNESDAY,
            )
            for key in "ab"
        ]
        mailing.deliver_mails([row.pk for row in rows])
    finally:
        register_writer("tips", before)
    assert len(post_office.mails) == 1
    assert sorted(Delivery.objects.values_list("state", "reason")) == [("dropped", "over_cap"), ("sent", "")]


def test_a_first_one_that_is_no_longer_wanted_keeps_nobody_else_waiting(post_office: Post, cast: Any) -> None:
    nora = make_user("Nora")
    ids = tell(nora, cast.emma, cast.otto)
    Delivery.objects.filter(user=nora).update(not_before=WEDNESDAY - timedelta(minutes=1))
    User.objects.filter(pk=nora.pk).update(status=User.Status.LEFT)
    mailing.deliver_mails(ids)
    assert sorted(post_office.recipients) == sorted([cast.emma.email, cast.otto.email])
    assert dict(Delivery.objects.values_list("user_id", "state")) == {
        nora.pk: "dropped",
        cast.emma.pk: "sent",
        cast.otto.pk: "sent",
    }


def test_what_a_worker_that_died_had_taken_is_sent_by_the_next(post_office: Post, cast: Any) -> None:
    ids = tell(cast.emma, cast.otto)
    Delivery.objects.take_all(ids, WEDNESDAY)
    mailing.deliver_mails(ids)
    assert post_office.mails == [], "held by another"
    mailing.deliver_mails(ids, WEDNESDAY + timedelta(minutes=2))
    assert len(post_office.mails) == 2


def test_a_slow_server_carries_no_mail_into_quiet_hours_or_an_hour(
    post_office: Post, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first mail takes four minutes, within which the hour and somebody's quiet begin."""
    clock = [WEDNESDAY]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    hand_over = mailing.channels.deliver

    def slowly(*args: Any) -> None:
        hand_over(*args)
        clock[0] += timedelta(minutes=4)

    monkeypatch.setattr(mailing.channels, "deliver", slowly)
    nora = make_user("Nora")
    set_preferences(user=cast.otto, changes={"quiet_from": "10:03", "quiet_to": "12:00"})
    hour = make_session(cast.farid, starts_at=WEDNESDAY + timedelta(minutes=2))
    ids = tell(nora, cast.emma, cast.otto)
    Delivery.objects.filter(user=nora).update(not_before=WEDNESDAY - timedelta(minutes=1))
    mailing.deliver_mails(ids)
    assert post_office.recipients == [nora.email]
    waiting = {row.user: row for row in Delivery.objects.filter(state="waiting")}
    assert waiting[cast.emma].not_before == hour.ends_at
    assert waiting[cast.otto].not_before == WEDNESDAY + timedelta(hours=2)
    assert {row.sending_at for row in waiting.values()} == {None}
    assert Delivery.objects.get(state="sent").settled_at == clock[0]
