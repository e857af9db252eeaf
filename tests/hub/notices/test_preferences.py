"""What a person wants to be told: on the page and through the API, with a sentence for what cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hub.notices.models import Delivery, Preference
from tests.factories import make_tip

FIELDS = {
    "weekly_cap": "2", "quiet_from": "18:00", "quiet_to": "08:00", "paused_until": "",
    "working_days": ["0", "1", "2", "3", "4"], "mail_rhythm": "single", "digest_weekday": "0",
    "cards_at": "09:00",
}  # fmt: skip


def test_looking_writes_nothing(api: Any, sign_in: Any, cast: Any) -> None:
    assert sign_in(cast.emma).get("/me/notices/").status_code == 200
    assert sign_in(cast.emma).get("/me/").status_code == 200
    body = api(cast.emma).get("/api/v1/preferences/").json()
    assert body == {
        "tips_on_today": True, "tips_in_inbox": False, "tips_by_mail": False, "own_by_mail": True,
        "tips_in_calendar": False, "mail_rhythm": "single", "digest_weekday": 0, "first_channel": "",
        "topics": [], "role": "", "remind_of_hours": False, "remind_of_cards": False, "cards_at": "09:00",
        "weekly_cap": 2, "quiet_from": "18:00", "quiet_to": "08:00", "working_days": [0, 1, 2, 3, 4],
        "paused_until": None, "time_zone": "Europe/Berlin", "next_tip_at": None,
    }  # fmt: skip
    assert not Preference.objects.exists()


def test_the_page_saves_and_shows_when_the_next_tip_comes(sign_in: Any, cast: Any) -> None:
    make_tip()
    client = sign_in(cast.emma)
    answer = client.post("/me/notices/", {**FIELDS, "tips_by_mail": "on", "weekly_cap": "3"}, follow=True)
    assert answer.status_code == 200
    saved = Preference.objects.get(user=cast.emma)
    assert (saved.tips_by_mail, saved.tips_on_today, saved.own_by_mail, saved.weekly_cap) == (
        True,
        False,
        False,
        3,
    )
    assert answer.context["next_tip"].at >= timezone.now() - timedelta(hours=1)
    assert not saved.rest.is_quiet(answer.context["next_tip"].at)
    assert client.get("/me/").context["next_tip"].at


def test_a_change_leaves_the_rest_as_it_was(api: Any, cast: Any) -> None:
    make_tip()
    program = api(cast.emma)
    program.patch("/api/v1/preferences/", {"tips_by_mail": True, "quiet_from": "20:30"})
    body = program.patch("/api/v1/preferences/", {"weekly_cap": 1}).json()
    assert (body["tips_by_mail"], body["quiet_from"], body["weekly_cap"]) == (True, "20:30", 1)
    assert body["next_tip_at"]
    assert api(cast.otto).get("/api/v1/preferences/").json()["weekly_cap"] == 2


def test_a_pause_that_is_over_does_not_stand_in_the_way(api: Any, sign_in: Any, cast: Any) -> None:
    yesterday = timezone.now().date() - timedelta(days=3)
    Preference.objects.create(user=cast.emma, paused_until=yesterday)
    page = sign_in(cast.emma).get("/me/notices/")
    assert page.context["form"].initial["paused_until"] is None
    assert api(cast.emma).patch("/api/v1/preferences/", {"weekly_cap": 4}).status_code == 200


WRONG = [
    ("weekly_cap", 8), ("weekly_cap", -1), ("weekly_cap", "many"), ("weekly_cap", None),
    ("quiet_from", "25:00"), ("quiet_to", ""), ("quiet_to", "17:30"),
    ("paused_until", "2020-01-01"), ("paused_until", "2999-01-01"), ("paused_until", "soon"),
    ("working_days", []), ("working_days", [7]), ("working_days", ["soon"]), ("topics", ["magic"]),
    ("role", "wizard"), ("first_channel", "pigeon"), ("mail_rhythm", "hourly"), ("digest_weekday", 7),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_cannot_be_is_said_in_a_sentence(
    name: str, value: Any, api: Any, sign_in: Any, cast: Any
) -> None:
    refused = api(cast.emma).patch("/api/v1/preferences/", {name: value})
    assert refused.status_code == 400
    assert set(refused.json()["errors"]) == {name}
    posted = {**FIELDS, name: "" if value is None else value}
    page = sign_in(cast.emma).post("/me/notices/", posted)
    assert page.status_code == 422
    [sentence] = page.context["form"].errors[name]
    assert sentence.endswith(".")
    assert not Preference.objects.exists()


def test_a_form_of_nothing_is_refused_and_not_taken_for_a_look(sign_in: Any, cast: Any) -> None:
    assert sign_in(cast.emma).post("/me/notices/", {}).status_code == 422


def test_the_preview_follows_the_persons_zone(sign_in: Any, cast: Any) -> None:
    make_tip()
    client = sign_in(cast.ada)
    client.post("/me/notices/", {**FIELDS, "tips_in_inbox": "on"})
    cast.ada.time_zone = "Asia/Tokyo"
    cast.ada.save()
    preview = client.get("/me/notices/").context["next_tip"].at
    assert not Preference.of(cast.ada).rest.is_quiet(preview)


@pytest.mark.django_db(transaction=True)
def test_quiet_weekends_become_working_days_and_a_tip_keeps_its_first_way() -> None:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes("notices")
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "notices"]
    before = [("notices", "0005_unread_index")]
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        people = [old.get_model("people", "User").objects.create(email=f"{n}@hatpin.example") for n in "ab"]
        for person, is_quiet in zip(people, (True, False), strict=True):
            old.get_model("notices", "Preference").objects.create(user=person, quiet_weekends=is_quiet)
        for number, channel in enumerate(("mail", "in_app")):
            at = timezone.now() + timedelta(minutes=number)
            old.get_model("notices", "Delivery").objects.create(
                user=people[0], channel=channel, topic="tips", dedupe_key="tip:1", not_before=at, queued_at=at
            )
        MigrationExecutor(connection).migrate(newest)
        days = list(Preference.objects.order_by("pk").values_list("working_days", flat=True))
        assert days == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6]]
        keys = Delivery.objects.order_by("queued_at").values_list("channel", "dedupe_key")
        assert list(keys) == [("mail", "tip:1"), ("in_app", "tip:1:in_app")]
        MigrationExecutor(connection).migrate(before)
        again = old.get_model("notices", "Preference").objects.order_by("pk")
        assert list(again.values_list("quiet_weekends", flat=True)) == [True, False]
    finally:
        MigrationExecutor(connection).migrate([*newest, *others])
